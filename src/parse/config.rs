//! `site.yaml` as typed.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use crate::course::{Certificate, Mode, Reporting};
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::parse::At;
use crate::parse::brand::{self, RawBrand, RawOptions};
use crate::parse::decode::{Reader, bad, boolean, entries, id, list, one_of, text, word_of};
use crate::parse::yaml::{self, Kind, Origin, Value};
use crate::source::{FileId, Span};

/// The settings of a course.
#[derive(Debug, Clone, Default)]
pub struct RawConfig {
    pub file: FileId,
    pub title: Option<At<String>>,
    pub id: Option<At<String>>,
    pub description: Option<At<String>>,
    pub language: Option<At<String>>,
    /// Every language of the site; of the originals first.
    pub languages: Vec<At<String>>,
    pub url: Option<At<String>>,
    pub theme: Option<At<String>>,
    /// Where a page's source can be edited, with `{path}` in it.
    pub edit: Option<At<String>>,
    /// Whether the site can be searched.
    pub search: Option<At<bool>>,
    /// Of the theme, by the names of its options.
    pub theme_options: RawOptions,
    pub brand: RawBrand,
    /// The order of lessons, by file name without `.md`, or folder and file name.
    pub lessons: Vec<At<String>>,
    pub feedback: Option<At<Mode>>,
    pub certificate: Option<At<Certificate>>,
    pub reporting: Option<At<Reporting>>,
    pub desk: Option<At<bool>>,
    /// Where it says that the checks of a whole library apply.
    pub library: Option<Span>,
    /// Thresholds of lints; `None` if they are turned off.
    pub lints: Option<Limits>,
}

pub(crate) const REPORTINGS: &[(&str, Reporting)] =
    &[("minimal", Reporting::Minimal), ("scores", Reporting::Scores), ("full", Reporting::Full)];

/// Reads `site.yaml`.
pub fn parse(file: FileId, text_: &str, diags: &mut Diagnostics) -> Option<RawConfig> {
    let value = yaml::parse(text_, &Origin::whole(file, 0, text_), diags)?;
    let mut reader = Reader::open(&value, "site.yaml", Span::new(file, 0, 0), diags)?;
    let config = RawConfig {
        file,
        title: reader.need("title", text),
        id: reader.get("id", id),
        description: reader.get("description", text),
        language: reader.get("language", text),
        url: reader.get("url", address),
        edit: reader.get("edit", edit),
        search: reader.get("search", boolean),
        languages: reader.get("languages", list(language)).unwrap_or_default(),
        theme: reader.get("theme", text),
        theme_options: reader.get("theme_options", brand::options).unwrap_or_default(),
        brand: reader.get("brand", brand::brand).unwrap_or_default(),
        lessons: reader.get("lessons", list(text)).unwrap_or_default(),
        feedback: reader.get("feedback", one_of(Mode::NAMES)),
        certificate: reader.get("certificate", one_of(Certificate::NAMES)),
        reporting: reader.get("reporting", one_of(REPORTINGS)),
        desk: reader.get("desk", boolean),
        library: reader.get("library", word_of(&["full"])).map(|at| at.span),
        lints: reader.get("lints", lints).unwrap_or_else(|| Some(Limits::default())),
    };
    reader.close();
    if let (Some(own), Some(first)) = (&config.language, config.languages.first())
        && own.value != first.value
    {
        let message = format!("the first language is `{}`, and `language` says `{}`", first.value, own.value);
        diags.push(bad(first.span, message, "begin the list with the language that the originals are in"));
    }
    Some(config)
}

/// An address on the web.
fn address(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    let at = text(value, key, diags)?;
    if is_address(&at.value) {
        return Some(at);
    }
    let hint = "write it whole, as in `https://example.org/course/`";
    diags.push(bad(at.span, format!("`{key}` must be an address that begins with `https://`"), hint));
    None
}

/// Whether a site can stand there: a scheme, a host, and nothing behind the path.
#[must_use]
pub fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && rest.chars().all(|each| !each.is_whitespace() && !matches!(each, '?' | '#' | '"' | '<' | '>'))
    })
}

/// Where a page is edited: an address with `{path}`.
fn edit(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    let at = address(value, key, diags)?;
    if at.value.contains("{path}") {
        return Some(at);
    }
    let hint = "put `{path}` where the file's path belongs: `https://github.com/me/course/edit/main/{path}`";
    diags.push(bad(at.span, format!("`{key}` names no file: there is no `{{path}}` in it"), hint));
    None
}

/// A tag of BCP 47, which is also the name of a folder.
fn language(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    let typed = text(value, key, diags)?;
    if crate::path::is_language(&typed.value) {
        return Some(typed);
    }
    let message = format!("`{}` is no language", typed.value);
    diags.push(bad(typed.span, message, "write a tag such as `de`, `pt-BR` or `zh-Hant`"));
    None
}

/// `lints: off`, or `lints: { THRESHOLD: NUMBER }`.
fn lints(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<Option<Limits>> {
    if matches!(&value.kind, Kind::Text(word) if word == "off") {
        return Some(None);
    }
    let mut limits = Limits::default();
    for entry in entries(value, "`lints`", diags)? {
        let name = entry.key.value.as_str();
        let number = match &entry.value.kind {
            Kind::Bare(text) => {
                text.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)
            }
            _ => None,
        };
        let Some(number) = number else {
            let hint = format!("write `{name}: 3`, or take the line away");
            diags.push(bad(entry.value.span, format!("`{name}` must be a number, and not below 0"), hint));
            continue;
        };
        if !limits.set(name, number) {
            let fault = Diagnostic::error(
                Code::UnknownKey,
                entry.key.span,
                format!("there is no threshold called `{name}`"),
            );
            diags.push(match nearest(name, Limits::TABLE.iter().map(|row| row.0)) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint("`amends explain` lists them all"),
            });
        }
    }
    Some(Some(limits))
}
