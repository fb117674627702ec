//! Scores of many random plays, for scenarios with too many states to look at each. The same seed, the same plays.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use rayon::prelude::*;
use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::scale::Tally;

use crate::prove::bound;
use crate::prove::figure::Method;
use crate::prove::joint::Sums;
use crate::prove::score::{Scores, Verdict};
use crate::prove::skill::SkillFigures;
use crate::prove::step::Steps;

/// How many plays are drawn.
pub const PLAYS: u32 = 100_000;

/// So many are drawn by one of the machine's cores at a time, each lot by a seed of its own.
const LOT: u32 = 5_000;

/// The finals of [`PLAYS`] random plays, and the skills' scores in them.
pub(super) fn all(scenario: &Scenario, reach: &Reach) -> (Scores, Vec<SkillFigures>) {
    let scale = scenario.scale();
    let skills: Vec<usize> = (0..scenario.par().len()).filter(|skill| scenario.par()[*skill] > 0).collect();
    let steps = Steps::new(scenario, reach, &skills);
    let lots = (0..PLAYS / LOT).into_par_iter().map(|lot| {
        let mut draw = Draw(u64::from(lot) + 1);
        (0..LOT).map(|_| play(scenario, reach, (&skills, &steps), &mut draw)).collect::<Vec<_>>()
    });
    let mut left: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); skills.len()];
    let (mut sums, one) = (Sums::new(scenario), BigUint::from(1u32));
    for (ending, tally) in lots.collect::<Vec<_>>().into_iter().flatten() {
        sums.add(ending, &Verdict::of(scenario, &tally), &one);
        for (left, &skill) in left.iter_mut().zip(&skills) {
            *left.entry(scale.whole(skill).saturating_sub(tally.skills[skill].loss)).or_default() += 1;
        }
    }
    let all = BigUint::from(PLAYS);
    let figures = skills.iter().zip(left).map(|(&skill, left)| {
        let left = left.into_iter().map(|(left, count)| (left, count.into())).collect();
        SkillFigures::of(skill, scale.whole(skill), left, (&all, Method::Sampled))
    });
    let drawn = sums.close(&all, Method::Sampled);
    (Scores { best: bound::best(scenario, reach, (&skills, &steps)), ..drawn }, figures.collect())
}

/// Draws a play: its ending, and what was lost, forfeits included.
fn play(
    scenario: &Scenario,
    reach: &Reach,
    (skills, steps): (&[usize], &Steps),
    draw: &mut Draw,
) -> (usize, Tally) {
    let (mut number, mut tally) = (0, Tally::default());
    while let edges @ [_, ..] = reach.edges(number) {
        let at = draw.below(edges.len());
        let (adds, cap) = steps.at(number, at);
        for (skill, (loss, met)) in skills.iter().zip(adds) {
            tally.skills[*skill].loss += loss;
            tally.skills[*skill].met += met;
        }
        tally.cap = tally.cap.max(cap);
        number = edges[at].to;
    }
    (usize::from(reach.states()[number as usize].node), scenario.scale().closed(tally))
}

/// Steele, Lea and Flood's SplitMix64.
struct Draw(u64);

impl Draw {
    /// A number below `below`, of which there are few: the bias of a remainder does not show.
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % below as u64) as usize
    }
}
