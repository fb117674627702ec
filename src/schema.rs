//! What each kind of file can contain, as JSON Schema 2020-12, for completion and hover in an editor.
//!
//! Not a stage of loading: the decoder describes its keys, and this module combines them into complete schemas. A schema
//! describes the form of a file and, if they are given, the names in the site. Whether names belong to the same story, and
//! whether plays are possible, is up to `check`.

mod names;

use serde_json::{Map, Value};

use crate::parse::Definitions;
use crate::parse::config::RawConfig;
use crate::parse::lesson::RawLesson;
use crate::parse::model::RawModel;
use crate::parse::scenario::RawScenario;
pub use names::SiteNames;

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "shell", derive(clap::ValueEnum))]
pub enum SchemaFile {
    /// `content/scenarios/SLUG.yaml`
    Scenario,
    /// `content/models/ID.yaml`
    Model,
    /// `site.yaml`
    Site,
    /// The front matter of a lesson.
    Lesson,
}

/// The schema of a kind of file, in any site.
pub fn schema(file: SchemaFile) -> Value {
    schema_with(file, &SiteNames::default())
}

/// The schema of a kind of file, in a site with these names.
pub fn schema_with(file: SchemaFile, names: &SiteNames) -> Value {
    let mut definitions = Definitions::new();
    let (name, object) = match file {
        SchemaFile::Scenario => ("scenario", RawScenario::KEYS.describe(&mut definitions)),
        SchemaFile::Model => ("model", RawModel::KEYS.describe(&mut definitions)),
        SchemaFile::Site => ("site", RawConfig::KEYS.describe(&mut definitions)),
        SchemaFile::Lesson => ("lesson", RawLesson::KEYS.describe(&mut definitions)),
    };
    names.fill(&mut definitions);
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("$id".into(), format!("urn:amends:{name}").into());
    schema.insert("title".into(), format!("amends: {name}").into());
    schema.extend(object);
    if !definitions.is_empty() {
        schema.insert("$defs".into(), definitions.into_iter().collect());
    }
    Value::Object(schema)
}
