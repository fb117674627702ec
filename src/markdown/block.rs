//! A lesson's body, cut into what the theme sets differently: prose, dialogues and drills.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::footnote::Notes;
use super::html::{Frame, escape};
use super::origin::Origin;
use super::{Spanned, Writer, events, heading, lesson_options, sections};
use crate::course::Lesson;
use crate::diag::Code;
use crate::render::page::{DialogueLine, Heading, SkillTag};

/// A piece of a lesson's body.
#[derive(Debug)]
pub enum Piece {
    /// HTML.
    Prose(String),
    /// A conversation on paper.
    Dialogue(Vec<DialogueLine>),
    /// The drill whose fenced block starts at this byte of the file: a key of [`Lesson::drills`].
    Drill(usize),
}

/// A lesson's body.
#[derive(Debug, Default)]
pub struct Body {
    /// In order.
    pub pieces: Vec<Piece>,
    /// Headings of level 2.
    pub contents: Vec<Heading>,
}

/// A fenced block that is more than code.
#[derive(Clone, Copy)]
enum Live {
    Drill,
    Dialogue,
}

impl Writer<'_> {
    /// Writes a lesson's body. `skills` are those that a line of a dialogue can show.
    pub fn lesson(&mut self, lesson: &Lesson, skills: &[SkillTag]) -> Body {
        let origin = Origin::new(self.shared.sources, &lesson.body);
        let events = events(&lesson.body.markdown, lesson_options());
        let ids = heading::ids(&events);
        self.twins(&origin, &ids);
        if let Some(parts) = &mut self.parts {
            *parts = sections::parts(&events, &ids);
        }
        let ids: Vec<_> =
            ids.into_iter().map(|(range, id)| (range, format!("{}{id}", self.prefix))).collect();
        let (mut notes, events) = Notes::take(events, &self.prefix);
        let mut frame = Frame { origin: &origin, ids: &ids, notes: &mut notes };
        let mut body = Body::default();
        self.pieces(lesson, skills, &mut frame, events, &mut body);
        let footnotes = self.footnotes(&mut frame);
        if !footnotes.is_empty() {
            body.pieces.push(Piece::Prose(footnotes));
        }
        for (name, range) in notes.forgotten() {
            let says = format!("nothing mentions the footnote `{name}`, so it is not shown");
            let fault = self.fault(Code::Footnote, origin.span(range), says);
            *fault = fault.clone().warning().hint(format!("write `[^{name}]` where it belongs"));
        }
        body
    }

    fn pieces<'t>(
        &mut self,
        lesson: &Lesson,
        skills: &[SkillTag],
        frame: &mut Frame<'_, 't>,
        events: Vec<Spanned<'t>>,
        body: &mut Body,
    ) {
        let (mut prose, mut depth) = (Vec::new(), 0_usize);
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            let live = live(&event);
            if let Some(live) = live {
                let inside = inside(&mut events);
                if depth > 0 {
                    let says = "a drill or a dialogue cannot stand inside of a list or a quotation";
                    let hint = "begin its line at the left margin";
                    self.fault(Code::MisplacedBlock, frame.origin.span(&range), says).hint =
                        Some(hint.into());
                    continue;
                }
                self.prose(frame, &mut prose, body);
                body.pieces.push(match live {
                    Live::Drill => Piece::Drill(lesson.body.span.start as usize + range.start),
                    Live::Dialogue => Piece::Dialogue(self.dialogue(frame.origin, inside, &range, skills)),
                });
                continue;
            }
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            prose.push((event, range));
        }
        self.prose(frame, &mut prose, body);
    }

    /// Writes the prose so far, and notes its headings.
    fn prose<'t>(&mut self, frame: &mut Frame<'_, 't>, prose: &mut Vec<Spanned<'t>>, body: &mut Body) {
        let events = std::mem::take(prose);
        body.contents.extend(self.contents(frame, &events));
        let html = self.write_in(frame, events);
        if !html.trim().is_empty() {
            body.pieces.push(Piece::Prose(html));
        }
    }

    fn contents<'t>(&mut self, frame: &Frame<'_, 't>, events: &[Spanned<'t>]) -> Vec<Heading> {
        let level =
            |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }));
        let mut found = Vec::new();
        for (at, (_, range)) in events.iter().enumerate().filter(|(_, (event, _))| level(event)) {
            let rest = events[at + 1..].iter();
            let words = rest.take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
            let words = words.filter(|(event, _)| fits_in_link(event)).cloned().collect();
            let Some((_, id)) = frame.ids.iter().find(|(place, _)| place == range) else { continue };
            found.push(Heading { id: id.clone(), html: self.write(frame.origin, words).trim().to_owned() });
        }
        found
    }

    fn footnotes(&mut self, frame: &mut Frame<'_, '_>) -> String {
        let (mut html, mut at) = (String::new(), 0);
        let (back, prefix) = (escape(&self.shared.words.get("lesson.footnote_back")), self.prefix.clone());
        while let Some(events) = frame.notes.nth(at) {
            let text = self.write_in(frame, events);
            let text = text.trim_end();
            let (text, end) = text.strip_suffix("</p>").map_or((text, ""), |text| (text, "</p>"));
            let back = frame.notes.back(at, &back);
            at += 1;
            html.push_str(&format!("<li id=\"{prefix}footnote-{at}\">\n{text}{back}{end}\n</li>\n"));
        }
        if html.is_empty() {
            return html;
        }
        // A landmark is named once on a page: among other texts the notes are none.
        let title = escape(&self.shared.words.get("lesson.footnotes"));
        let label = if prefix.is_empty() { format!(" aria-label=\"{title}\"") } else { String::new() };
        format!("<section class=\"footnotes\"{label}>\n<ol>\n{html}</ol>\n</section>\n")
    }

    /// Two headings with one id, which only authors' own ids can come to.
    fn twins(&mut self, origin: &Origin<'_>, ids: &[(Range<usize>, String)]) {
        let mut seen = BTreeSet::new();
        for (range, id) in ids {
            if !seen.insert(id) {
                let says = format!("two headings have the id `{id}`");
                self.fault(Code::BrokenAnchor, origin.token(range, id), says).hint =
                    Some("give one another id".into());
            }
        }
    }
}

/// Which live block begins here.
fn live(event: &Event<'_>) -> Option<Live> {
    let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { return None };
    match info.split_whitespace().next() {
        Some("drill") => Some(Live::Drill),
        Some("dialogue") => Some(Live::Dialogue),
        _ => None,
    }
}

/// The bytes of the text inside of a fenced block, whose events it takes.
fn inside<'t>(events: &mut impl Iterator<Item = Spanned<'t>>) -> Option<Range<usize>> {
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

/// A heading in the page's contents is itself a link.
fn fits_in_link(event: &Event<'_>) -> bool {
    !matches!(
        event,
        Event::Start(Tag::Link { .. })
            | Event::End(TagEnd::Link)
            | Event::FootnoteReference(_)
            | Event::InlineHtml(_)
    )
}
