//! The text of every file that was read, and places in it.
//!
//! `SourceMap` is the only owner of file text; everything else holds a [`FileId`] and byte offsets. Lines and
//! columns are made here, when a diagnostic is shown, and nowhere else.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A file in the [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(u32);

/// A half-open range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: clip(start), end: clip(end) }
    }
}

/// One file: its path relative to the site, and its text without a byte order mark.
#[derive(Debug)]
struct Source {
    path: PathBuf,
    text: String,
    /// Byte offset at which each line starts.
    lines: Vec<u32>,
}

/// Every file that was read.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<Source>,
}

/// A place for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl SourceMap {
    /// Takes over a file's text.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines =
            std::iter::once(0).chain(starts).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        self.files.push(Source { path: path.into(), text, lines });
        id
    }

    /// Reads `root`/`path`. Text that is not UTF-8 is taken as far as it is, with the bytes of the first fault.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read(&mut self, root: &Path, path: &Path) -> Result<(FileId, Option<Span>)> {
        let whole = root.join(path);
        let bytes = std::fs::read(&whole).map_err(|source| Error::new("read", &whole, source))?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok((self.add(path, text.to_owned()), None)),
            Err(fault) => {
                let file = self.add(path, String::from_utf8_lossy(bytes).into_owned());
                // In the text that byte is the replacement character.
                let at = fault.valid_up_to();
                Ok((file, Some(Span::new(file, at, at + char::REPLACEMENT_CHARACTER.len_utf8()))))
            }
        }
    }

    /// The path as it was given, relative to the site.
    #[must_use]
    pub fn path(&self, file: FileId) -> &Path {
        &self.files[file.0 as usize].path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn place(&self, file: FileId, byte: u32) -> Place {
        let source = &self.files[file.0 as usize];
        let line = source.lines.partition_point(|start| *start <= byte).max(1);
        let start = source.lines[line - 1] as usize;
        let end = (byte as usize).min(source.text.len());
        let before = source.text.get(start..end).unwrap_or_default();
        Place { line, column: before.chars().count() + 1 }
    }
}
