//! How a text is written as a YAML value.

use std::borrow::Cow;

use super::id::is_id;

/// Words that YAML reads as something other than text, in its present version or in an older one.
const NO_TEXT: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// A text as a YAML value: in quotes unless it is plain words or an id, and so text for every reader.
pub(crate) fn as_yaml(text: &str) -> Cow<'_, str> {
    let is_plain = text.split(' ').all(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
    let is_name = is_id(text) && text.starts_with(|first: char| first.is_ascii_lowercase());
    if (is_plain || is_name) && !NO_TEXT.contains(&text.to_lowercase().as_str()) {
        return text.into();
    }
    serde_json::Value::from(text).to_string().into()
}

#[cfg(test)]
mod tests {
    use super::as_yaml;
    use crate::diag::Diagnostics;
    use crate::parse::yaml::{Kind, parse_file};
    use crate::source::SourceMap;

    #[test]
    fn what_is_written_is_read_as_text() {
        for text in ["cold-dinner", "Cold dinner", "Straße", "e5"] {
            assert_eq!(as_yaml(text), text);
        }
        let meant = [
            "null", "Null", "TRUE", "no", "~", "24-7", "1e5", "-", "a: b", "[a]", "# a", "a \"b\"", "", " a",
        ];
        for text in meant {
            let line = format!("key: {}\n", as_yaml(text));
            let file = SourceMap::default().add("a.yaml", line.clone());
            let value = parse_file(file, &line, &mut Diagnostics::default()).unwrap();
            assert_eq!(value.get("key").unwrap().kind, Kind::Text(text.to_owned()), "{line}");
        }
    }
}
