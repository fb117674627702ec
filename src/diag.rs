//! What amends reports to an author: a code, a sentence, places and a remedy.
//!
//! Diagnostics are collected: every stage adds to one [`Diagnostics`] and continues. Only `render` decides how they look.

pub mod code;
pub mod controls;
pub mod render;
pub mod suggest;

pub use code::Code;

use std::cmp::Ordering;

use crate::source::{FileId, SourceMap, Span};

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing has to be fixed.
    Info,
    /// Fails under `--strict`.
    Warning,
    /// Fails `check` and `build`.
    Error,
}

/// A place, with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; may be empty.
    pub text: String,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: Code,
    /// How serious it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The smallest token at fault.
    pub span: Span,
    /// A few words shown under the span; may be empty.
    pub here: String,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// The remedy.
    pub hint: Option<String>,
}

/// Every fault found so far.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    /// Files that could not be read: any other diagnostic in them is only a consequence.
    silent: Vec<FileId>,
}

/// The most faults of one file that are reported. More usually have a single cause.
const MAX_PER_FILE: usize = 200;

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.all.push(diagnostic);
    }

    /// Adds an error with its remedy.
    pub fn error(&mut self, code: Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message).hint(hint));
    }

    /// Adds a warning with its remedy.
    pub fn warning(&mut self, code: Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message).warning().hint(hint));
    }

    /// Adds a finding of its code's usual severity, with its remedy.
    pub fn lint(&mut self, code: Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.push(Diagnostic::lint(code, span, message).hint(hint));
    }

    /// All diagnostics so far, unsorted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter()
    }

    /// Drops those for which `keep` is false.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.all.retain(keep);
    }

    /// Adds all diagnostics of another collection.
    pub fn append(&mut self, other: Self) {
        self.all.extend(other.all);
        self.silent.extend(other.silent);
    }

    /// From now on, reports only that this file could not be read.
    pub fn silence(&mut self, file: FileId) {
        self.silent.push(file);
    }

    /// Whether only the fact that this file could not be read is reported.
    pub fn is_silent(&self, file: FileId) -> bool {
        self.silent.contains(&file)
    }

    /// All diagnostics, sorted by path, then place, then code, without duplicates. Of a file with very many, only the first.
    pub fn sorted(mut self, sources: &SourceMap) -> Vec<Diagnostic> {
        self.all.sort_by(|a, b| {
            // Comparing paths is slow, and most diagnostics in sequence are about the same file.
            let files = match a.span.file == b.span.file {
                true => Ordering::Equal,
                false => sources.path(a.span.file).cmp(sources.path(b.span.file)),
            };
            files.then_with(|| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)))
        });
        self.all.dedup();
        self.all.retain(|each| {
            !self.silent.contains(&each.span.file)
                || matches!(
                    each.code,
                    Code::Encoding | Code::TooLarge | Code::RefusedLink | Code::MisplacedFile
                )
        });
        shorten(self.all)
    }

    /// How many errors may have changed the meaning of what was read. A malformed id or a missing description does not.
    pub fn meaning_errors(&self) -> usize {
        let harmless = [Code::BadId, Code::MissingAlt];
        self.all
            .iter()
            .filter(|each| each.severity == Severity::Error && !harmless.contains(&each.code))
            .count()
    }

    /// Whether there are no diagnostics, notes included.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|each| each.severity == Severity::Error)
    }
}

/// Limits the diagnostics of each file to [`MAX_PER_FILE`]. A last diagnostic, as severe as the worst of the file, replaces
/// the rest.
fn shorten(all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut shortened: Vec<Diagnostic> = Vec::new();
    for file in all.chunk_by(|a, b| a.span.file == b.span.file) {
        if file.len() <= MAX_PER_FILE {
            shortened.extend_from_slice(file);
            continue;
        }
        let first = &file[..MAX_PER_FILE];
        let worst = file.iter().map(|each| each.severity).max().unwrap_or(Severity::Error);
        let message = format!("there are {} more in this file", file.len() - MAX_PER_FILE);
        let last = first[MAX_PER_FILE - 1].span;
        shortened.extend_from_slice(first);
        let rest = Diagnostic { severity: worst, ..Diagnostic::error(Code::TooLarge, last, message) };
        shortened.push(rest.hint("fix the first ones; most of the others have the same cause"));
    }
    shortened
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        let (here, labels, hint) = (String::new(), Vec::new(), None);
        Self { code, severity: Severity::Error, message: message.into(), span, here, labels, hint }
    }

    /// A finding at `span`, with its code's usual severity.
    pub fn lint(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { severity: code.severity(), ..Self::error(code, span, message) }
    }

    /// Lowers the severity to a note.
    #[must_use]
    pub fn note(self) -> Self {
        Self { severity: Severity::Info, ..self }
    }

    /// Lowers the severity to a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Sets the words under the span.
    #[must_use]
    pub fn here(self, text: impl Into<String>) -> Self {
        Self { here: text.into(), ..self }
    }

    /// Adds another place that explains the fault.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the remedy.
    #[must_use]
    pub fn hint(self, text: impl Into<String>) -> Self {
        Self { hint: Some(text.into()), ..self }
    }
}
