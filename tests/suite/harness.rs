//! Sites for tests, and the one door to what loads, renders, writes and serves them.
//!
//! A test says which files a site has, and then what comes of them:
//!
//! ```ignore
//! Site::new().lesson("01-one", "See [two](02-tow.md).").check().error("broken-link", "content/lessons/01-one.md:5:11");
//! Site::new().lesson("01-one", "Hello.").build().page("lessons/one").has("<p>Hello.</p>");
//! ```
//!
//! No other module of the suite calls `load`, `render`, `write` or `serve`: if that API changes, only this one does.

mod checked;
mod command;
mod pages;
mod served;
mod site;
mod workspace;

pub(crate) use checked::Checked;
pub(crate) use command::{Run, amends, command, run};
pub(crate) use pages::{Pages, plain};
pub(crate) use served::{PATIENCE, Served};
pub(crate) use site::{Site, repository};
pub(crate) use workspace::Workspace;

use std::path::Path;

use amends::output::Output;
use amends::search::{Kind, Section};
pub(crate) use amends::shell::write::{Error, Written};

/// A whole scenario of one conversation, without a fault in a course that has no objectives.
pub(crate) fn scenario() -> String {
    let text = include_str!("../../scaffold/content/scenarios/cold-dinner.yaml");
    text.replace("objectives: [hear-first, own-the-fix]\n", "")
}

/// Writes a site of these files to a folder, as `build` does.
pub(crate) fn write(files: &[(&str, &str)], to: &Path) -> Result<Written, Error> {
    let mut output = Output::default();
    for (path, text) in files {
        output.insert(*path, text.as_bytes());
    }
    amends::shell::write::write(&output, to)
}

/// The files of a search over lessons of these titles and texts, in English.
pub(crate) fn index(lessons: &[(&str, &str)]) -> Vec<(String, String)> {
    let section = |(title, text): &(&str, &str)| Section {
        kind: Kind::Lesson,
        url: "lessons/a/index.html".to_owned(),
        anchor: String::new(),
        title: (*title).to_owned(),
        heading: String::new(),
        also: String::new(),
        text: (*text).to_owned(),
    };
    amends::search::pack(&lessons.iter().map(section).collect::<Vec<_>>(), "en")
}
