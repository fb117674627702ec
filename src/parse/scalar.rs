//! The kinds of single values: texts, names, numbers, words.

use std::ops::RangeInclusive;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value as Json, json};

use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions, wrong};
use crate::parse::entries::in_block;
use crate::parse::id::{check_id, is_id};
use crate::parse::yaml::{Kind, Value};

/// Prose: a [`Name`] that also reports words lost to a comment.
#[derive(Clone, Copy)]
pub(super) struct Text;

impl Decode for Text {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        value.report_cut(diags);
        Name.read(value, key, diags)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        Name.schema(definitions)
    }
}

/// Prose that is shown as typed, without Markdown, such as a title.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Decode for Plain {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        let read = Text.read(value, key, diags)?;
        if let Some(bare) = unmarked(&read.value) {
            let message = format!("`{key}` is shown as typed, including Markdown marks");
            diags.warning(Code::PrintedRaw, read.span, message, format!("write only the words: `{bare}`"));
        }
        Some(read)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        Text.schema(definitions)
    }
}

/// A text without its emphasis, code and links, if it has any.
fn unmarked(text: &str) -> Option<String> {
    if !text.contains(['*', '_', '`', '[', '~']) {
        return None;
    }
    let (mut words, mut is_marked) = (String::new(), false);
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => words.push_str(&text),
            Event::Code(text) => {
                is_marked = true;
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
            ) => is_marked = true,
            _ => {}
        }
    }
    is_marked.then_some(words)
}

/// A text, never empty. A number counts as its typed text.
#[derive(Clone, Copy)]
pub(super) struct Name;

impl Decode for Name {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        match &value.kind {
            Kind::Text(text) | Kind::Bare(text) if text.trim().is_empty() => {
                let hint = "write the text, or remove the line";
                diags.error(Code::MissingKey, value.span, format!("`{key}` is empty"), hint);
                None
            }
            Kind::Text(text) | Kind::Bare(text) => Some(At::new(text.trim_end().to_owned(), value.span)),
            Kind::Empty => {
                let hint = "write one after the colon, or remove the line";
                diags.error(Code::MissingKey, value.span, format!("`{key}` has no value"), hint);
                None
            }
            Kind::List(_) | Kind::Map(_) => {
                diags.push(wrong(value, &format!("`{key}` must be text")).hint(as_text(value, key)));
                None
            }
        }
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
    }
}

/// How to write a list or a mapping as the required text.
fn as_text(value: &Value, key: &str) -> String {
    let quotes = "put text that starts with `[`, `{` or `-` in quotes, or below its key after `|`";
    let words: Vec<&str> = value.items().iter().filter_map(Value::word).collect();
    match (&value.kind, &words[..]) {
        (_, [only]) => format!("write `{key}: {only}` without brackets, or {quotes}"),
        (_, [_, ..]) if key == "language" => format!("write `languages: [{}]`", words.join(", ")),
        (_, [first, ..]) if words.iter().all(|word| is_id(word)) => {
            format!("only one is allowed here: write `{key}: {first}`, or another of them")
        }
        (Kind::List(_), _) if in_block(value) => {
            format!("it is one text: write `{key}: |`, and the text below it without hyphens")
        }
        (Kind::Map(_), _) => match only(value) {
            Some(only) => format!("write only `{only}`, without a key before it"),
            None => format!("put the whole text in double quotes, or write `{key}: |` and the text below it"),
        },
        _ => quotes.to_owned(),
    }
}

/// The word or number of a list with a single member, or of a mapping that contains only a name.
fn only(value: &Value) -> Option<&str> {
    const CALLED: [&str; 10] =
        ["code", "flag", "id", "name", "node", "rate", "start", "tag", "text", "value"];
    match value.items() {
        [only] => only.word(),
        _ => value.entries().iter().find(|entry| CALLED.contains(&&*entry.key.value))?.value.word(),
    }
}

/// A text that editors check against this pattern. The caller validates it.
#[derive(Clone, Copy)]
pub(super) struct Pattern(pub(super) &'static str);

impl Decode for Pattern {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        Name.read(value, key, diags)
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        // YAML reads a name such as 2024 as a number.
        json!({ "type": ["string", "integer"], "pattern": self.0 })
    }
}

/// `[a-z0-9-]+`
pub(super) const ID: &str = "^[a-z0-9-]+$";
/// A name in a model, which is never part of an address.
pub(super) const NAME: &str = "^[a-z0-9_-]+$";
/// A page's address, possibly in a folder.
pub(super) const ADDRESS: &str = "^[a-z0-9-]+(/[a-z0-9-]+)?$";

/// A name that is defined here.
#[derive(Clone, Copy)]
pub(super) struct Id;

impl Decode for Id {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        let found = Name.read(value, key, diags)?;
        check_id(&found, key, diags);
        Some(found)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        Pattern(ID).schema(definitions)
    }
}

/// `true` or `false`; YAML also accepts `True` and `TRUE`.
#[derive(Clone, Copy)]
pub(super) struct Bool;

impl Decode for Bool {
    type Output = At<bool>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<bool>> {
        let typed = value.word().unwrap_or_default().trim().to_ascii_lowercase();
        let meant = match typed.as_str() {
            "true" | "yes" | "y" | "on" | "1" => Some(true),
            "false" | "no" | "n" | "off" | "0" => Some(false),
            _ => None,
        };
        if let (Kind::Bare(_), "true" | "false", Some(meant)) = (&value.kind, typed.as_str(), meant) {
            return Some(At::new(meant, value.span));
        }
        let fault = wrong(value, &format!("`{key}` must be `true` or `false`"));
        diags.push(match meant {
            Some(meant) => fault.hint(format!("write `{key}: {meant}`")),
            None => fault.hint(format!("write `{key}: true` or `{key}: false`")),
        });
        None
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        json!({ "type": "boolean" })
    }
}

/// A whole number within a range.
#[derive(Clone)]
pub(super) struct Number<T> {
    range: RangeInclusive<T>,
}

/// A whole number within a range.
pub(super) const fn number<T>(range: RangeInclusive<T>) -> Number<T> {
    Number { range }
}

impl<T: Copy + PartialOrd + TryFrom<i64> + Into<i64>> Decode for Number<T> {
    type Output = At<T>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<T>> {
        let (low, high): (i64, i64) = ((*self.range.start()).into(), (*self.range.end()).into());
        let must = format!("`{key}` must be a whole number from {low} to {high}");
        let parse = |text: &str| text.parse::<i64>().ok().and_then(|number| T::try_from(number).ok());
        let Kind::Bare(text) = &value.kind else {
            let fault = wrong(value, &must);
            let typed = match &value.kind {
                Kind::Text(text) => Some(text.as_str()),
                _ => only(value),
            };
            let parsed = |text: &str| parse(text).filter(|number| self.range.contains(number));
            let number = typed.and_then(|text| {
                // A word processor turns the sign of a number into a dash.
                let text = &text.trim().replacen(['–', '—', '−', '‐', '‑'], "-", 1);
                let signed = text
                    .starts_with('-')
                    .then(|| text.trim_matches(|c: char| !c.is_ascii_digit() && c != '-'));
                let bare = text.trim().trim_matches(|c: char| !c.is_ascii_digit());
                // With a unit, as a percentage, as a mark out of three or as a range, the number is there.
                let first = bare.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
                let found = parsed(text).or_else(|| parsed(signed?));
                found.or_else(|| parsed(bare)).or_else(|| parsed(first))
            });
            diags.push(match number {
                Some(number) => {
                    fault.hint(format!("write `{key}: {}`, only the number", Into::<i64>::into(number)))
                }
                None => fault.hint(format!("write it in digits, such as `{key}: {high}`")),
            });
            return None;
        };
        let parsed = parse(text);
        let Some(number) = parsed.filter(|number| self.range.contains(number)) else {
            let message = format!("{must}, but this is {text}");
            // Whatever its form, a number has a nearest valid one.
            let near = text.parse::<f64>().map_or(high, |typed| (typed.round() as i64).clamp(low, high));
            let hint = format!("write `{key}: {near}`, or another one of these");
            diags.error(Code::BadValue, value.span, message, hint);
            return None;
        };
        Some(At::new(number, value.span))
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        let (low, high): (i64, i64) = ((*self.range.start()).into(), (*self.range.end()).into());
        json!({ "type": "integer", "minimum": low, "maximum": high })
    }
}

/// One of a few words.
#[derive(Clone, Copy)]
pub(super) struct Word(pub(super) &'static [&'static str]);

impl Decode for Word {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        word(self.0, value, key, diags)
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        json!({ "enum": self.0 })
    }
}

/// One of a few words, each with its value.
pub(super) struct Words<T: 'static>(pub(super) &'static [(&'static str, T)]);

impl<T> Words<T> {
    fn known(&self) -> Vec<&'static str> {
        self.0.iter().map(|(word, _)| *word).collect()
    }
}

impl<T: Copy> Decode for Words<T> {
    type Output = At<T>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<T>> {
        let found = word(&self.known(), value, key, diags)?;
        let (_, meaning) = self.0.iter().find(|(word, _)| *word == found.value)?;
        Some(At::new(*meaning, found.span))
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        json!({ "enum": self.known() })
    }
}

fn word(known: &[&str], value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    Name.read(value, key, diags).filter(|found| is_one_of(known, found, key, diags))
}

/// Reports a word that is not among the known ones. Returns whether it is known.
pub(crate) fn is_one_of(known: &[&str], found: &At<String>, key: &str, diags: &mut Diagnostics) -> bool {
    if known.contains(&found.value.as_str()) {
        return true;
    }
    let message = format!("`{key}` cannot be `{}`", found.value);
    let typed = found.value.to_lowercase();
    // `she/her`, `happy end`: also tries each word by itself.
    let words = std::iter::once(&*typed).chain(typed.split(|c: char| !c.is_alphanumeric() && c != '-'));
    let meant = words.flat_map(|typed| {
        let own = known.iter().copied().filter(move |word| *word == typed);
        own.chain(MEANT.iter().filter(move |(word, _)| *word == typed).map(|(_, meant)| *meant))
    });
    let hint = match meant.into_iter().find(|meant| known.contains(meant)) {
        Some(meant) => format!("write `{key}: {meant}`"),
        None => hint(&found.value, known.iter().copied()),
    };
    diags.error(Code::BadValue, found.span, message, hint);
    false
}

/// Words that mean a known word but may be spelled more like another.
const MEANT: &[(&str, &str)] = &[
    ("her", "she"),
    ("hers", "she"),
    ("female", "she"),
    ("him", "he"),
    ("his", "he"),
    ("male", "he"),
    ("them", "they"),
    ("their", "they"),
    ("theirs", "they"),
    ("it", "they"),
    ("bad", "poor"),
    ("sad", "poor"),
    ("happy", "good"),
    ("neutral", "mixed"),
    ("mail", "email"),
    ("e-mail", "email"),
    ("call", "phone"),
    ("whatsapp", "chat"),
    ("sms", "chat"),
    ("messenger", "chat"),
    ("twitter", "social"),
    ("facebook", "social"),
    ("review", "social"),
    ("person", "in_person"),
    ("face", "in_person"),
    ("telephone", "phone"),
    ("wrong", "incorrect"),
    ("missing", "unavailable"),
    ("delayed", "late"),
    ("rude", "uncaring"),
    ("us", "ours"),
    ("we", "ours"),
    ("supplier", "others"),
    ("nobodys", "nobody"),
    ("calm", "settled"),
];
