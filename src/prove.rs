//! How all plays of a story turn out, as figures with their method.
//!
//! Beside the flow: `check`, `prove` and `map` read it. Equal states are merged and plays never listed: what routing alone
//! decides is always exact, and so is what random play scores in each skill; the final score is exact up to a limit of
//! states, and sampled beyond it. No clock, and no randomness without a fixed seed.

mod ahead;
mod bound;
pub mod figure;
pub mod human;
mod joint;
pub mod lock;
pub mod moments;
pub mod probe;
mod product;
pub mod proved;
pub mod routes;
mod sample;
pub mod score;
mod share;
pub mod skill;
mod step;
pub mod style;
mod sums;

use num_bigint::BigUint;
use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::scenario::LIMIT as ROUTES;

use crate::course::Story;
use crate::parallel;
use sums::Scored;

pub use figure::{Exact, Figure, Method};
pub use probe::{Played, Policy, Probe};
pub use proved::{Proved, Proving, StyleProof, choice_ids};
pub use routes::{ChoiceFigures, GateFigures, NodeFigures, Routes, WayFigures};
pub use sample::PLAYS;
pub use score::{BestAfter, Dominance, Range, Scores};
pub use skill::SkillFigures;

/// Up to this many states the final score is exact, unless the caller sets another limit.
pub const LIMIT: usize = 1_000_000;

/// All that is known about a story's plays. Nodes are indices into the engine's graph, choices into their decision.
#[derive(Debug)]
pub struct Proof {
    /// By skill of the model: the decisions of a flawless play that test it. 0 if it does not count.
    pub par: Vec<u16>,
    /// Plays, endings, gates, and what no play meets.
    pub routes: Routes,
    /// The scores of the skills that count.
    pub skills: Vec<SkillFigures>,
    /// The mean of the final before caps, under random play.
    pub raw: Figure,
    /// The final scores.
    pub scores: Scores,
    /// What each probe policy scores.
    pub probes: Vec<Probe>,
    /// Every state that a play can reach.
    pub reach: Reach,
}

/// Shares of random play in the model's bands, exact up to [`LIMIT`] states.
pub fn bands(scenario: &Scenario) -> Vec<Figure> {
    let routed = Routed::of(scenario);
    joint::scores(&routed, LIMIT).unwrap_or_else(|| sample::all(&routed)).finals.bands
}

/// The routing states of a scenario, and what follows from them alone.
#[derive(Debug)]
pub struct Routed<'a> {
    scenario: &'a Scenario,
    reach: Reach,
    /// The denominator of all shares of random play.
    whole: BigUint,
    /// The figures.
    pub routes: Routes,
}

impl<'a> Routed<'a> {
    /// Looks at every routing state.
    pub fn of(scenario: &'a Scenario) -> Self {
        let reach = scenario.reach(ROUTES).expect("the engine has looked at every state before");
        let whole = share::denominator(&reach);
        let routes = Routes::of(scenario, &reach, &whole);
        Self { scenario, reach, whole, routes }
    }

    /// The skills that count, in the model's order.
    fn counting(&self) -> Vec<usize> {
        let par = self.scenario.par().iter().enumerate();
        par.filter(|(_, par)| **par > 0).map(|(skill, _)| skill).collect()
    }
}

impl Proof {
    /// The proof of a story, its final scores exact up to `limit` states.
    pub fn of(story: &Story, limit: usize) -> Self {
        let scenario = &story.engine;
        let routed = Routed::of(scenario);
        let Scored { finals: mut scores, skills } = joint::scores(&routed, limit).unwrap_or_else(|| {
            let (exact, sampled) = parallel::join(|| skill::skills(&routed), || sample::all(&routed));
            Scored { skills: exact.unwrap_or(sampled.skills), ..sampled }
        });
        let raw = skill::raw(scenario, &skills);
        let Routed { reach, routes, .. } = routed;
        if routes.caps == [false, false] {
            // Nothing is ever capped, so the mean is known however many states there are.
            scores.mean = raw.clone();
        }
        let par = scenario.par().to_vec();
        Self { par, routes, skills, raw, scores, probes: probe::all(story), reach }
    }

    /// What a probe policy scores.
    pub fn probe(&self, policy: Policy) -> &Probe {
        self.probes.iter().find(|probe| probe.policy == policy).expect("every policy was tried")
    }
}
