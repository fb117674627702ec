//! The scores of all plays: exact, over routing states times all losses and the cap.

use std::collections::BTreeMap;

use num_traits::ToPrimitive;
use scenario_wasm::{Choice, Decision};

use crate::prove::Routed;
use crate::prove::ahead::Ahead;
use crate::prove::figure::{Figure, Method};
use crate::prove::product::Product;
use crate::prove::routes::decisions;
use crate::prove::score::{BestAfter, Dominance, Scores};
use crate::prove::share::Share;
use crate::prove::sums::{Scored, Sums};

/// The scores of all plays; `None` if there are more states than `limit`.
pub(super) fn scores(routed: &Routed<'_>, limit: usize) -> Option<Scored> {
    let Routed { scenario, reach, whole, .. } = routed;
    let skills = routed.counting();
    let ahead = Ahead::new(scenario, reach, skills.clone(), true)?;
    let product = Product::explore(reach, ahead, limit)?;
    // No sum of shares exceeds the whole, which fits a machine word in most scenarios.
    let Scored { finals, skills } = match whole.to_u128() {
        Some(whole) => added(routed, &product, &skills, whole),
        None => added(routed, &product, &skills, whole.clone()),
    };
    let (best, dominance) = prospects(routed, &product);
    Some(Scored { finals: Scores { best, dominance: Some(dominance), ..finals }, skills })
}

/// The sums over all plays, with shares as numerators over `whole`.
fn added<N: Share>(routed: &Routed<'_>, product: &Product<'_>, skills: &[usize], whole: N) -> Scored {
    let mut sums = Sums::new(routed.scenario, skills);
    for end in product.ends(&routed.reach, whole) {
        let tally = routed.scenario.scale().closed(product.tally(end.state));
        sums.add(end.node, &tally, &end.share);
    }
    sums.close(&routed.whole, Method::Exact)
}

/// The best final after each choice, and where a stronger choice leaves less within reach than a weaker one.
fn prospects(routed: &Routed<'_>, product: &Product<'_>) -> (Vec<BestAfter>, Vec<Dominance>) {
    let Routed { scenario, reach, .. } = routed;
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let pairs: BTreeMap<usize, Vec<(u8, u8)>> =
        decisions(graph).map(|(node, decision)| (node, pairs(decision))).collect();
    let mut values = vec![0u64; product.len()];
    let mut best: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    // By node, stronger and weaker choice.
    let mut worst: BTreeMap<(usize, u8, u8), Gap> = BTreeMap::new();
    for &(routing, here) in product.order.iter().rev() {
        let edges = reach.edges(routing);
        if edges.is_empty() {
            let tally = scale.closed(product.tally(here));
            values[here as usize] = scale.last(&graph.model, &tally);
            continue;
        }
        let node = usize::from(reach.states()[routing as usize].node);
        let value = |at: usize| values[product.to(here, at) as usize];
        for (at, edge) in edges.iter().enumerate() {
            let best = best.entry((node, usize::from(edge.choice))).or_default();
            *best = value(at).max(*best);
        }
        let place = |choice: u8| edges.iter().position(|edge| edge.choice == choice);
        for &(stronger, weaker) in &pairs[&node] {
            let (Some(strong), Some(weak)) = (place(stronger), place(weaker)) else { continue };
            let (strong, weak) = (value(strong), value(weak));
            let known = worst.get(&(node, stronger, weaker)).map_or(0, Gap::width);
            if weak.saturating_sub(strong) > known {
                worst.insert((node, stronger, weaker), Gap { at: here, strong, weak });
            }
        }
        values[here as usize] = (0..edges.len()).map(value).max().unwrap_or_default();
    }
    let best = best.into_iter().map(|((node, choice), units)| BestAfter {
        node,
        choice,
        best: Figure::from(scale.points(units)),
    });
    let dominance = worst.into_iter().map(|((node, stronger, weaker), Gap { at, strong, weak })| Dominance {
        node,
        stronger: usize::from(stronger),
        weaker: usize::from(weaker),
        after_stronger: Figure::from(scale.points(strong)),
        after_weaker: Figure::from(scale.points(weak)),
        play: product.play(at),
    });
    (best.collect(), dominance.collect())
}

/// Where a stronger choice leaves less within reach than a weaker one, and what it leaves.
struct Gap {
    at: u32,
    strong: u64,
    weak: u64,
}

impl Gap {
    fn width(&self) -> u64 {
        self.weak - self.strong
    }
}

/// Pairs of choices: the first is nowhere weaker than the second, and somewhere stronger.
fn pairs(decision: &Decision) -> Vec<(u8, u8)> {
    let no_weaker = |a: &Choice, b: &Choice| {
        let mut ratings = a.ratings.iter().zip(&b.ratings);
        ratings.all(|(a, b)| a >= b) && a.slips.len() <= b.slips.len() && a.cap <= b.cap
    };
    let mut pairs = Vec::new();
    for (a, one) in (0..).zip(&decision.choices) {
        for (b, other) in (0..).zip(&decision.choices) {
            if no_weaker(one, other) && !no_weaker(other, one) {
                pairs.push((a, b));
            }
        }
    }
    pairs
}
