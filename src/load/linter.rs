//! What the lints need besides each story: models, thresholds, and what a class played.

use crate::check::subject::{LintContext, Subject};
use crate::check::{ClassPlays, lint};
use crate::course::Scenario;
use crate::diag::Diagnostics;
use crate::parse::scenario::RawScenario;
use crate::prove::lock::{self, Figures};
use crate::prove::{Method, Proof};

/// The most states that a lint explores for the final score. Beyond that the figures are sampled, which is enough for a
/// warning.
const STATES: usize = 200_000;

/// What the lints need besides the story itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Linter<'a> {
    pub(super) context: LintContext<'a>,
    /// Whether `content/proof.lock` keeps figures.
    pub(super) keeps_figures: bool,
    pub(super) plays: Option<&'a ClassPlays>,
}

/// What the lints found in a scenario. Its figures are included if `content/proof.lock` keeps them and the lints' own proof
/// is exact.
#[derive(Debug, Default)]
pub(super) struct LintResult {
    pub(super) diagnostics: Diagnostics,
    pub(super) figures: Option<Figures>,
}

impl<'a> Linter<'a> {
    /// Lints a compiled scenario.
    pub(super) fn scenario(&self, raw: &'a RawScenario, scenario: &'a Scenario) -> LintResult {
        let mut diagnostics = Diagnostics::default();
        let story = &scenario.story;
        let proof = Proof::of(story, STATES);
        let plays = self.plays.and_then(|plays| plays.get(&scenario.slug));
        lint::scenario(&Subject::scenario(raw, story, self.context), &proof, plays, &mut diagnostics);
        // Exact figures do not depend on the limit.
        let keeps = self.keeps_figures && proof.scores.min.method == Method::Exact;
        let figures = keeps.then(|| lock::figures(&proof, self.context.models, scenario));
        LintResult { diagnostics, figures }
    }
}
