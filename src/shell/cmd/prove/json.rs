//! Proofs for programs. What each key means is said in `docs/prove.md`.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::ToPrimitive;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::prove::moments::plays;
use crate::prove::{self, BestAfter, GateFigures, Probe, Proved};

/// One proof as an object, or several by slug.
pub(super) fn proofs(all: &[Proved<'_>], single: bool) -> String {
    let json = match all {
        [only] if single => serde_json::to_string_pretty(&Told::of(only)),
        // None was sound, and its faults have been told.
        [] if single => return String::new(),
        all => {
            let each = all.iter().map(|each| (each.scenario.slug.as_str(), Told::of(each)));
            serde_json::to_string_pretty(&All { scenarios: Named(each.collect()) })
        }
    };
    json.expect("plain data becomes JSON") + "\n"
}

#[derive(Serialize)]
struct All<'a> {
    scenarios: Named<'a, Told<'a>>,
}

/// An object whose keys keep their order.
struct Named<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A whole number: as a string where a double could not hold it.
struct Count<'a>(&'a BigUint);

impl Serialize for Count<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_u64().filter(|count| *count <= 1 << 53) {
            Some(count) => serializer.serialize_u64(count),
            None => serializer.serialize_str(&self.0.to_string()),
        }
    }
}

#[derive(Serialize)]
struct Figure {
    exact: String,
    decimal: f64,
    method: &'static str,
}

impl Figure {
    fn of(figure: &prove::Figure) -> Self {
        Self { exact: figure.exact.to_string(), decimal: figure.decimal(), method: figure.method.name() }
    }
}

type Histogram = BTreeMap<u64, Figure>;

fn histogram(bins: &BTreeMap<u64, prove::Figure>) -> Histogram {
    bins.iter().map(|(score, share)| (*score, Figure::of(share))).collect()
}

#[derive(Serialize)]
struct Told<'a> {
    scenario: &'a str,
    model: &'a str,
    paths: Count<'a>,
    states: usize,
    flawless: Count<'a>,
    caps: Caps,
    par: Named<'a, u16>,
    #[serde(rename = "final")]
    final_: Final,
    raw: Mean,
    pass_share: Figure,
    mastery_share: Figure,
    bands: Named<'a, Share>,
    endings: Named<'a, Ending<'a>>,
    skills: Named<'a, Skill>,
    probes: Named<'a, Probed<'a>>,
    nodes: Named<'a, Decision<'a>>,
    gates: Vec<Gate<'a>>,
    dominance: Option<Vec<Dominance<'a>>>,
}

#[derive(Serialize)]
struct Caps {
    serious: bool,
    critical: bool,
}

#[derive(Serialize)]
struct Final {
    min: Figure,
    max: Figure,
    mean: Figure,
    histogram: Histogram,
}

#[derive(Serialize)]
struct Mean {
    mean: Figure,
}

#[derive(Serialize)]
struct Share {
    from: u8,
    share: Figure,
}

#[derive(Serialize)]
struct Ending<'a> {
    paths: Count<'a>,
    share: Figure,
    /// Null where no sampled play came.
    min: Option<Figure>,
    max: Option<Figure>,
    /// One that comes to it.
    play: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Skill {
    mean: Figure,
    histogram: Histogram,
}

#[derive(Serialize)]
struct Probed<'a> {
    #[serde(flatten)]
    score: Figure,
    rounded: u64,
    band: &'a str,
    pass: bool,
    ending: &'a str,
    play: Vec<&'a str>,
}

#[derive(Serialize)]
struct Decision<'a> {
    paths: Count<'a>,
    share: Figure,
    choices: Named<'a, Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    paths: Count<'a>,
    share: Figure,
    /// Null where no play can take it.
    best: Option<Figure>,
}

#[derive(Serialize)]
struct Gate<'a> {
    node: &'a str,
    choice: &'a str,
    way: Option<usize>,
    open: &'static str,
    /// A play to a moment at which the choice is closed.
    closed_after: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Dominance<'a> {
    node: &'a str,
    stronger: &'a str,
    weaker: &'a str,
    after_stronger: Figure,
    after_weaker: Figure,
    play: Vec<&'a str>,
}

impl<'a> Told<'a> {
    fn of(proved: &'a Proved<'a>) -> Self {
        let (proof, model) = (&proved.proof, &proved.model);
        let scores = &proof.scores;
        let skill = |at: usize| model.skills[at].id.as_str();
        let bands = model.bands.iter().zip(&scores.bands);
        let bands =
            bands.map(|(band, share)| (&*band.name, Share { from: band.from, share: Figure::of(share) }));
        let skills = proof.skills.iter().map(|figures| {
            let told = Skill { mean: Figure::of(&figures.mean), histogram: histogram(&figures.histogram) };
            (skill(figures.skill), told)
        });
        let dominance = scores.dominance.as_ref();
        let mut plays = plays(&proved.scenario.story.engine);
        let gates = proof.routes.gates.iter();
        Self {
            scenario: &proved.scenario.slug,
            model: &model.id,
            paths: Count(&proof.routes.paths),
            states: proof.routes.states,
            flawless: Count(&proof.routes.flawless),
            caps: Caps { serious: proof.routes.caps[0], critical: proof.routes.caps[1] },
            par: Named(proof.par.iter().enumerate().map(|(at, par)| (skill(at), *par)).collect()),
            final_: Final {
                min: Figure::of(&scores.min),
                max: Figure::of(&scores.max),
                mean: Figure::of(&scores.mean),
                histogram: histogram(&scores.histogram),
            },
            raw: Mean { mean: Figure::of(&proof.raw) },
            pass_share: Figure::of(&scores.pass),
            mastery_share: Figure::of(&scores.mastery),
            bands: Named(bands.collect()),
            endings: Named(endings(proved, &mut plays.endings)),
            skills: Named(skills.collect()),
            probes: Named(proof.probes.iter().map(|probe| probed(proved, probe)).collect()),
            nodes: Named(decisions(proved)),
            gates: gates.map(|gate| told_gate(proved, gate, &mut plays.closed)).collect(),
            dominance: dominance.map(|all| all.iter().map(|each| dominates(proved, each)).collect()),
        }
    }
}

fn endings<'a>(
    proved: &'a Proved<'a>,
    plays: &mut BTreeMap<usize, Vec<String>>,
) -> Vec<(&'a str, Ending<'a>)> {
    let nodes = proved.proof.routes.nodes.iter().enumerate();
    let endings = nodes.filter(|(_, node)| node.choices.is_empty()).map(|(at, node)| {
        let range = proved.proof.scores.endings.get(&at);
        let told = Ending {
            paths: Count(&node.paths),
            share: Figure::of(&node.share),
            min: range.map(|range| Figure::of(&range.min)),
            max: range.map(|range| Figure::of(&range.max)),
            play: plays.remove(&at),
        };
        (proved.node(at), told)
    });
    endings.collect()
}

fn probed<'a>(proved: &'a Proved<'a>, probe: &Probe) -> (&'a str, Probed<'a>) {
    let told = Probed {
        score: Figure::of(&probe.score),
        rounded: probe.rounded,
        band: &proved.model.bands[probe.band].name,
        pass: probe.pass,
        ending: proved.node(probe.ending),
        play: proved.play(&probe.play),
    };
    (probe.policy.name(), told)
}

fn decisions<'a>(proved: &'a Proved<'a>) -> Vec<(&'a str, Decision<'a>)> {
    let nodes = proved.proof.routes.nodes.iter().enumerate();
    let decisions = nodes.filter(|(_, node)| !node.choices.is_empty()).map(|(at, node)| {
        let choices = node.choices.iter().enumerate().map(|(choice, figures)| {
            let wanted = |best: &&BestAfter| (best.node, best.choice) == (at, choice);
            let best = proved.proof.scores.best.iter().find(wanted);
            let told = Choice {
                paths: Count(&figures.paths),
                share: Figure::of(&figures.share),
                best: best.map(|best| Figure::of(&best.best)),
            };
            (proved.choice(at, choice), told)
        });
        let told = Decision {
            paths: Count(&node.paths),
            share: Figure::of(&node.share),
            choices: Named(choices.collect()),
        };
        (proved.node(at), told)
    });
    decisions.collect()
}

fn told_gate<'a>(
    proved: &'a Proved<'a>,
    gate: &GateFigures,
    closed: &mut BTreeMap<(usize, usize), Vec<String>>,
) -> Gate<'a> {
    // Only a choice's own condition closes it.
    let at = gate.way.is_none().then_some((gate.node, gate.choice));
    Gate {
        closed_after: at.and_then(|at| closed.remove(&at)),
        node: proved.node(gate.node),
        choice: proved.choice(gate.node, gate.choice),
        way: gate.way,
        open: match (gate.is_never_open(), gate.is_always_open()) {
            (true, _) => "never",
            (_, true) => "always",
            _ => "sometimes",
        },
    }
}

fn dominates<'a>(proved: &'a Proved<'a>, each: &prove::Dominance) -> Dominance<'a> {
    Dominance {
        node: proved.node(each.node),
        stronger: proved.choice(each.node, each.stronger),
        weaker: proved.choice(each.node, each.weaker),
        after_stronger: Figure::of(&each.after_stronger),
        after_weaker: Figure::of(&each.after_weaker),
        play: proved.play(&each.play),
    }
}
