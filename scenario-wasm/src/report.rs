//! The result of a play: the score, the ledger that explains it, and what was still possible.

use alloc::vec::Vec;

use core::ops::Deref;

use crate::best::Futures;
use crate::fraction::Fraction;
use crate::graph::Cap;
use crate::ledger::{self, Line};
use crate::scale::{Scale, Tally};
use crate::scenario::Scenario;
use crate::session::Session;

/// The score of a play, and its explanation.
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
    /// Whether it passes by the model's rule.
    pub pass: Option<bool>,
    /// Whether it is mastery by the model's rule.
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
    /// Rounded half up; bands and rules use this value.
    pub rounded: u64,
}

/// The score of one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillScore {
    /// Index of the model's skill.
    pub skill: usize,
    /// Out of 100.
    pub score: Score,
    /// The number of decisions that test it in a flawless play.
    pub par: u16,
    /// The number of them in this play.
    pub met: u32,
}

/// A choice that was taken. The goodwill after it is the next value of [`Report::goodwill`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepReport {
    /// Index of the node in the graph.
    pub at: usize,
    /// The index of the choice, in the author's order.
    pub chosen: usize,
    /// The skills, as a set, whose needs were open when it was rated.
    pub in_order: u16,
    /// The best final still reachable after the choice.
    pub best: Score,
    /// Whether `best` can be reached, or is only an upper bound.
    pub method: Method,
}

/// How a figure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By trying every continuation.
    Exact,
    /// There are too many continuations; this is a bound.
    Bound,
}

impl Score {
    fn new(exact: Fraction) -> Self {
        Self { exact, rounded: exact.rounded() }
    }

    fn reaches(self, least: u8) -> bool {
        self.rounded >= u64::from(least)
    }
}

/// The report of a play.
pub(crate) fn of<S: Deref<Target = Scenario>>(session: &Session<S>, futures: &Futures) -> Report {
    let scenario = session.scenario();
    let (model, scale) = (&scenario.graph().model, scenario.scale());
    let account = ledger::of(session);
    let tally = account.tally;
    let complete = session.decision().is_none();
    let score = |units| Score::new(scale.points(units));
    let last = score(scale.last(model, &tally));
    let skills = skills(scale, &tally);
    let (mut pass, mut mastery) =
        (tally.cap.is_none() && last.reaches(model.pass.score), last.reaches(model.mastery.score));
    for skill in &skills {
        let floor = if skill.par == 1 { model.pass.single_chance } else { model.pass.every_skill };
        pass &= skill.score.reaches(floor);
        mastery &= skill.score.reaches(model.mastery.every_skill);
    }
    let band = model.bands.iter().position(|from| last.reaches(*from));
    Report {
        complete,
        final_: complete.then_some(last),
        raw: complete.then(|| score(scale.raw(&tally))),
        band: band.filter(|_| complete),
        pass: complete.then_some(pass),
        mastery: complete.then_some(pass && mastery),
        cap: tally.cap,
        ending: complete.then(|| usize::from(session.state().node)),
        goodwill: session.states().iter().map(|state| state.goodwill).collect(),
        steps: steps(session, futures, &account.after),
        ledger: account.lines,
        lost: account.lost,
        skills,
    }
}

fn skills(scale: &Scale, tally: &Tally) -> Vec<SkillScore> {
    let mut skills = Vec::new();
    for (skill, par) in scale.par.iter().enumerate() {
        if *par > 0 {
            let score = Score::new(scale.skill(tally, skill));
            skills.push(SkillScore { skill, score, par: *par, met: tally.skills[skill].met });
        }
    }
    skills
}

/// `after` holds, for each choice, the skills in order and the tally so far.
fn steps<S: Deref<Target = Scenario>>(
    session: &Session<S>,
    futures: &Futures,
    after: &[(u16, Tally)],
) -> Vec<StepReport> {
    let (states, mut steps) = (session.states(), Vec::new());
    for (step, (in_order, tally)) in after.iter().enumerate() {
        let (best, method) = futures.best(session.scenario(), states[step + 1], tally);
        let (at, chosen) = (usize::from(states[step].node), usize::from(session.chosen()[step]));
        steps.push(StepReport { at, chosen, in_order: *in_order, best: Score::new(best), method });
    }
    steps
}
