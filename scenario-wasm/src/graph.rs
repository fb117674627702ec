//! A story as the engine plays it: nodes, choices, gates and ratings, no prose.
//!
//! [`Graph`] is plain data, the one thing that travels to the browser. A [`crate::Scenario`] is a graph that has
//! been checked. Nodes stand in topological order: every way on leads to a later node, so no graph has a cycle
//! and every exploration is a walk by index.

use alloc::string::String;
use alloc::vec::Vec;

use crate::gate::Gate;
use crate::model::Model;

/// At most this many flags: a set of flags is one `u64`.
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
    /// How many flags there are; a flag is an index below this.
    pub flags: u8,
    /// In topological order; the first is the start.
    pub nodes: Vec<Node>,
}

/// A moment of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Node {
    /// As in the scenario's file.
    pub id: String,
    /// What can be done there; `None` for an ending.
    pub decision: Option<Decision>,
}

/// What can be chosen at a node.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Indices of the tested skills, one or two, in the author's order.
    pub tests: Vec<u8>,
    /// Whether order is waived here.
    pub free_order: bool,
    /// In the author's order.
    pub choices: Vec<Choice>,
}

/// What the trainee says or does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Choice {
    /// As in the scenario's file, or `a`, `b`, `c` by place.
    pub id: String,
    /// Ids that it had before, so that an old run still finds it.
    pub was: Vec<String>,
    /// 0 to 3, parallel to the decision's `tests`.
    pub ratings: Vec<u8>,
    /// Indices of the model's slips.
    pub slips: Vec<u8>,
    /// A ceiling on the final score.
    pub cap: Option<Cap>,
    /// Replaces the whole change of goodwill.
    pub goodwill: Option<i8>,
    /// Flags set, as a set; they are set before `clears`.
    pub sets: u64,
    /// Flags cleared, as a set.
    pub clears: u64,
    /// When it is open: sees the state on arriving at the decision.
    pub when: Gate,
    /// Conditional ways on, in the order tried: each sees the state after this choice.
    pub ways: Vec<(Gate, u16)>,
    /// The way on where none of those holds.
    pub then: u16,
}

impl Choice {
    /// Rated 3 on all that is tested, without slip or cap: the one definition of the strongest choice. Taken in order,
    /// it is flawless.
    pub fn is_strongest(&self) -> bool {
        self.ratings.iter().all(|rating| *rating == 3) && self.slips.is_empty() && self.cap.is_none()
    }
}

impl Decision {
    /// Whether no choice has a lower sum of ratings than the one at this place, and some has a higher.
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
