//! What gives the best choice away to a trainee who does not read: its length, its position, its words.

use crate::check::findings::Findings;
use crate::check::habits;
use crate::check::subject::{LintedChoice, Moment, Subject, Telling};
use crate::diag::Code;
use crate::diag::render::counted;

/// Runs every check of the family.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    each(subject, findings);
    let telling: Vec<Telling<'_, '_>> = subject.telling().collect();
    if telling.len() as f64 >= subject.limits.tell_decisions {
        extremes(subject, &telling, findings);
        lengths(subject, &telling, findings);
        positions(subject, &telling, findings);
        echo(subject, &telling, findings);
        habits::check(subject, &telling, findings);
    }
    if subject.english {
        keywords(subject, &telling, findings);
        weak_words(subject, &telling, findings);
    }
}

/// Runs the checks that apply to any single decision, including those of a drill.
pub(super) fn each(subject: &Subject<'_>, findings: &mut Findings) {
    for moment in &subject.moments {
        ratio(subject, moment, findings);
        if subject.english {
            labels(moment, findings);
        }
    }
}

/// A choice's length, in words.
fn size(line: &LintedChoice<'_>) -> i64 {
    line.text.len() as i64
}

/// Picks the choice of a decision that stands out, if there is one.
pub(super) type Pick = fn(&Moment<'_>) -> Option<usize>;

/// The longest choice, unless two are equally long.
pub(super) fn longest(moment: &Moment<'_>) -> Option<usize> {
    moment.only(size)
}

/// The shortest choice, unless two are equally short.
pub(super) fn shortest(moment: &Moment<'_>) -> Option<usize> {
    moment.only(|line| -size(line))
}

/// The decisions in which a pick finds the best choice.
pub(super) fn hits<'t, 's, 'a>(
    telling: &'t [Telling<'s, 'a>],
    pick: impl Fn(&Moment<'_>) -> Option<usize>,
) -> Vec<&'t Telling<'s, 'a>> {
    telling.iter().filter(|each| pick(each.moment) == Some(each.best)).collect()
}

fn extremes(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let kinds: [(Code, &str, Pick); 2] =
        [(Code::LongestBest, "longest", longest), (Code::ShortestBest, "shortest", shortest)];
    for (code, name, pick) in kinds {
        let hits = hits(telling, pick);
        if hits.len() as f64 / telling.len() as f64 > subject.limits.tell_share {
            let message =
                format!("the best choice is the {name} in {} of {} decisions", hits.len(), telling.len());
            let finding = findings.story(subject, code, message);
            for each in hits {
                finding.label(each.line().span, format!("the {name}"));
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
    let words = |line: &&LintedChoice<'_>| line.text.len();
    let longest = moment.choices.iter().max_by_key(words);
    let (Some(long), Some(short)) = (longest, moment.choices.iter().min_by_key(words)) else { return };
    let (most, least) = (long.text.len(), short.text.len());
    let ratio = most as f64 / least.max(1) as f64;
    if ratio > subject.limits.choice_ratio {
        let message = format!("choices at `{}` have from {least} to {most} words", moment.id.value);
        findings
            .moment(moment, Code::UnevenChoices, message)
            .at(long.span)
            .here(format!("{most} words"))
            .label(short.span, format!("{least} words"))
            .hint("bring them closer: nobody should see which one matters without reading");
    }
}

fn lengths(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let lines = telling.iter().flat_map(Telling::choices);
    let (best, others): (Vec<_>, Vec<_>) = lines.partition(|(_, is_best)| *is_best);
    if others.is_empty() {
        return;
    }
    let mean = |all: &[(&LintedChoice<'_>, bool)]| {
        all.iter().map(|(line, _)| line.text.len()).sum::<usize>() as f64 / all.len() as f64
    };
    let (own, rest) = (mean(&best), mean(&others));
    let ratio = own / rest.max(1.0);
    if !(subject.limits.best_length_min..=subject.limits.best_length_max).contains(&ratio) {
        let message = format!("best choices have {own:.1} words on average, the others {rest:.1}");
        findings.story(subject, Code::BestLength, message).hint(if ratio > 1.0 {
            "cut best choices, or let weak ones talk more"
        } else {
            "let best choices say more, or cut weak ones"
        });
    }
}

const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

fn positions(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let (limits, all) = (subject.limits, telling.len());
    let hint = "move choices within their decisions; nothing else changes";
    for (place, name) in PLACES.iter().enumerate() {
        let count = telling.iter().filter(|each| each.best == place).count();
        // If few decisions have this position at all, its absence proves nothing.
        let could = telling.iter().filter(|each| each.moment.choices.len() > place).count();
        if count as f64 / all as f64 > limits.tell_share {
            let message = format!("the best choice is the {name} in {count} of {all} decisions");
            findings.story(subject, Code::BestPosition, message).hint(hint);
        } else if count == 0 && could as f64 >= limits.tell_decisions && could * 2 > all {
            let message = format!("the best choice is never the {name}");
            findings.story(subject, Code::BestPosition, message).hint(hint);
        }
    }
    let mut run = 1;
    for pair in telling.windows(2) {
        run = if pair[0].best == pair[1].best { run + 1 } else { 1 };
        if run as f64 == limits.position_run.floor() + 1.0 {
            let (last, name) = (pair[1], PLACES[pair[1].best.min(PLACES.len() - 1)]);
            let message =
                format!("here the best choice is the {name} for the {} time in a row", ordinal(run));
            findings.moment(last.moment, Code::BestPosition, message).at(last.line().span).hint(hint);
        }
    }
}

/// "4th"; "second" and "third" as words.
fn ordinal(count: usize) -> String {
    match count {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        many => format!("{many}th"),
    }
}

/// How many best choices have something, and how many of the others.
#[derive(Default)]
struct Use {
    best: usize,
    best_of: usize,
    others: usize,
    others_of: usize,
}

impl Use {
    fn of(telling: &[Telling<'_, '_>], is: impl Fn(&LintedChoice<'_>) -> bool) -> Self {
        let mut uses = Self::default();
        for (line, is_best) in telling.iter().flat_map(Telling::choices) {
            let (hits, all) = match is_best {
                true => (&mut uses.best, &mut uses.best_of),
                false => (&mut uses.others, &mut uses.others_of),
            };
            *hits += usize::from(is(line));
            *all += 1;
        }
        uses
    }
}

/// Words that trainees learn to look for.
fn keywords(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let limits = subject.limits;
    let has = |is: fn(&str) -> bool| Use::of(telling, |line| line.text.folded().any(is));
    let uses = [
        ("sorry", has(|word| word == "sorry")),
        ("apologize", has(|word| word.starts_with("apolog"))),
        ("understand", has(|word| word == "understand")),
        ("happy to", Use::of(telling, |line| line.text.spaced().contains(" happy to "))),
    ];
    for (name, Use { best, best_of, others, others_of }) in uses {
        let (own, rest) = (best as f64 / best_of.max(1) as f64, others as f64 / others_of.max(1) as f64);
        if best as f64 >= limits.keyword_count && own >= limits.keyword_ratio * rest {
            let message = format!(
                "`{name}` is in {best} of {best_of} best choices, and in {others} of the {others_of} others"
            );
            findings
                .story(subject, Code::KeywordTell, message)
                .hint("let weak choices use the word, too, as people do, and some best ones do without");
        }
    }
}

const ABSOLUTES: &[&str] = &["never", "always", "obviously", "just", "policy"];

/// A choice with one of these is never mistaken for the best.
const RUDE: &str =
    "whatever, ridiculous, nonsense, stupid, silly, pathetic, hysterical, dramatic, lying, liar, crazy, dumb";

fn weak_words(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let has = |word: &str| Use::of(telling, |line| line.text.folded().any(|own| own == word));
    let rude =
        |line: &LintedChoice<'_>| line.text.folded().any(|own| RUDE.split(", ").any(|word| word == own));
    let shouts = |line: &LintedChoice<'_>| {
        line.text.words().any(|word| word.chars().count() > 3 && word.chars().all(char::is_uppercase))
    };
    let looks = [
        ("an exclamation mark", Use::of(telling, |line| line.text.text.contains('!'))),
        ("a rude word", Use::of(telling, rude)),
        ("a word in capitals", Use::of(telling, shouts)),
    ];
    for (name, uses) in ABSOLUTES.iter().map(|word| (*word, has(word))).chain(looks) {
        if uses.best == 0 && uses.others as f64 >= subject.limits.keyword_count && uses.best_of > 0 {
            let name = if name.contains(' ') { name.to_owned() } else { format!("`{name}`") };
            let message = format!("{name} is in {}, but in no best one", counted(uses.others, "weak choice"));
            findings.story(subject, Code::WeakOnlyWords, message).hint(if name == "a rude word" {
                "let them go wrong as a tired person would who means well"
            } else {
                "remove it from some, or let a best choice use it"
            });
        }
    }
}

/// How many of the customer's words a choice repeats.
pub(super) fn echoes(moment: &Moment<'_>, line: &LintedChoice<'_>) -> i64 {
    line.text.content.intersection(&moment.says.content).count() as i64
}

fn echo(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let telling: Vec<Telling<'_, '_>> =
        telling.iter().copied().filter(|each| !each.moment.says.is_empty()).collect();
    let (all, hits) =
        (telling.len(), hits(&telling, |moment| moment.only(|line| echoes(moment, line))).len());
    if all as f64 >= subject.limits.tell_decisions && hits as f64 / all as f64 > subject.limits.echo_share {
        let message =
            format!("in {hits} of {all} decisions the best choice takes up most of the customer's words");
        findings.story(subject, Code::EchoTell, message).hint(
            "let weak choices repeat the customer's words, too, and some best ones use words of their own",
        );
    }
}

/// The model's terms, which no customer hears.
const LABELS: &[&str] = &["empathize", "empathise", "empathy", "active listening", "listen actively", "leaa"];

fn labels(moment: &Moment<'_>, findings: &mut Findings) {
    for line in &moment.choices {
        let skills = moment.raw.tests.iter().map(|test| test.value.as_str());
        // "act" and "listen" are everyday words; a skill's name gives it away only if it is not one.
        let everyday =
            ["act", "listen", "thank", "ask", "own", "solve", "help", "hear", "apologize", "explain"];
        let skills = skills.filter(|skill| !everyday.contains(skill));
        let text = line.text.spaced();
        let has = |label: &&str| text.contains(&format!(" {} ", label.replace('-', " ")));
        if let Some(label) = LABELS.iter().copied().chain(skills).find(has) {
            findings
                .choice(line, Code::LabelLeak, format!("this choice names what is tested: `{label}`"))
                .hint("say it as a person would, and leave the label to the coaching");
        }
    }
}
