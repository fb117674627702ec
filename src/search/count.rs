//! How often each word occurs in each section of a run.

use rustc_hash::FxHashMap;

use super::Section;
use super::words::words;

/// The weight of a word in a title, in a heading, among objectives and in the text, in halves.
const FIELDS: [u16; 4] = [10, 6, 3, 2];

/// The sections that contain a word, by their numbers in the run, and the weight of the word in each, in halves.
pub(super) type Postings = Vec<(u32, u16)>;

/// The words of a run.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Where each word occurs, in no particular order.
    pub(super) words: FxHashMap<Box<str>, Postings>,
    /// The number of words in each section.
    pub(super) lengths: Vec<u32>,
}

/// Counts the words of a run, section by section.
#[derive(Debug, Default)]
pub(super) struct Counting {
    counts: Counts,
    buffer: String,
}

impl Counting {
    pub(super) fn add(&mut self, section: &Section) {
        let Self { counts: Counts { words: all, lengths }, buffer } = self;
        let number = lengths.len() as u32;
        let mut length = 0;
        let fields = [&section.title, &section.heading, &section.keywords, &section.text];
        for (field, weight) in fields.into_iter().zip(FIELDS) {
            words(field, buffer, |word| {
                length += 1;
                let Some(postings) = all.get_mut(word) else {
                    all.insert(word.into(), vec![(number, weight)]);
                    return;
                };
                match postings.last_mut().filter(|(section, _)| *section == number) {
                    Some((_, sum)) => *sum = sum.saturating_add(weight),
                    None => postings.push((number, weight)),
                }
            });
        }
        lengths.push(length);
    }

    pub(super) fn finish(self) -> Counts {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::SectionKind;

    #[test]
    fn a_word_is_counted_by_section_and_weighs_more_in_a_title() {
        let mut counting = Counting::default();
        for title in ["W7 again", "w7", ""] {
            let [url, anchor, heading, keywords] = [const { String::new() }; 4];
            let (title, text) = (title.to_owned(), "w7 other w7 REMARKABLE".to_owned());
            counting.add(&Section { kind: SectionKind::Lesson, url, anchor, title, heading, keywords, text });
        }
        let counts = counting.finish();
        assert_eq!(counts.lengths, [6, 5, 4]);
        assert_eq!(counts.words["w7"], [(0, 14), (1, 14), (2, 4)]);
        assert_eq!(counts.words["again"], [(0, 10)]);
        assert_eq!(counts.words["remarkable"], [(0, 2), (1, 2), (2, 2)]);
    }
}
