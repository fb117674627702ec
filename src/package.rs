//! A course as a package for a learning platform: SCORM 1.2, SCORM 2004 or cmi5. Its pages are those of the site; a launch
//! page holds the session, and a manifest lists the contents. The standards differ only in the manifest and in the script of
//! the launch page.

mod cmi5;
mod manifest;
mod session;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::address::Purpose;
use crate::course::{Course, Scenario};
use crate::diag::suggest::hint;
use crate::files::Content;
use crate::fingerprint::{digest, fingerprinted};
use crate::load::Loaded;
use crate::render::{self, Site};
use crate::sink::{Sink, SinkError};
use session::Session;

/// The standard of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// SCORM 1.2.
    Scorm12,
    /// SCORM 2004, 4th edition.
    Scorm2004,
    /// cmi5, which is a profile of xAPI.
    Cmi5,
}

impl Standard {
    /// Its name in commands and pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scorm12 => "scorm12",
            Self::Scorm2004 => "scorm2004",
            Self::Cmi5 => "cmi5",
        }
    }

    /// The most characters of state that a platform stores for a trainee. cmi5 sets no limit; 60,000 fit into the request
    /// that a browser may send when a page is closed.
    fn max_state(self) -> usize {
        if self == Self::Scorm12 { 4_096 } else { 60_000 }
    }
}

/// What goes into a package.
#[derive(Debug, Clone, Default)]
pub struct Contents<'a> {
    /// Slugs; the whole course if there are none.
    pub scenarios: &'a [String],
    /// Whether each scenario is a separate part, with its own status and score.
    pub separate: bool,
    /// One language of the course; all of them if `None`.
    pub language: Option<&'a str>,
    /// Files that the standard requires beside the manifest, by name.
    pub schemas: &'a [(String, Content)],
}

/// Why a package cannot be made.
#[derive(Debug)]
pub enum Error {
    /// Something that was asked for does not exist.
    Unknown(String),
    /// The course has no id in `site.yaml`, by which platforms recognize a new version of a package.
    Nameless,
    /// There is nothing to play, to read or to report.
    Empty,
    /// The state stored for a trainee can outgrow the platform's limit.
    TooLong {
        /// The scenario that takes the most, or the course if there is none.
        slug: String,
        /// The most characters that it can take.
        takes: usize,
        /// The most that the package can take.
        all: usize,
        /// The platform's limit.
        room: usize,
    },
    /// The pages could not be made.
    Render(render::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(says) => f.write_str(says),
            Self::Nameless => f.write_str(
                "a package is known by the course's own name, so that a new version keeps its learners; add `id: ` with a short name \
                 to site.yaml",
            ),
            Self::Empty => f.write_str("there is no scenario and no lesson to put into a package"),
            Self::TooLong { slug, takes, all, room } => write!(
                f,
                "a platform stores {room} characters for a trainee, and this package may need {all}, most of them, {takes}, for \
                 `{slug}`; name fewer scenarios, give each its own part with --multi-sco, or export scorm2004"
            ),
            Self::Render(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<render::Error> for Error {
    fn from(error: render::Error) -> Self {
        Self::Render(error)
    }
}

impl From<crate::theme::Error> for Error {
    fn from(error: crate::theme::Error) -> Self {
        Self::Render(error.into())
    }
}

/// A part of a package, which a platform starts separately, with one status and one score.
struct Part<'a> {
    /// Unique in the package, and the same in the next package of the course.
    id: String,
    title: String,
    description: String,
    /// The file name of its launch page.
    launch: String,
    session: Session<'a>,
}

/// Writes a package of a course without errors to a sink.
///
/// # Errors
/// When something that was asked for does not exist, when a trainee's state may not fit, and as for rendering.
pub fn export(
    loaded: &mut Loaded,
    standard: Standard,
    contents: &Contents<'_>,
    sink: &dyn Sink,
) -> Result<(), Error> {
    if !loaded.course.settings.has_id {
        return Err(Error::Nameless);
    }
    restrict(&mut loaded.course, contents)?;
    let loaded = &*loaded;
    let standalone = contents.separate || contents.scenarios.len() == 1;
    let site = Site::in_language(loaded, Purpose::Package { standalone }, contents.language)?;
    let recording = RecordingSink { sink, paths: Mutex::default() };
    // Before anything is written, as this reports a state that may not fit.
    let parts = parts(loaded, standard, contents, standalone)?;
    render::write_site(&site, &recording)?;
    let (script, bytes) = launch_script(standard);
    recording.write(&script, bytes).map_err(render::Error::Sink)?;
    for part in &parts {
        let page = site.launch(&part.title, &script, standard == Standard::Cmi5, &part.session.json())?;
        recording.write(&part.launch, page.as_bytes()).map_err(render::Error::Sink)?;
    }
    let pages = recording.paths.into_inner().unwrap_or_else(PoisonError::into_inner);
    let course = &loaded.course;
    let (name, text) = match standard {
        Standard::Cmi5 => ("cmi5.xml", cmi5::structure(course, &parts)),
        _ => ("imsmanifest.xml", manifest::manifest(course, standard, &parts, &pages)),
    };
    sink.write(name, text.as_bytes()).map_err(render::Error::Sink)?;
    for (name, content) in contents.schemas {
        sink.copy(name, content).map_err(render::Error::Sink)?;
    }
    Ok(())
}

/// Restricts a course and its translations to the contents of the package, by making drafts of everything else and removing
/// settings that only a site has.
fn restrict(course: &mut Course, contents: &Contents<'_>) -> Result<(), Error> {
    let shown: Vec<&str> =
        course.scenarios.iter().filter(|each| !each.draft).map(|each| each.slug.as_str()).collect();
    for slug in contents.scenarios {
        if !shown.contains(&slug.as_str()) {
            let is_draft = course.scenarios.iter().any(|each| each.slug == *slug);
            let why = if is_draft { "is a draft" } else { "is not a scenario of the course" };
            return Err(Error::Unknown(format!("`{slug}` {why}: {}", hint(slug, shown.iter().copied()))));
        }
    }
    if let Some(chosen) = contents.language
        && !course.settings.languages.iter().any(|known| known == chosen)
    {
        let known = course.settings.languages.iter().map(String::as_str);
        return Err(Error::Unknown(format!(
            "`{chosen}` is not a language of the course: {}",
            hint(chosen, known)
        )));
    }
    let is_whole = contents.scenarios.is_empty() && !contents.separate;
    course.translations.iter_mut().for_each(|each| restrict_course(each, contents.scenarios, is_whole));
    restrict_course(course, contents.scenarios, is_whole);
    Ok(())
}

fn restrict_course(course: &mut Course, chosen: &[String], is_whole: bool) {
    (course.settings.url, course.settings.edit, course.settings.desk) = (None, None, false);
    let is_chosen = |slug: &String| chosen.is_empty() || chosen.contains(slug);
    for scenario in course.scenarios.iter_mut().filter(|each| !is_chosen(&each.slug)) {
        Arc::make_mut(scenario).draft = true;
    }
    for lesson in course.lessons.iter_mut().filter(|_| !is_whole) {
        Arc::make_mut(lesson).draft = true;
    }
}

/// The parts, in the course's order of scenarios.
fn parts<'a>(
    loaded: &'a Loaded,
    standard: Standard,
    contents: &Contents<'_>,
    standalone: bool,
) -> Result<Vec<Part<'a>>, Error> {
    let original = &loaded.course;
    // Titles and descriptions are in the language in which the package starts.
    let chosen =
        |course: &&Course| contents.language.is_some_and(|language| course.settings.language == language);
    let words = original.translations.iter().find(chosen).unwrap_or(original);
    let shown = original.scenarios.iter().zip(&words.scenarios).filter(|(each, _)| !each.draft);
    let shown: Vec<(&Arc<Scenario>, &Arc<Scenario>)> = shown.collect();
    let lessons: Vec<&str> =
        original.lessons.iter().filter(|each| !each.draft).map(|each| each.slug.as_str()).collect();
    if shown.is_empty() && lessons.is_empty() {
        return Err(Error::Empty);
    }
    let folder = words.settings.folder();
    let each: Vec<Part<'a>> = if standalone {
        let part = |(scenario, translated): &(&'a Arc<Scenario>, &'a Arc<Scenario>)| Part {
            id: scenario.slug.clone(),
            title: translated.title.clone(),
            description: translated.summary.clone(),
            launch: if contents.separate {
                format!("launch-{}.html", scenario.slug)
            } else {
                "launch.html".to_owned()
            },
            session: Session::new(
                original,
                standard,
                format!("{folder}scenarios/{}/index.html", scenario.slug),
                vec![scenario],
                Vec::new(),
            ),
        };
        shown.iter().map(part).collect()
    } else {
        let scenarios = shown.iter().map(|(scenario, _)| &***scenario).collect();
        let session = Session::new(original, standard, format!("{folder}index.html"), scenarios, lessons);
        vec![Part {
            id: "course".to_owned(),
            title: words.settings.title.clone(),
            description: words.settings.description.clone(),
            launch: "launch.html".to_owned(),
            session,
        }]
    };
    each.iter().try_for_each(|part| part.session.fits(standard.max_state()))?;
    Ok(each)
}

/// The script of the launch page, as `cargo xtask player` built it, by its path in the package.
fn launch_script(standard: Standard) -> (String, &'static [u8]) {
    let (path, bytes): (_, &[u8]) = match standard {
        Standard::Cmi5 => ("static/cmi5.js", include_bytes!("../scenario-wasm/dist/cmi5.js")),
        _ => ("static/scorm.js", include_bytes!("../scenario-wasm/dist/scorm.js")),
    };
    (fingerprinted(path, digest(bytes)), bytes)
}

/// Passes files on to another sink, and records their paths.
struct RecordingSink<'a> {
    sink: &'a dyn Sink,
    paths: Mutex<BTreeSet<String>>,
}

impl RecordingSink<'_> {
    fn record(&self, path: &str) {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }
}

impl Sink for RecordingSink<'_> {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.record(path);
        self.sink.write(path, bytes)
    }

    fn copy(&self, path: &str, content: &Content) -> Result<(), SinkError> {
        self.record(path);
        self.sink.copy(path, content)
    }
}
