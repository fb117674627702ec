//! The checksum: six symbols, using the code of BIP 350 (bech32m). It detects every change of up to four symbols in the
//! first 89, and of up to three in a thousand; of all other changes it misses one in a thousand million.
//!
//! It protects a code from being misread. It is not a signature: anybody with the program can make one.

/// The number of symbols.
pub(crate) const LENGTH: usize = 6;

/// The remainder of a valid code.
const WHOLE: u32 = 0x2bc8_30a3;

const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

/// The remainder of what has been read so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checksum(u32);

impl Checksum {
    /// The state after the name, ignoring its case.
    pub(crate) fn of(who: &str) -> Self {
        let mut sum = Self(1);
        for byte in who.bytes().map(|byte| byte.to_ascii_lowercase()) {
            sum.read(byte >> 4);
            sum.read(byte & 15);
        }
        sum
    }

    /// Reads another value.
    pub(crate) fn read(&mut self, value: u8) {
        let top = self.0 >> 25;
        self.0 = (self.0 & 0x01ff_ffff) << 5 ^ u32::from(value);
        for (bit, part) in GENERATOR.iter().enumerate() {
            if top >> bit & 1 == 1 {
                self.0 ^= part;
            }
        }
    }

    /// Whether these values, which end with the checksum, are valid.
    pub(crate) fn holds(mut self, values: &[u8]) -> bool {
        values.iter().for_each(|value| self.read(*value));
        self.is_whole()
    }

    /// Whether what has been read so far is valid.
    pub(crate) fn is_whole(self) -> bool {
        self.0 == WHOLE
    }

    /// The checksum that makes these values valid.
    pub(crate) fn after(mut self, values: &[u8]) -> [u8; LENGTH] {
        values.iter().chain(&[0; LENGTH]).for_each(|value| self.read(*value));
        let rest = self.0 ^ WHOLE;
        core::array::from_fn(|place| (rest >> (5 * (LENGTH - 1 - place)) & 31) as u8)
    }
}
