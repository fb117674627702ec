//! Fences: blocks of code, drills and dialogues, and lines that were meant to start one.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::Writer;
use super::misread::{callout, pasted_head};
use super::origin::Origin;
use super::stray_markup::{MarkupFault, ParsedText};
use crate::diag::Code;
use crate::diag::suggest::nearest;
use crate::parse::lesson::unclosed;

/// The languages of blocks that GitHub draws, with what to use instead.
const DIAGRAM_BLOCKS: [(&[&str], &str); 2] = [
    (
        &["mermaid", "geojson", "topojson", "stl", "plantuml", "dot"],
        "show a picture of it: `![what it shows](path)`",
    ),
    (&["math", "latex"], "write it with characters such as × ÷ ² ≤ π, or show it as a picture"),
];

/// The names of fenced blocks that are not code.
pub(super) const LIVE_BLOCKS: [&str; 2] = ["drill", "dialogue"];

/// What word processors make of backticks, and what people type for them.
const QUOTES: [char; 11] = ['\'', '‘', '’', '‛', '´', '′', '"', '“', '”', '„', '`'];

impl Writer<'_> {
    /// Reports a fenced block that is not closed, that other programs draw, whose name is nearly that of a live block, or
    /// that only a lesson can contain.
    pub(super) fn report_fence(
        &mut self,
        origin: &Origin<'_>,
        parsed: &ParsedText<'_>,
        kind: &CodeBlockKind<'_>,
        range: &Range<usize>,
    ) {
        let CodeBlockKind::Fenced(info) = kind else {
            let fault = parsed.indented_fence(range).or_else(|| pasted_head(parsed.text, range));
            return self.warn_each(origin, fault);
        };
        let line =
            range.start..range.start + parsed.text[range.clone()].lines().next().unwrap_or_default().len();
        if let Some((message, hint)) = unclosed(&parsed.text[range.clone()]) {
            // That of a drill is reported where its YAML is read.
            if !parsed.lesson || info.split_whitespace().next() != Some("drill") {
                self.warn(Code::PrintedRaw, origin.span(&line), message, hint);
            }
            return;
        }
        let Some(name) = info.split_whitespace().next() else { return };
        let name = info.split_whitespace().find(|word| LIVE_BLOCKS.contains(word)).unwrap_or(name);
        if let Some(&(_, instead)) = DIAGRAM_BLOCKS.iter().find(|(kind, _)| kind.contains(&name)) {
            let message = format!("{name} is not drawn here: this is shown as code");
            self.warn(Code::PrintedRaw, origin.span(&line), message, instead);
        } else if let Some(near) = in_braces(name) {
            let message = format!("`{info}` is not a kind of block, so this is shown as code");
            let hint = format!("did you mean ` ```{near} `?");
            self.warn(Code::PrintedRaw, origin.span(&line), message, hint);
        } else if name.starts_with('{') {
            let message = "this is not a callout, so it is shown as code";
            self.warn(Code::PrintedRaw, origin.span(&line), message, callout(name));
        } else if !LIVE_BLOCKS.contains(&name) || !info.starts_with(name) {
            if let Some(near) = nearest(name, LIVE_BLOCKS) {
                let message = format!("`{info}` is not a kind of block, so this is shown as code");
                self.warn(
                    Code::PrintedRaw,
                    origin.span(&line),
                    message,
                    format!("did you mean ` ```{near} `?"),
                );
            }
        } else if !parsed.lesson {
            let message = format!("only a lesson can contain a {name}, so this is shown as code");
            let hint = "move it to a file in `content/lessons`";
            self.warn(Code::MisplacedBlock, origin.span(&line), message, hint);
        }
    }
}

impl ParsedText<'_> {
    /// The fault of a line that starts a block with quotation marks in place of backticks.
    pub(super) fn fence_of_quotes(&self, at: usize) -> Option<MarkupFault> {
        let rest = &self.text[at..];
        if !rest.starts_with(QUOTES) {
            return None;
        }
        let mut lines = rest.lines();
        let line = lines.next()?.trim_end();
        let name = line.trim_start_matches(QUOTES);
        let marks = &line[..line.len() - name.len()];
        let info = name.trim_start();
        let count = marks.chars().count();
        if count < 2 {
            return None;
        }
        let live = nearest(info.trim_matches(['{', '}']), LIVE_BLOCKS).filter(|_| self.lesson);
        let is_name = count > 2 && !info.is_empty() && info.chars().all(char::is_alphanumeric);
        if live.is_none() && !is_name {
            return None;
        }
        let is_end = |line: &str| line.chars().count() > 2 && line.trim_matches(QUOTES).is_empty();
        let end = lines.map(str::trim).find(|line| is_end(line));
        if live.is_none() && end.is_none() {
            return None;
        }
        let place = match end {
            Some(end) => format!("in place of `{end}`"),
            None => "on a line of its own where it ends".to_owned(),
        };
        let hint = format!("write ` ```{} ` here, and ` ``` ` {place}", live.unwrap_or(info));
        let says = "a block starts and ends with three backticks, so this is shown as text";
        Some(MarkupFault::new(at..at + line.len(), says, hint))
    }

    /// The fault of code within words, over several lines, that was meant as a live block.
    pub(super) fn fence_in_words(&self, words: &str, range: &Range<usize>) -> Option<MarkupFault> {
        let first = words.split_whitespace().next()?;
        let name = nearest(first.trim_start_matches('`'), LIVE_BLOCKS).filter(|_| self.lesson)?;
        let typed = &self.text[range.clone()];
        if typed.starts_with("```") {
            return Some(indented(range.start..range.start + 3 + first.len(), name));
        }
        let says = "a block starts and ends with three backticks, so this is shown as code";
        let hint = format!("write ` ```{name} `, and ` ``` ` on a line of its own below it");
        Some(MarkupFault::new(range.start..range.start + first.len(), says, hint))
    }

    /// The fault of a live block whose fence is indented so far that all of it is code.
    fn indented_fence(&self, range: &Range<usize>) -> Option<MarkupFault> {
        let typed = &self.text[range.clone()];
        let line = typed.trim_start().lines().next()?.trim_end();
        let at = range.start + typed.len() - typed.trim_start().len();
        let info = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~"))?;
        let name =
            nearest(info.trim_start_matches(['`', '~']).trim(), LIVE_BLOCKS).filter(|_| self.lesson)?;
        Some(indented(at..at + line.len(), name))
    }
}

fn indented(range: Range<usize>, name: &str) -> MarkupFault {
    let says = "this line is indented too far to start a block, so this is shown as code";
    let hint = format!(
        "remove the spaces before ` ```{name} `, and as many before each line of the block, down to ` ``` `"
    );
    MarkupFault::new(range, says, hint)
}

/// The live block whose name is in braces, as in ` ```{drill} `.
fn in_braces(name: &str) -> Option<&'static str> {
    let inside = name.strip_prefix('{')?.trim_matches(|c: char| !c.is_alphabetic());
    nearest(inside, LIVE_BLOCKS)
}
