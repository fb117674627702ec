//! What a play is worth, and why: the score, the ledger that explains it, and what would still have been possible.

use alloc::vec::Vec;

use core::ops::Deref;

use crate::best::{Best, Futures};
use crate::fraction::Fraction;
use crate::graph::Cap;
use crate::ledger::{self, Line};
use crate::scale::{Scale, Tally};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::state::State;

/// The score of a play and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whether an ending was reached. If not, there is no score and no forfeit.
    pub complete: bool,
    /// The score, after caps.
    pub final_: Option<Score>,
    /// The score before caps.
    pub raw: Option<Score>,
    /// The skills that count, in the model's order.
    pub skills: Vec<SkillScore>,
    /// Index of the model's band.
    pub band: Option<usize>,
    /// Whether the model's pass rule holds.
    pub pass: Option<bool>,
    /// Whether its mastery rule does.
    pub mastery: Option<bool>,
    /// The most severe conduct met.
    pub cap: Option<Cap>,
    /// Index of the ending's node in the graph.
    pub ending: Option<usize>,
    /// Before the first choice, then after each.
    pub goodwill: Vec<u8>,
    /// Every mark lost. The costs add up to 100 - final.
    pub ledger: Vec<Line>,
    /// The sum of the costs as shown, in tenths of a point: 100 - final, rounded to a tenth.
    pub lost: u32,
    /// The choices taken.
    pub steps: Vec<StepReport>,
}

/// A score out of 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// To the last digit.
    pub exact: Fraction,
    /// Halves up: what bands and rules compare.
    pub rounded: u64,
}

/// The score of one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillScore {
    /// Index of the model's skill.
    pub skill: usize,
    /// Out of 100.
    pub score: Score,
    /// How many decisions that test it a flawless play meets.
    pub par: u16,
    /// How many this play met.
    pub met: u16,
}

/// One choice taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepReport {
    /// Index of the node in the graph.
    pub at: usize,
    /// The choice's place in the author's order.
    pub chosen: usize,
    /// 0 to 3, parallel to the decision's tested skills.
    pub ratings: Vec<u8>,
    /// Whether what the skill needs was open, parallel to the decision's tested skills.
    pub in_order: Vec<bool>,
    /// After the choice.
    pub goodwill: u8,
    /// The best final still reachable after the choice.
    pub best: Score,
    /// Whether `best` can be reached, or is only known not to be exceeded.
    pub method: Method,
}

/// How a figure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By looking at every way on.
    Exact,
    /// There were too many ways on: it is a bound.
    Bound,
}

impl Score {
    fn new(exact: Fraction) -> Self {
        Self { exact, rounded: exact.rounded() }
    }
}

/// The report of a play.
pub(crate) fn of<S: Deref<Target = Scenario>>(session: &Session<S>) -> Report {
    let scenario = session.scenario();
    let (model, scale) = (&scenario.graph().model, scenario.scale());
    let complete = session.decision().is_none();
    let tallies = tallies(session);
    let so_far = tallies.last().copied().unwrap_or_default();
    let tally = if complete { scale.closed(so_far) } else { so_far };
    let (raw, last) = (scale.raw(&tally), scale.last(model, &tally));
    let skills = skills(scale, &tally);
    let score = |units| complete.then(|| Score::new(scale.points(units)));
    let final_ = score(last);
    let passed = |score: Score| {
        let floor = |par| if par == 1 { model.pass.single_chance } else { model.pass.every_skill };
        let skills_hold = skills.iter().all(|skill| skill.score.rounded >= u64::from(floor(skill.par)));
        score.rounded >= u64::from(model.pass.score) && skills_hold && tally.cap.is_none()
    };
    let mastered = |score: Score| {
        let rule = model.mastery;
        let skills_hold = skills.iter().all(|skill| skill.score.rounded >= u64::from(rule.every_skill));
        passed(score) && score.rounded >= u64::from(rule.score) && skills_hold
    };
    let (ledger, lost) = ledger::of(session, complete);
    let goodwill = session.moves().map(|(state, ..)| state.goodwill).chain([session.state().goodwill]);
    Report {
        complete,
        final_,
        raw: score(raw),
        band: final_.and_then(|score| model.bands.iter().position(|from| score.rounded >= u64::from(*from))),
        pass: final_.map(passed),
        mastery: final_.map(mastered),
        cap: tally.cap,
        ending: complete.then(|| usize::from(session.state().node)),
        goodwill: goodwill.collect(),
        ledger,
        lost,
        steps: steps(session, &tallies),
        skills,
    }
}

/// After each choice, what was lost and met so far.
fn tallies<S: Deref<Target = Scenario>>(session: &Session<S>) -> Vec<Tally> {
    let scenario = session.scenario();
    let (model, scale) = (&scenario.graph().model, scenario.scale());
    let mut tally = Tally::default();
    let moves = session.moves().map(|(state, decision, choice)| {
        let in_order = state.step(model, decision, choice).in_order;
        tally = scale.add(model, tally, (decision, choice), in_order);
        tally
    });
    moves.collect()
}

fn skills(scale: &Scale, tally: &Tally) -> Vec<SkillScore> {
    let counted = (0..scale.par.len()).filter(|skill| scale.par[*skill] > 0);
    let score = |skill| Score::new(scale.skill(tally, skill));
    let of = |skill| SkillScore { skill, score: score(skill), par: scale.par[skill], met: tally.met[skill] };
    counted.map(of).collect()
}

fn steps<S: Deref<Target = Scenario>>(session: &Session<S>, tallies: &[Tally]) -> Vec<StepReport> {
    let scenario = session.scenario();
    let graph = scenario.graph();
    let after = |step: usize| session.taken().get(step + 1).map_or(session.state(), |(state, _)| *state);
    if tallies.is_empty() {
        return Vec::new();
    }
    let futures = Futures::new(scenario, after(0));
    let step = |(at, (state, decision, choice)): (usize, (State, &crate::Decision, &crate::Choice))| {
        let in_order = state.step(&graph.model, decision, choice).in_order;
        let (best, method) = match futures.best(after(at), &tallies[at]) {
            Best::Exact(best) => (best, Method::Exact),
            Best::Bound(best) => (best, Method::Bound),
        };
        StepReport {
            at: usize::from(state.node),
            chosen: usize::from(session.taken()[at].1),
            ratings: choice.ratings.clone(),
            in_order: decision.tests.iter().map(|skill| in_order >> skill & 1 == 1).collect(),
            goodwill: after(at).goodwill,
            best: Score::new(best),
            method,
        }
    };
    session.moves().enumerate().map(step).collect()
}
