//! One file again: a lesson or a scenario of a course that is sound, read and compiled by itself.
//!
//! For `serve`, so that the page that is being written follows at once; the whole course is made after it. Whatever is
//! not plainly sound is left to that: no fault is told here, and none is overlooked there.

use std::path::{Path, PathBuf};

use crate::course::Course;
use crate::diag::Diagnostics;
use crate::load::{Loaded, single};
use crate::source::{Fetched, FileId};
use crate::{check, compile, parse};

/// What was read again: an index into the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// A lesson.
    Lesson(usize),
    /// A scenario.
    Scenario(usize),
}

impl Again {
    /// The path of its page in the site.
    pub(crate) fn page(self, course: &Course) -> String {
        let (kind, slug) = match self {
            Self::Lesson(at) => ("lessons", &course.lessons[at].slug),
            Self::Scenario(at) => ("scenarios", &course.scenarios[at].slug),
        };
        format!("{kind}/{slug}/index.html")
    }
}

/// Reads the file at `path` (relative to the site) again, and puts what it makes in the place of what it made before.
/// `None` if that could change more than texts: then nothing of the course may be used any more.
pub(crate) fn again(site: &Path, path: &Path, loaded: &mut Loaded) -> Option<Again> {
    let Loaded { sources, course, .. } = loaded;
    let course = course.as_mut()?;
    // By their letters: to compare thousands of paths part by part takes as long as to make a page.
    let is = |file: FileId| sources.path(file).as_os_str() == path.as_os_str();
    let lesson = course.lessons.iter().position(|lesson| is(lesson.file));
    let scenario = course.scenarios.iter().position(|scenario| is(scenario.file));
    let place = lesson.map(Again::Lesson).or(scenario.map(Again::Scenario))?;
    let file = match place {
        Again::Lesson(at) => course.lessons[at].file,
        Again::Scenario(at) => course.scenarios[at].file,
    };
    sources.replace(file, Fetched::read(site, path).ok()?)?;
    let mut diags = Diagnostics::default();
    match place {
        Again::Lesson(at) => self::lesson(loaded, file, at, &mut diags),
        Again::Scenario(at) => self::scenario(loaded, file, at, &mut diags),
    }
    .filter(|()| diags.is_empty())
    .map(|()| place)
}

fn ids(course: &Course) -> (Vec<String>, Vec<String>) {
    let objectives = course.objectives.iter().map(|objective| objective.id.clone()).collect();
    (objectives, course.scenarios.iter().map(|scenario| scenario.slug.clone()).collect())
}

fn lesson(loaded: &mut Loaded, file: FileId, at: usize, diags: &mut Diagnostics) -> Option<()> {
    let (sources, course) = (&loaded.sources, loaded.course.as_mut()?);
    let raw = parse::lesson::parse(file, sources.text(file), diags)?;
    let (objectives, scenarios) = ids(course);
    check::course::names("objective", &raw.objectives, &objectives, diags);
    check::course::names("scenario", &raw.scenarios, &scenarios, diags);
    let old = &course.lessons[at];
    // At former addresses stand pages of their own.
    if !raw.aliases.is_empty() || !old.aliases.is_empty() {
        return None;
    }
    // A drill's story is looked through with the others.
    if !raw.drills.is_empty() || !old.drills.is_empty() || raw.draft != old.draft {
        return None;
    }
    let place = (old.slug.clone(), old.module);
    course.lessons[at] = compile::lesson(&raw, place, Vec::new(), (&objectives, &scenarios), sources)?;
    Some(())
}

fn scenario(loaded: &mut Loaded, file: FileId, at: usize, diags: &mut Diagnostics) -> Option<()> {
    let (sources, course) = (&loaded.sources, loaded.course.as_mut()?);
    let raw = parse::scenario::parse(file, sources.text(file), diags)?;
    if !raw.includes.is_empty() || !raw.aliases.is_empty() || !course.scenarios[at].aliases.is_empty() {
        return None;
    }
    let (objectives, _) = ids(course);
    check::course::names("objective", &raw.objectives, &objectives, diags);
    let models: Vec<PathBuf> =
        course.models.iter().filter_map(|model| Some(sources.path(model.file?).to_owned())).collect();
    single::known_model(&raw.story, &models, diags);
    check::lint::allowed(&raw.story, &raw.allow, diags);
    let story = compile::story(&raw.story, &course.models, (sources.path(file), sources), diags)?;
    check::expect::check(&raw.expect, &story.engine, &course.models[story.model], diags);
    let slug = course.scenarios[at].slug.clone();
    let new = compile::scenario(&raw, &slug, story, &objectives)?;
    // Scenarios stand in the order of their difficulty.
    if new.difficulty != course.scenarios[at].difficulty || new.draft != course.scenarios[at].draft {
        return None;
    }
    course.scenarios[at] = new;
    Some(())
}
