//! The trainer's own tests: plays with an expected result are replayed, and statements are checked in every state.

use scenario_wasm::{Futures, Refused, Report, Scenario, Session};

use crate::check::names::unknown;
use crate::check::statement::{self, failed};
use crate::course::Model;
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::expect::{RawExpect, RawPlay, RawShare};
use crate::prove::{self, Exact, Method};
use crate::source::Span;

/// Reports each expectation that does not hold.
pub fn check(expect: &[RawExpect], scenario: &Scenario, model: &Model, diags: &mut Diagnostics) {
    for each in expect {
        match each {
            RawExpect::Play(play) => Trial { scenario, model, play, diags }.run(),
            RawExpect::Never(said) => statement::check(said, false, scenario, model, diags),
            RawExpect::Always(said) => statement::check(said, true, scenario, model, diags),
            RawExpect::Share(said) => share(said, scenario, model, diags),
        }
    }
}

/// Checks how many random plays reach a band.
fn share(said: &RawShare, scenario: &Scenario, model: &Model, diags: &mut Diagnostics) {
    let Some(band) = model.bands.iter().position(|band| band.name == said.band.value) else {
        diags.push(unknown("band", &said.band, model.bands.iter().map(|band| band.name.as_str())));
        return;
    };
    let share = &prove::bands(scenario)[band];
    if share.method != Method::Exact {
        let hint = "use fewer flags, or remove the expectation";
        diags.error(Code::TooLarge, said.band.span, "there are too many states to decide this", hint);
        return;
    }
    let all = share.ten_thousandths();
    let shown = format!("{}.{:02} % of random plays are {}", all / 100, all % 100, said.band.value);
    if let Some(most) = said.at_most.as_ref().filter(|most| share.exceeds(most.value.into(), 100)) {
        diags.push(failed(most.span, format!("{shown}, not at most {} %", most.value)));
    }
    let falls_short = |least: &&At<u8>| share.exact < Exact::new(least.value.into(), 100u32.into());
    if let Some(least) = said.at_least.as_ref().filter(falls_short) {
        diags.push(failed(least.span, format!("{shown}, not at least {} %", least.value)));
    }
}

/// A play and its expected result.
struct Trial<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    play: &'a RawPlay,
    diags: &'a mut Diagnostics,
}

impl Trial<'_> {
    fn run(mut self) {
        let mut session = Session::start(self.scenario);
        for id in &self.play.path {
            if let Err(refused) = session.choose_id(&id.value) {
                self.diags.push(stuck(&session, id, refused));
                return;
            }
        }
        let view = session.view();
        if !view.over {
            let at = &self.scenario.graph().nodes[view.at].id;
            let span = self.play.path.last().map_or(self.play.span, |last| last.span);
            let hint = format!("continue with one of: {}", open(&session).join(", "));
            self.diags.push(failed(span, format!("this path stops at `{at}`, before an ending")).hint(hint));
            return;
        }
        // Only the score is compared, so the report needs no future.
        self.compare(&session.report_with(&Futures::default()));
    }

    fn compare(&mut self, report: &Report) {
        let play = self.play;
        let rounded = report.final_.map_or(0, |score| score.rounded);
        if let Some(score) = play.score.as_ref().filter(|score| u64::from(score.value) != rounded) {
            self.fail(score.span, format!("this play scores {rounded}, not {}", score.value));
        }
        self.band(report);
        self.ending(report);
        let verdicts = [
            (&play.pass, report.pass, "this play passes", "this play does not pass"),
            (&play.mastery, report.mastery, "this play is mastery", "this play is not mastery"),
        ];
        for (expected, found, yes, no) in verdicts {
            let found = found == Some(true);
            if let Some(expected) = expected.as_ref().filter(|expected| expected.value != found) {
                self.fail(expected.span, if found { yes } else { no }.to_owned());
            }
        }
        for (skill, score) in &play.skills {
            self.skill(report, skill, score);
        }
    }

    fn fail(&mut self, span: Span, message: String) {
        self.diags.push(
            failed(span, message)
                .hint("fix the scenario if this is a mistake, or the expectation if it is intended"),
        );
    }

    fn band(&mut self, report: &Report) {
        let Some(band) = &self.play.band else { return };
        let found = report.band.map_or("", |band| &self.model.bands[band].name);
        let bands: Vec<&str> = self.model.bands.iter().map(|band| band.name.as_str()).collect();
        if !bands.contains(&band.value.as_str()) {
            self.diags.push(unknown("band", band, bands.iter().copied()));
        } else if band.value != found {
            self.fail(band.span, format!("this play is {found}, not {}", band.value));
        }
    }

    fn ending(&mut self, report: &Report) {
        let Some(ending) = &self.play.ending else { return };
        let nodes = &self.scenario.graph().nodes;
        let found = report.ending.map_or("", |at| &nodes[at].id);
        let endings = nodes.iter().filter(|node| node.decision.is_none()).map(|node| node.id.as_str());
        if !endings.clone().any(|id| id == ending.value) {
            self.diags.push(unknown("ending", ending, endings));
        } else if ending.value != found {
            self.fail(ending.span, format!("this play ends at `{found}`, not at `{}`", ending.value));
        }
    }

    fn skill(&mut self, report: &Report, skill: &At<String>, score: &At<u8>) {
        let known = self.model.skills.iter().map(|known| known.id.as_str());
        let Some(at) = known.clone().position(|id| id == skill.value) else {
            self.diags.push(unknown("skill", skill, known));
            return;
        };
        match report.skills.iter().find(|known| known.skill == at) {
            None => self.fail(skill.span, format!("`{}` does not count in this scenario", skill.value)),
            Some(found) if found.score.rounded != u64::from(score.value) => {
                let message =
                    format!("this play has {} in {}, not {}", found.score.rounded, skill.value, score.value);
                self.fail(score.span, message);
            }
            Some(_) => {}
        }
    }
}

/// Why a choice of a path cannot be taken.
fn stuck(session: &Session<&Scenario>, id: &At<String>, refused: Refused) -> Diagnostic {
    let at = &session.scenario().graph().nodes[session.view().at].id;
    let open = open(session);
    let message = match refused {
        Refused::Over => format!("this path has ended at `{at}`, and `{}` is left over", id.value),
        Refused::Unknown => format!("the decision `{at}` has no choice `{}`", id.value),
        Refused::Closed => format!("the choice `{}` of the decision `{at}` is closed here", id.value),
    };
    let otherwise = match open.is_empty() {
        true => "remove it".to_owned(),
        false => format!("open there: {}", open.join(", ")),
    };
    failed(id.span, message).hint(did_you_mean(&id.value, open.iter().copied(), otherwise))
}

fn open<'a>(session: &'a Session<&Scenario>) -> Vec<&'a str> {
    let choices = session.decision().map_or(&[][..], |decision| &decision.choices);
    choices.iter().filter(|choice| session.is_open(choice)).map(|choice| choice.id.as_str()).collect()
}
