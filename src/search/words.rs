//! Texts to words, as the browser cuts a question; and the forms of one word together.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// So many zeros stand behind the last word: eight bytes can be taken at once from wherever a word begins.
const END: [u8; 8] = [0; 8];
const ONES: u64 = u64::from_le_bytes([0x01; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);

/// Calls `each` with every word of a text: runs of letters and digits, small and without marks. In scripts that put no
/// space between words each sign is one. With it goes a number, which is the word itself if that has at most eight bytes.
/// `room` is shared by calls.
pub(super) fn words(text: &str, room: &mut Vec<u8>, mut each: impl FnMut(u64, &[u8])) {
    room.clear();
    small(text, room);
    room.extend(END);
    let mut rest = room.as_slice();
    while let Some(eight) = rest.first_chunk().copied().map(u64::from_le_bytes) {
        // The lowest bit that is set here belongs to the first zero.
        let zeros = eight.wrapping_sub(ONES) & !eight & HIGHS;
        let length = (zeros.trailing_zeros() / 8) as usize;
        match length {
            0 => rest = &rest[1..],
            8 => {
                let length = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
                each(eight, &rest[..length]);
                rest = &rest[length..];
            }
            _ => {
                each(eight & ((1 << (8 * length)) - 1), &rest[..length]);
                rest = &rest[length + 1..];
            }
        }
    }
}

/// Writes the words of a text with zeros between them.
fn small(mut text: &str, room: &mut Vec<u8>) {
    while !text.is_empty() {
        let end = if text.is_ascii() { None } else { text.bytes().position(|byte| !byte.is_ascii()) };
        let (ascii, others) = text.split_at(end.unwrap_or(text.len()));
        let begin = room.len();
        room.extend_from_slice(ascii.as_bytes());
        room[begin..].iter_mut().for_each(|byte| *byte = small_ascii(*byte));
        let end = others.bytes().position(|byte| byte.is_ascii()).unwrap_or(others.len());
        let (others, rest) = others.split_at(end);
        others.chars().for_each(|sign| small_sign(sign, room));
        text = rest;
    }
}

/// Without a branch, so that many are done at once.
fn small_ascii(byte: u8) -> u8 {
    let lower = byte | 0x20;
    let (is_letter, is_digit) = (lower.is_ascii_lowercase(), byte.is_ascii_digit());
    u8::from(is_letter).wrapping_neg() & lower | u8::from(is_digit).wrapping_neg() & byte
}

/// A sign is taken apart by itself: what stands beside it could only reorder marks, and they go.
fn small_sign(sign: char, room: &mut Vec<u8>) {
    let parts = sign.nfkd().filter(|&part| !is_combining_mark(part));
    for part in parts.flat_map(char::to_lowercase) {
        let bytes = &mut [0; 4];
        let bytes = part.encode_utf8(bytes).as_bytes();
        if stands_alone(part) {
            room.push(0);
            room.extend(bytes);
            room.push(0);
        } else if part.is_alphanumeric() {
            room.extend(bytes);
        } else {
            room.push(0);
        }
    }
}

/// Han, Hiragana and Katakana.
fn stands_alone(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Finds the stem of words.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// A language without a known grammar has each form for itself.
    pub(super) fn new(language: &str) -> Self {
        Self(algorithm(language).map(Stemmer::create))
    }

    pub(super) fn of<'w>(&self, word: &'w str) -> Cow<'w, str> {
        self.0.as_ref().map_or(Cow::Borrowed(word), |stemmer| stemmer.stem(word))
    }
}

/// Snowball's grammar of a language.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language.split('-').next().unwrap_or_default() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        super::words(text, &mut Vec::new(), |number, word| {
            let mut first = [0; 8];
            let length = word.len().min(8);
            first[..length].copy_from_slice(&word[..length]);
            assert_eq!(number.to_le_bytes(), first);
            all.push(String::from_utf8(word.to_vec()).unwrap());
        });
        all
    }

    #[test]
    fn words_are_small_and_without_marks() {
        assert_eq!(words("Señor O'Neil’s 2nd CAFÉ—now"), ["senor", "o", "neil", "s", "2nd", "cafe", "now"]);
        assert_eq!(words("遅れました。OK"), ["遅", "れ", "ま", "し", "た", "ok"]);
        assert_eq!(words("الخدمة"), ["الخدمة"]);
        assert_eq!(
            words("(Seven77 — Eighteen) Seventeen ÆRØSKØBING"),
            ["seven77", "eighteen", "seventeen", "ærøskøbing"]
        );
        assert!(words(" — .").is_empty() && words("").is_empty());
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stems = Stems::new("en-GB");
        assert_eq!(stems.of("apologizing"), stems.of("apologize"));
        assert_eq!(Stems::new("xx").of("apologizing"), "apologizing");
    }
}
