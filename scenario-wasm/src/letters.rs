//! Bytes as letters: how what the page code reads travels inside a page or a script.
//!
//! Numbers below 32 are capitals; letters of ids stay as they are, for the page has them, too, and what is said twice is
//! cheap once compressed; all else stands 256 higher up. `page/reader.wat` reads it.

use alloc::string::String;

/// `bytes` as text. Those of them that are `signs` of the text around it stand higher up as well.
pub fn letters(bytes: &[u8], signs: &[u8]) -> String {
    let spelled = |&byte: &u8| match byte {
        byte if signs.contains(&byte) || matches!(byte, 0x40..0x60 | 0x7f..) => {
            char::from_u32(0x100 + u32::from(byte)).unwrap_or_default()
        }
        0..0x20 => char::from(byte + 0x40),
        _ => char::from(byte),
    };
    bytes.iter().map(spelled).collect()
}
