//! A whole library of scenarios: whether it covers what it should, and what it gives away over all decisions.
//!
//! Runs only if `site.yaml` says `library: full`. Findings are placed at `library` in that file, or at what they are about.

use std::collections::BTreeSet;

use scenario_wasm::{Choice, State};

use crate::check::subject::{LintedChoice, Subject, Telling};
use crate::check::{habits, tells};
use crate::course::{Channel, Model};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::measure::names;
use crate::parse::At;
use crate::parse::lesson::RawLesson;
use crate::parse::scenario::RawScenario;
use crate::source::Span;
use crate::statistics::{at_least, chi_square};

/// The contents of a library.
#[derive(Debug)]
pub struct Library<'a> {
    /// The place for findings about the whole library.
    pub span: Span,
    /// Every scenario that compiled.
    pub subjects: Vec<Subject<'a>>,
    /// Every lesson that is not a draft.
    pub lessons: Vec<&'a RawLesson>,
    /// The ids of the course's objectives.
    pub objectives: Vec<&'a At<String>>,
    /// The threshold of each lint.
    pub limits: &'a Limits,
}

/// Runs every check of the family.
pub fn check(library: &Library<'_>, diags: &mut Diagnostics) {
    let mut lints = Lints { library, diags };
    lints.failures();
    lints.channels();
    lints.objectives();
    lints.lessons();
    lints.slips();
    lints.skills();
    lints.difficulties();
    lints.one_sided();
    lints.cast();
    let by_words = lints.extremes();
    lints.positions();
    lints.habits(by_words);
    lints.words();
}

struct Lints<'l, 'd> {
    library: &'l Library<'l>,
    diags: &'d mut Diagnostics,
}

impl<'l> Lints<'l, '_> {
    fn report(&mut self, code: Code, message: String, hint: &str) {
        self.diags.lint(code, self.library.span, message, hint);
    }

    /// Reports that a library has fewer of `what` than would be good.
    fn few(&mut self, code: Code, what: &str, count: usize, least: f64, hint: &str) {
        if (count as f64) < least {
            self.report(code, format!("{what}: {count}; aim for at least {least}"), hint);
        }
    }

    /// Reports that a library has fewer of `what` than it needs.
    fn missing(&mut self, code: Code, what: &str, count: usize, least: f64, hint: &str) {
        if (count as f64) < least {
            self.report(code, format!("{what}: {count}; needs at least {least}"), hint);
        }
    }

    /// The number of scenarios for which `is` holds.
    fn count(&self, is: impl Fn(&Subject<'_>) -> bool) -> usize {
        self.library.subjects.iter().filter(|subject| is(subject)).count()
    }

    fn failures(&mut self) {
        let names: BTreeSet<&str> = self.main_models().into_iter().flat_map(Model::failures).collect();
        for name in names {
            let is = |raw: &RawScenario| raw.failure.as_ref().is_some_and(|at| at.value == name);
            let count = self.count(|subject| subject.scenario.is_some_and(is));
            let what = format!("scenarios with `failure: {name}`");
            let least = self.library.limits.failure_scenarios;
            self.missing(Code::UncoveredFailure, &what, count, least, "write one more of this kind");
        }
    }

    fn channels(&mut self) {
        for (name, channel) in Channel::NAMES {
            let count =
                self.count(|subject| subject.story.channel.as_ref().is_some_and(|at| at.value == *channel));
            let what = format!("scenarios with `channel: {name}`");
            let least = self.library.limits.channel_scenarios;
            let hint = "move a scenario to this channel, or write one";
            self.missing(Code::UncoveredChannel, &what, count, least, hint);
        }
    }

    fn objectives(&mut self) {
        let library = self.library;
        for id in &library.objectives {
            let is_named = |names: &[At<String>]| names.iter().any(|name| name.value == id.value);
            if !library.lessons.iter().any(|lesson| is_named(&lesson.objectives)) {
                let message = format!("no lesson teaches `{}`", id.value);
                let hint = "name it under `objectives` of the lesson that teaches it, or remove it";
                self.diags.lint(Code::ObjectiveNotTaught, id.span, message, hint);
            }
            let practices =
                |subject: &Subject<'_>| subject.scenario.is_some_and(|raw| is_named(&raw.objectives));
            if self.count(practices) == 0 {
                let message = format!("no scenario practices `{}`", id.value);
                let hint = "name it under `objectives` of the scenario that practices it, or remove it";
                self.diags.lint(Code::ObjectiveNotPracticed, id.span, message, hint);
            }
        }
    }

    fn lessons(&mut self) {
        for lesson in self.library.lessons.iter().filter(|lesson| lesson.scenarios.is_empty()) {
            let span = lesson.title.as_ref().map_or(Span::new(lesson.file, 0, 3), |title| title.span);
            let hint = "add `scenarios: [...]` with the one that practices it";
            self.diags.lint(Code::LessonWithoutScenario, span, "this lesson opens no scenario", hint);
        }
    }

    /// The models that at least half of the scenarios use: any other is a guest.
    fn main_models(&self) -> Vec<&'l Model> {
        let subjects = &self.library.subjects;
        let uses = |id: &str| subjects.iter().filter(|subject| subject.model.id == id).count();
        let mut models: Vec<&Model> = Vec::new();
        for subject in subjects.iter().filter(|subject| 2 * uses(&subject.model.id) >= subjects.len()) {
            if !models.iter().any(|model| model.id == subject.model.id) {
                models.push(subject.model);
            }
        }
        models
    }

    fn slips(&mut self) {
        let hint = "look for weak choices that do this harm and do not name it";
        for model in self.main_models() {
            for slip in &model.slips {
                let shows = |line: &LintedChoice<'_>| line.raw.slips.iter().any(|name| name.value == slip.id);
                let count =
                    self.count(|subject| subject.model.id == model.id && subject.choices().any(shows));
                let what = format!("scenarios that show the slip `{}`", slip.id);
                self.few(Code::RareSlip, &what, count, self.library.limits.slip_scenarios, hint);
            }
        }
    }

    fn skills(&mut self) {
        for model in self.main_models() {
            for (at, skill) in model.skills.iter().enumerate() {
                let own = self.library.subjects.iter().filter(|subject| subject.model.id == model.id);
                let sum = own.map(|subject| usize::from(subject.engine.par()[at])).sum();
                let what = format!("chances for `{}` in all scenarios together", skill.id);
                let least = self.library.limits.skill_par;
                self.few(Code::ThinSkill, &what, sum, least, "test it at more decisions");
            }
        }
    }

    fn difficulties(&mut self) {
        for level in 1..=3 {
            let is = |raw: &RawScenario| raw.difficulty.as_ref().is_some_and(|at| at.value == level);
            let count = self.count(|subject| subject.scenario.is_some_and(is));
            let what = format!("scenarios with `difficulty: {level}`");
            let hint = "change the `difficulty` of a scenario, or write one";
            self.few(Code::ThinDifficulty, &what, count, self.library.limits.difficulty_scenarios, hint);
        }
    }

    /// Checks that the library trains no reflex: escalation, delight, order.
    fn one_sided(&mut self) {
        let limits = self.library.limits;
        let escalates =
            |line: &LintedChoice<'_>| line.raw.act.as_ref().is_some_and(|act| act.value == "escalate");
        let best = |line: &LintedChoice<'_>| escalates(line) && line.rules.is_strongest();
        let trap = |line: &LintedChoice<'_>| escalates(line) && line.is_weak();
        let counts = [
            ("is best", self.count(|subject| subject.choices().any(best))),
            ("is a trap", self.count(|subject| subject.choices().any(trap))),
        ];
        for (says, count) in counts {
            let what = format!("scenarios in which to escalate {says}");
            let hint = "choices that hand over have `move: escalate`; rate one of them 3 where it helps, and one 0 or 1 where it only hands the problem on";
            self.few(Code::OneSided, &what, count, limits.escalation_scenarios, hint);
        }
        let not_ours = |raw: &RawScenario| raw.fault.as_ref().is_some_and(|at| at.value != "ours");
        let count = self.count(|subject| subject.scenario.is_some_and(not_ours));
        let what = "scenarios in which the failure is not the company's own doing";
        let hint = "a storm or a supplier lets people down, too: write `fault: nobody` or `fault: others` at the top of such a scenario, or write one";
        self.few(Code::OneSided, what, count, limits.not_ours, hint);
        let sets_limit = |line: &LintedChoice<'_>| line.raw.boundary && line.rules.is_strongest();
        let count = self.count(|subject| subject.choices().any(sets_limit));
        let what = "scenarios in which the best choice sets a limit to abuse";
        let hint = "nobody has to put up with everything: write `boundary: true` on a best choice that calmly says what has to stop, and what happens if it does not";
        self.few(Code::OneSided, what, count, limits.boundaries, hint);
        let count = self.count(|subject| best_goodwill(subject) < Some(DELIGHT));
        let what = &format!("scenarios whose best play ends with goodwill under {DELIGHT}");
        let hint = "some losses cannot be made good: start lower, or let the truth hurt (`goodwill: -4` with `hard_truth: true`)";
        self.few(Code::OneSided, what, count, limits.hard_endings, hint);
        let moments = self.library.subjects.iter().flat_map(|subject| &subject.moments);
        let waived = moments.filter(|moment| moment.raw.waives_order()).count();
        if (waived as f64) < limits.free_orders {
            let message = "order is waived nowhere, as if nothing were ever more urgent than listening";
            let hint = "where somebody may come to harm, write `facet: safety` on the decision; where order makes no sense for another reason, `free_order: REASON`";
            self.report(Code::OneSided, message.to_owned(), hint);
        }
    }

    /// Customers whose names are all common in one country, as far as [`names`] knows.
    fn cast(&mut self) {
        let english = self.library.subjects.iter().filter(|subject| subject.english);
        let names = english.filter_map(|subject| subject.story.customer.as_ref()?.name.as_ref());
        let common: Vec<bool> = names.filter_map(|name| names::is_common(&name.value)).collect();
        if common.len() as f64 >= self.library.limits.cast && common.iter().all(|common| *common) {
            let message =
                format!("all {} customers have names that are common in the United States", common.len());
            let hint = "give some of them names of people that your trainees will meet";
            self.report(Code::OneCulture, message, hint);
        }
    }

    /// Best choices that are the longest or the shortest more often than chance explains. Returns whether there are any.
    fn extremes(&mut self) -> bool {
        let kinds: [(&str, tells::Pick); 2] = [("longest", tells::longest), ("shortest", tells::shortest)];
        let telling = self.telling();
        let chances: Vec<f64> = telling.iter().map(|each| 1.0 / each.moment.choices.len() as f64).collect();
        let (count, due, mut found) = (telling.len(), chances.iter().sum::<f64>(), false);
        for (name, pick) in kinds {
            let hits = tells::hits(&telling, pick).len();
            let chance = at_least(hits, &chances);
            if chance < self.library.limits.tell_chance {
                let message = format!(
                    "over {count} decisions the best choice is the {name} in {hits}, where chance would give {due:.0} (p = {chance:.4})"
                );
                let hint = "`prove` shows the scenarios in which this rule scores most; start there";
                self.report(Code::LibraryTell, message, hint);
                found = true;
            }
        }
        found
    }

    /// Best choices that are in one position more often than chance explains.
    fn positions(&mut self) {
        let (mut seen, mut due) = ([0.0; 5], [0.0; 5]);
        for each in self.telling() {
            let count = each.moment.choices.len().min(seen.len());
            if let Some(place) = seen.get_mut(each.best) {
                *place += 1.0;
            }
            due.iter_mut().take(count).for_each(|place| *place += 1.0 / count as f64);
        }
        let Some((_, chance)) = chi_square(&seen, &due) else { return };
        if chance < self.library.limits.tell_chance {
            let shown: Vec<String> = seen
                .iter()
                .zip(&due)
                .filter(|(_, due)| **due > 0.0)
                .map(|(seen, due)| format!("{seen:.0} (by chance {due:.0})"))
                .collect();
            let message = format!(
                "best choices by place: {}, which is not an accident (p = {chance:.4})",
                shown.join(", ")
            );
            let hint = "move choices within their decisions; nothing else changes";
            self.report(Code::LibraryTell, message, hint);
        }
    }

    fn telling(&self) -> Vec<Telling<'l, 'l>> {
        self.library.subjects.iter().flat_map(Subject::telling).collect()
    }

    /// Best choices that show at a glance.
    fn habits(&mut self, by_words: bool) {
        for shown in habits::shown(&self.telling(), by_words, self.library.limits) {
            self.report(shown.code, format!("over all scenarios: {}", shown.message), shown.hint);
        }
    }

    /// Words that give weak or best choices away.
    fn words(&mut self) {
        let [weak, best] = habits::words(&self.telling(), self.library.limits);
        let sides = [
            (
                Code::WeakOnlyWords,
                weak,
                ("weak", "best"),
                "take these out of some weak choices, and let best ones say them",
            ),
            (
                Code::KeywordTell,
                best,
                ("best", "weak"),
                "let weak choices say these, too, and some best ones do without",
            ),
        ];
        for (code, words, (own, other), hint) in sides {
            if !words.is_empty() {
                let list =
                    words.iter().map(|(word, here, there)| format!("`{word}` ({here}, and {there} {other})"));
                let list: Vec<String> = list.collect();
                let message = format!("words that occur almost only in {own} choices: {}", list.join(", "));
                self.diags.push(Diagnostic::lint(code, self.library.span, message).note().hint(hint));
            }
        }
    }
}

/// From this goodwill on, a customer is won back.
const DELIGHT: u8 = 80;

/// Goodwill at the end of a flawless play.
fn best_goodwill(subject: &Subject<'_>) -> Option<u8> {
    let graph = subject.engine.graph();
    let mut state = State::start(graph);
    while let Some(decision) = &graph.nodes[usize::from(state.node)].decision {
        let open = |choice: &&Choice| choice.when.holds(state.flags, state.goodwill);
        let choice = decision.choices.iter().filter(open).find(|choice| choice.is_strongest())?;
        state = state.step(&graph.model, decision, choice).next;
    }
    Some(state.goodwill)
}
