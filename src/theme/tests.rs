//! What a shipped language must have: every word of English, every form that its numbers tell apart, and the same values
//! to fill in.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

fn words(language: &str) -> Strings {
    Strings::load(language, built_in_texts).expect("the built-in words can be read")
}

/// Every text by its path; the forms of a word share theirs.
fn texts_of(tree: &Value, path: &str, all: &mut Vec<(String, String)>) {
    match tree {
        Value::String(text) => all.push((path.to_owned(), text.clone())),
        Value::Array(_) => {}
        Value::Object(words) => {
            let is_plural = words.contains_key("other");
            for (key, word) in words {
                let path = if is_plural { path.to_owned() } else { format!("{path}.{key}") };
                texts_of(word, &path, all);
            }
        }
        _ => panic!("{path} is no text"),
    }
}

fn braces(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_shipped_language_has_every_word_and_form() {
    for language in ["de", "ar"] {
        assert_eq!(words(language).gaps(), [] as [&str; 0], "{language}");
    }
}

#[test]
fn no_translation_asks_for_a_value_that_english_does_not_get() {
    let mut english = Vec::new();
    texts_of(words("en").tree(), "", &mut english);
    for language in ["de", "ar"] {
        let mut own = Vec::new();
        texts_of(words(language).tree(), "", &mut own);
        for (path, text) in own {
            let known: BTreeSet<&str> = english
                .iter()
                .filter(|(other, _)| *other == path)
                .flat_map(|(_, text)| braces(text))
                .collect();
            // Forms may leave the number out, and a language may say an act without "you": nothing else may change.
            assert!(braces(&text).is_subset(&known), "{language}{path}: {text}");
            let all: BTreeSet<&str> = known.difference(&braces(&text)).copied().collect();
            assert!(all.is_empty() || all == BTreeSet::from(["count"]), "{language}{path} lacks {all:?}");
        }
    }
}
