//! What an author wrote as markup and Markdown reads as words, which readers would see as it is.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::bracket::Undefined;
use super::definition::{self, Definition};
use super::marks::{self, Place, marks};
use super::misread::{callout, cells, misread};
use super::origin::Origin;
use super::{Spanned, Writer};
use crate::diag::Code;
use crate::diag::suggest::nearest;
use crate::parse::lesson::unclosed;

/// A parsed text.
pub(super) struct Read<'t> {
    pub(super) text: &'t str,
    pub(super) events: Vec<Spanned<'t>>,
    pub(super) undefined: Vec<Undefined>,
    /// The definitions of link labels: `[label]: address`.
    pub(super) definitions: Vec<Definition>,
    /// Whether it is a lesson's, which can have footnotes and live blocks.
    pub(super) lesson: bool,
}

pub(super) const CALLOUTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// The greatest distance between the two ends of a mark.
pub(super) const FAR: usize = 200;

/// Blocks that GitHub renders, with what to use instead.
const DRAWN: [(&[&str], &str); 2] = [
    (
        &["mermaid", "geojson", "topojson", "stl", "plantuml", "dot"],
        "show a picture of it: `![what it shows](path)`",
    ),
    (&["math", "latex"], "write it with characters such as × ÷ ² ≤ π, or show it as a picture"),
];

/// The names of blocks that are more than code.
pub(super) const LIVE: [&str; 2] = ["drill", "dialogue"];

impl Writer<'_> {
    /// Reports what readers would see as it is.
    pub(super) fn report_raw(&mut self, origin: &Origin<'_>, read: &Read<'_>) {
        for (range, message, hint) in definition::lost(read) {
            self.warn(Code::LinkDefinition, origin.span(&range), message, hint);
        }
        for undefined in &read.undefined {
            self.warn_each(origin, read.undefined(undefined));
        }
        let (notes, unmarked) = (LazyCell::new(|| read.notes()), LazyCell::new(|| read.unmarked_notes()));
        let place = Place { notes: read.lesson, body: origin.is_body() };
        let has_notes = read.text.contains("[^");
        let mut code = 0_usize;
        let (mut starts_line, mut in_item, mut columns) = (true, false, 0);
        let mut words: Option<Range<usize>> = None;
        for (event, range) in &read.events {
            match event {
                Event::Text(_) if code == 0 => {
                    if starts_line {
                        self.warn_each(origin, read.heading(range));
                        self.warn_each(origin, misread(read.text, range.start, in_item));
                    }
                    words = Some(words.map_or(range.start, |words| words.start)..range.end);
                    (starts_line, in_item) = (false, false);
                    continue;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    code += 1;
                    self.fence(origin, read, kind, range);
                }
                Event::End(TagEnd::CodeBlock) => code -= 1,
                Event::Code(words) if read.text[range.clone()].contains('\n') => {
                    let first = words.split_whitespace().next().unwrap_or_default();
                    if let Some(name) = nearest(first, LIVE).filter(|_| read.lesson) {
                        let message =
                            "a block starts and ends with three backticks, so this is shown as code";
                        let hint = format!("write ` ```{name} `, and ` ``` ` on a line of its own below it");
                        let words = range.start..range.start + first.len();
                        self.warn(Code::PrintedRaw, origin.span(&words), message, hint);
                    }
                }
                Event::Start(Tag::Heading { .. }) => {
                    self.warn_each(origin, read.underlined(range));
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    self.warn_each(origin, marks::definition(read.text, range));
                }
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => {
                    let found = cells(&read.text[range.clone()]);
                    if found > columns {
                        let message = format!(
                            "this row has {found} cells, but the header of the table has {columns}: the rest is not shown"
                        );
                        let hint =
                            r"add cells to the header, or write `\|` for a bar that is part of the text";
                        self.warn(Code::PrintedRaw, origin.span(range), message, hint);
                    }
                }
                _ => {}
            }
            starts_line = matches!(
                event,
                Event::Start(Tag::Paragraph | Tag::Item | Tag::DefinitionListTitle)
                    | Event::SoftBreak
                    | Event::HardBreak
            );
            in_item = match event {
                Event::Start(Tag::Item) => true,
                Event::Start(Tag::Paragraph) => in_item,
                _ => false,
            };
            if let Some(words) = words.take() {
                if has_notes && read.text[words.clone()].contains("[^") {
                    self.footnote_marks(origin, read, &words, (&notes[..], &*unmarked));
                }
                let found = marks(&read.text[words.clone()], place).into_iter();
                let shift = |range: Range<usize>| words.start + range.start..words.start + range.end;
                self.warn_each(origin, found.map(|(range, message, hint)| (shift(range), message, hint)));
            }
        }
    }

    /// Reports what is shown as it was typed: each with its place, message and remedy.
    fn warn_each<M: Into<String>, H: Into<String>>(
        &mut self,
        origin: &Origin<'_>,
        found: impl IntoIterator<Item = (Range<usize>, M, H)>,
    ) {
        for (range, message, hint) in found {
            self.warn(Code::PrintedRaw, origin.span(&range), message, hint);
        }
    }

    /// Reports a block whose name is nearly that of a live block, or which cannot be live here.
    fn fence(
        &mut self,
        origin: &Origin<'_>,
        read: &Read<'_>,
        kind: &CodeBlockKind<'_>,
        range: &Range<usize>,
    ) {
        let CodeBlockKind::Fenced(info) = kind else { return };
        let line =
            range.start..range.start + read.text[range.clone()].lines().next().unwrap_or_default().len();
        if let Some((message, hint)) = unclosed(&read.text[range.clone()]) {
            // In a drill it is reported where its YAML is read.
            if !read.lesson || info.split_whitespace().next() != Some("drill") {
                self.warn(Code::PrintedRaw, origin.span(&line), message, hint);
            }
            return;
        }
        let Some(name) = info.split_whitespace().next() else { return };
        let name = info.split_whitespace().find(|word| LIVE.contains(word)).unwrap_or(name);
        if let Some(&(_, instead)) = DRAWN.iter().find(|(kind, _)| kind.contains(&name)) {
            let message = format!("{name} is not drawn here: this is shown as code");
            self.warn(Code::PrintedRaw, origin.span(&line), message, instead);
        } else if name.starts_with('{') {
            let message = "this is not a callout, so it is shown as code";
            self.warn(Code::PrintedRaw, origin.span(&line), message, callout(name));
        } else if !LIVE.contains(&name) || !info.starts_with(name) {
            if let Some(near) = nearest(name, LIVE) {
                let message = format!("`{info}` is not a kind of block, so this is shown as code");
                self.warn(
                    Code::PrintedRaw,
                    origin.span(&line),
                    message,
                    format!("did you mean ` ```{near} `?"),
                );
            }
        } else if !read.lesson {
            let message = format!("only a lesson can contain a {name}, so this is shown as code");
            let hint = "move it to a file in `content/lessons`";
            self.warn(Code::MisplacedBlock, origin.span(&line), message, hint);
        }
    }

    /// Reports marks of footnotes that have no note.
    fn footnote_marks(
        &mut self,
        origin: &Origin<'_>,
        read: &Read<'_>,
        words: &Range<usize>,
        (notes, unmarked): (&[&str], &BTreeSet<&str>),
    ) {
        let text = &read.text[words.clone()];
        for (at, _) in text.match_indices("[^") {
            let rest = &text[at + 2..];
            let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']');
            let name = rest.find(ends).filter(|&end| end > 0 && rest[end..].starts_with(']'));
            let Some(name) = name.map(|end| &rest[..end]).filter(|_| !text[..at].ends_with('\\')) else {
                continue;
            };
            let range = words.start + at..words.start + at + name.len() + 3;
            if unmarked.contains(name) {
                let line = read.text[range.end..].lines().next().unwrap_or_default();
                if read.begins_line(range.start) && line.starts_with(' ') {
                    let message = "this is not a footnote: a colon is missing after the bracket";
                    let hint = format!("write `[^{name}]:{}`", line.trim_end());
                    self.warn(Code::Footnote, origin.span(&range), message, hint);
                }
                continue;
            }
            // Numbers and single letters are all similar.
            let near = nearest(name, notes.iter().copied()).filter(|near| near.len() > 2);
            let hint = match (read.lesson, near) {
                (false, _) => "only lessons have footnotes; say it in the text".to_owned(),
                (true, Some(near)) => format!("did you mean `[^{near}]`?"),
                (true, None) => format!("write the note on a line of its own: `[^{name}]: ...`"),
            };
            self.warn(Code::Footnote, origin.span(&range), format!("there is no footnote `{name}`"), hint);
        }
    }
}

impl Read<'_> {
    /// The names of the footnotes.
    fn notes(&self) -> Vec<&str> {
        let names = self.events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::FootnoteDefinition(name)) => Some(&**name),
            _ => None,
        });
        names.collect()
    }

    /// Names of notes on lines of their own that lack the colon.
    fn unmarked_notes(&self) -> BTreeSet<&str> {
        if !self.lesson {
            return BTreeSet::new();
        }
        let notes: BTreeSet<&str> = self.notes().into_iter().collect();
        let lines = self
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("[^")?.split_once("] "))
            .map(|(name, _)| name);
        lines.filter(|name| !notes.contains(name)).collect()
    }

    fn begins_line(&self, at: usize) -> bool {
        self.text[..at].ends_with('\n') || at == 0
    }

    /// A line of hyphens that turns a sentence, several lines, or front matter into a heading.
    fn underlined(&self, range: &Range<usize>) -> Option<(Range<usize>, &'static str, &'static str)> {
        let (words, line) = self.text[range.clone()].trim_end().rsplit_once('\n')?;
        let hyphens = line.trim_start_matches(['>', ' ']);
        let is_prose =
            words.contains('\n') || words.trim_end().ends_with(['.', '!', '?', '…', ':', '"', '”']);
        let end = range.start + words.len() + 1 + line.len();
        let place = end - hyphens.len()..end;
        let is_key = |key: &str| {
            ["title", "summary", "minutes", "objectives", "scenarios", "teaches", "draft"].contains(&key)
        };
        if words.lines().all(|line| line.split_once(": ").is_some_and(|(key, _)| is_key(key))) {
            let says = "front matter belongs at the start of the file; here it becomes a heading";
            return Some((place, says, "move these keys there, and remove both lines `---`"));
        }
        let says = "this line turns the words above it into a heading";
        (hyphens.starts_with("--") && is_prose).then_some((
            place,
            says,
            "if you want a line across the page, put an empty line above it",
        ))
    }

    /// What is wrong if the words at `range`, which start a line, were meant as a heading, with its place and the remedy.
    fn heading(&self, range: &Range<usize>) -> Option<(Range<usize>, &'static str, String)> {
        let rest = &self.text[range.start..];
        if !rest.starts_with('#') {
            return None;
        }
        let line = rest.lines().next().unwrap_or_default();
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let words = line[level..].trim_start_matches(|c: char| c.is_whitespace() && !c.is_ascii());
        if level > 6 {
            let hint = format!("write `###### {}`, or fewer `#`", words.trim());
            return Some((range.start..range.start + line.len(), "a heading has at most six `#`", hint));
        }
        // A single `#` may start a number or a tag.
        let is_heading = (2..=6).contains(&level) || level == 1 && words.len() < line.len() - level;
        if !is_heading
            || words.is_empty()
            || words.starts_with(' ')
            || self.text[..range.start].ends_with('\\')
        {
            return None;
        }
        let hint = format!("write `{} {}`", "#".repeat(level), words.trim_end());
        let says = "this is not a heading: it needs a plain space after the `#`";
        Some((range.start..range.start + line.len(), says, hint))
    }
}
