//! The kinds of single values: texts, names, numbers, words.

use std::ops::RangeInclusive;

use serde_json::{Value as Json, json};

use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Decode, Definitions, bad, wrong};
use crate::parse::id::check_id;
use crate::parse::yaml::{Kind, Value};

/// Prose or a name; never empty. A number counts as the text that it was typed as.
#[derive(Clone, Copy)]
pub(super) struct Text;

impl Decode for Text {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        match &value.kind {
            Kind::Text(text) | Kind::Bare(text) if text.trim().is_empty() => {
                let fault = Diagnostic::error(Code::MissingKey, value.span, format!("`{key}` is empty"));
                diags.push(fault.hint("write the text, or remove the line"));
                None
            }
            Kind::Text(text) | Kind::Bare(text) => Some(At::new(text.trim_end().to_owned(), value.span)),
            _ => {
                let fault = wrong(value, &format!("`{key}` must be text"));
                diags.push(
                    fault.hint(
                        "put text that begins with `[`, `{` or `-` in quotes, or below its key after `|`",
                    ),
                );
                None
            }
        }
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
    }
}

/// A text that an editor holds against this pattern. Whether it is sound is checked by what reads it.
#[derive(Clone, Copy)]
pub(super) struct Pattern(pub(super) &'static str);

impl Decode for Pattern {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        Text.read(value, key, diags)
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        // A name such as 2024 is a number to YAML.
        json!({ "type": ["string", "integer"], "pattern": self.0 })
    }
}

/// `[a-z0-9-]+`
pub(super) const ID: &str = "^[a-z0-9-]+$";
/// A name of a model's, which is never part of an address.
pub(super) const NAME: &str = "^[a-z0-9_-]+$";
/// A page's address, maybe in a folder.
pub(super) const ADDRESS: &str = "^[a-z0-9-]+(/[a-z0-9-]+)?$";

/// A name that is given here.
#[derive(Clone, Copy)]
pub(super) struct Id;

impl Decode for Id {
    type Output = At<String>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
        let found = Text.read(value, key, diags)?;
        check_id(&found, key, diags);
        Some(found)
    }

    fn schema(&self, definitions: &mut Definitions) -> Json {
        Pattern(ID).schema(definitions)
    }
}

/// `true` or `false`.
#[derive(Clone, Copy)]
pub(super) struct Bool;

impl Decode for Bool {
    type Output = At<bool>;

    fn read(&self, value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<bool>> {
        match &value.kind {
            Kind::Bare(text) if text == "true" => Some(At::new(true, value.span)),
            Kind::Bare(text) if text == "false" => Some(At::new(false, value.span)),
            _ => {
                let fault = wrong(value, &format!("`{key}` must be `true` or `false`"));
                diags.push(fault.hint(format!("write `{key}: true`, or remove the line")));
                None
            }
        }
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
        let Kind::Bare(text) = &value.kind else {
            diags.push(wrong(value, &must));
            return None;
        };
        let parsed = text.parse::<i64>().ok().and_then(|number| T::try_from(number).ok());
        let Some(number) = parsed.filter(|number| self.range.contains(number)) else {
            let message = format!("{must}, but this is {text}");
            diags.push(Diagnostic::error(Code::BadValue, value.span, message));
            return None;
        };
        Some(At::new(number, value.span))
    }

    fn schema(&self, _: &mut Definitions) -> Json {
        let (low, high): (i64, i64) = ((*self.range.start()).into(), (*self.range.end()).into());
        json!({ "type": "integer", "minimum": low, "maximum": high })
    }
}

/// One of a few words, kept as the word.
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

/// One of a few words, each with what it stands for.
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
    let found = Text.read(value, key, diags)?;
    if known.contains(&found.value.as_str()) {
        return Some(found);
    }
    let message = format!("`{key}` cannot be `{}`", found.value);
    diags.push(bad(found.span, message, hint(&found.value, known.iter().copied())));
    None
}
