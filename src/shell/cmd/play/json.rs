//! The report of a run for programs. Fractions are strings in lowest terms; unknown values are null.

use scenario_wasm::{Cap, Line, Report, Score};
use serde_json::{Map, Value, json};

use crate::shell::cmd::play::{Context, Run};

/// The report as a JSON object, with the result code of such a play.
pub(super) fn report(context: &Context<'_>, run: &Run<'_>, code: Option<String>) -> String {
    let report = run.report();
    let points = |score: Score| json!({ "exact": score.exact.to_string(), "rounded": score.rounded });
    let skills: Map<String, Value> = report
        .skills
        .iter()
        .map(|skill| {
            let mut json = points(skill.score);
            (json["par"], json["met"]) = (skill.par.into(), skill.met.into());
            (context.model.skills[skill.skill].id.clone(), json)
        })
        .collect();
    let json = json!({
        "final": report.final_.map(points),
        "raw": report.raw.map(points),
        "skills": skills,
        "band": report.band.map(|band| &context.model.bands[band].name),
        "pass": report.pass,
        "mastery": report.mastery,
        "cap": report.cap.map(Cap::name),
        "ending": report.ending.map(|at| context.node_id(at)),
        "goodwill": report.goodwill,
        "complete": report.complete,
        "code": code,
        "ledger": report.ledger.iter().map(|line| entry(context, &report, line)).collect::<Value>(),
    });
    format!("{json:#}\n")
}

fn entry(context: &Context<'_>, report: &Report, line: &Line) -> Value {
    let node = line.step.and_then(|step| report.steps.get(step)).map(|step| context.node_id(step.at));
    let choice = line.step.and_then(|step| context.taken(report, step)).map(|choice| &choice.id);
    json!({
        "node": node,
        "choice": choice,
        "skill": line.skill.map(|skill| &context.model.skills[skill].id),
        "cost": line.cost.to_string(),
        "kind": line.kind.name(),
        "says": context.says(report, line),
    })
}
