//! How long a proof takes: of generated scenarios with gates, from 100 nodes to 5,000 with ten flags, and of all that ship.
//! Most of it grows with the routing states. `routes` is what is always exact, `skills` each skill by itself, `whole` all of
//! it; `MiB` is the most that the process has held so far, so the small ones come first.
//!
//! `cargo bench --bench proof` prints a table; nothing is asserted, for a time depends on the machine.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a table is printed, and a fault may stop it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use amends::course::{Customer, Story};
use amends::load;
use amends::prove::{LIMIT, Proof, Routed};
use rayon::prelude::*;
use scenario_wasm::{Choice, Compare, Decision, Gate, Graph, Node, Op, Scenario};

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Layers of decisions, decisions in a layer, and flags that gates further on read.
const SIZES: [(usize, usize, u8); 7] =
    [(2, 50, 2), (6, 50, 2), (21, 14, 2), (20, 50, 2), (40, 50, 6), (70, 50, 8), (100, 50, 10)];

fn main() {
    let columns = ["paths", "states", "routes", "skills", "whole", "MiB"];
    println!(
        "{:<34}{:>9}{:>9}{:>11}{:>11}{:>11}{:>7}",
        "scenario", columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load::load(root).unwrap();
    let course = loaded.course.expect("the shipped course is sound");
    let leaa = course.models.iter().find(|model| model.id == "leaa").unwrap();
    for scenario in &course.scenarios {
        show(&scenario.slug, &scenario.story);
    }
    // As `check` does it.
    let (count, all) =
        timed(|| course.scenarios.par_iter().map(|each| Proof::of(&each.story, LIMIT)).count());
    println!("all {count} that ship, side by side: {all:.1?}");
    for (layers, width, flags) in SIZES {
        let name = format!("{} nodes, {flags} flags", layers * width);
        show(&name, &generated(leaa.rules.clone(), (layers, width), flags));
    }
}

fn show(name: &str, story: &Story) {
    let (routed, routes) = timed(|| Routed::of(&story.engine));
    let (by_skill, skills) = timed(|| routed.skills(&story.engine));
    drop(routed);
    let (proof, whole) = timed(|| Proof::of(story, LIMIT));
    let states = proof.routes.states;
    let paths = proof.routes.paths.to_string();
    // 3.4e12
    let paths = match paths.len() {
        0..=8 => paths,
        digits => format!("{}.{}e{}", &paths[..1], &paths[1..2], digits - 1),
    };
    let skill = if by_skill.is_some() { "exact" } else { "sampled" };
    println!(
        "{name:<34}{paths:>9}{states:>9}{routes:>11.1?}{skills:>11.1?}{whole:>11.1?}{:>7}  skills {skill}, final {}",
        peak(),
        proof.scores.min.method.name()
    );
}

/// The most memory that the process has held, in MiB, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.map_or_else(|| "-".to_owned(), |kib| (kib / 1024).to_string())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}

/// Layers of decisions with four choices each: with twenty, about 10^12 paths. A flag is set in one layer and read a few
/// further on, so a state knows some of them at a time.
fn generated(model: scenario_wasm::Model, (layers, width): (usize, usize), flags: u8) -> Story {
    let mut seed = 1u64;
    let mut below = move |below: usize| {
        // Knuth's MMIX generator; the high bits are the good ones.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let count = 1 + (layers - 1) * width;
    let mut nodes = Vec::new();
    for at in 0..count {
        let layer = at.div_ceil(width);
        let start = 1 + layer * width;
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
                start + below(width.min(count - start))
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
