//! Turns a byte of a Markdown text into its place in the source file.
//!
//! A lesson's body is in its file verbatim. A text from YAML may have lost its indentation or its escapes; the words at
//! fault are then searched for in the source, and if the search fails, the place is the whole text.

use std::ops::Range;

use crate::course::Text;
use crate::source::{FileId, SourceMap, Span};

/// A no-break space before a text that must not be read as a block; see `one_line`.
pub(super) const GUARD: char = '\u{a0}';

/// The source of a parsed text.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    text: &'a Text,
    /// The text as it is in the file.
    source: &'a str,
    /// Whether both are the same.
    exact: bool,
    /// Whether it is the body of a page.
    body: bool,
    /// The byte of the text at which the parsed part starts.
    from: usize,
    /// The number of bytes that were put before the part for parsing.
    guard: usize,
}

impl<'a> Origin<'a> {
    pub(super) fn new(sources: &'a SourceMap, text: &'a Text) -> Self {
        let (start, end) = (text.span.start as usize, text.span.end as usize);
        let file = sources.text(text.span.file);
        let source = file.get(start..end).unwrap_or_default();
        let markdown = sources.path(text.span.file).extension().is_some_and(|extension| extension == "md");
        Self {
            body: markdown && end == file.len(),
            text,
            source,
            exact: std::ptr::eq(source, &*text.markdown) || *source == *text.markdown,
            from: 0,
            guard: 0,
        }
    }

    /// The same for the part of the text from `from` on, parsed after the [`GUARD`].
    pub(super) fn inline(self, from: usize) -> Self {
        Self { from, guard: GUARD.len_utf8(), ..self }
    }

    pub(super) fn file(&self) -> FileId {
        self.text.span.file
    }

    /// Whether it is the body of a page.
    pub(super) fn is_body(&self) -> bool {
        self.body
    }

    /// Converts a range of the parsed text to one of the whole text.
    fn whole(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| byte.saturating_sub(self.guard) + self.from;
        at(range.start)..at(range.end)
    }

    /// The bytes `range` of the whole text.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.markdown.get(range.clone()).unwrap_or_default()
    }

    /// The place of the bytes `range` of the parsed text.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let all = self.text.span;
        let range = self.whole(range);
        let base = all.start as usize;
        if self.exact {
            return Span::new(all.file, base + range.start, base + range.end);
        }
        let words = self.text.markdown.get(range).unwrap_or_default().trim();
        match self.source.find(words) {
            Some(at) if !words.is_empty() => Span::new(all.file, base + at, base + at + words.len()),
            _ => all,
        }
    }

    /// The place of `token`, such as a link's target, within the bytes `range`; all of them if it is not there.
    pub(super) fn token(&self, range: &Range<usize>, token: &str) -> Span {
        let words = self.text.markdown.get(self.whole(range)).unwrap_or_default();
        match words.rfind(token) {
            Some(at) if !token.is_empty() => self.span(&(range.start + at..range.start + at + token.len())),
            _ => self.span(range),
        }
    }
}
