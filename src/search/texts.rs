//! Sections as they are shown, cut into pieces, each of which is written once.

use super::pack::{PIECE, begin, json};
use super::{Kind, Section};

/// How many sections a piece has, at most: what one sign can tell.
const MOST: u32 = 35;

/// The texts of a share. Each piece goes to `put` as soon as it is whole.
pub(super) struct Texts<P> {
    share: usize,
    put: P,
    script: String,
    /// The page whose section was written last, and how many sections the piece has.
    page: String,
    held: u32,
    /// The same of all pieces before: a sign for each.
    counts: String,
}

impl<P: FnMut(String, String)> Texts<P> {
    pub(super) fn new(share: usize, put: P) -> Self {
        Self { share, put, script: String::new(), page: String::new(), held: 0, counts: String::new() }
    }

    pub(super) fn add(&mut self, section: &Section) {
        let length = section.text.len() + section.heading.len() + section.anchor.len();
        if self.held == MOST || self.held > 0 && self.script.len() + length > PIECE {
            self.end();
        }
        if self.held > 0 && self.page == section.url {
            self.script.push(',');
        } else {
            if self.held > 0 {
                self.script.push_str("]],");
            } else {
                self.script = String::with_capacity(PIECE + PIECE / 8);
                let name = self.name();
                begin(&mut self.script, &name);
                self.script.push('[');
            }
            self.page.clone_from(&section.url);
            let kind = match section.kind {
                Kind::Lesson => r#"["lesson""#,
                Kind::Scenario => r#"["scenario""#,
            };
            self.script.push_str(kind);
            for part in [&section.url, &section.title] {
                self.script.push(',');
                text(&mut self.script, part);
            }
            self.script.push_str(",[");
        }
        for (sign, part) in [('[', &section.anchor), (',', &section.heading), (',', &section.text)] {
            self.script.push(sign);
            text(&mut self.script, part);
        }
        self.script.push(']');
        self.held += 1;
    }

    /// Says how many sections each piece has.
    pub(super) fn finish(mut self) -> String {
        if self.held > 0 {
            self.end();
        }
        self.counts
    }

    fn name(&self) -> String {
        format!("t{}-{}", self.share, self.counts.len())
    }

    fn end(&mut self) {
        let mut script = std::mem::take(&mut self.script);
        script.push_str("]]]);\n");
        let name = format!("{}.js", self.name());
        (self.put)(name, script);
        self.counts.extend(char::from_digit(self.held, MOST + 1));
        self.held = 0;
    }
}

/// Writes a text as JSON. Most have no sign that must be escaped, which is told without a branch for each.
fn text(script: &mut String, text: &str) {
    let escaped = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    if text.bytes().fold(false, |any, byte| any | escaped(byte)) {
        return script.push_str(&json(&text));
    }
    script.push('"');
    script.push_str(text);
    script.push('"');
}
