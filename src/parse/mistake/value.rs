//! Mistakes in a text or a list after a key: quotes, brackets, and characters with a meaning in YAML.

use super::{Line, Mistake, as_text, below, is_key};

/// `"C:\users"`: in double quotes, a backslash starts an escape.
pub(super) fn escape(line: Line<'_>) -> Option<Mistake> {
    let (at, _) = line
        .text
        .match_indices('\\')
        .find(|(at, _)| !line.text[at + 1..].starts_with(['n', 't', '"', '\\', '/']))?;
    let message = "in double quotes, `\\` starts an escape, and YAML does not know this one";
    let hint = format!("write `\\\\` for a backslash, or {}", below(line));
    Some(Mistake::new(line.start + at, 1, message, hint))
}

/// A text over several lines, one of which ends in what YAML reads as a comment.
pub(super) fn cut_in_two(line: Line<'_>, at: usize) -> Mistake {
    let rest = line.text.get(at.saturating_sub(line.start)..).unwrap_or_default().trim_end();
    let message = format!("YAML reads `{rest}` as a comment, and the text continues below it");
    Mistake::new(at, rest.len(), message, as_text(line))
}

/// `"It is late."# a note`
pub(super) fn glued_comment(line: Line<'_>, at: usize) -> Option<Mistake> {
    let hash = at + line.text.get(at - line.start..)?.find('#')?;
    let hint = format!("put a space before it; if it is part of the text, {}", below(line));
    Some(Mistake::new(hash, 1, "there is no space before this note", hint))
}

/// A quote that opens a text at the end of a line: `[listen]"`.
pub(super) fn late_quote(above: &[Line<'_>]) -> Option<Mistake> {
    above.iter().rev().take(12).find_map(|line| {
        let quote = ['"', '\''].into_iter().find(|quote| line.text.matches(*quote).count() % 2 == 1)?;
        let at = line.text.rfind(quote)?;
        let message = "the quotes that open here are not closed on this line";
        Some(Mistake::new(line.start + at, 1, message, "close them at its end, or remove this mark"))
    })
}

/// `{ listen: 3 act: 2 }`
pub(super) fn missing_comma(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    above.iter().rev().take(2).chain([&line]).find_map(|line| {
        let (at, value) = line.value();
        if !value.starts_with(['{', '[']) || value.contains(['"', '\'']) {
            return None;
        }
        value
            .split_inclusive([',', '{', '['])
            .scan(at, |at, part| Some((std::mem::replace(at, *at + part.len()), part)))
            .find_map(|(at, part)| {
                let at_part = at;
                let first = part.len() - part.trim_start().len();
                let mut words = part[first..].split_inclusive(' ').scan(at + first, |at, word| {
                    Some((std::mem::replace(at, *at + word.len()), word.trim()))
                });
                let first = words.next()?.1;
                if let Some(comma) = part.find('，') {
                    let message = "this is a wide comma (U+FF0C), which YAML does not know";
                    let hint = "type `, ` in its place";
                    return Some(Mistake::new(at_part + comma, '，'.len_utf8(), message, hint));
                }
                let (at, key) = words
                    .find_map(|(at, word)| Some((at, word.strip_suffix(':').filter(|key| is_key(key))?)))?;
                if first.ends_with(':') && text_begins(part, key) {
                    let message =
                        format!("the text after `{first}` contains a colon, so YAML reads it as another key");
                    let hint = "put the text in double quotes";
                    return Some(Mistake::new(at + key.len(), 1, message, hint));
                }
                let hint = format!("put one between `{key}:` and what is before it: `..., {key}: ...`");
                Some(Mistake::new(at, key.len(), format!("there is no comma before `{key}`"), hint))
            })
    })
}

/// Whether `key` is the first word after the key of an item of a list in brackets.
fn text_begins(part: &str, key: &str) -> bool {
    part.split_once(':').is_some_and(|(_, text)| text.trim_start().starts_with(key))
}

/// `say: | It is late.`: the text belongs on the next line.
pub(super) fn block_with_text(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    above.iter().rev().take(1).chain([&line]).find_map(|line| {
        let (at, value) = line.value();
        let key = line.key()?;
        let text = value.strip_prefix(['|', '>'])?.trim_start_matches(['+', '-']);
        let words = text.trim_start();
        (words.len() < text.len() && !words.starts_with('#')).then(|| Mistake {
            at,
            len: 1,
            message: format!("the text of `{key}` starts below the `{}`, not after it", &value[..1]),
            hint: format!("write `{key}: |`, and the text on the next line, indented further"),
        })
    })
}

/// `scene |`, `scene:|` or `scene: l` before a text: the mark is not one to YAML.
pub(super) fn block_mark(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let head = above.iter().rfind(|other| !other.is_blank_or_comment() && other.margin() < line.margin())?;
    let typed = head.text[head.indent()..].trim_end();
    let key = typed.strip_suffix(['|', '>', 'l', 'I'])?.trim_end().trim_end_matches(':');
    let is_misread = match typed.ends_with(['|', '>']) {
        true => head.key().is_none(),
        false => head.value().1.len() == 1,
    };
    (is_key(key.trim_end()) && is_misread).then(|| {
        let message = format!("`{typed}` does not begin a text");
        let hint = format!("write `{}: |`, with a space and a vertical bar", key.trim_end());
        Mistake::new(head.start + head.indent(), typed.len(), message, hint)
    })
}

/// A text in quotes that are not closed, down to the line where reading stopped.
pub(super) fn open_quote(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let near = above.iter().rev().take(12).chain([&line]);
    let quoted = near.filter(|line| line.value().1.starts_with(['"', '\'']));
    let open = quoted.filter(|line| {
        let value = line.value().1;
        let quote = &value[..1];
        value.matches(quote).count() == 1
    });
    // The first unclosed quote takes in everything after it.
    let first = open.min_by_key(|line| line.start)?;
    // A text in quotes may continue on indented lines; then only the last one closes it.
    let goes_on = above.iter().chain([&line]).filter(|other| other.start > first.start);
    let closes = goes_on
        .take_while(|other| other.key().is_none())
        .any(|other| other.text.trim_end().ends_with(&first.value().1[..1]));
    (!closes || line.indent() <= first.indent()).then(|| Mistake {
        at: first.value().0,
        len: 1,
        message: "the quotes that open here are not closed on this line".to_owned(),
        hint: format!("close them at its end, or {}", below(*first)),
    })
}

/// A list in brackets that is not closed on its line and is still open where reading stopped.
pub(super) fn open_bracket(text: &str, above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let open = |line: &Line<'_>| {
        let value = line.value().1;
        let value = value.split(" #").next().unwrap_or(value);
        let more = |open: char, close: char| value.matches(open).count() > value.matches(close).count();
        let found = [('{', '}'), ('[', ']')].into_iter().find(|(open, close)| more(*open, *close));
        found.filter(|_| value.starts_with(['[', '{']))
    };
    let (found, (open, close)) =
        above.iter().rev().take(12).chain([&line]).find_map(|line| Some((*line, open(line)?)))?;
    let at = found.value().0;
    if let Some((before, note)) = found.value().1.split_once(" #").filter(|(_, note)| note.contains(close)) {
        let message = format!("YAML reads `#{note}` as a comment, so the bracket `{open}` is never closed");
        let hint = "put the text that contains the `#` in double quotes";
        return Some(Mistake::new(at + before.len() + 1, note.len() + 1, message, hint));
    }
    let at = at + text[at..].find(open)?;
    let hint = format!("put `{close}` where the list ends; if it is text, {}", below(found));
    Some(Mistake::new(
        at,
        1,
        format!("the bracket `{open}` that opens here is not closed on this line"),
        hint,
    ))
}

/// A bracket at `at` that is closed by one of another kind; `brackets` is `'[' closed by '}'`.
pub(super) fn other_bracket(line: Line<'_>, at: usize, brackets: &str) -> Option<Mistake> {
    let (open, close) = (brackets.chars().nth(1)?, brackets.chars().rev().nth(1)?);
    let proper = if open == '[' { ']' } else { '}' };
    let message = format!("the bracket `{open}` that opens here is closed by `{close}`");
    let hint = format!("close it with `{proper}`; if the brackets are part of a text, {}", below(line));
    Some(Mistake::new(at, 1, message, hint))
}

pub(super) fn after_quotes(line: Line<'_>, at: usize, message: &str) -> Mistake {
    let (said, otherwise) = match message.contains("single-quoted") {
        true => ("the text ends at this `'`, which may be an apostrophe", "put it in double quotes, or "),
        false => ("the quotes close before this, but the text continues", ""),
    };
    Mistake::new(at, 1, said, format!("{otherwise}{}", below(line)))
}

/// A text that starts with a character that has a meaning in YAML.
pub(super) fn first_character(line: Line<'_>, stopped: usize) -> Option<Mistake> {
    let (at, value) = line.value();
    let first = value.chars().next()?;
    let bare = value.trim_start_matches('*').replacen("**:", ":", 1);
    if let Some((key, _)) =
        bare.split_once(':').filter(|(key, _)| line.key().is_none() && bare != value && is_key(key))
    {
        let message = format!("`{key}` is a key, and keys have no marks around them");
        let hint = format!("write `{bare}`");
        return Some(Mistake::new(at, value.split(':').next().map_or(1, str::len), message, hint));
    }
    let bracketed = value.strip_suffix([',', ';']).map(str::trim_end);
    if let Some(inner) =
        bracketed.filter(|inner| inner.starts_with(['{', '[']) && inner.ends_with(['}', ']']))
    {
        let message = format!("the bracket closes before this `{}`", &value[value.len() - 1..]);
        let hint = "remove it: the next key starts on the next line";
        return Some(Mistake::new(at + inner.len(), 1, message, hint));
    }
    // `- path: [ask, own], score: 75`
    let beside = value.split_once("],").or(value.split_once("},")).map(|(_, rest)| rest.trim());
    if first == '[' && beside.is_some_and(|rest| rest.split_once(':').is_some_and(|(key, _)| is_key(key))) {
        let keys = line.text[line.indent()..].trim_end();
        let hyphen = if line.margin() < line.indent() { "- " } else { "" };
        let hint = format!("write `{hyphen}{{ {keys} }}`, or each key on a line of its own");
        return Some(Mistake::new(at, 1, "several keys on one line need braces around them", hint));
    }
    let starts = match first {
        // A list in brackets is valid here; text after it is not.
        '[' | '{' => stopped > at,
        '-' => (value.starts_with("- ") || value == "-") && line.key().is_some(),
        ':' => (value.starts_with(": ") || value == ":") && line.key().is_some(),
        '|' | '>' => value[1..].starts_with(|c: char| !c.is_whitespace() && !"+-123456789".contains(c)),
        other => "@`%*&!?,".contains(other),
    };
    starts.then(|| Mistake {
        at,
        len: first.len_utf8(),
        message: format!("text cannot start with `{first}`, which has a meaning of its own in YAML"),
        hint: as_text(line),
    })
}
