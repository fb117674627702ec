//! Markdown files as typed: front matter, body, and the `drill` blocks of a lesson.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Reader, boolean, list, number, text};
use crate::parse::front_matter::cut;
use crate::parse::scenario::{RawDrill, parse_drill};
use crate::parse::yaml::{self, Kind, Origin, Piece, Value};
use crate::source::{FileId, Span};

/// A lesson's file.
#[derive(Debug, Clone)]
pub struct RawLesson {
    pub file: FileId,
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    pub minutes: Option<At<u32>>,
    pub objectives: Vec<At<String>>,
    pub scenarios: Vec<At<String>>,
    pub draft: bool,
    pub aliases: Vec<At<String>>,
    pub body: Range<usize>,
    pub drills: Vec<RawDrill>,
}

/// An `index.md`: the home page, or a module.
#[derive(Debug, Clone)]
pub struct RawIndex {
    pub file: FileId,
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    pub body: Range<usize>,
}

/// Reads a lesson.
pub fn parse(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<RawLesson> {
    let (value, body) = head(file, text_, diags)?;
    let drills = drills(file, text_, &body, diags);
    let mut reader = Reader::open(&value, "a lesson", Span::new(file, 0, 3), diags)?;
    let lesson = RawLesson {
        file,
        title: reader.need("title", text),
        summary: reader.get("summary", text),
        minutes: reader.get("minutes", number(1..=600)),
        objectives: reader.get("objectives", list(text)).unwrap_or_default(),
        scenarios: reader.get("scenarios", list(text)).unwrap_or_default(),
        draft: reader.get("draft", boolean).is_some_and(|flag| flag.value),
        aliases: reader.get("aliases", list(text)).unwrap_or_default(),
        body,
        drills,
    };
    reader.close();
    Some(lesson)
}

/// A Markdown page in another language: words alone, and what it was translated from.
#[derive(Debug, Clone)]
pub struct RawTranslation {
    pub file: FileId,
    pub title: Option<At<String>>,
    pub summary: Option<At<String>>,
    /// The stamp of the original.
    pub source: Option<At<String>>,
    pub body: Range<usize>,
    /// The words of each drill, by where its block begins.
    pub drills: Vec<(usize, Value)>,
}

/// The stamp of the original, which no original has.
const SOURCE: &str = "source";

/// Reads the translation of a lesson or of an `index.md`.
pub fn parse_translation(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<RawTranslation> {
    let (mut value, body) = head(file, text_, diags)?;
    // A key without a value is still to be written: no fault of the file, and told as all that is missing.
    if let Kind::Map(entries) = &mut value.kind {
        entries.retain(|entry| !matches!(entry.value.kind, Kind::Empty));
    }
    let mut drills = Vec::new();
    for Fence { at, yaml, origin, .. } in fences(file, text_, &body) {
        drills.push((at, yaml::parse(&yaml, &origin, diags)?));
    }
    let mut reader = Reader::open(&value, "a translation", Span::new(file, 0, 3), diags)?;
    let page = RawTranslation {
        file,
        title: reader.get("title", text),
        summary: reader.get("summary", text),
        source: reader.get(SOURCE, text),
        body,
        drills,
    };
    reader.close();
    Some(page)
}

/// Reads an `index.md`.
pub fn parse_index(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<RawIndex> {
    let (value, body) = head(file, text_, diags)?;
    let mut reader = Reader::open(&value, "an index page", Span::new(file, 0, 3), diags)?;
    let index =
        RawIndex { file, title: reader.need("title", text), summary: reader.get("summary", text), body };
    reader.close();
    Some(index)
}

fn head(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<(Value, Range<usize>)> {
    let cut = cut(text_);
    let Some(yaml) = cut.yaml else {
        let message =
            if cut.open { "the front matter has no closing `---` line" } else { "there is no front matter" };
        let span = Span::new(file, 0, if cut.open { 3 } else { 0 });
        let hint = "begin the file with a line `---`, then `title: ...`, then another line `---`";
        diags.push(Diagnostic::error(Code::MissingKey, span, message).hint(hint));
        return None;
    };
    let head = &text_[yaml.clone()];
    let origin = Origin::whole(file, yaml.start, head);
    let value = yaml::parse(head, &origin, diags)?;
    // Nothing between the fences is a mapping without keys: what is missing is told key by key.
    let value = match value.kind {
        Kind::Empty => Value { span: Span::new(file, 0, 3), kind: Kind::Map(Vec::new()) },
        _ => value,
    };
    Some((value, cut.body))
}

/// A fenced block whose info string is `drill`.
struct Fence {
    /// The byte of the file at which it begins.
    at: usize,
    span: Span,
    yaml: String,
    origin: Origin,
}

fn drills(file: FileId, text_: &str, body: &Range<usize>, diags: &mut Diagnostics) -> Vec<RawDrill> {
    let fences = fences(file, text_, body).into_iter();
    fences
        .filter_map(|Fence { at, span, yaml, origin }| parse_drill(at, span, &yaml, &origin, diags))
        .collect()
}

fn fences(file: FileId, text_: &str, body: &Range<usize>) -> Vec<Fence> {
    let mut found = Vec::new();
    // Most lessons have none, and then need not be read as Markdown here: they are when they are written.
    let text = text_[body.clone()].as_bytes();
    if ["```", "~~~"].iter().all(|fence| memmem::find(text, fence.as_bytes()).is_none()) {
        return found;
    }
    // Footnotes and tables decide what is a block, so the options are those of the lesson's own reading.
    let mut events = Parser::new_ext(&text_[body.clone()], markdown_options()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        if info.split_whitespace().next() != Some("drill") {
            continue;
        }
        let (mut yaml, mut pieces) = (String::new(), Vec::new());
        for (inner, place) in events.by_ref() {
            match inner {
                Event::Text(piece) => {
                    pieces.push(Piece { in_text: yaml.len(), in_file: body.start + place.start });
                    yaml.push_str(&piece);
                }
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let at = body.start + range.start;
        let fence = Span::new(file, at, at + text_[at..].find(['\n', '\r']).unwrap_or(0));
        if pieces.is_empty() {
            pieces.push(Piece { in_text: 0, in_file: at });
        }
        let origin = Origin::pieces(file, pieces, &yaml);
        found.push(Fence { at, span: fence, yaml, origin });
    }
    found
}

/// How lessons are read as Markdown, wherever they are.
#[must_use]
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_STRIKETHROUGH
}
