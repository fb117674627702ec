//! What gives the best choice away to somebody who does not read: its length, its place, its words.

use std::collections::BTreeMap;

use crate::check::findings::Findings;
use crate::check::subject::{Line, Moment, Subject};
use crate::diag::render::counted;
use crate::diag::{Code, Severity};

/// Every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    extremes(subject, findings);
    each(subject, findings);
    lengths(subject, findings);
    positions(subject, findings);
    echo(subject, findings);
    if subject.english {
        keywords(subject, findings);
        weak_words(subject, findings);
    }
}

/// Those that can be said of any single decision, in a drill, too.
pub(super) fn each(subject: &Subject<'_>, findings: &mut Findings) {
    for moment in &subject.moments {
        ratio(subject, moment, findings);
        if subject.english {
            labels(moment, findings);
        }
    }
}

/// A choice's length, in words.
fn size(line: &Line<'_>) -> i64 {
    line.text.len() as i64
}

/// Picks a choice of a decision, if it stands out alone.
pub(super) type Pick = fn(&Moment<'_>) -> Option<usize>;

/// The choice that is longest by itself.
pub(super) fn longest(moment: &Moment<'_>) -> Option<usize> {
    moment.only(size)
}

/// The choice that is shortest by itself.
pub(super) fn shortest(moment: &Moment<'_>) -> Option<usize> {
    moment.only(|line| -size(line))
}

fn extremes(subject: &Subject<'_>, findings: &mut Findings) {
    let telling: Vec<(&Moment<'_>, usize)> = subject.telling().collect();
    if (telling.len() as f64) < subject.limits.tell_decisions {
        return;
    }
    let kinds: [(Code, &str, Pick); 2] =
        [(Code::LongestBest, "longest", longest), (Code::ShortestBest, "shortest", shortest)];
    for (code, name, pick) in kinds {
        let hits: Vec<_> = telling.iter().filter(|(moment, best)| pick(moment) == Some(*best)).collect();
        if hits.len() as f64 / telling.len() as f64 > subject.limits.tell_share {
            let message =
                format!("the best choice is the {name} in {} of {} decisions", hits.len(), telling.len());
            let finding = findings.story(subject, code, message);
            for (moment, best) in hits {
                finding.label(moment.choices[*best].span, format!("the {name}"));
            }
            finding.hint(if code == Code::LongestBest {
                "cut these, or let weak choices talk more: excuses are long"
            } else {
                "let some of these say more, or weak choices less"
            });
        }
    }
}

fn ratio(subject: &Subject<'_>, moment: &Moment<'_>, findings: &mut Findings) {
    let words = |line: &&Line<'_>| line.text.len();
    let longest = moment.choices.iter().max_by_key(words);
    let (Some(long), Some(short)) = (longest, moment.choices.iter().min_by_key(words)) else { return };
    let (most, least) = (long.text.len(), short.text.len());
    let ratio = most as f64 / least.max(1) as f64;
    if ratio > subject.limits.choice_ratio {
        let message = format!("choices at `{}` have from {least} to {most} words", moment.id.value);
        let finding = findings
            .moment(moment, Code::UnevenChoices, message)
            .at(long.span)
            .here(format!("{most} words"))
            .label(short.span, format!("{least} words"))
            .hint("bring them closer: nobody should see which one matters before reading");
        if ratio > subject.limits.choice_ratio_hard {
            finding.severity(Severity::Error);
        }
    }
}

fn lengths(subject: &Subject<'_>, findings: &mut Findings) {
    let (mut best, mut others) = (Vec::new(), Vec::new());
    for (moment, at) in subject.telling() {
        for (place, line) in moment.choices.iter().enumerate() {
            if place == at { &mut best } else { &mut others }.push(line.text.len());
        }
    }
    if (best.len() as f64) < subject.limits.tell_decisions || others.is_empty() {
        return;
    }
    let mean = |all: &[usize]| all.iter().sum::<usize>() as f64 / all.len() as f64;
    let (own, rest) = (mean(&best), mean(&others));
    let ratio = own / rest.max(1.0);
    if ratio < subject.limits.best_length_min || ratio > subject.limits.best_length_max {
        let message = format!("best choices have {own:.1} words on average, the others {rest:.1}");
        findings.story(subject, Code::BestLength, message).hint(if ratio > 1.0 {
            "cut best choices, or let weak ones talk more"
        } else {
            "let best choices say more, or cut weak ones"
        });
    }
}

const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

fn positions(subject: &Subject<'_>, findings: &mut Findings) {
    let limits = subject.limits;
    let places: Vec<(&Moment<'_>, usize)> = subject.telling().collect();
    if (places.len() as f64) < limits.tell_decisions {
        return;
    }
    let hint = "move choices within their decisions; nothing else changes";
    let most = places.iter().map(|(moment, _)| moment.choices.len()).max().unwrap_or(0).min(PLACES.len());
    for (place, name) in PLACES.iter().enumerate().take(most) {
        let count = places.iter().filter(|(_, best)| *best == place).count();
        // Where few decisions have that place at all, its absence is no wonder.
        let could = places.iter().filter(|(moment, _)| moment.choices.len() > place).count();
        if count as f64 / places.len() as f64 > limits.tell_share {
            let message = format!("the best choice is the {name} in {count} of {} decisions", places.len());
            findings.story(subject, Code::BestPosition, message).hint(hint);
        } else if count == 0 && could as f64 >= limits.tell_decisions && could * 2 > places.len() {
            let message = format!("the best choice is never the {name}");
            findings.story(subject, Code::BestPosition, message).hint(hint);
        }
    }
    let mut run = 1;
    for pair in places.windows(2) {
        run = if pair[0].1 == pair[1].1 { run + 1 } else { 1 };
        if run as f64 == limits.position_run.floor() + 1.0 {
            let name = PLACES[pair[1].1.min(PLACES.len() - 1)];
            let message =
                format!("here the best choice is the {name} for the {} time in a row", ordinal(run));
            let (moment, best) = pair[1];
            findings.moment(moment, Code::BestPosition, message).at(moment.choices[best].span).hint(hint);
        }
    }
}

/// "4th"; the second and the third by name.
fn ordinal(count: usize) -> String {
    match count {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        many => format!("{many}th"),
    }
}

/// Whether a word, in small letters, is meant.
type IsWord = fn(&str) -> bool;

/// Words that trainees learn to look for: each with the beginning that counts, or the whole.
const KEYWORDS: &[(&str, IsWord)] = &[
    ("sorry", |word| word == "sorry"),
    ("apologize", |word| word.starts_with("apolog")),
    ("understand", |word| word == "understand"),
];

/// How often a word stands in best choices and in all others, and how many of each there are.
#[derive(Default)]
struct Use {
    best: usize,
    others: usize,
}

fn uses(subject: &Subject<'_>, is: impl Fn(&Line<'_>) -> bool) -> (Use, Use) {
    let (mut hits, mut all) = (Use::default(), Use::default());
    for (moment, best) in subject.telling() {
        for (place, line) in moment.choices.iter().enumerate() {
            let hit = usize::from(is(line));
            if place == best {
                (hits.best, all.best) = (hits.best + hit, all.best + 1);
            } else {
                (hits.others, all.others) = (hits.others + hit, all.others + 1);
            }
        }
    }
    (hits, all)
}

fn keywords(subject: &Subject<'_>, findings: &mut Findings) {
    let limits = subject.limits;
    let phrase = |line: &Line<'_>| {
        let words = line.text.folded();
        words.clone().zip(words.skip(1)).any(|pair| pair == ("happy", "to"))
    };
    let words = KEYWORDS.iter().map(|(name, is)| (*name, uses(subject, |line| line.text.folded().any(is))));
    for (name, (hits, all)) in words.chain([("happy to", uses(subject, phrase))]) {
        let rate = |hits: usize, all: usize| hits as f64 / all.max(1) as f64;
        let (own, rest) = (rate(hits.best, all.best), rate(hits.others, all.others));
        if hits.best as f64 >= limits.keyword_count && own >= limits.keyword_ratio * rest {
            let message = format!(
                "`{name}` is in {} of {} best choices, and in {} of the {} others",
                hits.best, all.best, hits.others, all.others
            );
            findings
                .story(subject, Code::KeywordTell, message)
                .hint("let weak choices use the word, too, as people do, and let some best ones do without");
        }
    }
}

const ABSOLUTES: &[&str] = &["never", "always", "obviously", "just", "policy"];

/// What nobody would take for the best choice, whatever else it says.
const RUDE: &[&str] = &[
    "whatever",
    "ridiculous",
    "nonsense",
    "stupid",
    "silly",
    "pathetic",
    "hysterical",
    "dramatic",
    "lying",
    "liar",
    "crazy",
    "dumb",
];

fn weak_words(subject: &Subject<'_>, findings: &mut Findings) {
    let mut counts: BTreeMap<&str, (Use, Use)> = ABSOLUTES
        .iter()
        .map(|word| (*word, uses(subject, |line| line.text.folded().any(|own| own == *word))))
        .collect();
    counts.insert("an exclamation mark", uses(subject, |line| line.text.text.contains('!')));
    let rude = |line: &Line<'_>| line.text.folded().any(|own| RUDE.contains(&own));
    counts.insert("a rude word", uses(subject, rude));
    let shouts = |line: &Line<'_>| {
        line.text.words().any(|word| word.chars().count() > 3 && word.chars().all(char::is_uppercase))
    };
    counts.insert("a word in capitals", uses(subject, shouts));
    for (name, (hits, all)) in counts {
        if hits.best == 0 && hits.others as f64 >= subject.limits.keyword_count && all.best > 0 {
            let name = if name.contains(' ') { name.to_owned() } else { format!("`{name}`") };
            let message = format!("{name} is in {} and in no best one", counted(hits.others, "weak choice"));
            findings.story(subject, Code::WeakOnlyWords, message).hint(if name == "a rude word" {
                "let them go wrong as a tired person does who means well"
            } else {
                "take it out of some, or let a best choice use it"
            });
        }
    }
}

/// How many of the customer's words a choice takes up.
pub(super) fn echoes(moment: &Moment<'_>, line: &Line<'_>) -> i64 {
    line.text.content.intersection(&moment.says.content).count() as i64
}

fn echo(subject: &Subject<'_>, findings: &mut Findings) {
    let telling: Vec<(&Moment<'_>, usize)> =
        subject.telling().filter(|(moment, _)| !moment.says.is_empty()).collect();
    if (telling.len() as f64) < subject.limits.tell_decisions {
        return;
    }
    let hits = telling
        .iter()
        .filter(|(moment, best)| moment.only(|line| echoes(moment, line)) == Some(*best))
        .count();
    if hits as f64 / telling.len() as f64 > subject.limits.echo_share {
        let message = format!(
            "in {hits} of {} decisions the best choice takes up most of the customer's words",
            telling.len()
        );
        findings.story(subject, Code::EchoTell, message).hint(
            "let weak choices repeat their words, too, and let some best ones answer in words of their own",
        );
    }
}

/// What no customer is told: the model's own words.
const LABELS: &[&str] = &["empathize", "empathise", "empathy", "active listening", "listen actively", "leaa"];

fn labels(moment: &Moment<'_>, findings: &mut Findings) {
    for line in &moment.choices {
        let skills = moment.raw.tests.iter().map(|test| test.value.as_str());
        // "act" and "listen" are words of every day; a skill's name tells only where it is no such word.
        let everyday =
            ["act", "listen", "thank", "ask", "own", "solve", "help", "hear", "apologize", "explain"];
        let skills = skills.filter(|skill| !everyday.contains(skill));
        let text = line.text.spaced();
        let has = |label: &&str| text.contains(&format!(" {} ", label.replace('-', " ")));
        if let Some(label) = LABELS.iter().copied().chain(skills).find(has) {
            findings
                .choice(line, Code::LabelLeak, format!("this choice names what is tested: `{label}`"))
                .hint("say what a person would say, and leave the label to the coaching");
        }
    }
}
