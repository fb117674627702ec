//! Course to pages: a typed context for each page, the theme's template, and the files that pages use.
//!
//! [`render`] walks the pages once: each goes to the sink as soon as it is made, problems in its text to the findings, and
//! its words to the search. [`Site::file`] makes a single file of the same site. Pure: it reads nothing, and makes pages in
//! parallel, in no particular order.

mod catalog;
pub mod condition;
mod course;
mod desk;
mod language;
mod launch;
mod lesson;
mod names;
mod offline;
pub mod page;
mod parts_scripts;
mod place;
mod portrait;
mod print;
mod publish;
mod site;
mod sitemap;
mod story;

use std::fmt;

use crate::address::Purpose;
use crate::course::Course;
use crate::load::Loaded;
use crate::markdown::{Links, PageFindings, Shared, shown};
use crate::parallel;
use crate::sink::{Sink, SinkError};
use crate::theme::{self, Strings};
use course::Scope;
use place::Place;
use publish::Publisher;
pub use site::Site;

/// The scripts of the pages, as `cargo xtask player` built them, by their path in the site.
const SCRIPTS: [(&str, &[u8]); 6] = [
    ("static/codes.js", include_bytes!("../scenario-wasm/dist/codes.js")),
    ("static/desk.js", include_bytes!("../scenario-wasm/dist/desk.js")),
    ("static/home.js", include_bytes!("../scenario-wasm/dist/home.js")),
    ("static/record.js", include_bytes!("../scenario-wasm/dist/record.js")),
    ("static/result.js", include_bytes!("../scenario-wasm/dist/result.js")),
    ("static/search.js", include_bytes!("../scenario-wasm/dist/search.js")),
];

/// Why there is no site.
#[derive(Debug)]
pub enum Error {
    /// The theme failed.
    Theme(theme::Error),
    /// A file of the content could not be read, or one of the site could not be written.
    Sink(SinkError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(error) => error.fmt(f),
            Self::Sink(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<theme::Error> for Error {
    fn from(error: theme::Error) -> Self {
        Self::Theme(error)
    }
}

/// Renders the site of a sound course, and checks all of its texts meanwhile. If there is an error among the findings, the
/// sink's contents are not a site.
///
/// # Errors
/// When a template or the sink fails.
pub fn render(loaded: &Loaded, purpose: Purpose, sink: &dyn Sink) -> Result<PageFindings, Error> {
    write(&Site::new(loaded, purpose)?, sink)
}

/// Writes a whole site.
///
/// # Errors
/// As for [`render`].
pub(crate) fn write(site: &Site<'_>, sink: &dyn Sink) -> Result<PageFindings, Error> {
    let Site { loaded, purpose, .. } = *site;
    let publisher = Publisher::new(&loaded.course, purpose, sink);
    let (mut findings, mut hidden) = (PageFindings::default(), PageFindings::default());
    for language in &site.languages {
        let runs = parallel::map(language.runs(), |run| {
            let (mut found, mut index) = (PageFindings::default(), run.index);
            for place in run.places {
                let page = site.page(language, place, index.is_some())?;
                for (path, bytes) in page.files {
                    publisher.put(&path, &bytes)?;
                }
                found.extend(page.findings);
                if let Some(index) = &mut index {
                    page.sections.into_iter().for_each(|section| index.add(section));
                }
            }
            Ok::<_, Error>((found, index.map(crate::search::Run::finish)))
        });
        let mut indexed = Vec::new();
        for run in runs {
            let (found, index) = run?;
            findings.extend(found);
            indexed.extend(index);
        }
        if language.scope.search {
            publisher.put_index(&language.scope.folder, indexed, language.language())?;
        }
        language.redirects()?.iter().try_for_each(|(path, page)| publisher.put(path, page.as_bytes()))?;
        if !matches!(purpose, Purpose::Package { .. }) {
            hidden.extend(language.look_through_hidden(loaded));
        }
    }
    for (path, bytes) in &site.shared {
        publisher.put(path, bytes)?;
    }
    // What only hidden pages use is not published.
    publisher.put_assets(loaded, &findings.assets)?;
    publisher.finish(&loaded.course)?;
    findings.extend(hidden);
    Ok(findings)
}

/// Checks the texts of a course, drafts included, and renders nothing. It covers what compiled, even if other files have
/// errors.
pub fn findings(loaded: &Loaded) -> PageFindings {
    let (strings, mut findings) = (Strings::english(), PageFindings::default());
    for course in languages(&loaded.course) {
        let links = Links::new(course, &loaded.sources).expecting(loaded.page_files());
        let scope = Scope::of(&loaded.course, course, Purpose::Serve);
        let shared = shared(loaded, &links, Purpose::Serve, &strings);
        findings.extend(look_through(&scope, &shared, Place::all(&scope, false)));
    }
    findings
}

/// Makes these pages only for their findings.
fn look_through(scope: &Scope<'_>, shared: &Shared<'_>, places: Vec<Place>) -> PageFindings {
    let each = parallel::map(places, |place| {
        let mut writer = place.writer(scope, shared);
        place.write(scope, &mut writer);
        writer.finish()
    });
    let mut findings = PageFindings::default();
    each.into_iter().for_each(|found| findings.extend(found));
    findings
}

fn shared<'a>(loaded: &'a Loaded, links: &'a Links, purpose: Purpose, words: &'a Strings) -> Shared<'a> {
    Shared { sources: &loaded.sources, links, assets: &loaded.assets, purpose, words }
}

/// The course in every language, the original first.
fn languages(course: &Course) -> impl Iterator<Item = &Course> {
    std::iter::once(course).chain(&course.translations)
}
