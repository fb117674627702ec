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
