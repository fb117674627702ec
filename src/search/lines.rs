//! Counted words to lines of the index: forms of a word together, and the weight of each place.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::count::Counts;
use super::pack::json;
use super::words::Stems;

/// A word of more sections than this says little; those where it weighs most are kept.
const PLACES: usize = 1_500;

/// The usual constants of BM25: how soon a word that is repeated has said all, and how much long sections are held back.
const K1: f32 = 1.2;
const B: f32 = 0.6;

/// A word, and its number in each share that has it.
struct Form<'a> {
    word: &'a str,
    numbers: &'a [(&'a str, usize, u32)],
}

/// The forms of a word that share their first letters, and the numbers of their stems: nearly always one.
#[derive(Default)]
struct Entry<'a> {
    forms: Vec<&'a str>,
    stems: Vec<usize>,
}

/// What is counted, and what it is held against.
struct Counted<'a> {
    shares: &'a [Counts],
    /// The first section of each share.
    firsts: Vec<u32>,
    /// How far each section holds its words back for its length.
    much: Vec<f32>,
}

/// Every word as a line of the index, in order, and how many sections there are.
pub(super) fn lines(shares: &[Counts], language: &str) -> (Vec<(String, String)>, usize) {
    let counted = Counted::of(shares);
    let mut words: Vec<(&str, usize, u32)> = Vec::new();
    for (at, share) in shares.iter().enumerate() {
        words.extend(share.words.iter().zip(0..).map(|(word, number)| (&**word, at, number)));
    }
    words.par_sort_unstable();
    let forms: Vec<Form<'_>> = words
        .chunk_by(|(one, ..), (other, ..)| one == other)
        .map(|numbers| Form { word: numbers[0].0, numbers })
        .collect();
    let stems = stems(&forms, language);
    let mut entries: BTreeMap<&str, Entry<'_>> = BTreeMap::new();
    for (stem, forms) in stems.iter().enumerate() {
        // A grammar can take away first letters, too (Arabic's article): each beginning is found in its own place.
        for forms in forms.chunk_by(|one, other| one.word.chars().next() == other.word.chars().next()) {
            let entry = entries.entry(shared(forms)).or_default();
            entry.forms.extend(forms.iter().map(|form| form.word));
            entry.stems.push(stem);
        }
    }
    let line = |(shared, entry): (&str, Entry<'_>)| {
        (shared.to_owned(), entry.line(shared, |stem| counted.places(&stems[stem])))
    };
    let entries: Vec<_> = entries.into_iter().collect();
    // One word can stand in as many places as a thousand others.
    (entries.into_par_iter().with_max_len(4).map(line).collect(), counted.much.len())
}

/// The forms of each stem.
fn stems<'a>(forms: &'a [Form<'a>], language: &str) -> Vec<Vec<&'a Form<'a>>> {
    let stemmer = Stems::new(language);
    let of: Vec<_> = forms.par_iter().map(|form| stemmer.of(form.word)).collect();
    let (mut numbers, mut stems): (FxHashMap<_, usize>, Vec<Vec<&Form<'_>>>) = Default::default();
    for (form, stem) in forms.iter().zip(of) {
        let number = *numbers.entry(stem).or_insert(stems.len());
        if number == stems.len() {
            stems.push(Vec::new());
        }
        stems[number].push(form);
    }
    stems
}

impl<'a> Counted<'a> {
    fn of(shares: &'a [Counts]) -> Self {
        let lengths: Vec<u32> = shares.iter().flat_map(|share| &share.lengths).copied().collect();
        let whole: u64 = lengths.iter().copied().map(u64::from).sum();
        let mean = (whole as f64 / lengths.len().max(1) as f64) as f32;
        let firsts = shares.iter().scan(0, |next, share| {
            let first = *next;
            *next += share.lengths.len() as u32;
            Some(first)
        });
        let firsts = firsts.collect();
        let much = lengths.iter().map(|&length| 1.0 - B + B * length as f32 / mean).collect();
        Self { shares, firsts, much }
    }

    /// Where these forms stand, by the number of the section, and how much they weigh there.
    fn places(&self, forms: &[&Form<'_>]) -> Vec<(u32, u8)> {
        let mut all: Vec<(u32, f32)> = Vec::new();
        for &(_, share, number) in forms.iter().flat_map(|form| form.numbers) {
            let places = self.shares[share].places(number);
            all.extend(places.map(|(section, often)| (self.firsts[share] + section, often)));
        }
        if forms.len() > 1 {
            all.sort_by_key(|&(at, _)| at);
            all.dedup_by(|(at, often), (before, sum)| {
                let same = at == before;
                if same {
                    *sum += *often;
                }
                same
            });
        }
        // A number becomes a byte by cutting it off.
        let weight = |often: f32| ((255.0 * often / (often + K1) + 0.5) as u8).max(1);
        all.into_iter().map(|(at, often)| (at, weight(often / self.much[at as usize]))).collect()
    }
}

impl Entry<'_> {
    fn line(mut self, shared: &str, places: impl Fn(usize) -> Vec<(u32, u8)>) -> String {
        let mut all: Vec<(u32, u8)> = match *self.stems {
            [stem] => places(stem),
            ref stems => stems.iter().flat_map(|&stem| places(stem)).collect(),
        };
        if self.stems.len() > 1 {
            // Where two stems stand together, the larger weight counts.
            all.sort_unstable_by_key(|&(at, weight)| (at, Reverse(weight)));
            all.dedup_by_key(|(at, _)| *at);
        }
        keep_heaviest(&mut all);
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

/// Keeps those where it weighs most, and of those where it weighs the same the first ones.
fn keep_heaviest(all: &mut Vec<(u32, u8)>) {
    if all.len() <= PLACES {
        return;
    }
    let mut of_weight = [0; 256];
    all.iter().for_each(|&(_, weight)| of_weight[usize::from(weight)] += 1);
    let (mut room, mut least) = (PLACES, u8::MAX);
    while of_weight[usize::from(least)] <= room {
        room -= of_weight[usize::from(least)];
        least -= 1;
    }
    all.retain(|&(_, weight)| {
        let is_last = weight == least && room > 0;
        room -= usize::from(is_last);
        weight > least || is_last
    });
}

/// The letters that all forms begin with.
fn shared<'a>(forms: &[&Form<'a>]) -> &'a str {
    let Some(mut shared) = forms.first().map(|form| form.word) else { return "" };
    for form in forms {
        let same = shared.chars().zip(form.word.chars()).take_while(|(one, other)| one == other);
        let length = same.map(|(sign, _)| sign.len_utf8()).sum();
        shared = &shared[..length];
    }
    shared
}
