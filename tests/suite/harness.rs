//! Sites for tests, and the only way to load, render, write and serve them.
//!
//! A test lists the files of a site, and then what to expect:
//!
//! ```ignore
//! Site::new().lesson("01-one", "See [two](02-tow.md).").check().error("broken-link", "content/lessons/01-one.md:5:11");
//! Site::new().lesson("01-one", "Hello.").build().page("lessons/one").has("<p>Hello.</p>");
//! ```
//!
//! Except for `memory`, no other module of the suite calls `load`, `render`, `write` or `serve`: if that API changes, only this
//! one changes.

mod checked;
mod command;
mod pages;
mod served;
mod site;
mod workspace;

pub(crate) use checked::Checked;
pub(crate) use command::{Run, amends, command, copy_program, run, write_program};
pub(crate) use pages::{Pages, between, without_digests};
pub(crate) use served::{Served, TIMEOUT};
pub(crate) use site::{Site, repository};
pub(crate) use workspace::Workspace;

use std::path::Path;

use amends::address::Purpose;
use amends::files::Files;
use amends::load::{LoadOptions, load};
use amends::search::{Run as IndexRun, Section, SectionKind, pack};
pub(crate) use amends::shell::write::{Error, Writing, Written};
use amends::sink::Sink;

/// A complete scenario, valid in a course without objectives.
pub(crate) fn scenario() -> String {
    let text = include_str!("../../scaffold/content/scenarios/cold-dinner.yaml");
    text.replace("objectives: [hear-first, own-the-fix]\n", "")
}

/// Writes these files as a site to a folder, as `build` does.
pub(crate) fn write(files: &[(&str, &str)], to: &Path) -> Result<Written, Error> {
    let writing = Writing::begin(to)?;
    for (path, text) in files {
        writing.write(path, text.as_bytes()).map_err(|error| *error.downcast::<Error>().unwrap())?;
    }
    writing.finish()
}

/// Loads a site of these files and renders it to a sink.
pub(crate) fn render(files: &Files, sink: &dyn Sink) {
    let loaded = load(files, &LoadOptions::default());
    amends::render::render(&loaded, Purpose::Publish, sink).unwrap();
}

/// The files of the search index of lessons with these titles and texts, in English.
pub(crate) fn index(lessons: &[(&str, &str)]) -> Vec<(String, String)> {
    let lengths: Vec<usize> = lessons.iter().map(|(_, text)| text.len()).collect();
    let runs = amends::search::runs(&lengths).into_iter().enumerate().map(|(number, lessons_of_run)| {
        let mut run = IndexRun::new(number);
        for (title, text) in &lessons[lessons_of_run] {
            run.add(Section {
                kind: SectionKind::Lesson,
                url: "lessons/a/index.html".to_owned(),
                anchor: String::new(),
                title: (*title).to_owned(),
                heading: String::new(),
                keywords: String::new(),
                text: (*text).to_owned(),
            });
        }
        run.finish()
    });
    pack(runs.collect(), "en")
}
