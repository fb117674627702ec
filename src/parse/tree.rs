//! The tree of a YAML text, in which every key and value knows its place in the file.

use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::source::Span;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// A scalar's text; the start of a list or mapping.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What YAML reads as a comment after a bare text, if it may belong to that text.
    pub cut: Option<Span>,
}

impl Value {
    /// A value that no comment cuts short.
    pub fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind, cut: None }
    }

    /// The text of a scalar.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Bare(text) => Some(text),
            Kind::Empty | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The members of a list; none of any other value.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping; none of any other value.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// Reports a comment that may belong to the text before it: `#4711` in a sentence is hardly a comment, unlike `# a
    /// note`.
    pub fn report_cut(&self, diags: &mut Diagnostics) {
        if let Some(span) = self.cut {
            let message = "the text ends before this: YAML reads it as a comment";
            let hint = "put the whole text in double quotes; if it is a comment, put a space after the `#`";
            diags.warning(Code::CutShort, span, message, hint);
        }
    }
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing after the colon, `~` or `null`.
    Empty,
    /// Text in quotes, in a block, or bare and without another meaning.
    Text(String),
    /// A bare number, `true` or `false`, as typed.
    Bare(String),
    /// `- a`, or `[a, b]`.
    List(Vec<Value>),
    /// `key: value` lines, or `{ key: value }`.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As typed.
    pub key: At<String>,
    /// What follows the colon.
    pub value: Value,
}
