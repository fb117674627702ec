//! What the lints of a whole library need. They read every text of the course, so they wait until a report is asked for, and
//! no page waits for them.

use std::sync::Arc;

use crate::check::library::{self, Library};
use crate::check::subject::{LintContext, Subject};
use crate::diag::Diagnostics;
use crate::load::lessons::CompiledLesson;
use crate::load::scenarios::CompiledScenario;
use crate::parse::At;
use crate::source::Span;

/// A course that is judged as a library.
#[derive(Debug)]
pub(super) struct LibraryLints {
    /// Where findings about the whole library are reported.
    pub(super) span: Span,
    pub(super) scenarios: Vec<Arc<CompiledScenario>>,
    pub(super) lessons: Vec<Arc<CompiledLesson>>,
    /// The ids of the course's objectives.
    pub(super) objectives: Vec<At<String>>,
}

impl LibraryLints {
    pub(super) fn check(&self, context: LintContext<'_>, diags: &mut Diagnostics) {
        let compiled =
            self.scenarios.iter().filter_map(|each| Some((each.raw.as_ref()?, each.scenario.as_ref()?)));
        let subjects = compiled
            .filter(|(raw, _)| !raw.draft)
            .map(|(raw, scenario)| Subject::scenario(raw, &scenario.story, context));
        let lessons = self.lessons.iter().filter_map(|each| each.raw.as_ref());
        let library = Library {
            span: self.span,
            subjects: subjects.collect(),
            lessons: lessons.filter(|lesson| !lesson.draft).collect(),
            objectives: self.objectives.iter().collect(),
            limits: context.limits,
        };
        library::check(&library, diags);
    }
}
