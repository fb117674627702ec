//! Lines that were meant as a list, a table, a task or a callout, in the syntax of another program, and that Markdown reads
//! as plain text.

use super::stray_markup::{CALLOUTS, MarkupFault};

const BULLETS: [char; 7] = ['•', '·', '▪', '◦', '‣', '–', '—'];

/// What the line that starts at `at` was meant as. It starts a paragraph, or follows a line break in one; `in_item` says
/// whether it starts a list item.
pub(super) fn misread(text: &str, at: usize, in_item: bool) -> Option<MarkupFault> {
    if text[at..].starts_with(char::is_alphabetic) {
        return None;
    }
    let line = line_at(text, at);
    let (before, after) = around(text, at);
    let whole = at..at + line.trim_end().len();
    if in_item {
        let says = "this is not a task: a task has `[ ]` or `[x]`, then a space";
        return task(line).map(|(len, remedy)| MarkupFault::new(at..at + len, says, remedy));
    }
    if let Some((mark, remedy)) = list_mark(line) {
        // A single dash may start direct speech or an attribution; marks on two consecutive lines are a list.
        let is_list = |other: Option<&str>| other.and_then(list_mark).is_some_and(|(other, _)| other == mark);
        let first = !is_list(before) && is_list(after);
        let says = "this is not a list: each item starts with `- ` or `1. `";
        return first.then(|| MarkupFault::new(whole, says, remedy));
    }
    if line.starts_with('|')
        && line.trim_end().ends_with('|')
        && cells(line) > 1
        && before.is_none_or(|line| !line.starts_with(['|', '+']))
    {
        let rule = "|---".repeat(cells(line));
        let says = "this is not a table: below its header it needs a line with the same number of cells";
        let is_rule = after
            .is_some_and(|line| line.starts_with("|-") || line.starts_with("|:") || line.starts_with("| -"));
        let place = if is_rule { "in place of the next line" } else { "below this line" };
        return Some(MarkupFault::new(whole, says, format!("write `{rule}|` {place}")));
    }
    if line.starts_with("+-")
        && line.trim_end().ends_with("-+")
        && before.is_none_or(|line| !line.starts_with('|'))
    {
        let remedy = "write its header as `| a | b |`, below it `|---|---|`, and no lines between the rows";
        return Some(MarkupFault::new(whole, "this is not a table", remedy));
    }
    if line.starts_with("$$") && line.trim_end() == "$$" && before.is_none_or(str::is_empty) {
        let remedy = "write it with characters such as × ÷ ² ≤ π, or show it as a picture";
        return Some(MarkupFault::new(whole, "formulas are not supported: this is shown as it is", remedy));
    }
    if line
        .strip_prefix('\\')
        .is_some_and(|name| name.len() > 2 && name.trim_end().bytes().all(|b| b.is_ascii_lowercase()))
    {
        return Some(MarkupFault::new(whole, "this has no effect here, so it is shown", "take it out"));
    }
    let name =
        ["!!! ", "???+ ", "??? ", ":::"].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim);
    name.filter(|name| name.contains(char::is_alphabetic))
        .map(|name| MarkupFault::new(whole, "this is not a callout", callout(name)))
}

/// How to write a callout of that name.
pub(super) fn callout(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let name = words.next().unwrap_or_default().to_uppercase();
    let known = CALLOUTS.iter().find(|known| **known == name).unwrap_or(&"NOTE");
    format!("write `> [!{known}]`, and below it each line of its text after `> `")
}

/// The number of cells in a row of a table.
pub(super) fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let bars = row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count();
    bars + usize::from(!row.ends_with('|') || row.ends_with("\\|"))
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].lines().next().unwrap_or_default()
}

/// The lines before and after, without indentation.
fn around(text: &str, at: usize) -> (Option<&str>, Option<&str>) {
    let start = text[..at].rfind('\n');
    let before = start.and_then(|start| text[..start].rsplit('\n').next());
    (before.map(str::trim_start), text[at..].lines().nth(1).map(str::trim_start))
}

/// The mark of a list item, which all items of a list share, and the remedy.
fn list_mark(line: &str) -> Option<(char, String)> {
    let mark = line.chars().next()?;
    let rest = &line[mark.len_utf8()..];
    let word = |rest: &str| rest.trim().split(' ').next().unwrap_or_default().to_owned();
    if BULLETS.contains(&mark) && rest.starts_with([' ', '\t', '\u{a0}']) {
        return Some((mark, format!("start each item with `- ` in place of `{mark}`")));
    }
    if "-*+".contains(mark) && rest.starts_with(char::is_alphabetic) {
        return Some((mark, format!("put a space after the `{mark}`: `{mark} {}`", word(rest))));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let rest =
        rest.strip_prefix(['.', ')']).filter(|rest| digits > 0 && rest.starts_with(char::is_alphabetic))?;
    Some(('1', format!("put a space after the number: `{number}. {}`", word(rest))))
}

/// The box of a task with the wrong content, or with no space after it.
fn task(line: &str) -> Option<(usize, String)> {
    let (inside, rest) = line.strip_prefix('[')?.split_once(']')?;
    let mark = match inside.trim() {
        "" => "[ ]",
        "x" | "X" => "[x]",
        _ => return None,
    };
    let is_task = inside.len() == 1 && rest.starts_with(' ');
    (!is_task && !rest.starts_with(['(', '[', ':'])).then(|| {
        (inside.len() + 2, format!("write `{mark} {}`", rest.trim().split(' ').next().unwrap_or_default()))
    })
}
