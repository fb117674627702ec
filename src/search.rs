//! The index of a site's search: what can be found, split into classic scripts that a page loads as needed.
//!
//! `render` feeds it page by page; it knows nothing of `render`. Lessons are found by their text, section by section;
//! scenarios by what comes before the first choice, and by nothing after it. A page loads only the few files that its query
//! needs: one with the beginnings of words, one or two with words, and a few with texts to show.
//!
//! No file is a module, fetched or loaded in a worker, so it works from `file://` and under the strictest policy. The
//! browser has no stemmer: all forms of a word are together here, under their common prefix.

mod count;
mod lines;
mod pack;
mod section;
mod texts;
mod words;

pub use pack::pack;
pub use section::{Kind, Section, lesson_sections, scenario_section};

use crate::fingerprint::{digest, short};
use count::{Counting, Counts};
use texts::{Pieces, Texts};

/// Files of an index by their names.
pub type IndexFiles = Vec<(String, String)>;

/// The words of the pages of one run; runs are read in parallel.
#[derive(Debug)]
pub struct Run {
    counting: Counting,
    texts: Texts,
}

/// A run that has been read.
#[derive(Debug)]
pub struct FinishedRun {
    counts: Counts,
    pieces: Pieces,
}

impl Run {
    /// The run of this number, which is part of the names of its files.
    pub fn new(number: usize) -> Self {
        Self { counting: Counting::default(), texts: Texts::new(number) }
    }

    /// Adds a section, after the others of its page.
    pub fn add(&mut self, section: Section) {
        self.counting.add(&section);
        self.texts.add(section);
    }

    /// Ends the run.
    pub fn finish(self) -> FinishedRun {
        FinishedRun { counts: self.counting.finish(), pieces: self.texts.finish() }
    }
}

/// Splits pages into runs that show about as many bytes each: the same for a course on any number of threads.
pub fn runs(lengths: &[usize]) -> Vec<std::ops::Range<usize>> {
    let longest = (lengths.iter().sum::<usize>() / 64).clamp(16_000, 512_000);
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut held = 0;
    for (at, length) in lengths.iter().enumerate() {
        match runs.last_mut().filter(|_| held + length <= longest) {
            Some(run) => run.end += 1,
            None => {
                runs.push(at..at + 1);
                held = 0;
            }
        }
        held += length;
    }
    runs
}

/// The files of the index, by their paths below `search/`. They are in a folder that is named by their bytes and may be
/// cached forever; `at.js`, whose name never changes, says which one it is.
pub fn index(runs: Vec<FinishedRun>, language: &str) -> IndexFiles {
    let files = pack(runs, language);
    let digests = files.iter().flat_map(|(name, script)| [name, script].map(|text| digest(text.as_bytes())));
    let folder = short(digest(&digests.flatten().collect::<Vec<u8>>()));
    let at = format!("document.documentElement.dataset.search=\"{folder}/\";\n");
    let inside = files.into_iter().map(|(name, script)| (format!("{folder}/{name}"), script));
    inside.chain([(AT.to_owned(), at)]).collect()
}

/// The script that says where the index is.
pub const AT: &str = "at.js";
