//! Crockford's base32: 32 digits and letters that are hard to confuse, in any case, in groups.

use alloc::string::String;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of symbols in a group.
pub(crate) const GROUP: usize = 5;

/// The value of a symbol, 0 to 31. O is read as 0, I and L as 1; U is no symbol.
pub(crate) fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => b'0',
        'I' | 'L' => b'1',
        letter => u8::try_from(letter).ok()?,
    };
    SYMBOLS.iter().position(|symbol| *symbol == letter).map(|place| place as u8)
}

/// Values as symbols, in groups separated by hyphens.
pub(crate) fn grouped(values: &[u8]) -> String {
    let mut text = String::new();
    for (place, value) in values.iter().enumerate() {
        if place > 0 && place % GROUP == 0 {
            text.push('-');
        }
        text.push(char::from(SYMBOLS[usize::from(value & 31)]));
    }
    text
}
