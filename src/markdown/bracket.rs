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
        if let Some((target, _)) =
            after.strip_prefix('(').and_then(|rest| rest.lines().next()?.split_once(')'))
            && target.contains(' ')
            && target.split(' ').next().is_some_and(|first| is_target(first) || is_file(first))
        {
            let range = range.start..range.end + target.len() + 2;
            // Other programs take the size of a picture after its path: `desk.png =300x200`.
            let (path, size) = target.rsplit_once(" =").unwrap_or((target, ""));
            let to = match path.strip_prefix('#') {
                _ if !size.is_empty() && !path.contains(' ') => path.to_owned(),
                Some(heading) => format!("#{}", slug(heading)),
                None => format!("<{path}>"),
            };
            let message = "this is not a link: its address contains a space";
            return fault(range, message, format!("write `{reference}({to})`"));
        }
        let parted = after.trim_start_matches([' ', '\t']);
        if parted.len() < after.len()
            && let Some(rest) = parted.strip_prefix('(').and_then(|rest| rest.split_whitespace().next())
            && let Some((target, _)) = rest.split_once(')')
            && is_target(target)
        {
            let range = range.start..range.end + after.len() - parted.len() + target.len() + 2;
            let message = "this is not a link: there must be nothing between `]` and `(`";
            return fault(range, message, format!("write `{reference}({target})`"));
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
