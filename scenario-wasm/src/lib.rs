//! The engine of amends: it routes, scores and explains a play, exactly.
//!
//! (skeleton: the interface below is fixed, the bodies follow)
#![allow(missing_docs)]
pub mod gate;
pub mod graph;
pub mod model;

pub use gate::{Compare, Gate, Op};
pub use graph::{Cap, Choice, Decision, Graph, Node};
pub use model::{GoodwillRule, MasteryRule, Model, PassRule, Skill, Slip};

/// The five moods, by goodwill: furious < 20, angry < 40, frustrated < 60, settled < 80, won back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Furious,
    Angry,
    Frustrated,
    Settled,
    WonBack,
}

/// A graph that has been checked, with its par. Immutable.
#[derive(Debug, Clone)]
pub struct Scenario {
    graph: Graph,
    par: Vec<u16>,
}

/// Why a graph cannot be played. Node and choice are indices into the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The bytes are not a graph of this version.
    Bytes,
    /// An index is out of range, a way on leads backwards, a gate is no program ...
    Malformed(&'static str),
    /// Reached in a play in which none of its choices is open; the play as choice indices.
    DeadEnd { node: usize, play: Vec<usize> },
    /// No flawless play exists. `node` is the decision at which the last flawless attempt fails (the furthest one
    /// reached); `skills` are the tested skills whose needs are not open there (empty if the cause is that no
    /// choice is rated 3 on all without slip or cap, or that it is closed).
    NoFlawless { node: usize, skills: Vec<usize>, play: Vec<usize> },
    /// More states than the limit.
    TooLarge,
    /// Weights and par have no common unit that fits: the score cannot be exact.
    TooFine,
}

impl Mood {
    /// The mood at a goodwill of 0 to 100.
    pub fn of(goodwill: u8) -> Self {
        match goodwill {
            0..20 => Self::Furious,
            20..40 => Self::Angry,
            40..60 => Self::Frustrated,
            60..80 => Self::Settled,
            _ => Self::WonBack,
        }
    }
}

impl Scenario {
    /// Checks the graph and finds its par.
    pub fn new(graph: Graph) -> Result<Self, Error> {
        Ok(Self { graph, par: Vec::new() })
    }
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
    /// By skill; 0 for a skill that does not count.
    pub fn par(&self) -> &[u16] {
        &self.par
    }
    /// The bytes for the browser.
    pub fn to_bytes(&self) -> Vec<u8> {
        Vec::new()
    }
}
