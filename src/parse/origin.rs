//! The place of a piece of YAML in its file: turns offsets in the YAML into spans of the file.

use crate::source::{FileId, Span};

/// The place of a YAML text in its file. In a Markdown quotation or list, each line of a drill is a piece of its own.
#[derive(Debug, Clone)]
pub struct Origin {
    file: FileId,
    /// In ascending order; the first starts at 0.
    pieces: Vec<Piece>,
    /// Length of the YAML text in bytes.
    len: usize,
}

/// A contiguous part of a YAML text and of its file. Both offsets are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it starts in the YAML.
    pub in_text: usize,
    /// Where it starts in the file.
    pub in_file: usize,
}

impl Origin {
    /// A single piece that starts at byte `at` of `file`.
    pub fn whole(file: FileId, at: usize, text: &str) -> Self {
        Self::pieces(file, vec![Piece { in_text: 0, in_file: at }], text)
    }

    /// Several pieces, in order.
    pub fn pieces(file: FileId, pieces: Vec<Piece>, text: &str) -> Self {
        debug_assert!(pieces.first().is_some_and(|piece| piece.in_text == 0), "the first piece begins at 0");
        Self { file, pieces, len: text.len() }
    }

    /// The place of `len` bytes of the YAML text from `start`, clipped to the end of the text.
    pub(super) fn span(&self, start: usize, len: usize) -> Span {
        let start = start.min(self.len);
        let end = (start + len).min(self.len);
        // Computes the end from the last byte inside: the end itself may belong to the next piece.
        let last = if end > start { self.in_file(end - 1) + 1 } else { self.in_file(start) };
        Span::new(self.file, self.in_file(start), last)
    }

    fn in_file(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.in_text <= offset);
        let piece = self.pieces[next.saturating_sub(1)];
        piece.in_file + (offset - piece.in_text)
    }
}
