//! The schemas of `amends schema` accept every file of the repository's courses, and refuse what the decoder refuses.

use std::collections::BTreeSet;

use amends::diag::{Code, Diagnostics, Severity};
use amends::parse::yaml::{self, Kind, Origin};
use amends::schema::{SchemaFile, schema};
use amends::source::SourceMap;
use jsonschema::Validator;
use serde_json::Value;

use crate::diagnostics;
use crate::harness::{Site, repository};

fn validator(file: SchemaFile) -> Validator {
    let schema = schema(file);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

/// The schema for a file of a site.
fn kind(path: &str) -> Option<SchemaFile> {
    match path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name)) {
        ("", "site.yaml") => Some(SchemaFile::Site),
        (folder, name) if folder.ends_with("content/scenarios") && name.ends_with(".yaml") => {
            Some(SchemaFile::Scenario)
        }
        (folder, name) if folder.ends_with("content/models") && name.ends_with(".yaml") => {
            Some(SchemaFile::Model)
        }
        (folder, name)
            if folder.contains("content/lessons") && name.ends_with(".md") && name != "index.md" =>
        {
            Some(SchemaFile::Lesson)
        }
        _ => None,
    }
}

/// The YAML of a file as JSON, read as the decoder reads it; `None` if it cannot be read.
fn json(file: SchemaFile, text: &str) -> Option<Value> {
    let yaml = match file {
        SchemaFile::Lesson => text.strip_prefix("---\n")?.split_once("\n---\n")?.0,
        _ => text,
    };
    let id = SourceMap::default().add("file", yaml.to_owned());
    let value = yaml::parse(yaml, &Origin::whole(id, 0, yaml), &mut Diagnostics::default())?;
    Some(plain(&value))
}

fn plain(value: &yaml::Value) -> Value {
    match &value.kind {
        Kind::Empty => Value::Null,
        Kind::Text(text) => text.as_str().into(),
        // YAML accepts a sign before a number that JSON does not.
        Kind::Bare(text) => {
            serde_json::from_str(text.trim_start_matches('+')).unwrap_or_else(|_| text.as_str().into())
        }
        Kind::List(items) => items.iter().map(plain).collect(),
        Kind::Map(entries) => {
            entries.iter().map(|entry| (entry.key.value.clone(), plain(&entry.value))).collect()
        }
    }
}

/// Whether a file matches its schema.
#[track_caller]
fn fits(path: &str, text: &str) -> bool {
    let file = kind(path).unwrap();
    json(file, text).is_some_and(|value| validator(file).is_valid(&value))
}

#[test]
fn every_file_of_the_courses_matches_its_schema() {
    let mut seen = BTreeSet::new();
    for folder in ["", "scaffold", "tests/sites/heard", diagnostics::BASE] {
        let site = Site::at(repository().join(folder));
        for path in site.sources() {
            let Some(file) = kind(&path) else { continue };
            let value =
                json(file, &site.read(&path)).unwrap_or_else(|| panic!("{folder}/{path} is not YAML"));
            let schema = validator(file);
            let faults: Vec<String> = schema
                .iter_errors(&value)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{folder}/{path}: {faults:#?}");
            seen.insert((folder, format!("{file:?}")));
        }
    }
    assert!(seen.len() > 10, "{seen:?}");
}

/// The schema refuses each structural fault that a change of a case in `diagnostics` makes, except for those that no schema
/// can detect.
#[test]
fn the_schema_refuses_structural_faults() {
    let (mut refused, mut missed) = (0, Vec::new());
    let undetectable: BTreeSet<Code> = UNDETECTABLE.iter().flat_map(|(codes, _)| *codes).copied().collect();
    let structural = |code: &Code| !code.is_lint() && code.severity() == Severity::Error;
    for (name, section) in diagnostics::single_changes() {
        let site = diagnostics::site_of(diagnostics::BASE, &section);
        let checked = site.check();
        let faults = checked.diagnostics().iter().filter(|fault| structural(&fault.code));
        for fault in faults.filter(|fault| !undetectable.contains(&fault.code)) {
            let path = checked.sources().path(fault.span.file).to_str().unwrap();
            let Some(file) = kind(path) else { continue };
            let text = checked.sources().text(fault.span.file);
            // A schema covers the front matter of a lesson, and not its text.
            let head = text.match_indices("---\n").nth(1).map_or(usize::MAX, |(at, _)| at);
            if file == SchemaFile::Lesson && fault.span.start as usize > head
                || UNDETECTABLE_MESSAGES.iter().any(|part| fault.message.contains(part))
            {
                continue;
            }
            if fits(path, text) {
                missed.push(format!("{name}: {path}: {}", fault.message));
            }
            refused += 1;
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(refused > 40, "only {refused}");
}

/// Structural faults that no JSON Schema can detect, and why.
const UNDETECTABLE: &[(&[Code], &str)] = &[
    (&[Code::Syntax, Code::Encoding, Code::DuplicateKey], "a schema sees values and not the text"),
    (&[Code::TooLarge, Code::TooFine], "sizes of the file and of what plays can reach"),
    (
        &[Code::UnknownName, Code::DuplicateId, Code::FlagNeverSet, Code::FlagSetAndCleared],
        "two places are compared: a name and its definition",
    ),
    (
        &[Code::RatingMismatch, Code::SlipRatedThree],
        "keys are compared with the values of another key, or with the model",
    ),
    (&[Code::NoStrongestChoice], "`tests`, beside the choices, says which ratings count"),
    (
        &[Code::UnreachableNode, Code::Cycle, Code::DeadEnd, Code::NoFlawlessPath, Code::ExpectationFailed],
        "only exploring the scenario shows it",
    ),
    (&[Code::MissingFile, Code::IncludeClash, Code::LowContrast], "other files are read, or colors compared"),
    (
        &[
            Code::BrokenLink,
            Code::BrokenAnchor,
            Code::RawHtml,
            Code::Dialogue,
            Code::Footnote,
            Code::MisplacedBlock,
        ],
        "they are in Markdown, which is only a string to a schema",
    ),
];

/// Messages of other faults that no schema can detect, because they compare two places or are in another file.
const UNDETECTABLE_MESSAGES: &[&str] = &[
    "`failure` cannot be",
    "can be included",
    "is named twice here",
    "has too many parts",
    "is tested twice here",
    "higher than the one for serious misconduct",
    "must be a fraction from 0 to 1",
    "there is no `site.yaml`",
    "the name of this file",
    "the name of this folder",
];
