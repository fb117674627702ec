//! Proofs against brute force: for thousands of generated scenarios, every play is listed, and every figure must be equal as a
//! fraction.

use std::collections::BTreeMap;

use amends::course::{Customer, Story};
use amends::prove::{Exact, Figure, GateFigures, LIMIT, Method, Proof};
use num_bigint::BigUint;
use scenario_wasm::{Choice, Decision, Fraction, Report, Scenario, Session};
use serde_json::{Value, json};

use crate::generated::scenarios;
use crate::harness::Site;
use crate::playing::{played, plays};

fn story(engine: Scenario) -> Story {
    let customer = Customer { name: String::new(), about: None, pronoun: None, portrait: None };
    Story { model: 0, customer, flags: BTreeMap::new(), nodes: Vec::new(), start: 0, engine }
}

fn fraction(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>) -> Exact {
    Exact::new(numerator.into(), denominator.into())
}

fn exact(score: Fraction) -> Exact {
    fraction(score.numerator(), score.denominator())
}

/// A play, with its probability in random play.
struct Play {
    chosen: Vec<usize>,
    nodes: Vec<usize>,
    share: Exact,
    report: Report,
}

fn all_plays(scenario: &Scenario) -> Vec<Play> {
    let one = |chosen: Vec<usize>| {
        let mut session = Session::start(scenario);
        let mut share = fraction(1u32, 1u32);
        for choice in &chosen {
            share /= BigUint::from(session.view().open.iter().filter(|open| **open).count());
            session.choose(*choice).unwrap();
        }
        let nodes = session.states().iter().map(|state| usize::from(state.node)).collect();
        Play { chosen, nodes, share, report: session.report() }
    };
    plays(scenario).into_iter().map(one).collect()
}

/// The sum of the shares of the plays for which `holds` is true.
fn share(plays: &[Play], holds: impl Fn(&Play) -> bool) -> Exact {
    plays.iter().filter(|play| holds(play)).fold(Exact::default(), |sum, play| sum + &play.share)
}

fn mean(plays: &[Play], value: impl Fn(&Play) -> Exact) -> Exact {
    plays.iter().fold(Exact::default(), |sum, play| sum + &play.share * value(play))
}

fn final_score(play: &Play) -> Exact {
    exact(play.report.final_.unwrap().exact)
}

fn histogram(plays: &[Play], value: impl Fn(&Play) -> u64) -> BTreeMap<u64, Figure> {
    let mut bins: BTreeMap<u64, Exact> = BTreeMap::new();
    for play in plays {
        *bins.entry(value(play)).or_default() += &play.share;
    }
    bins.into_iter().map(|(bin, exact)| (bin, Figure { exact, method: Method::Exact })).collect()
}

fn is_flawless(scenario: &Scenario, play: &Play) -> bool {
    play.report.steps.iter().all(|step| {
        let decision = decision(scenario, step.at);
        decision.choices[step.chosen].is_strongest()
            && decision.tests.iter().all(|skill| step.in_order >> skill & 1 == 1)
    })
}

fn decision(scenario: &Scenario, node: usize) -> &Decision {
    scenario.graph().nodes[node].decision.as_ref().unwrap()
}

#[test]
fn counts_and_shares_equal_those_of_all_plays() {
    for (seed, scenario) in scenarios(6000) {
        let plays = all_plays(&scenario);
        let proof = Proof::of(&story(scenario.clone()), LIMIT);
        let routes = &proof.routes;
        assert_eq!(routes.paths, plays.len().into(), "seed {seed}");
        let flawless = plays.iter().filter(|play| is_flawless(&scenario, play)).count();
        assert_eq!(routes.flawless, flawless.into(), "seed {seed}");
        for (at, node) in routes.nodes.iter().enumerate() {
            let meets = |play: &Play| play.nodes.contains(&at);
            assert_eq!(node.paths, plays.iter().filter(|play| meets(play)).count().into(), "seed {seed}");
            assert_eq!(node.share.exact, share(&plays, meets), "seed {seed}, node {at}");
            for (choice, figures) in node.choices.iter().enumerate() {
                let takes =
                    |play: &Play| play.nodes.iter().zip(&play.chosen).any(|taken| taken == (&at, &choice));
                let count = plays.iter().filter(|play| takes(play)).count();
                assert_eq!(figures.paths, count.into(), "seed {seed}, node {at}");
                assert_eq!(figures.share.exact, share(&plays, takes), "seed {seed}, node {at}");
                for (to, way) in &figures.ways {
                    let goes =
                        |play: &Play| takes(play) && play.nodes.windows(2).any(|pair| pair == [at, *to]);
                    assert_eq!(way.share.exact, share(&plays, goes), "seed {seed}, from {at} to {to}");
                    let flawless = plays.iter().any(|play| goes(play) && is_flawless(&scenario, play));
                    assert_eq!(way.flawless, flawless, "seed {seed}, from {at} to {to}");
                }
                let ways = figures.ways.values().fold(Exact::default(), |sum, way| sum + &way.share.exact);
                assert_eq!(ways, figures.share.exact, "seed {seed}, node {at}");
            }
        }
        let caps = [Some(scenario_wasm::Cap::Serious), Some(scenario_wasm::Cap::Critical)];
        let met = caps.map(|cap| {
            plays.iter().any(|play| {
                play.nodes
                    .iter()
                    .zip(&play.chosen)
                    .any(|(node, choice)| decision(&scenario, *node).choices[*choice].cap == cap)
            })
        });
        assert_eq!(routes.caps, met, "seed {seed}");
        assert_eq!(routes.gates, gates(&scenario, &plays), "seed {seed}");
    }
}

/// Every condition, with whether some play finds it open, and whether one finds it closed.
fn gates(scenario: &Scenario, plays: &[Play]) -> Vec<GateFigures> {
    let mut gates = Vec::new();
    for (node, at) in scenario.graph().nodes.iter().enumerate() {
        for (choice, gated) in at.decision.iter().flat_map(|decision| &decision.choices).enumerate() {
            let gate = |way| GateFigures { node, choice, way, open: false, closed: false };
            gates.extend((!gated.when.0.is_empty()).then(|| gate(None)));
            gates.extend((0..gated.ways.len()).map(|way| gate(Some(way))));
        }
    }
    for play in plays {
        let session = played(scenario, &play.chosen).unwrap();
        for (state, next) in session.states().iter().zip(play.nodes.iter().skip(1)) {
            let node = usize::from(state.node);
            let decision = decision(scenario, node);
            for gate in gates.iter_mut().filter(|gate| gate.node == node) {
                let choice: &Choice = &decision.choices[gate.choice];
                let open = choice.when.holds(state.flags, state.goodwill);
                let Some(way) = gate.way else {
                    (gate.open, gate.closed) = (gate.open | open, gate.closed | !open);
                    continue;
                };
                let after = state.step(&scenario.graph().model, decision, choice).next;
                let holds = |gate: &scenario_wasm::Gate| gate.holds(after.flags, after.goodwill);
                if open && !choice.ways[..way].iter().any(|(gate, _)| holds(gate)) {
                    let open = holds(&choice.ways[way].0);
                    (gate.open, gate.closed) = (gate.open | open, gate.closed | !open);
                }
            }
            assert!(usize::from(state.node) < *next);
        }
    }
    gates
}

#[test]
fn scores_equal_those_of_all_plays() {
    for (seed, scenario) in scenarios(6000) {
        let plays = all_plays(&scenario);
        let proof = Proof::of(&story(scenario.clone()), LIMIT);
        for (at, skill) in proof.skills.iter().enumerate() {
            let score = |play: &Play| play.report.skills[at].score;
            assert_eq!(skill.skill, plays[0].report.skills[at].skill, "seed {seed}");
            assert_eq!(skill.mean.exact, mean(&plays, |play| exact(score(play).exact)), "seed {seed}");
            assert_eq!(skill.histogram, histogram(&plays, |play| score(play).rounded), "seed {seed}");
        }
        assert_eq!(proof.skills.len(), plays[0].report.skills.len());
        let raw = mean(&plays, |play| exact(play.report.raw.unwrap().exact));
        assert_eq!(proof.raw.exact, raw, "seed {seed}");
        let scores = &proof.scores;
        assert_eq!(scores.min.exact, plays.iter().map(final_score).min().unwrap(), "seed {seed}");
        assert_eq!(scores.max.exact, plays.iter().map(final_score).max().unwrap(), "seed {seed}");
        assert_eq!(scores.mean.exact, mean(&plays, final_score), "seed {seed}");
        let rounded = |play: &Play| play.report.final_.unwrap().rounded;
        assert_eq!(scores.histogram, histogram(&plays, rounded), "seed {seed}");
        for (band, figure) in scores.bands.iter().enumerate() {
            let share = share(&plays, |play| play.report.band == Some(band));
            assert_eq!(figure.exact, share, "seed {seed}, band {band}");
        }
        assert_eq!(scores.pass.exact, share(&plays, |play| play.report.pass == Some(true)), "seed {seed}");
        let mastery = share(&plays, |play| play.report.mastery == Some(true));
        assert_eq!(scores.mastery.exact, mastery, "seed {seed}");
        for (at, node) in scenario.graph().nodes.iter().enumerate() {
            let finals = || plays.iter().filter(|play| play.report.ending == Some(at)).map(final_score);
            let range =
                scores.endings.get(&at).map(|range| (range.min.exact.clone(), range.max.exact.clone()));
            assert_eq!(range, finals().min().zip(finals().max()), "seed {seed}, ending {}", node.id);
        }
    }
}

#[test]
fn best_final_scores_and_dominance_equal_those_of_all_plays() {
    let mut broken = 0;
    for (seed, scenario) in scenarios(3000) {
        let plays = all_plays(&scenario);
        let scores = Proof::of(&story(scenario.clone()), LIMIT).scores;
        // The best final score by the start of a play and the choice after it.
        let mut after: BTreeMap<(&[usize], usize, usize), Exact> = BTreeMap::new();
        for play in &plays {
            for (step, choice) in play.chosen.iter().enumerate() {
                let best = after.entry((&play.chosen[..step], play.nodes[step], *choice)).or_default();
                *best = final_score(play).max(best.clone());
            }
        }
        let mut best: BTreeMap<(usize, usize), Exact> = BTreeMap::new();
        for ((_, node, choice), value) in &after {
            let best = best.entry((*node, *choice)).or_default();
            *best = value.clone().max(best.clone());
        }
        let found = scores.best.iter().map(|each| ((each.node, each.choice), each.best.exact.clone()));
        assert_eq!(found.collect::<BTreeMap<_, _>>(), best, "seed {seed}");
        let mut gaps: BTreeMap<(usize, usize, usize), Exact> = BTreeMap::new();
        for ((start, node, strong), high) in &after {
            let choices = &decision(&scenario, *node).choices;
            for (weak, other) in choices.iter().enumerate() {
                let Some(value) = after.get(&(*start, *node, weak)).filter(|value| *value > high) else {
                    continue;
                };
                if no_weaker(&choices[*strong], other) && !no_weaker(other, &choices[*strong]) {
                    let gap = gaps.entry((*node, *strong, weak)).or_default();
                    *gap = (value - high).max(gap.clone());
                }
            }
        }
        let dominance = scores.dominance.unwrap();
        for each in &dominance {
            let key = |choice| (each.play.as_slice(), each.node, choice);
            assert_eq!(after[&key(each.stronger)], each.after_stronger.exact, "seed {seed}");
            assert_eq!(after[&key(each.weaker)], each.after_weaker.exact, "seed {seed}");
        }
        let found = dominance.iter().map(|each| {
            let gap = &each.after_weaker.exact - &each.after_stronger.exact;
            ((each.node, each.stronger, each.weaker), gap)
        });
        assert_eq!(found.collect::<BTreeMap<_, _>>(), gaps, "seed {seed}");
        broken += usize::from(!gaps.is_empty());
    }
    assert!(broken > 100, "only {broken} scenarios have a stronger choice with a worse future");
}

/// Whether `a` is at least as good as `b` in everything.
fn no_weaker(a: &Choice, b: &Choice) -> bool {
    let rated = a.ratings.iter().zip(&b.ratings).all(|(a, b)| a >= b);
    rated && a.slips.len() <= b.slips.len() && a.cap <= b.cap
}

#[test]
fn beyond_the_limit_no_sampled_figure_is_called_exact() {
    let distance = |sampled: &Figure, exact: &Figure| (sampled.decimal() - exact.decimal()).abs();
    let (mut sampled, mut bounds, mut tight) = (0, 0, 0);
    for (seed, scenario) in scenarios(60) {
        let story = story(scenario);
        let (exact, drawn) = (Proof::of(&story, LIMIT), Proof::of(&story, 0));
        if drawn.scores.min.method == Method::Exact {
            continue;
        }
        sampled += 1;
        assert_eq!(drawn.scores.pass.method, Method::Sampled, "seed {seed}");
        assert!(distance(&drawn.scores.pass, &exact.scores.pass) < 0.01, "seed {seed}");
        assert!(distance(&drawn.scores.mean, &exact.scores.mean) < 0.5, "seed {seed}");
        let capped = drawn.routes.caps != [false, false];
        let method = if capped { Method::Sampled } else { Method::Exact };
        assert_eq!(drawn.scores.mean.method, method, "seed {seed}");
        assert!(drawn.scores.dominance.is_none(), "seed {seed}");
        for (bound, best) in drawn.scores.best.iter().zip(&exact.scores.best) {
            assert_eq!((bound.node, bound.choice), (best.node, best.choice), "seed {seed}");
            assert!(bound.best.exact >= best.best.exact && bound.best.method == Method::Bound);
            bounds += 1;
            tight += usize::from(bound.best.exact == best.best.exact);
        }
        assert_eq!(drawn.routes.paths, exact.routes.paths);
        assert_eq!(drawn.raw, exact.raw);
    }
    assert!(sampled > 10, "{sampled}");
    assert!(tight * 2 > bounds, "only {tight} of {bounds} bounds are the best score itself");
}

#[test]
fn all_scenarios_of_a_course_are_proved_by_slug() {
    let proved = Site::fixture("course").amends(&["prove", "--format", "json"]).exits(0).out;
    let proved: Value = serde_json::from_str(&proved).unwrap();
    let scenarios = proved["scenarios"].as_object().unwrap();
    assert_eq!(scenarios.len(), 5);
    for (slug, proof) in scenarios {
        assert_eq!(proof["final"]["mean"]["method"], "exact", "{slug}");
    }
    let worked = &scenarios["third-promised-tuesday"];
    assert_eq!(worked["par"], json!({ "listen": 2, "empathize": 2, "apologize": 2, "act": 3 }));
}

#[test]
fn beyond_a_limit_the_command_marks_sampled_figures() {
    let prove = |more: &[&str]| {
        Site::fixture("heard").amends(&[&["prove", "wrong-seat", "--limit", "1"], more].concat()).exits(0).out
    };
    let sampled: Value = serde_json::from_str(&prove(&["--format", "json"])).unwrap();
    assert_eq!(sampled["pass_share"]["method"], "sampled");
    assert_eq!(sampled["final"]["max"], json!({ "exact": "100", "decimal": 100.0, "method": "exact" }));
    assert_eq!(sampled["dominance"], Value::Null);
    let human = prove(&[]);
    assert!(human.contains("figures with ~ are from 100,000 random plays"), "{human}");
}
