//! Conditions that decide nothing: those that hold in no play, and those that hold in all.

use std::collections::BTreeMap;

use scenario_wasm::gate::{Gate, Op};

use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::diag::Code;
use crate::prove::{GateFigures, Proof};

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    let gates = &proof.routes.gates;
    let ends = |gate: &GateFigures, way: usize| {
        // Ways below one that is always open are never tried; only the open one is reported.
        let above = |other: &&GateFigures| {
            (other.node, other.choice) == (gate.node, gate.choice) && other.way.is_some_and(|at| at < way)
        };
        gates.iter().filter(above).any(GateFigures::is_always_open)
    };
    for gate in gates.iter().filter(|gate| gate.is_never_open() || gate.is_always_open()) {
        let met = &proof.routes.nodes[gate.node];
        let asked = match gate.way {
            None => met.paths > 0u32.into(),
            Some(way) => met.choices[gate.choice].paths > 0u32.into() && !ends(gate, way),
        };
        if asked {
            report(subject, proof, gate, findings);
        }
    }
}

fn report(subject: &Subject<'_>, proof: &Proof, gate: &GateFigures, findings: &mut Findings) {
    let Some(moment) = subject.moment(gate.node) else { return };
    let line = &moment.choices[gate.choice];
    let (raw, rule) = match gate.way {
        None => (&line.raw.when, &line.rules.when),
        Some(way) => (&line.raw.then[way].when, &line.rules.ways[way].0),
    };
    let Some(raw) = raw else { return };
    let id = &line.raw.id.value;
    let message = match (gate.way, gate.is_never_open()) {
        (None, true) => format!("no play can take `{id}`: this never holds here"),
        (None, false) => format!("this always holds here, so `{id}` is never closed"),
        (Some(_), true) => format!("no play goes this way after `{id}`: this never holds"),
        (Some(_), false) => {
            format!("this always holds after `{id}`, so what is below it is never reached")
        }
    };
    let flags: Vec<&str> = raw.value.flags().iter().map(|flag| flag.value.as_str()).collect();
    let facts = facts(subject, proof, gate, rule, &flags).join(", and ");
    let remedy = "change the condition, or remove it";
    let hint = if facts.is_empty() { remedy.to_owned() } else { format!("{facts}: {remedy}") };
    findings.choice(line, Code::IdleGate, message).at(raw.span).hint(hint);
}

/// The values that a condition sees in play: "goodwill is 20 to 45 here", "`heard` is always set here".
fn facts(subject: &Subject<'_>, proof: &Proof, at: &GateFigures, gate: &Gate, flags: &[&str]) -> Vec<String> {
    let graph = subject.engine.graph();
    let Some(decision) = &graph.nodes[at.node].decision else { return Vec::new() };
    let choice = &decision.choices[at.choice];
    let here = proof.reach.states().iter().filter(|state| usize::from(state.node) == at.node);
    let seen: Vec<(u64, u8)> = match at.way {
        None => here.map(|state| (state.flags, state.goodwill)).collect(),
        Some(_) => here
            .filter(|state| choice.when.holds(state.flags, state.goodwill))
            .map(|state| state.step(&graph.model, decision, choice).next)
            .map(|next| (next.flags, next.goodwill))
            .collect(),
    };
    let mut facts = Vec::new();
    if gate.0.iter().any(|op| matches!(op, Op::Goodwill(..)))
        && let (Some(low), Some(high)) = (seen.iter().map(|at| at.1).min(), seen.iter().map(|at| at.1).max())
    {
        let range = if low == high { low.to_string() } else { format!("{low} to {high}") };
        facts.push(format!("goodwill is {range} here"));
    }
    let bits = gate.0.iter().filter_map(|op| if let Op::Flag(flag) = op { Some(*flag) } else { None });
    // A condition may mention the same flag twice.
    let named: BTreeMap<u8, &str> = bits.zip(flags.iter().copied()).collect();
    for (bit, name) in named {
        let count = seen.iter().filter(|at| at.0 >> bit & 1 == 1).count();
        if count == 0 {
            facts.push(format!("`{name}` is never set here"));
        } else if count == seen.len() {
            facts.push(format!("`{name}` is always set here"));
        }
    }
    facts
}
