//! Mappings with known keys: the same lines of code read a file and describe it.
//!
//! A [`Mapping`] asks for its keys one by one, each with its kind and its purpose. For a file, the [`Reader`] returns their
//! values, and finally reports keys that are unknown or missing. For a schema it reads nothing and records what it is asked
//! for. So decoder, messages and schema cannot disagree.

use serde_json::{Map, Value as Json, json};

use crate::diag::Diagnostics;
use crate::diag::suggest::listed;
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions};
use crate::parse::entries::{entries, no_mapping};
use crate::parse::reader::Reader;
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// A mapping with known keys, which becomes a `T`.
pub(crate) struct Mapping<T> {
    /// Its name among the definitions of a schema.
    pub(super) name: &'static str,
    /// Its name in messages: "a choice".
    pub(super) what: &'static str,
    /// Its description in the schema.
    pub(super) says: &'static str,
    /// Asks for each key, whatever the values of the others.
    pub(super) keys: fn(&mut Reader<'_, '_>) -> Option<T>,
}

impl<T> Mapping<T> {
    /// Reads a value. `span` is where a missing key is reported: the name of the thing is a better place than its first
    /// line.
    pub(super) fn read_at(&self, value: &Value, span: Span, diags: &mut Diagnostics) -> Option<T> {
        self.read_named(value, &At::new(String::new(), span), diags)
    }

    fn read_named(&self, value: &Value, name: &At<String>, diags: &mut Diagnostics) -> Option<T> {
        if !matches!(value.kind, Kind::Map(_)) {
            diags.push(no_mapping(value, self.what, &self.form(value)));
            return None;
        }
        let entries = entries(value, self.what, diags)?;
        let mut reader = Reader::new(self.what, name, entries, diags);
        let read = (self.keys)(&mut reader);
        reader.close();
        read
    }

    /// What to write instead of a value that is not a mapping: the required keys, the first with what was typed.
    fn form(&self, value: &Value) -> String {
        let schema = self.describe(&mut Definitions::new());
        let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        if required.is_empty() {
            let known = schema["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str);
            return format!(
                "write each part of it on a line of its own, as `key: value`; it can have {}",
                listed(known)
            );
        }
        if required.len() > 3 {
            let needed = listed(required.iter().filter_map(Json::as_str)).replace(" or ", " and ");
            return format!("write each part of it on a line of its own, as `key: value`; it needs {needed}");
        }
        let mut typed = match &value.kind {
            Kind::Text(text) if !text.contains(['\n', '"', '\\']) && text.len() < 60 => {
                let is_plain = text.chars().all(|c| c.is_alphanumeric() || " -_./".contains(c));
                if is_plain { text.clone() } else { format!("\"{text}\"") }
            }
            _ => "...".to_owned(),
        };
        let needed = required.iter().filter_map(Json::as_str);
        let keys = needed.map(|key| format!("{key}: {}", std::mem::replace(&mut typed, "...".to_owned())));
        format!("write `{{ {} }}` in its place", keys.collect::<Vec<_>>().join(", "))
    }

    /// Its complete schema.
    pub(crate) fn describe(&self, definitions: &mut Definitions) -> Map<String, Json> {
        let (no_name, mut unused) = (At::new(String::new(), Span::default()), Diagnostics::default());
        let mut reader = Reader::describing(&no_name, definitions, &mut unused);
        (self.keys)(&mut reader);
        reader.into_schema(self.says)
    }
}

impl<T> Decode for Mapping<T> {
    type Output = T;

    fn read(&self, value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<T> {
        self.read_at(value, value.span, diags)
    }

    fn read_entry(&self, entry: &Entry, diags: &mut Diagnostics) -> Option<T> {
        self.read_named(&entry.value, &entry.key, diags)
    }

    fn is_mapping(&self) -> bool {
        true
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        if !definitions.contains_key(self.name) {
            // Adds the name first, since a definition may contain itself: conditions contain conditions.
            definitions.insert(self.name.into(), Json::Null);
            let object = self.describe(definitions);
            definitions.insert(self.name.into(), Json::Object(object));
        }
        json!({ "$ref": format!("#/$defs/{}", self.name) })
    }
}

/// Defines the struct that a mapping becomes, and the key of each field.
///
/// `field: Type = method(kind)` calls that method of the [`Reader`] for the key of the same name, and the field's comment
/// is its description in the schema. One more method may convert the result. With `else None`, an unreadable key makes the
/// whole mapping `None`. `field: Type => value` has no key, or asks for one in its own way. A function after `where` is
/// called first.
macro_rules! keyed {
    (
        #[doc = $says:literal] $(#[$meta:meta])*
        pub struct $name:ident [$definition:literal, $what:literal] $($rest:tt)*
    ) => {
        keyed! { #[doc = $says] $(#[$meta])* pub struct $name $($rest)* }

        impl $name {
            pub(crate) const KEYS: $crate::parse::mapping::Mapping<Self> = $crate::parse::mapping::Mapping {
                name: $definition,
                what: $what,
                says: $says,
                keys: Self::ask,
            };
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident |$reader:ident $(, $context:ident: $of:ty)?| $(where $check:ident)? {
            $(
                $(#[doc = $says:literal])+
                pub $field:ident: $type:ty
                    $(= $method:ident($($kind:expr),*) $(.$then:ident($($default:expr)?))? $(else $none:ident)?)?
                    $(=> $value:expr)?,
            )*
        }
    ) => {
        $(#[$meta])*
        pub struct $name { $($(#[doc = $says])+ pub $field: $type,)* }

        impl $name {
            fn ask($reader: &mut $crate::parse::reader::Reader<'_, '_> $(, $context: $of)?) -> Option<Self> {
                $($check($reader);)?
                // Asks for every key before a missing one ends the mapping.
                $(let $field = keyed! {
                    @ask $reader $field (concat!($($says),+))
                    $(= $method($($kind),*) $(.$then($($default)?))?)? $(=> $value)?
                };)*
                $($($(
                    #[allow(clippy::question_mark, reason = "a repetition must name one of its own variables")]
                    let Some($field) = $field else { return $none };
                )?)?)*
                Some(Self { $($field,)* })
            }
        }
    };
    (
        @ask $reader:ident $field:ident ($says:expr)
        = $method:ident($($kind:expr),*) $(.$then:ident($($default:expr)?))?
    ) => {
        $reader.$method(stringify!($field), $($kind,)* $says) $(.$then($($default)?))?
    };
    (@ask $reader:ident $field:ident ($says:expr) => $value:expr) => { $value };
}
pub(super) use keyed;
