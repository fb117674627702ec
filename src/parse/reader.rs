//! Asks for the keys of one mapping, and reports those that are unknown or missing.

use serde_json::{Map, Value as Json, json};

use crate::diag::suggest::{hint, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions};
use crate::parse::scalar::Bool;
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// One mapping, whose keys are being asked for.
pub(super) struct Reader<'v, 'd> {
    what: &'static str,
    /// The name that the author has given it, if any, and where a missing key is reported.
    pub(super) name: &'v At<String>,
    entries: Vec<&'v Entry>,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
    pub(super) diags: &'d mut Diagnostics,
    /// Only for a schema; then there are no entries.
    description: Option<Description<'d>>,
}

/// What a schema says of a mapping.
struct Description<'d> {
    definitions: &'d mut Definitions,
    properties: Map<String, Json>,
    /// Keys of which one must be there.
    groups: Vec<Json>,
}

/// How many unknown keys of a mapping are reported at most: each is compared with all that are known.
const MAX_UNKNOWN: usize = 200;

/// What other formats and tools call a key.
const ALSO: [(&str, &str); 35] = [
    ("action", "do"),
    ("answer", "reply"),
    ("answers", "choices"),
    ("baseURL", "url"),
    ("base_url", "url"),
    ("coaching", "why"),
    ("condition", "when"),
    ("consequence", "reply"),
    ("description", "summary"),
    ("duration", "minutes"),
    ("end", "ending"),
    ("explanation", "why"),
    ("feedback", "why"),
    ("goto", "then"),
    ("if", "when"),
    ("line", "say"),
    ("next", "then"),
    ("options", "choices"),
    ("outcome", "ending"),
    ("persona", "customer"),
    ("points", "rate"),
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
    ("text", "say"),
    ("text", "says"),
    ("then", "to"),
    ("to", "then"),
];

impl<'v, 'd> Reader<'v, 'd> {
    /// Reads `entries`.
    pub(super) fn new(
        what: &'static str,
        name: &'v At<String>,
        entries: Vec<&'v Entry>,
        diags: &'d mut Diagnostics,
    ) -> Self {
        Self { what, name, entries, known: Vec::new(), missing: Vec::new(), diags, description: None }
    }

    /// Reads nothing, and writes down what it is asked for.
    pub(super) fn describing(
        nobody: &'v At<String>,
        definitions: &'d mut Definitions,
        unheard: &'d mut Diagnostics,
    ) -> Self {
        let description = Description { definitions, properties: Map::new(), groups: Vec::new() };
        Self { description: Some(description), ..Self::new("", nobody, Vec::new(), unheard) }
    }

    /// The schema of what it was asked for.
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

    /// Where the mapping as a whole is reported.
    pub(super) fn span(&self) -> Span {
        self.name.span
    }

    /// The value of a key, be it empty.
    pub(super) fn value(&self, key: &str) -> Option<&'v Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Whether a key is there, be it empty.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    fn entry(&self, key: &str) -> Option<&'v Entry> {
        self.entries.iter().find(|entry| entry.key.value == key).copied()
    }

    /// An optional key. One with nothing after it is reported.
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
            let hint =
                "write one after the colon, or what belongs to it below and further in, or remove the line";
            self.diags.push(fault.hint(hint));
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

    /// A key that is required in one form of the mapping.
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

    /// Something that is off unless it says `true`.
    pub(super) fn flag(&mut self, key: &'static str, says: &str) -> bool {
        self.may(key, Bool, says).is_some_and(|flag| flag.value)
    }

    /// At least one of these keys must be there.
    pub(super) fn any_of(&mut self, keys: &[&str], message: &str, hint: &str) {
        self.group("anyOf", keys);
        if !keys.iter().any(|key| self.has(key)) {
            self.report_none(message, hint);
        }
    }

    /// How many of these keys are there. One must be; the caller reports it if it is not so.
    pub(super) fn one_of(&mut self, keys: &[&str]) -> usize {
        self.group("oneOf", keys);
        keys.iter().filter(|key| self.has(key)).count()
    }

    /// Reports that none of several keys is there.
    pub(super) fn report_none(&mut self, message: &str, hint: &str) {
        self.diags.push(Diagnostic::error(Code::MissingKey, self.span(), message).hint(hint));
    }

    fn group(&mut self, of: &str, keys: &[&str]) {
        if let Some(description) = &mut self.description {
            let each: Json = keys.iter().map(|key| json!({ "required": [key] })).collect();
            description.groups.push(json!({ of: each }));
        }
    }

    /// Reports in other words that a required key is missing.
    pub(super) fn report_missing(&mut self, key: &str, fault: Diagnostic) {
        if self.description.is_none() {
            self.missing.retain(|missing| *missing != key);
            self.diags.push(fault);
        }
    }

    /// Reports the keys that nothing asked for, and those that are missing.
    pub(super) fn close(mut self) {
        // What follows a key without a value was meant to stand below it, and that is told already.
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
        for entry in unknown {
            let name = entry.key.value.as_str();
            let message = format!("{} has no key `{name}`", self.what);
            let fault = Diagnostic::error(Code::UnknownKey, entry.key.span, message);
            if let Some((key, value)) = name.split_once('=').map(|(key, value)| (key.trim(), value.trim()))
                && unused.contains(&key)
            {
                self.diags.push(fault.hint(format!("write `{key}: {value}`")));
                self.missing.retain(|missing| *missing != key);
                continue;
            }
            let meant = ALSO.iter().find(|(also, key)| *also == name && unused.contains(key));
            let near = meant.map(|(_, key)| *key).or_else(|| nearest(name, unused.iter().copied()));
            self.diags.push(fault.hint(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => hint(name, unused.iter().copied()),
            }));
            // A mistyped key is one fault, not a missing one on top.
            self.missing.retain(|key| Some(*key) != near);
        }
        for key in self.missing {
            let message = format!("{} has no `{key}`", self.what);
            let fault = Diagnostic::error(Code::MissingKey, self.name.span, message);
            self.diags.push(fault.hint(format!("add a line `{key}: ...`")));
        }
    }
}
