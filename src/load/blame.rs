//! Where a fault belongs: to one page, which shows it in its own place; to a draft, where it stops nothing; or to everything
//! that pages share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Loaded, ScenarioFile};
use crate::diag::{Diagnostic, Severity};
use crate::load::address::of_lesson;
use crate::path::stem;

/// The text of the home page.
const HOME: &str = "content/index.md";

impl Loaded {
    /// The errors that no page shows in its own place: those in settings, models, objectives and themes.
    pub fn shared_errors<'d>(
        &'d self,
        all: impl Iterator<Item = &'d Diagnostic>,
    ) -> impl Iterator<Item = &'d Diagnostic> {
        all.filter(|each| each.severity == Severity::Error && !self.has_place(self.path(each)))
    }

    /// The errors among these that the page at `path` shows, a path such as `de/lessons/listen/index.html`.
    pub fn own_errors<'d>(
        &'d self,
        path: &str,
        all: impl Iterator<Item = &'d Diagnostic>,
    ) -> impl Iterator<Item = &'d Diagnostic> {
        let path = path.to_owned();
        all.filter(move |each| each.severity == Severity::Error && self.is_shown_at(self.path(each), &path))
    }

    /// Whether a fault is in a draft, in a file that only drafts include, or in a translation of either.
    pub(super) fn is_of_draft(&self, each: &Diagnostic) -> bool {
        let original = self.original(self.path(each));
        let is_draft = |path: &Path| self.drafts.iter().any(|draft| draft == path);
        if is_draft(&original) {
            return true;
        }
        let mut users = self.scenario_files.iter().filter(|each| each.includes(&original)).peekable();
        users.peek().is_some() && users.all(|user| is_draft(self.sources.path(user.file)))
    }

    fn path(&self, each: &Diagnostic) -> &Path {
        self.sources.path(each.span.file)
    }

    /// The original of a translation; any other path unchanged.
    fn original(&self, path: &Path) -> PathBuf {
        let mut parts = path.iter();
        let content = parts.next();
        match self.files.translations.iter().any(|each| each == path) {
            true => content.into_iter().chain(parts.skip(1)).collect(),
            false => path.to_owned(),
        }
    }

    /// Whether some page shows the faults of this file.
    fn has_place(&self, path: &Path) -> bool {
        let original = self.original(path);
        ["content/lessons", "content/scenarios", HOME].iter().any(|place| original.starts_with(place))
            || self.scenario_files.iter().any(|each| each.includes(&original))
    }

    /// Whether the page shows the file's faults, whether or not the file exists.
    fn is_shown_at(&self, file: &Path, page: &str) -> bool {
        let original = self.original(file);
        let Some(place) = page.strip_suffix("index.html") else { return false };
        let languages = self.course.translations.iter().map(|course| &course.settings);
        let spoken = languages.clone().find(|settings| place.starts_with(&settings.folder()));
        let place = spoken.map_or(place, |settings| &place[settings.folder().len()..]);
        let own = spoken.map(|settings| Path::new("content").join(&settings.language));
        if original != file && !own.is_some_and(|own| file.starts_with(own)) {
            return false;
        }
        let is_scenario = |path: &Path| place == format!("scenarios/{}/", stem(path));
        if original.starts_with("content/lessons") {
            let is_module = original.ends_with("index.md");
            return if is_module {
                place.is_empty()
            } else {
                place == format!("lessons/{}/", slug(&original))
            };
        }
        let mut users = self.scenario_files.iter().filter(|each| each.includes(&original));
        original == Path::new(HOME) && place.is_empty()
            || original.starts_with("content/scenarios") && is_scenario(&original)
            || users.any(|user| is_scenario(self.sources.path(user.file)))
    }
}

fn slug(lesson: &Path) -> String {
    of_lesson(lesson, &BTreeMap::new()).slug
}

impl ScenarioFile {
    fn includes(&self, path: &Path) -> bool {
        self.parts.iter().any(|part| part == path && !part.starts_with("content/models"))
    }
}
