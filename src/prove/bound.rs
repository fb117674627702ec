//! What can be said of the best final without looking at every state: a bound that it does not pass.
//!
//! Each skill, and the cap, is looked at by itself: the least that plays can lose of it before a choice and after, and the
//! most chances that they can meet. One play need not be the best in all of them, so the true best may be lower; it is
//! never higher.

use std::collections::BTreeMap;

use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::model::MAX_SKILLS;
use scenario_wasm::scale::Tally;

use crate::prove::figure::{Figure, Method};
use crate::prove::score::BestAfter;
use crate::prove::step::Steps;

/// A bound for the best final after each choice that a play can take; of the skills that count, by what each step adds.
pub(super) fn best(
    scenario: &Scenario,
    reach: &Reach,
    (skills, steps): (&[usize], &Steps),
) -> Vec<BestAfter> {
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let (count, width) = (reach.states().len(), skills.len());
    // By state: the most favorable of what plays bring along, and of what lies ahead.
    let (mut before, mut ahead) = (Front::new(count, width), Front::new(count, width));
    before.improve(0, |_| (0, 0), None);
    for &state in reach.order() {
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (adds, cap) = steps.at(state, at);
            let here = sums(before.at(state), adds);
            before.improve(edge.to, |skill| here[skill], before.caps[state as usize].max(cap));
        }
    }
    for &state in reach.order().iter().rev() {
        if reach.edges(state).is_empty() {
            ahead.improve(state, |_| (0, 0), None);
        }
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (adds, cap) = steps.at(state, at);
            let way = sums(ahead.at(edge.to), adds);
            ahead.improve(state, |skill| way[skill], ahead.caps[edge.to as usize].max(cap));
        }
    }
    let mut best: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for &state in reach.order() {
        let node = usize::from(reach.states()[state as usize].node);
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (adds, cap) = steps.at(state, at);
            let mut tally = Tally::default();
            let parts = before.at(state).iter().zip(adds).zip(ahead.at(edge.to));
            for (skill, ((before, own), ahead)) in skills.iter().zip(parts) {
                let track = &mut tally.skills[*skill];
                (track.loss, track.met) = plus(plus(*before, *own), *ahead);
            }
            tally.cap = before.caps[state as usize].max(cap).max(ahead.caps[edge.to as usize]);
            let units = scale.last(&graph.model, &scale.closed(tally));
            let best = best.entry((node, usize::from(edge.choice))).or_default();
            *best = units.max(*best);
        }
    }
    let each = best.into_iter().map(|((node, choice), units)| BestAfter {
        node,
        choice,
        best: Figure { method: Method::Bound, ..Figure::from(scale.points(units)) },
    });
    each.collect()
}

/// By state, the least loss and the most chances of each skill, and the lightest cap.
struct Front {
    width: usize,
    tracks: Vec<(u32, u32)>,
    caps: Vec<Option<Cap>>,
    known: Vec<bool>,
}

impl Front {
    fn new(count: usize, width: usize) -> Self {
        Self {
            width,
            tracks: vec![(0, 0); count * width],
            caps: vec![None; count],
            known: vec![false; count],
        }
    }

    fn at(&self, state: u32) -> &[(u32, u32)] {
        &self.tracks[state as usize * self.width..][..self.width]
    }

    fn improve(&mut self, state: u32, track: impl Fn(usize) -> (u32, u32), cap: Option<Cap>) {
        let first = !std::mem::replace(&mut self.known[state as usize], true);
        for skill in 0..self.width {
            let (loss, met) = track(skill);
            let known = &mut self.tracks[state as usize * self.width + skill];
            *known = if first { (loss, met) } else { (loss.min(known.0), met.max(known.1)) };
        }
        let known = &mut self.caps[state as usize];
        *known = if first { cap } else { cap.min(*known) };
    }
}

fn sums(known: &[(u32, u32)], more: &[(u32, u32)]) -> [(u32, u32); MAX_SKILLS] {
    let mut sums = [(0, 0); MAX_SKILLS];
    for (sum, (known, more)) in sums.iter_mut().zip(known.iter().zip(more)) {
        *sum = plus(*known, *more);
    }
    sums
}

fn plus(a: (u32, u32), b: (u32, u32)) -> (u32, u32) {
    (a.0 + b.0, a.1 + b.1)
}
