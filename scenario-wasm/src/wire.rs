//! The bytes that carry a scenario to the browser: a version byte, then every field in postcard's format.
//!
//! One list of fields serves both directions. Not serde's: a derived reader carries a `Result` through every field, and
//! code that drops what was read so far, which is a third of the browser's module. Reading here cannot fail: anything
//! missing or out of range reads as zero, and [`Reader::is_sound`] reports it at the end. A test compares the bytes with
//! postcard's own.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;
use crate::gate::{Compare, Gate, Op};
use crate::graph::{Cap, Choice, Decision, Graph, Node};
use crate::model::{GoodwillRule, MasteryRule, Model, PassRule, Skill, Slip};
use crate::scenario::{Outlook, Proved};

/// Incremented whenever the meaning of the bytes changes. `content/history.lock` keeps such bytes for good, so the version
/// before must then stay readable.
const VERSION: u8 = 1;

/// The bytes of a value.
pub(crate) fn encode(value: &impl Wire) -> Vec<u8> {
    let mut bytes = alloc::vec![VERSION];
    value.write(&mut bytes);
    bytes
}

/// The value in these bytes; its own rules are not checked yet.
pub(crate) fn decode<T: Wire>(bytes: &[u8]) -> Result<T, Error> {
    let mut reader = Reader { bytes, failed: false };
    let version = reader.byte();
    let value = T::read(&mut reader);
    if version == VERSION && reader.is_sound() { Ok(value) } else { Err(Error::Bytes) }
}

/// A type with a form in bytes.
pub(crate) trait Wire: Sized {
    fn write(&self, bytes: &mut Vec<u8>);

    /// Reads the next value, which is meaningless unless the reader is sound afterward.
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// Structs: their fields, in this order.
macro_rules! fields {
    ($($type:ident { $($field:ident),+ })+) => {$(
        impl Wire for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                $(self.$field.write(bytes);)+
            }

            fn read(reader: &mut Reader<'_>) -> Self {
                Self { $($field: Wire::read(reader)),+ }
            }
        }
    )+};
}

fields! {
    Proved { graph, par, outlook }
    Outlook { flags, goodwill, mean, exact }
    Graph { model, goodwill, already, flags, nodes }
    Model { skills, out_of_order, slips, caps, bands, pass, mastery, goodwill }
    Skill { id, weight, needs }
    Slip { id, skill }
    PassRule { score, every_skill, single_chance }
    MasteryRule { score, every_skill }
    GoodwillRule { by_rating, slip, serious, critical }
    Node { id, decision }
    Decision { tests, free_order, choices }
    Choice { id, was, ratings, slips, cap, goodwill, sets, clears, when, ways, then }
}

/// Enums without fields: the index of the variant.
macro_rules! variants {
    ($($type:ident { $($variant:ident),+ })+) => {$(
        impl Wire for $type {
            fn write(&self, bytes: &mut Vec<u8>) {
                bytes.push(*self as u8);
            }

            fn read(reader: &mut Reader<'_>) -> Self {
                const ALL: &[$type] = &[$($type::$variant),+];
                ALL[reader.index(ALL.len())]
            }
        }
    )+};
}

variants! {
    Cap { Serious, Critical }
    Compare { Less, AtMost, More, AtLeast, Equal }
}

impl Wire for Op {
    fn write(&self, bytes: &mut Vec<u8>) {
        match *self {
            Self::Flag(flag) => bytes.extend([0, flag]),
            Self::Goodwill(compare, number) => bytes.extend([1, compare as u8, number]),
            Self::Not => bytes.push(2),
            Self::All(count) => bytes.extend([3, count]),
            Self::Any(count) => bytes.extend([4, count]),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        match reader.index(5) {
            0 => Self::Flag(reader.byte()),
            1 => Self::Goodwill(Wire::read(reader), reader.byte()),
            2 => Self::Not,
            3 => Self::All(reader.byte()),
            _ => Self::Any(reader.byte()),
        }
    }
}

/// Other types, with how to write and how to read them.
macro_rules! wire {
    ($($type:ident => |$value:ident, $bytes:ident| $write:expr, |$reader:ident| $read:expr;)+) => {$(
        impl Wire for $type {
            fn write(&self, $bytes: &mut Vec<u8>) {
                let $value = self;
                $write;
            }

            fn read($reader: &mut Reader<'_>) -> Self {
                $read
            }
        }
    )+};
}

wire! {
    u8 => |value, bytes| bytes.push(*value), |reader| reader.byte();
    i8 => |value, bytes| bytes.push(value.cast_unsigned()), |reader| reader.byte().cast_signed();
    bool => |value, bytes| bytes.push(u8::from(*value)), |reader| reader.index(2) == 1;
    u16 => |value, bytes| varint(u64::from(*value), bytes), |reader| reader.varint(16) as u16;
    u32 => |value, bytes| varint(u64::from(*value), bytes), |reader| reader.varint(32) as u32;
    u64 => |value, bytes| varint(*value, bytes), |reader| reader.varint(64);
    Gate => |value, bytes| value.0.write(bytes), |reader| Self(Wire::read(reader));
    String => |value, bytes| {
        varint(value.len() as u64, bytes);
        bytes.extend_from_slice(value.as_bytes());
    }, |reader| reader.text();
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        bool::read(reader).then(|| T::read(reader))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        varint(self.len() as u64, bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        (0..reader.length()).map(|_| T::read(reader)).collect()
    }
}

impl<T: Wire, const LENGTH: usize> Wire for [T; LENGTH] {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        core::array::from_fn(|_| T::read(reader))
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        (A::read(reader), B::read(reader))
    }
}

/// Seven bits per byte, the lowest first; the top bit is set in all bytes but the last.
fn varint(mut number: u64, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Bytes being read.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    failed: bool,
}

impl Reader<'_> {
    /// Whether everything was in range and nothing is left.
    fn is_sound(&self) -> bool {
        !self.failed && self.bytes.is_empty()
    }

    fn fail(&mut self) {
        self.failed = true;
        self.bytes = &[];
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else {
            self.fail();
            return 0;
        };
        self.bytes = rest;
        *first
    }

    /// A number of at most `bits` bits.
    #[inline(never)]
    fn varint(&mut self, bits: u32) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            let part = u64::from(byte & 0x7f);
            if shift >= bits || part.checked_shr(bits - shift).unwrap_or(0) != 0 {
                self.fail();
                return 0;
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return value;
            }
            shift += 7;
        }
    }

    /// A number below `below`.
    fn index(&mut self, below: usize) -> usize {
        let index = self.varint(32) as usize;
        if index >= below {
            self.fail();
            return 0;
        }
        index
    }

    /// A string: an id, and so ASCII.
    fn text(&mut self) -> String {
        let length = self.length();
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        if !text.is_ascii() {
            self.fail();
        }
        text.iter().map(|byte| char::from(*byte)).collect()
    }

    /// The number of elements that follow: at most the number of bytes, since each takes at least one.
    fn length(&mut self) -> usize {
        let length = self.varint(32) as usize;
        if length > self.bytes.len() {
            self.fail();
            return 0;
        }
        length
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec;
    use alloc::vec::Vec;

    use super::{Wire, decode, encode};
    use crate::gate::{Compare, Gate, Op};
    use crate::graph::Cap;

    #[test]
    fn writes_and_reads_what_postcard_does() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, u16::MAX] {
            let large = u64::from(number) << 40;
            let small = ((number as u8, -5i8), number % 2 == 0);
            let numbers = ((number, u32::from(number) << 16), large | large << 20);
            let lists = (vec![number; 3], vec![None, Some(-128i8), Some(127)]);
            let shapes =
                ((small, numbers), (lists, (String::from("third-promised-tuesday"), [-14i8, -4, 5, 9])));
            let bytes = encode(&shapes);
            assert_eq!(postcard::to_allocvec(&shapes).as_deref(), Ok(&bytes[1..]));
            assert_eq!(decode(&bytes), Ok(shapes));
        }
    }

    #[test]
    fn numbers_the_variants_of_an_enum() {
        let gate =
            Gate(vec![Op::Flag(3), Op::Goodwill(Compare::AtLeast, 62), Op::Not, Op::All(2), Op::Any(1)]);
        let value = (gate, (Some(Cap::Critical), Compare::Equal));
        let bytes = encode(&value);
        assert_eq!(bytes, [1, 5, 0, 3, 1, 3, 62, 2, 3, 2, 4, 1, 1, 1, 4]);
        assert_eq!(decode(&bytes), Ok(value));
    }

    #[test]
    fn refuses_what_postcard_refuses() {
        fn is_refused<T: Wire>(bytes: &[u8]) -> bool {
            decode::<T>(bytes).is_err()
        }
        // A number too large for its type, a length past the end, an unknown variant, a flag that is neither.
        for bytes in [&[1, 0xff, 0xff, 0x7f][..], &[1, 0xff, 0xff, 0xff, 0xff, 0x7f]] {
            assert!(is_refused::<u16>(bytes), "{bytes:?}");
        }
        assert!(is_refused::<Vec<u8>>(&[1, 5, 0, 0]));
        assert!(is_refused::<Op>(&[1, 5]));
        assert!(is_refused::<bool>(&[1, 2]));
        assert!(is_refused::<u8>(&[1]));
    }
}
