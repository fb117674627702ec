//! Texts to words, as the browser cuts a question; and the forms of one word together.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words of a text: runs of letters and digits, small and without marks. In scripts that put no space between words
/// each sign is one.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for sign in text.nfkd().filter(|&sign| !is_combining_mark(sign)).flat_map(char::to_lowercase) {
        let alone = stands_alone(sign);
        if (alone || !sign.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if alone {
            words.push(sign.to_string());
        } else if sign.is_alphanumeric() {
            word.push(sign);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Han, Hiragana and Katakana.
fn stands_alone(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Finds the stem of words, each once.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    known: HashMap<String, String>,
}

impl Stems {
    /// A language without a known grammar has each form for itself.
    pub(super) fn new(language: &str) -> Self {
        Self { stemmer: algorithm(language).map(Stemmer::create), known: HashMap::new() }
    }

    pub(super) fn of(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            let stem = self.stemmer.as_ref().map_or_else(|| word.to_owned(), |by| by.stem(word).into_owned());
            self.known.insert(word.to_owned(), stem);
        }
        &self.known[word]
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

    #[test]
    fn words_are_small_and_without_marks() {
        assert_eq!(words("Señor O'Neil’s 2nd CAFÉ—now"), ["senor", "o", "neil", "s", "2nd", "cafe", "now"]);
        assert_eq!(words("遅れました。OK"), ["遅", "れ", "ま", "し", "た", "ok"]);
        assert_eq!(words("الخدمة"), ["الخدمة"]);
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let mut stems = Stems::new("en-GB");
        let stem = stems.of("apologize").to_owned();
        assert_eq!(stems.of("apologizing"), stem);
        assert_eq!(Stems::new("xx").of("apologizing"), "apologizing");
    }
}
