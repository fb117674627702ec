//! What a trainee reads after a choice: the reply, which tells the story, and `why`, the coaching.

use std::collections::BTreeMap;

use crate::check::findings::Findings;
use crate::check::subject::{LintedChoice, Subject};
use crate::diag::Code;
use crate::diag::render::counted;
use crate::measure::{Sentence, overlap};
use crate::parse::At;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for line in subject.choices() {
        if subject.english {
            verdict(subject, line, findings);
        }
        length(subject, line, findings);
        repeats(subject, line, findings);
        if subject.english {
            reply(subject, line, findings);
            short(line, findings);
        }
    }
    reused(subject, findings);
}

const VERDICTS: &str =
    "correct, incorrect, wrong, right, good, bad, great, choice, answer, try, again, best, not";

fn verdict(subject: &Subject<'_>, line: &LintedChoice<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.why else { return };
    let why = &line.why;
    let content =
        why.content.iter().filter(|word| VERDICTS.split(", ").all(|verdict| verdict != *word)).count();
    if (content as f64) < subject.limits.why_content {
        let say = if content == 1 { "says" } else { "say" };
        let message =
            format!("this `why` has {} that {say} something about the case", counted(content, "word"));
        findings
            .choice(line, Code::VerdictOnly, message)
            .at(raw.span)
            .hint("say what the words did to this customer, and why that matters");
    }
}

fn length(subject: &Subject<'_>, line: &LintedChoice<'_>, findings: &mut Findings) {
    let (count, Some(raw)) = (line.why.len(), &line.raw.why) else { return };
    if count as f64 > subject.limits.why_max {
        let message = format!("this `why` has {count} words; the limit is {}", subject.limits.why_max);
        findings
            .choice(line, Code::LongWhy, message)
            .at(raw.span)
            .hint("keep the one thing to remember; the rest belongs in a lesson");
    }
}

fn repeats(subject: &Subject<'_>, line: &LintedChoice<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.why else { return };
    let share = overlap(&line.why, &line.text);
    if share > subject.limits.why_repeat {
        let message = format!("{:.0} % of what this `why` says is already in the choice", share * 100.0);
        findings
            .choice(line, Code::WhyRepeats, message)
            .at(raw.span)
            .label(line.span, "the choice")
            .hint("say what the words did, not what they were");
    }
}

/// Verbs that cannot follow *You*, or are about the present.
const NOT_AFTER_YOU: &[&str] = &["was", "is", "has", "does", "are", "am"];

fn short(line: &LintedChoice<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.short else { return };
    let first = raw.value.split_whitespace().next().unwrap_or_default().to_lowercase();
    if NOT_AFTER_YOU.contains(&first.as_str()) {
        findings
            .choice(line, Code::ShortVerb, format!("the debrief reads `You {}`", raw.value.trim()))
            .at(raw.span)
            .hint("start with what was done, in the past tense: \"apologized for both\", \"gave an hour\"");
    }
}

const REPLY_VERDICTS: &[&str] = &["correct", "incorrect", "wrong"];

/// Finds a verdict at the beginning or as a sentence of its own; "the wrong bed" is the customer's word.
fn reply(subject: &Subject<'_>, line: &LintedChoice<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.reply else { return };
    for Sentence { text: sentence, .. } in &line.reply.sentences {
        let bare = sentence.trim_matches(|c: char| !c.is_alphanumeric());
        let first = bare.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let rest = &bare[first.len()..];
        // In quotes the customer speaks, which is the story.
        let quoted = sentence.starts_with(['"', '\u{201c}', '\'', '\u{2018}']);
        let verdict = REPLY_VERDICTS.contains(&first.to_lowercase().as_str());
        if verdict && !quoted && (rest.is_empty() || rest.starts_with(['.', '!', ',', ':'])) {
            findings
                .choice(line, Code::VerdictReply, format!("this reply judges: `{first}`"))
                .at(subject.locate(raw.span, first))
                .hint("let the customer react; explain in the `why`");
            return;
        }
    }
}

fn reused(subject: &Subject<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<(&str, &str), &At<String>> = BTreeMap::new();
    for line in subject.choices() {
        for (key, text) in [("why", &line.raw.why), ("reply", &line.raw.reply)] {
            let Some(text) = text else { continue };
            // A short reply, such as a silence, may occur twice.
            if key == "reply" && line.reply.len() < 4 {
                continue;
            }
            if let Some(first) = seen.insert((key, text.value.trim()), text) {
                findings
                    .choice(line, Code::ReusedText, format!("another choice has this same `{key}`"))
                    .at(text.span)
                    .label(first.span, "the other")
                    .hint("write what these words did, and no other words");
            }
        }
    }
}
