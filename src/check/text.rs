//! How much there is to read, and how hard it is: lengths, reading grade, sentences.

use crate::check::findings::Findings;
use crate::check::subject::{Kind, Moment, Piece, Subject};
use crate::diag::{Code, Diagnostic, Severity};
use crate::measure::{english, words};

/// Below so many words the reading grade says nothing.
const GRADED_WORDS: usize = 100;

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings);
    moments(subject, findings);
    opening(subject, findings);
    if subject.english {
        let texts = subject.texts();
        let all = english::grade(texts.iter().map(|piece| piece.plain), GRADED_WORDS);
        if let Some(grade) = all.filter(|grade| *grade > subject.limits.grade) {
            let message =
                format!("the scenario reads at grade {grade:.1}, and {} is the aim", subject.limits.grade);
            let told = Diagnostic::lint(Code::HardToRead, subject.span(), message);
            findings.story(told.hint("split long sentences, and take shorter words"));
        }
    }
}

/// Those that can be said of any single decision, in a drill, too.
pub(super) fn each(subject: &Subject<'_>, findings: &mut Findings) {
    for moment in &subject.moments {
        choices(subject, moment, findings);
        if subject.english {
            grade(subject, moment, findings);
        }
    }
    for piece in subject.texts() {
        sentences(subject, &piece, findings);
    }
}

/// Adds a finding to what the text belongs to.
pub(super) fn about(subject: &Subject<'_>, piece: &Piece<'_>, told: Diagnostic, findings: &mut Findings) {
    match (piece.moment.map(|at| &subject.moments[at]), piece.choice) {
        (Some(moment), Some(choice)) => findings.choice(moment, &moment.choices[choice], told),
        (Some(moment), None) => findings.moment(moment, told),
        (None, _) => findings.story(told),
    }
}

fn choices(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    for line in &moment.choices {
        let count = line.text.len();
        if count as f64 > subject.limits.choice_max {
            let message =
                format!("this choice has {count} words, and {} are the most", subject.limits.choice_max);
            let mut told = Diagnostic::lint(Code::LongChoice, line.span, message);
            if count as f64 > subject.limits.choice_hard {
                told.severity = Severity::Error;
            }
            findings.choice(moment, line, told.hint("say it in one breath"));
        }
    }
}

fn moments(subject: &Subject<'_>, findings: &mut Findings) {
    let limits = subject.limits;
    for moment in &subject.moments {
        let own = moment.scene.len() + moment.says.len();
        let before =
            subject.lines().filter(|(_, line)| line.rules.targets().any(|to| usize::from(to) == moment.at));
        let replies: Vec<usize> = before.map(|(_, line)| line.reply.len()).collect();
        let most = own + replies.iter().max().copied().unwrap_or(0);
        let least = own + replies.iter().min().copied().unwrap_or(0);
        let long = most as f64 > limits.moment_max;
        if !long && least as f64 >= limits.moment_min {
            continue;
        }
        let count = if long { most } else { least };
        let before = if replies.is_empty() { "" } else { ", with the reply before it," };
        let message = format!(
            "`{}`{before} has {count} words to read, and {} to {} are a good length",
            moment.id.value, limits.moment_min, limits.moment_max
        );
        let mut told = Diagnostic::lint(Code::MomentLength, moment.id.span, message);
        if most as f64 > limits.moment_hard {
            told.severity = Severity::Error;
        }
        let hint = if long {
            "cut the scene to what bears on the choice"
        } else {
            "let them say what weighs on them"
        };
        findings.moment(moment, told.hint(hint));
    }
}

/// Who the trainee is, what they want, and what is at stake.
fn opening(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(scenario) = subject.scenario else { return };
    let short = [("role", &scenario.role, 4), ("goal", &scenario.goal, 3)];
    for (key, text, least) in short {
        let Some(text) = text else { continue };
        if words(&text.value) < least {
            let told = Diagnostic::lint(
                Code::ThinOpening,
                text.span,
                format!("this `{key}` says too little to begin with"),
            );
            let hint = if key == "role" {
                "say who the trainee is, and where: \"You answer the phone for a furniture shop.\""
            } else {
                "say what would be a good end: \"Keep a promise you can keep, and keep the customer.\""
            };
            findings.story(told.hint(hint));
        }
    }
    let about = subject.story.customer.as_ref().is_some_and(|customer| customer.about.is_some());
    let start = subject.moments.iter().min_by_key(|moment| moment.at);
    if let Some(start) = start.filter(|start| !about && start.scene.is_empty()) {
        let told = Diagnostic::lint(
            Code::ThinOpening,
            start.id.span,
            "nothing says what is at stake for the customer before the first choice",
        );
        findings.moment(start, told.hint("add `scene: ...` here, or `about: ...` to the customer"));
    }
}

fn grade(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    let lines = moment.choices.iter().flat_map(|line| [&line.text, &line.reply, &line.why]);
    let all = english::grade([&moment.scene, &moment.says].into_iter().chain(lines), GRADED_WORDS);
    if let Some(grade) = all.filter(|grade| *grade > subject.limits.grade_node) {
        let message = format!(
            "`{}` reads at grade {grade:.1}, and {} is the most",
            moment.id.value, subject.limits.grade_node
        );
        let told = Diagnostic::lint(Code::HardToRead, moment.id.span, message);
        findings.moment(moment, told.hint("split long sentences, and take shorter words"));
    }
}

fn sentences(subject: &Subject<'_>, piece: &Piece<'_>, findings: &mut Findings) {
    // A choice has a limit of its own.
    if piece.kind == Kind::Choice {
        return;
    }
    for sentence in piece.plain.sentences() {
        // Between two words of ASCII there is at least one other sign.
        if sentence.is_ascii() && (sentence.len() as f64) < 2.0 * subject.limits.sentence {
            continue;
        }
        let count = words(sentence);
        if count as f64 > subject.limits.sentence {
            let begins: Vec<&str> = sentence.split_whitespace().take(4).collect();
            let begins = begins.join(" ");
            let message = format!("a sentence of {count} words: {begins} ...");
            let told = Diagnostic::lint(Code::LongSentence, subject.locate(piece.span, &begins), message);
            about(
                subject,
                piece,
                told.hint(format!("make two of it; {} words are the most", subject.limits.sentence)),
                findings,
            );
        }
    }
}
