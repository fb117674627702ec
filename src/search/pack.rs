//! Runs to files: the words with the sections that contain them, in alphabetical order, and the texts, both cut into pieces.
//!
//! Every file calls `amendsFound` with its name and its content:
//!
//! - `index.js`: the number of sections, the first letters of each piece of words, and for each run of the texts the number
//!   of sections in each of its pieces, as a digit in base 36; and, on a small site, every piece.
//! - `wN.js`: words. Each is `[the common prefix of its forms, their endings, sections]`, where sections are pairs of the
//!   distance from the number of the section before and a weight from 1 to 255.
//! - `tN-M.js`: piece M of the texts of run N: pages, each with its sections as they are shown.

use serde::Serialize;

use super::lines::{Line, lines};
use super::{FinishedRun, IndexFiles};

/// Up to this size, in bytes, the whole index is in one file.
const SINGLE_FILE_BYTES: usize = 96_000;
/// The size of a piece, in bytes.
pub(super) const PIECE_BYTES: usize = 8_000;

/// The files of the index by their names, sorted.
pub fn pack(runs: Vec<FinishedRun>, language: &str) -> IndexFiles {
    let (counts, pieces): (Vec<_>, Vec<_>) = runs.into_iter().map(|run| (run.counts, run.pieces)).unzip();
    let sections: usize = counts.iter().map(|counts| counts.lengths.len()).sum();
    let (firsts, words) = word_pieces(&lines(&counts, language));
    let of_runs: Vec<&str> = pieces.iter().map(|pieces| pieces.counts.as_str()).collect();
    let mut index = script("index", &(sections, firsts, of_runs));
    let texts = pieces.into_iter().flat_map(|pieces| pieces.files);
    let mut files: IndexFiles = words.into_iter().chain(texts).collect();
    if files.iter().map(|(_, script)| script.len()).sum::<usize>() <= SINGLE_FILE_BYTES {
        index.extend(files.drain(..).map(|(_, script)| script));
    }
    files.push(("index.js".to_owned(), index));
    files.sort();
    files
}

/// A line of script that passes a value to the page code under a name. JSON is valid JavaScript.
pub(super) fn script(name: &str, value: &impl Serialize) -> String {
    format!("amendsFound(\"{name}\",{});\n", json(value))
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

/// Scripts of about [`PIECE_BYTES`] bytes, longer in a large index, and for each the shortest prefix that distinguishes its
/// first word from the word before it. The prefixes are kept short because every reader loads all of them.
fn word_pieces(lines: &[Line]) -> (Vec<String>, IndexFiles) {
    let whole: usize = lines.iter().map(|line| line.json.len()).sum();
    let length = (whole / 1_400).clamp(PIECE_BYTES, 2 * PIECE_BYTES);
    let (mut firsts, mut pieces): (Vec<String>, IndexFiles) = (Vec::new(), Vec::new());
    let mut before = "";
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let mut bytes = 0;
        let fits = |line: &&Line| {
            bytes += line.json.len() + 1;
            bytes <= length
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (piece, after) = rest.split_at(count);
        firsts.push(distinct_prefix(before, &first.word).to_owned());
        let joined = piece.iter().map(|line| line.json.as_str()).collect::<Vec<_>>().join(",");
        let name = format!("w{}", pieces.len());
        pieces.push((format!("{name}.js"), format!("amendsFound(\"{name}\",[{joined}]);\n")));
        before = piece.last().map_or("", |line| line.word.as_str());
        rest = after;
    }
    (firsts, pieces)
}

/// The shortest prefix of a word that the word before it in the alphabet does not have.
fn distinct_prefix<'w>(before: &str, word: &'w str) -> &'w str {
    let same = before.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
    let end = word.char_indices().nth(same + 1).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

#[cfg(test)]
mod tests {
    use super::distinct_prefix;

    #[test]
    fn the_shortest_prefix_separates_a_word_from_the_one_before() {
        for (before, word, own) in [
            ("", "apology", "a"),
            ("apologize", "apology", "apology"),
            ("ap", "apology", "apo"),
            ("zoo", "älter", "ä"),
        ] {
            assert_eq!(distinct_prefix(before, word), own);
            assert!(before < own && own <= word);
        }
    }
}
