//! Every moment of a story, as a play can reach it: with which goodwill, which flags, and by which choices.

use std::collections::BTreeMap;

use scenario_wasm::{Choice, Scenario, State};

/// At most this many ways to reach moments are explored. A longer story shows the first of them.
const LIMIT: usize = 100_000;
/// At most this many ways to reach one moment are shown.
const SHOWN: usize = 8;

/// A moment, as one play reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The id of the node.
    pub node: String,
    /// 0 to 100.
    pub goodwill: u8,
    /// The flags that are set, as a bit set.
    pub flags: u64,
    /// The ids of the choices that lead here.
    pub play: Vec<String>,
}

/// Where a play came from: a way to reach an earlier moment, and the choice taken there.
type From = Option<(usize, u8)>;

/// The ways to reach each decision: with every set of flags, the lowest and the highest goodwill.
pub fn moments(scenario: &Scenario) -> Vec<Moment> {
    let (graph, seen) = (scenario.graph(), walk(scenario));
    let mut found = Vec::new();
    let decisions = graph.nodes.iter().zip(0u16..).filter(|(node, _)| node.decision.is_some());
    for (node, at) in decisions {
        let here: Vec<usize> = (0..seen.len()).filter(|&each| seen[each].0.node == at).collect();
        // In order of flags, then goodwill: for each set of flags the first is the lowest, the last the highest.
        let ends = here.chunk_by(|&a, &b| seen[a].0.flags == seen[b].0.flags).flat_map(|alike| {
            let (first, last) = (alike[0], alike[alike.len() - 1]);
            [first].into_iter().chain((last != first).then_some(last))
        });
        found.extend(ends.take(SHOWN).map(|each| {
            let State { goodwill, flags, .. } = seen[each].0;
            Moment { node: node.id.clone(), goodwill, flags, play: play(scenario, &seen, each) }
        }));
    }
    found
}

/// One play to each thing that can happen in a story, as the ids of its choices. What is missing was not found.
#[derive(Debug, Default)]
pub struct Plays {
    /// To each ending, by its node.
    pub endings: BTreeMap<usize, Vec<String>>,
    /// To a moment at which a choice is closed, by its node and its place.
    pub closed: BTreeMap<(usize, usize), Vec<String>>,
}

/// A play to each ending, and to each choice while it is closed.
pub fn plays(scenario: &Scenario) -> Plays {
    let (graph, seen) = (scenario.graph(), walk(scenario));
    let mut plays = Plays::default();
    for (at, (state, _)) in seen.iter().enumerate() {
        let node = usize::from(state.node);
        let here = || play(scenario, &seen, at);
        let Some(decision) = &graph.nodes[node].decision else {
            plays.endings.entry(node).or_insert_with(here);
            continue;
        };
        for (place, choice) in decision.choices.iter().enumerate() {
            if !choice.when.holds(state.flags, state.goodwill) {
                plays.closed.entry((node, place)).or_insert_with(here);
            }
        }
    }
    plays
}

/// Every way to reach a node, in order of nodes, with where it came from.
fn walk(scenario: &Scenario) -> Vec<(State, From)> {
    let graph = scenario.graph();
    // Every way leads to a later node, so the first one waiting is the next to be complete.
    let mut waiting: BTreeMap<(u16, u64, u8), (State, From)> = BTreeMap::new();
    let start = State::start(graph);
    waiting.insert((start.node, start.flags, start.goodwill), (start, None));
    let mut seen: Vec<(State, From)> = Vec::new();
    while let Some((_, (state, from))) = waiting.pop_first() {
        if seen.len() >= LIMIT {
            break;
        }
        let here = seen.len();
        seen.push((state, from));
        let Some(decision) = &graph.nodes[usize::from(state.node)].decision else { continue };
        let open = |choice: &Choice| choice.when.holds(state.flags, state.goodwill);
        for (place, choice) in (0..).zip(&decision.choices).filter(|(_, choice)| open(choice)) {
            let next = state.step(&graph.model, decision, choice).next;
            waiting.entry((next.node, next.flags, next.goodwill)).or_insert((next, Some((here, place))));
        }
    }
    seen
}

/// The ids of the choices that lead to a moment in this way.
fn play(scenario: &Scenario, seen: &[(State, From)], mut at: usize) -> Vec<String> {
    let mut play = Vec::new();
    while let Some((before, place)) = seen[at].1 {
        let decision = scenario.graph().nodes[usize::from(seen[before].0.node)].decision.as_ref();
        play.extend(decision.map(|decision| decision.choices[usize::from(place)].id.clone()));
        at = before;
    }
    play.reverse();
    play
}
