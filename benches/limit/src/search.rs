//! The search index of the limit program: every word with the sections that contain it, and the texts to show, in pieces that a
//! page loads as needed. It has no word forms and no weights, and only English letters.

use std::fs;
use std::io;
use std::path::Path;

use pulldown_cmark::{Event, Tag};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Bytes in a piece, as in amends.
const PIECE: usize = 8_000;

/// The index of one chunk of the pages.
#[derive(Default)]
pub(crate) struct Chunk {
    /// By the number of a word: the sections that contain it, each with the number of occurrences.
    places: Vec<Vec<(u32, u32)>>,
    numbers: FxHashMap<Box<str>, usize>,
    /// The sections' texts, until they are written.
    sections: Vec<String>,
    count: u32,
}

impl Chunk {
    /// Adds a text to its section.
    pub(crate) fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.begin(),
            Event::Text(text) | Event::Code(text) => {
                let section = self.sections.last_mut().expect("`begin` is called first");
                section.push_str(text);
                section.push(' ');
            }
            _ => {}
        }
    }

    /// Starts a section: the first of a page, or a heading's.
    pub(crate) fn begin(&mut self) {
        self.close();
        self.sections.push(String::new());
    }

    /// Counts the words of the last section.
    fn close(&mut self) {
        let Some(text) = self.sections.last() else { return };
        let section = self.count;
        self.count += 1;
        let text = text.to_ascii_lowercase();
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
        {
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

    /// Writes the texts, and keeps only the words.
    pub(crate) fn write_texts(&mut self, folder: &Path, chunk: usize) -> io::Result<()> {
        self.close();
        let sections = std::mem::take(&mut self.sections);
        let lines = sections.iter().map(|text| serde_json::to_string(text).expect("a text is JSON"));
        write_pieces(folder, &format!("t{chunk}-"), lines)
    }
}

/// Writes the words of all chunks, in order.
pub(crate) fn write_words(folder: &Path, chunks: &[Chunk]) -> io::Result<()> {
    let firsts: Vec<u32> =
        chunks.iter().scan(0, |next, chunk| Some(std::mem::replace(next, *next + chunk.count))).collect();
    let mut words: Vec<(&str, usize, usize)> = Vec::new();
    for (at, chunk) in chunks.iter().enumerate() {
        words.extend(chunk.numbers.iter().map(|(word, &number)| (&**word, at, number)));
    }
    words.par_sort_unstable();
    let words: Vec<_> = words.chunk_by(|(one, ..), (other, ..)| one == other).collect();
    let line = |words: &&[(&str, usize, usize)]| {
        let (mut before, mut pairs) = (0, Vec::new());
        for &(_, chunk, number) in *words {
            for &(section, often) in &chunks[chunk].places[number] {
                let section = firsts[chunk] + section;
                pairs.extend([section - before, often]);
                before = section;
            }
        }
        serde_json::to_string(&(words[0].0, pairs)).expect("words and numbers are JSON")
    };
    let lines: Vec<String> = words.par_iter().map(line).collect();
    write_pieces(folder, "w", lines.into_iter())
}

/// Writes lines as files of about [`PIECE`] bytes.
fn write_pieces(folder: &Path, name: &str, lines: impl Iterator<Item = String>) -> io::Result<()> {
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
