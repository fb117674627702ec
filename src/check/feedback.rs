//! What a trainee reads after a choice: the reply, which is the story's, and the `why`, which is the coaching.

use std::collections::BTreeMap;

use crate::check::findings::Findings;
use crate::check::subject::{Line, Moment, Subject};
use crate::diag::render::counted;
use crate::diag::{Code, Diagnostic};
use crate::measure::overlap;
use crate::parse::At;

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (moment, line) in subject.lines() {
        if subject.english {
            verdict(subject, moment, line, findings);
        }
        length(subject, moment, line, findings);
        repeats(subject, moment, line, findings);
        if subject.english {
            reply(subject, moment, line, findings);
        }
    }
    reused(subject, findings);
}

const VERDICTS: &[&str] = &[
    "correct",
    "incorrect",
    "wrong",
    "right",
    "good",
    "bad",
    "great",
    "choice",
    "answer",
    "try",
    "again",
    "best",
    "not",
];
/// Words that join what was done to what came of it.
const REASONS: &[&str] = &[
    "because", "so", "which", "that", "but", "since", "until", "leaves", "gives", "lets", "without",
    "though", "if", "than", "would", "means", "makes", "needs", "keeps", "spares",
];

fn verdict(subject: &Subject<'_>, moment: &Moment<'_>, line: &Line<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.why else { return };
    let why = &line.why;
    let content = why.content().filter(|word| !VERDICTS.contains(word)).count();
    let short = (why.len() as f64) < subject.limits.why_min;
    if short || (content as f64) < subject.limits.why_content {
        let message = if short {
            format!("this `why` has {}, which is hardly more than a verdict", counted(why.len(), "word"))
        } else {
            format!(
                "this `why` has {} that {} something about the case",
                counted(content, "word"),
                if content == 1 { "says" } else { "say" }
            )
        };
        let told = Diagnostic::lint(Code::VerdictOnly, raw.span, message);
        findings.choice(
            moment,
            line,
            told.hint("say what the words did to this customer, and why that matters"),
        );
        return;
    }
    let reasons = why.folded().any(|word| REASONS.contains(&word)) || why.text.contains(':');
    if !reasons {
        let told = Diagnostic::lint(Code::NoReason, raw.span, "this `why` says what, and not why");
        findings.choice(
            moment,
            line,
            told.hint("go on with \"because\", \"so that\" or \"which leaves ...\""),
        );
    }
}

fn length(subject: &Subject<'_>, moment: &Moment<'_>, line: &Line<'_>, findings: &mut Findings) {
    let (count, Some(raw)) = (line.why.len(), &line.raw.why) else { return };
    if count as f64 > subject.limits.why_max {
        let message = format!("this `why` has {count} words, and {} are the most", subject.limits.why_max);
        let told = Diagnostic::lint(Code::LongWhy, raw.span, message);
        findings.choice(
            moment,
            line,
            told.hint("keep the one thing to take away; the rest belongs to a lesson"),
        );
    }
}

fn repeats(subject: &Subject<'_>, moment: &Moment<'_>, line: &Line<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.why else { return };
    let share = overlap(&line.why, &line.text);
    if share > subject.limits.why_repeat {
        let message = format!("{:.0} % of what this `why` says stands in the choice already", share * 100.0);
        let told = Diagnostic::lint(Code::WhyRepeats, raw.span, message);
        findings.choice(
            moment,
            line,
            told.label(line.span, "the choice").hint("say what the words did, not what they were"),
        );
    }
}

const REPLY_VERDICTS: &[&str] = &["correct", "incorrect", "wrong"];

/// A verdict at the beginning, or as a sentence of its own; "the wrong bed" is the customer's word.
fn reply(subject: &Subject<'_>, moment: &Moment<'_>, line: &Line<'_>, findings: &mut Findings) {
    let Some(raw) = &line.raw.reply else { return };
    for sentence in line.reply.sentences() {
        let bare = sentence.trim_matches(|c: char| !c.is_alphanumeric());
        let first = bare.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let rest = &bare[first.len()..];
        // Inside of quotes the customer says it, which is the story.
        let quoted = sentence.starts_with(['"', '\u{201c}', '\'', '\u{2018}']);
        let verdict = REPLY_VERDICTS.contains(&first.to_lowercase().as_str());
        if verdict && !quoted && (rest.is_empty() || rest.starts_with(['.', '!', ',', ':'])) {
            let span = subject.locate(raw.span, first);
            let told = Diagnostic::lint(Code::VerdictReply, span, format!("this reply judges: `{first}`"));
            findings.choice(
                moment,
                line,
                told.hint("let the customer react; the `why` is the place to explain"),
            );
            return;
        }
    }
}

fn reused(subject: &Subject<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<(&str, &str), &At<String>> = BTreeMap::new();
    for (moment, line) in subject.lines() {
        for (key, text) in [("why", &line.raw.why), ("reply", &line.raw.reply)] {
            let Some(text) = text else { continue };
            // A short reply, such as a silence, may come twice.
            if key == "reply" && line.reply.len() < 4 {
                continue;
            }
            if let Some(first) = seen.insert((key, text.value.trim()), text) {
                let told = Diagnostic::lint(
                    Code::ReusedText,
                    text.span,
                    format!("this `{key}` stands at another choice, too"),
                );
                let hint = "write what these words did, and no others";
                findings.choice(moment, line, told.label(first.span, "the other").hint(hint));
            }
        }
    }
}
