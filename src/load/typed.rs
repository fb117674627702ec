//! The lints of a course, which need each file as typed and as compiled. What was typed is most of what a scenario takes:
//! once its lints have read it, it is let go of.

use std::collections::BTreeMap;

use crate::check::library::{self, Library};
use crate::check::subject::{LintContext, Subject};
use crate::check::{FirstTries, Play, lint, model};
use crate::course::{Course, Lesson, Model, Scenario, Settings};
use crate::diag::Diagnostics;
use crate::load::memo::{self, Memo};
use crate::parse;
use crate::parse::config::RawConfig;
use crate::parse::lesson::RawLesson;
use crate::parse::objectives::RawObjective;
use crate::parse::scenario::RawScenario;
use crate::prove::lock::{self, Figures};
use crate::prove::{Method, Proof};
use crate::source::{FileId, SourceMap};

/// How many states a lint may look at for the final score. Beyond it the figures are sampled, which is enough to warn.
const STATES: usize = 200_000;

/// What the lints found in a scenario, and its figures if they are to be kept and the proof that was made anyway has them.
pub(super) type Found = (Diagnostics, Option<Figures>);

/// What is asked of the lints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Whether figures are kept.
    pub(super) kept: bool,
    pub(super) memo: &'a Memo,
    pub(super) tries: &'a FirstTries,
}

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) objectives: Vec<RawObjective>,
    /// With the nodes of their includes; only for the checks of a whole library.
    pub(super) scenarios: Vec<RawScenario>,
    /// For those checks all, else those with drills.
    pub(super) lessons: Vec<RawLesson>,
    /// Of each scenario that compiled, by its file.
    pub(super) found: BTreeMap<FileId, Found>,
}

impl Typed {
    /// Looks through all that compiled and has not been looked through, and tells what was found in the scenarios.
    /// Gives the figures to be kept of each, by its file.
    pub(super) fn lint(
        mut self,
        course: &Course,
        (desk, config): (&Desk<'_>, &RawConfig),
        diags: &mut Diagnostics,
    ) -> BTreeMap<FileId, Figures> {
        let mut figures = BTreeMap::new();
        for scenario in &course.scenarios {
            let Some((found, kept)) = self.found.remove(&scenario.file) else { continue };
            diags.append(found);
            figures.extend(kept.map(|kept| (scenario.file, kept)));
        }
        self.drills((course, desk), diags);
        models(course, desk.context.sources, diags);
        if let Some(span) = config.library {
            let typed: BTreeMap<FileId, &RawScenario> =
                self.scenarios.iter().map(|raw| (raw.file, raw)).collect();
            let pairs = course.scenarios.iter().filter_map(|each| Some((*typed.get(&each.file)?, each)));
            let subjects = pairs
                .filter(|(raw, _)| !raw.draft)
                .map(|(raw, scenario)| Subject::scenario(raw, &scenario.story, desk.context));
            let library = Library {
                span,
                subjects: subjects.collect(),
                lessons: self.lessons.iter().filter(|lesson| !lesson.draft).collect(),
                objectives: self.objectives.iter().map(|objective| &objective.id).collect(),
                limits: desk.context.limits,
            };
            library::check(&library, diags);
        }
        figures
    }

    fn drills(&self, (course, desk): (&Course, &Desk<'_>), diags: &mut Diagnostics) {
        let compiled: BTreeMap<FileId, &Lesson> =
            course.lessons.iter().map(|lesson| (lesson.file, lesson)).collect();
        for raw in self.lessons.iter().filter(|raw| !raw.drills.is_empty()) {
            let Some(lesson) = compiled.get(&raw.file) else { continue };
            for drill in &raw.drills {
                if let Some(compiled) = lesson.drills.get(&drill.at) {
                    lint::drill(&Subject::drill(&drill.story, &compiled.story, desk.context), diags);
                }
            }
        }
    }
}

/// The weights of the site's own models.
fn models(course: &Course, sources: &SourceMap, diags: &mut Diagnostics) {
    for file in course.models.iter().filter_map(|model| model.file) {
        // What is wrong with it otherwise has been told when it compiled.
        let mut told = Diagnostics::default();
        if let Some(raw) = parse::model::parse(file, sources.text(file), &mut told) {
            model::weights(&raw, diags);
        }
    }
}

/// What every lint needs beside the story itself.
pub(super) struct Desk<'a> {
    context: LintContext<'a>,
    /// All that a scenario's lints read and that does not stand in its own file.
    around: String,
}

impl<'a> Desk<'a> {
    /// `None` if the site has turned lints off.
    pub(super) fn new(
        config: Option<&'a RawConfig>,
        settings: &Settings,
        (models, sources): (&'a [Model], &'a SourceMap),
    ) -> Option<Self> {
        let limits = config?.lints.as_ref()?;
        let english = settings.language.split('-').next() == Some("en");
        let mut around = format!("{} {english} {limits:?}", memo::program());
        for model in models.iter().filter_map(|model| model.file) {
            around.push_str(sources.text(model));
        }
        Some(Self { context: LintContext { models, sources, limits, english }, around })
    }

    /// Looks through a scenario that compiled.
    pub(super) fn look(&self, raw: &'a RawScenario, scenario: &'a Scenario, asked: Asked<'_>) -> Found {
        match asked.tries.at(&scenario.slug) {
            [] => self.known((raw, scenario), asked),
            // Plays are not remembered, nor what they tell.
            tries => self.scenario((raw, scenario), asked.kept, tries),
        }
    }

    /// What the lints find, by what is known if it is.
    fn known(
        &self,
        (raw, scenario): (&'a RawScenario, &'a Scenario),
        Asked { kept, memo, .. }: Asked<'_>,
    ) -> Found {
        let graph = scenario.story.engine.to_bytes();
        let text = self.context.sources.text(scenario.file);
        let key = memo::key(&[self.around.as_bytes(), &[u8::from(kept)], text.as_bytes(), &graph]);
        // What is included has files and places of its own.
        let alone = raw.includes.is_empty();
        if let Some(known) = alone.then(|| memo.recall(&key, scenario.file)).flatten() {
            return known;
        }
        let (found, figures) = self.scenario((raw, scenario), kept, &[]);
        if alone {
            memo.keep(key, scenario.file, (&found, &figures));
        }
        (found, figures)
    }

    fn scenario(
        &self,
        (raw, scenario): (&'a RawScenario, &'a Scenario),
        kept: bool,
        tries: &[Play],
    ) -> Found {
        let mut diags = Diagnostics::default();
        let story = &scenario.story;
        let proof = Proof::of(story, STATES);
        lint::scenario(&Subject::scenario(raw, story, self.context), &proof, tries, &mut diags);
        // Exact figures are the same whatever the limit.
        let kept = kept && proof.scores.min.method == Method::Exact;
        (diags, kept.then(|| lock::figures(&proof, self.context.models, scenario)))
    }
}
