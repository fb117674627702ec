//! The index of a site's search: what can be found, split into classic scripts that a page loads as needed.
//!
//! `render` adds the pages one by one; this module does not depend on it. Lessons are found by their text, section by
//! section; scenarios only by what comes before the first choice. A page loads only the few files that its query needs: one
//! with the beginnings of words, one or two with words, and a few with texts to show.
//!
//! No file is a module, fetched or loaded in a worker, so the search works from `file://` and under the strictest policy.
//! The browser has no stemmer, so the index lists all forms of a word together, under their common prefix.

mod count;
mod lines;
mod pack;
mod section;
mod texts;
mod words;

pub use pack::pack;
pub use section::{Section, SectionKind, lesson_sections, scenario_section};

use crate::fingerprint::{digest, short};
use count::{Counting, Counts};
use texts::{Pieces, Texts};

/// Files of an index: name and text.
pub type IndexFiles = Vec<(String, String)>;

/// The part of the index that one run of pages fills. Runs are filled in parallel.
#[derive(Debug)]
pub struct Run {
    counting: Counting,
    texts: Texts,
}

/// The finished part of a run.
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

/// Splits pages into runs with about the same number of bytes of text each, from the `lengths` of the pages. The runs of a
/// course do not depend on the number of threads.
pub fn runs(lengths: &[usize]) -> Vec<std::ops::Range<usize>> {
    let longest = (lengths.iter().sum::<usize>() / 64).clamp(16_000, 512_000);
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut bytes = 0;
    for (at, length) in lengths.iter().enumerate() {
        match runs.last_mut().filter(|_| bytes + length <= longest) {
            Some(run) => run.end += 1,
            None => {
                runs.push(at..at + 1);
                bytes = 0;
            }
        }
        bytes += length;
    }
    runs
}

/// The files of the index, by their paths below `search/`. They are in a folder named by a digest of their bytes, so
/// browsers may cache them forever; `at.js`, whose name never changes, contains the name of the folder.
pub fn index(runs: Vec<FinishedRun>, language: &str) -> IndexFiles {
    let files = pack(runs, language);
    let digests = files.iter().flat_map(|(name, script)| [name, script].map(|text| digest(text.as_bytes())));
    let folder = short(digest(&digests.flatten().collect::<Vec<u8>>()));
    let at = format!("document.documentElement.dataset.search=\"{folder}/\";\n");
    let inside = files.into_iter().map(|(name, script)| (format!("{folder}/{name}"), script));
    inside.chain([(LOCATION_SCRIPT.to_owned(), at)]).collect()
}

/// The script that contains the name of the index's folder.
const LOCATION_SCRIPT: &str = "at.js";
