//! The report of a run for programs. Fractions are strings in lowest terms; what is not known is null.

use scenario_wasm::{Cap, Score};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::shell::cmd::play::{Run, Stage};

/// The report as one JSON object.
pub(super) fn report(stage: &Stage<'_>, run: &Run<'_>) -> String {
    let report = run.report();
    let skills = report.skills.iter().map(|skill| {
        let told = Skill { score: Points::of(skill.score), par: skill.par, met: skill.met };
        (stage.model.skills[skill.skill].id.clone(), told)
    });
    let ledger = report.ledger.iter().map(|line| {
        let step = line.step.and_then(|step| report.steps.get(step));
        Entry {
            node: step.map(|step| stage.node_id(step.at)),
            choice: line.step.and_then(|step| stage.taken(&report, step)).map(|choice| choice.id.clone()),
            skill: line.skill.map(|skill| stage.model.skills[skill].id.as_str()),
            cost: line.cost.to_string(),
            kind: line.kind.name(),
            says: stage.says(&report, line),
        }
    });
    let told = Told {
        final_: report.final_.map(Points::of),
        raw: report.raw.map(Points::of),
        skills: Skills(skills.collect()),
        band: report.band.map(|band| stage.model.bands[band].name.as_str()),
        pass: report.pass,
        mastery: report.mastery,
        cap: report.cap.map(Cap::name),
        ending: report.ending.map(|at| stage.node_id(at)),
        goodwill: &report.goodwill,
        complete: report.complete,
        ledger: ledger.collect(),
    };
    serde_json::to_string_pretty(&told).expect("plain data becomes JSON") + "\n"
}

#[derive(serde::Serialize)]
struct Told<'a> {
    #[serde(rename = "final")]
    final_: Option<Points>,
    raw: Option<Points>,
    skills: Skills,
    band: Option<&'a str>,
    pass: Option<bool>,
    mastery: Option<bool>,
    cap: Option<&'a str>,
    ending: Option<&'a str>,
    goodwill: &'a [u8],
    complete: bool,
    ledger: Vec<Entry<'a>>,
}

#[derive(serde::Serialize)]
struct Points {
    exact: String,
    rounded: u64,
}

impl Points {
    fn of(score: Score) -> Self {
        Self { exact: score.exact.to_string(), rounded: score.rounded }
    }
}

#[derive(serde::Serialize)]
struct Skill {
    #[serde(flatten)]
    score: Points,
    par: u16,
    met: u32,
}

#[derive(serde::Serialize)]
struct Entry<'a> {
    node: Option<&'a str>,
    choice: Option<String>,
    skill: Option<&'a str>,
    cost: String,
    kind: &'a str,
    says: String,
}

/// An object that keeps the model's order.
struct Skills(Vec<(String, Skill)>);

impl Serialize for Skills {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, skill) in &self.0 {
            map.serialize_entry(id, skill)?;
        }
        map.end()
    }
}
