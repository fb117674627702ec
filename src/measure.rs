//! What can be counted in a text: words, sentences, syllables, and how much two texts share.
//!
//! Everything is counted on [`Plain`] text, after Markdown, with Unicode's own borders of words (UAX 29), so that
//! `fiancée` and `don't` are one word each. Used by the lints; no opinion in here about what is too much.

pub mod english;
pub mod names;

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

/// A text as it is read: no markup.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The text; each block of the Markdown ends in a line break.
    pub text: String,
    /// The words in small letters, one behind the other.
    small: String,
    /// Where the words stand.
    words: Vec<Word>,
    /// Where the sentences stand, once somebody has asked.
    sentences: OnceCell<Vec<Range<usize>>>,
    /// Likewise how many syllables it has.
    syllables: OnceCell<usize>,
    /// Likewise its different words by their places, in their order, and those of them that carry meaning.
    set: OnceCell<Vec<usize>>,
    content: OnceCell<Vec<usize>>,
}

/// The bytes of a word in the text, and where it ends among the words in small letters.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    small: usize,
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
        let (mut small, mut words) = (String::with_capacity(text.len()), Vec::new());
        for (start, word) in text.unicode_word_indices() {
            if word.is_ascii() {
                let begin = small.len();
                small.push_str(word);
                small[begin..].make_ascii_lowercase();
            } else {
                small.push_str(&word.to_lowercase().replace('\u{2019}', "'"));
            }
            words.push(Word { start, end: start + word.len(), small: small.len() });
        }
        Self { text, small, words, ..Self::default() }
    }

    /// The words as typed.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.words.iter().map(|word| &self.text[word.start..word.end])
    }

    /// The words in small letters.
    pub fn folded(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.words.len()).map(|at| self.small(at))
    }

    fn small(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.words[before].small);
        &self.small[start..self.words[at].small]
    }

    /// The words in small letters with single spaces between them, at the beginning and at the end.
    #[must_use]
    pub fn spaced(&self) -> String {
        let mut all = String::with_capacity(self.small.len() + self.words.len() + 2);
        all.push(' ');
        self.folded().for_each(|word| all.extend([word, " "]));
        all
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

    /// The different words, in small letters, in their order.
    pub fn set(&self) -> impl ExactSizeIterator<Item = &str> {
        self.different().iter().map(|at| self.small(*at))
    }

    fn different(&self) -> &[usize] {
        self.set.get_or_init(|| {
            let mut set: Vec<usize> = (0..self.words.len()).collect();
            set.sort_unstable_by_key(|at| self.small(*at));
            set.dedup_by_key(|at| self.small(*at));
            set
        })
    }

    /// The different words that carry meaning: no articles, pronouns, auxiliaries and the like.
    pub fn content(&self) -> impl ExactSizeIterator<Item = &str> {
        let content = self.content.get_or_init(|| {
            let words = self.different().iter().copied();
            words.filter(|at| !english::is_function_word(self.small(*at))).collect()
        });
        content.iter().map(|at| self.small(*at))
    }

    /// Its sentences. A stop after a title or a single letter ("Ms. Mbeki", "J. Doe"), or inside a number, ends none.
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = &str> {
        self.sentences.get_or_init(|| sentences(&self.text)).iter().map(|range| &self.text[range.clone()])
    }

    /// How many syllables its words have, as an estimate for English.
    fn syllables(&self) -> usize {
        *self.syllables.get_or_init(|| self.words().map(english::syllables).sum())
    }
}

/// How many words are in both of two sorted lists.
#[must_use]
pub fn shared<'a>(a: impl Iterator<Item = &'a str>, b: impl Iterator<Item = &'a str>) -> usize {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    let mut count = 0;
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            Ordering::Less => _ = a.next(),
            Ordering::Greater => _ = b.next(),
            Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut add = |line: &str, range: Range<usize>| {
        let sentence = line[range].trim();
        if sentence.unicode_words().next().is_some() {
            let start = sentence.as_ptr() as usize - text.as_ptr() as usize;
            all.push(start..start + sentence.len());
        }
    };
    for line in text.lines() {
        if is_one(line) {
            add(line, 0..line.len());
            continue;
        }
        let mut start = 0;
        for (at, piece) in line.split_sentence_bound_indices() {
            let end = at + piece.len();
            // "Again?" she asks: what goes on in a small letter is the same sentence.
            let goes_on = line[end..].chars().next().is_some_and(char::is_lowercase);
            if !(goes_on || english::is_open_ended(&line[start..end])) || end == line.len() {
                add(line, start..end);
                start = end;
            }
        }
    }
    all
}

/// Whether a line is surely no more than one sentence: in ASCII, only these signs end one before the end.
fn is_one(line: &str) -> bool {
    let inner = line.trim_end_matches(' ').trim_end_matches(['.', '!', '?', '"', '\'', ')']);
    line.is_ascii() && !inner.bytes().any(|byte| matches!(byte, b'.' | b'!' | b'?' | b'\r'))
}

/// The words of a text.
#[must_use]
pub fn words(text: &str) -> usize {
    text.unicode_words().count()
}

/// How much two sets of words share: those in both, as a part of those in either (Jaccard). 0 if both are empty.
#[must_use]
pub fn jaccard(a: &Plain, b: &Plain) -> f64 {
    let both = shared(a.set(), b.set());
    let either = a.set().len() + b.set().len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// How many of `text`'s words that carry meaning stand in `of`, too: 0 to 1.
#[must_use]
pub fn overlap(text: &Plain, of: &Plain) -> f64 {
    let own = text.content().len();
    if own == 0 { 0.0 } else { shared(text.content(), of.content()) as f64 / own as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_no_word() {
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
    fn a_title_ends_no_sentence() {
        let plain = Plain::of("Ms. Mbeki waits. \"Again?\" she asks. It cost 3.50 today.\n\nNo stop here");
        assert_eq!(
            plain.sentences().collect::<Vec<_>>(),
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
