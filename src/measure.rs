//! What can be counted in a text: words, sentences, syllables, and how much two texts share.
//!
//! Everything is counted in [`Plain`] text, without markup, with Unicode's word boundaries (UAX 29), so that `fiancée` and
//! `don't` are one word each. The lints decide what is too much.

pub mod english;
pub mod names;
pub mod style;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

/// Latin, Arabic and full-width.
const QUESTION_MARKS: [char; 3] = ['?', '\u{61f}', '\u{ff1f}'];

/// A text as people read it: no markup.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The text; each block of the Markdown ends in a line break.
    pub text: String,
    /// The positions of the words.
    words: Vec<Range<usize>>,
    /// The words in lower case.
    folded: Vec<String>,
    /// The different words, in lower case.
    pub set: BTreeSet<String>,
    /// The different words that carry meaning: without articles, pronouns, auxiliaries and the like.
    pub content: BTreeSet<String>,
    /// In order. A full stop after a title or a single letter ("Ms. Mbeki", "J. Doe"), or inside a number, does not end a
    /// sentence.
    pub sentences: Vec<Sentence>,
    /// How many syllables its words have, as an estimate for English.
    pub syllables: usize,
}

/// A sentence with at least one word.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// As typed.
    pub text: String,
    /// How many words it has.
    pub words: usize,
}

impl Plain {
    /// The text of some Markdown.
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
        let words = || text.unicode_word_indices().map(|(start, word)| (start..start + word.len(), word));
        let folded: Vec<String> =
            words().map(|(_, word)| word.to_lowercase().replace('\u{2019}', "'")).collect();
        let set: BTreeSet<String> = folded.iter().cloned().collect();
        Self {
            words: words().map(|(range, _)| range).collect(),
            content: set.iter().filter(|word| !english::is_function_word(word)).cloned().collect(),
            sentences: sentences(&text),
            syllables: words().map(|(_, word)| english::syllables(word)).sum(),
            folded,
            set,
            text,
        }
    }

    /// The words as typed.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.words.iter().map(|range| &self.text[range.clone()])
    }

    /// The words in lower case.
    pub fn folded(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.folded.iter().map(String::as_str)
    }

    /// The words in lower case with single spaces between them, at the beginning and at the end.
    pub fn spaced(&self) -> String {
        format!(" {} ", self.folded.join(" "))
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it contains a question mark.
    pub fn asks(&self) -> bool {
        self.text.contains(QUESTION_MARKS)
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut add = |sentence: &str| {
        let words = words(sentence);
        if words > 0 {
            all.push(Sentence { text: sentence.trim().to_owned(), words });
        }
    };
    for line in text.lines() {
        let mut start = 0;
        for (at, piece) in line.split_sentence_bound_indices() {
            let end = at + piece.len();
            // "Again?" she asks: text that continues in lower case is the same sentence.
            let goes_on = line[end..].chars().next().is_some_and(char::is_lowercase);
            if !(goes_on || english::is_open_ended(&line[start..end])) || end == line.len() {
                add(&line[start..end]);
                start = end;
            }
        }
    }
    all
}

/// The number of words in a text.
pub fn words(text: &str) -> usize {
    text.unicode_words().count()
}

/// Whether a text has more words than that: reads no further than it must.
pub fn has_more_words(text: &str, than: usize) -> bool {
    // Quick, and enough for most texts: a letter after a space starts a word.
    let starts = |two: &&[u8]| two[0].is_ascii_whitespace() && two[1].is_ascii_alphabetic();
    text.as_bytes().windows(2).filter(starts).nth(than).is_some() || text.unicode_words().nth(than).is_some()
}

/// How many words two sets share: those in both, as a part of those in either (Jaccard). 0 if both are empty.
pub fn jaccard(a: &Plain, b: &Plain) -> f64 {
    let either = a.set.union(&b.set).count();
    if either == 0 { 0.0 } else { a.set.intersection(&b.set).count() as f64 / either as f64 }
}

/// The share of `text`'s meaningful words that are in `of`, too: 0 to 1.
pub fn overlap(text: &Plain, of: &Plain) -> f64 {
    let own = text.content.len();
    if own == 0 { 0.0 } else { text.content.intersection(&of.content).count() as f64 / own as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_not_a_word() {
        let plain = Plain::of("*Never* again, [she said](https://example.org/a-b).\n\n- `one`\n- two");
        assert_eq!(plain.words().collect::<Vec<_>>(), ["Never", "again", "she", "said", "one", "two"]);
    }

    #[test]
    fn words_are_what_people_call_words() {
        let plain = Plain::of(
            "Don\u{2019}t call Zo\u{eb}\u{2019}s fianc\u{e9}e \u{2014} \u{418}\u{440}\u{438}\u{43d}\u{430}, 7:15",
        );
        assert_eq!(
            plain.folded().collect::<Vec<_>>(),
            ["don't", "call", "zo\u{eb}'s", "fianc\u{e9}e", "\u{438}\u{440}\u{438}\u{43d}\u{430}", "7", "15"]
        );
    }

    #[test]
    fn a_title_does_not_end_a_sentence() {
        let plain = Plain::of("Ms. Mbeki waits. \"Again?\" she asks. It cost 3.50 today.\n\nNo stop here");
        assert_eq!(
            plain.sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>(),
            ["Ms. Mbeki waits.", "\"Again?\" she asks.", "It cost 3.50 today.", "No stop here"]
        );
        assert_eq!(Plain::of("Una vez m\u{e1}s. \u{bf}Otra vez? S\u{ed}.").sentences.len(), 3);
    }

    #[test]
    fn shares_of_words() {
        let (a, b) = (Plain::of("The van is late"), Plain::of("The van broke"));
        assert!((jaccard(&a, &b) - 2.0 / 5.0).abs() < 1e-9);
        assert!((overlap(&b, &a) - 0.5).abs() < 1e-9);
        assert!(jaccard(&Plain::of(""), &Plain::of("")).abs() < 1e-9);
    }
}
