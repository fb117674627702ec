//! The scoring rules once more, as literally as they can be written, with fractions and no shared unit: what the
//! engine is compared with.

use scenario_wasm::{Scenario, Session};

use crate::generated::scenarios;
use crate::playing::{played, plays};

/// A fraction that may be negative. Never reduced: the numbers of the tests are small.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratio(pub(crate) i128, pub(crate) i128);

impl Ratio {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1).reduced()
    }

    pub(crate) fn times(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1).reduced()
    }

    pub(crate) fn less_than(self, other: Self) -> bool {
        self.0 * other.1 < other.0 * self.1
    }

    pub(crate) fn least(self, other: Self) -> Self {
        if other.less_than(self) { other } else { self }
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.0.abs(), self.1.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(self.0 / a.max(1), self.1 / a.max(1))
    }

    fn shown(self) -> String {
        let Self(over, under) = self.reduced();
        if under == 1 { over.to_string() } else { format!("{over}/{under}") }
    }
}

/// The final of a finished play, by the rules.
pub(crate) fn last(session: &Session<&Scenario>) -> Ratio {
    let graph = session.scenario().graph();
    let (model, par) = (&graph.model, session.scenario().par());
    let (mut opened, mut cap) = (graph.already, None);
    let mut loss = vec![Ratio(0, 1); par.len()];
    let mut met = vec![0i128; par.len()];
    for (state, chosen) in session.states().iter().zip(session.chosen()) {
        let decision =
            graph.nodes[usize::from(state.node)].decision.as_ref().expect("a choice was taken there");
        let choice = &decision.choices[usize::from(*chosen)];
        for (skill, rating) in decision.tests.iter().zip(&choice.ratings) {
            opened |= u16::from(*rating >= 2) << skill;
        }
        for (skill, rating) in decision.tests.iter().zip(&choice.ratings) {
            let skill = usize::from(*skill);
            let ready = decision.free_order || model.skills[skill].needs.iter().all(|any| any & opened != 0);
            let (over, under) = if ready { (1, 1) } else { model.out_of_order };
            let earned = Ratio(i128::from(over) * i128::from(*rating), i128::from(under));
            loss[skill] = loss[skill].plus(Ratio(3, 1)).plus(Ratio(-earned.0, earned.1));
            met[skill] += 1;
        }
        for slip in &choice.slips {
            let owner = model.slips[usize::from(*slip)].skill;
            if decision.tests.contains(&owner) {
                continue;
            }
            let bearers = [owner].into_iter().chain(decision.tests.iter().copied());
            if let Some(bearer) = bearers.map(usize::from).find(|skill| par[*skill] > 0) {
                loss[bearer] = loss[bearer].plus(Ratio(1, 1));
            }
        }
        cap = cap.max(choice.cap);
    }
    let (mut sum, mut weights) = (Ratio(0, 1), 0);
    for (skill, par) in par.iter().map(|par| i128::from(*par)).enumerate().filter(|(_, par)| *par > 0) {
        let forfeits = Ratio(3 * (par - met[skill]).max(0), 1);
        let share = loss[skill].plus(forfeits).times(Ratio(1, 3 * par));
        let left = Ratio(1, 1).plus(Ratio(-share.0, share.1));
        let score = if left.0 < 0 { Ratio(0, 1) } else { left.times(Ratio(100, 1)) };
        let weight = i128::from(model.skills[skill].weight);
        sum = sum.plus(score.times(Ratio(weight, 1)));
        weights += weight;
    }
    let raw = sum.times(Ratio(1, weights));
    cap.map_or(raw, |cap| raw.least(Ratio(i128::from(model.ceiling(cap)), 1)))
}

#[test]
fn the_engine_scores_by_the_rules() {
    for (seed, scenario) in scenarios(4000) {
        for play in plays(&scenario) {
            let session = played(&scenario, &play).expect("it was played before");
            let score = session.report().final_.expect("the play is complete");
            let rules = last(&session).reduced();
            assert_eq!(score.exact.to_string(), rules.shown(), "seed {seed}, play {play:?}");
            assert_eq!(
                i128::from(score.rounded),
                (2 * rules.0 + rules.1).div_euclid(2 * rules.1),
                "seed {seed}"
            );
        }
    }
}
