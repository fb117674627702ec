//! Sections as they are shown, cut into pieces.

use serde::Serialize;

use super::pack::{PIECE, script};
use super::{IndexFiles, Kind, Section};

/// The most sections in a piece: what one digit in base 36 can say.
const LONGEST: u32 = 35;

/// The texts of a run, being cut into pieces.
#[derive(Debug)]
pub(super) struct Texts {
    number: usize,
    /// The current piece, the number of bytes that it shows, and the number of its sections.
    pages: Vec<Page>,
    length: usize,
    held: u32,
    pieces: Pieces,
}

/// Finished pieces.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) files: IndexFiles,
    /// The number of sections in each, as one digit each.
    pub(super) counts: String,
}

/// A page with some of its sections: anchor, heading and text.
#[derive(Debug, Serialize)]
struct Page(&'static str, String, String, Vec<(String, String, String)>);

impl Texts {
    pub(super) fn new(number: usize) -> Self {
        Self { number, pages: Vec::new(), length: 0, held: 0, pieces: Pieces::default() }
    }

    pub(super) fn add(&mut self, section: Section) {
        let length = section.text.len() + section.heading.len() + section.anchor.len();
        if self.held == LONGEST || self.held > 0 && self.length + length > PIECE {
            self.end();
        }
        if self.pages.last().is_none_or(|Page(_, url, ..)| *url != section.url) {
            let kind = match section.kind {
                Kind::Lesson => "lesson",
                Kind::Scenario => "scenario",
            };
            self.length += section.url.len() + section.title.len();
            self.pages.push(Page(kind, section.url, section.title, Vec::new()));
        }
        if let Some(Page(.., sections)) = self.pages.last_mut() {
            sections.push((section.anchor, section.heading, section.text));
        }
        self.length += length;
        self.held += 1;
    }

    pub(super) fn finish(mut self) -> Pieces {
        self.end();
        self.pieces
    }

    fn end(&mut self) {
        if self.held == 0 {
            return;
        }
        let name = format!("t{}-{}", self.number, self.pieces.counts.len());
        let pages = std::mem::take(&mut self.pages);
        self.pieces.files.push((format!("{name}.js"), script(&name, &pages)));
        self.pieces.counts.extend(char::from_digit(self.held, LONGEST + 1));
        (self.length, self.held) = (0, 0);
    }
}
