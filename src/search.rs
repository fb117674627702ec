//! The index of a site's search: what can be found, cut into classic scripts that a page loads by need.
//!
//! Beside `render`, which puts the files into the output. Lessons are found by their text, section by section;
//! scenarios by what stands before the first choice, and by nothing that comes after it. A page knows only the few files
//! that its question needs: one of where words begin, one or two of words, and a few of texts to show.
//!
//! No file is a module, fetched or made to a worker: so it works from `file://` and under the strictest policy. The
//! browser has no stemmer. All forms of a word stand together here, under the letters that they share.

mod count;
mod gather;
mod lines;
mod pack;
mod texts;
mod words;

pub use gather::{Kind, Page, Section, gather};
pub use pack::pack;

use rayon::prelude::*;

use crate::course::Course;
use crate::markdown::Part;
use crate::output::{self, Digest};

/// Other bytes for any other index: of what it is made from, and of how. It is known before the index is, so that each file can
/// be given away under its last name.
#[must_use]
pub fn digest(course: &Course, lessons: &[usize], language: &str) -> Digest {
    let shares = gather::shares(course, lessons);
    let parts: Vec<[u8; 16]> = shares.par_iter().map(gather::Share::digest).collect();
    let how = [
        include_str!("markdown/sections.rs"),
        include_str!("search/count.rs"),
        include_str!("search/gather.rs"),
        include_str!("search/lines.rs"),
        include_str!("search/pack.rs"),
        include_str!("search/texts.rs"),
        include_str!("search/words.rs"),
    ];
    let how = [how.concat().as_bytes(), env!("CARGO_PKG_VERSION").as_bytes(), language.as_bytes()].concat();
    output::digest(&[parts.concat(), how].concat())
}

/// Makes the index of the lessons of these indices and of all scenarios. Each page is read by `read`, once and from many
/// threads, which gives the words of a lesson; each file is given to `put` by its name as soon as it is made, in no order.
pub fn index(
    course: &Course,
    lessons: &[usize],
    language: &str,
    read: impl Fn(Page) -> Vec<Part> + Sync,
    put: impl Fn(String, String) + Sync,
) {
    let shares = gather::shares(course, lessons);
    let length = shares.iter().map(gather::Share::length).sum();
    pack::files(&shares, |share| share.sections(&read), (language, length), put);
}
