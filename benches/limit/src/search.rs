//! The limit of a search: every word by the sections that it stands in, and the texts to show, in pieces to be loaded by
//! need. It knows no forms of a word, no weights and no letters but those of English.

use std::fs;
use std::io;
use std::path::Path;

use pulldown_cmark::{Event, Tag};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Bytes in a piece, as in amends.
const PIECE: usize = 8_000;

/// What was read of some pages.
#[derive(Default)]
pub(crate) struct Share {
    /// Where each word stands: a section, and how often.
    places: Vec<Vec<(u32, u32)>>,
    numbers: FxHashMap<Box<str>, usize>,
    /// The texts, until they are written.
    sections: Vec<String>,
    count: u32,
}

impl Share {
    /// Takes a part of a page: the text goes to its section.
    pub(crate) fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.begin(),
            Event::Text(text) | Event::Code(text) => {
                let section = self.sections.last_mut().expect("a page was begun");
                section.push_str(text);
                section.push(' ');
            }
            _ => {}
        }
    }

    /// Begins a section: the first one of a page, or a heading's.
    pub(crate) fn begin(&mut self) {
        self.close();
        self.sections.push(String::new());
    }

    /// Counts the words of the section that was read last.
    fn close(&mut self) {
        let Some(text) = self.sections.last() else { return };
        let section = self.count;
        self.count += 1;
        let text = text.to_ascii_lowercase();
        for word in text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            let number = self.numbers.get(word).copied().unwrap_or_else(|| {
                self.numbers.insert(word.into(), self.places.len());
                self.places.push(Vec::new());
                self.places.len() - 1
            });
            match self.places[number].last_mut() {
                Some((at, often)) if *at == section => *often += 1,
                _ => self.places[number].push((section, 1)),
            }
        }
    }

    /// Writes the texts; the words stay.
    pub(crate) fn write(&mut self, folder: &Path, share: usize) -> io::Result<()> {
        self.close();
        let sections = std::mem::take(&mut self.sections);
        let lines = sections.iter().map(|text| serde_json::to_string(text).expect("a text is JSON"));
        pieces(folder, &format!("t{share}-"), lines)
    }
}

/// Writes the words of all shares, in order.
pub(crate) fn words(folder: &Path, shares: &[Share]) -> io::Result<()> {
    let firsts: Vec<u32> =
        shares.iter().scan(0, |next, share| Some(std::mem::replace(next, *next + share.count))).collect();
    let mut words: Vec<(&str, usize, usize)> = Vec::new();
    for (at, share) in shares.iter().enumerate() {
        words.extend(share.numbers.iter().map(|(word, &number)| (&**word, at, number)));
    }
    words.par_sort_unstable();
    let words: Vec<_> = words.chunk_by(|(one, ..), (other, ..)| one == other).collect();
    let line = |words: &&[(&str, usize, usize)]| {
        let (mut before, mut pairs) = (0, Vec::new());
        for &(_, share, number) in *words {
            for &(section, often) in &shares[share].places[number] {
                let section = firsts[share] + section;
                pairs.extend([section - before, often]);
                before = section;
            }
        }
        serde_json::to_string(&(words[0].0, pairs)).expect("words and numbers are JSON")
    };
    let lines: Vec<String> = words.par_iter().map(line).collect();
    pieces(folder, "w", lines.into_iter())
}

/// Writes lines as files of about [`PIECE`] bytes.
fn pieces(folder: &Path, name: &str, lines: impl Iterator<Item = String>) -> io::Result<()> {
    let (mut piece, mut written) = (String::with_capacity(PIECE), 0);
    let mut write = |piece: &mut String| {
        written += 1;
        fs::write(folder.join(format!("{name}{written}.js")), std::mem::take(piece))
    };
    for line in lines {
        if !piece.is_empty() && piece.len() + line.len() > PIECE {
            write(&mut piece)?;
        }
        piece.push_str(&line);
        piece.push(',');
    }
    write(&mut piece)
}
