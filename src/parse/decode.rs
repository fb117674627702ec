//! From the YAML tree to typed fields: known keys, required keys, kinds of values.
//!
//! Nothing here stops at the first fault: a field that cannot be read is told and is `None`, and the rest is read.
//! Getters have one shape, `fn(&Value, key, &mut Diagnostics) -> Option<T>`, so that they nest.

use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;

use crate::diag::suggest::{hint, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::yaml::{Entry, Kind, Value};
use crate::parse::{At, RawPicture};
use crate::source::Span;

/// So many unknown keys of one mapping are told: each is compared with all that are known.
const MAX_UNKNOWN: usize = 200;

/// Reads a mapping whose keys are known beforehand.
pub(super) struct Reader<'v, 'd> {
    /// What it is, for people: "a choice".
    what: &'static str,
    /// Where a missing key is told.
    span: Span,
    entries: Vec<&'v Entry>,
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    pub(super) diags: &'d mut Diagnostics,
}

impl<'v, 'd> Reader<'v, 'd> {
    /// `span` is where the thing has its name, which is a better place for "missing" than its first line.
    pub(super) fn open(
        value: &'v Value,
        what: &'static str,
        span: Span,
        diags: &'d mut Diagnostics,
    ) -> Option<Self> {
        let entries = entries(value, what, diags)?;
        Some(Self { what, span, entries, asked: Vec::new(), missing: Vec::new(), diags })
    }

    /// The value under `key`, if there is one, be it empty.
    pub(super) fn peek(&self, key: &str) -> Option<&'v Value> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// An optional field. A key with nothing after it is told.
    pub(super) fn get<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'v Value, &str, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        self.asked.push(key);
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        if matches!(entry.value.kind, Kind::Empty) {
            let message = format!("`{key}` has no value");
            let fault = Diagnostic::error(Code::MissingKey, entry.key.span, message);
            self.diags.push(fault.hint("write one after the colon, or remove the line"));
            return None;
        }
        read(&entry.value, key, self.diags)
    }

    /// A required field.
    pub(super) fn need<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&'v Value, &str, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        if self.peek(key).is_none() {
            self.missing.push(key);
        }
        self.get(key, read)
    }

    /// Tells the keys that nothing asked for, and those that are missing.
    pub(super) fn close(mut self) {
        let is_unknown = |entry: &&&Entry| !self.asked.contains(&entry.key.value.as_str());
        let unknown: Vec<&Entry> =
            self.entries.iter().filter(is_unknown).take(MAX_UNKNOWN).copied().collect();
        let unused: Vec<&str> = if unknown.is_empty() { Vec::new() } else { self.unused().collect() };
        for entry in unknown {
            let name = entry.key.value.as_str();
            let message = format!("{} has no key `{name}`", self.what);
            let fault = Diagnostic::error(Code::UnknownKey, entry.key.span, message);
            self.diags.push(fault.hint(hint(name, unused.iter().copied())));
            // A mistyped key is one fault, not a missing one on top.
            let meant = nearest(name, unused.iter().copied());
            self.missing.retain(|key| Some(*key) != meant);
        }
        for key in self.missing {
            let message = format!("{} has no `{key}`", self.what);
            let fault = Diagnostic::error(Code::MissingKey, self.span, message);
            self.diags.push(fault.hint(format!("add a line `{key}: ...`")));
        }
    }

    fn unused(&self) -> impl Iterator<Item = &'static str> {
        self.asked.iter().copied().filter(|key| self.peek(key).is_none())
    }
}

/// The entries of a mapping with any keys; doubles are told and left out.
pub(super) fn entries<'v>(value: &'v Value, what: &str, diags: &mut Diagnostics) -> Option<Vec<&'v Entry>> {
    let Kind::Map(all) = &value.kind else {
        diags.push(wrong(value, &format!("{what} must be a list of `key: value` lines")));
        return None;
    };
    let mut once: Vec<&Entry> = Vec::with_capacity(all.len());
    let mut seen: FxHashMap<&str, &Entry> =
        FxHashMap::with_capacity_and_hasher(all.len(), Default::default());
    let mut doubles: Vec<(&Entry, &Entry)> = Vec::new();
    for entry in all {
        match seen.get(entry.key.value.as_str()) {
            Some(first) => doubles.push((first, entry)),
            None => {
                seen.insert(&entry.key.value, entry);
                once.push(entry);
            }
        }
    }
    double(&doubles, diags);
    Some(once)
}

/// From so many keys on that are here twice, two things were written as one.
const TWO_THINGS: usize = 3;

fn double(doubles: &[(&Entry, &Entry)], diags: &mut Diagnostics) {
    let fault = |(first, entry): &(&Entry, &Entry), message| {
        Diagnostic::error(Code::DuplicateKey, entry.key.span, message)
            .label(first.key.span, "it is here first")
    };
    if let ([pair, ..], true) = (doubles, doubles.len() >= TWO_THINGS) {
        let key = &pair.1.key.value;
        let more = doubles.len() - 1;
        let told = fault(pair, format!("`{key}` is here twice, and so are {more} keys below it"));
        diags.push(told.hint(format!(
            "if another one begins here, write `- {key}`, with the hyphen below the hyphen of the one above"
        )));
        return;
    }
    for pair in doubles {
        diags.push(fault(pair, format!("`{}` is here twice", pair.1.key.value)).hint("keep one of the two"));
    }
}

/// "`must`, not a list".
pub(super) fn wrong(value: &Value, must: &str) -> Diagnostic {
    let found = match &value.kind {
        Kind::Empty => "empty",
        Kind::Text(_) => "a text",
        Kind::Bare(text) if text.starts_with(|c: char| c.is_alphabetic()) => "true or false",
        Kind::Bare(_) => "a number",
        Kind::List(_) => "a list",
        Kind::Map(_) => "a list of `key: value`",
    };
    Diagnostic::error(Code::WrongType, value.span, format!("{must}, and this is {found}"))
}

/// A value that no key can take, with what it can be.
pub(super) fn bad(span: Span, message: String, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::BadValue, span, message).hint(hint)
}

/// Prose; never empty. A number counts as the text it was typed as.
pub(super) fn text(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    match &value.kind {
        Kind::Text(text) | Kind::Bare(text) if text.trim().is_empty() => {
            let message = format!("`{key}` is empty");
            diags.push(
                Diagnostic::error(Code::MissingKey, value.span, message)
                    .hint("write the text, or remove the line"),
            );
            None
        }
        Kind::Text(text) | Kind::Bare(text) => Some(At::new(text.trim_end().to_owned(), value.span)),
        _ => {
            let fault = wrong(value, &format!("`{key}` must be a text"));
            diags.push(fault.hint(
                "a text that begins with `[`, `{` or `-` must stand in quotes, or below its key after `|`",
            ));
            None
        }
    }
}

/// A whole number within a range.
pub(super) fn number<T: TryFrom<i64>>(
    range: RangeInclusive<i64>,
) -> impl FnOnce(&Value, &str, &mut Diagnostics) -> Option<At<T>> {
    move |value, key, diags| {
        let (low, high) = (range.start(), range.end());
        let must = || format!("`{key}` must be a whole number from {low} to {high}");
        let Kind::Bare(text) = &value.kind else {
            diags.push(wrong(value, &must()));
            return None;
        };
        let parsed = text.parse::<i64>().ok().filter(|number| range.contains(number));
        let Some(number) = parsed.and_then(|number| T::try_from(number).ok()) else {
            diags.push(Diagnostic::error(
                Code::BadValue,
                value.span,
                format!("{}, and this is {text}", must()),
            ));
            return None;
        };
        Some(At::new(number, value.span))
    }
}

/// `true` or `false`.
pub(super) fn boolean(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<bool>> {
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

/// One of a few words.
pub(super) fn one_of<T: Copy>(
    words: &'static [(&'static str, T)],
) -> impl Fn(&Value, &str, &mut Diagnostics) -> Option<At<T>> {
    move |value, key, diags| {
        let found = text(value, key, diags)?;
        if let Some((_, meant)) = words.iter().find(|(word, _)| *word == found.value) {
            return Some(At::new(*meant, found.span));
        }
        let known = words.iter().map(|(word, _)| *word);
        diags.push(bad(
            found.span,
            format!("`{key}` cannot be `{}`", found.value),
            hint(&found.value, known),
        ));
        None
    }
}

/// One of a few words, kept as the word.
pub(super) fn word_of(
    words: &'static [&'static str],
) -> impl Fn(&Value, &str, &mut Diagnostics) -> Option<At<String>> {
    move |value, key, diags| {
        let found = text(value, key, diags)?;
        if !words.contains(&found.value.as_str()) {
            let hint = hint(&found.value, words.iter().copied());
            diags.push(bad(found.span, format!("`{key}` cannot be `{}`", found.value), hint));
            return None;
        }
        Some(found)
    }
}

/// A list; members that cannot be read are told and left out.
pub(super) fn list<'v, T>(
    read: impl Fn(&'v Value, &str, &mut Diagnostics) -> Option<T>,
) -> impl FnOnce(&'v Value, &str, &mut Diagnostics) -> Option<Vec<T>> {
    move |value, key, diags| {
        let Kind::List(items) = &value.kind else {
            let fault = wrong(value, &format!("`{key}` must be a list"));
            let typed = match &value.kind {
                Kind::Text(text) | Kind::Bare(text) if !text.contains('\n') && text.len() < 60 => text,
                _ => "one, another",
            };
            diags.push(fault.hint(format!("write `{key}: [{typed}]`")));
            return None;
        };
        Some(items.iter().filter_map(|item| read(item, key, diags)).collect())
    }
}

/// A list with something in it.
pub(super) fn some_list<'v, T>(
    read: impl Fn(&'v Value, &str, &mut Diagnostics) -> Option<T>,
) -> impl FnOnce(&'v Value, &str, &mut Diagnostics) -> Option<Vec<T>> {
    move |value, key, diags| {
        if matches!(&value.kind, Kind::List(items) if items.is_empty()) {
            let fault = Diagnostic::error(Code::MissingKey, value.span, format!("`{key}` is an empty list"));
            diags.push(fault.hint("put at least one into it"));
            return None;
        }
        list(read)(value, key, diags)
    }
}

/// A name that is given here: small letters, digits, hyphens.
pub(super) fn id(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    let found = text(value, key, diags)?;
    check_id(&found, key, diags);
    Some(found)
}

/// Tells an id that breaks the rule, with one that would do. It is still used, so that nothing else goes missing.
pub(super) fn check_id(id: &At<String>, what: &str, diags: &mut Diagnostics) {
    if is_id(&id.value) {
        return;
    }
    let message = format!("{what}: `{}` has other signs than small letters, digits and hyphens", id.value);
    let fault = Diagnostic::error(Code::BadId, id.span, message);
    diags.push(match slug(&id.value) {
        better if better.is_empty() => fault.hint("write a word such as `first-call`"),
        better => fault.hint(format!("write `{better}`")),
    });
}

/// Whether it is `[a-z0-9-]+`.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The nearest id to any text: small letters and digits, all else becomes single hyphens.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for sign in text.chars().flat_map(char::to_lowercase) {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// `{ image: path, alt: text }`.
pub(super) fn picture(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawPicture> {
    let mut reader = Reader::open(value, "a picture", value.span, diags)?;
    let image = reader.need("image", text);
    let alt = match reader.peek("alt") {
        Some(_) => reader.get("alt", text),
        None => {
            let fault = Diagnostic::error(Code::MissingAlt, value.span, "a picture has no `alt`");
            reader.diags.push(fault.hint("say in `alt` what it shows, for those who cannot see it"));
            None
        }
    };
    // Asked for even when missing, so that "did you mean" knows it.
    reader.asked.push("alt");
    reader.close();
    Some(RawPicture { image: image?, alt: alt? })
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs() {
        assert_eq!(slug("Über uns: Day_2!"), "ber-uns-day-2");
        assert_eq!(slug("--"), "");
    }
}
