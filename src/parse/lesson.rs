//! Markdown files as typed: front matter, body, and the `drill` blocks of a lesson.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::diag::{Code, Diagnostics};
use crate::parse::collection::{list, names};
use crate::parse::decode::{Decode, naming};
use crate::parse::front_matter::{self, cut};
use crate::parse::mapping::keyed;
use crate::parse::portrait::portrait;
use crate::parse::scalar::{ADDRESS, NAME, Name, Pattern, Plain, Text, number};
use crate::parse::scenario::{RawDrill, parse_drill};
use crate::parse::yaml::{self, Kind, Origin, Piece, Value};
use crate::parse::{At, RawPortrait};
use crate::source::{FileId, Span};

keyed! {
    /// The front matter of a lesson.
    #[derive(Debug, Clone)]
    pub struct RawLesson ["lesson", "a lesson"] |reader| {
        /// Its file.
        pub file: FileId => reader.span().file,
        /// The heading of the page.
        pub title: Option<At<String>> = need(Plain),
        /// One or two sentences.
        pub summary: Option<At<String>> = may(Plain),
        /// How long it takes.
        pub minutes: Option<At<u32>> = may(number(1..=600)),
        /// What it teaches: ids in content/objectives.yaml.
        pub objectives: Vec<At<String>> = may(list(Name.naming(naming::OBJECTIVE))).unwrap_or_default(),
        /// Skills that it teaches, each with the id of the heading under which it does: listen: play-it-back.
        pub teaches: Vec<(At<String>, At<String>)> = may(names(NAME, Text)).unwrap_or_default(),
        /// How speakers of its dialogues look, by name: Gulnara: { head: gray-medium, skin: 2 }.
        pub portraits: Vec<(At<String>, RawPortrait)> = may(names(SPEAKER, portrait())).unwrap_or_default(),
        /// Scenarios that it leads to, by file name without .yaml.
        pub scenarios: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// true: left out when the site is published.
        pub draft: bool = flag(),
        /// Former addresses: old file names without number and .md, which redirect here.
        pub aliases: Vec<At<String>> = may(list(Pattern(ADDRESS))).unwrap_or_default(),
        /// The Markdown, as a range of bytes in the file.
        pub body: Range<usize> => 0..0,
        /// Its drills, in order.
        pub drills: Vec<RawDrill> => Vec::new(),
    }
}

keyed! {
    /// The front matter of an `index.md`: the home page, or a module.
    #[derive(Debug, Clone)]
    pub struct RawIndex ["index", "an index page"] |reader| {
        /// Its file.
        pub file: FileId => reader.span().file,
        /// The heading of the page.
        pub title: Option<At<String>> = need(Plain),
        /// One or two sentences.
        pub summary: Option<At<String>> = may(Plain),
        /// The Markdown, as a range of bytes in the file.
        pub body: Range<usize> => 0..0,
    }
}

keyed! {
    /// The front matter of a page in another language, and the words of its drills.
    #[derive(Debug, Clone)]
    pub struct RawTranslation ["translation", "a translation"] |reader| {
        /// Its file.
        pub file: FileId => reader.span().file,
        /// The heading of the page.
        pub title: Option<At<String>> = may(Plain),
        /// One or two sentences.
        pub summary: Option<At<String>> = may(Plain),
        /// The stamp of the original.
        pub source: Option<At<String>> = may(Name),
        /// The Markdown, as a range of bytes in the file.
        pub body: Range<usize> => 0..0,
        /// The words of each drill, by the start of its block.
        pub drills: Vec<(usize, Value)> => Vec::new(),
    }
}

/// Anyone who speaks in a dialogue.
const SPEAKER: &str = "^[^:]+$";

/// Reads a lesson.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<RawLesson> {
    let (value, body) = head(file, text, diags)?;
    let drills = drills(file, text, &body, diags);
    let lesson = RawLesson::KEYS.read_at(&value, Span::new(file, 0, 3), diags)?;
    repeated(lesson.title.as_ref(), file, text, &body, diags);
    Some(RawLesson { body, drills, ..lesson })
}

/// Reads the translation of a lesson or of an `index.md`.
pub fn parse_translation(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<RawTranslation> {
    let (mut value, body) = head(file, text, diags)?;
    // A key without a value has not been written yet: not a fault, but reported with all other missing words.
    if let Kind::Map(entries) = &mut value.kind {
        entries.retain(|entry| !matches!(entry.value.kind, Kind::Empty));
    }
    let mut drills = Vec::new();
    for Fence { at, yaml, origin, .. } in fences(file, text, &body) {
        drills.push((at, yaml::parse(&yaml, &origin, diags)?));
    }
    let page = RawTranslation::KEYS.read_at(&value, Span::new(file, 0, 3), diags)?;
    repeated(page.title.as_ref(), file, text, &body, diags);
    Some(RawTranslation { body, drills, ..page })
}

/// Reads an `index.md`.
pub fn parse_index(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<RawIndex> {
    let (value, body) = head(file, text, diags)?;
    let page = RawIndex::KEYS.read_at(&value, Span::new(file, 0, 3), diags)?;
    repeated(page.title.as_ref(), file, text, &body, diags);
    Some(RawIndex { body, ..page })
}

/// Reports a heading at the top of the text that repeats the title.
fn repeated(
    title: Option<&At<String>>,
    file: FileId,
    text: &str,
    body: &Range<usize>,
    diags: &mut Diagnostics,
) {
    let markdown = &text[body.clone()];
    let start = body.start + markdown.len() - markdown.trim_start().len();
    let mut lines = text[start..body.end].lines();
    let (first, next) =
        (lines.next().unwrap_or_default().trim_end(), lines.next().unwrap_or_default().trim_end());
    let underlined =
        !next.is_empty() && (next.bytes().all(|byte| byte == b'=') || next.bytes().all(|byte| byte == b'-'));
    let words = |text: &str| {
        let bare: String = text.chars().filter(|c| !"#*_`".contains(*c)).collect();
        bare.trim().to_lowercase()
    };
    // `# Title {#its-id}`
    let heading = first.rsplit_once(" {#").map_or(first, |(heading, _)| heading);
    if (first.starts_with('#') || underlined)
        && title.is_some_and(|title| words(&title.value) == words(heading))
    {
        let span = Span::new(file, start, start + first.len());
        let hint = if underlined { "remove this line and the one below it" } else { "remove this line" };
        diags.lint(Code::RepeatedTitle, span, "the page shows this title already, above its text", hint);
    }
}

fn head(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<(Value, Range<usize>)> {
    let cut = cut(text);
    let Some(yaml) = cut.yaml else {
        let fault = front_matter::missing(text);
        let span = Span::new(file, fault.at, fault.at + fault.len);
        diags.error(Code::MissingKey, span, fault.message, fault.hint);
        return None;
    };
    let head = &text[yaml.clone()];
    let origin = Origin::whole(file, yaml.start, head);
    let value = yaml::parse(head, &origin, diags)?;
    // Empty front matter is a mapping without keys, so that missing keys are reported one by one.
    let value = match value.kind {
        Kind::Empty => Value::new(Span::new(file, 0, 3), Kind::Map(Vec::new())),
        _ => value,
    };
    Some((value, cut.body))
}

/// A fenced block whose info string is `drill`.
struct Fence {
    /// The byte of the file at which it starts.
    at: usize,
    span: Span,
    yaml: String,
    origin: Origin,
    /// If nothing closes it, what is wrong, and the remedy.
    unclosed: Option<(&'static str, String)>,
}

fn drills(file: FileId, text: &str, body: &Range<usize>, diags: &mut Diagnostics) -> Vec<RawDrill> {
    let fences = fences(file, text, body).into_iter();
    let drills = fences.filter_map(|Fence { at, span, yaml, origin, unclosed }| {
        if let Some((message, hint)) = unclosed {
            diags.error(Code::Syntax, span, message, hint);
            return None;
        }
        parse_drill(at, span, &yaml, &origin, diags)
    });
    drills.collect()
}

fn fences(file: FileId, text: &str, body: &Range<usize>) -> Vec<Fence> {
    let mut found = Vec::new();
    // Most lessons have no drills and need not be parsed as Markdown here; rendering does that.
    let markdown = text[body.clone()].as_bytes();
    if ["```", "~~~"].iter().all(|fence| memmem::find(markdown, fence.as_bytes()).is_none()) {
        return found;
    }
    // Footnotes and tables decide what a block is, so the options are those with which the lesson is rendered.
    let mut events = Parser::new_ext(&text[body.clone()], markdown_options()).into_offset_iter();
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
        let fence = Span::new(file, at, at + text[at..].find(['\n', '\r']).unwrap_or(0));
        if pieces.is_empty() {
            pieces.push(Piece { in_text: 0, in_file: at });
        }
        let origin = Origin::pieces(file, pieces, &yaml);
        let unclosed = unclosed(&text[at..body.start + range.end]);
        found.push(Fence { at, span: fence, yaml, origin, unclosed });
    }
    found
}

/// What is wrong with an unclosed code block, and the remedy.
pub fn unclosed(block: &str) -> Option<(&'static str, String)> {
    let mark = block.chars().next()?;
    let fence = &block[..block.len() - block.trim_start_matches(mark).len()];
    let last = block.trim_end().lines().next_back().unwrap_or_default().trim_start_matches(['>', ' ', '\t']);
    let is_closed = block.contains('\n') && last.starts_with(fence) && last.trim_matches(mark).is_empty();
    (!is_closed).then(|| {
        let says = "this block is not closed, so everything after it is part of it";
        (says, format!("write ` {fence} ` on a line of its own where it ends"))
    })
}

/// The Markdown of lessons.
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_STRIKETHROUGH
}
