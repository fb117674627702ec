//! Diagnostics as SARIF 2.1.0, the format of code scanning services.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::address::relative;
use crate::diag::render::{JsonPlace, escaped, json_place, made_visible, slashed};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{SourceMap, Span};

/// The whole log. `site` is the path from the repository to the site.
pub fn sarif(diagnostics: &[Diagnostic], sources: &SourceMap, site: &Path) -> String {
    // Each code once, sorted: results refer to it by index.
    let codes: BTreeSet<Code> = diagnostics.iter().map(|each| each.code).collect();
    let rules: Vec<Rule> = codes
        .iter()
        .map(|code| Rule { id: code.name(), full_description: Message::new(code.why()) })
        .collect();
    let result = |each: &Diagnostic| {
        let hint = each.hint.as_ref().map(|hint| format!("\n\n{hint}")).unwrap_or_default();
        let locate = |span: Span, text: &str| Location {
            physical_location: Physical {
                artifact_location: Artifact { uri: uri(&site.join(sources.path(span.file))) },
                region: Region::of(json_place(sources, span)),
            },
            message: (!text.is_empty()).then(|| Message::new(text)),
        };
        let related = each.labels.iter().map(|label| locate(label.span, &label.text));
        SarifResult {
            rule_id: each.code.name(),
            rule_index: rules.iter().position(|rule| rule.id == each.code.name()).unwrap_or_default(),
            level: match each.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "note",
            },
            message: Message::new(&format!("{}{hint}", each.message)),
            locations: [locate(each.span, &each.here)],
            related_locations: related.collect(),
        }
    };
    let results = diagnostics.iter().map(|each| result(&made_visible(each))).collect();
    let driver = Driver { name: "amends", version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run],
    };
    escaped(&serde_json::to_string_pretty(&log).expect("plain data becomes JSON")) + "\n"
}

/// A relative path as a relative URI: escapes all but a few characters.
fn uri(path: &Path) -> String {
    relative("", &slashed(path))
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    full_description: Message,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    fn of(place: JsonPlace) -> Self {
        Self {
            start_line: place.line,
            start_column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
        }
    }
}
