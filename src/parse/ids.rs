//! Adds ids to choices that have none, with one new line for each; everything else in a scenario or an included file stays
//! as it is.

use std::collections::BTreeSet;

use super::choice::letter;
use super::id::{is_id, slug};
use super::scenario::{parse, parse_include};
use super::written::as_yaml;
use super::yaml::{self, Entry, Kind, Value};
use crate::diag::{Diagnostics, Severity};
use crate::fingerprint::{digest, short};
use crate::source::FileId;

/// How many words of a choice make up its id.
const WORDS: usize = 3;

/// A choice that had no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedChoice {
    /// The decision that it belongs to.
    pub node: String,
    /// The letter that was its id, under which it can still be found.
    pub was: String,
    /// Its new id.
    pub id: String,
}

/// Returns the text with the new ids, and the choices that got one. `None` if the YAML cannot be read.
pub fn with_ids(file: FileId, text: &str) -> Option<(String, Vec<NamedChoice>)> {
    let value = yaml::parse_file(file, text, &mut Diagnostics::default())?;
    let (mut edits, mut named) = (Vec::new(), Vec::new());
    let Kind::Map(nodes) = &value.get("nodes")?.kind else { return None };
    for node in nodes {
        let choices = node.value.get("choices").map_or(&[][..], Value::items);
        let letters = (0..choices.len()).map(letter);
        let own = choices.iter().flat_map(|choice| {
            let was = choice.get("was").map_or(&[][..], Value::items);
            choice.get("id").into_iter().chain(was)
        });
        let mut taken: BTreeSet<String> =
            own.filter_map(Value::word).map(str::to_owned).chain(letters).collect();
        for (place, choice) in choices.iter().enumerate() {
            let (Some(first), None) = (choice.entries().first(), choice.get("id")) else { continue };
            let (id, was) = (new_id(choice, &taken), letter(place));
            taken.insert(id.clone());
            let between = between(text, first.key.span.start as usize);
            let mut lines = format!("id: {}{between}", as_yaml(&id));
            match choice.entries().iter().find(|entry| entry.key.value == "was") {
                Some(old) => edits.extend(with_name(text, old, &was)?),
                None => lines += &format!("was: [{was}]{between}"),
            }
            edits.push((first.key.span.start as usize, lines));
            named.push(NamedChoice { node: node.key.value.clone(), was, id });
        }
    }
    let mut written = text.to_owned();
    edits.sort();
    edits.into_iter().rev().for_each(|(at, new)| written.insert_str(at, &new));
    if errors(file, &written) > errors(file, text) {
        return None;
    }
    // If an id is missing now, the text has a form that this does not handle, and stays as it is.
    let again = yaml::parse_file(file, &written, &mut Diagnostics::default())?;
    let nodes = again.get("nodes")?;
    let is_there = |each: &NamedChoice| {
        let choices =
            nodes.get(&each.node).and_then(|node| node.get("choices")).map_or(&[][..], Value::items);
        choices.iter().any(|choice| choice.get("id").and_then(Value::word) == Some(&each.id))
    };
    named.iter().all(is_there).then_some((written, named))
}

/// What separates the entries of the choice whose first one is at this byte: a comma, or a new line with its indent.
fn between(text: &str, at: usize) -> String {
    let line = line_before(text, at);
    match line.trim_end().ends_with(['{', ',']) {
        true => ", ".to_owned(),
        false => format!("{}{}", line_end(text, at), " ".repeat(line.chars().count())),
    }
}

/// The edit that adds a name to the former ones, if it is not one of them yet. `None` if they are written in another form.
fn with_name(text: &str, old: &Entry, name: &str) -> Option<Vec<(usize, String)>> {
    let (start, end) = (old.value.span.start as usize, old.value.span.end as usize);
    let indent = line_before(text, start);
    Some(match &old.value.kind {
        Kind::List(names) if names.iter().any(|each| each.word() == Some(name)) => Vec::new(),
        Kind::List(names) if text[start..].starts_with('[') => {
            let comma = if names.is_empty() { "" } else { ", " };
            vec![(start + 1, format!("{name}{comma}"))]
        }
        Kind::List(_) if indent.trim() == "-" => {
            vec![(start, format!("{name}{}{indent}", line_end(text, start)))]
        }
        Kind::Text(only) | Kind::Bare(only) if only == name => Vec::new(),
        Kind::Text(_) | Kind::Bare(_) => vec![(start, format!("[{name}, ")), (end, "]".to_owned())],
        Kind::Empty if text[old.key.span.end as usize..].starts_with(':') && start == end => {
            vec![(old.key.span.end as usize + 1, format!(" [{name}]"))]
        }
        _ => return None,
    })
}

/// What is before a byte on its line.
fn line_before(text: &str, at: usize) -> &str {
    &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at]
}

/// How the line of a byte ends.
fn line_end(text: &str, at: usize) -> &'static str {
    let ends_with_return = text[at..].split_once('\n').is_some_and(|(rest, _)| rest.ends_with('\r'));
    if ends_with_return { "\r\n" } else { "\n" }
}

/// The number of errors in a scenario or an included file.
fn errors(file: FileId, text: &str) -> usize {
    let mut diags = Diagnostics::default();
    if parse_include(file, text, &mut diags).is_none() {
        parse(file, text, &mut diags);
    }
    diags.iter().filter(|each| each.severity == Severity::Error).count()
}

/// Returns the text of a translation with the new ids of these choices. `None` if the YAML cannot be read.
pub fn with_new_keys(file: FileId, text: &str, named: &[NamedChoice]) -> Option<String> {
    let value = yaml::parse_file(file, text, &mut Diagnostics::default())?;
    let nodes = value.get("nodes");
    let mut edits: Vec<_> = named
        .iter()
        .filter_map(|NamedChoice { node, was, id }| {
            let choices = nodes?.get(node)?.get("choices")?;
            let span = choices.entries().iter().find(|choice| choice.key.value == *was)?.key.span;
            Some((span.start as usize..span.end as usize, id))
        })
        .collect();
    edits.sort_by_key(|(span, _)| span.start);
    let mut written = text.to_owned();
    edits.into_iter().rev().for_each(|(span, id)| written.replace_range(span, &as_yaml(id)));
    Some(written)
}

/// An id that is unique in the decision: the first words of what is said or done, or a digest of them.
fn new_id(choice: &Value, taken: &BTreeSet<String>) -> String {
    let said = ["say", "do"].iter().find_map(|key| choice.get(key)?.word()).unwrap_or_default();
    let first: Vec<String> =
        said.split_whitespace().map(slug).filter(|word| !word.is_empty()).take(WORDS).collect();
    let base = match first.join("-") {
        id if id.len() > 1 && is_id(&id) => id,
        _ => format!("choice-{}", short(digest(said.as_bytes()))),
    };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    [base.clone()].into_iter().chain(numbered).find(|id| !taken.contains(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::with_ids;
    use crate::source::SourceMap;

    #[test]
    fn only_ids_are_added() {
        let named = |text: &str| {
            let file = SourceMap::default().add("a.yaml", text.to_owned());
            with_ids(file, text).map(|(text, _)| text)
        };
        let cases = [
            (
                "nodes:\n  start: # first\n    choices:\n      - say: Was war es?\n        rate: 3\n      - id: cut\n        do: Cut\n",
                "nodes:\n  start: # first\n    choices:\n      - id: was-war-es\n        was: [a]\n        say: Was war es?\n        rate: 3\n      - id: cut\n        do: Cut\n",
            ),
            (
                "nodes:\r\n  start:\r\n    choices:\r\n    - say: Go\r\n    - { say: Go, rate: 3 }\r\n",
                "nodes:\r\n  start:\r\n    choices:\r\n    - id: go\r\n      was: [a]\r\n      say: Go\r\n    - { id: go-2, was: [b], say: Go, rate: 3 }\r\n",
            ),
            (
                "nodes:\n  start:\n    choices:\n    - was: [go, now]\n      say: Go\n    - say: \"Null\"\n      was:\n      - x\n    - { say: To, was: y }\n    - was:\n      say: Us\n",
                "nodes:\n  start:\n    choices:\n    - id: go-2\n      was: [a, go, now]\n      say: Go\n    - id: \"null\"\n      say: \"Null\"\n      was:\n      - b\n      - x\n    - { id: to, say: To, was: [c, y] }\n    - id: us\n      was: [d]\n      say: Us\n",
            ),
            ("nodes:\n  end:\n    ending: good\n", "nodes:\n  end:\n    ending: good\n"),
        ];
        for (before, after) in cases {
            assert_eq!(named(before).as_deref(), Some(after));
            assert_eq!(named(after).as_deref(), Some(after), "once is enough");
        }
        let arabic = named("nodes:\n  start:\n    choices:\n      - say: ماذا حدث؟\n").unwrap();
        assert!(arabic.contains("- id: choice-") && arabic.contains("was: [a]"), "{arabic}");
        assert_eq!(named("nodes: ["), None);
        let twice = "nodes:\n  one: { choices: &all [{ say: Go }] }\n  two: { choices: *all }\n";
        assert_eq!(named(twice), None, "two edits at one place");
    }
}
