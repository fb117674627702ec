//! Statements about all plays: `never: { choice: NODE/CHOICE, before: SKILL or NODE }`, and `always`.
//!
//! Decided exactly, by visiting every state that a play can reach.

use rustc_hash::FxHashSet;
use scenario_wasm::{Graph, Scenario, State};

use crate::check::names::unknown;
use crate::check::play::after;
use crate::course::Model;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::expect::RawStatement;
use crate::source::Span;

/// The most states that are visited before giving up.
const LIMIT: usize = 1_000_000;

/// A choice, by the index of its node and its position there.
#[derive(Clone, Copy)]
struct ChoicePlace {
    node: usize,
    place: usize,
}

/// What a choice is expected to come before.
#[derive(Clone, Copy)]
enum Before {
    /// The opening of a skill.
    Skill(usize),
    /// Meeting a node.
    Node(usize),
}

/// Reports a statement that some play breaks. `always` requires that the choice, wherever it is taken, comes first.
pub(super) fn check(
    said: &RawStatement,
    always: bool,
    scenario: &Scenario,
    model: &Model,
    diags: &mut Diagnostics,
) {
    let graph = scenario.graph();
    let (Some(choice), Some(before)) = (choice(said, graph, diags), before(said, graph, model, diags)) else {
        return;
    };
    match search(graph, choice, before, always) {
        Ok(None) => {}
        Ok(Some(play)) => {
            let order = if always { "after" } else { "before" };
            let (choice, before, after) = (&said.choice.value, &said.before.value, after(graph, &play));
            let fault =
                failed(said.choice.span, format!("`{choice}` can be taken {order} `{before}`: {after}"));
            diags.push(fault.hint("close the choice with `when`, or lead there another way"));
        }
        Err(()) => {
            let message = "there are too many states to decide this";
            let hint = "use fewer flags, or remove the statement";
            diags.error(Code::TooLarge, said.choice.span, message, hint);
        }
    }
}

/// An expectation that fails.
pub(super) fn failed(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::ExpectationFailed, span, message)
}

fn choice(said: &RawStatement, graph: &Graph, diags: &mut Diagnostics) -> Option<ChoicePlace> {
    let known: Vec<(String, ChoicePlace)> = graph
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| Some((at, node, node.decision.as_ref()?)))
        .flat_map(|(node, known, decision)| {
            let choices = decision.choices.iter().enumerate();
            choices
                .map(move |(place, each)| (format!("{}/{}", known.id, each.id), ChoicePlace { node, place }))
        })
        .collect();
    let found = known.iter().find(|(name, _)| *name == said.choice.value);
    if found.is_none() {
        diags.push(unknown("choice", &said.choice, known.iter().map(|(name, _)| name.as_str())));
    }
    found.map(|(_, choice)| *choice)
}

/// The skill or, failing that, the node of that name.
fn before(said: &RawStatement, graph: &Graph, model: &Model, diags: &mut Diagnostics) -> Option<Before> {
    let skills = || model.skills.iter().map(|skill| skill.id.as_str());
    let nodes = || graph.nodes.iter().map(|node| node.id.as_str());
    let is_it = |id: &str| id == said.before.value;
    let skill = skills().position(is_it).map(Before::Skill);
    let found = skill.or_else(|| nodes().position(is_it).map(Before::Node));
    if found.is_none() {
        let known: Vec<&str> = skills().chain(nodes()).collect();
        diags.push(unknown("skill or node", &said.before, known));
    }
    found
}

/// Finds a play that takes the choice when what it is expected to come before has `happened`, or has not. `Err` if there are
/// too many states.
fn search(
    graph: &Graph,
    choice: ChoicePlace,
    before: Before,
    happened: bool,
) -> Result<Option<Vec<usize>>, ()> {
    let mut waiting = vec![(State::start(graph), false, Vec::new())];
    let mut seen = FxHashSet::default();
    while let Some((state, met, play)) = waiting.pop() {
        if !seen.insert((state.node, state.goodwill, state.opened, state.flags, met)) {
            continue;
        }
        if seen.len() > LIMIT {
            return Err(());
        }
        let node = usize::from(state.node);
        let Some(decision) = &graph.nodes[node].decision else { continue };
        let is_open = |place: usize| decision.choices[place].when.holds(state.flags, state.goodwill);
        let has_happened = match before {
            Before::Skill(skill) => state.opened >> skill & 1 == 1,
            Before::Node(_) => met,
        };
        if node == choice.node && has_happened == happened && is_open(choice.place) {
            return Ok(Some(play));
        }
        let met = met || matches!(before, Before::Node(at) if at == node);
        for place in (0..decision.choices.len()).rev().filter(|place| is_open(*place)) {
            let next = state.step(&graph.model, decision, &decision.choices[place]).next;
            waiting.push((next, met, [play.as_slice(), &[place]].concat()));
        }
    }
    Ok(None)
}
