//! Sections to files: words with their places, in the order of the alphabet and cut into pieces; texts, cut likewise.
//!
//! Every file calls `amendsFound` with its own name and what it holds. What belongs together:
//!
//! - `index.js`: how many sections there are, the first word of each piece of words, the first section of each piece of
//!   texts; and, of a small site, every piece.
//! - `wN.js`: words. Each is `[the letters that its forms share, their endings, places]`, where places are pairs of the
//!   distance to the section before and a weight from 1 to 255.
//! - `tN.js`: sections as they are shown, those of a page together.
//!
//! Ten thousand lessons have millions of words, so a word is a number from the moment at which it is read, and pieces
//! are given away as soon as they are made.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::words::{Stems, words};
use super::{Kind, Section};

/// Up to here everything stands in one file.
const SMALL: usize = 96_000;
/// How long a piece becomes.
pub(super) const PIECE: usize = 6_000;
/// A word of more sections than this says little; those where it weighs most are kept.
const PLACES: usize = 1_500;
/// So many groups of sections, at most, are counted with one list of words.
const BATCH: usize = 256;

/// How much more a word weighs in a title, in a heading and among objectives than in the text.
const FIELDS: [f32; 4] = [5.0, 3.0, 1.5, 1.0];

/// The usual constants of BM25: how soon a word that is repeated has said all, and how much long sections are held back.
const K1: f32 = 1.2;
const B: f32 = 0.6;

/// Some groups, read: words are numbers of this batch.
#[derive(Default)]
struct Batch {
    words: Vec<String>,
    sections: Vec<Counted>,
    /// How many sections each group has.
    counts: Vec<usize>,
}

/// How often each word stands in a section, by the weight of its place.
struct Counted {
    words: Vec<(u32, f32)>,
    length: f32,
}

/// Where the words of one stem stand, by the number of the section; and how often, held against its length.
type Places = Vec<(u32, f32)>;

/// The forms of a word that share their first letters, and the numbers of their stems: nearly always one.
#[derive(Default)]
struct Entry {
    forms: Vec<String>,
    stems: Vec<usize>,
}

/// The files of the index by their name, of sections that are one group each.
#[must_use]
pub fn pack(sections: &[Section], language: &str) -> Vec<(String, String)> {
    let length: usize = sections.iter().map(|section| section.text.len()).sum();
    let files = Mutex::new(Vec::new());
    let put = |name: String, script: String| {
        files.lock().unwrap_or_else(PoisonError::into_inner).push((name, script))
    };
    self::files(sections, |section| vec![(*section).clone()], (language, length), put);
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort();
    files
}

/// Gives the files of the index to `put` by their name, in no order. `sections` reads a group; `length` is about how many
/// bytes all of them show.
pub(super) fn files<G: Sync>(
    groups: &[G],
    sections: impl Fn(&G) -> Vec<Section> + Sync,
    (language, length): (&str, usize),
    put: impl Fn(String, String) + Sync,
) {
    // It may all fit into one file: that is known when all is made.
    let held: Option<Mutex<Vec<(usize, String)>>> = (length < 4 * SMALL).then(Mutex::default);
    // A small course is shared out as well.
    let size = (groups.len() / (4 * rayon::current_num_threads())).clamp(1, BATCH);
    let batches: Vec<Batch> = groups
        .par_chunks(size)
        .enumerate()
        .map(|(batch, groups)| {
            let mut counting = Counting::default();
            for (at, group) in groups.iter().enumerate() {
                let sections = sections(group);
                counting.group(&sections);
                let (number, piece) = (batch * size + at, shown(&sections));
                match &held {
                    Some(held) => held.lock().unwrap_or_else(PoisonError::into_inner).push((number, piece)),
                    None => give(&put, &format!("t{number}"), &piece),
                }
            }
            counting.batch
        })
        .collect();
    let mut firsts = Vec::with_capacity(groups.len());
    let mut count = 0;
    for sections in batches.iter().flat_map(|batch| &batch.counts) {
        firsts.push(count);
        count += sections;
    }
    let lines = lines(batches, count, language);
    let (starts, pieces) = cut(&lines);
    let index = script("index", &json(&(count, &starts, &firsts)));
    let mut held =
        held.map(|held| held.into_inner().unwrap_or_else(PoisonError::into_inner)).unwrap_or_default();
    held.sort_unstable();
    let texts = held.into_iter().map(|(at, piece)| (format!("t{at}"), piece));
    let pieces = pieces.into_iter().enumerate().map(|(at, piece)| (format!("w{at}"), piece));
    let pieces: Vec<(String, String)> = pieces.chain(texts).collect();
    let whole: usize = pieces.iter().map(|(_, piece)| piece.len()).sum();
    if length < 4 * SMALL && whole <= SMALL {
        let pieces = pieces.iter().map(|(name, piece)| script(name, piece));
        put("index.js".to_owned(), index + &pieces.collect::<String>());
    } else {
        put("index.js".to_owned(), index);
        pieces.par_iter().for_each(|(name, piece)| give(&put, name, piece));
    }
}

fn give(put: &impl Fn(String, String), name: &str, piece: &str) {
    put(format!("{name}.js"), script(name, piece));
}

/// A line of script. Nothing in JSON ends a string of JavaScript.
fn script(name: &str, value: &str) -> String {
    format!("amendsFound(\"{name}\",{value});\n")
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

/// Sections as they are shown.
fn shown(sections: &[Section]) -> String {
    let show = |section: &Section| {
        let kind = match section.kind {
            Kind::Lesson => "lesson",
            Kind::Scenario => "scenario",
        };
        json(&(kind, &section.url, &section.title, &section.heading, &section.text))
    };
    format!("[{}]", sections.iter().map(show).collect::<Vec<_>>().join(","))
}

/// Lists of about [`PIECE`] bytes, and the first word of each.
fn cut(lines: &[(String, String)]) -> (Vec<&str>, Vec<String>) {
    let (mut firsts, mut pieces): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    for (word, line) in lines {
        match pieces.last_mut().filter(|piece| piece.len() + line.len() < PIECE) {
            Some(piece) => {
                piece.push(',');
                piece.push_str(line);
            }
            None => {
                firsts.push(word);
                pieces.push(format!("[{line}"));
            }
        }
    }
    pieces.iter_mut().for_each(|piece| piece.push(']'));
    (firsts, pieces)
}

/// Counts the words of a batch.
#[derive(Default)]
struct Counting {
    batch: Batch,
    known: FxHashMap<String, u32>,
    /// By word, of the section that is read; and which words it has.
    often: Vec<f32>,
    met: Vec<u32>,
    word: String,
}

impl Counting {
    fn group(&mut self, sections: &[Section]) {
        self.batch.counts.push(sections.len());
        for section in sections {
            let counted = self.section(section);
            self.batch.sections.push(counted);
        }
    }

    fn section(&mut self, section: &Section) -> Counted {
        let Self { batch, known, often, met, word } = self;
        let mut length = 0.0;
        let fields = [&section.title, &section.heading, &section.also, &section.text];
        for (field, weight) in fields.into_iter().zip(FIELDS) {
            words(field, word, |word| {
                let id = known.get(word).copied().unwrap_or_else(|| {
                    let id = batch.words.len() as u32;
                    known.insert(word.to_owned(), id);
                    batch.words.push(word.to_owned());
                    often.push(0.0);
                    id
                });
                let often = &mut often[id as usize];
                if *often == 0.0 {
                    met.push(id);
                }
                *often += weight;
                length += 1.0;
            });
        }
        let words = met.drain(..).map(|id| (id, std::mem::take(&mut often[id as usize]))).collect();
        Counted { words, length }
    }
}

/// Every word as a line of the index, in order.
fn lines(batches: Vec<Batch>, count: usize, language: &str) -> Vec<(String, String)> {
    let sections = batches.iter().flat_map(|batch| &batch.sections);
    let length: f64 = sections.map(|section| f64::from(section.length)).sum();
    let mean = (length / count.max(1) as f64) as f32;
    let (entries, stems) = entries(&batches, language);
    let mut places: Vec<Places> = Vec::new();
    let mut at = 0;
    for (batch, stems) in batches.into_iter().zip(stems) {
        places.resize_with(places.len().max(stems.iter().max().map_or(0, |most| most + 1)), Vec::new);
        for section in batch.sections {
            let much = 1.0 - B + B * section.length / mean;
            for (word, often) in section.words {
                let places = &mut places[stems[word as usize]];
                match places.last_mut().filter(|(last, _)| *last == at) {
                    Some((_, sum)) => *sum += often / much,
                    None => places.push((at, often / much)),
                }
            }
            at += 1;
        }
    }
    let line = |(shared, entry): (String, Entry)| {
        let line = entry.line(&shared, &places);
        (shared, line)
    };
    entries.into_par_iter().map(line).collect()
}

/// The words of all batches by the letters that their forms share; and for each batch the stem of each word, numbered.
fn entries(batches: &[Batch], language: &str) -> (BTreeMap<String, Entry>, Vec<Vec<usize>>) {
    let mut words: Vec<&str> = batches.iter().flat_map(|batch| &batch.words).map(String::as_str).collect();
    words.par_sort_unstable();
    words.dedup();
    let stemmer = Stems::new(language);
    let (mut numbers, mut forms): (FxHashMap<_, usize>, Vec<Vec<&str>>) = Default::default();
    let mut stems: FxHashMap<&str, usize> = FxHashMap::default();
    for word in words {
        let stem = *numbers.entry(stemmer.of(word)).or_insert_with(|| {
            forms.push(Vec::new());
            forms.len() - 1
        });
        forms[stem].push(word);
        stems.insert(word, stem);
    }
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for (stem, forms) in forms.iter().enumerate() {
        // A grammar can take away first letters, too (Arabic's article): each beginning is found in its own place.
        for forms in forms.chunk_by(|one, other| one.chars().next() == other.chars().next()) {
            let entry = entries.entry(shared(forms)).or_default();
            entry.forms.extend(forms.iter().map(|&form| form.to_owned()));
            entry.stems.push(stem);
        }
    }
    let of = |batch: &Batch| batch.words.iter().map(|word| stems[word.as_str()]).collect();
    (entries, batches.iter().map(of).collect())
}

impl Entry {
    fn line(mut self, shared: &str, places: &[Places]) -> String {
        let weight = |often: f32| (255.0 * often / (often + K1)).round().clamp(1.0, 255.0) as u8;
        let all = self.stems.iter().flat_map(|&stem| &places[stem]);
        let mut all: Vec<(u32, u8)> = all.map(|&(at, often)| (at, weight(often))).collect();
        if self.stems.len() > 1 {
            // Where two stems stand together, the larger weight counts.
            all.sort_unstable_by_key(|&(at, weight)| (at, Reverse(weight)));
            all.dedup_by_key(|(at, _)| *at);
        }
        if all.len() > PLACES {
            all.select_nth_unstable_by_key(PLACES, |&(at, weight)| (Reverse(weight), at));
            all.truncate(PLACES);
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

/// The letters that all forms begin with.
fn shared(forms: &[&str]) -> String {
    let Some(&(mut shared)) = forms.first() else { return String::new() };
    for form in forms {
        let same = shared.chars().zip(form.chars()).take_while(|(one, other)| one == other);
        let length = same.map(|(sign, _)| sign.len_utf8()).sum();
        shared = &shared[..length];
    }
    shared.to_owned()
}
