//! Language tags: which texts are tags, which tag was meant by a text that is none, and the direction in which a language is
//! written.

use icu_locale::{LocaleDirectionality, LocaleExpander, TransformResult};
use icu_locale_core::LanguageIdentifier;

/// Whether this is a BCP 47 tag: two or three lowercase letters, possibly followed by a script or a region.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What to write instead of a text that is not a tag.
pub fn hint_at_language(typed: &str) -> String {
    match meant_language(typed) {
        Some(tag) => format!("did you mean `{tag}`?"),
        None => "write a tag such as `de`, `pt-BR` or `zh-Hant`".to_owned(),
    }
}

/// Language tags, each with the names of the language in English and in the language itself, in lowercase.
const NAMES: [(&str, &[&str]); 24] = [
    ("ar", &["arabic", "العربية", "عربي"]),
    ("cs", &["czech", "čeština", "česky"]),
    ("da", &["danish", "dansk"]),
    ("de", &["german", "deutsch"]),
    ("el", &["greek", "ελληνικά"]),
    ("en", &["english"]),
    ("es", &["spanish", "español"]),
    ("fa", &["persian", "farsi", "فارسی"]),
    ("fi", &["finnish", "suomi"]),
    ("fr", &["french", "français"]),
    ("he", &["hebrew", "עברית"]),
    ("hi", &["hindi", "हिन्दी"]),
    ("hu", &["hungarian", "magyar"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese", "日本語"]),
    ("ko", &["korean", "한국어"]),
    ("nl", &["dutch", "nederlands"]),
    ("pl", &["polish", "polski"]),
    ("pt", &["portuguese", "português"]),
    ("ru", &["russian", "русский"]),
    ("sv", &["swedish", "svenska"]),
    ("tr", &["turkish", "türkçe"]),
    ("uk", &["ukrainian", "українська"]),
    ("zh", &["chinese", "中文"]),
];

/// The tag that is meant by `de_DE`, `DE`, `de_DE.UTF-8` or `German`.
fn meant_language(typed: &str) -> Option<String> {
    let name = typed.trim().to_lowercase();
    if let Some((tag, _)) = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())) {
        return Some((*tag).to_owned());
    }
    let tag = typed.trim().split(['.', '@']).next()?.replace('_', "-");
    let tag = LanguageIdentifier::try_from_str(&tag).ok()?.to_string();
    is_language(&tag).then(|| language_of_country(&tag).unwrap_or(tag))
}

/// The language of a country whose code was typed instead: `ja` for `jp`, `zh` for `cn`.
///
/// A code that is also a language's (`se`, `sv`) is taken literally.
pub fn language_of_country(tag: &str) -> Option<String> {
    let expander = LocaleExpander::new_extended();
    let mut typed = LanguageIdentifier::try_from_str(tag).ok()?;
    if expander.maximize(&mut typed) == TransformResult::Modified || typed.script.is_some() {
        return None;
    }
    let mut country = LanguageIdentifier::try_from_str(&format!("und-{}", typed.language)).ok()?;
    let is_country = expander.maximize(&mut country) == TransformResult::Modified;
    is_country.then(|| country.language.to_string())
}

/// The writing direction of a language.
pub fn direction(language: &str) -> &'static str {
    let tag = LanguageIdentifier::try_from_str(language);
    match tag.is_ok_and(|tag| LocaleDirectionality::new_extended().is_right_to_left(&tag)) {
        true => "rtl",
        false => "ltr",
    }
}
