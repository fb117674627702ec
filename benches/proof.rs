//! How long a proof takes: of generated scenarios with gates, from 100 nodes to 5,000 with ten flags, and of each shipped
//! one. Most of it grows with the routing states.
//!
//! `cargo bench --bench proof` prints a table; nothing is asserted, for a time depends on the machine.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a table is printed, and a fault may stop it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use amends::course::{Customer, Story};
use amends::load;
use amends::prove::{LIMIT, Proof, Routed};
use scenario_wasm::{Choice, Compare, Decision, Gate, Graph, Node, Op, Scenario};

const WIDTH: usize = 50;
/// Layers of decisions, and flags that gates further on read.
const SIZES: [(usize, u8); 6] = [(2, 2), (6, 2), (20, 2), (40, 6), (70, 8), (100, 10)];

fn main() {
    println!("{:<34}{:>24}{:>9}{:>12}{:>12}", "scenario", "paths", "states", "routes", "whole");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load::load(root).unwrap();
    let course = loaded.course.expect("the shipped course is sound");
    let leaa = course.models.iter().find(|model| model.id == "leaa").unwrap();
    for (layers, flags) in SIZES {
        let name = format!("{} nodes, {flags} flags", layers * WIDTH);
        show(&name, &generated(leaa.rules.clone(), layers, flags));
    }
    for scenario in &course.scenarios {
        show(&scenario.slug, &scenario.story);
    }
}

fn show(name: &str, story: &Story) {
    let (_, routes) = timed(|| Routed::of(&story.engine));
    let (proof, whole) = timed(|| Proof::of(story, LIMIT));
    let (paths, states) = (&proof.routes.paths, proof.routes.states);
    println!(
        "{name:<34}{paths:>24}{states:>9}{routes:>12.1?}{whole:>12.1?}  {}",
        proof.scores.min.method.name()
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}

/// Layers of fifty decisions with four choices each: with twenty, about 10^12 paths. A flag is set in one layer and read
/// a few further on, so a state knows some of them at a time.
fn generated(model: scenario_wasm::Model, layers: usize, flags: u8) -> Story {
    let mut seed = 1u64;
    let mut below = move |below: usize| {
        // Knuth's MMIX generator; the high bits are the good ones.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let count = 1 + (layers - 1) * WIDTH;
    let mut nodes = Vec::new();
    for at in 0..count {
        let layer = at.div_ceil(WIDTH);
        let start = 1 + layer * WIDTH;
        let mut choice = |place: usize| Choice {
            id: format!("c{place}"),
            was: Vec::new(),
            ratings: vec![3 - u8::try_from(place).unwrap()],
            slips: Vec::new(),
            cap: None,
            goodwill: None,
            sets: if layer % 7 == 3 && place == 1 { 1 << (layer / 7 % usize::from(flags)) } else { 0 },
            clears: 0,
            when: if place == 2 && layer % 7 == 5 && below(2) == 0 {
                Gate(vec![Op::Flag(u8::try_from(layer / 7 % usize::from(flags)).unwrap())])
            } else if place == 3 && layer == 2 {
                Gate(vec![Op::Goodwill(Compare::Less, 60)])
            } else {
                Gate::default()
            },
            ways: Vec::new(),
            // Past the last layer there is one of five endings.
            then: u16::try_from(if start < count {
                start + below(WIDTH.min(count - start))
            } else {
                count + below(5)
            })
            .unwrap(),
        };
        let choices = (0..4).map(&mut choice).collect();
        let tests = vec![u8::try_from(layer % 4).unwrap()];
        nodes.push(Node {
            id: format!("n{at}"),
            decision: Some(Decision { tests, free_order: false, choices }),
        });
    }
    nodes.extend((0..5).map(|at| Node { id: format!("end{at}"), decision: None }));
    let graph = Graph { model, goodwill: 40, already: 0, flags, nodes };
    let customer = Customer { name: String::new(), about: None, pronoun: None, portrait: None };
    let engine = Scenario::new(graph).expect("the strongest choices are open and in order");
    Story { model: 0, customer, flags: BTreeMap::new(), nodes: Vec::new(), start: 0, engine }
}
