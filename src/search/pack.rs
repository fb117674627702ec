//! Sections to files: words with their places, in the order of the alphabet and cut into pieces; texts, cut likewise.
//!
//! Every file calls `amendsFound` with its own name and what it holds. What belongs together:
//!
//! - `index.js`: how many sections there are, what the first word of each piece of words begins with, and for each share of
//!   the texts how many sections each of its pieces has, as a digit to the base of 36; and, of a small site, every piece.
//! - `wN.js`: words. Each is `[the letters that its forms share, their endings, places]`, where places are pairs of the
//!   distance to the section before and a weight from 1 to 255.
//! - `tN-M.js`: piece M of the texts of share N. It has pages, each with its sections as they are shown.
//!
//! Shares are read side by side. Pieces are given away as soon as they are made.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Section;
use super::count::Counting;
use super::gather::cut;
use super::lines::lines;
use super::texts::Texts;

/// Up to here everything stands in one file.
const SMALL: usize = 96_000;
/// How long a piece becomes.
pub(super) const PIECE: usize = 8_000;

/// The files of the index by their name.
#[must_use]
pub fn pack(sections: &[Section], language: &str) -> Vec<(String, String)> {
    let lengths: Vec<usize> = sections.iter().map(|section| section.text.len()).collect();
    let shares: Vec<&[Section]> = cut(&lengths).into_iter().map(|share| &sections[share]).collect();
    let files = Mutex::new(Vec::new());
    let put = |name: String, script: String| {
        files.lock().unwrap_or_else(PoisonError::into_inner).push((name, script))
    };
    self::files(&shares, |share| share.iter().cloned(), (language, lengths.iter().sum()), put);
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort();
    files
}

/// Gives the files of the index to `put` by their name, in no order. `sections` reads a share; `length` is about how many
/// bytes all of them show.
pub(super) fn files<'s, S: Sync, I: Iterator<Item = Section>>(
    shares: &'s [S],
    sections: impl Fn(&'s S) -> I + Sync,
    (language, length): (&str, usize),
    put: impl Fn(String, String) + Sync,
) {
    // It may all fit into one file: that is known when all is made.
    let may_be_small = length < 4 * SMALL;
    let read = |(at, share): (usize, &'s S)| {
        let (mut counting, mut held) = (Counting::default(), Vec::new());
        let mut texts = Texts::new(at, |name, script| match may_be_small {
            true => held.push((name, script)),
            false => put(name, script),
        });
        for section in sections(share) {
            counting.add(&section);
            texts.add(&section);
        }
        let pieces = texts.finish();
        (counting.finish(), (pieces, held))
    };
    let (counts, texts): (Vec<_>, Vec<_>) = shares.par_iter().enumerate().with_max_len(1).map(read).unzip();
    let (pieces, held): (Vec<String>, Vec<_>) = texts.into_iter().unzip();
    let (lines, count) = lines(&counts, language);
    let (starts, words) = pieces_of(&lines);
    let mut index = String::new();
    begin(&mut index, "index");
    index.push_str(&json(&(count, &starts, &pieces)));
    index.push_str(");\n");
    let words = words.into_iter().enumerate().map(|(at, script)| (format!("w{at}.js"), script));
    let files: Vec<(String, String)> = words.chain(held.into_iter().flatten()).collect();
    let whole: usize = files.iter().map(|(_, script)| script.len()).sum();
    if may_be_small && whole <= SMALL {
        index.extend(files.into_iter().map(|(_, script)| script));
    } else {
        files.into_par_iter().for_each(|(name, script)| put(name, script));
    }
    put("index.js".to_owned(), index);
}

/// Begins a line of script. Nothing in JSON ends a string of JavaScript.
pub(super) fn begin(script: &mut String, name: &str) {
    script.push_str("amendsFound(\"");
    script.push_str(name);
    script.push_str("\",");
}

pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

/// Scripts of about [`PIECE`] bytes, longer in a large index, and what the first word of each begins with that those before it
/// do not: a reader has to load all of these beginnings.
fn pieces_of(lines: &[(String, String)]) -> (Vec<&str>, Vec<String>) {
    let whole: usize = lines.iter().map(|(_, line)| line.len()).sum();
    let length = (whole / 1_400).clamp(PIECE, 2 * PIECE);
    let (mut firsts, mut pieces): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let mut before = "";
    for (word, line) in lines {
        match pieces.last_mut().filter(|piece| piece.len() + line.len() < length) {
            Some(piece) => piece.push(','),
            None => {
                let mut piece = String::with_capacity(length.max(line.len()) + length / 8);
                begin(&mut piece, &format!("w{}", pieces.len()));
                piece.push('[');
                firsts.push(own_beginning(before, word));
                pieces.push(piece);
            }
        }
        pieces.last_mut().expect("one was begun").push_str(line);
        before = word;
    }
    pieces.iter_mut().for_each(|piece| piece.push_str("]);\n"));
    (firsts, pieces)
}

/// The shortest beginning of a word that the word before it in the alphabet does not have.
fn own_beginning<'w>(before: &str, word: &'w str) -> &'w str {
    let same = before.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
    let end = word.char_indices().nth(same + 1).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

#[cfg(test)]
mod tests {
    use super::own_beginning;

    #[test]
    fn a_beginning_divides_a_word_from_the_one_before_it() {
        for (before, word, own) in [
            ("", "apology", "a"),
            ("apologize", "apology", "apology"),
            ("ap", "apology", "apo"),
            ("zoo", "älter", "ä"),
        ] {
            assert_eq!(own_beginning(before, word), own);
            assert!(before < own && own <= word);
        }
    }
}
