//! The words of a translated file: YAML with the keys of the original, in which only words have values.

use std::collections::BTreeMap;

use super::{Visitor, Word};
use crate::course::Text;
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::yaml::{Kind, Value};
use crate::source::Span;

/// The words of a translated file.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The stamp of the original from which it was made.
    pub source: Option<At<String>>,
    /// By path: the place of the key, and the words.
    all: BTreeMap<String, (Span, At<String>)>,
    /// Keys whose words are still missing.
    open: BTreeMap<String, Span>,
}

impl Words {
    /// Reads a tree. A key without a value is a word that is still missing.
    pub fn of(value: &Value, diags: &mut Diagnostics) -> Self {
        let mut words = Self::default();
        words.flatten(value, value.span, "", diags);
        words.source = words.all.remove("source").map(|(_, says)| says);
        words
    }

    fn flatten(&mut self, value: &Value, key: Span, path: &str, diags: &mut Diagnostics) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match &value.kind {
            Kind::Empty => {
                self.open.insert(path.to_owned(), key);
            }
            Kind::Text(says) | Kind::Bare(says) => {
                value.report_cut(diags);
                let says = At::new(says.trim_end().to_owned(), value.span);
                if let Some((first, _)) = self.all.get(path) {
                    let fault = Diagnostic::error(Code::DuplicateKey, key, format!("`{path}` appears twice"));
                    diags.push(fault.label(*first, "the first time").hint("keep one of the two"));
                    return;
                }
                if !says.value.is_empty() {
                    self.all.insert(path.to_owned(), (key, says));
                }
            }
            Kind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.flatten(item, item.span, &below(&at.to_string()), diags);
                }
            }
            Kind::Map(entries) => {
                for entry in entries {
                    self.flatten(&entry.value, entry.key.span, &below(&entry.key.value), diags);
                }
            }
        }
    }

    /// Removes and returns the word at a path.
    pub fn take(&mut self, path: &str) -> Option<At<String>> {
        self.all.remove(path).map(|(_, says)| says)
    }

    /// Replaces the words that `words` visits with the translated ones. Returns the paths of words without a translation,
    /// and reports those that the original does not have.
    pub fn apply(mut self, words: impl FnOnce(&mut Visitor<'_>), diags: &mut Diagnostics) -> Vec<String> {
        let (mut missing, mut known) = (Vec::new(), Vec::new());
        words(&mut |path, optional, word| {
            known.push(path.to_owned());
            match (self.take(path), word) {
                (Some(says), Word::Line(line)) => *line = says.value,
                (Some(says), Word::Text(text)) => {
                    *text = Text { markdown: says.value.into(), span: says.span }
                }
                (None, _) if optional => {}
                (None, _) => missing.push(path.to_owned()),
            }
        });
        let written = self.all.into_iter().map(|(path, (key, _))| (path, key));
        let open = self.open.into_iter().filter(|(path, _)| !known.contains(path));
        for (path, key) in written.chain(open) {
            let fault =
                Diagnostic::error(Code::UnknownKey, key, format!("the original has no text at `{path}`"));
            let near = hint(&path, known.iter().map(String::as_str));
            diags.push(fault.hint(format!("a translation contains only texts of the original; {near}")));
        }
        missing
    }
}
