//! Every state that a play can reach, found by merging equal states instead of listing paths.
//!
//! A routing state is a node, the flags and the goodwill that some later gate reads, and the opened skills. Since every way
//! leads to a later node, the states of a node are complete once all earlier nodes are done.

use alloc::vec;
use alloc::vec::Vec;

use crate::error::Error;
use crate::graph::{Choice, Decision};
use crate::scenario::{LIMIT, Scenario};
use crate::state::{State, Step};

/// The routing states that plays reach, and how they lead to one another.
#[derive(Debug)]
pub struct Reach {
    /// In order of discovery; the first is where the exploration started.
    states: Vec<State>,
    /// Indices into `states`, in topological order.
    order: Vec<u32>,
    /// By state: its range in `edges`.
    ranges: Vec<(u32, u32)>,
    edges: Vec<Edge>,
    index: Index,
}

/// A choice taken in a state.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Index of the choice within its decision.
    pub choice: u8,
    /// The skills, as a set, whose needs were open when the choice was rated.
    pub in_order: u16,
    /// The state that it leads to.
    pub to: u32,
}

/// A way that an exploration may or may not follow.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    decision: &'a Decision,
    choice: &'a Choice,
    step: Step,
}

impl Candidate<'_> {
    fn is_flawless(&self) -> bool {
        self.choice.is_strongest()
            && self.decision.tests.iter().all(|skill| self.step.in_order >> skill & 1 == 1)
    }
}

impl Scenario {
    /// The state without anything that no later gate reads.
    pub(crate) fn routing(&self, state: State) -> State {
        let read = self.outlook(state.node);
        State {
            flags: state.flags & read.flags,
            goodwill: if read.goodwill { state.goodwill } else { 0 },
            ..state
        }
    }
}

impl Reach {
    /// All states from `from` on, along open choices that `follow` allows. More than `limit` states are an error.
    pub(crate) fn new(
        scenario: &Scenario,
        from: State,
        limit: usize,
        follow: impl Fn(Candidate<'_>) -> bool,
    ) -> Result<Self, Error> {
        let graph = scenario.graph();
        let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); graph.nodes.len()];
        let mut reach = Self {
            states: Vec::new(),
            order: Vec::new(),
            ranges: Vec::new(),
            edges: Vec::new(),
            index: Index::default(),
        };
        waiting[usize::from(from.node)].push(reach.add(scenario.routing(from)));
        for (at, node) in graph.nodes.iter().enumerate() {
            for here in core::mem::take(&mut waiting[at]) {
                reach.order.push(here);
                let Some(decision) = &node.decision else { continue };
                let state = reach.states[here as usize];
                let start = count(&reach.edges);
                for (place, choice) in (0..).zip(&decision.choices) {
                    let step = state.step(&graph.model, decision, choice);
                    if !choice.when.holds(state.flags, state.goodwill)
                        || !follow(Candidate { decision, choice, step })
                    {
                        continue;
                    }
                    let next = scenario.routing(step.next);
                    let slot = reach.index.find(&reach.states, next);
                    let to = reach.index.slots[slot].unwrap_or_else(|| {
                        let number = reach.add(next);
                        reach.index.slots[slot] = Some(number);
                        waiting[usize::from(next.node)].push(number);
                        number
                    });
                    reach.edges.push(Edge { choice: place, in_order: step.in_order, to });
                }
                reach.ranges[here as usize] = (start, count(&reach.edges));
                if reach.states.len() > limit {
                    return Err(Error::TooLarge);
                }
            }
        }
        Ok(reach)
    }

    fn add(&mut self, state: State) -> u32 {
        let number = count(&self.states);
        self.states.push(state);
        self.ranges.push((0, 0));
        number
    }

    /// The states, by number. The first is where the exploration started.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The number of a state, if it is one of them.
    pub(crate) fn number(&self, state: State) -> Option<u32> {
        // Without an edge, nothing was looked up.
        let slots = &self.index.slots;
        if slots.is_empty() { None } else { slots[self.index.probe(&self.states, state)] }
    }

    /// The numbers of the states in topological order: every edge leads to a later one.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The choices that are open in a state; none at an ending.
    pub fn edges(&self, state: u32) -> &[Edge] {
        let (start, end) = self.ranges[state as usize];
        &self.edges[start as usize..end as usize]
    }

    /// Choices that lead from the first state to this one: an example.
    pub fn play(&self, mut state: u32) -> Vec<usize> {
        let mut play = Vec::new();
        // An edge comes from an earlier state, so walking the order backward once finds them all.
        for &from in self.order.iter().rev() {
            if let Some(edge) = self.edges(from).iter().find(|edge| edge.to == state) {
                play.push(usize::from(edge.choice));
                state = from;
            }
        }
        play.reverse();
        play
    }
}

/// The number of each known state: a hash table with open addressing, never more than half full. Hand-written, because a
/// general one would be a tenth of the browser's module.
#[derive(Debug, Default)]
struct Index {
    slots: Vec<Option<u32>>,
}

impl Index {
    /// The slot of a state, which is empty if the state is new.
    fn find(&mut self, states: &[State], state: State) -> usize {
        if self.slots.len() <= 2 * states.len() {
            self.slots = vec![None; (4 * states.len()).next_power_of_two()];
            for (number, known) in (0..).zip(states) {
                let slot = self.probe(states, *known);
                self.slots[slot] = Some(number);
            }
        }
        self.probe(states, state)
    }

    fn probe(&self, states: &[State], state: State) -> usize {
        let small = u64::from(state.node) | u64::from(state.opened) << 16 | u64::from(state.goodwill) << 32;
        // Fibonacci hashing: the constant is 2^64 divided by the golden ratio.
        let mixed = (state.flags.rotate_left(40) ^ small).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut slot = (mixed ^ mixed >> 32) as usize;
        loop {
            slot &= self.slots.len() - 1;
            match self.slots[slot] {
                Some(number) if states[number as usize] != state => slot += 1,
                _ => return slot,
            }
        }
    }
}

/// By skill, the smallest number of decisions that test it in a flawless play.
pub(crate) fn par(scenario: &Scenario) -> Result<Vec<u16>, Error> {
    let graph = scenario.graph();
    let reach = Reach::new(scenario, State::start(graph), LIMIT, |candidate| candidate.is_flawless())?;
    // By state: the smallest numbers from there to an ending; `None` if no flawless play passes it.
    let mut least: Vec<Option<Vec<u16>>> = vec![None; reach.states.len()];
    for &number in reach.order.iter().rev() {
        let Some(decision) = &graph.nodes[usize::from(reach.states[number as usize].node)].decision else {
            least[number as usize] = Some(vec![0; graph.model.skills.len()]);
            continue;
        };
        let ways = reach.edges(number).iter().filter_map(|edge| least[edge.to as usize].as_ref());
        let best = ways.cloned().reduce(|a, b| a.iter().zip(b).map(|(a, b)| b.min(*a)).collect());
        least[number as usize] = best.map(|mut best| {
            decision.tests.iter().for_each(|skill| best[usize::from(*skill)] += 1);
            best
        });
    }
    least.swap_remove(0).ok_or_else(|| obstacle(scenario, &reach))
}

/// Where the flawless play that gets furthest fails, and why.
fn obstacle(scenario: &Scenario, reach: &Reach) -> Error {
    let graph = scenario.graph();
    let furthest = reach.order.iter().rev().find(|number| reach.edges(**number).is_empty());
    let number = furthest.copied().unwrap_or_default();
    let state = reach.states[number as usize];
    let early = graph.nodes[usize::from(state.node)].decision.as_ref().and_then(|decision| {
        let open = decision.choices.iter().filter(|choice| choice.when.holds(state.flags, state.goodwill));
        let strongest = open.into_iter().find(|choice| choice.is_strongest())?;
        let in_order = state.step(&graph.model, decision, strongest).in_order;
        Some(
            decision
                .tests
                .iter()
                .filter(|skill| in_order >> **skill & 1 == 0)
                .map(|skill| usize::from(*skill))
                .collect(),
        )
    });
    Error::NoFlawless {
        node: usize::from(state.node),
        skills: early.unwrap_or_default(),
        play: reach.play(number),
    }
}

/// A reachable decision at which no choice is open, or the error that there are too many states.
pub(crate) fn dead_end(scenario: &Scenario) -> Option<Error> {
    let reach = match scenario.reach(LIMIT) {
        Ok(reach) => reach,
        Err(error) => return Some(error),
    };
    let nodes = &scenario.graph().nodes;
    let node = |number: u32| usize::from(reach.states[number as usize].node);
    let stuck = |number: &&u32| nodes[node(**number)].decision.is_some() && reach.edges(**number).is_empty();
    reach
        .order
        .iter()
        .find(stuck)
        .map(|number| Error::DeadEnd { node: node(*number), play: reach.play(*number) })
}

/// A length as a state number.
fn count<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}
