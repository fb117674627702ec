//! Kinds of values that contain others: lists, mappings with the author's keys, and a choice between two kinds.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions, wrong};
use crate::parse::entries::{entries, in_block, under_names};
use crate::parse::id::is_id;
use crate::parse::lookalike::split_bullet;
use crate::parse::yaml::{Entry, Kind, Value};

/// A list. Members that cannot be read are reported and left out.
pub(super) struct List<K> {
    of: K,
    /// For the schema: the least and the greatest number of members; 0 means no limit.
    length: (usize, usize),
    refuses_empty: bool,
}

/// A list of any length.
pub(super) const fn list<K>(of: K) -> List<K> {
    List { of, length: (0, 0), refuses_empty: false }
}

impl<K> List<K> {
    /// Describes the length; whoever reads the list enforces it.
    pub(super) fn between(self, least: usize, most: usize) -> Self {
        Self { length: (least, most), ..self }
    }

    /// Reports a list without members.
    pub(super) fn not_empty(self) -> Self {
        Self { refuses_empty: true, ..self.between(1, 0) }
    }
}

impl<K: Decode> List<K> {
    /// What to write instead of a value that is not a list.
    fn remedy(&self, value: &Value, key: &str) -> String {
        let typed = match &value.kind {
            Kind::Map(entries) if self.of.is_mapping() => {
                let first = entries.first().map_or("...", |entry| entry.key.value.as_str());
                return match in_block(value) {
                    true => format!(
                        "start it with a hyphen: `- {first}: ...`, with its other lines directly below `{first}`"
                    ),
                    false => format!("put it in brackets: `{key}: [{{ {first}: ... }}]`"),
                };
            }
            // `{ one, another }`, `{ one: true, another: true }`
            Kind::Map(entries)
                if entries.iter().all(|entry| !matches!(entry.value.kind, Kind::List(_) | Kind::Map(_))) =>
            {
                let is_off = |value: &Value| matches!(&value.kind, Kind::Bare(text) if text == "false");
                let names = entries.iter().filter(|entry| !is_off(&entry.value));
                names.map(|entry| entry.key.value.as_str()).collect::<Vec<_>>().join(", ")
            }
            Kind::Text(text) | Kind::Bare(text) if !text.contains('\n') && text.len() < 60 => {
                if let Some((bullet, _)) = split_bullet(text) {
                    return format!("start each item with a hyphen and a space in place of `{bullet}`");
                }
                split(text.trim_matches(['(', ')', '[', ']', '［', '］', '（', '）', '【', '】'])).join(", ")
            }
            _ => "one, another".to_owned(),
        };
        format!("write `{key}: [{typed}]`")
    }
}

impl<K: Decode> Decode for List<K> {
    type Output = Vec<K::Output>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<K::Output>> {
        let Kind::List(items) = &value.kind else {
            diags.push(wrong(value, &format!("`{key}` must be a list")).hint(self.remedy(value, key)));
            return None;
        };
        if items.is_empty() && self.refuses_empty {
            let hint = "put at least one thing into it";
            diags.error(Code::MissingKey, value.span, format!("`{key}` is an empty list"), hint);
            return None;
        }
        let mut found = Diagnostics::default();
        let read = items.iter().filter_map(|item| self.of.read(item, key, &mut found)).collect();
        // A habit is one fault, however many members it affects.
        let is_wrong = |each: &Diagnostic| {
            each.code == Code::WrongType && items.iter().any(|item| item.span == each.span)
        };
        let mut reported = BTreeSet::new();
        found.retain(|each| !is_wrong(each) || reported.insert(each.message.clone()));
        diags.append(found);
        Some(read)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        let mut schema = json!({ "type": "array", "items": self.of.schema(definitions) });
        let (least, most) = self.length;
        if least > 0 {
            schema["minItems"] = least.into();
        }
        if most > 0 {
            schema["maxItems"] = most.into();
        }
        schema
    }
}

/// A mapping with the author's keys.
pub(super) struct Names<K> {
    pattern: &'static str,
    check: fn(&At<String>, &mut Diagnostics),
    of: K,
}

/// A mapping whose names match `pattern`, which only editors check; each value is an `of`.
pub(super) const fn names<K>(pattern: &'static str, of: K) -> Names<K> {
    Names { pattern, check: |_, _| {}, of }
}

impl<K> Names<K> {
    /// For names that are defined here and must follow a rule. Names of existing things are checked elsewhere.
    pub(super) fn checked(self, check: fn(&At<String>, &mut Diagnostics)) -> Self {
        Self { check, ..self }
    }
}

impl<K: Decode> Decode for Names<K> {
    type Output = Vec<(At<String>, K::Output)>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Self::Output> {
        if let Some((mut mapping, span, mut hint)) = under_names(value, |_| false) {
            if let (false, Kind::Map(named)) = (self.of.is_mapping(), &mut mapping.kind) {
                // `- id: heard`, followed by its single text.
                for Entry { key, value } in named {
                    if let Kind::Map(below) = &value.kind
                        && let [Entry { value: text, .. }] = &below[..]
                        && let Some(words) = text.word()
                    {
                        hint = format!(
                            "write `{}: {words}` in place of both lines, and do the same for each of them",
                            key.value
                        );
                        *value = text.clone();
                    }
                }
            }
            let fault = wrong(value, &format!("`{key}` must be a list of `key: value` lines"));
            diags.push(Diagnostic { span, ..fault }.hint(hint));
            return self.read(&mapping, key, diags);
        }
        if let Some(names) = scalars(value) {
            let fault = wrong(value, &format!("`{key}` must be a list of `key: value` lines"));
            let each: Vec<String> = names.iter().map(|name| format!("{name}: ...")).collect();
            diags.push(fault.hint(format!("write `{key}: {{ {} }}`", each.join(", "))));
            return None;
        }
        if matches!(&value.kind, Kind::List(_)) {
            let fault = wrong(value, &format!("`{key}` must be a list of `key: value` lines"));
            let hint = "write a name and a colon in place of each hyphen, such as `first:`, with its own lines below it, indented further";
            diags.push(fault.hint(hint));
            return None;
        }
        let entries = entries(value, &format!("`{key}`"), diags)?;
        let read = entries.iter().filter_map(|entry| {
            (self.check)(&entry.key, diags);
            Some((entry.key.clone(), self.of.read_entry(entry, diags)?))
        });
        Some(read.collect())
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        named(self.pattern, &self.of.schema(definitions))
    }
}

/// The words of a list of words, or a single word.
fn scalars(value: &Value) -> Option<Vec<String>> {
    match &value.kind {
        Kind::List(items) if !items.is_empty() => {
            items.iter().map(|item| item.word().map(str::to_owned)).collect()
        }
        Kind::Text(text) if !text.contains(['\n', '=', ':']) => Some(split(text)),
        _ => None,
    }
}

/// Splits a text that contains several names; any other text is one name.
fn split(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || ",;&+，、；".contains(c));
    let names: Vec<&str> = parts.filter(|part| !part.is_empty() && !["and", "or"].contains(part)).collect();
    match names.iter().all(|name| is_id(&name.replace('_', "-"))) {
        true => names.into_iter().map(str::to_owned).collect(),
        false => vec![text.to_owned()],
    }
}

/// The schema of a mapping with the author's keys.
pub(super) fn named(pattern: &str, of: &Json) -> Json {
    json!({ "type": "object", "additionalProperties": of, "propertyNames": { "pattern": pattern } })
}

/// One of two kinds, depending on the form of the value.
pub(super) struct Either<A, B> {
    is_first: fn(&Kind) -> bool,
    first: A,
    second: B,
}

/// The first kind if the value is a mapping, else the second.
pub(super) const fn map_or<A, B>(first: A, second: B) -> Either<A, B> {
    Either { is_first: |kind| matches!(kind, Kind::Map(_)), first, second }
}

/// The first kind if the value is a list, else the second.
pub(super) const fn list_or<A, B>(first: A, second: B) -> Either<A, B> {
    Either { is_first: |kind| matches!(kind, Kind::List(_)), first, second }
}

impl<A: Decode, B: Decode<Output = A::Output>> Decode for Either<A, B> {
    type Output = A::Output;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<A::Output> {
        match (self.is_first)(&value.kind) {
            true => self.first.read(value, key, diags),
            false => self.second.read(value, key, diags),
        }
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [self.second.schema(definitions), self.first.schema(definitions)] })
    }
}
