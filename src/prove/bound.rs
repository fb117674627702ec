//! A bound for the best final, without exploring every state: the best never exceeds it.
//!
//! Each skill, and the cap, is considered by itself: the least that plays can lose of it before and after a choice, and the
//! most chances that they can meet. No single play need be the best in all of them, so the true best may be lower; it is
//! never higher.

use std::collections::BTreeMap;

use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::model::MAX_SKILLS;
use scenario_wasm::scale::{Tally, Track};

use crate::prove::figure::{Figure, Method};
use crate::prove::score::BestAfter;
use crate::prove::step::{Step, Steps, plus};

/// A bound for the best final after each choice that a play can take, from what each step adds to the skills that count.
pub(super) fn best(scenario: &Scenario, reach: &Reach, steps: &Steps) -> Vec<BestAfter> {
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let (count, width) = (reach.states().len(), steps.skills.len());
    // By state: the most favorable of what plays bring along, and of what lies ahead.
    let (mut before, mut ahead) = (Front::new(count, width), Front::new(count, width));
    before.improve(0, Tracks::default(), None);
    for &state in reach.order() {
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (tracks, cap) = before.with(state, steps.at(state, at));
            before.improve(edge.to, tracks, cap);
        }
    }
    for &state in reach.order().iter().rev() {
        if reach.edges(state).is_empty() {
            ahead.improve(state, Tracks::default(), None);
        }
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (tracks, cap) = ahead.with(edge.to, steps.at(state, at));
            ahead.improve(state, tracks, cap);
        }
    }
    let mut best: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for &state in reach.order() {
        let node = usize::from(reach.states()[state as usize].node);
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (tracks, cap) = before.with(state, steps.at(state, at));
            let mut tally =
                Tally { cap: cap.max(ahead.caps[edge.to as usize].flatten()), ..Tally::default() };
            for ((skill, track), rest) in steps.skills.iter().zip(tracks).zip(ahead.at(edge.to)) {
                tally.skills[*skill] = plus(track, *rest);
            }
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

/// For the skills that count; the others are zero.
type Tracks = [Track; MAX_SKILLS];

/// By state, the least loss and the most chances of each skill, and the lightest cap.
struct Front {
    width: usize,
    tracks: Vec<Track>,
    /// `None` if nothing is known yet.
    caps: Vec<Option<Option<Cap>>>,
}

impl Front {
    fn new(count: usize, width: usize) -> Self {
        Self { width, tracks: vec![Track::default(); count * width], caps: vec![None; count] }
    }

    fn at(&self, state: u32) -> &[Track] {
        &self.tracks[state as usize * self.width..][..self.width]
    }

    /// What is known about a state, plus a step.
    fn with(&self, state: u32, step: Step<'_>) -> (Tracks, Option<Cap>) {
        let mut tracks = Tracks::default();
        for (sum, (known, add)) in tracks.iter_mut().zip(self.at(state).iter().zip(step.tracks)) {
            *sum = plus(*known, *add);
        }
        (tracks, self.caps[state as usize].flatten().max(step.cap))
    }

    fn improve(&mut self, state: u32, tracks: Tracks, cap: Option<Cap>) {
        let known = &mut self.tracks[state as usize * self.width..][..self.width];
        let known_cap = &mut self.caps[state as usize];
        if let Some(known_cap) = known_cap {
            for (known, track) in known.iter_mut().zip(tracks) {
                *known = Track { loss: known.loss.min(track.loss), met: known.met.max(track.met) };
            }
            *known_cap = cap.min(*known_cap);
        } else {
            known.copy_from_slice(&tracks[..self.width]);
            *known_cap = Some(cap);
        }
    }
}
