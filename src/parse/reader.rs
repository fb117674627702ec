//! Asks for the keys of one mapping, and reports those that are unknown or missing.

use serde_json::{Map, Value as Json, json};

use crate::diag::suggest::{hint, listed, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions};
use crate::parse::scalar::Bool;
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// One mapping, whose keys are being asked for.
pub(super) struct Reader<'v, 'd> {
    what: &'static str,
    /// The name that the author gave it, if any, and where a missing key is reported.
    pub(super) name: &'v At<String>,
    entries: Vec<&'v Entry>,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// Groups of keys of which one is required and none is there, each with its fault.
    lacking: Vec<(&'static [&'static str], Diagnostic)>,
    pub(super) diags: &'d mut Diagnostics,
    /// Only when describing a schema, with no entries to read.
    description: Option<Description<'d>>,
}

/// What a schema says about a mapping.
struct Description<'d> {
    definitions: &'d mut Definitions,
    properties: Map<String, Json>,
    /// Groups of keys of which one is required.
    groups: Vec<Json>,
}

/// The most unknown keys of a mapping that are reported, since each is compared with all known ones.
const MAX_UNKNOWN: usize = 200;

/// More missing keys than this are a single fault: the mapping is unfinished, or something else.
const MANY: usize = 3;

/// Keys that belong below another, but are often written without it.
const BELOW: [(&str, &[&str]); 2] = [
    ("customer", &["name", "goodwill", "about", "pronoun", "portrait"]),
    ("brand", &["color", "logo", "preview", "footer"]),
];

/// Names that other formats and tools give to a key.
const ALSO: [(&str, &str); 43] = [
    ("action", "do"),
    ("answer", "reply"),
    ("answers", "choices"),
    ("baseURL", "url"),
    ("base_url", "url"),
    ("coaching", "why"),
    ("condition", "when"),
    ("consequence", "reply"),
    ("description", "summary"),
    ("dialog", "says"),
    ("dialogue", "says"),
    ("duration", "minutes"),
    ("end", "ending"),
    ("explanation", "why"),
    ("feedback", "why"),
    ("goto", "then"),
    ("if", "when"),
    ("line", "say"),
    ("line", "says"),
    ("lines", "says"),
    ("moments", "nodes"),
    ("narration", "scene"),
    ("next", "then"),
    ("options", "choices"),
    ("outcome", "ending"),
    ("persona", "customer"),
    ("points", "rate"),
    ("passages", "nodes"),
    ("prompt", "says"),
    ("question", "says"),
    ("rating", "rate"),
    ("reason", "why"),
    ("response", "reply"),
    ("responses", "choices"),
    ("score", "rate"),
    ("site_name", "title"),
    ("skill", "tests"),
    ("skills", "tests"),
    ("steps", "nodes"),
    ("text", "say"),
    ("text", "says"),
    ("then", "to"),
    ("to", "then"),
];

/// "`a`, `b` and `c`".
fn and(words: &[&str]) -> String {
    listed(words.iter().copied()).replace(" or ", " and ")
}

impl<'v, 'd> Reader<'v, 'd> {
    /// Reads `entries`.
    pub(super) fn new(
        what: &'static str,
        name: &'v At<String>,
        entries: Vec<&'v Entry>,
        diags: &'d mut Diagnostics,
    ) -> Self {
        Self {
            what,
            name,
            entries,
            known: Vec::new(),
            missing: Vec::new(),
            lacking: Vec::new(),
            diags,
            description: None,
        }
    }

    /// Reads nothing and records what it is asked for.
    pub(super) fn describing(
        no_name: &'v At<String>,
        definitions: &'d mut Definitions,
        unused: &'d mut Diagnostics,
    ) -> Self {
        let description = Description { definitions, properties: Map::new(), groups: Vec::new() };
        Self { description: Some(description), ..Self::new("", no_name, Vec::new(), unused) }
    }

    /// The schema of everything it was asked for.
    pub(super) fn into_schema(self, says: &str) -> Map<String, Json> {
        let Some(Description { properties, groups, .. }) = self.description else { return Map::new() };
        let mut object = Map::new();
        object.insert("description".into(), says.trim_start().into());
        object.insert("type".into(), "object".into());
        object.insert("properties".into(), Json::Object(properties));
        object.insert("required".into(), json!(self.missing));
        object.insert("additionalProperties".into(), false.into());
        if !groups.is_empty() {
            object.insert("allOf".into(), groups.into());
        }
        object
    }

    /// Where faults of the whole mapping are reported.
    pub(super) fn span(&self) -> Span {
        self.name.span
    }

    /// The value of a key, which may be empty.
    pub(super) fn value(&self, key: &str) -> Option<&'v Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Whether a key is there, even without a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    fn entry(&self, key: &str) -> Option<&'v Entry> {
        self.entries.iter().find(|entry| entry.key.value == key).copied()
    }

    /// An optional key; reports one without a value.
    pub(super) fn may<T>(
        &mut self,
        key: &'static str,
        kind: impl Decode<Output = T>,
        says: &str,
    ) -> Option<T> {
        self.known.push(key);
        if let Some(Description { definitions, properties, .. }) = &mut self.description {
            let mut schema = kind.schema(definitions);
            schema["description"] = says.trim_start().into();
            properties.insert(key.into(), schema);
        }
        let entry = self.entry(key)?;
        if matches!(entry.value.kind, Kind::Empty) {
            let message = format!("`{key}` has no value");
            let fault = Diagnostic::error(Code::MissingKey, entry.key.span, message);
            let is_typed = entry.value.span.start < entry.value.span.end;
            self.diags.push(fault.hint(match is_typed {
                true => "YAML reads this word as no value: put it in quotes, or remove the line",
                false => "write one after the colon, or write what belongs to it on the lines below, indented further; or remove the line",
            }));
            return None;
        }
        kind.read(&entry.value, key, self.diags)
    }

    /// A required key.
    pub(super) fn need<T>(
        &mut self,
        key: &'static str,
        kind: impl Decode<Output = T>,
        says: &str,
    ) -> Option<T> {
        self.need_if(key, true, kind, says)
    }

    /// A key that is required under a condition.
    pub(super) fn need_if<T>(
        &mut self,
        key: &'static str,
        is_needed: bool,
        kind: impl Decode<Output = T>,
        says: &str,
    ) -> Option<T> {
        if is_needed && !self.has(key) {
            self.missing.push(key);
        }
        self.may(key, kind, says)
    }

    /// A switch that is off unless it is `true`.
    pub(super) fn flag(&mut self, key: &'static str, says: &str) -> bool {
        self.may(key, Bool, says).is_some_and(|flag| flag.value)
    }

    /// Requires at least one of these keys.
    pub(super) fn any_of(&mut self, keys: &'static [&'static str], message: &str, hint: &str) {
        self.group("anyOf", keys);
        if !keys.iter().any(|key| self.has(key)) {
            self.report_none(keys, message, hint);
        }
    }

    /// The number of these keys that are there. One is required; the caller reports it if that is not so.
    pub(super) fn one_of(&mut self, keys: &[&str]) -> usize {
        self.group("oneOf", keys);
        keys.iter().filter(|key| self.has(key)).count()
    }

    /// Reports at the end that none of several keys is there, unless one of them is misspelled.
    pub(super) fn report_none(&mut self, keys: &'static [&'static str], message: &str, hint: &str) {
        let fault = Diagnostic::error(Code::MissingKey, self.span(), message).hint(hint);
        self.lacking.push((keys, fault));
    }

    fn group(&mut self, of: &str, keys: &[&str]) {
        if let Some(description) = &mut self.description {
            let each: Json = keys.iter().map(|key| json!({ "required": [key] })).collect();
            description.groups.push(json!({ of: each }));
        }
    }

    /// Reports a missing required key in other words.
    pub(super) fn report_missing(&mut self, key: &str, fault: Diagnostic) {
        if self.description.is_none() {
            self.missing.retain(|missing| *missing != key);
            self.diags.push(fault);
        }
    }

    /// Reports unknown and missing keys.
    pub(super) fn close(mut self) {
        // Keys after a key without a value were meant to be below it, which is already reported.
        let mut follows_empty = false;
        let is_unknown = |entry: &&&Entry| {
            let is_known = self.known.contains(&entry.key.value.as_str());
            follows_empty = if is_known { matches!(entry.value.kind, Kind::Empty) } else { follows_empty };
            !is_known && !follows_empty
        };
        let unknown: Vec<&Entry> =
            self.entries.iter().filter(is_unknown).take(MAX_UNKNOWN).copied().collect();
        let unused: Vec<&str> = match unknown.is_empty() {
            true => Vec::new(),
            false => self.known.iter().copied().filter(|key| !self.has(key)).collect(),
        };
        let mut outside = Vec::new();
        for entry in unknown {
            let name = entry.key.value.as_str();
            let message = format!("{} has no key `{name}`", self.what);
            let fault = Diagnostic::error(Code::UnknownKey, entry.key.span, message);
            if let Some((above, _)) =
                BELOW.iter().find(|(above, below)| self.known.contains(above) && below.contains(&name))
            {
                // Several lines that belong below the same key are one fault.
                if !outside.contains(above) {
                    outside.push(*above);
                    self.diags.push(fault.hint(match self.has(above) {
                        true => format!("move it below `{above}`, indented further"),
                        false => format!("write `{above}:` on a line of its own above it, and indent it and what belongs with it"),
                    }));
                }
                self.missing.retain(|missing| missing != above);
                continue;
            }
            if let Some((key, value)) = name.split_once('=').map(|(key, value)| (key.trim(), value.trim()))
                && unused.contains(&key)
            {
                self.diags.push(fault.hint(format!("write `{key}: {value}`")));
                self.missing.retain(|missing| *missing != key);
                continue;
            }
            if self.what == "an ending" && ["choices", "tests", "then", "says", "scene"].contains(&name) {
                self.diags.push(fault.hint(match name {
                    "says" | "scene" => "write it in `text`, which tells how it went on",
                    _ => "here the conversation ends: remove the line; or, if it goes on, remove `ending`",
                }));
                continue;
            }
            if name == "unless" && unused.contains(&"when") {
                let condition = entry.value.word().unwrap_or("FLAG");
                self.diags.push(fault.hint(format!("write `when: not {condition}`")));
                self.missing.retain(|missing| *missing != "when");
                continue;
            }
            let meant = ALSO.iter().find(|(also, key)| *also == name && unused.contains(key));
            let near = meant.map(|(_, key)| *key).or_else(|| nearest(name, unused.iter().copied()));
            self.diags.push(fault.hint(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => hint(name, unused.iter().copied()),
            }));
            // A mistyped key is not also missing.
            self.missing.retain(|key| Some(*key) != near);
            self.lacking.retain(|(keys, _)| near.is_none_or(|near| !keys.contains(&near)));
        }
        self.lacking.into_iter().for_each(|(_, fault)| self.diags.push(fault));
        if self.missing.len() > MANY {
            let message = format!("{} has no {}", self.what, and(&self.missing));
            let fault = Diagnostic::error(Code::MissingKey, self.name.span, message);
            let lines: Vec<String> = self.missing.iter().map(|key| format!("`{key}: ...`")).collect();
            self.diags.push(fault.hint(format!("add a line for each: {}", lines.join(", "))));
            return;
        }
        for key in self.missing {
            let message = format!("{} has no `{key}`", self.what);
            self.diags.error(Code::MissingKey, self.name.span, message, format!("add a line `{key}: ...`"));
        }
    }
}
