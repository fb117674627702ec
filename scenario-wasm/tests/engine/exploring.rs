//! Par and the best final score still reachable, against a list of every play.

use scenario_wasm::{Error, Method, Scenario, Session};

use crate::generated::{graph, scenarios};
use crate::oracle::{Ratio, final_score};
use crate::playing::{played, plays};

/// Whether every choice is rated 3 on all tested skills, in order, without slip or cap.
pub(crate) fn is_flawless(session: &Session<&Scenario>) -> bool {
    let graph = session.scenario().graph();
    session.report().steps.iter().all(|step| {
        let decision = graph.nodes[step.at].decision.as_ref().unwrap();
        let choice = &decision.choices[step.chosen];
        let mut rated = decision.tests.iter().zip(&choice.ratings);
        let strong = rated.all(|(skill, rating)| *rating == 3 && step.in_order >> skill & 1 == 1);
        strong && choice.slips.is_empty() && choice.cap.is_none()
    })
}

#[test]
fn par_is_the_minimum_over_flawless_plays() {
    for (seed, scenario) in scenarios(3000) {
        let mut least = vec![u16::MAX; scenario.par().len()];
        for play in plays(&scenario) {
            let session = played(&scenario, &play).unwrap();
            if is_flawless(&session) {
                let mut met = vec![0; least.len()];
                for state in session.states() {
                    let decision = &scenario.graph().nodes[usize::from(state.node)].decision;
                    let tests = decision.iter().flat_map(|decision| &decision.tests);
                    tests.for_each(|skill| met[usize::from(*skill)] += 1);
                }
                least.iter_mut().zip(met).for_each(|(least, met)| *least = met.min(*least));
            }
        }
        assert_eq!(scenario.par(), least, "seed {seed}");
    }
}

#[test]
fn the_best_reachable_score_is_reached_and_not_exceeded() {
    for (seed, scenario) in scenarios(600) {
        let sessions = plays(&scenario).into_iter().map(|play| (played(&scenario, &play).unwrap(), play));
        let finished: Vec<_> =
            sessions.map(|(session, play)| (final_score(&session), session.report(), play)).collect();
        for (_, report, play) in &finished {
            for (at, step) in report.steps.iter().enumerate() {
                let same_start = finished.iter().filter(|(_, _, other)| other.starts_with(&play[..=at]));
                let best = same_start.map(|(score, ..)| *score).reduce(|a, b| if a < b { b } else { a });
                assert_eq!(
                    best,
                    Some(Ratio::from(step.best.exact)),
                    "seed {seed}, play {play:?}, choice {at}"
                );
                assert_eq!(step.method, Method::Exact);
            }
        }
    }
}

#[test]
fn errors_of_invalid_scenarios_name_the_node() {
    let (mut flawed, mut stuck) = (0, 0);
    for seed in 0..12_000 {
        let graph = graph(seed);
        match Scenario::new(graph.clone()) {
            Ok(_) => {}
            Err(Error::NoFlawless { node, .. }) => {
                flawed += 1;
                assert!(
                    graph.nodes[node].decision.is_some(),
                    "seed {seed}: only a decision can break a flawless play"
                );
            }
            Err(Error::DeadEnd { node, play }) => {
                stuck += 1;
                assert!(graph.nodes[node].decision.is_some() && !play.is_empty() || node == 0, "seed {seed}");
            }
            Err(other) => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!(flawed > 1000 && stuck > 10, "{flawed} without a flawless play, {stuck} with a dead end");
}
