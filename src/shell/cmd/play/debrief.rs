//! The report of a run for people.

use scenario_wasm::{Report, SkillScore};

use crate::markdown::plain::plain;
use crate::shell::cmd::play::text::wrapped;
use crate::shell::cmd::play::{Context, Run};
use crate::theme::Fill;

/// The whole debrief.
pub(super) fn report(context: &Context<'_>, run: &Run<'_>) -> String {
    let report = run.report();
    let mut out = String::new();
    if report.complete {
        score(context, &report, &mut out);
        out.push('\n');
        out.extend(report.skills.iter().map(|skill| level(context, skill)));
    } else {
        out.push_str("Incomplete: the conversation has not ended, so there is no score.\n");
    }
    ledger(context, &report, &mut out);
    moments(context, &report, &mut out);
    out
}

fn score(context: &Context<'_>, report: &Report, out: &mut String) {
    if let Some(ending) = report.ending.and_then(|at| context.ending(at)) {
        out.push_str(&format!("{}\n\n{}\n", ending.title, wrapped(&plain(&ending.text.markdown), "")));
    }
    let band = report.band.map(|band| &context.model.bands[band]);
    if let (Some(score), Some(band)) = (report.final_, band) {
        out.push_str(&format!("{} of 100: {}\n{}", score.rounded, band.name, wrapped(&band.means, "")));
    }
    out.push_str(match (report.pass, report.mastery) {
        (_, Some(true)) => "Passed, with mastery.\n",
        (Some(true), _) => "Passed.\n",
        _ => "Not passed.\n",
    });
}

fn level(context: &Context<'_>, skill: &SkillScore) -> String {
    let name = &context.model.skills[skill.skill].name;
    let level = context.model.skill_levels.iter().find(|level| skill.score.rounded >= u64::from(level.from));
    let says = level
        .map(|level| context.strings.fill(&level.says, &[("skill", Fill::Text(name))]))
        .unwrap_or_default();
    format!("{:>5}  {says}\n", skill.score.rounded)
}

fn ledger(context: &Context<'_>, report: &Report, out: &mut String) {
    out.push_str(&match (report.ledger.is_empty(), report.complete) {
        (true, true) => "\nNot a point was lost.\n".to_owned(),
        (true, false) => "\nNot a point has been lost so far.\n".to_owned(),
        (false, _) => format!("\nWhere {} points went\n", tenths(report.lost)),
    });
    for line in &report.ledger {
        let says = wrapped(&context.says(report, line), "       ");
        out.push_str(&format!("{:>5}  {}", tenths(line.shown), says.trim_start()));
    }
}

fn moments(context: &Context<'_>, report: &Report, out: &mut String) {
    if !report.steps.is_empty() {
        out.push_str("\nMoment by moment\n");
    }
    for (at, step) in report.steps.iter().enumerate() {
        let (Some(decision), Some(taken)) = (context.decision(step.at), context.taken(report, at)) else {
            continue;
        };
        let what = wrapped(&format!("You {}.", context.did(taken)), "     ");
        out.push_str(&format!("{:>3}. {}", at + 1, what.trim_start()));
        let rules = &context.scenario.story.rules(decision).choices;
        if rules[step.chosen].is_strongest() {
            out.push_str("     This was the strongest.\n");
            continue;
        }
        for (choice, _) in decision.choices.iter().zip(rules).filter(|(_, rules)| rules.is_strongest()) {
            out.push_str(&wrapped(&format!("Strongest: {}", plain(&choice.text.markdown)), "     "));
            out.push_str(&wrapped(&plain(&choice.why.markdown), "     "));
        }
    }
}

/// Formats tenths of a point as a number.
fn tenths(count: u32) -> String {
    format!("{}.{}", count / 10, count % 10)
}
