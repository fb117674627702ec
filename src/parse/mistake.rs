//! Explains a YAML syntax error to somebody who has never seen YAML: where the mistake is, in plain words, and what to write
//! instead.
//!
//! The YAML crate reports where it had to stop, in the terms of the standard. What the author did is inferred from that
//! line and those above it. If nothing fits, the crate's own message is shown.

mod place;
mod value;

use crate::parse::{lookalike, misplaced_nodes};

/// A mistake, with its remedy.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Byte offset in the text.
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) message: String,
    pub(super) hint: String,
}

impl Mistake {
    pub(super) fn new(at: usize, len: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { at, len, message: message.into(), hint: hint.into() }
    }
}

/// A line, with its place in the text.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    pub(super) fn indent(self) -> usize {
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

    /// The number of spaces before its text, or before its hyphen.
    pub(super) fn margin(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Whether it is a key without a value.
    fn is_head(self) -> bool {
        self.key().is_some() && self.value().1.is_empty()
    }

    fn is_blank_or_comment(self) -> bool {
        let text = self.text.trim();
        text.is_empty() || text.starts_with('#')
    }
}

pub(super) fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Finds the mistake behind the crate's message and the byte at which it stopped.
pub(super) fn mistake(text: &str, at: usize, message: &str) -> Option<Mistake> {
    let (above, line) = lines(text, at);
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["tab"]) {
        return tab(text, line);
    }
    // Elsewhere the message only says that nothing fits.
    let tabbed = above.last().filter(|line| line.text.starts_with('\t'));
    if let Some(tabbed) = tabbed.or((line.text.trim_start_matches(' ').starts_with('\t')).then_some(&line)) {
        return tab(text, *tabbed);
    }
    if has(&["unexpected character"])
        && let Some(control) = lookalike::control(text, line)
    {
        return Some(control);
    }
    if has(&["multiple YAML documents"]) {
        return second_document(text);
    }
    if let Some(brackets) = message.strip_prefix("mismatched bracket ") {
        return value::other_bracket(line, at, brackets);
    }
    if has(&["misplaced bracket"]) {
        let hint = format!("remove it; if it is part of a text, {}", below(line));
        return Some(Mistake::new(at, 1, "nothing opens the bracket that closes here", hint));
    }
    if has(&["escape"])
        && let Some(mistake) = value::escape(line)
    {
        return Some(mistake);
    }
    if has(&["comment intercepting"]) {
        return Some(value::cut_in_two(line, at));
    }
    if has(&["comments must be separated"]) {
        return value::glued_comment(line, at);
    }
    if has(&["multiline quoted"])
        && let Some(mistake) = value::open_quote(&above, line).or_else(|| value::late_quote(&above))
    {
        return Some(mistake);
    }
    value::block_with_text(&above, line)
        .or_else(|| lookalike::foreign(&above, line))
        .or_else(|| value::block_mark(&above, line))
        .or_else(|| place::text_line(&above, line))
        .or_else(|| other_marks(&above, line))
        .or_else(|| value::missing_comma(&above, line))
        .or_else(|| value::open_quote(&above, line))
        .or_else(|| value::open_bracket(text, &above, line))
        .or_else(|| has(&["mapping values", "placement of ':'"]).then(|| colon(&above, line, at)).flatten())
        .or_else(|| has(&["trailing content after"]).then(|| value::after_quotes(line, at, message)))
        .or_else(|| value::first_character(line, at))
        .or_else(|| has(&["simple key expected"]).then(|| no_colon(&above, line)).flatten())
        .or_else(|| has(&["document start"]).then(|| directive(&above, line)).flatten())
        .or_else(|| {
            has(&["did not find expected", "simple key"]).then(|| place::misplaced(&above, line)).flatten()
        })
}

/// Whether it starts like an entry of a mapping or an item of a list.
pub(super) fn is_key_line(text: &str) -> bool {
    Line { start: 0, text }.key().is_some() || text.starts_with("- ")
}

/// A line `---` in the middle of a file, or `...`, which ends a document.
fn second_document(text: &str) -> Option<Mistake> {
    let (above, last) = lines(text, text.len());
    let mut typed = above.iter().chain([&last]).skip_while(|line| line.text.trim().is_empty()).enumerate();
    let (at, mark) = typed.find_map(|(number, line)| {
        let mark = line.text.split(' ').next().filter(|mark| ["---", "..."].contains(mark))?;
        (number > 0 || mark == "...").then_some((line.start, mark))
    })?;
    let does = if mark == "---" { "starts a second document" } else { "ends the document" };
    let hint = "remove this line, and everything below it that does not belong to this file";
    Some(Mistake::new(at, 3, format!("`{mark}` {does}, but a file contains only one"), hint))
}

/// A line that starts with `%`, which YAML reads as an instruction to itself.
fn directive(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let line = above.iter().chain([&line]).find(|line| line.text.starts_with('%'))?;
    let message = "a line cannot start with `%`, which has a meaning of its own in YAML";
    let hint = "start a note for yourself with `#`; a text goes after its key, in double quotes";
    Some(Mistake::new(line.start, 1, message, hint))
}

/// Characters of other formats at the start of a line: notes, hyphens without a space, Git's conflict markers.
fn other_marks(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let mistake = |line: &Line<'_>, len: usize, message: &str, hint: String| Mistake {
        at: line.start + line.margin(),
        len,
        message: message.to_owned(),
        hint,
    };
    let conflict = above.iter().chain([&line]).find(|line| line.text.starts_with("<<<<<<< "));
    if let Some(line) = conflict {
        let hint = "keep one of the two, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`".to_owned();
        return Some(mistake(line, 7, "Git found two versions of what follows, and left both", hint));
    }
    above.iter().rev().take(2).chain([&line]).find_map(|line| {
        let text = line.text.trim();
        if let Some(note) = text.strip_prefix("//") {
            return Some(mistake(
                line,
                text.len(),
                "a note for yourself starts with `#`",
                format!("write `# {}`", note.trim()),
            ));
        }
        let rest =
            text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        line.key().map(|_| {
            mistake(line, text.len(), "there is no space after the hyphen", format!("write `- {rest}`"))
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

fn tab(text: &str, line: Line<'_>) -> Option<Mistake> {
    let rest = &text[line.start..];
    let mut at = line.start;
    for line in rest.split('\n') {
        let indent = &line[..line.len() - line.trim_start_matches(['\t', ' ']).len()];
        if let Some(tab) = indent.find('\t') {
            let hint = "indent with spaces only, here and below; an editor can turn all tabs of a file into spaces at once";
            return Some(Mistake::new(at + tab, 1, "this line is indented with a tab", hint));
        }
        at += line.len() + 1;
    }
    None
}

/// How to write a text so that its characters have no other meaning.
fn as_text(line: Line<'_>) -> String {
    let has_quotes = line.value().1.contains('"');
    match line.key() {
        Some(_) if has_quotes => below(line),
        Some(_) => format!("put the whole text in double quotes, or {}", below(line)),
        None if has_quotes => r#"put the text in double quotes, with `\"` for each `"` in it"#.to_owned(),
        None => "put the whole text in double quotes".to_owned(),
    }
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

fn colon(above: &[Line<'_>], line: Line<'_>, at: usize) -> Option<Mistake> {
    let (value, typed) = line.value();
    if let (Some(key), Some(inner)) =
        (line.key(), typed.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')))
        && inner.split(',').all(|part| part.split_once(": ").is_some_and(|(key, _)| is_key(key.trim())))
    {
        let hint = format!("write `{key}: {{ {inner} }}`");
        return Some(Mistake::new(value, 1, "several keys on one line need braces around them", hint));
    }
    if let (Some("when"), Some(flag)) = (line.key(), typed.strip_prefix("not:")) {
        let hint = format!("write `when: not {}`", flag.trim());
        return Some(Mistake::new(value, typed.len(), "`not` has no colon", hint));
    }
    if let (Some(key), true) = (line.key(), at > value) {
        let message = format!("the text after `{key}:` contains a colon, so YAML reads it as another key");
        return Some(Mistake::new(at, 1, message, as_text(line)));
    }
    // A key that is indented further than the text above it.
    let at_before = above.iter().rposition(|line| !line.is_blank_or_comment())?;
    let before = &above[at_before];
    if before.key().is_none() && before.indent() == line.indent() && line.key().is_some() {
        return no_colon(&above[..at_before], *before);
    }
    let is_prior = |prior: &&Line<'_>| prior.key().is_some() && prior.indent() == line.indent();
    let prior = above[..at_before].iter().rfind(|line| !line.is_blank_or_comment());
    let prior = prior.filter(|prior| prior.key().is_some()).or(above[..at_before].iter().rfind(is_prior));
    if let Some(prior) = prior.filter(|prior| {
        let is_inner = misplaced_nodes::KEYS.contains(&before.key().unwrap_or_default());
        prior.key().is_some()
            && prior.indent() > before.indent()
            && (prior.indent() == line.indent() || is_inner && before.margin() == 0)
    }) {
        let key = before.key()?;
        let message =
            format!("`{key}` starts {}, further left than what it belongs to", spaces(before.indent()));
        let hint = format!("start it directly below `{}`, {}", prior.key()?, spaces(prior.indent()));
        return Some(Mistake::new(before.start + before.indent(), key.len(), message, hint));
    }
    let (key, further) = (line.key()?, line.indent() > before.indent());
    further.then(|| Mistake {
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

fn no_colon(above: &[Line<'_>], line: Line<'_>) -> Option<Mistake> {
    let at = line.start + line.indent();
    let words = line.text[line.indent()..].split(" #").next().unwrap_or_default().trim_end();
    let first = words.split([' ', ':']).next().unwrap_or(words);
    let before = above.iter().rev().find(|line| !line.is_blank_or_comment());
    if let Some(before) = before.filter(|before| {
        before.text.split(" #").next().is_some_and(|text| text.trim_end().ends_with(['|', '>']))
    }) && line.key().is_none()
    {
        let key = before.key()?;
        let message = format!("the text of `{key}` is not indented further than `{key}` itself");
        let hint = format!("indent it two spaces more than its key, {}", spaces(before.indent() + 2));
        return Some(Mistake::new(at, words.len(), message, hint));
    }
    if let Some((key, rest)) = words.split_once('：').filter(|(key, _)| is_key(key)) {
        let message = "this is a wide colon (U+FF1A), which YAML does not know";
        let hint = format!("write `{key}: {}`", rest.trim());
        return Some(Mistake::new(at + key.len(), '：'.len_utf8(), message, hint));
    }
    let rest = words[first.len()..].trim_start_matches(':').trim();
    let odd = words[first.len()..].strip_prefix(':').and_then(|rest| rest.chars().next());
    if let Some(odd) = odd.filter(|odd| !odd.is_ascii() && lookalike::is_space(*odd)) {
        let message = format!("the character after the colon of `{first}` is {}", lookalike::name(odd));
        let hint = format!(
            "type an ordinary space in its place: `{first}: {}`",
            rest.trim_matches(lookalike::is_space)
        );
        return Some(Mistake::new(at + first.len() + 1, odd.len_utf8(), message, hint));
    }
    let name = words.trim_end_matches([';', '=', ' ']);
    if is_key(name) {
        let hint = format!(
            "write `{name}:`; if this line continues the text above, indent it further than that text's key"
        );
        return Some(Mistake::new(at, words.len(), format!("there is no colon after `{name}`"), hint));
    }
    if is_key(first) && first.bytes().all(|byte| !byte.is_ascii_uppercase()) && !rest.is_empty() {
        let has_no_space = words[first.len()..].starts_with(':');
        let message = match has_no_space {
            true => format!("there is no space after the colon of `{first}`"),
            false => format!("there is no colon after `{first}`"),
        };
        let shown: String = rest.chars().take(24).collect();
        let rest = if shown.len() < rest.len() { "...".to_owned() } else { shown };
        let hint = match has_no_space {
            true => format!("write `{first}: {rest}`"),
            false => format!(
                "write `{first}: {rest}`; if this line continues the text above, indent it further than that text's key"
            ),
        };
        return Some(Mistake::new(at, first.len(), message, hint));
    }
    let hint = "if it continues the text above, indent it further than that text's key";
    Some(Mistake::new(at, words.len(), "this line is neither `key: value` nor part of a text", hint))
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
    use crate::parse::yaml::parse_file;
    use crate::source::SourceMap;

    /// Checks the first fault of a text: its place and its message.
    #[track_caller]
    fn check(text: &str, at: &str, says: &str) {
        let file = SourceMap::default().add("file", text.to_owned());
        let mut diags = Diagnostics::default();
        parse_file(file, text, &mut diags);
        let first = diags.iter().next().unwrap_or_else(|| panic!("nothing is reported of {text:?}"));
        assert!(first.message.contains(says), "{}", first.message);
        assert!(text[first.span.start as usize..].starts_with(at), "{:?} in {text:?}", first.span);
    }

    #[test]
    fn slips_are_reported_in_plain_words() {
        check("say: Hi\nrate:3\n", "rate", "no space after the colon of `rate`");
        check("say: Hi\nGood morning, all\n", "Good", "neither `key: value` nor part of a text");
        check("say: @Dana, hello\n", "@", "cannot start with `@`");
        check("say: [sighs] Hello\n", "[", "cannot start with `[`");
        check("say: *Hello*, he said\n", "*", "cannot start with `*`");
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
        assert!(parse_file(file, fine, &mut diags).is_some());
        assert!(diags.is_empty(), "{diags:?}");
    }
}
