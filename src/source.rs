//! The text of every file that was read, and places in it.
//!
//! `SourceMap` is the only owner of file text; everything else holds a [`FileId`] and byte offsets. Lines and
//! columns are made here, when a diagnostic is shown, and nowhere else.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

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

/// The longest text that is read: a thousand pages.
pub const MAX_BYTES: u64 = 2 << 20;

/// Why a file, or a part of it, could not be taken as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It has more than [`MAX_BYTES`] bytes.
    TooLong,
    /// It holds a NUL byte, here.
    Binary(usize),
    /// It is not UTF-8; the first fault.
    Encoding(Span),
}

/// Every file that was read.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<Source>,
}

/// A place for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The sign in the line.
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

    /// Reads `root`/`path`. Text that is not UTF-8 is taken as far as it is; of a file that is too long or no text at
    /// all nothing is taken.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read(&mut self, root: &Path, path: &Path) -> Result<(FileId, Option<Unread>)> {
        let whole = root.join(path);
        let failed = |source| Error::new("read", &whole, source);
        let mut bytes = Vec::new();
        // One byte more than is allowed is enough to know, whatever the folder says about the file's size.
        let file = std::fs::File::open(&whole).map_err(failed)?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Ok((self.add(path, String::new()), Some(Unread::TooLong)));
        }
        if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
            return Ok((self.add(path, String::new()), Some(Unread::Binary(at))));
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok((self.add(path, text.to_owned()), None)),
            Err(fault) => {
                let file = self.add(path, String::from_utf8_lossy(bytes).into_owned());
                // In the text that byte is the replacement character.
                let at = fault.valid_up_to();
                let span = Span::new(file, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
                Ok((file, Some(Unread::Encoding(span))))
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
