//! Marks within a line that other programs read as markup and that Markdown shows as typed.

use std::ops::Range;

use super::bracket::empty;
use super::misread::callout;
use super::stray_markup::{FAR, MarkupFault};

/// What marks can mean in a text.
#[derive(Clone, Copy)]
pub(super) struct MarkContext {
    /// Whether the text can have footnotes.
    pub(super) notes: bool,
    /// Whether it is the body of a page. In stories, another check reports names in braces, as merge fields.
    pub(super) body: bool,
}

/// The length of a mark, what is wrong with it, and the remedy.
type Mark = (usize, &'static str, String);

/// Finds what was meant as markup in these words of one line.
pub(super) fn marks(words: &str, context: MarkContext) -> Vec<MarkupFault> {
    let (mut found, mut done) = (Vec::new(), 0);
    for (at, c) in words.bytes().enumerate() {
        if !b"*~=+%$^:{\\<[".contains(&c) {
            continue;
        }
        let before = words[..at].chars().next_back();
        if at < done || before == Some('\\') {
            continue;
        }
        let rest = &words[at..words.floor_char_boundary(at + FAR)];
        let mark = match c {
            b'*' => emphasis(rest, before, "**"),
            b'~' => emphasis(rest, before, "~~").or_else(|| raised(rest, before)),
            b'^' => note(rest, context).or_else(|| raised(rest, before)),
            b'$' => formula(rest, before),
            b':' => emoji(rest, before),
            b'<' => comment(rest).or_else(|| angle(rest)),
            b'[' => empty(rest, before),
            b'{' if context.body => braces(rest),
            b'\\' => line_end(rest, &words[..at]),
            _ => highlight(rest, before),
        };
        if let Some((len, says, remedy)) = mark {
            found.push(MarkupFault::new(at..at + len, says, remedy));
            done = at + len;
        }
    }
    found
}

/// The words between two marks of the same kind.
fn between<'w>(rest: &'w str, before: Option<char>, mark: &str) -> Option<&'w str> {
    let inner = rest.strip_prefix(mark)?;
    if before.is_some_and(|before| mark.starts_with(before)) || inner.starts_with(&mark[..1]) {
        return None;
    }
    let inner = &inner[..inner.find(mark)?];
    inner.contains(char::is_alphanumeric).then_some(inner)
}

fn is_tight(words: &str) -> bool {
    !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace)
}

fn follows_word(before: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric)
}

/// Marks of Markdown, where they have no effect.
fn emphasis(rest: &str, before: Option<char>, mark: &str) -> Option<Mark> {
    let Some(inner) = between(rest, before, mark) else {
        let is_open = rest[1..].starts_with(&mark[1..])
            && rest[2..].starts_with(char::is_alphabetic)
            && before.is_none_or(char::is_whitespace)
            && !rest[2..].contains(&mark[..1]);
        let remedy = format!("write `{mark}` after the last word, too, or remove it");
        return is_open.then_some((2, "this mark is not closed, so it is shown", remedy));
    };
    let (len, words) = (inner.len() + 4, inner.trim());
    if !is_tight(inner) {
        return Some((
            len,
            "a space keeps these marks from their words",
            format!("write `{mark}{words}{mark}`"),
        ));
    }
    let is_word = |c: char| c.is_alphanumeric();
    let (front, core) = words.split_at(words.find(is_word)?);
    let (core, back) = core.split_at(core.rfind(is_word).map_or(0, |at| core.ceil_char_boundary(at + 1)));
    let says = "these marks have no effect between a letter and punctuation";
    Some((len, says, format!("write `{front}{mark}{core}{mark}{back}`")))
}

/// `==`, `++` and `%%`.
fn highlight(rest: &str, before: Option<char>) -> Option<Mark> {
    let mark = rest.get(..2)?;
    let inner = between(rest, before, mark).filter(|_| !follows_word(before))?;
    let len = inner.len() + 4;
    match mark {
        "%%" => {
            Some((len, "this is not a comment, so it is shown", format!("write `<!-- {} -->`", inner.trim())))
        }
        "==" | "++" if is_tight(inner) => {
            Some((len, "these marks have no effect, so they are shown", format!("write `**{inner}**`")))
        }
        _ => None,
    }
}

/// Superscript and subscript in other programs: `H~2~O`, `10^th^`.
fn raised(rest: &str, before: Option<char>) -> Option<Mark> {
    let mark = &rest[..1];
    let inner = between(rest, before, mark).filter(|inner| {
        follows_word(before) && inner.chars().count() <= 3 && inner.chars().all(char::is_alphanumeric)
    })?;
    let digits = if mark == "~" { "₀₁₂₃₄₅₆₇₈₉" } else { "⁰¹²³⁴⁵⁶⁷⁸⁹" };
    let digit = |c: char| c.to_digit(10).and_then(|digit| digits.chars().nth(digit as usize));
    let plain = inner.chars().map(digit).collect::<Option<String>>().unwrap_or_else(|| inner.to_owned());
    Some((inner.len() + 2, "these marks have no effect, so they are shown", format!("write `{plain}`")))
}

fn note(rest: &str, context: MarkContext) -> Option<Mark> {
    let inner = rest.strip_prefix("^[")?;
    let inner = &inner[..inner.find(']')?];
    let remedy = if context.notes {
        format!("write `[^name]` here, and on a line of its own `[^name]: {inner}`")
    } else {
        "only lessons have footnotes; say it in the text".to_owned()
    };
    Some((inner.len() + 3, "a footnote's words are not written within the text", remedy))
}

fn formula(rest: &str, before: Option<char>) -> Option<Mark> {
    let says = "formulas are not supported: this is shown as it is";
    let remedy = || "write it with characters such as × ÷ ² ≤ π, or show it as a picture".to_owned();
    if let Some(inner) = between(rest, before, "$$") {
        return Some((inner.len() + 4, says, remedy()));
    }
    // A price contains none of these characters.
    let inner = between(rest, before, "$")
        .filter(|inner| !follows_word(before) && is_tight(inner) && inner.contains(['\\', '^', '_', '=']))?;
    Some((inner.len() + 2, says, remedy()))
}

/// A comment within a line that is never closed, so that Markdown reads it as words.
fn comment(rest: &str) -> Option<Mark> {
    let says = "this comment is not closed, so it is shown";
    rest.starts_with("<!--").then(|| (4, says, "write `-->` where it ends".to_owned()))
}

/// `<02-two.md>`: in angle brackets, only an address such as `https:` is a link.
fn angle(rest: &str) -> Option<Mark> {
    let inner = &rest[1..rest.find('>')?];
    let is_file = [".md", ".yaml", ".pdf", ".html"].iter().any(|kind| inner.ends_with(kind));
    let is_path = is_file && !inner.contains(char::is_whitespace);
    is_path.then(|| (inner.len() + 2, "this is not a link", format!("write `[words]({inner})`")))
}

/// `:smile:`
fn emoji(rest: &str, before: Option<char>) -> Option<Mark> {
    let name = &rest[1..1 + rest[1..].find(':')?];
    let after = rest[name.len() + 2..].chars().next();
    let is_name = name.len() > 1
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-".contains(&b))
        && name.contains(|c: char| c.is_ascii_alphabetic());
    let is_apart = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || ":/`".contains(c));
    (is_name && is_apart(before) && is_apart(after)).then(|| {
        (
            name.len() + 2,
            "this name is not replaced by an emoji, so it is shown",
            "type the emoji itself, such as 🙂, or remove the name".to_owned(),
        )
    })
}

/// What was meant by a line that starts with a colon, which makes Markdown read it as a definition.
pub(super) fn definition(text: &str, range: &Range<usize>) -> Option<MarkupFault> {
    let from = range.start + text[range.clone()].find(':')?;
    let line = text[from..].lines().next()?.trim_end();
    if line[1..].starts_with(char::is_whitespace) {
        return None;
    }
    let whole = from..from + line.len();
    if let Some(name) = line.strip_prefix(":::") {
        // The end of such a block is a line of colons only.
        return name
            .contains(char::is_alphabetic)
            .then(|| MarkupFault::new(whole, "this is not a callout", callout(name)));
    }
    if let Some((len, says, remedy)) = emoji(&line[..line.floor_char_boundary(FAR)], None) {
        return Some(MarkupFault::new(from..from + len, says, remedy));
    }
    let remedy = r"write `\:` for a plain colon, or put a space after it";
    Some(MarkupFault::new(whole, "the colon makes this a definition of the words above it", remedy))
}

/// Placeholders and attributes of other programs: `{{ site.name }}`, `{% note %}`, `{{< figure >}}`, `{width=50%}`,
/// `{.wide}`.
fn braces(rest: &str) -> Option<Mark> {
    let end = match rest.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        _ => "}",
    };
    let len = rest.find(end)? + end.len();
    let inner = rest[1..len - 1].trim_matches(|c: char| "{}%<>:- ".contains(c));
    if inner.eq_ignore_ascii_case("toc") {
        return Some((len, CONTENTS.0, CONTENTS.1.to_owned()));
    }
    if end.len() == 2 {
        let says = "nothing replaces this, so it is shown";
        return inner
            .contains(char::is_alphabetic)
            .then(|| (len, says, "write the words that trainees should read".to_owned()));
    }
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    let is_attribute = inner.starts_with(['.', '#'])
        && inner[1..].starts_with(|c: char| c.is_ascii_alphabetic())
        || !name.is_empty() && inner[name.len()..].starts_with('=');
    let remedy =
        "remove it: the theme decides how things look, and only a heading has an id (`## Words {#id}`)";
    is_attribute.then(|| (len, "this has no effect, so it is shown", remedy.to_owned()))
}

/// `\n`, unless it is in a path or starts a command.
fn line_end(rest: &str, before: &str) -> Option<Mark> {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_other = before.is_empty() || word.contains('\\') || word.len() == 2 && word.ends_with(':');
    let remedy = "start a new line there; in YAML, such a text goes below its key, which ends in `|`";
    (rest.starts_with("\\n") && !is_other)
        .then(|| (2, "this does not start a new line: it is shown as it is", remedy.to_owned()))
}

/// What is wrong with a placeholder for a table of contents, and the remedy.
pub(super) const CONTENTS: (&str, &str) = (
    "this does not become a table of contents",
    "remove it: the page of a lesson lists its headings (`##`) by itself",
);
