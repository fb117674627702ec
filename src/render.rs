//! Course to pages: a typed context for each page, the theme's template, and the files that pages use.
//!
//! [`render`] visits each page once: the page goes to the sink as soon as it is made, the faults in its text to the
//! findings, and its words to the search index. [`Site::file`] makes a single file of the same site. Nothing here reads from
//! the disk. Pages are made in parallel, in no particular order.

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
mod page_id;
mod parts_scripts;
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
use crate::markdown::{Links, PageFindings, WriterContext, picture_path};
use crate::parallel;
use crate::sink::{Sink, SinkError};
use crate::theme::{self, Strings};
use course::Scope;
use page_id::PageId;
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

/// Why a site cannot be rendered.
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

/// Renders the site of a course without errors, and checks all of its texts on the way. If there is an error among the
/// findings, the contents of the sink are not a usable site.
///
/// # Errors
/// When a template or the sink fails.
pub fn render(loaded: &Loaded, purpose: Purpose, sink: &dyn Sink) -> Result<PageFindings, Error> {
    write_site(&Site::new(loaded, purpose)?, sink)
}

/// Writes a whole site.
///
/// # Errors
/// As for [`render`].
pub(crate) fn write_site(site: &Site<'_>, sink: &dyn Sink) -> Result<PageFindings, Error> {
    let Site { loaded, purpose, .. } = *site;
    let publisher = Publisher::new(&loaded.course, purpose, sink);
    let (mut findings, mut hidden) = (PageFindings::default(), PageFindings::default());
    for language in &site.languages {
        let runs = parallel::map(language.runs(), |run| {
            let (mut found, mut index) = (PageFindings::default(), run.index);
            for page_id in run.pages {
                let page = site.page(language, page_id, index.is_some())?;
                for (path, bytes) in page.files {
                    publisher.write(&path, &bytes)?;
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
            publisher.write_index(&language.scope.folder, indexed, language.language())?;
        }
        language.redirects()?.iter().try_for_each(|(path, page)| publisher.write(path, page.as_bytes()))?;
        if !matches!(purpose, Purpose::Package { .. }) {
            hidden.extend(language.findings_of_hidden_pages(loaded));
        }
    }
    for (path, bytes) in &site.shared {
        publisher.write(path, bytes)?;
    }
    // Assets that only hidden pages use are not published.
    publisher.write_assets(loaded, &findings.assets)?;
    publisher.finish(&loaded.course)?;
    findings.extend(hidden);
    Ok(findings)
}

/// Checks the texts of a course, including drafts, without rendering a page. Covers everything that compiled, even if other
/// files have errors.
pub fn findings(loaded: &Loaded) -> PageFindings {
    let (strings, mut findings) = (Strings::english(), PageFindings::default());
    for course in languages(&loaded.course) {
        let links = Links::new(course, &loaded.sources).expecting(loaded.page_files());
        let scope = Scope::of(&loaded.course, course, Purpose::Serve);
        let context = writer_context(loaded, &links, Purpose::Serve, &strings);
        findings.extend(findings_of(&scope, &context, PageId::all(&scope, false)));
    }
    findings
}

/// Writes the texts of these pages only to check them.
fn findings_of(scope: &Scope<'_>, context: &WriterContext<'_>, pages: Vec<PageId>) -> PageFindings {
    let each = parallel::map(pages, |page_id| {
        let mut writer = page_id.writer(scope, context);
        page_id.body(scope, &mut writer);
        writer.finish()
    });
    let mut findings = PageFindings::default();
    each.into_iter().for_each(|found| findings.extend(found));
    findings
}

fn writer_context<'a>(
    loaded: &'a Loaded,
    links: &'a Links,
    purpose: Purpose,
    strings: &'a Strings,
) -> WriterContext<'a> {
    WriterContext { sources: &loaded.sources, links, assets: &loaded.assets, purpose, strings }
}

/// The course in every language, the original first.
fn languages(course: &Course) -> impl Iterator<Item = &Course> {
    std::iter::once(course).chain(&course.translations)
}
