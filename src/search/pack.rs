//! Runs to files: words with their places, in alphabetical order and cut into pieces; texts, cut likewise.
//!
//! Every file calls `amendsFound` with its own name and its content:
//!
//! - `index.js`: the number of sections, the first letters of each piece of words, and for each run of the texts the number
//!   of sections in each of its pieces, as a digit in base 36; and, on a small site, every piece.
//! - `wN.js`: words. Each is `[the common prefix of its forms, their endings, places]`, where places are pairs of the
//!   distance to the section before and a weight from 1 to 255.
//! - `tN-M.js`: piece M of the texts of run N: pages, each with its sections as they are shown.

use serde::Serialize;

use super::lines::{Line, lines};
use super::{FinishedRun, IndexFiles};

/// Up to this size everything is in one file.
const SMALL: usize = 96_000;
/// The size of a piece.
pub(super) const PIECE: usize = 8_000;

/// The files of the index by their names, sorted.
pub fn pack(runs: Vec<FinishedRun>, language: &str) -> IndexFiles {
    let (counts, pieces): (Vec<_>, Vec<_>) = runs.into_iter().map(|run| (run.counts, run.pieces)).unzip();
    let sections: usize = counts.iter().map(|counts| counts.lengths.len()).sum();
    let (firsts, words) = word_pieces(&lines(&counts, language));
    let of_runs: Vec<&str> = pieces.iter().map(|pieces| pieces.counts.as_str()).collect();
    let mut index = script("index", &(sections, firsts, of_runs));
    let texts = pieces.into_iter().flat_map(|pieces| pieces.files);
    let mut files: IndexFiles = words.into_iter().chain(texts).collect();
    if files.iter().map(|(_, script)| script.len()).sum::<usize>() <= SMALL {
        index.extend(files.drain(..).map(|(_, script)| script));
    }
    files.push(("index.js".to_owned(), index));
    files.sort();
    files
}

/// A line of script that hands a value over under a name. Nothing in JSON ends a JavaScript string.
pub(super) fn script(name: &str, value: &impl Serialize) -> String {
    format!("amendsFound(\"{name}\",{});\n", json(value))
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

/// Scripts of about [`PIECE`] bytes, longer in a large index, and the shortest prefix that tells the first word of each from
/// those before it: a reader has to load all of these prefixes.
fn word_pieces(lines: &[Line]) -> (Vec<String>, IndexFiles) {
    let whole: usize = lines.iter().map(|line| line.json.len()).sum();
    let length = (whole / 1_400).clamp(PIECE, 2 * PIECE);
    let (mut firsts, mut pieces): (Vec<String>, IndexFiles) = (Vec::new(), Vec::new());
    let mut before = "";
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let mut held = 0;
        let fits = |line: &&Line| {
            held += line.json.len() + 1;
            held <= length
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (piece, after) = rest.split_at(count);
        firsts.push(own_beginning(before, &first.word).to_owned());
        let joined = piece.iter().map(|line| line.json.as_str()).collect::<Vec<_>>().join(",");
        let name = format!("w{}", pieces.len());
        pieces.push((format!("{name}.js"), format!("amendsFound(\"{name}\",[{joined}]);\n")));
        before = piece.last().map_or("", |line| line.word.as_str());
        rest = after;
    }
    (firsts, pieces)
}

/// The shortest prefix of a word that the preceding word in the alphabet does not have.
fn own_beginning<'w>(before: &str, word: &'w str) -> &'w str {
    let same = before.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
    let end = word.char_indices().nth(same + 1).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

#[cfg(test)]
mod tests {
    use super::own_beginning;

    #[test]
    fn the_shortest_prefix_separates_a_word_from_the_one_before() {
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
