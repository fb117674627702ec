//! A loaded course, and the report on it.

use amends::course::{Course, Scenario};
use amends::diag::{Diagnostic, render};
use amends::load::{Loaded, Report};
use amends::markdown::{ExternalLink, PageFindings};
use amends::results::Library;
use amends::source::SourceMap;

/// The result of loading a site.
pub(crate) struct Checked {
    loaded: Loaded,
    report: Report,
}

impl Checked {
    pub(super) fn of(loaded: Loaded, findings: PageFindings) -> Self {
        Self { report: loaded.report(findings), loaded }
    }

    /// All diagnostics, sorted.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        &self.report.diagnostics
    }

    /// The source texts of the course.
    pub(crate) fn sources(&self) -> &SourceMap {
        &self.loaded.sources
    }

    /// A line for each diagnostic: `path:line:column: severity[code]: message`.
    pub(crate) fn short(&self) -> String {
        render::short(self.diagnostics(), self.sources())
    }

    /// All diagnostics as a terminal shows them, with source lines and remedies, but without colors.
    pub(crate) fn human(&self) -> String {
        let human = render::human(self.diagnostics(), self.sources());
        let human = anstream::adapter::strip_str(&human).to_string();
        human.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// Only the messages.
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.diagnostics().iter().map(|each| each.message.as_str()).collect()
    }

    /// Whether there is no error.
    pub(crate) fn is_sound(&self) -> bool {
        !self.report.has_errors()
    }

    /// The course, which must have no errors.
    #[track_caller]
    pub(crate) fn course(&self) -> &Course {
        assert!(self.is_sound(), "{}", self.short());
        &self.loaded.course
    }

    /// A scenario of the course.
    #[track_caller]
    pub(crate) fn scenario(&self, slug: &str) -> &Scenario {
        let found = self.course().scenarios.iter().find(|scenario| scenario.slug == slug);
        found.unwrap_or_else(|| panic!("no scenario {slug}"))
    }

    /// What is needed to read result codes of the course.
    pub(crate) fn library(&self) -> Library {
        Library::of(&self.loaded)
    }

    /// The links to other sites.
    pub(crate) fn external(&self) -> &[ExternalLink] {
        &self.report.external
    }

    /// Asserts that an error with this code is reported at this place: `path:line:column`.
    #[track_caller]
    pub(crate) fn error(&self, code: &str, place: &str) -> &Self {
        let (short, start) = (self.short(), format!("{place}: error[{code}]: "));
        assert!(short.lines().any(|line| line.starts_with(&start)), "no {start:?} in\n{short}");
        self
    }

    /// Asserts that nothing is reported, not even a note.
    #[track_caller]
    pub(crate) fn clean(&self) -> &Self {
        assert_eq!(self.short(), "");
        self
    }
}
