//! Marks of style: measures of a line's rhythm and turns of phrase, which do not depend on its meaning.
//!
//! A mark is a number, such as the number of sentences. The word lists are English; in other languages those marks are all
//! zero, and the others (sentences, lengths, digits, questions) remain.

use crate::measure::{Plain, QUESTION_MARKS};

/// How many marks there are.
pub const COUNT: usize = 30;

/// The marks of a text, in the order of [`NAMES`].
pub type Marks = [f64; COUNT];

/// The name of each mark, to follow "the choice with most" or "least".
pub const NAMES: [&str; COUNT] = [
    "sentences",
    "words",
    "characters",
    "characters per word",
    "words per sentence",
    "words of the shortest sentence",
    "words of the longest sentence",
    "words of the first sentence",
    "words of the last sentence",
    "a question",
    "a question at the end",
    "numbers",
    "clock times",
    "commas",
    "dashes and colons",
    "exclamation marks",
    "contractions",
    "I",
    "we",
    "you",
    "and",
    "but",
    "if",
    "before, after, then",
    "hedges",
    "intensifiers",
    "courtesies",
    "let",
    "sorry",
    "not",
];

const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "half", "quarter",
];
const HEDGES: &[&str] = &[
    "may",
    "might",
    "perhaps",
    "maybe",
    "usually",
    "normally",
    "should",
    "possibly",
    "try",
    "probably",
    "sometimes",
];
const INTENSIFIERS: &[&str] = &["really", "very", "truly", "so", "quite", "absolutely", "completely"];
const COURTESIES: &[&str] =
    &["understand", "patience", "team", "soon", "appreciate", "please", "happy", "unfortunately", "thank"];

/// Reads the marks of a text.
pub fn marks(text: &Plain) -> Marks {
    let lengths: Vec<usize> = text.sentences.iter().map(|sentence| sentence.words).collect();
    let occurrences = |these: &[char]| text.text.chars().filter(|c| these.contains(c)).count();
    let words: Vec<&str> = text.folded().collect();
    let count = |is: &dyn Fn(&str) -> bool| words.iter().filter(|word| is(word)).count();
    let any = |list: &[&str]| count(&|word| list.contains(&word));
    let person = |list: &[&str]| count(&|word| list.contains(&word.split('\'').next().unwrap_or(word)));
    let is_number = |word: &str| NUMBERS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit());
    let is_hour =
        |pair: &[&str]| matches!(pair[0], "at" | "by" | "before" | "until" | "past") && is_number(pair[1]);
    let hours = words.windows(2).filter(|pair| is_hour(pair)).count() + any(&["o'clock", "noon", "midnight"]);
    let ends = text.text.trim_end().ends_with(QUESTION_MARKS);
    let (all, sentences) = (words.len().max(1) as f64, lengths.len().max(1) as f64);
    let characters = text.text.trim().chars().count();
    let ends_of = |length: Option<&usize>| length.copied().unwrap_or_default() as f64;
    [
        lengths.len() as f64,
        words.len() as f64,
        characters as f64,
        characters as f64 / all,
        all / sentences,
        ends_of(lengths.iter().min()),
        ends_of(lengths.iter().max()),
        ends_of(lengths.first()),
        ends_of(lengths.last()),
        f64::from(u8::from(text.asks())),
        f64::from(u8::from(ends)),
        count(&is_number) as f64,
        hours as f64,
        occurrences(&[',']) as f64,
        occurrences(&['\u{2014}', '\u{2013}', ';', ':']) as f64,
        occurrences(&['!']) as f64,
        count(&|word| word.contains('\'')) as f64 / all,
        person(&["i", "my", "me"]) as f64 / all,
        person(&["we", "our", "us"]) as f64 / all,
        person(&["you", "your", "yours"]) as f64 / all,
        any(&["and"]) as f64 / all,
        any(&["but", "however"]) as f64,
        any(&["if"]) as f64,
        any(&["before", "after", "then", "until", "by"]) as f64,
        any(HEDGES) as f64 / all,
        any(INTENSIFIERS) as f64,
        any(COURTESIES) as f64,
        any(&["let", "let's"]) as f64,
        count(&|word| word == "sorry" || word.starts_with("apolog")) as f64,
        count(&|word| matches!(word, "not" | "no" | "never" | "cannot") || word.ends_with("n't")) as f64,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_after_markdown() {
        let found =
            marks(&Plain::of("*Really* sorry. I'll call at 7, and you won't wait: is **noon** all right?"));
        let of = |name: &str| found[NAMES.iter().position(|own| *own == name).unwrap()];
        let near = |name: &str, known: f64| assert!((of(name) - known).abs() < 1e-9, "{name}: {}", of(name));
        for (name, known) in [
            ("sentences", 2.0),
            ("words", 14.0),
            ("words per sentence", 7.0),
            ("words of the first sentence", 2.0),
            ("words of the longest sentence", 12.0),
            ("a question", 1.0),
            ("a question at the end", 1.0),
            ("numbers", 1.0),
            ("clock times", 2.0),
            ("commas", 1.0),
            ("dashes and colons", 1.0),
            ("contractions", 2.0 / 14.0),
            ("I", 1.0 / 14.0),
            ("you", 1.0 / 14.0),
            ("intensifiers", 1.0),
            ("sorry", 1.0),
            ("not", 1.0),
        ] {
            near(name, known);
        }
    }

    #[test]
    fn an_empty_text_has_no_marks() {
        assert!(marks(&Plain::of("")).iter().all(|mark| mark.is_finite()));
    }
}
