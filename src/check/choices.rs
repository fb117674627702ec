//! Single decisions: how many choices, how they are rated, how alike they are, and why the weak ones tempt.

use std::collections::BTreeSet;

use crate::check::findings::Findings;
use crate::check::subject::{Moment, Subject};
use crate::course::Form;
use crate::diag::{Code, Diagnostic, Severity};
use crate::measure::jaccard;

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings);
    for moment in &subject.moments {
        traps(moment, findings);
    }
    few_traps(subject, findings);
}

/// Those that can be said of any single decision, in a drill, too.
pub(super) fn each(subject: &Subject<'_>, findings: &mut Findings) {
    for moment in &subject.moments {
        strongest(moment, findings);
        if subject.scenario.is_some() {
            count(subject, moment, findings);
            range(moment, findings);
        }
        duplicates(subject, moment, findings);
        form(moment, findings);
    }
}

fn strongest(moment: &Moment<'_>, findings: &mut Findings) {
    let best = moment.choices.iter().filter(|line| line.rules.is_strongest()).count();
    if best < 2 {
        return;
    }
    let all = best == moment.choices.len();
    let message = format!(
        "{} choices at `{}` are rated 3 throughout",
        if all { "all".to_owned() } else { best.to_string() },
        moment.id.value
    );
    let mut told = Diagnostic::lint(Code::TwoStrongest, moment.id.span, message);
    if all {
        told.severity = Severity::Error;
    }
    for line in moment.choices.iter().filter(|line| line.rules.is_strongest()).skip(1) {
        if let Some(rate) = &line.raw.rate {
            told = told.label(rate.span(), "one of them");
        }
    }
    findings.moment(
        moment,
        told.hint("rate the one that you would rather not hear as a 2, and say in its `why` what is missing"),
    );
}

fn range(moment: &Moment<'_>, findings: &mut Findings) {
    let lines = || moment.choices.iter();
    if !lines().any(|line| line.is_weak()) {
        let told = Diagnostic::lint(
            Code::NoWeakChoice,
            moment.id.span,
            format!("no choice at `{}` is rated 0 or 1", moment.id.value),
        );
        findings.moment(moment, told.hint("add what slips out under pressure"));
        return;
    }
    let middle = |rating: &u8| *rating == 1 || *rating == 2;
    if !lines().any(|line| line.rules.ratings.iter().any(middle)) {
        let message = format!("no choice at `{}` is rated 1 or 2", moment.id.value);
        let told = Diagnostic::lint(Code::NoMiddleChoice, moment.id.span, message);
        findings.moment(moment, told.hint("add what most people would say: not wrong, and not enough"));
        return;
    }
    let weak: Vec<_> = lines().filter(|line| line.is_weak()).collect();
    if weak.len() > 1 && weak.iter().all(|line| line.rules.ratings.iter().all(|rating| *rating == 0)) {
        let message = format!("every weak choice at `{}` is rated 0", moment.id.value);
        let told = Diagnostic::lint(Code::AllZero, moment.id.span, message);
        findings.moment(moment, told.hint("let one of them be half right, and rate it 1"));
    }
}

fn count(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    let (count, limits) = (moment.choices.len(), subject.limits);
    if (count as f64) < limits.choices_min || count as f64 > limits.choices_max {
        let message = format!(
            "`{}` has {count} choices, and {} to {} are a good number",
            moment.id.value, limits.choices_min, limits.choices_max
        );
        let hint = if (count as f64) < limits.choices_min {
            "add what a person under pressure might say; if two are meant, allow it with the reason"
        } else {
            "take away the one that nobody would choose"
        };
        findings.moment(moment, Diagnostic::lint(Code::ChoiceCount, moment.id.span, message).hint(hint));
    }
}

fn duplicates(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    for (at, line) in moment.choices.iter().enumerate() {
        let twin = moment.choices[..at]
            .iter()
            .find(|other| jaccard(&other.text, &line.text) > subject.limits.near_duplicate);
        if let Some(twin) = twin {
            let told = Diagnostic::lint(
                Code::NearDuplicate,
                line.span,
                "this choice has nearly the words of another",
            );
            findings.choice(
                moment,
                line,
                told.label(twin.span, "the other").hint("let them differ in what they do, not in a word"),
            );
        }
    }
}

fn form(moment: &Moment<'_>, findings: &mut Findings) {
    let odd = |form| moment.choices.iter().find(|line| line.form == form);
    if let (Some(_), Some(line)) = (odd(Form::Say), odd(Form::Do)) {
        let message = format!("`{}` has words beside acts", moment.id.value);
        let told = Diagnostic::lint(Code::MixedForm, line.span, message);
        findings.moment(moment, told.hint("make them all `say` or all `do`"));
    }
}

fn traps(moment: &Moment<'_>, findings: &mut Findings) {
    let weak: Vec<_> = moment.choices.iter().filter(|line| line.is_weak()).collect();
    for line in weak.iter().filter(|line| line.raw.trap.is_none()) {
        let span = line.raw.rate.as_ref().map_or(line.span, |rate| rate.span());
        let told =
            Diagnostic::lint(Code::NoTrap, span, "this choice is weak, and nothing says why it tempts");
        findings.choice(
            moment,
            line,
            told.hint("add `trap: ...`, such as `partly_right`, `token` or `policy_shield`"),
        );
    }
    let kinds: BTreeSet<_> =
        weak.iter().filter_map(|line| line.raw.trap.as_ref().map(|trap| &trap.value)).collect();
    if let (true, Some(trap), 1) =
        (weak.len() > 1 && weak.iter().all(|line| line.raw.trap.is_some()), kinds.first(), kinds.len())
    {
        let message = format!("every weak choice at `{}` is a `{trap}`", moment.id.value);
        let span = weak[1].raw.trap.as_ref().map_or(moment.id.span, |trap| trap.span);
        let told = Diagnostic::lint(Code::SameTraps, span, message);
        findings.moment(moment, told.hint("let one of them fail in another way"));
    }
}

fn few_traps(subject: &Subject<'_>, findings: &mut Findings) {
    let wanted = [
        ("right_act_wrong_time", subject.limits.timing_traps),
        ("partly_right", subject.limits.partial_traps),
    ];
    for (trap, least) in wanted {
        let count = subject
            .lines()
            .filter(|(_, line)| line.raw.trap.as_ref().is_some_and(|at| at.value == trap))
            .count();
        if (count as f64) < least {
            let message = format!("choices with `trap: {trap}`: {count}, and {least} would be good");
            let told = Diagnostic::lint(Code::FewTraps, subject.span(), message);
            findings.story(told.hint(
                "the mistakes of good people are right acts at the wrong time, and half of the right act",
            ));
        }
    }
}
