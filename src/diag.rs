//! What amends tells a trainer: a code, a sentence, places and a remedy.
//!
//! Diagnostics are collected, never thrown: every stage adds to one [`Diagnostics`] and goes on. How they look
//! is `render`'s business alone.

pub mod code;
pub mod render;
pub mod suggest;

pub use code::Code;

use crate::source::{SourceMap, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing to mend, worth knowing.
    Info,
    /// Fails under `--strict`.
    Warning,
    /// Fails `check` and `build`.
    Error,
}

/// A place with a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
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
#[derive(Debug, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.all.push(diagnostic);
    }

    /// Takes over another's.
    pub fn append(&mut self, other: Self) {
        self.all.extend(other.all);
    }

    /// By path, then place, then code; doubles are dropped.
    #[must_use]
    pub fn sorted(mut self, sources: &SourceMap) -> Vec<Diagnostic> {
        let key = |each: &Diagnostic| (sources.path(each.span.file).to_owned(), each.span, each.code);
        self.all.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)));
        self.all.dedup();
        self.all
    }

    /// How many errors could make what was read mean something else than the author wrote. A strange id, a key that
    /// nothing reads or one too many does not.
    #[must_use]
    pub fn misreadings(&self) -> usize {
        let harmless = [Code::BadId, Code::UnknownKey, Code::DuplicateKey, Code::MissingAlt];
        self.all
            .iter()
            .filter(|each| each.severity == Severity::Error && !harmless.contains(&each.code))
            .count()
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all.iter().any(|each| each.severity == Severity::Error)
    }
}

impl Diagnostic {
    /// An error at `span`.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        let (here, labels, hint) = (String::new(), Vec::new(), None);
        Self { code, severity: Severity::Error, message: message.into(), span, here, labels, hint }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// A few words under the span.
    #[must_use]
    pub fn here(self, text: impl Into<String>) -> Self {
        Self { here: text.into(), ..self }
    }

    /// Another place that explains it.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The remedy.
    #[must_use]
    pub fn hint(self, text: impl Into<String>) -> Self {
        Self { hint: Some(text.into()), ..self }
    }
}
