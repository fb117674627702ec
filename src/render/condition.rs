//! Conditions in words: "you had promised a van, and goodwill is below 40". The theme has the sentences, the author writes
//! the words for a flag.

use scenario_wasm::Compare;

use crate::course::{Condition, Story};
use crate::theme::{Fill, Strings};

/// A condition as the clause after "if".
pub fn clause(condition: &Condition, story: &Story, strings: &Strings) -> String {
    ClauseWriter { story, strings }.clause(condition, true)
}

struct ClauseWriter<'a> {
    story: &'a Story,
    strings: &'a Strings,
}

impl ClauseWriter<'_> {
    /// The clause for a condition, or for its opposite if `holds` is false: a negation is passed down to the flags and
    /// comparisons inside it.
    fn clause(&self, condition: &Condition, holds: bool) -> String {
        match condition {
            Condition::Flag(name) if holds => self.flag(name),
            Condition::Flag(name) => self.negated(&self.flag(name)),
            Condition::Goodwill(compare, number) => self.goodwill(*compare, *number, holds),
            Condition::Not(inner) => self.clause(inner, !holds),
            Condition::All(each) => self.joined(each, holds, holds),
            Condition::Any(each) => self.joined(each, !holds, holds),
        }
    }

    fn flag(&self, name: &str) -> String {
        self.story.flags.get(name).cloned().unwrap_or_else(|| name.replace('-', " "))
    }

    fn joined(&self, each: &[Condition], every: bool, holds: bool) -> String {
        let clauses: Vec<String> = each.iter().map(|each| self.clause(each, holds)).collect();
        let Some((last, rest)) = clauses.split_last() else { return String::new() };
        if rest.is_empty() {
            return last.clone();
        }
        let rest = rest.join(&self.strings.get("punctuation.comma"));
        let values = [("rest", Fill::Text(&rest)), ("last", Fill::Text(last))];
        self.strings.say(if every { "condition.all" } else { "condition.any" }, &values)
    }

    fn goodwill(&self, compare: Compare, number: u8, holds: bool) -> String {
        let word = match (compare, holds) {
            (Compare::Less, true) | (Compare::AtLeast, false) => "below",
            (Compare::AtLeast, true) | (Compare::Less, false) => "at_least",
            (Compare::More, true) | (Compare::AtMost, false) => "above",
            (Compare::AtMost, true) | (Compare::More, false) => "at_most",
            (Compare::Equal, true) => "exactly",
            (Compare::Equal, false) => "not_exactly",
        };
        self.strings.say(&format!("condition.{word}"), &[("number", Fill::Number(number.into()))])
    }

    /// "you had promised a van" becomes "you had not promised a van", if the language puts "not" after the verb and lists
    /// the verbs to which that applies.
    fn negated(&self, clause: &str) -> String {
        let words: Vec<&str> = clause.split(' ').collect();
        let is_verb = |word: &&str| self.strings.list("condition.not_after").any(|verb| verb == *word);
        // Only near the beginning: a later verb may belong to another clause.
        if let Some(at) = words.iter().take(3).position(is_verb) {
            let (start, rest) = (words[..=at].join(" "), words[at + 1..].join(" "));
            let values = [("start", Fill::Text(&start)), ("rest", Fill::Text(&rest))];
            return self.strings.say("condition.not_here", &values).trim_end().to_owned();
        }
        self.strings.say("condition.not", &[("clause", Fill::Text(clause))])
    }
}
