//! Marks in the lines of a dialogue that have no effect there: around the name of a speaker, as in a list, a quotation or bold
//! type; and brackets with a skill that are not alone at the end of their line.

use std::ops::Range;

use super::misread::{BULLETS, is_private};

/// The colons after a name.
const COLONS: [char; 2] = [':', '\u{ff1a}'];

/// What closes a name that starts with one of these.
const PAIRS: [(&str, &str); 14] = [
    ("**", "**"),
    ("__", "__"),
    ("*", "*"),
    ("_", "_"),
    ("`", "`"),
    ("\"", "\""),
    ("'", "'"),
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
    ("»", "«"),
    ("‘", "’"),
    ("[", "]"),
    ("<", ">"),
];

/// What a line was meant as whose speaker has marks around the name.
pub(super) struct Plain {
    /// The bytes of the name.
    pub(super) name: Range<usize>,
    /// The start of what is said.
    pub(super) words: usize,
    /// The line to write.
    pub(super) line: String,
    /// The number before it, if it is numbered.
    pub(super) number: Option<usize>,
}

/// A line whose speaker has marks around the name; `None` if there are none.
pub(super) fn without_marks(line: &str) -> Option<Plain> {
    if line.starts_with(char::is_whitespace) {
        return None;
    }
    let line = line.trim_end();
    let (lead, number) = lead(line);
    let start = line.len() - line[lead..].trim_start().len();
    let rest = &line[start..];
    let colon = start + rest.find(COLONS)?;
    let behind = colon + line[colon..].chars().next().map_or(0, char::len_utf8);
    let Some((open, close)) = PAIRS.into_iter().find(|(open, _)| rest.starts_with(open)) else {
        let name = start..colon;
        return (lead > 0 && colon > start).then(|| Plain {
            name,
            words: behind,
            line: rest.to_owned(),
            number,
        });
    };
    let inner = start + open.len();
    let end = inner + line[inner..].find(close)?;
    let name = inner..colon.min(end);
    // The colon may be among the marked words, as may all that is said. Otherwise, only a mood can follow the name.
    let between = line.get(end + close.len()..colon).unwrap_or_default().trim();
    if line.get(name.clone())?.trim().is_empty() || !between.is_empty() && !between.starts_with('(') {
        return None;
    }
    let words = if behind == end { end + close.len() } else { behind };
    let line = [&line[inner..end], &line[end + close.len()..]].concat();
    Some(Plain { name, words, line, number })
}

/// The length of the mark of a list, of a quotation or of a heading before a name, and its number.
fn lead(line: &str) -> (usize, Option<usize>) {
    let rest = line.trim_start_matches(['>', '#', '-', '*', '+'].as_slice());
    let (mark, spaced) = (line.len() - rest.len(), rest.starts_with(char::is_whitespace));
    if mark > 0 && (spaced || line.starts_with('>')) {
        // A quotation may contain a list.
        let inner = rest.trim_start();
        let more = if line.starts_with('>') && !inner.starts_with('>') { lead(inner).0 } else { 0 };
        return (line.len() - inner.len() + more, None);
    }
    let first = line.chars().next().unwrap_or_default();
    if BULLETS.contains(&first) || is_private(first) {
        return (first.len_utf8(), None);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let spaced =
        line[digits..].strip_prefix(['.', ')']).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    if spaced { (digits + 1, line[..digits].parse().ok()) } else { (0, None) }
}

/// The skills in brackets in what a speaker says, unless there is one, at the end.
pub(super) struct Tags<'w> {
    /// From the first bracket to the last.
    pub(super) range: Range<usize>,
    pub(super) ids: Vec<&'w str>,
    /// The words without them.
    pub(super) words: String,
}

/// Finds brackets with skills that are not one skill at the end of these words.
pub(super) fn tags<'w>(words: &'w str, is_skill: impl Fn(&str) -> bool) -> Option<Tags<'w>> {
    let (mut range, mut ids, mut plain, mut done) = (0..0, Vec::new(), String::new(), 0);
    for (open, _) in words.match_indices('[') {
        let Some(length) = words[open..].find(']').filter(|_| open >= done) else { continue };
        let end = open + length + 1;
        let inside = words[open + 1..end - 1].split([',', ';', '/', '+', '&']).map(str::trim);
        let inside: Vec<&str> = inside.filter(|id| !id.is_empty()).collect();
        let is_link = words[end..].starts_with('(') || words[..open].ends_with(['\\', '!', '`']);
        let is_tag =
            inside.iter().any(|id| is_skill(id)) && inside.iter().all(|id| !id.contains(char::is_whitespace));
        if is_link || !is_tag {
            continue;
        }
        range = if ids.is_empty() { open..end } else { range.start..end };
        ids.extend(inside);
        plain.push_str(words[done..open].trim_end());
        done = end;
    }
    plain.push_str(words[done..].trim_end());
    let is_fine =
        ids.len() == 1 && done == words.trim_end().len() && words[..done].ends_with(&format!("[{}]", ids[0]));
    (!ids.is_empty() && !is_fine).then_some(Tags { range, ids, words: plain })
}
