//! Ids: the names that authors give to nodes, choices, flags and the like.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;

/// Reports an id that breaks the rule, with one that would do. It is still used, so that nothing else goes missing.
pub(super) fn check_id(id: &At<String>, what: &str, diags: &mut Diagnostics) {
    if !is_id(&id.value) {
        report(
            id,
            format!("{what}: `{}` may contain only lowercase letters, digits and hyphens", id.value),
            diags,
        );
    }
}

/// The same of a model's ids, which may hold underscores: they are never part of an address.
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
    diags.push(Diagnostic::error(Code::BadId, id.span, message).hint(format!("write {better}")));
}

/// Whether it is `[a-z0-9-]+`.
pub(crate) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The nearest id to any text: letters without their marks and digits in lowercase, everything else as single hyphens.
/// Empty where no letter or digit is left.
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

/// Latin letters that Unicode does not take apart.
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
    use super::slug;

    #[test]
    fn slugs() {
        assert_eq!(slug("Über uns: Day_2!"), "uber-uns-day-2");
        assert_eq!(slug("e\u{301}clair"), "eclair");
        assert_eq!(slug("Straße nach Łódź, İzmir"), "strasse-nach-lodz-izmir");
        assert_eq!(slug("日本語"), "");
        assert_eq!(slug("--"), "");
    }
}
