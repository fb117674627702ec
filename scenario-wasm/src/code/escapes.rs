//! Escapes that links, mails and JSON put in place of a character: `%2D`, `=E2=80=91`, `\u2011`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// How often a link can be wrapped into another: by a mail program, by its filter, by a form.
const ROUNDS: usize = 4;

/// The characters with which an escape can start.
const SIGNS: [char; 3] = ['%', '=', '\\'];

/// A text with its escapes decoded. Its lines stay the same, and anything that is not an escape stays as it is.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains(SIGNS) {
        return Cow::Borrowed(text);
    }
    let mut plain = Vec::from(text);
    for _ in 0..ROUNDS {
        let length = plain.len();
        plain = decoded(&plain);
        if plain.len() == length {
            break;
        }
    }
    Cow::Owned(String::from_utf8_lossy(&plain).into_owned())
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let (mut plain, mut at) = (Vec::with_capacity(text.len()), 0);
    while at < text.len() {
        let sign = text[at];
        let begin = plain.len();
        let mut end = at;
        if SIGNS.contains(&char::from(sign)) {
            while let Some((letter, length)) = escape(sign, &text[end..]) {
                match letter {
                    // Bytes, which may form a character only together.
                    0x80.. if sign != b'\\' => plain.push(letter as u8),
                    _ => put(&mut plain, letter),
                }
                end += length;
            }
        }
        let letters = &plain[begin..];
        // A code may follow `=`, too, and its symbols are not the digits of an escape.
        let is_code = sign == b'=' && letters.iter().any(u8::is_ascii_alphanumeric);
        let is_lone = sign == b'=' && letters.len() == 1 && !letters.is_ascii();
        if end == at || is_code || is_lone || letters.iter().any(u8::is_ascii_control) {
            plain.truncate(begin);
            plain.push(sign);
            end = at + 1;
        } else if core::str::from_utf8(letters).is_err() {
            // Old mail programs write Latin-1.
            plain.split_off(begin).into_iter().for_each(|byte| put(&mut plain, u16::from(byte)));
        }
        at = end;
    }
    plain
}

fn put(plain: &mut Vec<u8>, letter: u16) {
    let letter = char::from_u32(u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER);
    plain.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

/// The character or byte of an escape at the start of a text, and the length of the escape.
fn escape(sign: u8, text: &[u8]) -> Option<(u16, usize)> {
    let digits = match (sign, text) {
        (b'\\', [b'\\', b'u', digits @ ..]) => digits.get(..4)?,
        (b'%' | b'=', [first, digits @ ..]) if *first == sign => digits.get(..2)?,
        _ => return None,
    };
    let number = digits
        .iter()
        .try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)? as u16))?;
    // `%2D` or `\u002d`: the prefix is half as long as the digits.
    Some((number, digits.len() * 3 / 2))
}
