//! A scenario with its proof, and the names behind the figures.

use scenario_wasm::{Graph, State};

use crate::course::{Course, Model, Scenario};
use crate::limits::Limits;
use crate::prove::style::{Reader, Reading, TooFew};
use crate::prove::{Played, Proof};

/// A scenario and its proof.
#[derive(Debug)]
pub struct Proved<'a> {
    /// What was proved.
    pub scenario: &'a Scenario,
    /// The model that scores it.
    pub model: &'a Model,
    /// The figures.
    pub proof: Proof,
    /// What a reader of style, taught by the rest of the course, finds in it; or why that cannot be said.
    pub style: Result<StyleProof, TooFew>,
}

/// What a reader of style finds in a scenario, and how it plays it.
#[derive(Debug)]
pub struct StyleProof {
    /// What it finds.
    pub reading: Reading,
    /// The number of decisions on other pages that taught it.
    pub learned_from: usize,
    /// Its play.
    pub played: Played,
}

/// What the proofs of a course have in common.
#[derive(Debug)]
pub struct Proving {
    /// A final score is exact up to this many states.
    states: usize,
    /// The course as a reader of style sees it.
    pub reader: Reader,
    /// The number of decisions on other pages that it takes to learn a style.
    needed: usize,
}

impl Proving {
    /// For the scenarios of a course.
    pub fn new(course: &Course, limits: &Limits, states: usize) -> Self {
        Self { states, reader: Reader::of(course), needed: limits.style_decisions as usize }
    }

    /// Proves one of them.
    pub fn prove<'a>(&self, scenario: &'a Scenario, model: &'a Model) -> Proved<'a> {
        Proved {
            scenario,
            model,
            proof: Proof::of(&scenario.story, self.states),
            style: self.style(scenario),
        }
    }

    /// What a reader of style finds in a scenario.
    ///
    /// # Errors
    /// If the rest of the course has too few decisions to learn from.
    pub fn style(&self, scenario: &Scenario) -> Result<StyleProof, TooFew> {
        let taught = self.reader.taught(scenario.file, self.needed)?;
        let (reading, played) = (taught.reading(), taught.play(&scenario.story));
        Ok(StyleProof { reading, learned_from: taught.learned_from, played })
    }

    /// What it finds on all pages together.
    ///
    /// # Errors
    /// If some page has too few others to learn from.
    pub fn whole(&self) -> Result<Reading, TooFew> {
        self.reader.whole(self.needed)
    }
}

impl Proved<'_> {
    /// The id of a node of the graph.
    pub fn node(&self, at: usize) -> &str {
        &self.scenario.story.engine.graph().nodes[at].id
    }

    /// The id of a choice.
    pub fn choice(&self, node: usize, choice: usize) -> &str {
        let decision = self.scenario.story.engine.graph().nodes[node].decision.as_ref();
        decision.map_or("", |decision| &decision.choices[choice].id)
    }

    /// The ids of the choices of a play from the start.
    pub fn play(&self, play: &[usize]) -> Vec<&str> {
        choice_ids(self.scenario.story.engine.graph(), play)
    }
}

/// The ids of the choices that a play takes from the start, from their places.
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
