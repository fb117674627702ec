//! Scores of many random plays, for scenarios with too many states to look at each. The same seed, the same plays.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::scale::Tally;

use crate::prove::bound;
use crate::prove::figure::Method;
use crate::prove::joint::Sums;
use crate::prove::routes::choice_of;
use crate::prove::score::{Scores, Verdict};
use crate::prove::skill::SkillFigures;

/// How many plays are drawn.
pub const PLAYS: u32 = 100_000;

/// The finals of [`PLAYS`] random plays, and the skills' scores in them.
pub(super) fn all(scenario: &Scenario, reach: &Reach) -> (Scores, Vec<SkillFigures>) {
    let scale = scenario.scale();
    let counts = scenario.par().iter().enumerate().filter(|(_, par)| **par > 0);
    let mut skills: Vec<(usize, BTreeMap<u32, u32>)> =
        counts.map(|(skill, _)| (skill, BTreeMap::new())).collect();
    let (mut sums, one) = (Sums::new(scenario), BigUint::from(1u32));
    plays(scenario, reach, |ending, tally| {
        sums.add(ending, &Verdict::of(scenario, tally), &one);
        for (skill, scores) in &mut skills {
            let left = scale.whole(*skill).saturating_sub(tally.skills[*skill].loss);
            *scores.entry(left).or_default() += 1;
        }
    });
    let all = BigUint::from(PLAYS);
    let figures = skills.into_iter().map(|(skill, scores)| {
        let scores = scores.into_iter().map(|(left, count)| (left, count.into())).collect();
        SkillFigures::of(skill, scale.whole(skill), scores, (&all, Method::Sampled))
    });
    let drawn = sums.close(&all, Method::Sampled);
    (Scores { best: bound::best(scenario, reach), ..drawn }, figures.collect())
}

/// Draws [`PLAYS`] plays: the ending of each, and what was lost, forfeits included.
fn plays(scenario: &Scenario, reach: &Reach, mut end: impl FnMut(usize, &Tally)) {
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let mut draw = Draw(1);
    for _ in 0..PLAYS {
        let (mut number, mut tally) = (0, Tally::default());
        while let edges @ [_, ..] = reach.edges(number) {
            let edge = &edges[draw.below(edges.len())];
            if let Some(taken) = choice_of(graph, reach, number, edge) {
                tally = scale.add(&graph.model, tally, taken, edge.in_order);
            }
            number = edge.to;
        }
        end(usize::from(reach.states()[number as usize].node), &scale.closed(tally));
    }
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
