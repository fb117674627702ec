//! Events to HTML: pulldown-cmark writes what it writes safely, and here stands what must be otherwise. Tables get
//! classes for alignment, headings their ids, callouts their titles, links and pictures their checked URLs.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, LinkType, Tag, TagEnd, html};

use super::footnote::Notes;
use super::origin::{GUARD, Origin};
use super::{Spanned, Writer};
use crate::diag::Code;

/// What stands around the events that are written.
pub(super) struct Frame<'f, 't> {
    pub(super) origin: &'f Origin<'f>,
    /// The id of each heading, by the bytes of the heading.
    pub(super) ids: &'f [(Range<usize>, String)],
    pub(super) notes: &'f mut Notes<'t>,
}

/// The table that is being written.
#[derive(Default)]
struct Table {
    columns: Vec<Alignment>,
    column: usize,
    head: bool,
    /// How long the text was when the last cell was opened.
    opened: usize,
}

impl Writer<'_> {
    /// Writes a text without footnotes and without ids of headings.
    pub(super) fn write<'t>(&mut self, origin: &Origin<'_>, events: Vec<Spanned<'t>>) -> String {
        self.write_in(&mut Frame { origin, ids: &[], notes: &mut Notes::default() }, events)
    }

    /// Writes a text that was parsed behind the guard, without its paragraph.
    pub(super) fn write_inline<'t>(&mut self, origin: &Origin<'_>, events: Vec<Spanned<'t>>) -> String {
        let paragraph =
            |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        let events = events.into_iter().filter(|(event, _)| !paragraph(event)).collect();
        let html = self.write(origin, events);
        html.strip_prefix(GUARD).unwrap_or(&html).trim().to_owned()
    }

    /// Writes a text.
    pub(super) fn write_in<'t>(&mut self, frame: &mut Frame<'_, 't>, events: Vec<Spanned<'t>>) -> String {
        let mut out = Vec::with_capacity(events.len());
        let mut table = Table::default();
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::HtmlBlock) => self.html_block(frame.origin, &mut events, range),
                Event::InlineHtml(html) | Event::Html(html) => self.raw_html(frame.origin, &html, &range),
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let alt = alt(&mut events);
                    out.push(markup(self.image(frame.origin, &dest_url, &title, &alt, &range)));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    out.push(markup(self.link(frame.origin, link_type, &dest_url, &title, &range)));
                }
                Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                    if !attrs.is_empty() {
                        let says = "a heading takes an id and classes, and no other attribute";
                        self.fault(Code::RawHtml, frame.origin.span(&range), says);
                    }
                    out.push(markup(heading(&level.to_string(), frame.ids, &range, &classes.join(" "))));
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => out.push(markup(self.callout(kind))),
                Event::End(TagEnd::BlockQuote(Some(_))) => out.push(markup("</aside>\n".into())),
                Event::FootnoteReference(name) => out.push(markup(frame.notes.mention(&name))),
                Event::TaskListMarker(checked) => out.push(markup(task(checked).into())),
                event => table.write(event, &mut out),
            }
        }
        let mut text = String::new();
        html::push_html(&mut text, out.into_iter());
        text
    }

    fn link(
        &mut self,
        origin: &Origin<'_>,
        kind: LinkType,
        dest: &str,
        title: &str,
        range: &Range<usize>,
    ) -> String {
        let dest = if kind == LinkType::Email { format!("mailto:{dest}") } else { dest.to_owned() };
        let href = self.href(origin, &dest, origin.token(range, &dest));
        let rel = if href.external { r#" rel="noreferrer""# } else { "" };
        format!(r#"<a href="{}"{}{rel}>"#, escape(&href.url), title_attribute(title))
    }

    fn image(
        &mut self,
        origin: &Origin<'_>,
        dest: &str,
        title: &str,
        alt: &str,
        range: &Range<usize>,
    ) -> String {
        if alt.trim().is_empty() {
            self.missing_alt(origin.span(range));
        }
        let (url, size) = self.embedded(origin, dest, origin.token(range, dest));
        let size = size.map(|size| format!(r#" width="{}" height="{}""#, size.width, size.height));
        let (url, alt, title) = (escape(&url), escape(alt), title_attribute(title));
        format!(r#"<img src="{url}" alt="{alt}"{title}{} loading="lazy">"#, size.unwrap_or_default())
    }

    fn callout(&self, kind: BlockQuoteKind) -> String {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = escape(&self.shared.words.get(&format!("callout.{name}")));
        format!("<aside class=\"callout callout-{name}\">\n<p class=\"callout-title\">{title}</p>\n")
    }

    /// A comment is the author's own and goes; any other markup is refused.
    fn raw_html(&mut self, origin: &Origin<'_>, html: &str, range: &Range<usize>) {
        let html = html.trim();
        let comment = html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        if html.is_empty() || comment.is_some_and(|inside| !inside.contains("-->")) {
            return;
        }
        let hint = "write Markdown; for a `<` that is meant as text, write `\\<`";
        self.fault(Code::RawHtml, origin.span(range), "HTML is not allowed in a text").hint =
            Some(hint.into());
    }

    /// The lines of a block of HTML come one by one and are judged together.
    fn html_block<'t>(
        &mut self,
        origin: &Origin<'_>,
        events: &mut impl Iterator<Item = Spanned<'t>>,
        range: Range<usize>,
    ) {
        let mut html = String::new();
        for (event, _) in events {
            match event {
                Event::Html(line) | Event::Text(line) => html.push_str(&line),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        self.raw_html(origin, &html, &range);
    }
}

impl Table {
    /// Passes an event on, with cells aligned by class.
    fn write<'t>(&mut self, event: Event<'t>, out: &mut Vec<Event<'t>>) {
        match &event {
            Event::Start(Tag::Table(columns)) => {
                self.columns.clone_from(columns);
                out.push(markup("<div class=\"table\">\n".into()));
                out.push(event);
            }
            Event::End(TagEnd::Table) => out.extend([event, markup("</div>\n".into())]),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                (self.column, self.head) = (0, matches!(event, Event::Start(Tag::TableHead)));
                out.push(event);
            }
            Event::Start(Tag::TableCell) => {
                out.push(markup(self.cell()));
                (self.column, self.opened) = (self.column + 1, out.len());
            }
            // The corner above row headers names nothing: no header then.
            Event::End(TagEnd::TableCell) if self.head && self.opened == out.len() => {
                out.pop();
                out.push(markup("<td></td>".into()));
            }
            _ => out.push(event),
        }
    }

    fn cell(&self) -> String {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => r#" class="left""#,
            Some(Alignment::Center) => r#" class="center""#,
            Some(Alignment::Right) => r#" class="right""#,
            Some(Alignment::None) | None => "",
        };
        if self.head { format!(r#"<th scope="col"{class}>"#) } else { format!("<td{class}>") }
    }
}

/// The box of a task: a drawing beside its text, not a control.
fn task(checked: bool) -> &'static str {
    if checked {
        r#"<input type="checkbox" disabled checked aria-hidden="true"><span class="unseen">✓</span> "#
    } else {
        r#"<input type="checkbox" disabled aria-hidden="true"> "#
    }
}

fn heading(level: &str, ids: &[(Range<usize>, String)], range: &Range<usize>, classes: &str) -> String {
    let id = ids.iter().find(|(place, _)| place == range);
    let id = id.map(|(_, id)| format!(r#" id="{}""#, escape(id))).unwrap_or_default();
    let class = if classes.is_empty() { String::new() } else { format!(r#" class="{}""#, escape(classes)) };
    format!("<{level}{id}{class}>")
}

fn title_attribute(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(r#" title="{}""#, escape(title)) }
}

/// The words inside of an image, whose events it takes.
fn alt<'t>(events: &mut impl Iterator<Item = Spanned<'t>>) -> String {
    let (mut words, mut depth) = (String::new(), 1);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    words
}

fn markup<'t>(html: String) -> Event<'t> {
    Event::InlineHtml(html.into())
}

/// Text as it may stand in markup, also inside of an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            letter => safe.push(letter),
        }
    }
    safe
}
