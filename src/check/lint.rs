//! Runs every family of lints over a sound story, and drops the findings that the author has allowed.
//!
//! Lints run only on stories that compiled. Each finding knows what it is about, so that an `allow` of the scenario, the
//! decision or the choice can suppress it.

use scenario_wasm::scenario::LIMIT;

use crate::check::findings::{Finding, Findings};
use crate::check::subject::Subject;
use crate::check::{
    Played, choices, danger, feedback, gates, played, plays, scoring, structure, tells, text, wording,
};
use crate::diag::suggest::did_you_mean;
use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::allow::RawAllow;
use crate::parse::scenario::RawStory;
use crate::prove::Proof;

/// Lints a scenario. `proof` and `plays`, what a class played, are of the same story.
pub fn scenario(subject: &Subject<'_>, proof: &Proof, plays: Option<&Played>, diags: &mut Diagnostics) {
    let mut findings = Findings::default();
    structure::check(subject, proof, &mut findings);
    scoring::check(subject, proof, &mut findings);
    danger::check(subject, Some(&proof.reach), &mut findings);
    plays::check(subject, proof, &mut findings);
    gates::check(subject, proof, &mut findings);
    choices::check(subject, &mut findings);
    tells::check(subject, &mut findings);
    text::check(subject, &mut findings);
    wording::check(subject, &mut findings);
    feedback::check(subject, &mut findings);
    played::check(subject, plays, &mut findings);
    report(subject, findings, diags);
}

/// Lints a drill, which has only a decision or two: only lints of single decisions apply.
pub fn drill(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let mut findings = Findings::default();
    choices::each(subject, &mut findings);
    danger::check(subject, subject.engine.reach(LIMIT).as_ref().ok(), &mut findings);
    tells::each(subject, &mut findings);
    text::each(subject, &mut findings);
    wording::check(subject, &mut findings);
    feedback::check(subject, &mut findings);
    report(subject, findings, diags);
}

/// Reports findings that are not allowed, and allowances that are not needed.
fn report(subject: &Subject<'_>, findings: Findings, diags: &mut Diagnostics) {
    let mut allowances = allowances(subject);
    for finding in findings.all {
        let mut set_aside = false;
        for allowance in allowances.iter_mut().filter(|allowance| allowance.covers(&finding)) {
            allowance.used = true;
            set_aside = true;
        }
        if !set_aside {
            diags.push(finding.diagnostic);
        }
    }
    for Allowance { raw, .. } in allowances.iter().filter(|allowance| !allowance.used) {
        // Whether an `allow` of these is needed shows only with people's plays, or with all other pages.
        if Code::of(&raw.code.value).is_some_and(|code| !code.is_of_plays() && code != Code::StyleTell) {
            let message = format!("`{}` is allowed here, but nothing here needs it", raw.code.value);
            diags.lint(Code::UnusedAllow, raw.code.span, message, "remove the line");
        }
    }
}

/// An `allow` and what it belongs to.
struct Allowance<'a> {
    raw: &'a RawAllow,
    node: Option<&'a String>,
    choice: Option<&'a String>,
    used: bool,
}

impl Allowance<'_> {
    fn covers(&self, finding: &Finding) -> bool {
        self.raw.code.value == finding.diagnostic.code.name()
            && self.node.is_none_or(|id| finding.node.as_ref() == Some(id))
            && self.choice.is_none_or(|id| finding.choice.as_ref() == Some(id))
    }
}

fn allowances<'a>(subject: &'a Subject<'_>) -> Vec<Allowance<'a>> {
    let whole = subject.scenario.iter().flat_map(|scenario| &scenario.allow);
    let mut all: Vec<Allowance<'a>> =
        whole.map(|raw| Allowance { raw, node: None, choice: None, used: false }).collect();
    for moment in &subject.moments {
        let node = Some(&moment.id.value);
        all.extend(moment.raw.allow.iter().map(|raw| Allowance { raw, node, choice: None, used: false }));
        for line in &moment.choices {
            let choice = Some(&line.raw.id.value);
            all.extend(line.raw.allow.iter().map(|raw| Allowance { raw, node, choice, used: false }));
        }
    }
    all
}

/// Reports every `allow` of an unknown lint, whether or not the story compiled.
pub fn allowed(story: &RawStory, whole: &[RawAllow], diags: &mut Diagnostics) {
    let inner = story.decisions().flat_map(|(_, decision)| {
        decision.allow.iter().chain(decision.choices.iter().flat_map(|choice| &choice.allow))
    });
    for allow in whole.iter().chain(inner) {
        name(&allow.code, diags);
    }
}

fn name(code: &At<String>, diags: &mut Diagnostics) {
    match Code::of(&code.value) {
        Some(known) if known.is_lint() => {}
        Some(_) => {
            let message = format!(
                "`{}` cannot be allowed: it stops the scenario from being played or read",
                code.value
            );
            diags.error(Code::BadValue, code.span, message, "fix the fault itself");
        }
        None if Code::RETIRED.contains(&code.value.as_str()) => {}
        None => {
            let lints = Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
            let message = format!("there is no check called `{}`", code.value);
            let hint = did_you_mean(&code.value, lints, "`amends explain` lists them all");
            diags.error(Code::UnknownName, code.span, message, hint);
        }
    }
}
