//! How much there is to read, and how hard it is: lengths, reading grade, sentences.

use crate::check::findings::Findings;
use crate::check::subject::{LintedChoice, Moment, Speaker, StoryText, Subject};
use crate::diag::Code;
use crate::measure::{english, words};

/// A shorter text has no meaningful reading grade.
const GRADED_WORDS: usize = 100;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings);
    moments(subject, findings);
    opening(subject, findings);
    if subject.english {
        let texts = subject.texts();
        let all = english::grade(texts.iter().map(|piece| piece.plain), GRADED_WORDS);
        if let Some(grade) = all.filter(|grade| *grade > subject.limits.grade) {
            let message = format!("the scenario reads at grade {grade:.1}; aim for {}", subject.limits.grade);
            findings
                .story(subject, Code::HardToRead, message)
                .hint("split long sentences, and use shorter words");
        }
    }
}

/// Runs the checks that apply to any single decision, including those of a drill.
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

fn choices(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    for line in &moment.choices {
        let (count, limits) = (line.text.len() as f64, subject.limits);
        if count > limits.choice_max {
            let message = format!("this choice has {count} words; the limit is {}", limits.choice_max);
            findings.choice(line, Code::LongChoice, message).hint("say it in one breath");
        }
    }
}

fn moments(subject: &Subject<'_>, findings: &mut Findings) {
    let limits = subject.limits;
    for moment in &subject.moments {
        let own = moment.scene.len() + moment.says.len();
        let leads_here =
            |line: &&LintedChoice<'_>| line.rules.targets().any(|to| usize::from(to) == moment.at);
        let replies: Vec<usize> = subject.choices().filter(leads_here).map(|line| line.reply.len()).collect();
        let most = (own + replies.iter().max().copied().unwrap_or(0)) as f64;
        let least = (own + replies.iter().min().copied().unwrap_or(0)) as f64;
        let long = most > limits.moment_max;
        if !long && least >= limits.moment_min {
            continue;
        }
        let message = format!(
            "`{}`{} has {} words to read; {} to {} is a good length",
            moment.id.value,
            if replies.is_empty() { "" } else { ", with the reply before it," },
            if long { most } else { least },
            limits.moment_min,
            limits.moment_max
        );
        findings.moment(moment, Code::MomentLength, message).hint(if long {
            "cut the scene to what bears on the choice"
        } else {
            "let them say what weighs on them"
        });
    }
}

/// The opening should say who the trainee is, what they want, and what is at stake.
fn opening(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(scenario) = subject.scenario else { return };
    let short = [
        (
            "role",
            &scenario.role,
            4,
            "say who the trainee is, and where: \"You answer the phone for a furniture shop.\"",
        ),
        (
            "goal",
            &scenario.goal,
            3,
            "say what a good outcome would be: \"Keep a promise you can keep, and keep the customer.\"",
        ),
    ];
    for (key, text, least, hint) in short {
        if let Some(text) = text.as_ref().filter(|text| words(&text.value) < least) {
            findings
                .story(subject, Code::ThinOpening, format!("this `{key}` says too little to start with"))
                .at(text.span)
                .hint(hint);
        }
    }
    let about = subject.story.customer.as_ref().is_some_and(|customer| customer.about.is_some());
    let start = subject.moments.iter().min_by_key(|moment| moment.at);
    if let Some(start) = start.filter(|start| !about && start.scene.is_empty()) {
        let message = "nothing says what is at stake for the customer before the first choice";
        findings
            .moment(start, Code::ThinOpening, message)
            .hint("add `scene: ...` here, or `about: ...` to the customer");
    }
}

fn grade(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    let lines = moment.choices.iter().flat_map(|line| [&line.text, &line.reply, &line.why]);
    let all = english::grade([&moment.scene, &moment.says].into_iter().chain(lines), GRADED_WORDS);
    let most = subject.limits.grade_node;
    if let Some(grade) = all.filter(|grade| *grade > most) {
        let message = format!("`{}` reads at grade {grade:.1}; the limit is {most}", moment.id.value);
        findings
            .moment(moment, Code::HardToRead, message)
            .hint("split long sentences, and use shorter words");
    }
}

/// Checks the sentences of a text; choices have a limit of their own.
fn sentences(subject: &Subject<'_>, piece: &StoryText<'_>, findings: &mut Findings) {
    let most = subject.limits.sentence;
    for sentence in piece.plain.sentences.iter().filter(|_| piece.speaker != Speaker::Trainee) {
        let count = sentence.words;
        if count as f64 > most {
            let begins = sentence.text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
            findings
                .text(piece, Code::LongSentence, format!("a sentence of {count} words: {begins} ..."))
                .at(subject.locate(piece.span, &begins))
                .hint(format!("make it two; the limit is {most} words"));
        }
    }
}
