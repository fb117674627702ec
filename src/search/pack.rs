//! Sections to files: words with their places, in the order of the alphabet and cut into pieces; texts, cut likewise.
//!
//! Every file calls `amendsFound` with its own name and what it holds. What belongs together:
//!
//! - `index.js`: how many sections there are, the first word of each piece of words, the first section of each piece of
//!   texts; and, of a small site, every piece.
//! - `wN.js`: words. Each is `[the letters that its forms share, their endings, places]`, where places are pairs of the
//!   distance to the section before and a weight from 1 to 255.
//! - `tN.js`: sections as they are shown.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::words::{Stems, words};
use super::{Kind, Section};

/// Up to here everything stands in one file.
const SMALL: usize = 96_000;
/// How long a piece becomes.
const PIECE: usize = 6_000;
/// A word of more sections than this says little; those where it weighs most are kept.
const PLACES: usize = 1_500;

/// How much more a word weighs in a title, in a heading and among objectives than in the text.
const FIELDS: [f64; 4] = [5.0, 3.0, 1.5, 1.0];

/// The usual constants of BM25: how soon a word that is repeated has said all, and how much long sections are held back.
const K1: f64 = 1.2;
const B: f64 = 0.6;

/// The forms of a word and where they stand.
#[derive(Default)]
struct Entry {
    forms: Vec<String>,
    places: Vec<(usize, u8)>,
}

/// The files of the index by their name.
#[must_use]
pub fn pack(sections: &[Section], language: &str) -> Vec<(String, String)> {
    let entries = entries(sections, language);
    let (starts, pieces) = cut(entries.iter().map(|(shared, entry)| (shared.clone(), line(shared, entry))));
    let shown = sections.iter().enumerate().map(|(at, section)| (at, show(section)));
    let (firsts, texts) = cut(shown);
    let whole: usize = pieces.iter().chain(&texts).map(String::len).sum();
    let mut index = call("index", &json!([sections.len(), starts, firsts]).to_string());
    let named = |letter: char, pieces: Vec<String>| {
        let pieces = pieces.into_iter().enumerate();
        pieces.map(move |(at, piece)| (format!("{letter}{at}"), piece)).collect::<Vec<_>>()
    };
    let pieces = named('w', pieces).into_iter().chain(named('t', texts));
    let mut files = Vec::new();
    for (name, piece) in pieces {
        let script = call(&name, &piece);
        if whole <= SMALL {
            index.push_str(&script);
        } else {
            files.push((format!("{name}.js"), script));
        }
    }
    files.insert(0, ("index.js".to_owned(), index));
    files
}

/// A line of script. Nothing in JSON ends a string of JavaScript.
fn call(name: &str, value: &str) -> String {
    format!("amendsFound(\"{name}\",{value});\n")
}

/// Lists of about [`PIECE`] bytes, and the first key of each.
fn cut<K>(rows: impl Iterator<Item = (K, String)>) -> (Vec<K>, Vec<String>) {
    let (mut firsts, mut pieces): (Vec<K>, Vec<String>) = (Vec::new(), Vec::new());
    for (key, row) in rows {
        match pieces.last_mut().filter(|piece| piece.len() + row.len() < PIECE) {
            Some(piece) => {
                piece.push(',');
                piece.push_str(&row);
            }
            None => {
                firsts.push(key);
                pieces.push(format!("[{row}"));
            }
        }
    }
    pieces.iter_mut().for_each(|piece| piece.push(']'));
    (firsts, pieces)
}

fn show(section: &Section) -> String {
    let kind = match section.kind {
        Kind::Lesson => "lesson",
        Kind::Scenario => "scenario",
    };
    json!([kind, section.url, section.title, section.heading, section.text]).to_string()
}

fn line(shared: &str, entry: &Entry) -> String {
    let endings: Vec<&str> = entry.forms.iter().map(|form| &form[shared.len()..]).collect();
    let mut places: Vec<Value> = Vec::with_capacity(entry.places.len() * 2);
    let mut before = 0;
    for &(at, weight) in &entry.places {
        places.push((at - before).into());
        places.push(weight.into());
        before = at;
    }
    json!([shared, endings.join(" "), places]).to_string()
}

/// Every word by the letters that its forms share, in order.
fn entries(sections: &[Section], language: &str) -> BTreeMap<String, Entry> {
    let mut stems = Stems::new(language);
    let counted: Vec<(HashMap<String, f64>, f64)> = sections.iter().map(count).collect();
    let mean = counted.iter().map(|(_, length)| length).sum::<f64>() / counted.len().max(1) as f64;
    let mut groups: BTreeMap<String, (Vec<String>, BTreeMap<usize, f64>)> = BTreeMap::new();
    for (at, (words, length)) in counted.iter().enumerate() {
        let mut sorted: Vec<(&String, &f64)> = words.iter().collect();
        sorted.sort_by(|one, other| one.0.cmp(other.0));
        for (word, often) in sorted {
            let group = groups.entry(stems.of(word).to_owned()).or_default();
            if !group.0.contains(word) {
                group.0.push(word.clone());
            }
            *group.1.entry(at).or_default() += often / (1.0 - B + B * length / mean);
        }
    }
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for (forms, places) in groups.into_values() {
        let entry = entries.entry(shared(&forms)).or_default();
        entry.forms.extend(forms);
        entry.forms.sort();
        let weight = |often: f64| (255.0 * often / (often + K1)).round().clamp(1.0, 255.0) as u8;
        for (at, often) in places {
            entry.places.push((at, weight(often)));
        }
        // Two stems can share their first letters: then a place may be there twice, and counts by its larger weight.
        entry.places.sort_by_key(|&(at, weight)| (at, std::cmp::Reverse(weight)));
        entry.places.dedup_by_key(|(at, _)| *at);
        if entry.places.len() > PLACES {
            entry.places.sort_by_key(|&(at, weight)| (std::cmp::Reverse(weight), at));
            entry.places.truncate(PLACES);
            entry.places.sort_unstable();
        }
    }
    entries
}

/// How often each word stands in a section, by the weight of its place, and how long the section is.
fn count(section: &Section) -> (HashMap<String, f64>, f64) {
    let mut often: HashMap<String, f64> = HashMap::new();
    let mut length = 0.0;
    let fields = [&section.title, &section.heading, &section.also, &section.text];
    for (field, weight) in fields.into_iter().zip(FIELDS) {
        for word in words(field) {
            *often.entry(word).or_default() += weight;
            length += 1.0;
        }
    }
    (often, length)
}

/// The letters that all forms begin with; for words that share none, the shortest form.
fn shared(forms: &[String]) -> String {
    let Some(first) = forms.first() else { return String::new() };
    let mut shared = first.as_str();
    for form in forms {
        let same = shared.chars().zip(form.chars()).take_while(|(one, other)| one == other);
        let length = same.map(|(sign, _)| sign.len_utf8()).sum();
        shared = &shared[..length];
    }
    shared.to_owned()
}
