//! Proofs for programs; `docs/prove.md` explains each key.

use num_bigint::BigUint;
use num_traits::ToPrimitive;
use serde_json::{Map, Value, json};

use crate::prove::moments::{Plays, plays};
use crate::prove::style::{Lead, Reading};
use crate::prove::{Dominance, Figure, GateFigures, NodeFigures, Played, Proved, Proving};

/// One proof as an object.
pub(super) fn one(proved: &Proved<'_>) -> String {
    format!("{:#}\n", proof(proved))
}

/// Proofs by slug, and what the style of the whole course gives away.
pub(super) fn course(all: &[Proved<'_>], proving: &Proving) -> String {
    let scenarios = object(all.iter().map(|each| (&each.scenario.slug, proof(each))));
    let mut style = reading(proving.whole().as_ref().ok());
    let marks = proving.reader.marks();
    let marks =
        marks.iter().map(|mark| (mark.name, json!({ "most": lead(mark.most), "least": lead(mark.least) })));
    style["marks"] = object(marks).into();
    format!("{:#}\n", json!({ "scenarios": scenarios, "style": style }))
}

/// To four decimals.
fn decimal(number: f64) -> Value {
    json!((number * 1e4).round() / 1e4)
}

fn lead(lead: Lead) -> Value {
    json!({ "hits": decimal(lead.hits), "z": decimal(lead.z) })
}

/// The figures are null if there was too little to learn from.
fn reading(reading: Option<&Reading>) -> Value {
    json!({
        "decisions": reading.map(|reading| reading.decisions),
        "hits": reading.map(|reading| reading.hits),
        "due": reading.map(|reading| decimal(reading.due())),
        "chance": reading.map(|reading| decimal(reading.chance())),
    })
}

/// What a reader of style finds in a scenario, and from how much it learned.
fn style(proved: &Proved<'_>) -> Value {
    let mut json = reading(proved.style.as_ref().ok().map(|style| &style.reading));
    json["learned_from"] = match &proved.style {
        Ok(style) => json!(style.learned_from),
        Err(few) => json!(few.elsewhere),
    };
    json
}

/// Keeps the order of the keys.
fn object<K: ToString>(entries: impl Iterator<Item = (K, Value)>) -> Map<String, Value> {
    entries.map(|(key, value)| (key.to_string(), value)).collect()
}

/// A number, or a string if a double cannot represent it.
fn count(count: &BigUint) -> Value {
    count
        .to_u64()
        .filter(|count| *count <= 1 << 53)
        .map_or_else(|| json!(count.to_string()), |count| json!(count))
}

fn figure(figure: &Figure) -> Value {
    json!({
        "exact": figure.exact.to_string(),
        "decimal": figure.decimal(),
        "method": figure.method.name(),
    })
}

fn histogram<'a>(bins: impl IntoIterator<Item = (&'a u64, &'a Figure)>) -> Map<String, Value> {
    object(bins.into_iter().map(|(score, share)| (score, figure(share))))
}

fn proof(proved: &Proved<'_>) -> Value {
    let (proof, model) = (&proved.proof, proved.model);
    let (routes, scores) = (&proof.routes, &proof.scores);
    let skill = |at: usize| &model.skills[at].id;
    let skills = proof.skills.iter().map(|figures| {
        let json = json!({ "mean": figure(&figures.mean), "histogram": histogram(&figures.histogram) });
        (skill(figures.skill), json)
    });
    let bands = model.bands.iter().zip(&scores.bands);
    let plays = plays(&proved.scenario.story.engine);
    let nodes = || routes.nodes.iter().enumerate().map(|(at, node)| (at, proved.node(at), node));
    let endings = nodes().filter(|(.., node)| node.choices.is_empty());
    let decisions = nodes().filter(|(.., node)| !node.choices.is_empty());
    let dominance = scores.dominance.as_ref();
    let probes = proof.probes.iter().map(|each| (each.policy.name(), probe(proved, &each.played)));
    let by_style = proved.style.as_ref().map_or(Value::Null, |style| probe(proved, &style.played));
    json!({
        "scenario": proved.scenario.slug,
        "model": model.id,
        "paths": count(&routes.paths),
        "states": routes.states,
        "flawless": count(&routes.flawless),
        "caps": { "serious": routes.caps[0], "critical": routes.caps[1] },
        "par": object(proof.par.iter().enumerate().map(|(at, par)| (skill(at), json!(par)))),
        "final": {
            "min": figure(&scores.min),
            "max": figure(&scores.max),
            "mean": figure(&scores.mean),
            "histogram": histogram(&scores.histogram),
        },
        "raw": { "mean": figure(&proof.raw) },
        "pass_share": figure(&scores.pass),
        "mastery_share": figure(&scores.mastery),
        "bands": object(bands.map(|(band, share)| {
            (&band.name, json!({ "from": band.from, "share": figure(share) }))
        })),
        "endings": object(endings.map(|(at, id, node)| (id, ending(proved, at, node, &plays)))),
        "skills": object(skills),
        "probes": object(probes.chain([("style", by_style)])),
        "style": style(proved),
        "nodes": object(decisions.map(|(at, id, node)| (id, decision(proved, at, node)))),
        "gates": routes.gates.iter().map(|each| gate(proved, each, &plays)).collect::<Value>(),
        "dominance": dominance.map(|all| all.iter().map(|each| dominates(proved, each)).collect::<Value>()),
    })
}

/// The range is null if no sampled play ends there; `play` is one that does.
fn ending(proved: &Proved<'_>, at: usize, node: &NodeFigures, plays: &Plays) -> Value {
    let range = proved.proof.scores.endings.get(&at);
    json!({
        "paths": count(&node.paths),
        "share": figure(&node.share),
        "min": range.map(|range| figure(&range.min)),
        "max": range.map(|range| figure(&range.max)),
        "play": plays.endings.get(&at),
    })
}

fn probe(proved: &Proved<'_>, probe: &Played) -> Value {
    json!({
        "exact": probe.score.exact.to_string(),
        "decimal": probe.score.decimal(),
        "method": probe.score.method.name(),
        "rounded": probe.rounded,
        "band": proved.model.bands[probe.band].name,
        "pass": probe.pass,
        "ending": proved.node(probe.ending),
        "play": proved.play(&probe.play),
    })
}

/// The best final after a choice is null if no play can take it.
fn decision(proved: &Proved<'_>, at: usize, node: &NodeFigures) -> Value {
    let choices = node.choices.iter().enumerate().map(|(choice, figures)| {
        let best = proved.proof.scores.best.iter().find(|best| (best.node, best.choice) == (at, choice));
        let json = json!({
            "paths": count(&figures.paths),
            "share": figure(&figures.share),
            "best": best.map(|best| figure(&best.best)),
        });
        (proved.choice(at, choice), json)
    });
    json!({ "paths": count(&node.paths), "share": figure(&node.share), "choices": object(choices) })
}

/// `closed_after` is a play to a moment at which the choice is closed; only a choice's own condition can close it.
fn gate(proved: &Proved<'_>, gate: &GateFigures, plays: &Plays) -> Value {
    let own = gate.way.is_none().then_some((gate.node, gate.choice));
    let open = match (gate.is_never_open(), gate.is_always_open()) {
        (true, _) => "never",
        (_, true) => "always",
        _ => "sometimes",
    };
    json!({
        "node": proved.node(gate.node),
        "choice": proved.choice(gate.node, gate.choice),
        "way": gate.way,
        "open": open,
        "closed_after": own.and_then(|at| plays.closed.get(&at)),
    })
}

fn dominates(proved: &Proved<'_>, each: &Dominance) -> Value {
    json!({
        "node": proved.node(each.node),
        "stronger": proved.choice(each.node, each.stronger),
        "weaker": proved.choice(each.node, each.weaker),
        "after_stronger": figure(&each.after_stronger),
        "after_weaker": figure(&each.after_weaker),
        "play": proved.play(&each.play),
    })
}
