//! References in brackets that nothing defines: links, pictures and callouts in the syntax of other programs, or misspelled.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::heading::slug;
use super::marks::CONTENTS;
use super::stray_markup::{CALLOUTS, FAR, MarkupFault, ParsedText};
use crate::diag::suggest::nearest;

/// A reference in brackets that the text does not define.
pub(super) struct Undefined {
    pub(super) range: Range<usize>,
    pub(super) kind: LinkType,
    pub(super) label: String,
}

fn fault(range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Option<MarkupFault> {
    Some(MarkupFault::new(range, message, hint))
}

impl ParsedText<'_> {
    /// The fault of a reference that nothing defines; `None` if it is just words in brackets.
    pub(super) fn undefined_fault(&self, undefined: &Undefined) -> Option<MarkupFault> {
        let Undefined { range, kind, label } = undefined;
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        // A text may be one long line.
        let after = &after[..after.floor_char_boundary(FAR)];
        if matches!(kind, LinkType::Reference | LinkType::Collapsed) {
            let message = format!("nothing in this text defines `[{label}]`, so the brackets are shown");
            let hint = match nearest(label, self.definitions.iter().map(|each| &*each.label)) {
                Some(near) => format!("did you mean `[{near}]`?"),
                None => "write the address itself: `[words](address)`".to_owned(),
            };
            return fault(range.clone(), message, hint);
        }
        if let Some(name) = label.strip_prefix('!')
            && before.trim_end_matches([' ', '\t']).ends_with('>')
        {
            let upper = name.to_uppercase();
            if CALLOUTS.contains(&upper.as_str()) {
                let message = format!("`[!{name}]` starts a callout only if it is alone on its line");
                return fault(range.clone(), message, "write the words on the next line, after `> `");
            }
            let hint = match nearest(&upper, CALLOUTS) {
                Some(near) => format!("did you mean `[!{near}]`?"),
                None => {
                    "it can be `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`".to_owned()
                }
            };
            return fault(range.clone(), format!("there is no callout `[!{name}]`"), hint);
        }
        let reference = &self.text[range.clone()];
        let is_double = before.ends_with('[') && after.starts_with(']');
        if label.trim_matches('_').eq_ignore_ascii_case("toc") {
            let more = usize::from(is_double);
            return fault(range.start - more..range.end + more, CONTENTS.0, CONTENTS.1);
        }
        if let Some(name) = before.strip_suffix("![").filter(|_| is_double).map(|_| label) {
            let name = name.split('|').next().unwrap_or(name);
            let range = range.start - 2..range.end + 1;
            let hint = format!("write `![what it shows]({name})`, with the path from this file");
            return fault(range, "this does not show a picture", hint);
        }
        if is_double {
            let words = label.rsplit('|').next().unwrap_or(label);
            let message = "this is not a link: a link is words in brackets, then a path in parentheses";
            let hint = format!("write `[{words}](...)` with the path of the file");
            return fault(range.start - 1..range.end + 1, message, hint);
        }
        if before.trim_end_matches([' ', '\t']).ends_with('>') && CALLOUTS.contains(&label.as_str()) {
            let hint = format!("write `[!{label}]`, alone on its line");
            return fault(range.clone(), "this is not a callout", hint);
        }
        if let Some(target) = after.strip_prefix('(').and_then(|rest| rest.lines().next())
            && !target.contains(')')
            && let Some(target) = target.split_whitespace().next().filter(|target| is_target(target))
        {
            let message = "this is not a link: the parenthesis is not closed";
            let hint = format!("write `{reference}({target})`");
            return fault(range.start..range.end + 1 + target.len(), message, hint);
        }
        let is_picture = before.ends_with('!') || reference.starts_with('!');
        let reference = Reference { text: reference, is_picture };
        if let Some((len, hint)) = reference.with_space_in_address(after) {
            return fault(range.start..range.end + len, reference.says("its address contains a space"), hint);
        }
        if let Some((len, hint)) = reference.parted_from_address(after) {
            let message = reference.says("there must be nothing between `]` and `(`");
            return fault(range.start..range.end + len, message, hint);
        }
        if is_target(label)
            && let Some(words) = before.strip_suffix(')').and_then(in_parentheses)
        {
            let range = range.start - words.len() - 2..range.end;
            let message = "this is not a link: the words go in brackets, and the address in parentheses";
            return fault(range, message, format!("write `[{words}]({label})`"));
        }
        None
    }
}

/// The words after the last `(` of a line.
fn in_parentheses(before: &str) -> Option<&str> {
    let near = before.char_indices().rev().take(FAR).take_while(|(_, c)| *c != '\n');
    let open = near.into_iter().find(|(_, c)| *c == '(')?.0;
    before.get(open + 1..)
}

/// Words in brackets, with the brackets.
struct Reference<'t> {
    text: &'t str,
    /// Whether an exclamation mark is before it.
    is_picture: bool,
}

impl Reference<'_> {
    fn says(&self, why: &str) -> String {
        let what = if self.is_picture { "this does not show a picture" } else { "this is not a link" };
        format!("{what}: {why}")
    }

    /// The length of an address with a space in it, directly after the bracket, and the remedy.
    fn with_space_in_address(&self, after: &str) -> Option<(usize, String)> {
        let target = in_balance(after)?;
        // Other programs take the size of a picture after its path: `desk.png =300x200`.
        let (address, size) = target.rsplit_once(" =").unwrap_or((target, ""));
        let (path, _) = title(address);
        let first = target.split(' ').next()?;
        if !target.contains(' ') || !(is_target(first) || is_file(first) || has_known_kind(path)) {
            return None;
        }
        let to = match path.strip_prefix('#') {
            _ if !path.contains(' ') => path.to_owned(),
            Some(heading) => format!("#{}", slug(heading)),
            None => format!("<{path}>"),
        };
        // A title is fine as it is; only a size or a space in the path keeps this from being a link.
        let is_wrong = path.contains(' ') || !size.is_empty();
        let hint = || format!("write `{}({to}{})`", self.text, &address[path.len()..]);
        is_wrong.then(|| (target.len() + 2, hint()))
    }

    /// The length of an address after a space, with that space, and the remedy.
    fn parted_from_address(&self, after: &str) -> Option<(usize, String)> {
        let parted = after.trim_start_matches([' ', '\t', '\u{a0}']);
        let target = in_balance(parted).filter(|_| parted.len() < after.len())?;
        let (path, _) = title(target);
        // Words in parentheses that only mention a file are a remark.
        let is_address = is_target(path) || has_known_kind(path) && (self.is_picture || !path.contains(' '));
        let to = if path.contains(' ') { format!("<{path}>") } else { path.to_owned() };
        let len = after.len() - parted.len() + target.len() + 2;
        is_address.then(|| (len, format!("write `{}({to}{})`", self.text, &target[path.len()..])))
    }
}

/// An address with a space in it after empty brackets, which are no reference: its length with the brackets, what is wrong,
/// and the remedy.
pub(super) fn empty(rest: &str, before: Option<char>) -> Option<(usize, &'static str, String)> {
    let after = rest.strip_prefix("[]")?;
    let is_picture = before == Some('!');
    let text = if is_picture { "[what it shows]" } else { "[words]" };
    let (len, hint) = Reference { text, is_picture }.with_space_in_address(after)?;
    let says = match is_picture {
        true => "this does not show a picture: its address contains a space",
        false => "this is not a link: its address contains a space",
    };
    Some((len + 2, says, hint))
}

/// What is in the parentheses with which a line starts; they may contain others, as in `(form (1).pdf)`.
fn in_balance(after: &str) -> Option<&str> {
    let line = after.strip_prefix('(')?.lines().next()?;
    let mut depth = 0;
    for (at, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(&line[..at]),
            ')' => depth -= 1,
            _ => {}
        }
    }
    line.split_once(')').map(|(target, _)| target)
}

/// Splits an address from the title after it, if there is one: `form.pdf "The form"`.
fn title(address: &str) -> (&str, &str) {
    let parted = |quote: char| address.strip_suffix(quote)?.split_once(&format!(" {quote}"));
    let parted = parted('"').or_else(|| parted('\'')).filter(|(_, title)| !title.is_empty());
    parted.map_or((address, ""), |(path, title)| (path.trim_end(), title))
}

/// Whether a word is the name of a file: `form.pdf`.
fn is_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, kind)| !name.is_empty() && (2..=4).contains(&kind.len()))
}

/// Whether words are the name of a file of one of these kinds: `my form.pdf#page=2`.
fn has_known_kind(path: &str) -> bool {
    let path = path.split(['#', '?']).next().unwrap_or(path);
    path.rsplit_once('.').is_some_and(|(name, kind)| {
        !name.trim().is_empty() && KINDS.contains(&kind.to_ascii_lowercase().as_str())
    })
}

/// The kinds of files to which lessons link, and which they show.
#[rustfmt::skip]
const KINDS: [&str; 40] = [
    "avif", "bmp", "csv", "doc", "docx", "eml", "epub", "gif", "heic", "htm", "html", "ics", "jpeg", "jpg", "json", "m4a",
    "md", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx", "rtf", "svg", "tif", "tiff", "txt",
    "wav", "webm", "webp", "xls", "xlsx", "yaml", "zip",
];

/// Whether words in parentheses are an address rather than a remark.
fn is_target(words: &str) -> bool {
    !words.is_empty()
        && !words.contains(char::is_whitespace)
        && (words.contains("://")
            || words.starts_with("mailto:")
            || words.starts_with(['#', '.'])
            || words.contains('/')
            || words.contains(".md"))
}
