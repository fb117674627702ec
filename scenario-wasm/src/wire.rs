//! The bytes that carry a scenario to the browser: one version byte, then postcard.

use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::reader::Reader;

/// Raised whenever the meaning of the bytes changes.
const VERSION: u8 = 1;

/// The bytes of a value.
pub(crate) fn encode(value: &impl Serialize) -> Vec<u8> {
    // Writing into a growing vector cannot run out of room, and no type that travels refuses to be written.
    postcard::to_extend(value, vec![VERSION]).unwrap_or_default()
}

/// The value of these bytes, its own rules not yet checked.
pub(crate) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Error> {
    let mut reader = Reader::new(bytes);
    let version: u8 = reader.read();
    let value = reader.read();
    if version == VERSION && reader.is_sound() { Ok(value) } else { Err(Error::Bytes) }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec;
    use alloc::vec::Vec;

    use serde::{Deserialize, Serialize};

    use super::{decode, encode};
    use crate::gate::{Compare, Gate, Op};

    /// Every shape that a scenario is made of.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Shapes {
        small: (u8, i8, bool),
        large: (u16, u32, u64),
        text: String,
        list: Vec<u16>,
        maybe: Vec<Option<i8>>,
        gate: Gate,
        array: [i8; 4],
    }

    #[test]
    fn reads_what_postcard_reads() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, u16::MAX] {
            let large = u64::from(number) << 40;
            let shapes = Shapes {
                small: (number as u8, -5, number % 2 == 0),
                large: (number, u32::from(number) << 16, large | large << 20),
                text: "third-promised-tuesday".into(),
                list: vec![number; 3],
                maybe: vec![None, Some(-128), Some(127)],
                gate: Gate(vec![Op::Flag(3), Op::Goodwill(Compare::AtLeast, 62), Op::Not, Op::All(2)]),
                array: [-14, -4, 5, 9],
            };
            let bytes = encode(&shapes);
            assert_eq!(postcard::from_bytes::<Shapes>(&bytes[1..]).as_ref(), Ok(&shapes));
            assert_eq!(decode::<Shapes>(&bytes), Ok(shapes));
        }
    }

    #[test]
    fn refuses_what_postcard_refuses() {
        // A number too large for its type, a length past the end, an unknown variant, a flag that is neither.
        for bytes in [&[1, 0xff, 0xff, 0x7f][..], &[1, 0xff, 0xff, 0xff, 0xff, 0x7f]] {
            assert!(decode::<u16>(bytes).is_err(), "{bytes:?}");
        }
        assert!(decode::<Vec<u8>>(&[1, 5, 0, 0]).is_err());
        assert!(decode::<Op>(&[1, 5]).is_err());
        assert!(decode::<bool>(&[1, 2]).is_err());
        assert!(decode::<u8>(&[1]).is_err());
    }
}
