//! Diagnostics as annotations of a pull request: the workflow commands that GitHub reads from a job's output.

use std::path::Path;

use crate::diag::render::{JsonPlace, json_place, made_visible, slashed, visible};
use crate::diag::{Diagnostic, Severity};
use crate::source::SourceMap;

/// One line per diagnostic. `site` is the path to the site from the root of the repository, where the job runs.
pub fn github(diagnostics: &[Diagnostic], sources: &SourceMap, site: &Path) -> String {
    diagnostics.iter().map(|each| line(&made_visible(each), sources, site)).collect()
}

fn line(each: &Diagnostic, sources: &SourceMap, site: &Path) -> String {
    let level = match each.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let JsonPlace { line, column, end_line, end_column, .. } = json_place(sources, each.span);
    let file = property(&visible(&slashed(&site.join(sources.path(each.span.file)))));
    // GitHub shows columns only if the fault is on a single line.
    let columns =
        if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    let hint = each.hint.as_ref().map(|hint| format!("\nhelp: {hint}")).unwrap_or_default();
    let says = data(&format!("{}{hint}", each.message));
    format!(
        "::{level} file={file},line={line},endLine={end_line}{columns},title=amends {}::{says}\n",
        each.code
    )
}

/// Escapes a message: characters that end the line or start an escape.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property: also characters that end the property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
