//! Habits of style that give the best choice away at a glance: sentences, questions, length in characters; and words that
//! almost only weak or almost only best choices contain.
//!
//! Each habit is tested over the decisions in which a single choice has it, against the chance that this one is the best: a
//! one-sided binomial test with a separate chance for each decision. What all habits reveal together is tested in `style`.

use std::collections::BTreeMap;

use crate::check::findings::Findings;
use crate::check::style::odds;
use crate::check::subject::{LintedChoice, Subject, Telling};
use crate::diag::Code;
use crate::diag::render::counted;
use crate::limits::Limits;
use crate::statistics::at_least;

/// A trait that one choice of a decision may have alone.
struct Habit {
    code: Code,
    /// As in "has the most sentences".
    name: &'static str,
    /// How much of it a choice has.
    measure: fn(&LintedChoice<'_>) -> i64,
    hint: &'static str,
}

const RHYTHM: &str =
    "give weak choices the rhythm of the best one, and write some best ones as a single plain sentence";
const ASKS: &str = "let weak choices ask, too, and some best ones do without";
const LENGTH: &str = "let some weak choices be as long as the best one, and some as short";

const HABITS: &[Habit] = &[
    habit(Code::SentenceTell, "the most sentences", sentences, RHYTHM),
    habit(Code::SentenceTell, "the fewest sentences", |line| -sentences(line), RHYTHM),
    habit(Code::SentenceTell, "the shortest sentences", |line| -sentence(line), RHYTHM),
    habit(Code::SentenceTell, "the longest sentences", sentence, RHYTHM),
    habit(Code::QuestionTell, "a question", question, ASKS),
    habit(Code::QuestionTell, "no question", |line| -question(line), ASKS),
    habit(Code::CharacterLength, "the most characters", characters, LENGTH),
    habit(Code::CharacterLength, "the fewest characters", |line| -characters(line), LENGTH),
];

const fn habit(
    code: Code,
    name: &'static str,
    measure: fn(&LintedChoice<'_>) -> i64,
    hint: &'static str,
) -> Habit {
    Habit { code, name, measure, hint }
}

fn sentences(line: &LintedChoice<'_>) -> i64 {
    line.text.sentences.len() as i64
}

/// Mean words per sentence, in hundredths.
fn sentence(line: &LintedChoice<'_>) -> i64 {
    100 * line.text.len() as i64 / sentences(line).max(1)
}

fn question(line: &LintedChoice<'_>) -> i64 {
    i64::from(line.text.asks())
}

fn characters(line: &LintedChoice<'_>) -> i64 {
    line.text.text.trim().chars().count() as i64
}

/// A habit, and how it shows in some decisions.
pub(super) struct Shown<'t, 's, 'a> {
    pub(super) code: Code,
    name: &'static str,
    pub(super) message: String,
    pub(super) hint: &'static str,
    /// The decisions in which the best choice has it.
    hits: Vec<&'t Telling<'s, 'a>>,
    chance: f64,
}

/// The habits that are too frequent for chance: for each code only the least likely one, since short sentences usually also
/// means many. If length in words already gives the best choice away (`by_words`), length in characters adds nothing.
pub(super) fn shown<'t, 's, 'a>(
    telling: &'t [Telling<'s, 'a>],
    by_words: bool,
    limits: &Limits,
) -> Vec<Shown<'t, 's, 'a>> {
    let mut all: Vec<Shown<'t, 's, 'a>> = HABITS.iter().map(|habit| habit.shown(telling)).collect();
    let is_new = |code: Code| !(by_words && code == Code::CharacterLength);
    all.retain(|habit| habit.chance < limits.style_chance && is_new(habit.code));
    all.sort_by(|one, other| {
        (one.code, one.chance).partial_cmp(&(other.code, other.chance)).expect("a chance is a number")
    });
    all.dedup_by_key(|habit| habit.code);
    all
}

impl Habit {
    fn shown<'t, 's, 'a>(&self, telling: &'t [Telling<'s, 'a>]) -> Shown<'t, 's, 'a> {
        let &Self { code, name, measure, hint } = self;
        let alone = telling.iter().filter_map(|each| Some((each, each.moment.only(measure)?)));
        let alone: Vec<(&Telling<'_, '_>, usize)> = alone.collect();
        let chances: Vec<f64> =
            alone.iter().map(|(each, _)| 1.0 / each.moment.choices.len() as f64).collect();
        let hits: Vec<_> =
            alone.iter().filter(|(each, at)| each.best == *at).map(|(each, _)| *each).collect();
        let (chance, due) = (at_least(hits.len(), &chances), chances.iter().sum::<f64>());
        let message = format!(
            "where one choice alone has {name}, it is the best in {} of {}; chance would give {due:.1} ({})",
            hits.len(),
            counted(alone.len(), "decision"),
            odds(chance)
        );
        Shown { code, name, message, hint, hits, chance }
    }
}

/// Checks the habits of one scenario.
pub(super) fn check(subject: &Subject<'_>, telling: &[Telling<'_, '_>], findings: &mut Findings) {
    let is_length = |code| matches!(code, Code::LongestBest | Code::ShortestBest);
    let by_words = findings.all.iter().any(|found| is_length(found.diagnostic.code));
    for Shown { code, name, message, hint, hits, .. } in shown(telling, by_words, subject.limits) {
        let finding = findings.story(subject, code, message).hint(hint);
        for each in hits {
            finding.label(each.line().span, name);
        }
    }
}

/// The words that occur almost only in weak choices of a library, and those almost only in best ones: each with its number
/// of choices on its own side and on the other.
pub(super) fn words(telling: &[Telling<'_, '_>], limits: &Limits) -> [Vec<(String, usize, usize)>; 2] {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut all = [0, 0];
    for (line, is_best) in telling.iter().flat_map(Telling::choices) {
        all[usize::from(is_best)] += 1;
        line.text.set.iter().for_each(|word| counts.entry(word).or_default()[usize::from(is_best)] += 1);
    }
    [0, 1].map(|side| {
        let share = all[side] as f64 / (all[0] + all[1]).max(1) as f64;
        let tells = |count: &[usize; 2]| {
            let both = count[0] + count[1];
            let nearly_only = count[1 - side] as f64 <= limits.word_share * both as f64;
            let enough = both as f64 >= limits.word_count;
            enough && nearly_only && at_least(count[side], &vec![share; both]) < limits.style_chance
        };
        let found = counts.iter().filter(|(_, count)| tells(count));
        let mut found: Vec<_> =
            found.map(|(word, count)| ((*word).to_owned(), count[side], count[1 - side])).collect();
        found.sort_by_key(|(_, own, _)| std::cmp::Reverse(*own));
        found
    })
}
