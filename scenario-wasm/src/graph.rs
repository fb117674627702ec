//! A story in the engine's form: nodes, choices, gates and ratings, without prose.
//!
//! [`Graph`] is plain data, and is what the browser gets. A [`crate::Scenario`] is a graph that has been checked. Nodes are
//! in topological order: every way leads to a later node, so no graph has a cycle, and every exploration is a walk by
//! index.

use alloc::string::String;
use alloc::vec::Vec;

use crate::gate::Gate;
use crate::model::Model;

/// The most flags: a set of flags is one `u64`.
pub const MAX_FLAGS: usize = 64;

/// A whole story with its model.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Graph {
    /// The rules of scoring.
    pub model: Model,
    /// The customer's goodwill before the first choice, 0 to 100.
    pub goodwill: u8,
    /// Skills opened before the first choice, as a set.
    pub already: u16,
    /// The number of flags; a flag is an index below this.
    pub flags: u8,
    /// In topological order; the first is the start.
    pub nodes: Vec<Node>,
}

/// A moment of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Node {
    /// As in the scenario's file.
    pub id: String,
    /// The decision; `None` for an ending.
    pub decision: Option<Decision>,
}

/// What the trainee can choose at a node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Indices of the tested skills, one or two, in the author's order.
    pub tests: Vec<u8>,
    /// Whether the order of skills does not matter here.
    pub free_order: bool,
    /// In the author's order.
    pub choices: Vec<Choice>,
}

/// What the trainee says or does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// As in the scenario's file, or `a`, `b`, `c` by position.
    pub id: String,
    /// Former ids, under which an old run still finds it.
    pub was: Vec<String>,
    /// 0 to 3, parallel to the decision's `tests`.
    pub ratings: Vec<u8>,
    /// Indices of the model's slips.
    pub slips: Vec<u8>,
    /// A ceiling on the final score.
    pub cap: Option<Cap>,
    /// Replaces the whole change of goodwill.
    pub goodwill: Option<i8>,
    /// Flags that it sets, as a set; applied before `clears`.
    pub sets: u64,
    /// Flags that it clears, as a set.
    pub clears: u64,
    /// When it is open; evaluated in the state on arrival at the decision.
    pub when: Gate,
    /// Conditional ways, in the order in which they are tried; evaluated in the state after this choice.
    pub ways: Vec<(Gate, u16)>,
    /// The way to take if none of them is open.
    pub then: u16,
}

impl Choice {
    /// Whether it is rated 3 in all tested skills, without a slip or cap: the only definition of the strongest choice. If
    /// it comes in order, it is flawless.
    pub fn is_strongest(&self) -> bool {
        self.ratings.iter().all(|rating| *rating == 3) && self.slips.is_empty() && self.cap.is_none()
    }
}

impl Decision {
    /// Whether no choice has a lower sum of ratings than this one, and some choice has a higher one.
    pub fn is_worst(&self, place: usize) -> bool {
        let sums = || {
            self.choices.iter().map(|each| each.ratings.iter().map(|rating| u32::from(*rating)).sum::<u32>())
        };
        let (least, most) = (sums().min(), sums().max());
        least < most && sums().nth(place) == least
    }
}

/// Conduct that no good remedy averages out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cap {
    /// LEAA: at most 69.
    Serious,
    /// LEAA: at most 39.
    Critical,
}
