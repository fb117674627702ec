//! What can be written in each kind of file, as JSON Schema 2020-12: for completion and hover in an editor.
//!
//! Beside the flow. The tables in the rooms below say each key once, with its kind and what it is for; the words that
//! a key can take come from the decoder itself. A schema knows the shape of one file: names that must exist
//! elsewhere, and plays that must be possible, are for `check`.

mod course;
mod model;
mod scenario;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::limits::Limits;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "shell", derive(clap::ValueEnum))]
pub enum File {
    /// `content/scenarios/SLUG.yaml`
    Scenario,
    /// `content/models/ID.yaml`
    Model,
    /// `site.yaml`
    Site,
    /// The front matter of a lesson.
    Lesson,
}

/// The schema of a kind of file.
#[must_use]
pub fn schema(file: File) -> Value {
    let (name, root) = match file {
        File::Scenario => ("scenario", &scenario::SCENARIO),
        File::Model => ("model", &model::MODEL),
        File::Site => ("site", &course::SITE),
        File::Lesson => ("lesson", &course::LESSON),
    };
    let mut writer = Writer::default();
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("$id".into(), format!("urn:amends:{name}").into());
    schema.insert("title".into(), format!("amends: {name}").into());
    schema.extend(writer.object(root));
    if !writer.defs.is_empty() {
        schema.insert("$defs".into(), writer.defs.into_iter().collect());
    }
    Value::Object(schema)
}

/// A mapping whose keys are known.
struct Object {
    /// Under this name it stands once in the schema, to be pointed at.
    name: &'static str,
    says: &'static str,
    fields: &'static [Field],
    /// Of each of these groups, at least one key is there.
    some_of: &'static [&'static [&'static str]],
    /// Of each of these groups, exactly one is.
    one_of: &'static [&'static [&'static str]],
}

/// A key.
struct Field {
    key: &'static str,
    need: bool,
    kind: Kind,
    says: &'static str,
}

/// What can stand after a key.
enum Kind {
    /// Prose or a name; a number counts as it is typed.
    Text,
    /// A name that is given here.
    Id,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Number(i64, i64),
    /// One of the decoder's words.
    Word(fn() -> Vec<&'static str>),
    /// The thresholds of lints, by name.
    Thresholds,
    /// A text of this form.
    Pattern(&'static str),
    /// A list of so many at least, and at most if that is not 0.
    List(&'static Kind, usize, usize),
    Object(&'static Object),
    /// An object that holds itself.
    Within(fn() -> &'static Object),
    /// Keys that the author names, of this form.
    Map(&'static str, &'static Kind),
    /// Numbers by name, with their defaults and meanings.
    Measures(&'static [(&'static str, f64, &'static str)]),
    /// Whichever fits.
    Any(&'static [Kind]),
    /// A list whose last member is of the second kind and all before of the first; described as a list of either.
    Ways(&'static Kind, &'static Kind),
}

/// `[a-z0-9-]+`
const ID: &str = "^[a-z0-9-]+$";
/// A page's address, maybe in a folder.
const ADDRESS: &str = "^[a-z0-9-]+(/[a-z0-9-]+)?$";

const fn need(key: &'static str, kind: Kind, says: &'static str) -> Field {
    Field { key, need: true, kind, says }
}

const fn may(key: &'static str, kind: Kind, says: &'static str) -> Field {
    Field { key, need: false, kind, says }
}

/// `{ image, alt }`
static PICTURE: Object = Object {
    name: "picture",
    says: "A picture with its description.",
    fields: &[
        need("image", Kind::Text, "The file, relative to this one."),
        need("alt", Kind::Text, "What it shows, for those who cannot see it."),
    ],
    some_of: &[],
    one_of: &[],
};

/// The first of each pair.
fn words<T>(pairs: &[(&'static str, T)]) -> Vec<&'static str> {
    pairs.iter().map(|(word, _)| *word).collect()
}

#[derive(Default)]
struct Writer {
    defs: BTreeMap<String, Value>,
}

impl Writer {
    fn object(&mut self, object: &'static Object) -> Map<String, Value> {
        let mut properties = Map::new();
        for field in object.fields {
            let mut kind = self.kind(&field.kind);
            kind.insert("description".into(), field.says.into());
            properties.insert(field.key.into(), Value::Object(kind));
        }
        let required: Vec<&str> =
            object.fields.iter().filter(|field| field.need).map(|field| field.key).collect();
        let group =
            |keys: &&[&str]| -> Value { keys.iter().map(|key| json!({ "required": [key] })).collect() };
        let groups = object.some_of.iter().map(|keys| json!({ "anyOf": group(keys) }));
        let groups = groups.chain(object.one_of.iter().map(|keys| json!({ "oneOf": group(keys) })));
        let groups: Vec<Value> = groups.collect();
        let mut map = Map::new();
        map.insert("description".into(), object.says.into());
        map.insert("type".into(), "object".into());
        map.insert("properties".into(), Value::Object(properties));
        map.insert("required".into(), json!(required));
        map.insert("additionalProperties".into(), false.into());
        if !groups.is_empty() {
            map.insert("allOf".into(), groups.into());
        }
        map
    }

    /// Puts an object among the definitions, and points to it.
    fn pointer(&mut self, object: &'static Object) -> Value {
        if !self.defs.contains_key(object.name) {
            // First the name alone: a condition holds conditions.
            self.defs.insert(object.name.into(), Value::Null);
            let map = self.object(object);
            self.defs.insert(object.name.into(), Value::Object(map));
        }
        json!({ "$ref": format!("#/$defs/{}", object.name) })
    }

    fn kind(&mut self, kind: &'static Kind) -> Map<String, Value> {
        let value = match kind {
            Kind::Text => json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" }),
            // A name such as 2024 is a number to YAML.
            Kind::Id => json!({ "type": ["string", "integer"], "pattern": ID }),
            Kind::Bool => json!({ "type": "boolean" }),
            Kind::Number(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Kind::Word(words) => json!({ "enum": words() }),
            Kind::Thresholds => {
                let each = Limits::TABLE.iter().map(|(name, default, says)| {
                    let says = format!("{says} [{default}]");
                    ((*name).to_owned(), json!({ "type": "number", "minimum": 0, "description": says }))
                });
                let each: Map<String, Value> = each.collect();
                json!({ "type": "object", "properties": each, "additionalProperties": false })
            }
            Kind::Pattern(pattern) => json!({ "type": ["string", "integer"], "pattern": pattern }),
            Kind::List(of, least, most) => {
                let of = self.kind(of);
                let mut list = json!({ "type": "array", "items": of });
                if *least > 0 {
                    list["minItems"] = json!(least);
                }
                if *most > 0 {
                    list["maxItems"] = json!(most);
                }
                list
            }
            Kind::Object(object) => self.pointer(object),
            Kind::Within(object) => self.pointer(object()),
            Kind::Map(keys, of) => {
                let of = self.kind(of);
                json!({ "type": "object", "additionalProperties": of, "propertyNames": { "pattern": keys } })
            }
            Kind::Measures(table) => {
                let measure = |(name, default, says): &(&str, f64, &str)| {
                    let kind =
                        json!({ "type": "number", "minimum": 0, "default": default, "description": says });
                    ((*name).to_owned(), kind)
                };
                let properties: Map<String, Value> = table.iter().map(measure).collect();
                json!({ "type": "object", "properties": properties, "additionalProperties": false })
            }
            Kind::Any(kinds) => {
                let kinds: Vec<Value> = kinds.iter().map(|kind| Value::Object(self.kind(kind))).collect();
                json!({ "anyOf": kinds })
            }
            Kind::Ways(conditional, last) => {
                let (conditional, last) = (self.kind(conditional), self.kind(last));
                // Exactly one has no condition. That it is the last, no schema of this kind can say.
                json!({
                    "type": "array",
                    "items": { "anyOf": [conditional, last] },
                    "contains": last,
                    "minContains": 1,
                    "maxContains": 1,
                })
            }
        };
        match value {
            Value::Object(map) => map,
            _ => unreachable!("each kind is an object"),
        }
    }
}
