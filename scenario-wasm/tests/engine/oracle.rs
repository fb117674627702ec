//! A second implementation of the scoring rules, with fractions and no shared unit, as close to their text as possible. The
//! engine is compared with it.

use std::cmp::Ordering;

use scenario_wasm::{Fraction, Scenario, Session};

use crate::statements::every_play;

/// A fraction that may be negative, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ratio(i128, i128);

impl Ratio {
    pub(crate) fn new(numerator: i128, denominator: i128) -> Self {
        let (mut a, mut b) = (numerator.abs(), denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(numerator / a.max(1), denominator / a.max(1))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    fn times(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }

    fn rounded(self) -> i128 {
        (2 * self.0 + self.1).div_euclid(2 * self.1)
    }
}

impl From<Fraction> for Ratio {
    fn from(fraction: Fraction) -> Self {
        Self(fraction.numerator().into(), fraction.denominator().into())
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.0 * other.1).partial_cmp(&(other.0 * self.1))
    }
}

/// The final score of a finished play, by the rules.
pub(crate) fn final_score(session: &Session<&Scenario>) -> Ratio {
    let graph = session.scenario().graph();
    let (model, par) = (&graph.model, session.scenario().par());
    let (mut opened, mut cap) = (graph.already, None);
    let mut loss = vec![Ratio::new(0, 1); par.len()];
    let mut met = vec![0i128; par.len()];
    for (state, chosen) in session.states().iter().zip(session.chosen()) {
        let decision = graph.nodes[usize::from(state.node)].decision.as_ref().unwrap();
        let choice = &decision.choices[usize::from(*chosen)];
        for (skill, rating) in decision.tests.iter().zip(&choice.ratings) {
            opened |= u16::from(*rating >= 2) << skill;
        }
        for (skill, rating) in decision.tests.iter().zip(&choice.ratings) {
            let skill = usize::from(*skill);
            let ready = decision.free_order || model.skills[skill].needs.iter().all(|any| any & opened != 0);
            let (numerator, denominator) = if ready { (1, 1) } else { model.out_of_order };
            let earned = Ratio::new(i128::from(numerator) * i128::from(*rating), i128::from(denominator));
            loss[skill] = loss[skill].plus(Ratio::new(3, 1)).plus(Ratio(-earned.0, earned.1));
            met[skill] += 1;
        }
        for slip in &choice.slips {
            let owner = model.slips[usize::from(*slip)].skill;
            if decision.tests.contains(&owner) {
                continue;
            }
            let bearers = [owner].into_iter().chain(decision.tests.iter().copied());
            if let Some(bearer) = bearers.map(usize::from).find(|skill| par[*skill] > 0) {
                loss[bearer] = loss[bearer].plus(Ratio::new(1, 1));
            }
        }
        cap = cap.max(choice.cap);
    }
    let (mut sum, mut weights) = (Ratio::new(0, 1), 0);
    for (skill, par) in par.iter().map(|par| i128::from(*par)).enumerate().filter(|(_, par)| *par > 0) {
        let forfeits = Ratio::new(3 * (par - met[skill]).max(0), 1);
        let share = loss[skill].plus(forfeits).times(Ratio::new(1, 3 * par));
        let left = Ratio(share.1 - share.0, share.1);
        let weight = i128::from(model.skills[skill].weight);
        sum = sum.plus(Ratio::new(left.0.max(0), left.1).times(Ratio::new(100 * weight, 1)));
        weights += weight;
    }
    let raw = sum.times(Ratio::new(1, weights));
    let ceiling = cap.map(|cap| Ratio::new(model.ceiling(cap).into(), 1));
    ceiling.filter(|ceiling| *ceiling < raw).unwrap_or(raw)
}

#[test]
fn the_engine_scores_by_the_rules() {
    every_play(4000, |seed, _, play, session| {
        let score = session.report().final_.unwrap();
        let expected = final_score(session);
        assert_eq!(Ratio::from(score.exact), expected, "seed {seed}, play {play:?}");
        assert_eq!(i128::from(score.rounded), expected.rounded(), "seed {seed}");
    });
}
