//! What each way adds to a score, worked out once for all plays.

use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::scale::{Tally, Track};

use crate::prove::routes::choice_of;

/// The losses in some skills and the caps, by routing state and edge: contiguous, since they are read millions of times.
#[derive(Debug)]
pub(super) struct Steps {
    /// The skills in question, all of which count.
    pub(super) skills: Vec<usize>,
    /// By routing state: where its edges begin.
    starts: Vec<usize>,
    /// By edge, by skill.
    adds: Vec<Track>,
    /// By edge.
    caps: Vec<Option<Cap>>,
}

/// What one way adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'a> {
    /// By the skills in question.
    pub(super) tracks: &'a [Track],
    pub(super) cap: Option<Cap>,
}

impl Steps {
    pub(super) fn new(scenario: &Scenario, reach: &Reach, skills: Vec<usize>) -> Self {
        let (graph, scale) = (scenario.graph(), scenario.scale());
        let mut all = Self { skills, starts: Vec::new(), adds: Vec::new(), caps: Vec::new() };
        for number in (0..).take(reach.states().len()) {
            all.starts.push(all.caps.len());
            for edge in reach.edges(number) {
                let taken = choice_of(graph, reach, number, edge).expect("a way begins at a decision");
                let tally = scale.add(&graph.model, Tally::default(), taken, edge.in_order);
                all.adds.extend(all.skills.iter().map(|skill| tally.skills[*skill]));
                all.caps.push(tally.cap);
            }
        }
        all
    }

    /// For the `edge`th way out of a state.
    pub(super) fn at(&self, state: u32, edge: usize) -> Step<'_> {
        let edge = self.starts[state as usize] + edge;
        let count = self.skills.len();
        Step { tracks: &self.adds[edge * count..][..count], cap: self.caps[edge] }
    }
}

/// Both together.
pub(super) fn plus(one: Track, other: Track) -> Track {
    Track { loss: one.loss + other.loss, met: one.met + other.met }
}
