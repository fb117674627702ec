//! A loaded course, and what was reported of it.

use amends::course::{Course, Scenario};
use amends::diag::{Diagnostic, render};
use amends::load::{Loaded, Report};
use amends::markdown::{ExternalLink, PageFindings};
use amends::results::Library;
use amends::source::SourceMap;

/// What came of loading a site.
pub(crate) struct Checked {
    loaded: Loaded,
    report: Report,
}

impl Checked {
    pub(super) fn of(loaded: Loaded, findings: PageFindings) -> Self {
        Self { report: loaded.report(findings), loaded }
    }

    /// All that was reported, in order.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        &self.report.diagnostics
    }

    /// The texts that it was read from.
    pub(crate) fn sources(&self) -> &SourceMap {
        &self.loaded.sources
    }

    /// Each in a line: `path:line:column: severity[code]: message`.
    pub(crate) fn short(&self) -> String {
        render::short(self.diagnostics(), self.sources())
    }

    /// Each with its lines and its remedy, as people read it, without colors.
    pub(crate) fn human(&self) -> String {
        let human = render::human(self.diagnostics(), self.sources());
        let human = anstream::adapter::strip_str(&human).to_string();
        human.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The messages alone.
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.diagnostics().iter().map(|each| each.message.as_str()).collect()
    }

    /// Whether there is a course: no error was found.
    pub(crate) fn is_sound(&self) -> bool {
        !self.report.has_errors()
    }

    /// The course, which must be there.
    #[track_caller]
    pub(crate) fn course(&self) -> &Course {
        assert!(self.is_sound(), "{}", self.short());
        &self.loaded.course
    }

    /// One of its scenarios.
    #[track_caller]
    pub(crate) fn scenario(&self, slug: &str) -> &Scenario {
        let found = self.course().scenarios.iter().find(|scenario| scenario.slug == slug);
        found.unwrap_or_else(|| panic!("there is no {slug}"))
    }

    /// What codes of the course are read with.
    pub(crate) fn library(&self) -> Library {
        Library::of(&self.loaded)
    }

    /// The links that lead out of the course.
    pub(crate) fn external(&self) -> &[ExternalLink] {
        &self.report.external
    }

    /// An error of this code is reported at this place: `path:line:column`.
    #[track_caller]
    pub(crate) fn error(&self, code: &str, place: &str) -> &Self {
        let (short, start) = (self.short(), format!("{place}: error[{code}]: "));
        assert!(short.lines().any(|line| line.starts_with(&start)), "no {start:?} in\n{short}");
        self
    }

    /// Nothing is reported, not even a note.
    #[track_caller]
    pub(crate) fn clean(&self) -> &Self {
        assert_eq!(self.short(), "");
        self
    }
}
