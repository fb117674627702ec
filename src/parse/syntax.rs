//! Turns an error of the YAML crate into a diagnostic: in the words of `mistake` if it recognizes the cause, else in the
//! crate's.

use crate::diag::{Code, Diagnostic};
use crate::parse::mistake::{Mistake, mistake};
use crate::parse::origin::Origin;

/// The diagnostic for the error that kept `text` from being read.
pub(super) fn diagnostic(error: &serde_yaml::Error, text: &str, origin: &Origin) -> Diagnostic {
    let whole = error.without_snippet().to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole);
    let too_much = ["budget breached", "limit exceeded"].iter().any(|words| message.contains(words));
    let message = if too_much { "it is nested too deeply, or expands to too much" } else { message };
    let (at, len) = place(error, text);
    let found = mistake(text, at.min(text.len()), message).filter(|_| !too_much);
    let mistake = found.unwrap_or_else(|| Mistake {
        at,
        len,
        hint: remedy(message, too_much).to_owned(),
        message: format!("this cannot be read as YAML: {message}"),
    });
    let len = char_end(text, mistake.at.min(text.len()), mistake.len);
    Diagnostic::error(Code::Syntax, origin.span(mistake.at, len), mistake.message).hint(mistake.hint)
}

/// The first byte at fault, and the number of bytes.
fn place(error: &serde_yaml::Error, text: &str) -> (usize, usize) {
    let Some(location) = error.location() else { return (0, 0) };
    let span = location.span();
    match (span.byte_offset(), span.byte_len()) {
        (Some(at), Some(len)) => (at as usize, len as usize),
        _ => (byte_of(text, location.line() as usize, location.column() as usize), 1),
    }
}

/// The byte at a line and column, both counted from 1, columns in characters.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// Shortens a length to end at a character boundary, on the same line.
fn char_end(text: &str, start: usize, len: usize) -> usize {
    let line = text.get(start..).unwrap_or_default();
    let line = line.find('\n').map_or(line, |end| &line[..end]);
    (len..=line.len()).find(|end| line.is_char_boundary(*end)).unwrap_or(line.len())
}

/// What to do if `mistake` does not recognize the cause.
fn remedy(message: &str, too_much: bool) -> &'static str {
    if too_much {
        "look for brackets that are not closed, and for aliases (`*name`)"
    } else if message.contains("multiple YAML documents") {
        "remove the line `---`: a file contains only one document"
    } else {
        "check the indentation, and look for quotes or brackets that are not closed; text that starts with a quote or contains `: ` goes below its key after `|`"
    }
}
