//! How often each word stands in each section of a share.
//!
//! Ten thousand lessons have millions of words, so a word is a number from the moment at which it is read, and where it
//! stands takes six bytes.

use rustc_hash::FxHashMap;

use super::Section;
use super::words::words;

/// How much more a word weighs in a title, in a heading and among objectives than in the text, in halves.
const FIELDS: [u16; 4] = [10, 6, 3, 2];

/// What was counted, by word.
pub(super) struct Counts {
    pub(super) words: Vec<Box<str>>,
    /// How many words each section has.
    pub(super) lengths: Vec<u32>,
    /// Where the places of each word begin, and where the last ones end.
    starts: Vec<usize>,
    /// The section of each place.
    sections: Vec<u32>,
    /// How often it stands there, in halves.
    often: Vec<u16>,
}

impl Counts {
    /// The sections where a word stands, by their number in the share, and how often.
    pub(super) fn places(&self, word: u32) -> impl Iterator<Item = (u32, f32)> {
        let range = self.starts[word as usize]..self.starts[word as usize + 1];
        let often = self.often[range.clone()].iter().map(|&halves| f32::from(halves) / 2.0);
        self.sections[range].iter().copied().zip(often)
    }
}

/// Counts, section by section.
#[derive(Default)]
pub(super) struct Counting {
    words: Vec<Box<str>>,
    /// For each section the words that it has, and how often.
    met: Vec<(u32, u16)>,
    /// Where those of each section end.
    ends: Vec<usize>,
    lengths: Vec<u32>,
    /// Where a word was met last, by the word: those of at most eight bytes as a number.
    short: FxHashMap<u64, usize>,
    long: FxHashMap<Box<[u8]>, usize>,
    room: Vec<u8>,
}

impl Counting {
    pub(super) fn add(&mut self, section: &Section) {
        let Self { words: known, met, short, long, room, .. } = self;
        let begin = met.len();
        let mut length = 0;
        let fields = [&section.title, &section.heading, &section.also, &section.text];
        for (field, weight) in fields.into_iter().zip(FIELDS) {
            words(field, room, |number, word| {
                length += 1;
                let is_short = word.len() <= 8;
                let last = if is_short { short.get_mut(&number) } else { long.get_mut(word) };
                let Some(last) = last else {
                    match is_short {
                        true => short.insert(number, met.len()),
                        false => long.insert(word.into(), met.len()),
                    };
                    met.push((known.len() as u32, weight));
                    return known.push(String::from_utf8_lossy(word).into());
                };
                let (word, often) = &mut met[*last];
                if *last >= begin {
                    *often = often.saturating_add(weight);
                } else {
                    let word = *word;
                    *last = met.len();
                    met.push((word, weight));
                }
            });
        }
        self.ends.push(met.len());
        self.lengths.push(length);
    }

    /// Puts the places of each word together.
    pub(super) fn finish(self) -> Counts {
        let mut starts = vec![0; self.words.len() + 1];
        for &(word, _) in &self.met {
            starts[word as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let (mut sections, mut often) = (vec![0; sum], vec![0; sum]);
        let mut begin = 0;
        for (section, &end) in (0..).zip(&self.ends) {
            for &(word, halves) in &self.met[begin..end] {
                let place = &mut next[word as usize];
                (sections[*place], often[*place]) = (section, halves);
                *place += 1;
            }
            begin = end;
        }
        Counts { words: self.words, lengths: self.lengths, starts, sections, often }
    }
}
