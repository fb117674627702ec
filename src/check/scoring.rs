//! Whether the score says what the story teaches: which skills count, and how goodwill follows the ratings.
//!
//! Anything that takes all plays to see (random play, rules of thumb, dominance) is in `plays`.

use crate::check::findings::Findings;
use crate::check::subject::{LintedChoice, Moment, Subject};
use crate::diag::Code;
use crate::diag::render::counted;
use crate::parse::At;
use crate::parse::gate::RawGate;
use crate::prove::Proof;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    skills(subject, findings);
    facets(subject, proof, findings);
    for moment in &subject.moments {
        for line in &moment.choices {
            cap(subject, line, findings);
            goodwill(subject, moment, line, findings);
        }
    }
}

fn skills(subject: &Subject<'_>, findings: &mut Findings) {
    let drill = subject.scenario.is_some_and(|scenario| scenario.skill_drill);
    let last = subject.model.skills.len() - 1;
    for (at, (skill, par)) in subject.model.skills.iter().zip(subject.engine.par()).enumerate() {
        let id = &skill.id;
        let testing = subject.moments.iter().find(|moment| moment.tests(id));
        match (*par, testing) {
            (0, Some(moment)) if !drill => {
                let test = moment.raw.tests.iter().find(|test| test.value == *id);
                let message =
                    format!("`{id}` is tested here, but not on every flawless play, so it does not count");
                findings
                    .moment(moment, Code::OffPathSkill, message)
                    .at(test.map_or(moment.id.span, |test| test.span))
                    .hint("test it on the flawless play, too, or write `skill_drill: true` if this scenario trains some skills only");
            }
            (0, None) if !drill => {
                findings
                    .story(subject, Code::OffPathSkill, format!("`{id}` is never tested"))
                    .hint("test it at a decision, or write `skill_drill: true` if this scenario trains some skills only");
            }
            (1, Some(moment)) => {
                let message = format!("`{id}` is tested once on a flawless play");
                let finding = findings
                    .moment(moment, Code::SingleChance, message)
                    .hint(format!("test {id} at a second decision, perhaps beside another skill"));
                // The first skill opens the others and the last is the remedy; in between, one click decides too much.
                if at != 0 && at != last {
                    finding.note();
                }
            }
            _ => {}
        }
    }
}

fn facets(subject: &Subject<'_>, proof: &Proof, findings: &mut Findings) {
    if subject.scenario.is_some_and(|scenario| scenario.skill_drill) {
        return;
    }
    let has = |moment: &Moment<'_>, names: &[&str]| {
        moment.raw.facet.as_ref().is_some_and(|facet| names.contains(&facet.value.as_str()))
    };
    if !subject.moments.iter().any(|moment| has(moment, &["inform"])) {
        findings
            .story(subject, Code::NoInform, "no decision is about telling the customer where things stand")
            .hint("write `facet: inform` on the decision in which they ask what happens next, or add one");
    }
    let follows =
        |moment: &Moment<'_>| proof.routes.nodes[moment.at].flawless && has(moment, &["follow_up", "learn"]);
    if !subject.moments.iter().any(follows) {
        let message = "no decision of a flawless play is about following up or learning from it";
        findings
            .story(subject, Code::NoFollowUp, message)
            .hint("write `facet: follow_up` or `facet: learn` on the decision after the fix, or add one");
    }
}

fn cap(subject: &Subject<'_>, line: &LintedChoice<'_>, findings: &mut Findings) {
    let Some(cap) = &line.raw.cap else { return };
    let words = line.reply.len();
    if (words as f64) < subject.limits.cap_reply {
        let (name, words) = (cap.value.name(), counted(words, "word"));
        let message = format!("this choice has `cap: {name}`, but a reply of {words} shows no harm");
        findings
            .choice(line, Code::CapWithoutHarm, message)
            .at(cap.span)
            .hint("let the reply show what it does to the customer, or remove the cap");
    }
}

fn goodwill(subject: &Subject<'_>, moment: &Moment<'_>, line: &LintedChoice<'_>, findings: &mut Findings) {
    let Some(change) = &line.raw.goodwill else { return };
    if line.doubled() >= 4 && change.value < 0 && !line.raw.hard_truth {
        let message = format!("a choice rated well moves goodwill by {}", change.value);
        findings
            .choice(line, Code::GoodwillDisagrees, message)
            .at(change.span)
            .hint("write `hard_truth: true` if the truth hurts here, or let goodwill rise");
    }
    if line.doubled() <= 2 && change.value > 0 && !line.raw.short_term {
        let message = format!("a choice rated low moves goodwill by +{}", change.value);
        findings
            .choice(line, Code::GoodwillDisagrees, message)
            .at(change.span)
            .hint("write `short_term: true` if it pleases only for the moment, or let goodwill fall");
    }
    if line.raw.short_term && !has_consequence(subject, moment, line) {
        let message = "this pleases only for the moment, but nothing later shows it";
        findings
            .choice(line, Code::NoPayback, message)
            .at(change.span)
            .hint("lead to a moment in which it comes back, or set a flag that a later condition reads");
    }
}

/// Whether a choice has consequences: a cap, a way of its own, or a flag that some gate reads.
fn has_consequence(subject: &Subject<'_>, moment: &Moment<'_>, line: &LintedChoice<'_>) -> bool {
    let mut others = moment.choices.iter().filter(|other| other.raw.id.value != line.raw.id.value);
    let own_way =
        line.rules.targets().any(|to| !others.any(|other| other.rules.targets().any(|way| way == to)));
    let reads = |line: &LintedChoice<'_>, flag: &At<String>| {
        line.raw.gates().flat_map(RawGate::flags).any(|name| name.value == flag.value)
    };
    let is_read = |flag: &At<String>| subject.choices().any(|line| reads(line, flag));
    line.rules.cap.is_some() || own_way || line.raw.sets.iter().any(is_read)
}
