//! The functions and filters that templates have besides Tera's own: `{{ strings.minutes | say(count=5) }}`,
//! `{{ 3 | number }}`, `safe`, and `{{ asset(path="static/theme.css") }}`.

use std::sync::Arc;

use tera::value::Key;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::strings::{Fill, Strings};

/// Registers them, with the words of one language.
pub(super) fn register(tera: &mut Tera, strings: &Arc<Strings>) {
    let words = Arc::clone(strings);
    tera.register_filter("say", move |word: &Value, values: Kwargs, _: &State<'_>| {
        say(&words, word, &values)
    });
    let words = Arc::clone(strings);
    tera.register_filter("number", move |number: i64, _: Kwargs, _: &State<'_>| words.number(number));
    // Replaces Tera's filter, which copies the text; a text can be a whole lesson.
    tera.register_filter("safe", |value: &Value, _: Kwargs, _: &State<'_>| value.clone().mark_safe());
    tera.register_function("asset", asset);
}

fn say(words: &Strings, word: &Value, values: &Kwargs) -> TeraResult<String> {
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
        text.ok_or_else(|| tera::Error::message("`say` needs a word of `strings`: a text or its forms"))?;
    Ok(words.fill(text, &fills))
}

/// The URL of the file at `path`, relative to the page: under its name in `files`, or its own if `files` has none.
fn asset(arguments: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let path: &str = arguments.must_get("path")?;
    let field = |variable: &str, field: &str| {
        let value = state.get::<Value>(variable).ok()??;
        Some(value.as_map()?.get(&Key::Str(field))?.as_str()?.to_owned())
    };
    let root = field("page", "root").ok_or_else(|| {
        tera::Error::message(
            "`asset` needs `page` and `files`; a component gets them as `@page` and `@files`",
        )
    })?;
    let published = field("files", path);
    Ok(root + published.as_deref().unwrap_or(path))
}
