//! What templates can ask of the language: `{{ strings.minutes | say(count=5) }}` and `{{ 3 | number }}`; and `safe`.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::strings::{Fill, Strings};

/// Names what is taught, for templates that are compiled before there are any words.
pub(super) fn announce(tera: &mut Tera) {
    for name in ["say", "number"] {
        tera.register_filter(name, |value: &Value, _: Kwargs, _: &State<'_>| value.clone());
    }
}

/// Teaches `tera` the words of one language.
pub(super) fn register(tera: &mut Tera, strings: &Arc<Strings>) {
    let words = Arc::clone(strings);
    tera.register_filter("say", move |word: &Value, values: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let fills: Vec<(&str, Fill<'_>)> = values
            .iter()
            .filter_map(|(name, value)| {
                let fill = value.as_i64().map(Fill::Number).or_else(|| value.as_str().map(Fill::Text))?;
                Some((name.as_str()?, fill))
            })
            .collect();
        let form = |name: &str| {
            let mut forms = word.as_map()?.iter();
            forms.find_map(|(form, text)| text.as_str().filter(|_| form.as_str() == Some(name)))
        };
        let text = word.as_str().or_else(|| words.form(&fills, form));
        let text =
            text.ok_or_else(|| tera::Error::message("`say` wants a word of `strings`, a text or its forms"))?;
        Ok(words.fill(text, &fills))
    });
    let words = Arc::clone(strings);
    // Tera's own copies the text, and whole lessons are texts.
    tera.register_filter("safe", |value: &Value, _: Kwargs, _: &State<'_>| value.clone().mark_safe());
    tera.register_filter("number", move |number: i64, _: Kwargs, _: &State<'_>| words.number(number));
}
