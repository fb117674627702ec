//! The files of a course as typed, kept until all of it has compiled: the lints need both.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::library::{self, Library};
use crate::check::subject::Subject;
use crate::check::{lint, model};
use crate::course::{Course, Lesson, Scenario, Story};
use crate::diag::Diagnostics;
use crate::limits::Limits;
use crate::load::memo::{self, Memo};
use crate::parse;
use crate::parse::config::RawConfig;
use crate::parse::lesson::RawLesson;
use crate::parse::objectives::RawObjective;
use crate::parse::scenario::{RawScenario, RawStory};
use crate::prove::lock::{self, Figures};
use crate::prove::{Method, Proof};
use crate::results::{FirstTries, Steps};
use crate::source::{FileId, SourceMap};

/// How many states a lint may look at for the final score. Beyond it the figures are sampled, which is enough to warn.
const STATES: usize = 200_000;

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) config: Option<RawConfig>,
    pub(super) objectives: Vec<RawObjective>,
    /// With the nodes of their includes.
    pub(super) scenarios: Vec<RawScenario>,
    pub(super) lessons: Vec<RawLesson>,
}

impl Typed {
    /// Looks through everything that compiled, unless the site has turned lints off.
    /// Gives the figures to be kept of each scenario, by its file, if they are wanted and the proof that was made anyway
    /// has them.
    pub(super) fn lint(
        &self,
        (course, sources): (&Course, &SourceMap),
        (kept, memo): (bool, &Memo),
        tries: &FirstTries,
        diags: &mut Diagnostics,
    ) -> BTreeMap<FileId, Figures> {
        let Some(config) = &self.config else { return BTreeMap::new() };
        let Some(limits) = &config.lints else { return BTreeMap::new() };
        let english = course.settings.language.split('-').next() == Some("en");
        let desk = Desk { course, sources, limits, english };
        let around = desk.around();
        let typed: BTreeMap<FileId, &RawScenario> =
            self.scenarios.iter().map(|raw| (raw.file, raw)).collect();
        let pairs: Vec<(&RawScenario, &Scenario)> = course
            .scenarios
            .iter()
            .filter_map(|compiled| Some((*typed.get(&compiled.file)?, compiled)))
            .collect();
        let found = pairs.par_iter().map(|(raw, scenario)| match tries.at(&scenario.slug) {
            [] => desk.known((raw, scenario), (kept, memo, &around)),
            // Plays are not remembered, nor what they tell.
            tries => desk.scenario((raw, scenario), kept, tries),
        });
        let mut figures = BTreeMap::new();
        for ((_, scenario), (found, kept)) in pairs.iter().zip(found.collect::<Vec<_>>()) {
            diags.append(found);
            figures.extend(kept.map(|kept| (scenario.file, kept)));
        }
        self.drills(&desk, diags);
        models(course, sources, diags);
        if let Some(span) = config.library {
            let subjects = pairs
                .iter()
                .filter(|(raw, _)| !raw.draft)
                .map(|(raw, scenario)| desk.subject(&raw.story, Some(raw), &scenario.story));
            let library = Library {
                span,
                subjects: subjects.collect(),
                lessons: self.lessons.iter().filter(|lesson| !lesson.draft).collect(),
                objectives: self.objectives.iter().map(|objective| &objective.id).collect(),
                limits,
            };
            library::check(&library, diags);
        }
        figures
    }

    fn drills(&self, desk: &Desk<'_>, diags: &mut Diagnostics) {
        let compiled: BTreeMap<FileId, &Lesson> =
            desk.course.lessons.iter().map(|lesson| (lesson.file, lesson)).collect();
        for raw in self.lessons.iter().filter(|raw| !raw.drills.is_empty()) {
            let Some(lesson) = compiled.get(&raw.file) else { continue };
            for drill in &raw.drills {
                if let Some(compiled) = lesson.drills.get(&drill.at) {
                    lint::drill(&desk.subject(&drill.story, None, &compiled.story), diags);
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
struct Desk<'a> {
    course: &'a Course,
    sources: &'a SourceMap,
    limits: &'a Limits,
    english: bool,
}

impl<'a> Desk<'a> {
    fn subject(&self, raw: &'a RawStory, scenario: Option<&'a RawScenario>, story: &'a Story) -> Subject<'a> {
        let model = &self.course.models[story.model];
        Subject::new((raw, scenario), &story.engine, model, (self.sources, self.limits, self.english))
    }

    /// All that a scenario's lints read and that does not stand in its own file.
    fn around(&self) -> String {
        let mut around = format!("{} {} {:?}", memo::program(), self.english, self.limits);
        for model in self.course.models.iter().filter_map(|model| model.file) {
            around.push_str(self.sources.text(model));
        }
        around
    }

    /// What the lints find, by what is known if it is.
    fn known(
        &self,
        (raw, scenario): (&'a RawScenario, &'a Scenario),
        (kept, memo, around): (bool, &Memo, &str),
    ) -> (Diagnostics, Option<Figures>) {
        let graph = scenario.story.engine.to_bytes();
        let text = self.sources.text(scenario.file);
        let key = memo::key(&[around.as_bytes(), &[u8::from(kept)], text.as_bytes(), &graph]);
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
        tries: &[Steps],
    ) -> (Diagnostics, Option<Figures>) {
        let mut diags = Diagnostics::default();
        let story = &scenario.story;
        let proof = Proof::of(story, STATES);
        lint::scenario(&self.subject(&raw.story, Some(raw), story), &proof, tries, &mut diags);
        // Exact figures are the same whatever the limit.
        let kept = kept && proof.scores.min.method == Method::Exact;
        (diags, kept.then(|| lock::figures(&proof, self.course, scenario)))
    }
}
