//! The words of the interface, one YAML tree a language, completed key by key from English.

use serde_json::Value;

use super::Error;

/// The tree of words that templates see as `strings`.
#[derive(Debug)]
pub struct Strings {
    tree: Value,
}

impl Strings {
    /// The words for `language`. `texts` gives the files at a path of the theme, the weaker first, each with the
    /// place it came from. `pt-BR` lies over `pt`, and that over `en`.
    pub(super) fn load(
        language: &str,
        texts: impl Fn(&str) -> Result<Vec<(String, String)>, Error>,
    ) -> Result<Self, Error> {
        let mut tree = Value::Null;
        let primary = language.split('-').next().unwrap_or(language);
        let mut languages = vec!["en", primary, language];
        languages.dedup();
        for language in languages {
            for (path, text) in texts(&format!("strings/{language}.yaml"))? {
                let over = serde_yaml::from_str(&text)
                    .map_err(|error| Error::Strings { path, says: error.to_string() })?;
                lay(&mut tree, over);
            }
        }
        Ok(Self { tree })
    }

    /// The word at a path of keys: `callout.tip`. What is missing is shown by its own name.
    #[must_use]
    pub fn get(&self, path: &str) -> String {
        let word = path.split('.').try_fold(&self.tree, |tree, key| tree.get(key)).and_then(Value::as_str);
        word.unwrap_or(path).to_owned()
    }

    /// The whole tree.
    #[must_use]
    pub fn tree(&self) -> &Value {
        &self.tree
    }
}

/// Lays `over` over `under`, map by map; all else replaces what was there.
fn lay(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                lay(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (under, over) => *under = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_completed_from_its_parent_and_from_english() {
        let strings = Strings::load("pt-BR", |path| {
            let text = match path {
                "strings/en.yaml" => "nav: { home: Home, back: Back, skip: Skip }",
                "strings/pt.yaml" => "nav: { home: Início, back: Voltar }",
                "strings/pt-BR.yaml" => "nav: { back: Volte, skip: }",
                _ => return Ok(Vec::new()),
            };
            Ok(vec![(path.to_owned(), text.to_owned())])
        });
        let strings = strings.unwrap();
        assert_eq!(strings.get("nav.home"), "Início");
        assert_eq!(strings.get("nav.back"), "Volte");
        assert_eq!(strings.get("nav.skip"), "Skip");
        assert_eq!(strings.get("nav.lost"), "nav.lost");
    }

    #[test]
    fn a_broken_file_is_named() {
        let strings = Strings::load("en", |path| Ok(vec![(path.to_owned(), "a: [".to_owned())]));
        assert!(matches!(strings, Err(Error::Strings { path, .. }) if path == "strings/en.yaml"));
    }
}
