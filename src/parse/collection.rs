//! The kinds of values that hold others: lists, mappings whose keys the author names, and either of two kinds.

use serde_json::{Value as Json, json};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions, wrong};
use crate::parse::entries::entries;
use crate::parse::id::is_id;
use crate::parse::sign::split_bullet;
use crate::parse::yaml::{Kind, Value};

/// A list. Members that cannot be read are reported and left out.
pub(super) struct List<K> {
    of: K,
    /// For the schema: how many members there must be at least, and at most if that is not 0.
    length: (usize, usize),
    refuses_empty: bool,
}

/// A list of any length.
pub(super) const fn list<K>(of: K) -> List<K> {
    List { of, length: (0, 0), refuses_empty: false }
}

impl<K> List<K> {
    /// Describes the length; whoever reads the list checks it.
    pub(super) fn between(self, least: usize, most: usize) -> Self {
        Self { length: (least, most), ..self }
    }

    /// A list without a member is reported.
    pub(super) fn not_empty(self) -> Self {
        Self { refuses_empty: true, ..self.between(1, 0) }
    }
}

impl<K: Decode> Decode for List<K> {
    type Output = Vec<K::Output>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<K::Output>> {
        let Kind::List(items) = &value.kind else {
            let typed = match &value.kind {
                Kind::Text(text) | Kind::Bare(text) if !text.contains('\n') && text.len() < 60 => {
                    text.trim_matches(['(', ')']).to_owned()
                }
                // `{ one, another }`
                Kind::Map(entries) if entries.iter().all(|entry| matches!(entry.value.kind, Kind::Empty)) => {
                    entries.iter().map(|entry| entry.key.value.as_str()).collect::<Vec<_>>().join(", ")
                }
                _ => "one, another".to_owned(),
            };
            let fault = wrong(value, &format!("`{key}` must be a list"));
            diags.push(match split_bullet(&typed) {
                Some((bullet, _)) => {
                    fault.hint(format!("begin each part with a hyphen and a space in place of `{bullet}`"))
                }
                None => {
                    let names: Vec<&str> = typed.split_whitespace().collect();
                    let are_names = names.iter().all(|name| is_id(&name.replace('_', "-")));
                    let typed = if are_names { names.join(", ") } else { typed.clone() };
                    fault.hint(format!("write `{key}: [{typed}]`"))
                }
            });
            return None;
        };
        if items.is_empty() && self.refuses_empty {
            let fault = Diagnostic::error(Code::MissingKey, value.span, format!("`{key}` is an empty list"));
            diags.push(fault.hint("put at least one thing into it"));
            return None;
        }
        Some(items.iter().filter_map(|item| self.of.read(item, key, diags)).collect())
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

/// A mapping whose keys the author names.
pub(super) struct Names<K> {
    pattern: &'static str,
    check: fn(&At<String>, &mut Diagnostics),
    of: K,
}

/// Names that an editor holds against `pattern`; what each stands for is an `of`.
pub(super) const fn names<K>(pattern: &'static str, of: K) -> Names<K> {
    Names { pattern, check: |_, _| {}, of }
}

impl<K> Names<K> {
    /// Names that are given here, and must keep a rule. Others are checked elsewhere: they must exist.
    pub(super) fn checked(self, check: fn(&At<String>, &mut Diagnostics)) -> Self {
        Self { check, ..self }
    }
}

impl<K: Decode> Decode for Names<K> {
    type Output = Vec<(At<String>, K::Output)>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Self::Output> {
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

/// The schema of a mapping whose keys the author names.
pub(super) fn named(pattern: &str, of: &Json) -> Json {
    json!({ "type": "object", "additionalProperties": of, "propertyNames": { "pattern": pattern } })
}

/// One kind or another, as the form of the value says.
pub(super) struct Either<A, B> {
    is_first: fn(&Kind) -> bool,
    first: A,
    second: B,
}

/// The first kind for a mapping, the second for everything else.
pub(super) const fn map_or<A, B>(first: A, second: B) -> Either<A, B> {
    Either { is_first: |kind| matches!(kind, Kind::Map(_)), first, second }
}

/// The first kind for a list, the second for everything else.
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
