//! What templates can ask of the language: `{{ strings.minutes | say(count=5) }}` and `{{ 3 | number }}`.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::strings::{Fill, Strings};

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
        let tree = serde_json::to_value(word).map_err(tera::Error::message)?;
        words
            .filled(&tree, &fills)
            .ok_or_else(|| tera::Error::message("`say` wants a word of `strings`, a text or its forms"))
    });
    let words = Arc::clone(strings);
    tera.register_filter("number", move |number: i64, _: Kwargs, _: &State<'_>| words.number(number));
}
