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
    /// Words by number: those of at most eight bytes by these bytes.
    short: FxHashMap<u64, u32>,
    long: FxHashMap<Box<[u8]>, u32>,
    /// Where in `met` a word was put last.
    last: Vec<u32>,
    /// What `met` is to take of the section that is read.
    now: Vec<(u32, u16)>,
    room: Vec<u8>,
}

impl Counting {
    pub(super) fn add(&mut self, section: &Section) {
        let Self { words: all, met, short, long, last, now, room, .. } = self;
        let begin = met.len() as u32;
        let (mut held, mut length) = (0, 0);
        let fields = [&section.title, &section.heading, &section.also, &section.text];
        for (field, weight) in fields.into_iter().zip(FIELDS) {
            words(field, room, |number, word| {
                let is_short = word.len() <= 8;
                let id = if is_short { short.get(&number) } else { long.get(word) };
                let id = id.copied().unwrap_or_else(|| {
                    let id = all.len() as u32;
                    match is_short {
                        true => short.insert(number, id),
                        false => long.insert(word.into(), id),
                    };
                    all.push(String::from_utf8_lossy(word).into());
                    last.push(u32::MAX);
                    id
                });
                let last = &mut last[id as usize];
                // Which words come again cannot be foretold, so nothing here branches by it.
                let is_new = last.wrapping_sub(begin) >= held;
                let place = if is_new { held } else { *last - begin };
                *last = begin + place;
                if now.len() == place as usize {
                    now.push((0, 0));
                }
                let (word, often) = &mut now[place as usize];
                *word = id;
                *often = if is_new { 0 } else { *often }.saturating_add(weight);
                held += u32::from(is_new);
                length += 1;
            });
        }
        met.extend_from_slice(&now[..held as usize]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Kind;

    #[test]
    fn a_word_is_counted_by_section_and_weighs_more_in_a_title() {
        let names: Vec<String> =
            (0..3_000).map(|n| format!("w{n}")).chain((0..50).map(|n| format!("remarkable{n}"))).collect();
        let mut counting = Counting::default();
        for title in ["W7 again", "w7", ""] {
            let text = format!("{} w7 REMARKABLE9", names.join(" "));
            let [url, anchor, heading, also] = [const { String::new() }; 4];
            counting.add(&Section {
                kind: Kind::Lesson,
                url,
                anchor,
                title: title.to_owned(),
                heading,
                also,
                text,
            });
        }
        let counts = counting.finish();
        assert_eq!(counts.words.len(), names.len() + 1);
        assert_eq!(counts.lengths, [3_054, 3_053, 3_052]);
        let places = |word: &str| {
            let at = counts.words.iter().position(|each| &**each == word).unwrap();
            counts.places(at as u32).collect::<Vec<_>>()
        };
        assert_eq!(places("w7"), [(0, 7.0), (1, 7.0), (2, 2.0)]);
        assert_eq!(places("again"), [(0, 5.0)]);
        assert_eq!(places("remarkable9"), [(0, 2.0), (1, 2.0), (2, 2.0)]);
        assert_eq!(places("w2999"), [(0, 1.0), (1, 1.0), (2, 1.0)]);
    }
}
