//! The YAML between `---` lines at the top of a Markdown file, split from the text below it.

use std::ops::Range;

use crate::parse::lookalike::is_space;
use crate::parse::mistake::Mistake;

/// Byte ranges of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The YAML, without its fences; `None` if there is none.
    pub yaml: Option<Range<usize>>,
    /// The Markdown.
    pub body: Range<usize>,
    /// The opening fence has no closing one.
    pub open: bool,
}

/// Splits a file in two.
pub fn cut(text: &str) -> Cut {
    let none = |open| Cut { yaml: None, body: 0..text.len(), open };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none(false) };
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Cut { yaml: Some(first.len()..at), body: at + line.len()..text.len(), open: false };
        }
        at += line.len();
    }
    none(true)
}

/// Whether the front matter of a file that cannot be parsed says `draft: true`.
pub fn says_draft(yaml: &str) -> bool {
    let values = yaml.lines().filter_map(|line| line.strip_prefix("draft:"));
    values.map(|value| value.split('#').next().unwrap_or_default().trim()).any(|value| value == "true")
}

/// Why a file has no front matter, and where.
pub(super) fn missing(text: &str) -> Mistake {
    let lines = text
        .split_inclusive('\n')
        .scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line.trim_end())));
    let mut written = lines.filter(|(_, line)| !line.trim_matches(is_space).is_empty());
    let (at, line) = written.next().unwrap_or((0, ""));
    let open = cut(text).open;
    // Hyphens that an editor joined into a dash, or one too many.
    let is_nearly = |line: &str| {
        let line = line.trim_matches(is_space);
        (1..6).contains(&line.chars().count()) && line.chars().all(|c| "-–—―".contains(c)) && line != "-"
    };
    let wrong = match open {
        true => written.find(|(_, line)| is_nearly(line)),
        false => Some((at, line)).filter(|(_, line)| is_nearly(line) && *line != "---"),
    };
    let (at, len, message, hint) = match wrong {
        Some((at, line)) => (
            at,
            line.len(),
            "this line is not `---`, with which front matter starts and ends",
            "write it as `---`: three hyphens at the left margin",
        ),
        None if open => (
            0,
            3,
            "the front matter has no closing `---` line",
            "write a line `---` below its last key, before the text",
        ),
        None if line == "---" => (
            0,
            0,
            "there is an empty line before the front matter",
            "remove it, so that the file starts with the line `---`",
        ),
        None if line == "+++" => (
            at,
            3,
            "front matter starts and ends with `---`",
            "write both lines as `---`, and each `key = \"value\"` between them as `key: value`",
        ),
        None => (
            0,
            0,
            "there is no front matter",
            "start the file with a line `---`, then `title: ...`, then another line `---`",
        ),
    };
    Mistake { at, len, message: message.to_owned(), hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{cut, says_draft};

    #[test]
    fn an_unreadable_draft_is_still_a_draft() {
        assert!(says_draft("title: [\ndraft: true   # until Monday\n"));
        assert!(!says_draft("title: [\n  draft: true\ndraft: false\n"));
    }

    #[test]
    fn cuts() {
        let found = cut("---\r\ntitle: A\r\n---\r\nText\n");
        assert_eq!((found.yaml, found.body, found.open), (Some(5..15), 20..25, false));
        assert_eq!(cut("Text\n---\n").yaml, None);
        assert!(cut("---\ntitle: A\n").open);
        assert_eq!(cut("---\n---").body, 7..7);
    }
}
