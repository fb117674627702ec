//! Splits a lesson's body into pieces that the theme lays out differently: prose, dialogues and drills.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::slice::Iter;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use rustc_hash::FxHashSet;

use super::fence::LIVE_BLOCKS;
use super::footnote::Notes;
use super::heading::{HeadingId, Ids, is_reserved};
use super::html::{TextContext, escape};
use super::origin::Origin;
use super::output::{DialogueLine, Heading, SkillTag};
use super::{Spanned, Writer, lesson_options, sections};
use crate::course::Lesson;
use crate::diag::Code;
use crate::diag::suggest::hint;
use crate::parse::lesson::unclosed;

/// A piece of a lesson's body.
#[derive(Debug)]
pub enum Piece {
    /// HTML.
    Prose(String),
    /// The lines of a conversation.
    Dialogue(Vec<DialogueLine>),
    /// The drill whose block starts at this byte of the file: a key of [`Lesson::drills`].
    Drill(usize),
}

/// A lesson's body.
#[derive(Debug, Default)]
pub struct LessonBody {
    /// In order.
    pub pieces: Vec<Piece>,
    /// Headings of level 2.
    pub contents: Vec<Heading>,
}

/// A fenced block that is not code.
#[derive(Clone, Copy)]
enum LiveBlock {
    Drill,
    Dialogue,
}

/// The events of a lesson up to the next live block.
struct Prose<'p, 'e> {
    events: &'p mut Iter<'e, Spanned<'e>>,
    depth: usize,
    ended_by: Option<(LiveBlock, &'e Range<usize>)>,
    /// Live blocks inside other blocks, which are not written.
    misplaced: Vec<&'e Range<usize>>,
}

impl Writer<'_> {
    /// Writes a lesson's body. `skills` returns the tags that lines of a dialogue can show; it is called only for a
    /// dialogue.
    pub fn lesson(&mut self, lesson: &Lesson, skills: &dyn Fn() -> Vec<SkillTag>) -> LessonBody {
        let origin = Origin::new(self.context.sources, &lesson.body);
        let events = self.parse(&origin, &lesson.body.markdown, lesson_options());
        let mut ids = Ids::of(&events);
        self.report_bad_ids(&origin, &ids);
        if let Some(parts) = &mut self.parts {
            *parts = sections::parts(&events, &ids);
        }
        ids.prefix(&self.prefix);
        let mut notes = Notes::of(&events, &self.prefix);
        let mut text_context = TextContext { origin: &origin, ids: &ids, notes: &mut notes };
        let mut body =
            LessonBody { contents: self.headings(&text_context, &events), ..LessonBody::default() };
        self.write_pieces(lesson, skills, &mut text_context, &events, &mut body);
        self.report_silent_portraits(lesson, &body);
        let footnotes = self.footnotes(&mut text_context);
        if !footnotes.is_empty() {
            body.pieces.push(Piece::Prose(footnotes));
        }
        for (name, range) in notes.unmentioned() {
            let message = format!("nothing mentions the footnote `{name}`, so it is not shown");
            let hint = format!("write `[^{name}]` where it belongs, or remove the note");
            self.warn(Code::Footnote, origin.span(range), message, hint);
        }
        for (name, range) in notes.repeated() {
            let message = format!("the footnote `{name}` is there already, so this one is not shown");
            let hint = "give it another name, here and where it is mentioned";
            self.warn(Code::Footnote, origin.span(range), message, hint);
        }
        body
    }

    fn write_pieces<'e>(
        &mut self,
        lesson: &Lesson,
        skills: &dyn Fn() -> Vec<SkillTag>,
        text_context: &mut TextContext<'_, 'e>,
        events: &'e [Spanned<'e>],
        body: &mut LessonBody,
    ) {
        let mut events = events.iter();
        loop {
            let mut prose = Prose::of(&mut events);
            let html = self.write_in(text_context, &mut prose);
            let (ended_by, misplaced) = (prose.ended_by, prose.misplaced);
            if !html.trim().is_empty() {
                body.pieces.push(Piece::Prose(html));
            }
            for range in misplaced {
                let message = "a drill or a dialogue cannot be inside a list or a quotation";
                let hint = "start its line at the left margin";
                self.report(Code::MisplacedBlock, text_context.origin.span(range), message, hint);
            }
            let Some((live, range)) = ended_by else { return };
            let (inside, before) = (take_code_text(&mut events), self.faults.len());
            body.pieces.push(match live {
                LiveBlock::Drill => Piece::Drill(lesson.body.span.start as usize + range.start),
                LiveBlock::Dialogue => Piece::Dialogue(self.dialogue(
                    text_context.origin,
                    inside,
                    range,
                    &skills(),
                    &lesson.portraits,
                )),
            });
            if unclosed(text_context.origin.slice(range)).is_some() {
                self.faults.truncate(before); // An unclosed block takes in text that is not part of the dialogue.
            }
        }
    }

    /// The headings of level 2.
    fn headings(&mut self, text_context: &TextContext<'_, '_>, events: &[Spanned<'_>]) -> Vec<Heading> {
        let mut headings = Vec::new();
        let mut events = events.iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => skip_note(&mut events),
                Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                    let Some(id) = text_context.ids.at(range) else { continue };
                    let words = events.as_slice().iter();
                    let words =
                        words.take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
                    let words = words.filter(|(event, _)| fits_in_link(event));
                    let html = self.write(text_context.origin, words).trim().to_owned();
                    headings.push(Heading { id: id.to_owned(), html });
                }
                _ => {}
            }
        }
        headings
    }

    fn footnotes(&mut self, text_context: &mut TextContext<'_, '_>) -> String {
        if !text_context.notes.are_mentioned() {
            return String::new();
        }
        let words = self.context.strings;
        let (title, back) = (words.get("lesson.footnotes"), words.get("lesson.footnote_back"));
        let (title, back, prefix) = (escape(&title), escape(&back), self.prefix.clone());
        // Landmarks on a page need different names, so where several texts share a page, their footnotes have none.
        let label = if prefix.is_empty() { format!(" aria-label=\"{title}\"") } else { String::new() };
        let mut html = format!("<section class=\"footnotes\"{label}>\n<ol>\n");
        let mut at = 0;
        while let Some(events) = text_context.notes.nth(at) {
            let text = self.write_in(text_context, events.iter());
            let text = text.trim_end();
            let (text, end) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            let back = text_context.notes.back_links(at, &back);
            at += 1;
            let _ = write!(html, "<li id=\"{prefix}footnote-{at}\">\n{text}{back}{end}\n</li>\n");
        }
        html + "</ol>\n</section>\n"
    }

    /// Reports portraits of speakers who say nothing. Not in a translation, where speakers may have other names.
    fn report_silent_portraits(&mut self, lesson: &Lesson, body: &LessonBody) {
        let dialogues = body.pieces.iter().filter_map(|piece| match piece {
            Piece::Dialogue(lines) => Some(lines),
            _ => None,
        });
        let speakers: BTreeSet<&str> = dialogues.flatten().map(|line| line.speaker.as_str()).collect();
        for (name, speaker) in lesson.portraits.iter().filter(|_| lesson.language.is_none()) {
            if !speakers.contains(name.as_str()) {
                let message = format!("nobody called `{name}` speaks in this lesson");
                self.report(Code::Dialogue, speaker.span, message, hint(name, speakers.iter().copied()));
            }
        }
    }

    /// Reports ids that two headings share, and ids of the author's that the page itself uses.
    fn report_bad_ids(&mut self, origin: &Origin<'_>, ids: &Ids) {
        let mut known = FxHashSet::default();
        for HeadingId { range, id, is_own } in ids.iter() {
            let message = if !known.insert(id) {
                format!("two headings have the id `{id}`")
            } else if *is_own && is_reserved(id) {
                format!("the page uses the id `{id}` for something else")
            } else {
                continue;
            };
            self.report(Code::BrokenAnchor, origin.token(range, id), message, "give the heading another id");
        }
    }
}

impl<'p, 'e> Prose<'p, 'e> {
    fn of(events: &'p mut Iter<'e, Spanned<'e>>) -> Self {
        Self { events, depth: 0, ended_by: None, misplaced: Vec::new() }
    }
}

impl<'e> Iterator for Prose<'_, 'e> {
    type Item = &'e Spanned<'e>;

    fn next(&mut self) -> Option<&'e Spanned<'e>> {
        loop {
            let next = self.events.next()?;
            let (event, range) = next;
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    skip_note(self.events);
                    continue;
                }
                // The end of a note that contains another: `skip_note` stopped at the end of the inner one.
                Event::End(TagEnd::FootnoteDefinition) => continue,
                Event::Start(_) => match live_block(event) {
                    Some(live) if self.depth == 0 => {
                        self.ended_by = Some((live, range));
                        return None;
                    }
                    Some(_) => {
                        take_code_text(self.events);
                        self.misplaced.push(range);
                        continue;
                    }
                    None => self.depth += 1,
                },
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            return Some(next);
        }
    }
}

/// Skips the definition of a footnote, which is shown at the end of the page.
fn skip_note(events: &mut Iter<'_, Spanned<'_>>) {
    events.find(|(event, _)| matches!(event, Event::End(TagEnd::FootnoteDefinition)));
}

/// The kind of live block that starts here.
fn live_block(event: &Event<'_>) -> Option<LiveBlock> {
    let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { return None };
    let at = LIVE_BLOCKS.iter().position(|name| info.split_whitespace().next() == Some(name))?;
    Some([LiveBlock::Drill, LiveBlock::Dialogue][at])
}

/// Takes the events of a fenced block, and returns the bytes of its text.
fn take_code_text(events: &mut Iter<'_, Spanned<'_>>) -> Option<Range<usize>> {
    let mut all: Option<Range<usize>> = None;
    for (event, range) in events {
        match event {
            Event::Text(_) => all = Some(all.map_or(range.start, |all| all.start)..range.end),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    all
}

/// Whether an event can be part of a heading in the table of contents, which is itself a link.
fn fits_in_link(event: &Event<'_>) -> bool {
    !matches!(
        event,
        Event::Start(Tag::Link { .. })
            | Event::End(TagEnd::Link)
            | Event::FootnoteReference(_)
            | Event::InlineHtml(_)
    )
}
