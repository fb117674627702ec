//! Lines that were meant as a list, a table, a task or a callout, in the syntax of another program, and that Markdown reads
//! as plain text.

use std::ops::Range;

use super::stray_markup::{CALLOUTS, MarkupFault};

/// Bullets of word processors. Those of Word's symbol fonts are in the private area: see [`is_private`].
pub(super) const BULLETS: [char; 27] = [
    '•', '·', '▪', '◦', '‣', '–', '—', '−', '⁃', '∙', '●', '○', '■', '□', '◆', '◇', '❖', '➢', '➤', '►', '▶',
    '→', '➔', '➜', '⇒', '✓', '✔',
];

/// What the line that starts at `at` was meant as. It starts a paragraph, or follows a line break in one; `in_item` says
/// whether it starts a list item.
pub(super) fn misread(text: &str, at: usize, in_item: bool) -> Option<MarkupFault> {
    let line = line_at(text, at);
    if line.starts_with(char::is_alphabetic) && !line.contains('\t') && line.as_bytes().get(1) != Some(&b')')
    {
        return None;
    }
    let (raw_before, raw_after) = around(text, at);
    let (before, after) = (raw_before.map(str::trim_start), raw_after.map(str::trim_start));
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
    if let Some(remedy) = pasted_table(raw_before, line, raw_after) {
        return Some(MarkupFault::new(whole, PASTED, remedy));
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

/// The lines before and after.
fn around(text: &str, at: usize) -> (Option<&str>, Option<&str>) {
    let start = text[..at].rfind('\n');
    let before = start.and_then(|start| text[..start].rsplit('\n').next());
    (before, text[at..].lines().nth(1))
}

/// The mark of a list item, which all items of a list share, and the remedy.
fn list_mark(line: &str) -> Option<(char, String)> {
    let mark = line.chars().next()?;
    let rest = &line[mark.len_utf8()..];
    let word = |rest: &str| rest.trim().split(' ').next().unwrap_or_default().to_owned();
    if is_private(mark) {
        return Some((mark, "start each item with `- ` in place of the bullet".to_owned()));
    }
    if BULLETS.contains(&mark) && rest.starts_with(char::is_whitespace) {
        return Some((mark, format!("start each item with `- ` in place of `{mark}`")));
    }
    if mark == 'o' && rest.starts_with('\t') {
        return Some((mark, "start each item with `- ` in place of `o` and the tab".to_owned()));
    }
    if "-*+".contains(mark) && rest.starts_with(is_wide) {
        return Some((
            mark,
            format!("type a plain space after each `{mark}`, as in `{mark} {}`", word(rest)),
        ));
    }
    if "-*+".contains(mark) && rest.starts_with(char::is_alphabetic) {
        return Some((mark, format!("put a space after the `{mark}`: `{mark} {}`", word(rest))));
    }
    if let Some((kind, typed)) = numeral(line) {
        return Some((kind, format!("start each item with `1. ` in place of `{typed}`")));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let rest = rest.strip_prefix(['.', ')']).filter(|_| digits > 0)?;
    if rest.starts_with(is_wide) {
        return Some((
            '1',
            format!("type a plain space after each number, as in `{number}. {}`", word(rest)),
        ));
    }
    let is_glued = rest.starts_with(char::is_alphabetic);
    is_glued.then(|| ('1', format!("put a space after the number: `{number}. {}`", word(rest))))
}

/// A number or a letter in a form that starts no item, and its kind: `a)`, `(1)`, `1.)`.
fn numeral(line: &str) -> Option<(char, &str)> {
    let open = usize::from(line.starts_with('('));
    let name = line[open..].split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let (rest, is_number) = (&line[open + name.len()..], name.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number && name.len() != 1 || name.is_empty() || name.len() > 3 {
        return None;
    }
    let close = match rest {
        _ if rest.starts_with(".)") && is_number && open == 0 => ".)",
        _ if rest.starts_with(')') && (open > 0 || !is_number) => ")",
        // Initials have such a point, too, but no tab after it.
        _ if rest.starts_with(".\t") && !is_number && open == 0 => ".",
        _ => return None,
    };
    let kind = match (open, is_number) {
        (0, true) => '.',
        (0, false) => 'a',
        _ => '(',
    };
    // A line that the author ended is shown as a line.
    let is_item = rest[close.len()..].starts_with(char::is_whitespace) && !ends_by_itself(line);
    is_item.then(|| (kind, &line[..open + name.len() + close.len()]))
}

/// What is wrong with a table pasted from a spreadsheet.
const PASTED: &str = "this is not a table: tabs do not separate cells";

/// The fault of a block of code that is the first line of such a table: its first cell is empty, so it starts with a tab.
pub(super) fn pasted_head(text: &str, range: &Range<usize>) -> Option<MarkupFault> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line = line_at(text, start);
    let (before, after) = around(text, start);
    let after = after.filter(|after| line.starts_with('\t') && !after.starts_with(char::is_whitespace));
    let remedy = pasted_table(before, line, after)?;
    let indent = line.len() - line.trim_start().len();
    Some(MarkupFault::new(start + indent..start + line.trim_end().len(), PASTED, remedy))
}

/// The remedy for a line that starts a table pasted from a spreadsheet: lines with the same number of tabs.
fn pasted_table(before: Option<&str>, line: &str, after: Option<&str>) -> Option<String> {
    let tabs = |line: &str| line.matches('\t').count();
    let is_row = |other: Option<&str>| other.is_some_and(|other| tabs(other) == tabs(line));
    if tabs(line) == 0 || is_row(before) || !is_row(after) || ends_by_itself(line) {
        return None;
    }
    let rule = "|---".repeat(tabs(line) + 1);
    let place = match before {
        Some(before) if !before.trim().is_empty() => ", with an empty line above it",
        _ => "",
    };
    let head = match line.split('\t').map(str::trim).collect::<Vec<_>>().join(" | ") {
        head if line.len() <= LONG => format!("| {head} |"),
        _ => "|".to_owned() + &" ... |".repeat(tabs(line) + 1),
    };
    Some(format!("write this line as `{head}`{place}, below it `{rule}|`, and then each row like the first"))
}

/// The longest row that a remedy repeats, in bytes.
const LONG: usize = 80;

/// Whether a line ends with a break of its own.
fn ends_by_itself(line: &str) -> bool {
    line.ends_with("  ") || line.ends_with('\\')
}

/// A bullet of one of Word's symbol fonts.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{f020}'..='\u{f0ff}')
}

/// A space that Markdown does not read as one.
fn is_wide(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
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
