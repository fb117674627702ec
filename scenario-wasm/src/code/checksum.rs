//! The checksum: six symbols by the code of BIP 350 (bech32m). It detects any change of up to four symbols in the first 89,
//! and of up to three in a thousand; of all else it lets one in a thousand million pass.
//!
//! It keeps a code from being misread. It is no signature: whoever has the program can make one.

/// How many symbols it takes.
pub(crate) const LENGTH: usize = 6;

/// What a whole code comes to.
const WHOLE: u32 = 0x2bc8_30a3;

const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

/// The remainder of what was read so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checksum(u32);

impl Checksum {
    /// The state after the name, whose case does not count.
    pub(crate) fn of(who: &str) -> Self {
        let mut sum = Self(1);
        for byte in who.bytes().map(|byte| byte.to_ascii_lowercase()) {
            sum.read(byte >> 4);
            sum.read(byte & 15);
        }
        sum
    }

    /// Goes on with a value.
    pub(crate) fn read(&mut self, value: u8) {
        let top = self.0 >> 25;
        self.0 = (self.0 & 0x01ff_ffff) << 5 ^ u32::from(value);
        for (bit, part) in GENERATOR.iter().enumerate() {
            if top >> bit & 1 == 1 {
                self.0 ^= part;
            }
        }
    }

    /// Whether these values, the last of them its own, are whole.
    pub(crate) fn holds(mut self, values: &[u8]) -> bool {
        values.iter().for_each(|value| self.read(*value));
        self.is_whole()
    }

    /// Whether what was read so far is whole.
    pub(crate) fn is_whole(self) -> bool {
        self.0 == WHOLE
    }

    /// The values that make these whole.
    pub(crate) fn after(mut self, values: &[u8]) -> [u8; LENGTH] {
        values.iter().chain(&[0; LENGTH]).for_each(|value| self.read(*value));
        let rest = self.0 ^ WHOLE;
        core::array::from_fn(|place| (rest >> (5 * (LENGTH - 1 - place)) & 31) as u8)
    }
}
