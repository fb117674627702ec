//! Characters that look like YAML's and are not: special spaces, a word processor's bullets and numbers, Markdown fences,
//! and invisible characters. Each is named, with what to type instead.

use crate::parse::mistake::{Line, Mistake, is_key, is_key_line};

/// The first line with such a character, outside of block texts.
pub(super) fn foreign(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let all: Vec<Line<'_>> = above.iter().copied().chain([line]).collect();
    (0..all.len()).find_map(|at| built_with(all[at]).filter(|_| !is_in_block(&all[..at], all[at])))
}

fn built_with(line: Line<'_>) -> Option<Mistake> {
    fence(line)
        .or_else(|| space(line))
        .or_else(|| only_space(line))
        .or_else(|| bullet(line))
        .or_else(|| space_behind_hyphen(line))
        .or_else(|| space_behind_colon(line))
}

/// Whether the line is in a block text: the nearest line further left ends in `|` or `>`.
fn is_in_block(above: &[Line<'_>], line: Line<'_>) -> bool {
    let indent = |line: &Line<'_>| line.text.chars().take_while(|c| c.is_whitespace()).count();
    let own = indent(&line);
    let parent = above.iter().rev().find(|line| !line.text.trim().is_empty() && indent(line) < own);
    parent.is_some_and(|parent| {
        let end = parent.text.trim_end().trim_end_matches(['-', '+']);
        [" |", " >"].iter().any(|mark| end.ends_with(mark))
    })
}

/// A fence that was copied with what it encloses.
fn fence(line: Line<'_>) -> Option<Mistake> {
    let mark = ["```", "~~~"].into_iter().find(|mark| line.text.starts_with(mark))?;
    let hint = "remove this line, and the one that closes the fence";
    Some(Mistake::new(line.start, mark.len(), "this line is a Markdown fence, but this file is YAML", hint))
}

/// Indentation with a character that YAML does not accept as a space.
fn space(line: Line<'_>) -> Option<Mistake> {
    let begin = line.text.find(|c: char| !is_space(c))?;
    let (indent, rest) = line.text.split_at(begin);
    let (at, c) = indent.char_indices().find(|(_, c)| *c != ' ' && *c != '\t')?;
    is_key_line(rest).then(|| Mistake {
        at: line.start + at,
        len: c.len_utf8(),
        message: format!("this line is indented with {}", name(c)),
        hint: match is_invisible(c) {
            true => "delete it".to_owned(),
            false => "indent it with ordinary spaces, directly below the line that it belongs with, and do the same on the lines below; an editor can replace all of them at once"
                .to_owned(),
        },
    })
}

/// A line that looks empty.
fn only_space(line: Line<'_>) -> Option<Mistake> {
    let (at, c) = line.text.char_indices().find(|(_, c)| !c.is_ascii() && is_space(*c))?;
    line.text.chars().all(is_space).then(|| {
        let message = format!("this line is not empty: it contains {}", name(c));
        Mistake::new(line.start + at, c.len_utf8(), message, "delete the line, or what is on it")
    })
}

/// A list as a word processor writes it.
fn bullet(line: Line<'_>) -> Option<Mistake> {
    let begin = line.margin();
    let (bullet, rest) = split_bullet(&line.text[begin..])?;
    is_key_line(rest).then(|| Mistake {
        at: line.start + begin,
        len: bullet.len(),
        message: format!("`{bullet}` does not start a list item"),
        hint: format!("type a hyphen and a space in its place: `- {}`", rest.trim_end()),
    })
}

/// Splits `1. `, `2) `, `– `, `• ` and the like from the text after it.
pub(super) fn split_bullet(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let c = text[digits..].chars().next()?;
    if digits == 0 && c.is_ascii_alphabetic() && text[1..].starts_with(") ") {
        return Some((&text[..2], text[3..].trim_start()));
    }
    let fits =
        if digits > 0 { ".)".contains(c) } else { "–—−‐‑•·▪◦‣●○■*+".contains(c) };
    let (bullet, rest) = text.split_at_checked(digits + c.len_utf8()).filter(|_| fits)?;
    rest.starts_with(is_space).then(|| (bullet, rest.trim_start_matches(is_space)))
}

fn space_behind_hyphen(line: Line<'_>) -> Option<Mistake> {
    let hyphen = line.margin();
    let behind = line.text[hyphen..].strip_prefix('-')?;
    let c = behind.chars().next().filter(|c| *c != ' ' && *c != '\t' && is_space(*c))?;
    let rest = behind.trim_start_matches(is_space);
    is_key_line(rest).then(|| Mistake {
        at: line.start + hyphen + 1,
        len: c.len_utf8(),
        message: format!("the character after this hyphen is {}", name(c)),
        hint: format!("type an ordinary space in its place: `- {}`", rest.trim_end()),
    })
}

fn space_behind_colon(line: Line<'_>) -> Option<Mistake> {
    let begin = line.indent();
    let (key, behind) = line.text[begin..].split_once(':').filter(|(key, _)| is_key(key))?;
    let (skipped, c) = behind.char_indices().find(|(_, c)| !" \t|>+-".contains(*c))?;
    let rest = behind[skipped..].trim_start_matches(is_space).trim_end();
    (!c.is_ascii() && is_space(c)).then(|| Mistake {
        at: line.start + begin + key.len() + 1 + skipped,
        len: c.len_utf8(),
        message: format!("the character after the colon of `{key}` is {}", name(c)),
        hint: match (rest, behind[..skipped].trim()) {
            ("", _) => "delete it".to_owned(),
            (_, "") => format!("type an ordinary space in its place: `{key}: {rest}`"),
            _ => "type an ordinary space in its place".to_owned(),
        },
    })
}

/// What is wrong with a key that YAML accepts. If there is anything, YAML reads the lines around it differently than meant.
pub(super) fn in_key(key: &str, at: usize) -> Option<Mistake> {
    if is_key(key) {
        return None;
    }
    let line = Line { start: at, text: key };
    let whole = format!("{key}: ");
    if let Some(found) = built_with(Line { start: at, text: &whole }) {
        let len = found.len.min(key.len());
        return Some(Mistake { len, hint: found.hint.trim_end_matches(": `").to_owned(), ..found });
    }
    let (place, c) = key.char_indices().find(|(_, c)| is_invisible(*c))?;
    let clean: String = key.chars().filter(|c| !is_invisible(*c)).collect();
    is_key(&clean).then(|| Mistake {
        at: line.start + place,
        len: c.len_utf8(),
        message: format!("there is {} in this key", name(c)),
        hint: format!("delete it, or retype the key: `{clean}`"),
    })
}

/// A control character, which no text may contain, in the line where reading stopped or below it.
pub(super) fn control(text: &str, line: Line<'_>) -> Option<Mistake> {
    let is_control = |c: char| c.is_control() && !"\t\r\n".contains(c);
    let (at, c) = text[line.start..].char_indices().find(|(_, c)| is_control(*c))?;
    let hint = "delete it, and type a space in its place";
    Some(Mistake::new(line.start + at, c.len_utf8(), format!("there is {} in this line", name(c)), hint))
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// "a no-break space (U+00A0)".
pub(super) fn name(c: char) -> String {
    let name = match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => "a no-break space",
        '\u{3000}' => "a wide space",
        '\u{b}' => "a line break from a presentation or a word processor",
        '\u{ad}' => "a soft hyphen",
        _ if is_invisible(c) => "an invisible character",
        _ if c.is_whitespace() && !c.is_control() => "a space of another width",
        _ => "a control character",
    };
    format!("{name} (U+{:04X})", u32::from(c))
}
