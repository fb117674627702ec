//! What can be said of the best final without looking at every state: a bound that it does not pass.
//!
//! Each skill, and the cap, is looked at by itself: the least that plays can lose of it before a choice and after, and the
//! most chances that they can meet. One play need not be the best in all of them, so the true best may be lower; it is
//! never higher.

use std::collections::BTreeMap;

use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::scale::Tally;

use crate::prove::figure::{Figure, Method};
use crate::prove::routes::choice_of;
use crate::prove::score::BestAfter;

/// A bound for the best final after each choice that a play can take.
pub(super) fn best(scenario: &Scenario, reach: &Reach) -> Vec<BestAfter> {
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let count = reach.states().len();
    // By state: the most favorable of what plays bring along, and of what lies ahead.
    let (mut before, mut ahead) = (vec![None; count], vec![None; count]);
    before[0] = Some(Tally::default());
    let step = |state: u32, at: usize| {
        let edge = &reach.edges(state)[at];
        let taken = choice_of(graph, reach, state, edge).expect("a way on begins at a decision");
        scale.add(&graph.model, Tally::default(), taken, edge.in_order)
    };
    for &state in reach.order() {
        let Some(here) = before[state as usize] else { continue };
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let known = &mut before[edge.to as usize];
            *known = Some(favorable(*known, plus(here, step(state, at))));
        }
    }
    for &state in reach.order().iter().rev() {
        let ways = reach.edges(state).iter().enumerate();
        let ways = ways.filter_map(|(at, edge)| Some(plus(step(state, at), ahead[edge.to as usize]?)));
        ahead[state as usize] =
            Some(ways.fold(None, |best, way| Some(favorable(best, way))).unwrap_or_default());
    }
    let mut best: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for &state in reach.order() {
        let node = usize::from(reach.states()[state as usize].node);
        for (at, edge) in reach.edges(state).iter().enumerate() {
            let (Some(before), Some(ahead)) = (before[state as usize], ahead[edge.to as usize]) else {
                continue;
            };
            let whole = scale.closed(plus(plus(before, step(state, at)), ahead));
            let best = best.entry((node, usize::from(edge.choice))).or_default();
            *best = scale.last(&graph.model, &whole).max(*best);
        }
    }
    let each = best.into_iter().map(|((node, choice), units)| BestAfter {
        node,
        choice,
        best: Figure { method: Method::Bound, ..Figure::from(scale.points(units)) },
    });
    each.collect()
}

/// One after the other.
fn plus(mut sum: Tally, more: Tally) -> Tally {
    for (sum, more) in sum.skills.iter_mut().zip(&more.skills) {
        sum.loss += more.loss;
        sum.met += more.met;
    }
    sum.cap = sum.cap.max(more.cap);
    sum
}

/// In each skill the lesser loss and the more chances; the lighter cap.
fn favorable(known: Option<Tally>, mut new: Tally) -> Tally {
    let Some(known) = known else { return new };
    for (new, known) in new.skills.iter_mut().zip(&known.skills) {
        new.loss = new.loss.min(known.loss);
        new.met = new.met.max(known.met);
    }
    new.cap = Option::<Cap>::min(new.cap, known.cap);
    new
}
