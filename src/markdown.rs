//! Markdown to HTML, for lessons and for the prose of stories. Apart from templates, only this module makes markup.
//!
//! A [`Writer`] writes the texts of one page. It resolves links and pictures to URLs relative to the page, records the
//! assets that the page uses, and collects faults as diagnostics with their places in the source file. Its output is safe:
//! it refuses raw HTML, and contains no `style` attribute and no script.

mod autolink;
mod block;
mod bracket;
mod definition;
mod dialogue;
mod fence;
mod footnote;
mod heading;
mod html;
mod link;
mod links;
mod marks;
mod misread;
mod origin;
mod outline;
mod output;
pub mod plain;
mod sections;
mod stray_markup;
mod turn_marks;
mod voice;

pub use block::{LessonBody, Piece};
pub use html::escape;
pub use link::picture_path;
pub use links::Links;
pub use outline::outline;
pub use output::{DialogueLine, Heading, Image, SkillTag, StoryLine};
pub use sections::{LessonPart, sections};
pub use voice::Voice;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag};

use crate::address::Purpose;
use crate::asset::Assets;
use crate::course::{Picture, Text};
use crate::diag::{Code, Diagnostic};
use crate::parse::lesson::markdown_options as lesson_options;
use crate::path::slashed;
use crate::source::{SourceMap, Span};
use crate::theme::Strings;
use bracket::Undefined;
use origin::Origin;
use stray_markup::ParsedText;

/// An event, and the bytes of the text that it represents.
type Spanned<'t> = (Event<'t>, Range<usize>);

/// What the writers of all pages in one language share.
#[derive(Debug)]
pub struct WriterContext<'a> {
    /// The text of every file.
    pub sources: &'a SourceMap,
    /// The possible targets of links.
    pub links: &'a Links,
    /// The pictures and files that pages can use.
    pub assets: &'a Assets,
    /// What the pages are made for: in a published site, the names of pictures have fingerprints.
    pub purpose: Purpose,
    /// The theme's words.
    pub strings: &'a Strings,
}

/// Writes the Markdown of one page.
#[derive(Debug)]
pub struct Writer<'a> {
    context: &'a WriterContext<'a>,
    /// The page's folder in the site: empty, or ending in a slash.
    folder: String,
    /// Whether the page is a draft, which may link to other drafts.
    draft: bool,
    /// The prefix of all ids of headings and footnotes, if several texts share a page.
    prefix: String,
    assets: BTreeMap<String, String>,
    external: Vec<ExternalLink>,
    faults: Vec<Diagnostic>,
    /// The lesson's text by headings; `None` unless the search index needs it.
    parts: Option<Vec<LessonPart>>,
}

/// What was found while the texts of pages were written.
#[derive(Debug, Default)]
pub struct PageFindings {
    /// Faults, unsorted: links, pictures, dialogues, raw HTML.
    pub diagnostics: Vec<Diagnostic>,
    /// The assets that pages use: from the path in the built site to the path of the source.
    pub assets: BTreeMap<String, String>,
    /// The links out of the course.
    pub external: Vec<ExternalLink>,
    /// The lesson's text by headings, if the search index needs it.
    pub parts: Vec<LessonPart>,
}

/// A link out of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalLink {
    /// The URL as written.
    pub url: String,
    /// Its place.
    pub span: Span,
}

impl PageFindings {
    /// Adds what was found on other pages.
    pub fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.assets.extend(other.assets);
        self.external.extend(other.external);
        self.parts.extend(other.parts);
    }
}

impl<'a> Writer<'a> {
    /// A writer for the page in `folder` (`lessons/listen/`; empty for the root). Only a draft may link to drafts.
    pub fn new(context: &'a WriterContext<'a>, folder: &str, draft: bool) -> Self {
        let (folder, prefix) = (folder.to_owned(), String::new());
        Self {
            context,
            folder,
            draft,
            prefix,
            assets: BTreeMap::new(),
            external: Vec::new(),
            faults: Vec::new(),
            parts: None,
        }
    }

    /// The same, but also collects a lesson's text by headings, for the search index.
    #[must_use]
    pub fn collecting_parts(self) -> Self {
        Self { parts: Some(Vec::new()), ..self }
    }

    /// Sets the prefix of every id from here on, and of links to them.
    pub fn set_prefix(&mut self, prefix: String) {
        self.prefix = prefix;
    }

    /// The page's folder.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The prefix of every id.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Ends the page, and returns what was found on it.
    pub fn finish(self) -> PageFindings {
        let parts = self.parts.unwrap_or_default();
        PageFindings { diagnostics: self.faults, assets: self.assets, external: self.external, parts }
    }

    /// The theme's words, in the language of the page.
    pub fn strings(&self) -> &'a Strings {
        self.context.strings
    }

    /// A text as block HTML.
    pub fn html(&mut self, text: &Text) -> String {
        let origin = Origin::new(self.context.sources, text);
        let events = self.parse(&origin, &text.markdown, prose_options());
        self.write(&origin, events.iter())
    }

    /// A text as one line of HTML without block elements. It goes into a control, so links and pictures in it are faults.
    pub fn inline(&mut self, text: &Text) -> String {
        let origin = Origin::new(self.context.sources, text).inline(0);
        let line = one_line(&text.markdown);
        // Without autolinks: a control cannot contain a link, so an address in a choice stays plain text.
        let parsed = parse_text(&line, prose_options());
        self.report_stray_markup(&origin, &parsed);
        let events = parsed.events;
        for (event, range) in &events {
            if matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. })) {
                let message = "a choice cannot contain a link or a picture";
                self.report(Code::BrokenLink, origin.span(range), message, "write the words alone");
            }
        }
        self.write_inline(&origin, &events)
    }

    /// A picture of a story, whose path is relative to the content folder.
    pub fn picture(&mut self, picture: &Picture, span: Span) -> Image {
        let own = slashed(self.context.sources.path(span.file));
        let (url, size) = self.picture_url(&own, &format!("content/{}", picture.path), span);
        if picture.alt.trim().is_empty() {
            self.missing_alt(span);
        }
        let (width, height) = size.map(|size| (size.width, size.height)).unzip();
        Image { url, alt: picture.alt.clone(), width, height }
    }

    /// Parses a text to events, and reports what the author meant as markup but Markdown reads as plain text.
    fn parse<'t>(&mut self, origin: &Origin<'_>, text: &'t str, options: Options) -> Vec<Spanned<'t>> {
        let parsed = parse_text(text, options);
        self.report_stray_markup(origin, &parsed);
        autolink::linked(text, parsed.events.into_iter())
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Diagnostic::error(code, span, message).hint(hint));
    }

    fn warn(&mut self, code: Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Diagnostic::error(code, span, message).warning().hint(hint));
    }

    fn missing_alt(&mut self, span: Span) {
        let hint = "say in a few words what it shows, for people who cannot see it: `![a torn box](box.jpg)`";
        self.report(Code::MissingAlt, span, "this picture has no text", hint);
    }
}

/// The Markdown of stories and home pages, which have no footnotes.
fn prose_options() -> Options {
    lesson_options() - Options::ENABLE_FOOTNOTES
}

fn parse_events(text: &str, options: Options) -> Vec<Spanned<'_>> {
    autolink::linked(text, Parser::new_ext(text, options).into_offset_iter())
}

/// Parses a text, and keeps the references that it does not define.
fn parse_text(text: &str, options: Options) -> ParsedText<'_> {
    let mut undefined = Vec::new();
    let note = |link: BrokenLink<'_>| {
        undefined.push(Undefined {
            range: link.span,
            kind: link.link_type,
            label: link.reference.to_string(),
        });
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(note));
    let definitions = definition::definitions(parser.reference_definitions());
    let events = parser.into_offset_iter().collect();
    ParsedText { text, events, undefined, definitions, lesson: options.contains(Options::ENABLE_FOOTNOTES) }
}

/// Joins the lines of a text, and puts the guard before them so that Markdown does not read a block there: "3. And then" is
/// not a list. `write_inline` drops the guard again.
fn one_line(text: &str) -> String {
    format!("{}{}", origin::GUARD, text.trim_end().replace('\n', " "))
}
