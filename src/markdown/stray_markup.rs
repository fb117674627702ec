//! Stray markup: what an author meant as markup but Markdown reads as plain text, so that readers would see it as typed.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::bracket::Undefined;
use super::definition::{self, Definition};
use super::marks::{self, MarkContext, marks};
use super::misread::{cells, misread};
use super::origin::Origin;
use super::{Spanned, Writer};
use crate::diag::Code;
use crate::diag::suggest::nearest;

/// A text with its events, and what it defines.
pub(super) struct ParsedText<'t> {
    pub(super) text: &'t str,
    pub(super) events: Vec<Spanned<'t>>,
    /// The references that it does not define.
    pub(super) undefined: Vec<Undefined>,
    /// The definitions of link labels: `[label]: address`.
    pub(super) definitions: Vec<Definition>,
    /// Whether it is the body of a lesson, which can have footnotes and live blocks.
    pub(super) lesson: bool,
}

/// The names of callouts, as in `> [!NOTE]`.
pub(super) const CALLOUTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// How far the closing end of a mark is searched for, in bytes.
pub(super) const FAR: usize = 200;

/// Stray markup: its bytes in the parsed text, what is wrong, and the remedy.
pub(super) struct MarkupFault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

impl MarkupFault {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { range, message: message.into(), hint: hint.into() }
    }
}

impl Writer<'_> {
    /// Reports stray markup, and definitions of link labels without effect.
    pub(super) fn report_stray_markup(&mut self, origin: &Origin<'_>, parsed: &ParsedText<'_>) {
        for MarkupFault { range, message, hint } in definition::faults(parsed) {
            self.warn(Code::LinkDefinition, origin.span(&range), message, hint);
        }
        for undefined in &parsed.undefined {
            self.warn_each(origin, parsed.undefined_fault(undefined));
        }
        let (notes, without_colon) =
            (LazyCell::new(|| parsed.note_names()), LazyCell::new(|| parsed.notes_without_colon()));
        let mark_context = MarkContext { notes: parsed.lesson, body: origin.is_body() };
        let has_notes = parsed.text.contains("[^");
        let mut code = 0_usize;
        let (mut starts_line, mut in_item, mut columns) = (true, false, 0);
        let mut words: Option<Range<usize>> = None;
        for (event, range) in &parsed.events {
            match event {
                Event::Text(_) if code == 0 => {
                    if starts_line {
                        self.warn_each(origin, parsed.heading_fault(range));
                        self.warn_each(origin, parsed.fence_of_quotes(range.start).filter(|_| !in_item));
                        self.warn_each(origin, misread(parsed.text, range.start, in_item));
                    }
                    words = Some(words.map_or(range.start, |words| words.start)..range.end);
                    (starts_line, in_item) = (false, false);
                    continue;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    code += 1;
                    self.report_fence(origin, parsed, kind, range);
                }
                Event::End(TagEnd::CodeBlock) => code -= 1,
                Event::Code(words) if parsed.text[range.clone()].contains('\n') => {
                    self.warn_each(origin, parsed.fence_in_words(words, range));
                }
                Event::Start(Tag::Heading { .. }) => {
                    self.warn_each(origin, parsed.underline_fault(range));
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    self.warn_each(origin, marks::definition(parsed.text, range));
                }
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => {
                    let count = cells(&parsed.text[range.clone()]);
                    if count > columns {
                        let message = format!(
                            "this row has {count} cells, but the header of the table has {columns}: the rest is not shown"
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
                if has_notes && parsed.text[words.clone()].contains("[^") {
                    self.report_footnote_marks(origin, parsed, &words, (&notes[..], &*without_colon));
                }
                let faults = marks(&parsed.text[words.clone()], mark_context).into_iter();
                let shift = |range: Range<usize>| words.start + range.start..words.start + range.end;
                self.warn_each(
                    origin,
                    faults.map(|fault| MarkupFault { range: shift(fault.range), ..fault }),
                );
            }
        }
    }

    /// Reports each of these as stray markup.
    pub(super) fn warn_each(&mut self, origin: &Origin<'_>, faults: impl IntoIterator<Item = MarkupFault>) {
        for MarkupFault { range, message, hint } in faults {
            self.warn(Code::PrintedRaw, origin.span(&range), message, hint);
        }
    }

    /// Reports footnote marks in the bytes `words` for which there is no note.
    fn report_footnote_marks(
        &mut self,
        origin: &Origin<'_>,
        parsed: &ParsedText<'_>,
        words: &Range<usize>,
        (notes, without_colon): (&[&str], &BTreeSet<&str>),
    ) {
        let text = &parsed.text[words.clone()];
        for (at, _) in text.match_indices("[^") {
            let rest = &text[at + 2..];
            let ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']');
            let name = rest.find(ends).filter(|&end| end > 0 && rest[end..].starts_with(']'));
            let Some(name) = name.map(|end| &rest[..end]).filter(|_| !text[..at].ends_with('\\')) else {
                continue;
            };
            let range = words.start + at..words.start + at + name.len() + 3;
            if without_colon.contains(name) {
                let line = parsed.text[range.end..].lines().next().unwrap_or_default();
                if parsed.begins_line(range.start) && line.starts_with(' ') {
                    let message = "this is not a footnote: a colon is missing after the bracket";
                    let hint = format!("write `[^{name}]:{}`", line.trim_end());
                    self.warn(Code::Footnote, origin.span(&range), message, hint);
                }
                continue;
            }
            // Numbers and single letters are too similar to each other.
            let near = nearest(name, notes.iter().copied()).filter(|near| near.len() > 2);
            let hint = match (parsed.lesson, near) {
                (false, _) => "only lessons have footnotes; say it in the text".to_owned(),
                (true, Some(near)) => format!("did you mean `[^{near}]`?"),
                (true, None) => format!("write the note on a line of its own: `[^{name}]: ...`"),
            };
            self.warn(Code::Footnote, origin.span(&range), format!("there is no footnote `{name}`"), hint);
        }
    }
}

impl ParsedText<'_> {
    /// The names of the footnotes.
    fn note_names(&self) -> Vec<&str> {
        let names = self.events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::FootnoteDefinition(name)) => Some(&**name),
            _ => None,
        });
        names.collect()
    }

    /// The names of notes that lack the colon after the bracket, on a line of their own.
    fn notes_without_colon(&self) -> BTreeSet<&str> {
        if !self.lesson {
            return BTreeSet::new();
        }
        let notes: BTreeSet<&str> = self.note_names().into_iter().collect();
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

    /// The fault of a line of hyphens that turns a sentence, several lines or front matter into a heading.
    fn underline_fault(&self, range: &Range<usize>) -> Option<MarkupFault> {
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
            let hint = "move these keys there, and remove both lines `---`";
            return Some(MarkupFault::new(place, says, hint));
        }
        let says = "this line turns the words above it into a heading";
        let hint = "if you want a line across the page, put an empty line above it";
        (hyphens.starts_with("--") && is_prose).then(|| MarkupFault::new(place, says, hint))
    }

    /// The fault of a line, starting with the words at `range`, that was meant as a heading.
    fn heading_fault(&self, range: &Range<usize>) -> Option<MarkupFault> {
        let rest = &self.text[range.start..];
        if !rest.starts_with('#') {
            return None;
        }
        let line = rest.lines().next().unwrap_or_default();
        let whole = range.start..range.start + line.len();
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let words = line[level..].trim_start_matches(|c: char| c.is_whitespace() && !c.is_ascii());
        if level > 6 {
            let hint = format!("write `###### {}`, or fewer `#`", words.trim());
            return Some(MarkupFault::new(whole, "a heading has at most six `#`", hint));
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
        Some(MarkupFault::new(whole, says, hint))
    }
}
