//! Kinds of values: how each is read, and how a JSON Schema describes it.
//!
//! Nothing here stops at the first fault: an unreadable value is reported and becomes `None`, and reading continues.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// A kind of value.
pub(super) trait Decode {
    /// What a value of this kind becomes.
    type Output;

    /// Reads a value, which messages call `key`.
    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Self::Output>;

    /// Reads a value under a key of the author's.
    fn read_entry(&self, entry: &Entry, diags: &mut Diagnostics) -> Option<Self::Output> {
        self.read(&entry.value, &entry.key.value, diags)
    }

    /// Whether it is a mapping with known keys.
    fn is_mapping(&self) -> bool {
        false
    }

    /// Its JSON Schema, an object; referenced schemas are added to the definitions.
    fn schema(&self, definitions: &mut Definitions) -> Json;

    /// The same kind with another step after reading: a check, or a conversion.
    fn and_then<T, F>(self, next: F) -> AndThen<Self, F>
    where
        Self: Sized,
        F: Fn(Self::Output, &Field<'_>, &mut Diagnostics) -> Option<T>,
    {
        AndThen { kind: self, next }
    }

    /// The same kind, for the name of something that is defined elsewhere. Its schema is a definition of its own, `what`,
    /// so that a caller who knows the site can list the existing names there.
    fn naming(self, what: &'static str) -> Naming<Self>
    where
        Self: Sized,
    {
        Naming { kind: self, what }
    }

    /// The same kind, converted.
    fn map<T>(self, into: impl Fn(Self::Output) -> T) -> impl Decode<Output = T>
    where
        Self: Sized,
    {
        self.and_then(move |value, _, _| Some(into(value)))
    }
}

/// Schemas that are defined once and referenced, by name.
pub(crate) type Definitions = BTreeMap<String, Json>;

/// Definitions of a schema for names of things that are defined elsewhere: see [`Decode::naming`].
pub(crate) mod naming {
    pub(crate) const NODE: &str = "node-name";
    pub(crate) const FLAG: &str = "flag-name";
    pub(crate) const CONDITION: &str = "condition-words";
    pub(crate) const SKILL: &str = "skill-name";
    pub(crate) const SLIP: &str = "slip-name";
    pub(crate) const MODEL: &str = "model-name";
    pub(crate) const OBJECTIVE: &str = "objective-name";
}

/// A value being read, for messages.
pub(super) struct Field<'a> {
    /// Its key.
    pub(super) key: &'a str,
    /// Its place.
    pub(super) span: Span,
}

/// See [`Decode::and_then`].
pub(super) struct AndThen<K, F> {
    kind: K,
    next: F,
}

impl<T, K: Decode, F: Fn(K::Output, &Field<'_>, &mut Diagnostics) -> Option<T>> Decode for AndThen<K, F> {
    type Output = T;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<T> {
        let read = self.kind.read(value, key, diags)?;
        (self.next)(read, &Field { key, span: value.span }, diags)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        self.kind.schema(definitions)
    }
}

/// See [`Decode::naming`].
pub(super) struct Naming<K> {
    kind: K,
    what: &'static str,
}

impl<K: Decode> Decode for Naming<K> {
    type Output = K::Output;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<K::Output> {
        self.kind.read(value, key, diags)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        let schema = self.kind.schema(definitions);
        definitions.entry(self.what.to_owned()).or_insert(schema);
        json!({ "$ref": format!("#/$defs/{}", self.what) })
    }
}

/// A kind that only one key has.
pub(super) struct Custom<R, S> {
    read: R,
    schema: S,
}

/// A kind made of its reader and its schema.
pub(super) fn custom<T, R, S>(read: R, schema: S) -> Custom<R, S>
where
    R: Fn(&Value, &str, &mut Diagnostics) -> Option<T>,
    S: Fn(&mut Definitions) -> Json,
{
    Custom { read, schema }
}

impl<T, R, S> Decode for Custom<R, S>
where
    R: Fn(&Value, &str, &mut Diagnostics) -> Option<T>,
    S: Fn(&mut Definitions) -> Json,
{
    type Output = T;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<T> {
        (self.read)(value, key, diags)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        (self.schema)(definitions)
    }
}

/// "`must`, but this is a list".
pub(super) fn wrong(value: &Value, must: &str) -> Diagnostic {
    let found = match &value.kind {
        Kind::Empty => "empty",
        Kind::Text(_) => "text",
        Kind::Bare(text) if text.starts_with(|c: char| c.is_alphabetic()) => "true or false",
        Kind::Bare(_) => "a number",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a list of `key: value` lines",
    };
    Diagnostic::error(Code::WrongType, value.span, format!("{must}, but this is {found}"))
}
