//! Texts to words, split as the browser splits a query, and words to stems.
//!
//! `scenario-wasm/page/search-words.ts` splits in the same way, and `tests/search/words.json` holds both to it.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Calls `each` with every word of a text: runs of letters, marks and digits, without case and accents. In scripts that put
/// no spaces between words, each pair of adjacent characters is a word, and so is the last character alone: so every
/// sequence of characters is found, and adjacent characters rank before scattered ones. Reuses `buffer` from call to call.
pub(super) fn words(text: &str, buffer: &mut String, mut each: impl FnMut(&str)) {
    fold(text, buffer);
    let mut rest = buffer.as_str();
    while let Some(start) = rest.find(is_word) {
        rest = &rest[start..];
        let dense = rest.starts_with(is_dense);
        let ends = |c| !is_word(c) || is_dense(c) != dense;
        let (word, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        if dense {
            pairs(word, &mut each);
        } else {
            each(word);
        }
        rest = after;
    }
}

fn pairs(run: &str, each: &mut impl FnMut(&str)) {
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8());
    let (mut before, mut last) = (None, 0);
    for end in ends {
        if let Some(start) = before {
            each(&run[start..end]);
        }
        (before, last) = (Some(last), end);
    }
    before.into_iter().for_each(|start| each(&run[start..]));
}

/// Writes a text without case, accents and invisible characters.
fn fold(text: &str, folded: &mut String) {
    folded.clear();
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.find(|letter: char| !letter.is_ascii()).unwrap_or(rest.len());
        folded.push_str(&rest[..ascii]);
        rest = &rest[ascii..];
        let other = rest.find(|letter: char| letter.is_ascii()).unwrap_or(rest.len());
        let seen = rest[..other].nfkd().filter(|&c| !is_dropped(c));
        // Case folds through capitals: there ß, ı and a final ς are SS, I and Σ.
        let capitals = seen.flat_map(char::to_lowercase).flat_map(char::to_uppercase);
        folded.extend(capitals.flat_map(char::to_lowercase));
        rest = &rest[other..];
    }
    folded.make_ascii_lowercase();
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

/// Marks that do not distinguish words: accents, vowel points, the marks of kana, and what Unicode calls ignorable. The
/// marks of other scripts are vowels and stay.
fn is_dropped(c: char) -> bool {
    let is_accent = matches!(c, '\0'..='\u{8ff}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
        && is_combining_mark(c);
    is_accent
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Thai, Lao, Myanmar, Khmer, the Tai scripts, kana and Han.
fn is_dense(c: char) -> bool {
    !c.is_ascii()
        && is_word(c)
        && matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Finds the stems of words.
pub(super) struct WordStemmer(Option<Stemmer>);

impl WordStemmer {
    /// In a language without a stemmer, each word is its own stem.
    pub(super) fn new(language: &str) -> Self {
        Self(algorithm(language).map(Stemmer::create))
    }

    pub(super) fn of<'w>(&self, word: &'w str) -> Cow<'w, str> {
        self.0.as_ref().map_or(Cow::Borrowed(word), |stemmer| stemmer.stem(word))
    }
}

/// Snowball's stemmer for a language.
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

    /// Holds this side to the file that holds the browser's, too.
    #[test]
    fn texts_are_split_as_in_the_browser() {
        let cases: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../tests/search/words.json")).unwrap();
        assert!(cases.len() > 20);
        for (text, cut) in cases {
            assert_eq!(words(&text).join(" "), cut, "{text:?}");
        }
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stems = WordStemmer::new("en-GB");
        assert_eq!(stems.of("apologizing"), stems.of("apologize"));
        assert_eq!(WordStemmer::new("xx").of("apologizing"), "apologizing");
    }
}
