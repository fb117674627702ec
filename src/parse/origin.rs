//! Where a piece of YAML stands in its file: offsets in the YAML become spans of the file.

use crate::source::{FileId, Span};

/// The place of a YAML text in its file. A Markdown quotation or list cuts a drill into lines, each of which is a piece.
#[derive(Debug, Clone)]
pub struct Origin {
    file: FileId,
    /// Ascending; the first begins at 0.
    pieces: Vec<Piece>,
    /// Length of the YAML text in bytes.
    len: usize,
}

/// A part of a YAML text that its file holds without a gap. Both are offsets in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the YAML.
    pub in_text: usize,
    /// Where it begins in the file.
    pub in_file: usize,
}

impl Origin {
    /// One piece that begins at byte `at` of `file`.
    pub fn whole(file: FileId, at: usize, text: &str) -> Self {
        Self::pieces(file, vec![Piece { in_text: 0, in_file: at }], text)
    }

    /// Several pieces, in their order.
    pub fn pieces(file: FileId, pieces: Vec<Piece>, text: &str) -> Self {
        debug_assert!(pieces.first().is_some_and(|piece| piece.in_text == 0), "the first piece begins at 0");
        Self { file, pieces, len: text.len() }
    }

    /// The place of `len` bytes of the YAML text from `start`, cut off at its end.
    pub(super) fn span(&self, start: usize, len: usize) -> Span {
        let start = start.min(self.len);
        let end = (start + len).min(self.len);
        // The end is found from the last byte inside: the end itself may already belong to the next piece.
        let last = if end > start { self.in_file(end - 1) + 1 } else { self.in_file(start) };
        Span::new(self.file, self.in_file(start), last)
    }

    fn in_file(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.in_text <= offset);
        let piece = self.pieces[next.saturating_sub(1)];
        piece.in_file + (offset - piece.in_text)
    }
}
