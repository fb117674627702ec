//! Texts to words, as the browser cuts a question; and the forms of one word together.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Calls `each` with every word of a text: runs of letters and digits, in lowercase and without marks. In scripts that put
/// no space between words each letter is one. `buffer` is reused by calls.
pub(super) fn words(text: &str, buffer: &mut String, each: impl FnMut(&str)) {
    buffer.clear();
    for stretch in text.split_inclusive(|letter: char| !letter.is_ascii()) {
        let ascii = stretch.trim_end_matches(|letter: char| !letter.is_ascii());
        buffer.push_str(ascii);
        stretch[ascii.len()..].chars().for_each(|letter| fold(letter, buffer));
    }
    buffer.make_ascii_lowercase();
    let is_between = |sign: char| sign.is_ascii() && !sign.is_ascii_alphanumeric();
    buffer.split(is_between).filter(|word| !word.is_empty()).for_each(each);
}

/// Writes a letter beyond ASCII. It is taken apart by itself: its neighbors could only reorder marks, and they go.
fn fold(letter: char, buffer: &mut String) {
    let parts = letter.nfkd().filter(|&part| !is_combining_mark(part));
    for part in parts.flat_map(char::to_lowercase) {
        if stands_alone(part) {
            buffer.extend([' ', part, ' ']);
        } else {
            buffer.push(if part.is_alphanumeric() { part } else { ' ' });
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
        super::words(text, &mut String::new(), |word| all.push(word.to_owned()));
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
