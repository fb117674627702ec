//! What can be counted in a text: words, sentences, syllables, and how much two texts share.
//!
//! Everything is counted on [`Plain`] text, after Markdown, with Unicode's own borders of words (UAX 29), so that
//! `fiancée` and `don't` are one word each. Used by the lints; no opinion in here about what is too much.

pub mod english;
pub mod names;

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

/// A text as it is read: no markup.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The text; each block of the Markdown ends in a line break.
    pub text: String,
    /// The words as typed.
    pub words: Vec<String>,
    /// The words in small letters.
    pub folded: Vec<String>,
}

impl Plain {
    /// The text of some Markdown.
    #[must_use]
    pub fn of(markdown: &str) -> Self {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
            match event {
                Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                Event::SoftBreak => text.push(' '),
                Event::HardBreak
                | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::TableCell) => {
                    text.push('\n');
                }
                _ => {}
            }
        }
        Self::from_text(text)
    }

    fn from_text(text: String) -> Self {
        let words: Vec<String> = text.unicode_words().map(str::to_owned).collect();
        let folded = words.iter().map(|word| word.to_lowercase().replace('\u{2019}', "'")).collect();
        Self { text, words, folded }
    }

    /// Several texts, one after the other.
    #[must_use]
    pub fn joined<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let texts: Vec<&str> = parts.into_iter().map(|part| part.text.as_str()).collect();
        Self::from_text(texts.join("\n"))
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The different words, in small letters.
    #[must_use]
    pub fn set(&self) -> BTreeSet<&str> {
        self.folded.iter().map(String::as_str).collect()
    }

    /// The different words that carry meaning: no articles, pronouns, auxiliaries and the like.
    #[must_use]
    pub fn content(&self) -> BTreeSet<&str> {
        self.folded.iter().map(String::as_str).filter(|word| !english::is_function_word(word)).collect()
    }

    /// Its sentences. A stop after a title or a single letter ("Ms. Mbeki", "J. Doe"), or inside a number, ends none.
    #[must_use]
    pub fn sentences(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for line in self.text.lines() {
            let mut start = 0;
            for (at, piece) in line.split_sentence_bound_indices() {
                let end = at + piece.len();
                // "Again?" she asks: what goes on in a small letter is the same sentence.
                let goes_on = line[end..].chars().next().is_some_and(char::is_lowercase);
                if !(goes_on || english::is_open_ended(&line[start..end])) || end == line.len() {
                    let sentence = line[start..end].trim();
                    if sentence.unicode_words().next().is_some() {
                        all.push(sentence);
                    }
                    start = end;
                }
            }
        }
        all
    }
}

/// The words of a text.
#[must_use]
pub fn words(text: &str) -> usize {
    text.unicode_words().count()
}

/// How much two sets of words share: those in both, as a part of those in either (Jaccard). 0 if both are empty.
#[must_use]
pub fn jaccard(a: &Plain, b: &Plain) -> f64 {
    let (a, b) = (a.set(), b.set());
    let either = a.union(&b).count();
    if either == 0 { 0.0 } else { a.intersection(&b).count() as f64 / either as f64 }
}

/// How many of `text`'s words that carry meaning stand in `of`, too: 0 to 1.
#[must_use]
pub fn overlap(text: &Plain, of: &Plain) -> f64 {
    let (own, other) = (text.content(), of.content());
    if own.is_empty() { 0.0 } else { own.intersection(&other).count() as f64 / own.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_no_word() {
        let plain = Plain::of("*Never* again, [she said](https://example.org/a-b).\n\n- `one`\n- two");
        assert_eq!(plain.words, ["Never", "again", "she", "said", "one", "two"]);
    }

    #[test]
    fn words_are_what_people_call_words() {
        let folded = Plain::of("Don\u{2019}t call Zo\u{eb}\u{2019}s fianc\u{e9}e \u{2014} \u{418}\u{440}\u{438}\u{43d}\u{430}, 7:15").folded;
        assert_eq!(
            folded,
            ["don't", "call", "zo\u{eb}'s", "fianc\u{e9}e", "\u{438}\u{440}\u{438}\u{43d}\u{430}", "7", "15"]
        );
    }

    #[test]
    fn a_title_ends_no_sentence() {
        let plain = Plain::of("Ms. Mbeki waits. \"Again?\" she asks. It cost 3.50 today.\n\nNo stop here");
        assert_eq!(
            plain.sentences(),
            ["Ms. Mbeki waits.", "\"Again?\" she asks.", "It cost 3.50 today.", "No stop here"]
        );
        assert_eq!(Plain::of("Una vez m\u{e1}s. \u{bf}Otra vez? S\u{ed}.").sentences().len(), 3);
    }

    #[test]
    fn shares_of_words() {
        let (a, b) = (Plain::of("The van is late"), Plain::of("The van broke"));
        assert!((jaccard(&a, &b) - 2.0 / 5.0).abs() < 1e-9);
        assert!((overlap(&b, &a) - 0.5).abs() < 1e-9);
        assert!(jaccard(&Plain::of(""), &Plain::of("")).abs() < 1e-9);
    }
}
