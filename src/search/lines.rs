//! Counted words to lines of the index: the forms of a word together, and the weight of the word in each section.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::count::{Counts, Postings};
use super::pack::json;
use super::words::WordStemmer;
use crate::parallel;

/// The most sections that are listed for a word. A word in more sections helps little, and those with the highest weights
/// are kept.
const MAX_SECTIONS: usize = 1_500;

/// The usual constants of BM25: how soon repetition saturates, and how much long sections are penalized.
const K1: f32 = 1.2;
const B: f32 = 0.6;

/// A line of the index: the common prefix of a word's forms, and the line as JSON.
pub(super) struct Line {
    pub(super) word: String,
    pub(super) json: String,
}

/// The sections of one run that contain a word.
#[derive(Clone, Copy)]
struct Occurrences<'a> {
    word: &'a str,
    run: usize,
    postings: &'a Postings,
}

/// A word, and its occurrences in each run that has it.
struct Form<'a> {
    word: &'a str,
    runs: Vec<Occurrences<'a>>,
}

/// The forms of a word that share a prefix, and the numbers of their stems: nearly always one.
#[derive(Default)]
struct Entry<'a> {
    forms: Vec<&'a str>,
    stems: Vec<usize>,
}

/// What the weights of sections depend on.
struct Weights {
    /// The number of the first section of each run.
    firsts: Vec<u32>,
    /// By section: the factor of BM25 by which its length lowers the weights of its words.
    lengths: Vec<f32>,
}

/// Every word as a line of the index, in order.
pub(super) fn lines(runs: &[Counts], language: &str) -> Vec<Line> {
    let weights = Weights::of(runs);
    let forms = forms(runs);
    let stems = stems(&forms, language);
    let mut entries: BTreeMap<&str, Entry<'_>> = BTreeMap::new();
    for (stem, forms) in stems.iter().enumerate() {
        // A stemmer may also remove first letters, such as the Arabic article, so forms of one stem can begin differently.
        // They are listed under each first letter.
        for forms in forms.chunk_by(|one, other| one.word.chars().next() == other.word.chars().next()) {
            let entry = entries.entry(common_prefix(forms)).or_default();
            entry.forms.extend(forms.iter().map(|form| form.word));
            entry.stems.push(stem);
        }
    }
    parallel::map(entries.into_iter().collect(), |(shared, entry)| {
        let json = entry.json(shared, |stem| weights.weighted_sections(&stems[stem]));
        Line { word: shared.to_owned(), json }
    })
}

/// Every word once, in order.
fn forms(runs: &[Counts]) -> Vec<Form<'_>> {
    let mut words = Vec::new();
    for (run, counts) in runs.iter().enumerate() {
        words.extend(counts.words.iter().map(|(word, postings)| Occurrences { word, run, postings }));
    }
    parallel::sort_by_key(&mut words, |each| (each.word, each.run));
    let same = words.chunk_by(|one, other| one.word == other.word);
    same.map(|same| Form { word: same[0].word, runs: same.to_vec() }).collect()
}

/// The forms of each stem.
fn stems<'a>(forms: &'a [Form<'a>], language: &str) -> Vec<Vec<&'a Form<'a>>> {
    let stemmer = WordStemmer::new(language);
    let of = parallel::map(forms.iter().collect(), |form: &Form<'_>| stemmer.of(form.word).into_owned());
    let (mut numbers, mut stems): (FxHashMap<String, usize>, Vec<Vec<&Form<'_>>>) = Default::default();
    for (form, stem) in forms.iter().zip(of) {
        let number = *numbers.entry(stem).or_insert(stems.len());
        if number == stems.len() {
            stems.push(Vec::new());
        }
        stems[number].push(form);
    }
    stems
}

impl Weights {
    fn of(runs: &[Counts]) -> Self {
        let lengths: Vec<u32> = runs.iter().flat_map(|run| &run.lengths).copied().collect();
        let whole: u64 = lengths.iter().copied().map(u64::from).sum();
        let mean = (whole as f64 / lengths.len().max(1) as f64) as f32;
        let firsts = runs.iter().scan(0, |next, run| {
            let first = *next;
            *next += run.lengths.len() as u32;
            Some(first)
        });
        let firsts = firsts.collect();
        let lengths = lengths.iter().map(|&length| 1.0 - B + B * length as f32 / mean).collect();
        Self { firsts, lengths }
    }

    /// The sections that contain these forms, by their numbers in the index, with the weights of the forms there.
    fn weighted_sections(&self, forms: &[&Form<'_>]) -> Vec<(u32, u8)> {
        let mut all: Vec<(u32, u32)> = Vec::new();
        for occurrences in forms.iter().flat_map(|form| &form.runs) {
            let first = self.firsts[occurrences.run];
            all.extend(
                occurrences.postings.iter().map(|&(section, halves)| (first + section, u32::from(halves))),
            );
        }
        all.sort_by_key(|&(at, _)| at);
        all.dedup_by(|(at, halves), (before, sum)| {
            let same = at == before;
            *sum += if same { *halves } else { 0 };
            same
        });
        let weight = |at: u32, halves: u32| {
            let often = halves as f32 / 2.0 / self.lengths[at as usize];
            ((255.0 * often / (often + K1) + 0.5) as u8).max(1)
        };
        all.into_iter().map(|(at, halves)| (at, weight(at, halves))).collect()
    }
}

impl Entry<'_> {
    fn json(mut self, shared: &str, weighted_sections: impl Fn(usize) -> Vec<(u32, u8)>) -> String {
        let mut all: Vec<(u32, u8)> = self.stems.iter().flat_map(|&stem| weighted_sections(stem)).collect();
        // In a section with two of the stems, the larger weight counts.
        all.sort_unstable_by_key(|&(at, weight)| (at, Reverse(weight)));
        all.dedup_by_key(|(at, _)| *at);
        if all.len() > MAX_SECTIONS {
            // A stable sort: of equal weights, the first sections are kept.
            all.sort_by_key(|&(_, weight)| Reverse(weight));
            all.truncate(MAX_SECTIONS);
            all.sort_unstable();
        }
        let mut pairs = Vec::with_capacity(all.len() * 2);
        let mut before = 0;
        for (at, weight) in all {
            pairs.extend([at - before, u32::from(weight)]);
            before = at;
        }
        self.forms.sort_unstable();
        let endings: Vec<&str> = self.forms.iter().map(|form| &form[shared.len()..]).collect();
        json(&(shared, endings.join(" "), pairs))
    }
}

/// The prefix of all forms.
fn common_prefix<'a>(forms: &[&Form<'a>]) -> &'a str {
    let Some(mut shared) = forms.first().map(|form| form.word) else { return "" };
    for form in forms {
        let same = shared.chars().zip(form.word.chars()).take_while(|(one, other)| one == other);
        let length = same.map(|(letter, _)| letter.len_utf8()).sum();
        shared = &shared[..length];
    }
    shared
}
