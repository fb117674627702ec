//! Statements about all plays: `never: { choice: NODE/CHOICE, before: SKILL or NODE }`, and `always`.
//!
//! Decided exactly, by looking at every state that a play can reach.

use rustc_hash::FxHashSet;
use scenario_wasm::{Decision, Graph, Scenario, State};

use crate::check::names::unknown;
use crate::check::play::after;
use crate::course::Model;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::expect::RawStatement;
use crate::source::Span;

/// How many states are looked at before giving up.
const LIMIT: usize = 1_000_000;

/// What a choice comes before.
#[derive(Clone, Copy)]
enum Before {
    /// The skill has been opened.
    Skill(usize),
    /// The node has been met.
    Node(usize),
}

/// Tells a statement that some play breaks. `always` asks that the choice, wherever it is taken, comes before.
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
    let fault = match search(graph, choice, before, always) {
        Ok(None) => return,
        Ok(Some(play)) => {
            let order = if always { "after" } else { "before" };
            let message = format!(
                "`{}` can be taken {order} `{}`: {}",
                said.choice.value,
                said.before.value,
                after(graph, &play)
            );
            failed(said.choice.span, message).hint("close the choice with `when`, or lead there another way")
        }
        Err(()) => {
            Diagnostic::error(Code::TooLarge, said.choice.span, "there are too many states to decide this")
                .hint("use fewer flags, or remove the statement")
        }
    };
    diags.push(fault);
}

/// An expectation that does not hold.
pub(super) fn failed(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::ExpectationFailed, span, message)
}

/// The node and the choice in it.
fn choice(said: &RawStatement, graph: &Graph, diags: &mut Diagnostics) -> Option<(usize, usize)> {
    let (node, choice) = said.choice.value.split_once('/').unwrap_or((&said.choice.value, ""));
    let found = graph.nodes.iter().enumerate().find_map(|(at, known)| {
        let decision = known.decision.as_ref().filter(|_| known.id == node)?;
        Some((at, decision.choices.iter().position(|known| known.id == choice)?))
    });
    if found.is_none() {
        let known: Vec<String> = graph
            .nodes
            .iter()
            .filter_map(|node| Some((node, node.decision.as_ref()?)))
            .flat_map(|(node, decision)| {
                decision.choices.iter().map(move |choice| format!("{}/{}", node.id, choice.id))
            })
            .collect();
        diags.push(unknown("choice", &said.choice, known.iter().map(String::as_str)));
    }
    found
}

/// A skill, or else a node, of that name.
fn before(said: &RawStatement, graph: &Graph, model: &Model, diags: &mut Diagnostics) -> Option<Before> {
    let name = &said.before.value;
    let skill = model.skills.iter().position(|skill| skill.id == *name).map(Before::Skill);
    let node = || graph.nodes.iter().position(|node| node.id == *name).map(Before::Node);
    let found = skill.or_else(node);
    if found.is_none() {
        let skills = model.skills.iter().map(|skill| skill.id.as_str());
        let known: Vec<&str> = skills.chain(graph.nodes.iter().map(|node| node.id.as_str())).collect();
        diags.push(unknown("skill or node", &said.before, known.iter().copied()));
    }
    found
}

/// A state, whether the node has been met, and the play that led there.
type Visit = (State, bool, Vec<usize>);

/// The first play found in which the choice is taken when `there` is as unwished. `Err` if there are too many states.
fn search(
    graph: &Graph,
    (node, choice): (usize, usize),
    before: Before,
    there: bool,
) -> Result<Option<Vec<usize>>, ()> {
    let met =
        |state: State, met: bool| met || matches!(before, Before::Node(at) if at == usize::from(state.node));
    let start = State::start(graph);
    let mut open: Vec<Visit> = vec![(start, false, Vec::new())];
    let mut seen = FxHashSet::default();
    while let Some((state, had, play)) = open.pop() {
        if !seen.insert((state.node, state.goodwill, state.opened, state.flags, had)) {
            continue;
        }
        if seen.len() > LIMIT {
            return Err(());
        }
        let Some(decision) = &graph.nodes[usize::from(state.node)].decision else { continue };
        let reached = match before {
            Before::Skill(skill) => state.opened >> skill & 1 == 1,
            Before::Node(_) => had,
        };
        if usize::from(state.node) == node && reached == there && is_open(state, decision, choice) {
            return Ok(Some(play));
        }
        let taken = (0..decision.choices.len()).rev().filter(|place| is_open(state, decision, *place));
        for place in taken {
            let next = state.step(&graph.model, decision, &decision.choices[place]).next;
            open.push((next, met(state, had), [play.as_slice(), &[place]].concat()));
        }
    }
    Ok(None)
}

fn is_open(state: State, decision: &Decision, choice: usize) -> bool {
    decision.choices[choice].when.holds(state.flags, state.goodwill)
}
