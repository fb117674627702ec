//! The index of a site's search: what can be found, cut into classic scripts that a page loads by need.
//!
//! Beside `render`, which puts the files into the output. Lessons are found by their text, section by section;
//! scenarios by what stands before the first choice, and by nothing that comes after it. A page knows only the few files
//! that its question needs: one of where words begin, one or two of words, and a few of texts to show.
//!
//! No file is a module, fetched or made to a worker: so it works from `file://` and under the strictest policy. The
//! browser has no stemmer. All forms of a word stand together here, under the letters that they share.

mod gather;
mod pack;
mod words;

pub use gather::{Kind, Section, gather};
pub use pack::pack;

use crate::course::Course;

/// Makes the index of the lessons of these indices and of all scenarios, and gives each file to `put` by its name as soon
/// as it is made, from many threads and in no order.
pub fn index(course: &Course, lessons: &[usize], language: &str, put: impl Fn(String, String) + Sync) {
    let groups = gather::groups(course, lessons, pack::PIECE);
    let length = groups.iter().map(gather::Group::length).sum();
    pack::files(&groups, gather::Group::sections, (language, length), put);
}
