//! Ids: the names that authors give to nodes, choices, flags and other things.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::diag::{Code, Diagnostics};
use crate::parse::At;

/// Reports an invalid id and suggests a valid one. The id stays in use, so that nothing else is reported as missing.
pub(super) fn check_id(id: &At<String>, what: &str, diags: &mut Diagnostics) {
    if !is_id(&id.value) {
        report(
            id,
            format!("{what}: `{}` may contain only lowercase letters, digits and hyphens", id.value),
            diags,
        );
    }
}

/// The same for a model's ids, which may contain underscores: they are never part of an address.
pub(super) fn check_name(id: &At<String>, what: &str, diags: &mut Diagnostics) {
    if !is_id(&id.value.replace('_', "-")) {
        let message = format!(
            "{what}: `{}` may contain only lowercase letters, digits, hyphens and underscores",
            id.value
        );
        report(id, message, diags);
    }
}

fn report(id: &At<String>, message: String, diags: &mut Diagnostics) {
    let better = slug(&id.value);
    let better =
        if better.is_empty() { "a word such as `first-call`".to_owned() } else { format!("`{better}`") };
    diags.error(Code::BadId, id.span, message, format!("write {better}"));
}

/// Whether it is `[a-z0-9-]+`.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The longest name of a page: leaves room for folders within the longest path that Windows accepts.
pub(crate) const MAX_NAME: usize = 100;

/// What is wrong with an id as the name of a file or folder; systems other than this one count, too.
pub(crate) fn unfit_name(id: &str) -> Option<String> {
    let is_numbered = |id: &str| {
        let number = id.strip_prefix("com").or(id.strip_prefix("lpt"));
        number.is_some_and(|number| number.len() == 1 && number.bytes().all(|digit| digit.is_ascii_digit()))
    };
    if matches!(id, "con" | "prn" | "aux" | "nul") || is_numbered(id) {
        return Some(format!("Windows reserves the name `{id}`"));
    }
    (id.len() > MAX_NAME).then(|| {
        format!(
            "the name has {} characters; the limit is {MAX_NAME}, so that it fits into every path",
            id.len()
        )
    })
}

/// The id closest to a text: letters without diacritics and digits, in lowercase, everything else as single hyphens. Empty
/// if the text has no letter or digit.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    for letter in letters {
        match without_decomposition(letter) {
            Some(plain) => slug.push_str(plain),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Latin letters that Unicode does not decompose.
fn without_decomposition(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{slug, unfit_name};

    #[test]
    fn windows_refuses_some_names() {
        for name in ["con", "nul", "aux", "prn", "com1", "lpt9"] {
            assert!(unfit_name(name).is_some(), "{name}");
        }
        for name in ["con-man", "console", "com", "com10", "comx", "null", "a"] {
            assert_eq!(unfit_name(name), None, "{name}");
        }
        assert!(unfit_name(&"a".repeat(101)).is_some() && unfit_name(&"a".repeat(100)).is_none());
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("Über uns: Day_2!"), "uber-uns-day-2");
        assert_eq!(slug("e\u{301}clair"), "eclair");
        assert_eq!(slug("Straße nach Łódź, İzmir"), "strasse-nach-lodz-izmir");
        assert_eq!(slug("日本語"), "");
        assert_eq!(slug("--"), "");
    }
}
