//! Compares a site's own words for its theme with the built-in ones: a value of another type would fail in the middle of a
//! page, and a name in braces that nothing fills in would reach trainees.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::diag::suggest::{hint, listed, nearest};
use crate::diag::{Code, Diagnostics};
use crate::files::Files;
use crate::load::add;
use crate::parse::yaml::{self, Entry, Kind, Value};
use crate::source::{SourceMap, Span};
use crate::theme::{FORMS, Strings};

/// Compares `strings/LANG.yaml` of every theme of the site. Returns the theme files, manifests included, that have errors:
/// the theme is loaded as if they were empty, or it would report them again.
pub(super) fn words(files: &Files, sources: &mut SourceMap, diags: &mut Diagnostics) -> BTreeSet<String> {
    let english = Strings::english();
    let mut faulty = BTreeSet::new();
    for (path, content) in files.below("themes/") {
        let is_words = path.split('/').nth(1) == Some("strings") && path.ends_with(".yaml");
        if !is_words && path.split_once('/').is_none_or(|(_, name)| name != "theme.yaml") {
            continue;
        }
        let path = format!("themes/{path}");
        let mut found = Diagnostics::default();
        let file = add(path.as_ref(), content, sources, &mut found);
        let text = sources.text(file);
        let value = yaml::parse_file(file, text, &mut found);
        if let Some(value) = value.filter(|_| is_words) {
            Compared { diags: &mut found }.compare(&value, value.span, english.tree(), "");
        }
        if found.has_errors() {
            faulty.insert(path);
        }
        diags.append(found);
    }
    faulty
}

struct Compared<'d> {
    diags: &'d mut Diagnostics,
}

impl Compared<'_> {
    /// Compares the values at one path of keys.
    fn compare(&mut self, own: &Value, key: Span, shipped: &Json, path: &str) {
        let word = match shipped {
            Json::String(text) => Some(text.contains("{count}")),
            Json::Object(forms) if is_forms(forms.keys()) => Some(true),
            _ => None,
        };
        match (&own.kind, word) {
            (Kind::Empty, _) => {}
            (Kind::Text(text), Some(_)) => {
                if self.braces(text, own.span, shipped) {
                    self.lacking(text, own.span, shipped);
                }
            }
            (Kind::Map(entries), Some(true)) => self.forms(entries, key, shipped, path),
            (Kind::Bare(text), Some(_)) => {
                let message = format!("`{path}` must be a text, and YAML does not read `{text}` as one");
                self.wrong(own.span, message, format!("put it in quotes: `\"{text}\"`"));
            }
            (_, Some(counts)) => {
                let message = format!("`{path}` must be a text");
                let hint = if counts {
                    "write a text, or its forms with `other`"
                } else {
                    "write one text: it has no forms"
                };
                self.wrong(key, message, hint);
            }
            (Kind::List(_), None) if shipped.is_array() => {}
            (Kind::Map(entries), None) if shipped.is_object() => self.entries(entries, shipped, path),
            (_, None) => {
                let must = if shipped.is_array() { "a list of texts" } else { "a mapping of words" };
                let message = if path.is_empty() {
                    format!("this file must be {must}")
                } else {
                    format!("`{path}` must be {must}")
                };
                self.wrong(key, message, "write it as in the built-in `strings/en.yaml`");
            }
        }
    }

    fn entries(&mut self, entries: &[Entry], shipped: &Json, path: &str) {
        for Entry { key, value } in entries {
            let path = if path.is_empty() { key.value.clone() } else { format!("{path}.{}", key.value) };
            if let Some(shipped) = shipped.get(&key.value) {
                self.compare(value, key.span, shipped, &path);
                continue;
            }
            // A theme may define words for its own templates.
            let known = shipped.as_object().into_iter().flat_map(|words| words.keys().map(String::as_str));
            if let Some(near) = nearest(&key.value, known) {
                let message = format!("no built-in template uses `{path}`");
                let hint = format!("did you mean `{near}`?");
                self.diags.warning(Code::UnknownKey, key.span, message, hint);
            }
        }
    }

    fn forms(&mut self, entries: &[Entry], at: Span, shipped: &Json, path: &str) {
        for Entry { key, value } in entries {
            if !FORMS.contains(&key.value.as_str()) {
                let message = format!("a word has no form `{}`", key.value);
                self.diags.error(Code::UnknownKey, key.span, message, hint(&key.value, FORMS));
            }
            match &value.kind {
                Kind::Text(text) => {
                    if self.braces(text, value.span, shipped) && key.value == "other" {
                        self.lacking(text, value.span, shipped);
                    }
                }
                Kind::Empty => {}
                _ => {
                    let message = format!("`{path}.{}` must be a text", key.value);
                    self.wrong(value.span, message, "put it in quotes");
                }
            }
        }
        if !entries.iter().any(|entry| entry.key.value == "other") {
            let message = format!("the forms of `{path}` lack `other`, which goes with every other number");
            self.wrong(at, message, "add `other:`");
        }
    }

    /// Reports names in braces that the built-in word does not have. Returns whether there are none.
    fn braces(&mut self, text: &str, span: Span, shipped: &Json) -> bool {
        let mut known: Vec<&str> = match shipped {
            Json::Object(forms) => forms.values().filter_map(Json::as_str).flat_map(names).collect(),
            word => word.as_str().into_iter().flat_map(names).collect(),
        };
        known.sort_unstable();
        known.dedup();
        let unknown: Vec<&str> = names(text).filter(|name| !known.contains(name)).collect();
        for name in &unknown {
            let message = format!("nothing replaces `{{{name}}}` here, so trainees would read it");
            let hint = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None if known.is_empty() => "this word has no values".to_owned(),
                None => format!("it can be {}", listed(known.iter().copied())),
            };
            self.diags.error(Code::UnknownName, span, message, hint);
        }
        unknown.is_empty()
    }

    /// Reports names in braces that only the built-in word has, and braces that hold no name.
    fn lacking(&mut self, text: &str, span: Span, shipped: &Json) {
        let wanted = names(shipped.get("other").unwrap_or(shipped).as_str().unwrap_or_default());
        if text.contains("{{") || text.matches('{').count() != text.matches('}').count() {
            let says = "these braces would be shown: a name has a single pair";
            let wanted: Vec<String> = wanted.map(|name| format!("{{{name}}}")).collect();
            let hint = match wanted.is_empty() {
                true => "take them out".to_owned(),
                false => format!("write {}", listed(wanted.iter().map(String::as_str))),
            };
            self.diags.warning(Code::BadValue, span, says, hint);
            return;
        }
        for name in wanted.filter(|name| !names(text).any(|own| own == *name)) {
            let says = format!("`{{{name}}}` is missing, so its value is not shown");
            let hint = format!("put `{{{name}}}` where your language wants it");
            self.diags.warning(Code::BadValue, span, says, hint);
        }
    }

    fn wrong(&mut self, span: Span, message: String, hint: impl Into<String>) {
        self.diags.error(Code::WrongType, span, message, hint);
    }
}

fn is_forms<'k>(mut keys: impl Iterator<Item = &'k String>) -> bool {
    keys.all(|key| FORMS.contains(&key.as_str()))
}

/// The contents of braces that can be names.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name));
    inside.filter(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_fit_each_other() {
        for language in ["en", "de", "ar"] {
            let (mut files, mut sources, mut diags) =
                (Files::default(), SourceMap::default(), Diagnostics::default());
            let path = format!("default/strings/{language}.yaml");
            let text = crate::theme::shipped(&path).expect("it ships");
            files.insert(format!("themes/mine/strings/{language}.yaml"), text);
            words(&files, &mut sources, &mut diags);
            assert!(diags.is_empty(), "{language}: {diags:?}");
        }
    }
}
