//! What must be true of every valid scenario and every play, statement by statement. A ninth one, that the engine as
//! WebAssembly agrees, is tested in `tests/suite/agreement.rs`, with the built player.

use scenario_wasm::{Cap, Choice, Decision, Graph, Node, Scenario, Score, Session};

use crate::build::{choice, ending};
use crate::exploring::is_flawless;
use crate::generated::{Rng, graph, scenarios};
use crate::oracle::Ratio;
use crate::playing::{played, plays};

fn exact(session: &Session<&Scenario>) -> Ratio {
    session.report().final_.unwrap().exact.into()
}

fn route(session: &Session<&Scenario>) -> Vec<u16> {
    session.states().iter().map(|state| state.node).collect()
}

/// Calls `check` with every play of the scenarios of the first seeds.
pub(crate) fn every_play(seeds: u64, mut check: impl FnMut(u64, &Scenario, &[usize], &Session<&Scenario>)) {
    for (seed, scenario) in scenarios(seeds) {
        for play in plays(&scenario) {
            let session = played(&scenario, &play).unwrap();
            check(seed, &scenario, &play, &session);
        }
    }
}

#[test]
fn s1_scores_stay_within_0_and_100_and_under_the_cap() {
    every_play(2000, |seed, scenario, play, session| {
        let report = session.report();
        let ceiling = report.cap.map_or(100, |cap| scenario.graph().model.ceiling(cap));
        let within = |score: Score, most: u8| Ratio::from(score.exact) <= Ratio::new(most.into(), 1);
        assert!(within(report.final_.unwrap(), ceiling), "seed {seed}, play {play:?}");
        assert!(report.skills.iter().all(|skill| within(skill.score, 100)), "seed {seed}, play {play:?}");
    });
}

#[test]
fn s2_flawless_is_100_and_100_is_flawless() {
    let (mut flawless, mut flawed) = (0, 0);
    every_play(3000, |seed, scenario, play, session| {
        let whole = exact(session) == Ratio::new(100, 1);
        if is_flawless(session) {
            flawless += 1;
            assert!(whole, "seed {seed}: flawless play {play:?}");
        } else if whole {
            flawed += 1;
            let Graph { nodes, model, .. } = scenario.graph();
            let uncounted = session.report().steps.iter().any(|step| {
                let decision = nodes[step.at].decision.as_ref().unwrap();
                let slips = decision.choices[step.chosen].slips.iter();
                let slipped = slips.map(|slip| model.slips[usize::from(*slip)].skill);
                let mut touched = decision.tests.iter().copied().chain(slipped);
                touched.any(|skill| scenario.par()[usize::from(skill)] == 0)
            });
            assert!(
                uncounted,
                "seed {seed}: play {play:?} scores 100, is not flawless, and every skill that it touches counts"
            );
        }
    });
    assert!(flawless > 1000, "{flawless} flawless plays, {flawed} others at 100");
}

/// The graph with a change to one choice.
fn changed(graph: &Graph, node: usize, place: usize, change: impl FnOnce(&mut Choice)) -> Graph {
    let mut graph = graph.clone();
    change(&mut graph.nodes[node].decision.as_mut().unwrap().choices[place]);
    graph
}

#[test]
fn s3_worse_conduct_never_scores_higher() {
    let mut compared = 0;
    let mut rng = Rng::new(3);
    every_play(1500, |seed, scenario, play, session| {
        let at = rng.below(play.len());
        let node = usize::from(session.states()[at].node);
        let kind = rng.below(3);
        let worse = changed(scenario.graph(), node, play[at], |choice| match kind {
            0 => choice.ratings[0] = choice.ratings[0].saturating_sub(1),
            1 => choice.slips.push(0),
            _ => choice.cap = Some(Cap::Critical),
        });
        let Ok(worse) = Scenario::new(worse) else { return };
        let Some(other) = played(&worse, play) else { return };
        if worse.par() == scenario.par() && route(&other) == route(session) {
            compared += 1;
            assert!(exact(&other) <= exact(session), "seed {seed}, play {play:?}, change {kind} at {at}");
        }
    });
    assert!(compared > 5000, "only {compared} plays compared");
}

#[test]
fn s4_an_extra_decision_changes_nothing_when_flawless_and_never_helps_when_weak() {
    let mut compared = [0, 0];
    let mut rng = Rng::new(4);
    every_play(3000, |seed, scenario, play, session| {
        let graph = scenario.graph();
        let at = rng.below(play.len());
        let here = usize::from(session.states()[at].node);
        let skill = rng.below(scenario.par().len());
        let report = session.report();
        let met = report.skills.iter().find(|score| score.skill == skill).map_or(0, |score| score.met);
        let opened = session.states()[at + 1].opened;
        // The extra decision must open nothing, and its skill must have been met as often as par requires.
        if opened >> skill & 1 == 0 || met < u32::from(scenario.par()[skill]) {
            return;
        }
        let rating = rng.byte(4);
        let longer = inserted(graph, here, play[at], session.states()[at + 1].node, skill, rating);
        let Ok(longer) = Scenario::new(longer) else { return };
        let extra = usize::from(rating != 3);
        let play_on: Vec<usize> =
            play[..=at].iter().chain([&extra]).chain(&play[at + 1..]).copied().collect();
        let Some(other) = played(&longer, &play_on) else { return };
        if longer.par() != scenario.par() {
            return;
        }
        let needed = graph.model.skills[skill].needs.iter().all(|any| any & opened != 0);
        let (before, after) = (exact(session), exact(&other));
        assert!(after <= before, "seed {seed}, play {play:?}: an extra decision helps");
        compared[1] += 1;
        if rating == 3 && needed {
            compared[0] += 1;
            assert_eq!(
                before, after,
                "seed {seed}, play {play:?}: a flawless extra decision changes the score"
            );
        }
    });
    assert!(compared[0] > 200 && compared[1] > 500, "{compared:?} compared");
}

/// The graph with one more decision between a choice and the node that it leads to. All later indices move by one.
fn inserted(graph: &Graph, here: usize, place: usize, next: u16, skill: usize, rating: u8) -> Graph {
    let mut graph = graph.clone();
    let moved = |to: u16| if to >= next { to + 1 } else { to };
    for node in &mut graph.nodes {
        for choice in node.decision.iter_mut().flat_map(|decision| &mut decision.choices) {
            choice.then = moved(choice.then);
            choice.ways.iter_mut().for_each(|(_, to)| *to = moved(*to));
        }
    }
    let decision = graph.nodes[here].decision.as_mut().unwrap();
    let taken = &mut decision.choices[place];
    // Every way of the choice now leads through the new decision.
    (taken.then, taken.ways) = (next, Vec::new());
    let keep = |id: &str, rating: u8| Choice { goodwill: Some(0), ..choice(id, &[rating], next + 1) };
    let choices = vec![keep("strong", 3), keep("other", rating)];
    let tests = vec![skill as u8];
    let extra = Node { id: "extra".into(), decision: Some(Decision { tests, free_order: false, choices }) };
    graph.nodes.insert(usize::from(next), extra);
    graph
}

#[test]
fn s5_leaving_at_the_first_decision_rated_0_gives_0() {
    for (seed, scenario) in scenarios(2000) {
        let mut graph = scenario.graph().clone();
        let end = u16::try_from(graph.nodes.len()).unwrap();
        graph.nodes.push(ending("left"));
        let start = graph.nodes[0].decision.as_mut().unwrap();
        let leave = start.choices.len();
        start.choices.push(choice("leave", &vec![0; start.tests.len()], end));
        let scenario = Scenario::new(graph).unwrap();
        let session = played(&scenario, &[leave]).unwrap();
        assert_eq!(exact(&session), Ratio::new(0, 1), "seed {seed}");
    }
}

#[test]
fn s6_names_order_unreachable_nodes_and_scaled_weights_change_no_score() {
    every_play(700, |seed, scenario, play, session| {
        let mut graph = scenario.graph().clone();
        for (at, node) in graph.nodes.iter_mut().enumerate() {
            node.id = format!("renamed-{at}");
            if let Some(decision) = &mut node.decision {
                decision.choices.reverse();
            }
        }
        graph.nodes.push(ending("never"));
        graph.model.skills.iter_mut().for_each(|skill| skill.weight *= 7);
        let other = Scenario::new(graph).unwrap();
        let places = session.states().iter().zip(play).map(|(state, choice)| {
            let decision = scenario.graph().nodes[usize::from(state.node)].decision.as_ref().unwrap();
            decision.choices.len() - 1 - choice
        });
        let session_there = played(&other, &places.collect::<Vec<_>>()).unwrap();
        assert_eq!(exact(session), exact(&session_there), "seed {seed}, play {play:?}");
    });
}

#[test]
fn s7_skills_that_open_later_never_score_higher() {
    let mut compared = 0;
    for seed in 0..3000 {
        let later = graph(seed);
        let all = (1 << later.model.skills.len()) - 1;
        let earlier = Graph { already: all, ..later.clone() };
        let (Ok(later), Ok(earlier)) = (Scenario::new(later), Scenario::new(earlier)) else { continue };
        if later.par() != earlier.par() {
            continue;
        }
        for play in plays(&later) {
            let (late, early) = (played(&later, &play).unwrap(), played(&earlier, &play).unwrap());
            assert_eq!(
                route(&late),
                route(&early),
                "seed {seed}: skills opened earlier must not change the route"
            );
            compared += 1;
            assert!(exact(&late) <= exact(&early), "seed {seed}, play {play:?}");
        }
    }
    assert!(compared > 5000, "only {compared} plays compared");
}

#[test]
fn s8_the_ledger_sums_to_the_lost_points() {
    let mut seen = [0; 5];
    every_play(3000, |seed, _, play, session| {
        let report = session.report();
        let costs = report.ledger.iter().map(|line| Ratio::from(line.cost));
        assert_eq!(costs.fold(exact(session), Ratio::plus), Ratio::new(100, 1), "seed {seed}, play {play:?}");
        let shown: u32 = report.ledger.iter().map(|line| line.shown).sum();
        assert_eq!(shown, report.lost, "seed {seed}, play {play:?}");
        for line in &report.ledger {
            seen[line.kind as usize] += 1;
            let tenths = 10.0 * line.cost.numerator() as f64 / line.cost.denominator() as f64;
            assert!(
                (f64::from(line.shown) - tenths).abs() < 1.0,
                "seed {seed}: shown {} for {tenths}",
                line.shown
            );
        }
    });
    let [rating, order, slip, forfeit, cap] = seen;
    assert!(rating.min(order).min(slip).min(forfeit).min(cap) > 100, "{seen:?}");
}
