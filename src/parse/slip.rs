//! Explains a YAML syntax error to somebody who has never seen YAML: where the slip is, in plain words, and what to write
//! instead.
//!
//! The YAML crate reports where it had to stop, in the terms of the standard. What the author did is inferred from that
//! line and those above it. If nothing fits, the crate's own message is shown.

mod place;

use crate::parse::{lookalike, stray};

/// A slip, with its remedy.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Byte offset in the text.
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) message: String,
    pub(super) hint: String,
}

/// A line, with its place in the text.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches([' ', '-']).len()
    }

    /// The key, if the line is `key: value` or `- key: value`.
    fn key(self) -> Option<&'t str> {
        let (key, rest) = self.text[self.indent()..].split_once(':')?;
        (is_key(key) && (rest.is_empty() || rest.starts_with(char::is_whitespace))).then_some(key)
    }

    /// The text after the colon or the hyphen, with its place in the text.
    fn value(self) -> (usize, &'t str) {
        let skipped = self.key().map_or(self.indent(), |key| self.indent() + key.len() + 1);
        let value = self.text[skipped..].trim_start();
        (self.start + self.text.len() - value.len(), value.trim_end())
    }

    fn is_blank_or_comment(self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }
}

pub(super) fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Finds the slip behind the crate's message and the byte at which it stopped.
pub(super) fn slip(text: &str, at: usize, message: &str) -> Option<Slip> {
    let (above, line) = lines(text, at);
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["tab"]) {
        return tab(text, line);
    }
    if has(&["unexpected character"])
        && let Some(control) = lookalike::control(line)
    {
        return Some(control);
    }
    if has(&["multiple YAML documents"]) {
        return second_document(text);
    }
    if has(&["escape"])
        && let Some(slip) = escape(line)
    {
        return Some(slip);
    }
    if has(&["comment intercepting"]) {
        return Some(cut_in_two(line, at));
    }
    block_with_text(&above, line)
        .or_else(|| lookalike::foreign(&above, line))
        .or_else(|| other_marks(&above, line))
        .or_else(|| missing_comma(&above, line))
        .or_else(|| open_quote(&above, line))
        .or_else(|| open_bracket(text, &above, line))
        .or_else(|| has(&["mapping values", "placement of ':'"]).then(|| colon(&above, line, at)).flatten())
        .or_else(|| has(&["trailing content after"]).then(|| after_quotes(line, at, message)))
        .or_else(|| first_character(line, at))
        .or_else(|| has(&["simple key expected"]).then(|| no_colon(&above, line)).flatten())
        .or_else(|| {
            has(&["did not find expected", "simple key"]).then(|| place::misplaced(&above, line)).flatten()
        })
}

/// Whether it starts like an entry of a mapping or an item of a list.
pub(super) fn is_key_line(text: &str) -> bool {
    Line { start: 0, text }.key().is_some() || text.starts_with("- ")
}

/// `"C:\users"`: in double quotes, a backslash starts an escape.
fn escape(line: Line<'_>) -> Option<Slip> {
    let (at, _) = line
        .text
        .match_indices('\\')
        .find(|(at, _)| !line.text[at + 1..].starts_with(['n', 't', '"', '\\', '/']))?;
    Some(Slip {
        at: line.start + at,
        len: 1,
        message: "in double quotes, `\\` begins an escape, and YAML does not know this one".to_owned(),
        hint: format!("write `\\\\` for the sign itself, or {}", below(line)),
    })
}

/// A `---` line in the middle of a file.
fn second_document(text: &str) -> Option<Slip> {
    let begun = text.len() - text.trim_start().len() + 3;
    let at = begun + text.get(begun..)?.find("\n---")? + 1;
    Some(Slip {
        at,
        len: 3,
        message: "`---` begins a second document, and a file holds one".to_owned(),
        hint: "remove this line, and whatever below it does not belong to this file".to_owned(),
    })
}

/// A text over several lines, one of which ends in what YAML reads as a comment.
fn cut_in_two(line: Line<'_>, at: usize) -> Slip {
    let rest = line.text.get(at.saturating_sub(line.start)..).unwrap_or_default().trim_end();
    Slip {
        at,
        len: rest.len(),
        message: format!("YAML reads `{rest}` as a comment, and the text goes on below it"),
        hint: format!("put the whole text in double quotes, or {}", below(line)),
    }
}

/// `{ listen: 3 act: 2 }`
fn missing_comma(above: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
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
                    return Some(Slip {
                        at: at_part + comma,
                        len: '，'.len_utf8(),
                        message: "this is a wide comma (U+FF0C), which YAML does not know".to_owned(),
                        hint: "type `, ` in its place".to_owned(),
                    });
                }
                let (at, key) = words
                    .find_map(|(at, word)| Some((at, word.strip_suffix(':').filter(|key| is_key(key))?)))?;
                if first.ends_with(':') && text_begins(part, key) {
                    return Some(Slip {
                        at: at + key.len(),
                        len: 1,
                        message: format!(
                            "the text after `{first}` contains a colon, so YAML reads it as another key"
                        ),
                        hint: "put the text in double quotes".to_owned(),
                    });
                }
                Some(Slip {
                    at,
                    len: key.len(),
                    message: format!("there is no comma before `{key}`"),
                    hint: format!("put one between `{key}:` and what stands before it: `..., {key}: ...`"),
                })
            })
    })
}

/// Whether `key` is the first word after the key of an item of a list in brackets.
fn text_begins(part: &str, key: &str) -> bool {
    part.split_once(':').is_some_and(|(_, text)| text.trim_start().starts_with(key))
}

/// `say: | It is late.`: the text belongs on the next line.
fn block_with_text(above: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
    above.iter().rev().take(1).chain([&line]).find_map(|line| {
        let (at, value) = line.value();
        let key = line.key()?;
        let text = value.strip_prefix(['|', '>'])?.trim_start_matches(['+', '-']);
        let words = text.trim_start();
        (words.len() < text.len() && !words.starts_with('#')).then(|| Slip {
            at,
            len: 1,
            message: format!("the text of `{key}` begins below the `{}`, not behind it", &value[..1]),
            hint: format!("write `{key}: |`, and the text on the next line, indented further"),
        })
    })
}

/// Characters of other formats at the start of a line: notes, hyphens without a space, Git's conflict markers.
fn other_marks(above: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
    let slip = |line: &Line<'_>, len: usize, message: &str, hint: String| Slip {
        at: line.start + margin(*line),
        len,
        message: message.to_owned(),
        hint,
    };
    let conflict = above.iter().chain([&line]).find(|line| line.text.starts_with("<<<<<<< "));
    if let Some(line) = conflict {
        let hint = "keep one of the two, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`".to_owned();
        return Some(slip(line, 7, "Git found two versions of what follows, and left both", hint));
    }
    above.iter().rev().take(2).chain([&line]).find_map(|line| {
        let text = line.text.trim();
        if let Some(note) = text.strip_prefix("//") {
            return Some(slip(
                line,
                text.len(),
                "a note for yourself begins with `#`",
                format!("write `# {}`", note.trim()),
            ));
        }
        let rest =
            text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        line.key().map(|_| {
            slip(line, text.len(), "there is no space after the hyphen", format!("write `- {rest}`"))
        })
    })
}

/// The lines above the one that contains a byte, and that line.
fn lines(text: &str, at: usize) -> (Vec<Line<'_>>, Line<'_>) {
    let mut start = 0;
    let mut all = Vec::new();
    for line in text.split('\n') {
        all.push(Line { start, text: line.trim_end_matches('\r') });
        start += line.len() + 1;
        if start > at {
            break;
        }
    }
    let last = all.pop().unwrap_or(Line { start: 0, text: "" });
    (all, last)
}

fn tab(text: &str, line: Line<'_>) -> Option<Slip> {
    let rest = &text[line.start..];
    let mut at = line.start;
    for line in rest.split('\n') {
        let indent = &line[..line.len() - line.trim_start_matches(['\t', ' ']).len()];
        if let Some(tab) = indent.find('\t') {
            return Some(Slip {
                at: at + tab,
                len: 1,
                message: "this line is indented with a tab".to_owned(),
                hint: "indent with spaces only, here and below; an editor can turn all tabs of a file into spaces at once"
                    .to_owned(),
            });
        }
        at += line.len() + 1;
    }
    None
}

/// "`say: |`, and the text below it": a form in which any character is allowed.
fn below(line: Line<'_>) -> String {
    match line.key() {
        Some(key) => format!(
            "write `{key}: |` and the text on the next line, indented further; any character is allowed there"
        ),
        None => "put the whole text in double quotes".to_owned(),
    }
}

/// A text in quotes that are not closed, down to the line where reading stopped.
fn open_quote(above: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
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
    (!closes || line.indent() <= first.indent()).then(|| Slip {
        at: first.value().0,
        len: 1,
        message: "the quotes that open here are not closed on this line".to_owned(),
        hint: format!("close them at its end, or {}", below(*first)),
    })
}

/// A list in brackets that is not closed on its line and is still open where reading stopped.
fn open_bracket(text: &str, above: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
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
        return Some(Slip {
            at: at + before.len() + 1,
            len: note.len() + 1,
            message: format!("YAML reads `#{note}` as a comment, so the bracket `{open}` is never closed"),
            hint: "put the text that contains the `#` in double quotes".to_owned(),
        });
    }
    let at = at + text[at..].find(open)?;
    Some(Slip {
        at,
        len: 1,
        message: format!("the bracket `{open}` that opens here is not closed on this line"),
        hint: format!("put `{close}` where the list ends; if it is text, {}", below(found)),
    })
}

fn colon(above: &[Line<'_>], line: Line<'_>, at: usize) -> Option<Slip> {
    let (value, typed) = line.value();
    if let (Some(key), Some(inner)) =
        (line.key(), typed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')))
        && inner.split(',').all(|part| part.split_once(": ").is_some_and(|(key, _)| is_key(key.trim())))
    {
        return Some(Slip {
            at: value,
            len: 1,
            message: "several keys on one line need braces around them".to_owned(),
            hint: format!("write `{key}: {{ {inner} }}`"),
        });
    }
    if let (Some(key), true) = (line.key(), at > value) {
        return Some(Slip {
            at,
            len: 1,
            message: format!("the text after `{key}:` contains a colon, so YAML reads it as another key"),
            hint: format!("put the whole text in double quotes, or {}", below(line)),
        });
    }
    // A key that is indented further than the text above it.
    let at_before = above.iter().rposition(|line| !line.is_blank_or_comment())?;
    let before = &above[at_before];
    if before.key().is_none() && before.indent() == line.indent() && line.key().is_some() {
        return no_colon(&above[..at_before], *before);
    }
    let prior = above[..at_before].iter().rfind(|line| !line.is_blank_or_comment());
    if let Some(prior) = prior.filter(|prior| {
        let is_inner = stray::KEYS.contains(&before.key().unwrap_or_default());
        prior.key().is_some()
            && prior.indent() > before.indent()
            && (prior.indent() == line.indent() || is_inner && margin(*before) == 0)
    }) {
        let key = before.key()?;
        return Some(Slip {
            at: before.start + before.indent(),
            len: key.len(),
            message: format!(
                "`{key}` starts {}, further left than what it belongs with",
                spaces(before.indent())
            ),
            hint: format!("start it directly below `{}`, {}", prior.key()?, spaces(prior.indent())),
        });
    }
    let (key, further) = (line.key()?, line.indent() > before.indent());
    further.then(|| Slip {
        at: line.start + line.indent(),
        len: key.len(),
        message: format!(
            "`{key}` is indented further than the line above, so YAML reads it as part of that text"
        ),
        hint: format!(
            "start it directly below `{}`, {}",
            before.key().unwrap_or("..."),
            spaces(before.indent())
        ),
    })
}

fn after_quotes(line: Line<'_>, at: usize, message: &str) -> Slip {
    let (said, otherwise) = match message.contains("single-quoted") {
        true => ("the text ends at this `'`, which may be an apostrophe", "put it in double quotes, or "),
        false => ("the quotes close before this, and the text goes on", ""),
    };
    Slip { at, len: 1, message: said.to_owned(), hint: format!("{otherwise}{}", below(line)) }
}

/// A text that starts with a character that has a meaning in YAML.
fn first_character(line: Line<'_>, stopped: usize) -> Option<Slip> {
    let (at, value) = line.value();
    let first = value.chars().next()?;
    let bare = value.trim_start_matches('*').replacen("**:", ":", 1);
    if let Some((key, _)) =
        bare.split_once(':').filter(|(key, _)| line.key().is_none() && bare != value && is_key(key))
    {
        let message = format!("`{key}` is a key, and keys take no marks around them");
        return Some(Slip {
            at,
            len: value.split(':').next().map_or(1, str::len),
            message,
            hint: format!("write `{bare}`"),
        });
    }
    let bracketed = value.strip_suffix([',', ';']).map(str::trim_end);
    if let Some(inner) =
        bracketed.filter(|inner| inner.starts_with(['{', '[']) && inner.ends_with(['}', ']']))
    {
        return Some(Slip {
            at: at + inner.len(),
            len: 1,
            message: format!("the bracket closes before this `{}`", &value[value.len() - 1..]),
            hint: "take it out: the next key begins on the next line".to_owned(),
        });
    }
    let starts = match first {
        // A list in brackets is valid here; text after it is not.
        '[' | '{' => stopped > at,
        '-' => value.starts_with("- ") && line.key().is_some(),
        '|' | '>' => value[1..].starts_with(char::is_alphabetic),
        other => "@`%*&!?".contains(other),
    };
    starts.then(|| Slip {
        at,
        len: first.len_utf8(),
        message: format!("text cannot begin with `{first}`, which has a meaning of its own in YAML"),
        hint: match line.key() {
            Some(_) => format!("put the whole text in double quotes, or {}", below(line)),
            None => below(line),
        },
    })
}

fn no_colon(above: &[Line<'_>], line: Line<'_>) -> Option<Slip> {
    let at = line.start + line.indent();
    let words = line.text[line.indent()..].trim_end();
    let first = words.split([' ', ':']).next().unwrap_or(words);
    let before = above.iter().rev().find(|line| !line.is_blank_or_comment());
    if let Some(before) = before.filter(|before| {
        before.text.split(" #").next().is_some_and(|text| text.trim_end().ends_with(['|', '>']))
    }) && line.key().is_none()
    {
        let key = before.key()?;
        return Some(Slip {
            at,
            len: words.len(),
            message: format!("the text of `{key}` is not indented further than `{key}` itself"),
            hint: format!("indent it two spaces more than its key, {}", spaces(before.indent() + 2)),
        });
    }
    if let Some((key, rest)) = words.split_once('：').filter(|(key, _)| is_key(key)) {
        return Some(Slip {
            at: at + key.len(),
            len: '：'.len_utf8(),
            message: "this is a wide colon (U+FF1A), which YAML does not know".to_owned(),
            hint: format!("write `{key}: {}`", rest.trim()),
        });
    }
    let rest = words[first.len()..].trim_start_matches(':').trim();
    let odd = words[first.len()..].strip_prefix(':').and_then(|rest| rest.chars().next());
    if let Some(odd) = odd.filter(|odd| !odd.is_ascii() && lookalike::is_space(*odd)) {
        return Some(Slip {
            at: at + first.len() + 1,
            len: odd.len_utf8(),
            message: format!("the sign behind the colon of `{first}` is {}", lookalike::name(odd)),
            hint: format!(
                "type an ordinary space in its place: `{first}: {}`",
                rest.trim_matches(lookalike::is_space)
            ),
        });
    }
    if rest.is_empty() && is_key(words) {
        return Some(Slip {
            at,
            len: words.len(),
            message: format!("there is no colon after `{words}`"),
            hint: format!(
                "write `{words}:`; if this line continues the text above, indent it further than that text's key"
            ),
        });
    }
    if is_key(first) && first.bytes().all(|byte| !byte.is_ascii_uppercase()) && !rest.is_empty() {
        let glued = words[first.len()..].starts_with(':');
        let message = match glued {
            true => format!("there is no space after the colon of `{first}`"),
            false => format!("there is no colon after `{first}`"),
        };
        let shown: String = rest.chars().take(24).collect();
        let rest = if shown.len() < rest.len() { "...".to_owned() } else { shown };
        let hint = match glued {
            true => format!("write `{first}: {rest}`"),
            false => format!(
                "write `{first}: {rest}`; if this line continues the text above, indent it further than that text's key"
            ),
        };
        return Some(Slip { at, len: first.len(), message, hint });
    }
    Some(Slip {
        at,
        len: words.len(),
        message: "this line is neither `key: value` nor part of a text".to_owned(),
        hint: "if it continues the text above, indent it further than that text's key".to_owned(),
    })
}

fn margin(line: Line<'_>) -> usize {
    line.text.len() - line.text.trim_start_matches(' ').len()
}

/// "8 spaces from the left".
fn spaces(count: usize) -> String {
    match count {
        0 => "at the left margin".to_owned(),
        1 => "one space from the left".to_owned(),
        many => format!("{many} spaces from the left"),
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::Diagnostics;
    use crate::parse::yaml::{Origin, parse};
    use crate::source::SourceMap;

    /// Checks the first fault of a text: its place and its message.
    #[track_caller]
    fn check(text: &str, at: &str, says: &str) {
        let file = SourceMap::default().add("file", text.to_owned());
        let mut diags = Diagnostics::default();
        parse(text, &Origin::whole(file, 0, text), &mut diags);
        let first = diags.iter().next().unwrap_or_else(|| panic!("nothing is reported of {text:?}"));
        assert!(first.message.contains(says), "{}", first.message);
        assert!(text[first.span.start as usize..].starts_with(at), "{:?} in {text:?}", first.span);
    }

    #[test]
    fn slips_are_reported_in_plain_words() {
        check("say: Hi\nrate:3\n", "rate", "no space after the colon of `rate`");
        check("say: Hi\nGood morning, all\n", "Good", "neither `key: value` nor part of a text");
        check("say: @Dana, hello\n", "@", "cannot begin with `@`");
        check("say: [sighs] Hello\n", "[", "cannot begin with `[`");
        check("say: *Hello*, he said\n", "*", "cannot begin with `*`");
        check("say: !Hello there\n", "!Hello", "does not read `!Hello`");
        check("say: &Co are late\n", "&Co", "does not read `&Co`");
        check("say: Hi\n  rate: 3\n", "rate", "`rate` is indented further");
        check("a:\n  say: Hi\n rate: 3\n", "rate", "starts one space from the left");
        check("say: \"Hi\n  there.\nrate: 3\n", "\"", "are not closed");
        check("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "<<<<<<<", "Git found two versions");
    }

    #[test]
    fn valid_yaml_is_left_alone() {
        let fine =
            "a: &x Hello there # a note\nb: *x\nc: 'Is it #47?'\nd: |\n  Is it #47 here?\ne: word #47\n";
        let file = SourceMap::default().add("file", fine.to_owned());
        let mut diags = Diagnostics::default();
        assert!(parse(fine, &Origin::whole(file, 0, fine), &mut diags).is_some());
        assert!(diags.is_empty(), "{diags:?}");
    }
}
