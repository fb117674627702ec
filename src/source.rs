//! The text of every file that was read, and places in these texts.
//!
//! The [`SourceMap`] owns the texts; everything else holds a [`FileId`] and byte offsets, or an [`Excerpt`], which shares
//! the text. Lines and columns are computed only when a diagnostic is shown.

use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use memchr::memchr;
use rustc_hash::FxHashMap;

use crate::files::Content;

/// A file in the [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(u32);

/// A half-open range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clip(start), end: clip(end) }
    }
}

/// One file: its path relative to the site, and its text without a byte order mark.
#[derive(Debug, Clone)]
struct SourceFile {
    path: PathBuf,
    text: Excerpt,
    /// Byte offset at which each line starts; computed only for files with a fault.
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let starts = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(starts).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        })
    }
}

/// A part of a file's text, or a text that is in no file. Cloning it shares the text, as texts are most of a large course.
#[derive(Clone, Default)]
pub struct Excerpt {
    text: Arc<String>,
    range: Range<usize>,
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text) && self.range == other.range || **self == **other
    }
}

impl std::fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.deref().fmt(f)
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Self {
        Self { range: 0..text.len(), text: Arc::new(text) }
    }
}

impl From<&str> for Excerpt {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The byte order mark, which some editors write first.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The longest text that is read, in bytes: about a thousand pages.
pub const MAX_BYTES: u64 = 2 << 20;

/// Why a file, or a part of it, was not read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It has more than [`MAX_BYTES`] bytes.
    TooLong,
    /// It contains a NUL byte, at this offset.
    Binary(usize),
    /// It is not UTF-8: the place of the first invalid byte.
    Encoding(Span),
}

/// Every file that was read. A path keeps its [`FileId`] for as long as the map lives, even if its text changes.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    ids: FxHashMap<PathBuf, FileId>,
}

/// A line and a column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The number of the line.
    pub line: usize,
    /// The number of the character in the line.
    pub column: usize,
}

impl SourceMap {
    /// Adds a file's text, replacing any earlier text of the same path.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Excerpt>) -> FileId {
        let (path, text) = (path.into(), text.into());
        let next = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        let id = *self.ids.entry(path.clone()).or_insert(next);
        let source = SourceFile { path, text, lines: OnceLock::new() };
        match self.files.get_mut(id.0 as usize) {
            Some(known) => *known = source,
            None => self.files.push(source),
        }
        id
    }

    /// Adds a file. What is not UTF-8 becomes replacement characters; a file that is too long or binary is added as empty.
    pub fn add_content(&mut self, path: &Path, content: &Content) -> (FileId, Option<Unread>) {
        // A file that was deleted in the meantime counts as empty.
        let bytes = content.head(MAX_BYTES + 1).unwrap_or_default();
        if bytes.len() as u64 > MAX_BYTES {
            return (self.add(path, ""), Some(Unread::TooLong));
        }
        if let Some(at) = memchr(0, &bytes) {
            return (self.add(path, ""), Some(Unread::Binary(at)));
        }
        match content {
            Content::Text(text) => {
                let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
                let text = Excerpt { text: Arc::clone(text), range: start..text.len() };
                (self.add(path, text), None)
            }
            Content::Bytes(_) | Content::Stored(_) => {
                let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
                let fault = std::str::from_utf8(bytes).err();
                let file = self.add(path, String::from_utf8_lossy(bytes).into_owned());
                let Some(at) = fault.map(|fault| fault.valid_up_to()) else { return (file, None) };
                // In the text, the replacement character is at that byte.
                let span = Span::new(file, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
                (file, Some(Unread::Encoding(span)))
            }
            // `load` reports each link once, whether or not anything reads it.
            Content::Refused(_) => (self.add(path, ""), None),
        }
    }

    /// The file that was read from `path`.
    pub fn find(&self, path: &Path) -> Option<FileId> {
        self.ids.get(path).copied()
    }

    /// The whole text of a file, shared.
    pub fn whole(&self, file: FileId) -> Excerpt {
        self.files[file.0 as usize].text.clone()
    }

    /// The path as it was given, relative to the site.
    pub fn path(&self, file: FileId) -> &Path {
        &self.files[file.0 as usize].path
    }

    /// The whole text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The bytes `range` of a text.
    pub fn excerpt(&self, file: FileId, range: Range<usize>) -> Excerpt {
        let whole = &self.files[file.0 as usize].text;
        let range = whole.range.start + range.start..(whole.range.start + range.end).min(whole.range.end);
        Excerpt { text: Arc::clone(&whole.text), range }
    }

    /// A text that was read at a place; shared with the file if the file has it verbatim at the start of the place, after an
    /// opening quote, or from its second line on (as in a YAML block).
    pub fn part(&self, span: Span, text: &str) -> Excerpt {
        let start = span.start as usize;
        let there = self.text(span.file).get(start..span.end as usize).unwrap_or_default();
        let below = there.find('\n').map_or(0, |end| there.len() - there[end..].trim_start().len());
        let is = |at: &usize| there.get(*at..).is_some_and(|there| there.starts_with(text));
        match [0, 1, below].into_iter().find(is) {
            Some(at) => self.excerpt(span.file, start + at..start + at + text.len()),
            None => text.into(),
        }
    }

    /// The line and column of a byte.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let source = &self.files[file.0 as usize];
        let lines = source.lines();
        let line = lines.partition_point(|start| *start <= byte).max(1);
        let start = lines[line - 1] as usize;
        let end = (byte as usize).min(source.text.len());
        let before = source.text.get(start..end).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shared_with_its_file_where_it_is_verbatim() {
        let text = "a: plain\nb: 'quoted'\nc: |\n  block\nd: |\n  two\n  lines\n";
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", text.to_owned());
        let cases = [
            ("plain", "plain", true),
            ("'quoted'", "quoted", true),
            ("|\n  block", "block", true),
            ("|\n  two\n  lines", "two\nlines", false),
        ];
        for (there, typed, shared) in cases {
            let start = text.find(there).unwrap();
            let part = sources.part(Span::new(file, start, start + there.len()), typed);
            assert_eq!(&*part, typed);
            assert_eq!(Arc::ptr_eq(&part.text, &sources.files[0].text.text), shared, "{typed}");
        }
    }
}
