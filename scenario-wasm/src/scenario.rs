//! A checked graph with everything derived from it: par, the common unit of scores, which flags and goodwill still matter
//! at each node, and how long the story is.

use alloc::vec;
use alloc::vec::Vec;

use crate::error::Error;
use crate::explore::{self, Reach};
use crate::gate::Gate;
use crate::graph::{Choice, Graph};
use crate::scale::Scale;
use crate::state::State;
use crate::{valid, wire};

/// The default limit of states in an exploration.
pub const LIMIT: usize = 1_000_000;

/// A story that can be played and scored. Immutable.
#[derive(Debug, Clone)]
pub struct Scenario {
    proved: Proved,
    scale: Scale,
}

/// What the browser gets: the graph, and what the build computed from it.
#[derive(Debug, Clone)]
pub(crate) struct Proved {
    pub(crate) graph: Graph,
    /// By skill.
    pub(crate) par: Vec<u16>,
    /// By node.
    pub(crate) outlook: Vec<Outlook>,
}

/// What lies ahead of a node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Outlook {
    /// The flags that a gate at this node or later reads, as a set.
    pub(crate) flags: u64,
    /// Whether such a gate reads goodwill.
    pub(crate) goodwill: bool,
    /// The number of decisions left, including this one: the mean over all ways, in 1/256.
    pub(crate) mean: u32,
    /// Whether all ways are equally long.
    pub(crate) exact: bool,
}

impl Outlook {
    /// The number of decisions left, rounded.
    pub(crate) fn about(self) -> u32 {
        (self.mean + 128) / 256
    }
}

impl Scenario {
    /// Checks a graph down to the last reachable state: its form, that a flawless play exists, and that no play reaches a
    /// decision at which nothing is open.
    pub fn new(graph: Graph) -> Result<Self, Error> {
        valid::check(&graph)?;
        let outlook = outlook(&graph);
        let unproved = Self { proved: Proved { graph, par: Vec::new(), outlook }, scale: Scale::default() };
        let par = explore::par(&unproved)?;
        let scenario = Self::with(Proved { par, ..unproved.proved })?;
        explore::dead_end(&scenario).map_or(Ok(scenario), Err)
    }

    /// The scenario in the bytes of [`Scenario::to_bytes`]. Checks only their form; the build has checked the rest.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let proved: Proved = wire::decode(bytes)?;
        valid::check(&proved.graph)?;
        let counts = proved.par.len() == proved.graph.model.skills.len();
        if !counts || proved.outlook.len() != proved.graph.nodes.len() {
            return Err(Error::Malformed("what was proved fits the graph"));
        }
        Self::with(proved)
    }

    fn with(proved: Proved) -> Result<Self, Error> {
        let scale = Scale::new(&proved.graph.model, &proved.par).ok_or(Error::TooFine)?;
        Ok(Self { proved, scale })
    }

    /// The bytes for the browser.
    pub fn to_bytes(&self) -> Vec<u8> {
        wire::encode(&self.proved)
    }

    /// What is played.
    pub fn graph(&self) -> &Graph {
        &self.proved.graph
    }

    /// By skill of the model: the number of decisions that test it in a flawless play, the smallest over all flawless
    /// plays. A skill with par 0 does not count.
    pub fn par(&self) -> &[u16] {
        &self.proved.par
    }

    /// The units in which losses become points.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    pub(crate) fn outlook(&self, node: u16) -> Outlook {
        self.proved.outlook[usize::from(node)]
    }

    /// All states that a play can reach, up to `limit`.
    pub fn reach(&self, limit: usize) -> Result<Reach, Error> {
        Reach::new(self, State::start(self.graph()), limit, |_| true)
    }
}

impl Choice {
    /// Its own gate, then those of its ways.
    pub fn gates(&self) -> impl Iterator<Item = &Gate> {
        core::iter::once(&self.when).chain(self.ways.iter().map(|(gate, _)| gate))
    }

    /// Its possible targets, the default last.
    pub fn targets(&self) -> impl Iterator<Item = u16> {
        self.ways.iter().map(|(_, to)| *to).chain([self.then])
    }
}

/// By node: what lies ahead.
fn outlook(graph: &Graph) -> Vec<Outlook> {
    let mut all = vec![Outlook { exact: true, ..Outlook::default() }; graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate().rev() {
        let Some(decision) = &node.decision else { continue };
        let mut here = Outlook { exact: true, ..Outlook::default() };
        for gate in decision.choices.iter().flat_map(Choice::gates) {
            let (flags, goodwill) = gate.reads();
            here.flags |= flags;
            here.goodwill |= goodwill;
        }
        let ways: Vec<Outlook> =
            decision.choices.iter().flat_map(Choice::targets).map(|to| all[usize::from(to)]).collect();
        for way in &ways {
            here.flags |= way.flags;
            here.goodwill |= way.goodwill;
            here.exact &= way.exact && way.mean == ways[0].mean;
        }
        let sum: u64 = ways.iter().map(|way| u64::from(way.mean)).sum();
        here.mean = 256 + u32::try_from(sum / ways.len() as u64).unwrap_or(0);
        all[at] = here;
    }
    all
}
