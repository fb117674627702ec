//! The texts of sections, as results show them, cut into pieces.

use serde::Serialize;

use super::pack::{PIECE_BYTES, script};
use super::{IndexFiles, Section, SectionKind};

/// The most sections in a piece: the largest digit in base 36.
const MAX_SECTIONS: u32 = 35;

/// Cuts the texts of a run into pieces.
#[derive(Debug)]
pub(super) struct Texts {
    number: usize,
    /// The current piece.
    pages: Vec<PagePiece>,
    /// The number of bytes of text in the current piece.
    length: usize,
    /// The number of sections in the current piece.
    sections: u32,
    pieces: Pieces,
}

/// Finished pieces.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) files: IndexFiles,
    /// The number of sections in each piece, as one digit each.
    pub(super) counts: String,
}

/// A page with those of its sections that are in a piece: kind, URL and title, then anchor, heading and text of each
/// section.
#[derive(Debug, Serialize)]
struct PagePiece(&'static str, String, String, Vec<(String, String, String)>);

impl Texts {
    pub(super) fn new(number: usize) -> Self {
        Self { number, pages: Vec::new(), length: 0, sections: 0, pieces: Pieces::default() }
    }

    pub(super) fn add(&mut self, section: Section) {
        let length = section.text.len() + section.heading.len() + section.anchor.len();
        if self.sections == MAX_SECTIONS || self.sections > 0 && self.length + length > PIECE_BYTES {
            self.end();
        }
        if self.pages.last().is_none_or(|PagePiece(_, url, ..)| *url != section.url) {
            let kind = match section.kind {
                SectionKind::Lesson => "lesson",
                SectionKind::Scenario => "scenario",
            };
            self.length += section.url.len() + section.title.len();
            self.pages.push(PagePiece(kind, section.url, section.title, Vec::new()));
        }
        if let Some(PagePiece(.., sections)) = self.pages.last_mut() {
            sections.push((section.anchor, section.heading, section.text));
        }
        self.length += length;
        self.sections += 1;
    }

    pub(super) fn finish(mut self) -> Pieces {
        self.end();
        self.pieces
    }

    fn end(&mut self) {
        if self.sections == 0 {
            return;
        }
        let name = format!("t{}-{}", self.number, self.pieces.counts.len());
        let pages = std::mem::take(&mut self.pages);
        self.pieces.files.push((format!("{name}.js"), script(&name, &pages)));
        self.pieces.counts.extend(char::from_digit(self.sections, MAX_SECTIONS + 1));
        (self.length, self.sections) = (0, 0);
    }
}
