//! What follows from the routing states alone, and so is always exact: plays, endings, gates, and what no play meets.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::{One, Zero};
use scenario_wasm::explore::{Edge, Reach};
use scenario_wasm::{Choice, Decision, Graph, Node, Scenario};

use crate::prove::figure::{Figure, Method};

/// The plays of a scenario, counted and weighted.
#[derive(Debug, Clone)]
pub struct Routes {
    /// Distinct choice sequences to an ending.
    pub paths: BigUint,
    /// Routing states: node, opened skills, and the flags and goodwill that a gate ahead reads.
    pub states: usize,
    /// The paths that are flawless.
    pub flawless: BigUint,
    /// Decisions on the shortest of them.
    pub shortest_flawless: usize,
    /// Decisions on the longest of them.
    pub longest_flawless: usize,
    /// Whether any play meets serious misconduct, and critical.
    pub caps: [bool; 2],
    /// By node of the graph.
    pub nodes: Vec<NodeFigures>,
    /// Every condition, in the order of the graph.
    pub gates: Vec<GateFigures>,
}

/// How plays meet a node.
#[derive(Debug, Clone)]
pub struct NodeFigures {
    /// Paths that meet it.
    pub paths: BigUint,
    /// Share of random play that meets it.
    pub share: Figure,
    /// Whether a flawless play meets it.
    pub flawless: bool,
    /// By choice; none at an ending.
    pub choices: Vec<ChoiceFigures>,
}

/// How plays meet a choice.
#[derive(Debug, Clone)]
pub struct ChoiceFigures {
    /// Paths that take it; none if no play can.
    pub paths: BigUint,
    /// Share of random play that takes it.
    pub share: Figure,
    /// The nodes that it leads plays to.
    pub ways: BTreeMap<usize, WayFigures>,
}

/// How plays take a choice that leads to a given node.
#[derive(Debug, Clone)]
pub struct WayFigures {
    /// Share of random play that goes there this way.
    pub share: Figure,
    /// Whether a flawless play does.
    pub flawless: bool,
}

/// How plays meet a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateFigures {
    /// Index of the node in the graph.
    pub node: usize,
    /// Index of the choice.
    pub choice: usize,
    /// Index of the conditional way, unless this is the condition of the choice itself.
    pub way: Option<usize>,
    /// Whether any play meets it open, and whether any meets it closed. A way is met only if those before it are closed.
    pub open: bool,
    /// See `open`.
    pub closed: bool,
}

impl GateFigures {
    /// No play finds it open.
    pub fn is_never_open(&self) -> bool {
        !self.open
    }

    /// No play finds it closed, though some meet it.
    pub fn is_always_open(&self) -> bool {
        self.open && !self.closed
    }
}

impl Routes {
    pub(super) fn of(scenario: &Scenario, reach: &Reach, whole: &BigUint) -> Self {
        let graph = scenario.graph();
        let onward = onward(reach, |_, _| true);
        let flawless = FlawlessRoutes::of(graph, reach);
        let mut before = vec![BigUint::zero(); reach.states().len()];
        before[0] = BigUint::one();
        let mut shares = vec![BigUint::zero(); reach.states().len()];
        shares[0] = whole.clone();
        let mut sums: Vec<NodeSums> = graph.nodes.iter().map(NodeSums::new).collect();
        let mut caps = [false; 2];
        for &number in reach.order() {
            let (here, edges) = (number as usize, reach.edges(number));
            let sums = &mut sums[usize::from(reach.states()[here].node)];
            // No way leads back to a state.
            let (plays, share) = (std::mem::take(&mut before[here]), std::mem::take(&mut shares[here]));
            sums.paths += &plays * &onward[here];
            sums.flawless |= flawless.meets(number);
            let each = &share / edges.len().max(1);
            for edge in edges {
                let to = edge.to as usize;
                let choice = &mut sums.choices[usize::from(edge.choice)];
                choice.paths += &plays * &onward[to];
                let way = choice.ways.entry(usize::from(reach.states()[to].node)).or_default();
                way.1 |= flawless.takes(graph, reach, number, edge);
                way.0 += &each;
                before[to] += &plays;
                shares[to] += &each;
                if let Some(cap) = choice_of(graph, reach, number, edge).and_then(|(_, choice)| choice.cap) {
                    caps[cap as usize] = true;
                }
            }
            sums.share += share;
        }
        Self {
            paths: onward[0].clone(),
            states: reach.states().len(),
            flawless: flawless.onward[0].clone(),
            shortest_flawless: flawless.shortest,
            longest_flawless: flawless.longest,
            caps,
            nodes: sums.into_iter().map(|sums| sums.close(whole)).collect(),
            gates: gates(graph, reach),
        }
    }
}

/// The flawless plays.
struct FlawlessRoutes {
    /// By state: how many flawless paths lead from there to an ending.
    onward: Vec<BigUint>,
    /// By state that a flawless play meets: the fewest and the most decisions before it.
    depths: Vec<Option<(usize, usize)>>,
    shortest: usize,
    longest: usize,
}

impl FlawlessRoutes {
    fn of(graph: &Graph, reach: &Reach) -> Self {
        let onward = onward(reach, |number, edge| is_flawless(graph, reach, number, edge));
        let mut depths = vec![None; reach.states().len()];
        depths[0] = Some((0, 0));
        let mut routes = Self { onward, depths, shortest: usize::MAX, longest: 0 };
        for &number in reach.order() {
            let Some((fewest, most)) = routes.depths[number as usize] else { continue };
            for edge in reach.edges(number) {
                if !routes.takes(graph, reach, number, edge) {
                    continue;
                }
                let known = routes.depths[edge.to as usize].unwrap_or((usize::MAX, 0));
                routes.depths[edge.to as usize] = Some((known.0.min(fewest + 1), known.1.max(most + 1)));
            }
            if reach.edges(number).is_empty() {
                (routes.shortest, routes.longest) = (fewest.min(routes.shortest), most.max(routes.longest));
            }
        }
        routes
    }

    fn meets(&self, state: u32) -> bool {
        self.depths[state as usize].is_some()
    }

    fn takes(&self, graph: &Graph, reach: &Reach, state: u32, edge: &Edge) -> bool {
        self.meets(state)
            && is_flawless(graph, reach, state, edge)
            && !self.onward[edge.to as usize].is_zero()
    }
}

/// The sums for a node: paths, and shares over their common denominator.
struct NodeSums {
    paths: BigUint,
    share: BigUint,
    flawless: bool,
    choices: Vec<ChoiceSums>,
}

#[derive(Clone, Default)]
struct ChoiceSums {
    paths: BigUint,
    ways: BTreeMap<usize, (BigUint, bool)>,
}

impl NodeSums {
    fn new(node: &Node) -> Self {
        let count = node.decision.as_ref().map_or(0, |decision| decision.choices.len());
        let choices = vec![ChoiceSums::default(); count];
        Self { paths: BigUint::zero(), share: BigUint::zero(), flawless: false, choices }
    }

    fn close(self, whole: &BigUint) -> NodeFigures {
        let figure = |share: BigUint| Figure::new(share, whole.clone(), Method::Exact);
        let way = |(to, (share, flawless))| (to, WayFigures { share: figure(share), flawless });
        let choice = |sums: ChoiceSums| ChoiceFigures {
            paths: sums.paths,
            share: figure(sums.ways.values().map(|(share, _)| share).sum()),
            ways: sums.ways.into_iter().map(way).collect(),
        };
        NodeFigures {
            paths: self.paths,
            share: figure(self.share),
            flawless: self.flawless,
            choices: self.choices.into_iter().map(choice).collect(),
        }
    }
}

/// By state: how many paths lead from there to an ending, along edges that `follow` allows.
fn onward(reach: &Reach, follow: impl Fn(u32, &Edge) -> bool) -> Vec<BigUint> {
    let mut onward = vec![BigUint::zero(); reach.states().len()];
    for &number in reach.order().iter().rev() {
        let edges = reach.edges(number);
        onward[number as usize] = if edges.is_empty() {
            BigUint::one()
        } else {
            edges.iter().filter(|edge| follow(number, edge)).map(|edge| &onward[edge.to as usize]).sum()
        };
    }
    onward
}

/// The decision and the choice of an edge.
pub(super) fn choice_of<'a>(
    graph: &'a Graph,
    reach: &Reach,
    from: u32,
    edge: &Edge,
) -> Option<(&'a Decision, &'a Choice)> {
    let node = reach.states()[from as usize].node;
    let decision = graph.nodes[usize::from(node)].decision.as_ref()?;
    Some((decision, &decision.choices[usize::from(edge.choice)]))
}

fn is_flawless(graph: &Graph, reach: &Reach, from: u32, edge: &Edge) -> bool {
    choice_of(graph, reach, from, edge).is_some_and(|(decision, choice)| {
        choice.is_strongest() && decision.tests.iter().all(|skill| edge.in_order >> skill & 1 == 1)
    })
}

/// Every condition, and how the states that meet it find it.
fn gates(graph: &Graph, reach: &Reach) -> Vec<GateFigures> {
    let mut found: BTreeMap<(usize, usize, Option<usize>), [bool; 2]> = BTreeMap::new();
    for (node, decision) in decisions(graph) {
        for (at, choice) in decision.choices.iter().enumerate() {
            if !choice.when.0.is_empty() {
                found.insert((node, at, None), [false; 2]);
            }
            found.extend((0..choice.ways.len()).map(|way| ((node, at, Some(way)), [false; 2])));
        }
    }
    let mut meet = |key, open: bool| {
        if let Some(found) = found.get_mut(&key) {
            found[usize::from(open)] = true;
        }
    };
    for state in reach.states() {
        let node = usize::from(state.node);
        let Some(decision) = &graph.nodes[node].decision else { continue };
        for (at, choice) in decision.choices.iter().enumerate() {
            let open = choice.when.holds(state.flags, state.goodwill);
            meet((node, at, None), open);
            if !open {
                continue;
            }
            let next = state.step(&graph.model, decision, choice).next;
            for (way, (gate, _)) in choice.ways.iter().enumerate() {
                let open = gate.holds(next.flags, next.goodwill);
                meet((node, at, Some(way)), open);
                if open {
                    break;
                }
            }
        }
    }
    let figures = found.into_iter().map(|((node, choice, way), [closed, open])| GateFigures {
        node,
        choice,
        way,
        open,
        closed,
    });
    figures.collect()
}

/// The decisions with their indices in the graph.
pub(super) fn decisions(graph: &Graph) -> impl Iterator<Item = (usize, &Decision)> {
    graph.nodes.iter().enumerate().filter_map(|(at, node)| Some((at, node.decision.as_ref()?)))
}
