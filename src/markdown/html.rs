//! Events to HTML. pulldown-cmark writes what it can write safely; this file replaces the other events with HTML: tables get
//! classes for alignment, headings their ids, callouts their titles, links and pictures their checked URLs. It replaces each
//! event when pulldown-cmark asks for it.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use super::footnote::Notes;
use super::heading::Ids;
use super::origin::{GUARD, Origin};
use super::{Spanned, Writer};
use crate::address::Purpose;
use crate::diag::{Code, Diagnostic};

/// The text whose events are written, with its headings and footnotes.
pub(super) struct TextContext<'f, 'e> {
    pub(super) origin: &'f Origin<'f>,
    pub(super) ids: &'f Ids,
    pub(super) notes: &'f mut Notes<'e>,
}

/// The events of a text for pulldown-cmark, in which those that it must not write itself are replaced with HTML.
struct HtmlEvents<'p, 'a, 'f, 'e, I> {
    writer: &'p mut Writer<'a>,
    text_context: &'p mut TextContext<'f, 'e>,
    events: I,
    table: Table<'e>,
    /// The second of two events that replace one.
    next_event: Option<Event<'e>>,
}

/// The table being written.
#[derive(Default)]
struct Table<'e> {
    columns: &'e [Alignment],
    column: usize,
    head: bool,
    /// Whether the first cell of each row is its header, because the top left corner is empty.
    names_rows: bool,
    /// Whether the open cell is a row header.
    row_header: bool,
}

impl Writer<'_> {
    /// Writes a text without footnotes and without ids of headings.
    pub(super) fn write<'e>(
        &mut self,
        origin: &Origin<'_>,
        events: impl Iterator<Item = &'e Spanned<'e>>,
    ) -> String {
        self.write_in(&mut TextContext { origin, ids: &Ids::default(), notes: &mut Notes::default() }, events)
    }

    /// Writes a text that was parsed behind the [`GUARD`], without the tags of its paragraph.
    pub(super) fn write_inline(&mut self, origin: &Origin<'_>, events: &[Spanned<'_>]) -> String {
        let paragraph =
            |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        let html = self.write(origin, events.iter().filter(|(event, _)| !paragraph(event)));
        html.strip_prefix(GUARD).unwrap_or(&html).trim().to_owned()
    }

    /// Writes a text.
    pub(super) fn write_in<'e>(
        &mut self,
        text_context: &mut TextContext<'_, 'e>,
        events: impl Iterator<Item = &'e Spanned<'e>>,
    ) -> String {
        let mut text = String::new();
        html::push_html(
            &mut text,
            HtmlEvents { writer: self, text_context, events, table: Table::default(), next_event: None },
        );
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
        let dest: Cow<'_, str> =
            if kind == LinkType::Email { format!("mailto:{dest}").into() } else { dest.into() };
        let href = self.href(origin, &dest, range);
        if href.url.is_empty() {
            return "<a>".to_owned(); // There is nothing to link to, so only the words stay.
        }
        let rel = match (href.external, self.context.purpose) {
            (false, _) => "",
            // The pages of a package are in a frame, and a frame may show nothing from other sites.
            (true, Purpose::Package { .. }) => r#" rel="noreferrer" target="_blank""#,
            (true, _) => r#" rel="noreferrer""#,
        };
        ["<a href=\"", &escape(&href.url), "\"", &title_attribute(title), rel, ">"].concat()
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
        let (url, size) = self.markdown_picture_url(origin, dest, origin.token(range, dest));
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
        let title = self.context.strings.get(&format!("callout.{name}"));
        let title = escape(&title);
        format!("<aside class=\"callout callout-{name}\">\n<p class=\"callout-title\">{title}</p>\n")
    }

    /// Ignores a comment, which is for the author, and reports any other HTML.
    fn raw_html(&mut self, origin: &Origin<'_>, html: &str, range: &Range<usize>) {
        let html = html.trim();
        let comment = html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        if html.is_empty() || comment.is_some_and(|inside| !inside.contains("-->")) {
            return;
        }
        if html.starts_with("<!--") && comment.is_none() && !html.contains("-->") {
            let message = "this comment is not closed, so everything after it is part of it";
            self.report(
                Code::RawHtml,
                origin.span(&(range.start..range.start + 4)),
                message,
                "write `-->` where it ends",
            );
            return;
        }
        // A closing tag right after a reported tag needs no report of its own.
        let is_reported = |last: &Diagnostic| last.code == Code::RawHtml && last.span.file == origin.file();
        if !html.starts_with("</") || !self.faults.last().is_some_and(is_reported) {
            let hint = replacement_hint(html);
            self.report(Code::RawHtml, origin.span(range), "HTML is not allowed in a text", hint);
        }
    }

    /// Takes the lines of an HTML block, and checks them as one text.
    fn html_block<'e>(
        &mut self,
        origin: &Origin<'_>,
        events: &mut impl Iterator<Item = &'e Spanned<'e>>,
        range: &Range<usize>,
    ) {
        let mut html = String::new();
        for (event, _) in events {
            match event {
                Event::Html(line) | Event::Text(line) => html.push_str(line),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        self.raw_html(origin, &html, range);
    }
}

impl<'e, I: Iterator<Item = &'e Spanned<'e>>> Iterator for HtmlEvents<'_, '_, '_, 'e, I> {
    type Item = Event<'e>;

    fn next(&mut self) -> Option<Event<'e>> {
        if self.next_event.is_some() {
            return self.next_event.take();
        }
        self.next_converted()
    }
}

impl<'e, I: Iterator<Item = &'e Spanned<'e>>> HtmlEvents<'_, '_, '_, 'e, I> {
    /// The next event, replaced with HTML where necessary.
    fn next_converted(&mut self) -> Option<Event<'e>> {
        loop {
            let (event, range) = self.events.next()?;
            let (writer, origin) = (&mut *self.writer, self.text_context.origin);
            let html: CowStr<'e> = match event {
                Event::Start(Tag::HtmlBlock) => {
                    writer.html_block(origin, &mut self.events, range);
                    continue;
                }
                Event::InlineHtml(html) | Event::Html(html) => {
                    writer.raw_html(origin, html, range);
                    continue;
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let alt = alt_text(&mut self.events);
                    writer.image(origin, dest_url, title, &alt, range).into()
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    writer.link(origin, *link_type, dest_url, title, range).into()
                }
                Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                    if !attrs.is_empty() {
                        let message = "a heading can have an id and classes, but no other attribute";
                        let hint = "take the others out of the braces: `## Words {#id .class}`";
                        writer.report(Code::RawHtml, origin.span(range), message, hint);
                    }
                    heading(*level, self.text_context.ids, range, classes).into()
                }
                Event::Start(Tag::BlockQuote(Some(kind))) => writer.callout(*kind).into(),
                Event::End(TagEnd::BlockQuote(Some(_))) => "</aside>\n".into(),
                Event::FootnoteReference(name) => self.text_context.notes.mention(name).into(),
                Event::TaskListMarker(checked) => task(*checked).into(),
                Event::Start(Tag::Table(columns)) => {
                    self.table = Table { columns, ..Table::default() };
                    self.next_event = Some(Event::Start(Tag::Table(Vec::new())));
                    // A wide table scrolls in its box, which must be reachable with the keyboard.
                    "<div class=\"table\" tabindex=\"0\">\n".into()
                }
                Event::End(TagEnd::Table) => {
                    self.next_event = Some(markup("</div>\n"));
                    return Some(Event::End(TagEnd::Table));
                }
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    let head = matches!(event, Event::Start(Tag::TableHead));
                    (self.table.column, self.table.head) = (0, head);
                    return Some(event.clone());
                }
                Event::Start(Tag::TableCell) => {
                    let cell = self.table.cell();
                    if self.table.head {
                        return self.header(cell);
                    }
                    cell.into()
                }
                Event::End(TagEnd::TableCell) if mem::take(&mut self.table.row_header) => "</th>".into(),
                Event::End(end) => return Some(Event::End(*end)),
                event => return Some(event.clone()),
            };
            return Some(Event::InlineHtml(html));
        }
    }

    /// The header cell that starts with `cell`. The empty corner above row headers is a plain cell.
    fn header(&mut self, cell: String) -> Option<Event<'e>> {
        let next = self.next_converted();
        if matches!(next, Some(Event::End(TagEnd::TableCell))) {
            self.table.names_rows |= self.table.column == 1;
            return Some(markup("<td></td>"));
        }
        self.next_event = next;
        Some(Event::InlineHtml(cell.into()))
    }
}

impl Table<'_> {
    /// The start tag of the next cell, with a class for its alignment.
    fn cell(&mut self) -> String {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => r#" class="left""#,
            Some(Alignment::Center) => r#" class="center""#,
            Some(Alignment::Right) => r#" class="right""#,
            _ => "",
        };
        self.row_header = !self.head && self.names_rows && self.column == 0;
        self.column += 1;
        match (self.head, self.row_header) {
            (true, _) => format!("<th scope=\"col\"{class}>"),
            (_, true) => format!("<th scope=\"row\"{class}>"),
            _ => format!("<td{class}>"),
        }
    }
}

/// The check box of a task, which cannot be changed.
fn task(checked: bool) -> &'static str {
    if checked {
        r#"<input type="checkbox" disabled checked aria-hidden="true"><span class="unseen">✓</span> "#
    } else {
        r#"<input type="checkbox" disabled aria-hidden="true"> "#
    }
}

fn heading(level: HeadingLevel, ids: &Ids, range: &Range<usize>, classes: &[CowStr<'_>]) -> String {
    let open = match level {
        HeadingLevel::H1 => "<h1",
        HeadingLevel::H2 => "<h2",
        HeadingLevel::H3 => "<h3",
        HeadingLevel::H4 => "<h4",
        HeadingLevel::H5 => "<h5",
        HeadingLevel::H6 => "<h6",
    };
    let id = ids.at(range).map(|id| [" id=\"", &escape(id), "\""].concat()).unwrap_or_default();
    let class = match classes {
        [] => String::new(),
        classes => [" class=\"", &escape(&classes.join(" ")), "\""].concat(),
    };
    [open, &id, &class, ">"].concat()
}

fn title_attribute(title: &str) -> String {
    if title.is_empty() { String::new() } else { [" title=\"", &escape(title), "\""].concat() }
}

/// Takes the events of an image, and returns its text.
fn alt_text<'e>(events: &mut impl Iterator<Item = &'e Spanned<'e>>) -> String {
    let (mut words, mut depth) = (String::new(), 1);
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    words
}

/// What to write instead of the tag at the start of `html`.
fn replacement_hint(html: &str) -> &'static str {
    let name = html.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "a" => "write `[...](...)`",
        "b" | "mark" | "strong" => "write `**...**`",
        "br" => "end the line with `\\`, or start a new paragraph",
        "code" | "kbd" | "samp" | "tt" => "write the words between backquotes: `` `...` ``",
        "del" | "s" | "strike" => "write `~~...~~`",
        "em" | "i" | "u" => "write `*...*`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "details" | "summary" => "write a heading, `## ...`",
        "hr" => "write `---` between two empty lines",
        "img" => "write `![...](...)`",
        "ul" | "ol" | "li" => "start each item with `- ` or `1. `",
        "sub" | "sup" => "write the character itself, such as ₂ or ²",
        "table" | "thead" | "tbody" | "tr" | "th" | "td" => {
            "write its head as `| a | b |`, below it `|---|---|`, and then its rows like the head"
        }
        "center" | "div" | "font" | "p" | "section" | "span" => "take the tag out, and leave its words",
        _ => "write Markdown; for a literal `<`, write `\\<`",
    }
}

fn markup<'e>(html: impl Into<CowStr<'e>>) -> Event<'e> {
    Event::InlineHtml(html.into())
}

/// Escapes text for markup and attribute values.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return text.into();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").into()
}
