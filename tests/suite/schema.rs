//! The schemas of `amends schema`: they accept everything included, and refuse what the decoder refuses.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use amends::diag::{Code, Diagnostics, Severity};
use amends::parse::yaml::{self, Kind, Origin};
use amends::schema::{SchemaFile, schema};
use amends::source::SourceMap;
use jsonschema::Validator;
use serde_json::Value;

use crate::diagnostics;

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
fn every_included_file_matches_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = BTreeSet::new();
    for site in ["", "scaffold", "tests/sites/heard", "tests/diagnostics/base"] {
        for path in walk(&root.join(site)) {
            let path = path.strip_prefix(root.join(site)).unwrap().to_str().unwrap().to_owned();
            let Some(file) = kind(&path) else { continue };
            let text = fs::read_to_string(root.join(site).join(&path)).unwrap();
            let value = json(file, &text).unwrap_or_else(|| panic!("{site}/{path} is not read"));
            let schema = validator(file);
            let faults: Vec<String> = schema
                .iter_errors(&value)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{site}/{path}: {faults:#?}");
            seen.insert((site, format!("{file:?}")));
        }
    }
    assert!(seen.len() > 10, "{seen:?}");
}

/// The files of a site: `site.yaml`, and everything below `content`.
fn walk(site: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (vec![site.join("site.yaml")], vec![site.join("content")]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found
}

/// Every single change of the diagnostics' cases: the schema refuses each structural fault, too, except for those that no
/// schema can detect.
#[test]
fn the_schema_refuses_structural_faults() {
    let (mut refused, mut missed) = (0, Vec::new());
    let unseen: BTreeSet<Code> = UNSEEN.iter().flat_map(|(codes, _)| *codes).copied().collect();
    let structural = |code: &Code| !code.is_lint() && code.severity() == Severity::Error;
    for (name, section) in diagnostics::sections() {
        let site = diagnostics::make(&diagnostics::cases().join("base"), &section);
        let checked = site.check();
        let faults = checked.diagnostics().iter().filter(|fault| structural(&fault.code));
        for fault in faults.filter(|fault| !unseen.contains(&fault.code)) {
            let path = checked.sources().path(fault.span.file).to_str().unwrap();
            let Some(file) = kind(path) else { continue };
            let text = checked.sources().text(fault.span.file);
            // The text of a lesson is not part of its front matter.
            let head = text.match_indices("---\n").nth(1).map_or(usize::MAX, |(at, _)| at);
            if file == SchemaFile::Lesson && fault.span.start as usize > head
                || BEYOND.iter().any(|part| fault.message.contains(part))
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
const UNSEEN: &[(&[Code], &str)] = &[
    (&[Code::Syntax, Code::Encoding, Code::DuplicateKey], "a schema sees what was read, not the text"),
    (&[Code::TooLarge, Code::TooFine], "sizes of the file and of what plays can reach"),
    (
        &[Code::UnknownName, Code::DuplicateId, Code::FlagNeverSet, Code::FlagSetAndCleared],
        "two places are compared: a name and what it names",
    ),
    (
        &[Code::RatingMismatch, Code::SlipRatedThree],
        "keys are compared with the values of another key, or with the model",
    ),
    (&[Code::NoStrongestChoice], "which ratings count is said by `tests`, beside the choices"),
    (
        &[Code::UnreachableNode, Code::Cycle, Code::DeadEnd, Code::NoFlawlessPath, Code::ExpectationFailed],
        "only walking or playing the story can tell",
    ),
    (
        &[Code::MissingFile, Code::IncludeClash, Code::LowContrast],
        "other files are looked at, or colors compared",
    ),
    (
        &[
            Code::BrokenLink,
            Code::BrokenAnchor,
            Code::RawHtml,
            Code::Dialogue,
            Code::Footnote,
            Code::MisplacedBlock,
        ],
        "they stand in Markdown, which to a schema is a text",
    ),
];

/// Faults of form that no schema can detect, because they compare two places or are in another file.
const BEYOND: &[&str] = &[
    "`failure` cannot be",
    "can be included",
    "is named twice here",
    "has too many parts",
    "is tested twice here",
    "higher than the one for serious conduct",
    "must be a fraction from 0 to 1",
    "there is no `site.yaml`",
    "the name of this file",
    "the name of this folder",
];
