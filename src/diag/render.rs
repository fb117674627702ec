//! Diagnostics as text: for people, with the lines at fault; one line each; or in a format for programs.
//!
//! The only file that uses the crate that draws snippets. Nothing here prints.

mod github;
mod sarif;

use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::diag::controls::{changes_direction, visible_line};
use crate::diag::{Diagnostic, Label, Severity};
use crate::source::{SourceMap, Span};

pub use github::github;
pub use sarif::sarif;

/// A text on one line, with no character that breaks the line or changes its direction.
fn visible(text: &str) -> String {
    visible_line(text).into_owned()
}

/// The same diagnostic, in which no text from a file has invisible characters.
fn made_visible(each: &Diagnostic) -> Diagnostic {
    let label = |label: &Label| Label { span: label.span, text: visible(&label.text) };
    Diagnostic {
        message: visible(&each.message),
        here: visible(&each.here),
        labels: each.labels.iter().map(label).collect(),
        hint: each.hint.as_deref().map(visible),
        ..each.clone()
    }
}

/// The same JSON, with characters escaped that change the direction of text.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match changes_direction(c) {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => escaped.push(c),
        }
    }
    escaped
}

/// [`human`] without the notes: for people who want to see the site, not how to improve it.
pub fn faults(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let faults: Vec<Diagnostic> =
        diagnostics.iter().filter(|each| each.severity > Severity::Info).cloned().collect();
    human(&faults, sources)
}

/// Each diagnostic with its lines, in which the fault is marked, and the remedy. Contains color codes, which the printer may
/// strip.
pub fn human(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let each =
        diagnostics.iter().map(|each| renderer.render(&[group(&made_visible(each), sources)]) + "\n\n");
    each.collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group =
        level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name()).element(snippet(
            sources,
            diagnostic.span,
            &diagnostic.here,
            AnnotationKind::Primary,
            diagnostic.labels.iter().filter(|label| label.span.file == diagnostic.span.file),
        ));
    for label in diagnostic.labels.iter().filter(|label| label.span.file != diagnostic.span.file) {
        group =
            group.element(snippet(sources, label.span, &label.text, AnnotationKind::Context, [].into_iter()));
    }
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.message(hint.as_str())),
        None => group,
    }
}

fn snippet<'a>(
    sources: &'a SourceMap,
    span: Span,
    text: &'a str,
    kind: AnnotationKind,
    labels: impl Iterator<Item = &'a Label>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let label = |text: &'a str| (!text.is_empty()).then_some(text);
    let source = sources.text(span.file);
    let place = |span: Span| first_line(source, span);
    Snippet::source(source)
        .path(visible(&slashed(sources.path(span.file))))
        .annotation(kind.span(place(span)).label(label(text)))
        .annotations(
            labels.map(move |each| AnnotationKind::Context.span(place(each.span)).label(label(&each.text))),
        )
}

/// The part of a span on its first line: marking a whole paragraph would hide the fault.
fn first_line(source: &str, span: Span) -> std::ops::Range<usize> {
    let start = source.floor_char_boundary(span.start as usize);
    let end = source.ceil_char_boundary(span.end as usize).max(start);
    let line = source[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    start..line
}

/// `file:line:column: error[code]: message`
pub fn short(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let line = |each: &Diagnostic| {
        let JsonPlace { file, line, column, .. } = json_place(sources, each.span);
        let (file, message) = (visible(&file), visible(&each.message));
        format!("{file}:{line}:{column}: {}[{}]: {message}\n", severity(each), each.code)
    };
    diagnostics.iter().map(line).collect()
}

/// One object with all diagnostics and their counts.
pub fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let each = diagnostics.iter().map(|each| JsonDiagnostic {
        code: each.code.name(),
        severity: severity(each),
        message: visible(&each.message),
        place: json_place(sources, each.span),
        hint: each.hint.as_deref().map(visible),
    });
    let count = |wanted| diagnostics.iter().filter(|each| each.severity == wanted).count();
    let summary = Summary {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
    };
    let report = JsonReport { diagnostics: each.collect(), summary };
    escaped(&serde_json::to_string_pretty(&report).expect("plain data becomes JSON")) + "\n"
}

/// "2 errors and 1 warning in 1 file".
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |wanted, name: &str| {
        let count = diagnostics.iter().filter(|each| each.severity == wanted).count();
        (count > 0).then(|| counted(count, name))
    };
    let parts =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning"), count(Severity::Info, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut files: Vec<_> = diagnostics.iter().map(|each| each.span.file).collect();
    files.sort_unstable();
    files.dedup();
    match parts.split_last() {
        None => "no faults found".to_owned(),
        Some((only, [])) => format!("{only} in {}", counted(files.len(), "file")),
        Some((last, rest)) => format!("{} and {last} in {}", rest.join(", "), counted(files.len(), "file")),
    }
}

/// "1 file", "2 files".
pub fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn json_place(sources: &SourceMap, span: Span) -> JsonPlace {
    let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
    JsonPlace {
        file: slashed(sources.path(span.file)),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

/// A path with `/` between its parts on every system.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[derive(Serialize)]
struct JsonReport<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: &'a str,
    message: String,
    #[serde(flatten)]
    place: JsonPlace,
    hint: Option<String>,
}

#[derive(Serialize)]
struct JsonPlace {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
}
