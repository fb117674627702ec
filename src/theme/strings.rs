//! The words of the interface: one YAML tree per language, in which missing words are taken from English.
//!
//! A word that changes with a number is a mapping of its forms, by the plural categories of the CLDR: `one:`, `few:`,
//! `other:` ... `count` is the number that picks one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::layers::{self, ThemeFile};
use super::numbers::{FORMS, Numbers};
use super::{DEFAULT, Error};
use crate::language::direction;

/// The words of one language: the tree that templates get as `strings`.
#[derive(Debug)]
pub struct Strings {
    language: String,
    tree: Value,
    missing: Vec<String>,
    numbers: Numbers,
}

/// The value of a name in braces.
#[derive(Debug, Clone)]
pub enum Fill<'a> {
    /// Written in the digits of the language; as `count` it selects the form.
    Number(i64),
    /// Inserted as it is.
    Text(&'a str),
}

impl Strings {
    /// The words for `language`. `files` returns the files at a path of the theme, those of the extended theme first: a word
    /// that a theme lacks comes from the theme that it extends. Words of `pt-BR` replace those of `pt`, and these those of
    /// `en`.
    pub(super) fn load(language: &str, files: impl Fn(&str) -> Vec<ThemeFile>) -> Result<Self, Error> {
        let read = |language: &str, tree: &mut Value| -> Result<(), Error> {
            for file in files(&format!("strings/{language}.yaml")) {
                overlay(tree, super::yaml(&file)?);
            }
            Ok(())
        };
        let numbers = Numbers::of(language);
        let (mut tree, mut own, mut missing) = (Value::Null, Value::Null, Vec::new());
        read("en", &mut tree)?;
        let primary = language.split('-').next().unwrap_or(language);
        if primary != "en" {
            read(primary, &mut own)?;
        }
        if language != primary {
            read(language, &mut own)?;
        }
        if primary != "en" {
            let forms: Vec<&str> = numbers.forms().collect();
            find_missing(&tree, Some(&own), "", &forms, &mut missing);
            count_in_english(&mut tree);
        }
        overlay(&mut tree, own);
        Ok(Self { language: language.to_owned(), tree, missing, numbers })
    }

    /// The English words of the built-in default theme.
    pub fn english() -> Self {
        Self::built_in("en").expect("a test reads the built-in words")
    }

    /// The words of the built-in default theme.
    pub(super) fn built_in(language: &str) -> Result<Self, Error> {
        let files = layers::built_in(DEFAULT);
        Self::load(language, |path| files.get(path).cloned().into_iter().collect())
    }

    /// BCP 47.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        direction(&self.language)
    }

    /// The paths of the words that the language lacks, and that are English instead.
    pub fn missing_words(&self) -> &[String] {
        &self.missing
    }

    /// The word at a path of keys: `callout.tip`. A missing word is shown as its path.
    pub fn get(&self, path: &str) -> String {
        self.say(path, &[])
    }

    /// The same, or `None` if the language lacks the word.
    pub fn translated(&self, path: &str) -> Option<String> {
        (!self.missing.iter().any(|missing| missing == path)).then(|| self.get(path))
    }

    /// The word at a path, in the form for its `count`, and filled in.
    pub fn say(&self, path: &str, values: &[(&str, Fill<'_>)]) -> String {
        match self.value_at(path) {
            Some(word) => self.filled(word, values).unwrap_or_else(|| path.to_owned()),
            None => path.to_owned(),
        }
    }

    /// The same for a word of the tree; `None` if it is neither a text nor a mapping of forms.
    fn filled(&self, word: &Value, values: &[(&str, Fill<'_>)]) -> Option<String> {
        let text = match word {
            Value::String(text) => text,
            forms => self.form(values, |form| forms.get(form).and_then(Value::as_str))?,
        };
        Some(self.fill(text, values))
    }

    /// The form of a word for its `count`.
    pub(super) fn form<'t>(
        &self,
        values: &[(&str, Fill<'_>)],
        form: impl Fn(&str) -> Option<&'t str>,
    ) -> Option<&'t str> {
        let count = values.iter().find_map(|(name, value)| match value {
            Fill::Number(number) if *name == "count" => Some(*number),
            _ => None,
        });
        let exact = match count {
            Some(0) => form("none"),
            Some(1) => form("single"),
            _ => None,
        };
        exact
            .or_else(|| form(count.map_or("other", |count| self.numbers.form(count))))
            .or_else(|| form("other"))
    }

    /// A text with its values filled in.
    pub fn fill(&self, text: &str, values: &[(&str, Fill<'_>)]) -> String {
        if values.is_empty() {
            return text.to_owned();
        }
        let shown = values.iter().map(|(name, value)| match value {
            Fill::Number(number) => (*name, self.numbers.show(*number)),
            Fill::Text(text) => (*name, (*text).to_owned()),
        });
        fill(text, &shown.collect::<Vec<_>>())
    }

    /// A number in the digits of the language.
    pub fn number(&self, number: i64) -> String {
        self.numbers.show(number)
    }

    /// The name of the language's digits in `Intl`.
    pub fn digits(&self) -> &'static str {
        self.numbers.digits()
    }

    /// The text of a strings file with the words that the language lacks: each key without a value, below the English word
    /// as a comment.
    pub fn skeleton(&self) -> String {
        let mut text = format!("# The interface in `{}`: write each word after its key.\n", self.language);
        let words: BTreeSet<String> = self.missing.iter().map(|path| self.word_of(path)).collect();
        let mut above: Vec<&str> = Vec::new();
        for path in &words {
            let keys: Vec<&str> = path.split('.').collect();
            let Some((key, parents)) = keys.split_last() else { continue };
            let same = above.iter().zip(parents).take_while(|(one, other)| one == other).count();
            for (depth, parent) in parents.iter().enumerate().skip(same) {
                let _ = writeln!(text, "{}{parent}:", "  ".repeat(depth));
            }
            let indent = "  ".repeat(parents.len());
            let word = self.value_at(path).unwrap_or(&Value::Null);
            let _ = writeln!(text, "{indent}# {word}\n{indent}{key}:");
            if is_plural(word) {
                self.numbers.forms().for_each(|form| _ = writeln!(text, "{indent}  {form}:"));
            }
            above = parents.to_vec();
        }
        text
    }

    /// The path of the word to which a missing form belongs; any other path as it is.
    fn word_of(&self, path: &str) -> String {
        let word = path.rsplit_once('.').map_or(path, |(word, _)| word);
        if self.value_at(word).is_some_and(is_plural) { word.to_owned() } else { path.to_owned() }
    }

    /// The part of the tree at a path of keys.
    fn value_at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(&self.tree, |tree, key| tree.get(key))
    }

    /// The whole tree.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// The texts of a list.
    pub fn list(&self, path: &str) -> impl Iterator<Item = &str> {
        let list = self.value_at(path).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// Fills in the names in braces, in one pass: names inside a value are left alone.
fn fill(text: &str, values: &[(&str, String)]) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let value = rest.find('}').and_then(|end| {
            let (_, value) = values.iter().find(|(name, _)| *name == &rest[1..end])?;
            Some((end + 1, value.as_str()))
        });
        let (end, value) = value.unwrap_or((1, "{"));
        filled.push_str(value);
        rest = &rest[end..];
    }
    filled + rest
}

/// Whether these are the forms of one word.
fn is_plural(value: &Value) -> bool {
    let forms = value.as_object().filter(|forms| forms.contains_key("other"));
    forms.is_some_and(|forms| forms.keys().all(|key| FORMS.contains(&key.as_str())))
}

/// Merges `over` into `under`, mapping by mapping. Any other value replaces the one below it; the forms of a word are
/// replaced all together.
fn overlay(under: &mut Value, over: Value) {
    match (under, over) {
        (_, Value::Null) => {}
        // A word whose forms are still to be written.
        (_, over) if is_plural(&over) && over["other"].is_null() => {}
        (under, over) if is_plural(&over) || is_plural(under) => *under = over,
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                overlay(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over,
    }
}

/// Renames the form `one` of English words to `single`, so that they are right in any language: see [`FORMS`].
fn count_in_english(words: &mut Value) {
    let is_word = is_plural(words);
    let Some(entries) = words.as_object_mut() else { return };
    if is_word {
        if let Some(one) = entries.remove("one") {
            entries.insert("single".to_owned(), one);
        }
    } else {
        entries.values_mut().for_each(count_in_english);
    }
}

/// Adds the paths of what `all` has and `own` lacks, and of the forms that the language needs and a word lacks.
fn find_missing(all: &Value, own: Option<&Value>, path: &str, forms: &[&str], missing: &mut Vec<String>) {
    let own = own.filter(|own| !own.is_null());
    match (all, own) {
        (_, Some(own)) if is_plural(own) => {
            let lacks = forms.iter().filter(|form| own.get(**form).is_none_or(Value::is_null));
            missing.extend(lacks.map(|form| format!("{path}.{form}")));
        }
        (Value::Object(words), _) if !is_plural(all) => {
            for (key, word) in BTreeMap::from_iter(words) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                find_missing(word, own.and_then(|own| own.get(key)), &path, forms, missing);
            }
        }
        (_, None) => missing.push(path.to_owned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> ThemeFile {
        ThemeFile { bytes: text.as_bytes().into(), path: path.to_owned() }
    }

    fn words(language: &str) -> Strings {
        let texts = [
            (
                "strings/en.yaml",
                "nav: { home: Home, back: Back, skip: Skip }\n\
                 count: { none: Nothing, one: \"{count} of {of}\", other: \"{count} of {of}!\" }",
            ),
            ("strings/pt.yaml", "nav: { home: Início, back: Voltar }"),
            ("strings/pt-BR.yaml", "nav: { back: Volte, skip: }"),
            ("strings/ar.yaml", "count: { two: اثنان, few: \"{count} قليل\", other: كثير }"),
        ];
        let file =
            |path: &str| texts.iter().find(|(known, _)| *known == path).map(|(_, text)| file(path, text));
        Strings::load(language, |path| file(path).into_iter().collect()).unwrap()
    }

    #[test]
    fn a_language_is_completed_from_its_parent_and_from_english() {
        let strings = words("pt-BR");
        assert_eq!(strings.get("nav.home"), "Início");
        assert_eq!(strings.get("nav.back"), "Volte");
        assert_eq!(strings.get("nav.skip"), "Skip");
        assert_eq!(strings.get("nav.lost"), "nav.lost");
        assert_eq!(strings.missing_words(), ["count", "nav.skip"]);
        assert_eq!(words("en").missing_words(), [] as [&str; 0]);
        assert_eq!(words("en-GB").missing_words(), [] as [&str; 0]);
    }

    #[test]
    fn a_count_picks_the_form_and_every_value_is_filled_in_once() {
        let say = |strings: &Strings, count| {
            strings.say("count", &[("count", Fill::Number(count)), ("of", Fill::Text("{count}"))])
        };
        let english = words("en");
        assert_eq!([0, 1, 2].map(|count| say(&english, count)), ["Nothing", "1 of {count}", "2 of {count}!"]);
        // Neither counts like English: Japanese has no form for 1, and in Russian 21 has the form of 1.
        for language in ["ja", "ru"] {
            let strings = words(language);
            assert_eq!([1, 21].map(|count| say(&strings, count)), ["1 of {count}", "21 of {count}!"]);
        }
        let arabic = words("ar");
        assert_eq!([2, 3, 0].map(|count| say(&arabic, count)), ["اثنان", "3 قليل", "كثير"]);
        assert_eq!(
            arabic.missing_words(),
            ["count.zero", "count.one", "count.many", "nav.back", "nav.home", "nav.skip"]
        );
    }

    #[test]
    fn a_broken_file_is_named() {
        let strings = Strings::load("en", |path| vec![file(path, "a: [")]);
        assert!(matches!(strings, Err(Error::Yaml { path, .. }) if path == "strings/en.yaml"));
    }
}
