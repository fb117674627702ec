//! A scenario with its proof, and the names of what the figures speak of.

use scenario_wasm::{Graph, State};

use crate::course::{Model, Scenario};
use crate::prove::Proof;

/// A scenario and its proof.
#[derive(Debug)]
pub struct Proved<'a> {
    /// What was proved.
    pub scenario: &'a Scenario,
    /// What it is scored by.
    pub model: &'a Model,
    /// The figures.
    pub proof: Proof,
}

impl Proved<'_> {
    /// The id of a node of the graph.
    #[must_use]
    pub fn node(&self, at: usize) -> &str {
        &self.scenario.story.engine.graph().nodes[at].id
    }

    /// The id of a choice.
    #[must_use]
    pub fn choice(&self, node: usize, choice: usize) -> &str {
        let decision = self.scenario.story.engine.graph().nodes[node].decision.as_ref();
        decision.map_or("", |decision| &decision.choices[choice].id)
    }

    /// The ids of the choices of a play from the start.
    #[must_use]
    pub fn play(&self, play: &[usize]) -> Vec<&str> {
        choice_ids(self.scenario.story.engine.graph(), play)
    }
}

/// The ids of the choices that a play takes from the start, by their places.
#[must_use]
pub fn choice_ids<'a>(graph: &'a Graph, play: &[usize]) -> Vec<&'a str> {
    let mut state = State::start(graph);
    let ids = play.iter().map_while(|choice| {
        let decision = graph.nodes[usize::from(state.node)].decision.as_ref()?;
        let choice = &decision.choices[*choice];
        state = state.step(&graph.model, decision, choice).next;
        Some(choice.id.as_str())
    });
    ids.collect()
}
