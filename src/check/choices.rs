//! Single decisions: how many choices they have, how these are rated, how similar they are, and why the weak ones tempt.

use std::collections::BTreeSet;

use crate::check::findings::Findings;
use crate::check::subject::{LintedChoice, Moment, Subject};
use crate::course::Form;
use crate::diag::Code;
use crate::measure::jaccard;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings);
    for moment in &subject.moments {
        traps(moment, findings);
    }
    few_traps(subject, findings);
}

/// Runs the checks that apply to any single decision, including those of a drill.
pub(super) fn each(subject: &Subject<'_>, findings: &mut Findings) {
    for moment in &subject.moments {
        strongest(moment, findings);
        if subject.scenario.is_some() {
            count(subject, moment, findings);
            range(moment, findings);
            unnamed(subject, moment, findings);
        }
        duplicates(subject, moment, findings);
        form(moment, findings);
    }
}

/// Choices without an id are identified by position: after an edit, another choice may be there.
fn unnamed(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    for line in moment.choices.iter().filter(|line| subject.reports && !line.raw.has_id) {
        let message =
            format!("this choice has no `id`, and is called `{}` by its position", line.raw.id.value);
        findings.choice(line, Code::UnnamedChoice, message).hint(
            "`amends ids SLUG` gives each choice of a scenario one, so that results last when choices change places",
        );
    }
}

fn strongest(moment: &Moment<'_>, findings: &mut Findings) {
    let best: Vec<&LintedChoice<'_>> =
        moment.choices.iter().filter(|line| line.rules.is_strongest()).collect();
    if best.len() < 2 {
        return;
    }
    let all = best.len() == moment.choices.len();
    let count = if all { "all".to_owned() } else { best.len().to_string() };
    let message = format!("{count} choices at `{}` are rated 3 throughout", moment.id.value);
    let finding = findings
        .moment(moment, Code::TwoStrongest, message)
        .hint("give a 2 to the one that you would rather not hear, and say in its `why` what is missing");
    for rate in best.iter().skip(1).filter_map(|line| line.raw.rate.as_ref()) {
        finding.label(rate.span(), "one of them");
    }
}

fn range(moment: &Moment<'_>, findings: &mut Findings) {
    let id = &moment.id.value;
    let weak: Vec<&LintedChoice<'_>> = moment.choices.iter().filter(|line| line.is_weak()).collect();
    let is_middle = |line: &LintedChoice<'_>| line.rules.ratings.iter().any(|rating| [1, 2].contains(rating));
    let is_zero = |line: &&LintedChoice<'_>| line.rules.ratings.iter().all(|rating| *rating == 0);
    if weak.is_empty() {
        findings
            .moment(moment, Code::NoWeakChoice, format!("no choice at `{id}` is rated 0 or 1"))
            .hint("add what slips out under pressure");
    } else if !moment.choices.iter().any(is_middle) {
        findings
            .moment(moment, Code::NoMiddleChoice, format!("no choice at `{id}` is rated 1 or 2"))
            .hint("add what most people would say: not wrong, but not enough");
    } else if weak.len() > 1 && weak.iter().all(is_zero) {
        findings
            .moment(moment, Code::AllZero, format!("every weak choice at `{id}` is rated 0"))
            .hint("let one of them be half right, and rate it 1");
    }
}

fn count(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    let (count, limits) = (moment.choices.len() as f64, subject.limits);
    if (limits.choices_min..=limits.choices_max).contains(&count) {
        return;
    }
    let message = format!(
        "`{}` has {count} choices; {} to {} is a good number",
        moment.id.value, limits.choices_min, limits.choices_max
    );
    findings.moment(moment, Code::ChoiceCount, message).hint(if count < limits.choices_min {
        "add what a person under pressure might say; if two are intended, allow it and say why"
    } else {
        "remove the one that nobody would choose"
    });
}

fn duplicates(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    for (at, line) in moment.choices.iter().enumerate() {
        let is_alike =
            |other: &&LintedChoice<'_>| jaccard(&other.text, &line.text) > subject.limits.near_duplicate;
        if let Some(other) = moment.choices[..at].iter().find(is_alike) {
            findings
                .choice(line, Code::NearDuplicate, "this choice is worded almost like another")
                .label(other.span, "the other")
                .hint("let them differ in what they do, not just in a word");
        }
    }
}

fn form(moment: &Moment<'_>, findings: &mut Findings) {
    let first = |form| moment.choices.iter().find(|line| line.form == form);
    if let (Some(_), Some(line)) = (first(Form::Say), first(Form::Do)) {
        findings
            .moment(moment, Code::MixedForm, format!("`{}` mixes words and acts", moment.id.value))
            .at(line.span)
            .hint("make them all `say` or all `do`");
    }
}

fn traps(moment: &Moment<'_>, findings: &mut Findings) {
    let weak: Vec<&LintedChoice<'_>> = moment.choices.iter().filter(|line| line.is_weak()).collect();
    for line in weak.iter().filter(|line| line.raw.trap.is_none()) {
        findings
            .choice(line, Code::NoTrap, "this choice is weak, but nothing says why it tempts")
            .at(line.raw.rate.as_ref().map_or(line.span, |rate| rate.span()))
            .hint("add `trap: ...`, such as `partly_right`, `token` or `policy_shield`");
    }
    let traps: Vec<_> = weak.iter().filter_map(|line| line.raw.trap.as_ref()).collect();
    let kinds: BTreeSet<&String> = traps.iter().map(|trap| &trap.value).collect();
    if weak.len() > 1 && traps.len() == weak.len() && kinds.len() == 1 {
        let message = format!("every weak choice at `{}` has `trap: {}`", moment.id.value, traps[1].value);
        findings
            .moment(moment, Code::SameTraps, message)
            .at(traps[1].span)
            .hint("let one of them fail in another way");
    }
}

fn few_traps(subject: &Subject<'_>, findings: &mut Findings) {
    let wanted = [
        ("right_act_wrong_time", subject.limits.timing_traps),
        ("partly_right", subject.limits.partial_traps),
    ];
    for (trap, least) in wanted {
        let has = |line: &&LintedChoice<'_>| line.raw.trap.as_ref().is_some_and(|at| at.value == trap);
        let count = subject.choices().filter(has).count();
        if (count as f64) < least {
            let message = format!("choices with `trap: {trap}`: {count}; aim for at least {least}");
            findings.story(subject, Code::FewTraps, message).hint(
                "good people make two mistakes: the right act at the wrong time, and half of the right act",
            );
        }
    }
}
