//! Bytes as letters: the form in which data travels inside a page or a script.
//!
//! Numbers below 32 become capitals. Lowercase letters of ids stay the same, since the page contains them, too, and
//! repetition is cheap once compressed. Everything else is shifted up by 256. `page/reader.wat` reads it.

use alloc::string::String;

/// `bytes` as text. Those that are `signs`, special characters of the surrounding text, are shifted up as well.
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
