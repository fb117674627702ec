//! Gates in words, for readers who meet them as sentences: "you had promised a van, and goodwill is below 40".

use scenario_wasm::Compare;

use crate::parse::gate::RawGate;

/// A condition as the clause after "if". `flag` says a flag in words.
pub fn clause(gate: &RawGate, flag: &impl Fn(&str) -> String) -> String {
    say(gate, true, flag)
}

/// `holds` is false inside a negation, which is carried down to the flags and comparisons.
fn say(gate: &RawGate, holds: bool, flag: &impl Fn(&str) -> String) -> String {
    match gate {
        RawGate::Flag(name) if holds => flag(&name.value),
        RawGate::Flag(name) => negated(&flag(&name.value)),
        RawGate::Goodwill(compare, number) => goodwill(*compare, *number, holds),
        RawGate::Not(inner) => say(inner, !holds, flag),
        RawGate::All(gates) => joined(gates, holds, holds, flag),
        RawGate::Any(gates) => joined(gates, !holds, holds, flag),
    }
}

fn joined(gates: &[RawGate], every: bool, holds: bool, flag: &impl Fn(&str) -> String) -> String {
    let clauses: Vec<String> = gates.iter().map(|gate| say(gate, holds, flag)).collect();
    match (clauses.split_last(), every) {
        (None, _) => String::new(),
        (Some((only, [])), _) => only.clone(),
        (Some((last, rest)), true) => format!("{} and {last}", rest.join(", ")),
        (Some((last, rest)), false) => format!("either {} or {last}", rest.join(", ")),
    }
}

fn goodwill(compare: Compare, number: u8, holds: bool) -> String {
    match (compare, holds) {
        (Compare::Less, true) | (Compare::AtLeast, false) => format!("goodwill is below {number}"),
        (Compare::AtLeast, true) | (Compare::Less, false) => format!("goodwill is at least {number}"),
        (Compare::More, true) | (Compare::AtMost, false) => format!("goodwill is above {number}"),
        (Compare::AtMost, true) | (Compare::More, false) => format!("goodwill is at most {number}"),
        (Compare::Equal, true) => format!("goodwill is exactly {number}"),
        (Compare::Equal, false) => format!("goodwill is not {number}"),
    }
}

/// Verbs after which English puts its "not".
const AUXILIARIES: &[&str] =
    &["had", "has", "have", "was", "were", "is", "are", "did", "do", "does", "can", "could", "will", "would"];

/// "you had promised a van" becomes "you had not promised a van".
fn negated(clause: &str) -> String {
    let words: Vec<&str> = clause.split(' ').collect();
    // Near the beginning, so that the verb of a later clause is not taken for the first.
    let verb = words.iter().take(3).position(|word| AUXILIARIES.contains(word));
    match verb {
        Some(at) => {
            format!("{} not {}", words[..=at].join(" "), words[at + 1..].join(" ")).trim_end().to_owned()
        }
        None => format!("it is not so that {clause}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::At;
    use crate::source::Span;

    fn flag(name: &str) -> RawGate {
        RawGate::Flag(At::new(name.to_owned(), Span::default()))
    }

    fn check(gate: &RawGate, expected: &str) {
        let words = |name: &str| match name {
            "van" => "you had promised a van".to_owned(),
            other => other.replace('-', " "),
        };
        assert_eq!(clause(gate, &words), expected);
    }

    #[test]
    fn says_gates_as_people_do() {
        let low = RawGate::Goodwill(Compare::Less, 40);
        check(&flag("van"), "you had promised a van");
        check(&RawGate::Not(Box::new(flag("van"))), "you had not promised a van");
        check(&RawGate::Not(Box::new(flag("free-bed"))), "it is not so that free bed");
        check(
            &RawGate::All(vec![flag("van"), low.clone()]),
            "you had promised a van and goodwill is below 40",
        );
        let either = RawGate::Any(vec![flag("van"), low]);
        check(&either, "either you had promised a van or goodwill is below 40");
        let neither = RawGate::Not(Box::new(either));
        check(&neither, "you had not promised a van and goodwill is at least 40");
    }
}
