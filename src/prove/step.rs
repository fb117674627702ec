//! What each way on adds to a score, worked out once for all plays.

use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::scale::Tally;

use crate::prove::routes::choice_of;

/// The losses of some skills and the caps, by routing state and edge: side by side, for they are read millions of times.
#[derive(Debug)]
pub(super) struct Steps {
    /// How many skills are looked at.
    skills: usize,
    /// By routing state: where its edges begin.
    starts: Vec<usize>,
    /// By edge, by skill: loss and chances met.
    adds: Vec<(u32, u32)>,
    /// By edge.
    caps: Vec<Option<Cap>>,
}

impl Steps {
    /// Of these skills, all of which count.
    pub(super) fn new(scenario: &Scenario, reach: &Reach, skills: &[usize]) -> Self {
        let (graph, scale) = (scenario.graph(), scenario.scale());
        let mut all = Self { skills: skills.len(), starts: Vec::new(), adds: Vec::new(), caps: Vec::new() };
        for number in (0..).take(reach.states().len()) {
            all.starts.push(all.caps.len());
            for edge in reach.edges(number) {
                let taken = choice_of(graph, reach, number, edge).expect("a way on begins at a decision");
                let tally = scale.add(&graph.model, Tally::default(), taken, edge.in_order);
                let tracks = skills.iter().map(|skill| tally.skills[*skill]);
                all.adds.extend(tracks.map(|track| (track.loss, track.met)));
                all.caps.push(tally.cap);
            }
        }
        all
    }

    /// By skill, loss and chances met, and the cap, of the `edge`th way out of a state.
    pub(super) fn at(&self, state: u32, edge: usize) -> (&[(u32, u32)], Option<Cap>) {
        let edge = self.starts[state as usize] + edge;
        (&self.adds[edge * self.skills..][..self.skills], self.caps[edge])
    }
}
