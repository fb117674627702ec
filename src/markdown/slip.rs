//! What an author wrote as markup and Markdown reads as words, which readers would see as it is.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::definition::{self, Definition};
use super::heading::slug;
use super::marks::{self, CONTENTS, Place, marks};
use super::meant::{callout, cells, meant};
use super::origin::Origin;
use super::{Spanned, Writer};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic};
use crate::parse::lesson::unclosed;

/// A reference in brackets that the text does not define.
pub(super) struct Undefined {
    pub(super) range: Range<usize>,
    pub(super) kind: LinkType,
    pub(super) label: String,
}

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
    (&["math", "latex"], "write it with the signs themselves, such as × ÷ ² ≤ π, or as a picture"),
];

/// The names of blocks that are more than code.
pub(super) const LIVE: [&str; 2] = ["drill", "dialogue"];

impl Writer<'_> {
    /// Reports what readers would see as it is.
    pub(super) fn slips(&mut self, origin: &Origin<'_>, read: &Read<'_>) {
        for (range, message, hint) in definition::lost(read) {
            self.slip(Code::LinkDefinition, origin, &range, message, hint);
        }
        for undefined in &read.undefined {
            if let Some((range, message, hint)) = read.undefined(undefined) {
                self.slip(Code::PrintedRaw, origin, &range, message, hint);
            }
        }
        let unmarked = read.unmarked_notes();
        let (notes, place) = (read.notes(), Place { notes: read.lesson, body: origin.is_body() });
        let mut code = 0_usize;
        let (mut starts_line, mut in_item, mut columns) = (true, false, 0);
        let mut words: Option<Range<usize>> = None;
        for (event, range) in &read.events {
            match event {
                Event::Text(_) if code == 0 => {
                    if starts_line && let Some((range, message, hint)) = read.heading(range) {
                        self.slip(Code::PrintedRaw, origin, &range, message.to_owned(), hint);
                    }
                    if starts_line
                        && let Some((range, message, hint)) = meant(read.text, range.start, in_item)
                    {
                        self.slip(Code::PrintedRaw, origin, &range, message.to_owned(), hint);
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
                            "a block begins and ends with three backticks, so this is shown as code"
                                .to_owned();
                        let hint = format!("write ` ```{name} `, and ` ``` ` on a line of its own below it");
                        self.slip(
                            Code::PrintedRaw,
                            origin,
                            &(range.start..range.start + first.len()),
                            message,
                            hint,
                        );
                    }
                }
                Event::Start(Tag::Heading { .. }) => {
                    if let Some((range, message, hint)) = read.underlined(range) {
                        self.slip(Code::PrintedRaw, origin, &range, message.to_owned(), hint.to_owned());
                    }
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    if let Some((range, message, hint)) = marks::definition(read.text, range) {
                        self.slip(Code::PrintedRaw, origin, &range, message.to_owned(), hint);
                    }
                }
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                Event::Start(Tag::TableRow) => {
                    let found = cells(&read.text[range.clone()]);
                    if found > columns {
                        let message = format!(
                            "this row has {found} cells, and the head of the table {columns}: the rest is not shown"
                        );
                        let hint = r"give the head as many, or write `\|` for a bar that is part of the text"
                            .to_owned();
                        self.slip(Code::PrintedRaw, origin, range, message, hint);
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
                self.footnote_marks(origin, read, &words, (&notes, &unmarked));
                for (range, message, hint) in marks(&read.text[words.clone()], place) {
                    let range = words.start + range.start..words.start + range.end;
                    self.slip(Code::PrintedRaw, origin, &range, message.to_owned(), hint);
                }
            }
        }
    }

    fn slip(&mut self, code: Code, origin: &Origin<'_>, range: &Range<usize>, message: String, hint: String) {
        self.faults.push(Diagnostic::error(code, origin.span(range), message).warning().hint(hint));
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
                self.slip(Code::PrintedRaw, origin, &line, message.to_owned(), hint);
            }
            return;
        }
        let Some(name) = info.split_whitespace().next() else { return };
        let name = info.split_whitespace().find(|word| LIVE.contains(word)).unwrap_or(name);
        if let Some(&(_, instead)) = DRAWN.iter().find(|(kind, _)| kind.contains(&name)) {
            let message = format!("no {name} is drawn here: this is shown as code, to the last word");
            self.slip(Code::PrintedRaw, origin, &line, message, instead.to_owned());
        } else if name.starts_with('{') {
            let message = "this is no callout, so it is shown as code".to_owned();
            self.slip(Code::PrintedRaw, origin, &line, message, callout(name));
        } else if !LIVE.contains(&name) || !info.starts_with(name) {
            if let Some(near) = nearest(name, LIVE) {
                let message =
                    format!("`{info}` is no kind of block, so this is shown as code, to the last word");
                self.slip(Code::PrintedRaw, origin, &line, message, format!("did you mean ` ```{near} `?"));
            }
        } else if !read.lesson {
            let message = format!("a {name} can stand in a lesson only, so this is shown as code");
            let hint = "move it into a file of `content/lessons`".to_owned();
            self.slip(Code::MisplacedBlock, origin, &line, message, hint);
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
                    let message = "this is not a footnote: a colon is missing after the bracket".to_owned();
                    let hint = format!("write `[^{name}]:{}`", line.trim_end());
                    self.slip(Code::Footnote, origin, &range, message, hint);
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
            self.slip(Code::Footnote, origin, &range, format!("there is no footnote `{name}`"), hint);
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

    /// What a reference in brackets was meant as, unless it is just words in brackets: its place, what is wrong, and the
    /// remedy.
    fn undefined(&self, undefined: &Undefined) -> Option<(Range<usize>, String, String)> {
        let Undefined { range, kind, label } = undefined;
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        // A line can be as long as a text.
        let after = &after[..after.floor_char_boundary(FAR)];
        if matches!(kind, LinkType::Reference | LinkType::Collapsed) {
            let message =
                format!("nothing in this text says where `[{label}]` leads, so the brackets are shown");
            let hint = match nearest(label, self.definitions.iter().map(|each| &*each.label)) {
                Some(near) => format!("did you mean `[{near}]`?"),
                None => "write the address itself: `[words](address)`".to_owned(),
            };
            return Some((range.clone(), message, hint));
        }
        if let Some(name) = label.strip_prefix('!')
            && before.trim_end_matches([' ', '\t']).ends_with('>')
        {
            let upper = name.to_uppercase();
            if CALLOUTS.contains(&upper.as_str()) {
                let message = format!("`[!{name}]` begins a callout only where it is alone on its line");
                return Some((
                    range.clone(),
                    message,
                    "write the words on the next line, after `> `".to_owned(),
                ));
            }
            let hint = match nearest(&upper, CALLOUTS) {
                Some(near) => format!("did you mean `[!{near}]`?"),
                None => {
                    "it can be `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`".to_owned()
                }
            };
            return Some((range.clone(), format!("there is no callout `[!{name}]`"), hint));
        }
        let own = &self.text[range.clone()];
        let is_double = before.ends_with('[') && after.starts_with(']');
        if label.trim_matches('_').eq_ignore_ascii_case("toc") {
            let more = usize::from(is_double);
            return Some((
                range.start - more..range.end + more,
                CONTENTS.0.to_owned(),
                CONTENTS.1.to_owned(),
            ));
        }
        if let Some(name) = before.strip_suffix("![").filter(|_| is_double).map(|_| label) {
            let name = name.split('|').next().unwrap_or(name);
            let range = range.start - 2..range.end + 1;
            let hint = format!("write `![what it shows]({name})`, with the path from this file");
            return Some((range, "this shows no picture".to_owned(), hint));
        }
        if is_double {
            let words = label.rsplit('|').next().unwrap_or(label);
            let message =
                "this is no link: a link is words in brackets, then a path in parentheses".to_owned();
            return Some((
                range.start - 1..range.end + 1,
                message,
                format!("write `[{words}](...)` with the path of the file"),
            ));
        }
        if before.trim_end_matches([' ', '\t']).ends_with('>') && CALLOUTS.contains(&label.as_str()) {
            return Some((
                range.clone(),
                "this is no callout".to_owned(),
                format!("write `[!{label}]`, alone on its line"),
            ));
        }
        if let Some(target) = after.strip_prefix('(').and_then(|rest| rest.lines().next())
            && !target.contains(')')
            && let Some(target) = target.split_whitespace().next().filter(|target| is_target(target))
        {
            let message = "this is no link: nothing closes the parenthesis".to_owned();
            return Some((
                range.start..range.end + 1 + target.len(),
                message,
                format!("write `{own}({target})`"),
            ));
        }
        if let Some((target, _)) =
            after.strip_prefix('(').and_then(|rest| rest.lines().next()?.split_once(')'))
            && target.contains(' ')
            && target.split(' ').next().is_some_and(|first| is_target(first) || is_file(first))
        {
            let range = range.start..range.end + target.len() + 2;
            // As other programs take it, with the size of a picture.
            let (path, size) = target.rsplit_once(" =").unwrap_or((target, ""));
            let to = match path.strip_prefix('#') {
                _ if !size.is_empty() && !path.contains(' ') => path.to_owned(),
                Some(heading) => format!("#{}", slug(heading)),
                None => format!("<{path}>"),
            };
            let message = "this is no link: its address has a space in it".to_owned();
            return Some((range, message, format!("write `{own}({to})`")));
        }
        let parted = after.trim_start_matches([' ', '\t']);
        if parted.len() < after.len()
            && let Some(rest) = parted.strip_prefix('(').and_then(|rest| rest.split_whitespace().next())
            && let Some((target, _)) = rest.split_once(')')
            && is_target(target)
        {
            let range = range.start..range.end + after.len() - parted.len() + target.len() + 2;
            let message = "this is no link: nothing can stand between `]` and `(`".to_owned();
            return Some((range, message, format!("write `{own}({target})`")));
        }
        if is_target(label)
            && let Some(words) = before.strip_suffix(')').and_then(bracketed)
        {
            let range = range.start - words.len() - 2..range.end;
            let message =
                "this is no link: the words stand in brackets, and the address in parentheses".to_owned();
            return Some((range, message, format!("write `[{words}]({label})`")));
        }
        None
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
            let says = "front matter belongs only at the beginning of the file; here it becomes a heading";
            return Some((place, says, "move these keys there, and remove both lines `---`"));
        }
        let says = "this line makes a heading of the words above it";
        (hyphens.starts_with("--") && is_prose).then_some((
            place,
            says,
            "put an empty line above it, for a line across the page",
        ))
    }

    /// What is wrong if the words at `range`, which start a line, were meant as a heading, with its place and the remedy.
    fn heading(&self, range: &Range<usize>) -> Option<(Range<usize>, &'static str, String)> {
        let line = self.text[range.start..].lines().next().unwrap_or_default();
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let words = line[level..].trim_start_matches(|c: char| c.is_whitespace() && !c.is_ascii());
        if level > 6 {
            let hint = format!("write `###### {}`, or fewer signs", words.trim());
            return Some((
                range.start..range.start + line.len(),
                "a heading has at most six `#` signs",
                hint,
            ));
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
        let says = "this is no heading: it needs a plain space after the `#` signs";
        Some((range.start..range.start + line.len(), says, hint))
    }
}

/// The words after the last `(` of a line.
fn bracketed(before: &str) -> Option<&str> {
    let near = before.char_indices().rev().take(FAR).take_while(|(_, c)| *c != '\n');
    let open = near.into_iter().find(|(_, c)| *c == '(')?.0;
    before.get(open + 1..)
}

/// Whether a word is the name of a file: `form.pdf`.
fn is_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, kind)| !name.is_empty() && (2..=4).contains(&kind.len()))
}

/// Whether words in parentheses are an address rather than a remark.
fn is_target(words: &str) -> bool {
    !words.is_empty()
        && !words.contains(char::is_whitespace)
        && (words.contains("://")
            || words.starts_with(['#', '.'])
            || words.contains('/')
            || words.contains(".md"))
}
