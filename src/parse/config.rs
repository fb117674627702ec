//! `site.yaml` as typed.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use crate::course::{Certificate, Mode};
use crate::diag::Diagnostics;
use crate::parse::At;
use crate::parse::decode::{Reader, id, list, one_of, text, word_of};
use crate::parse::yaml::{self, Origin};
use crate::source::{FileId, Span};

/// The settings of a course.
#[derive(Debug, Clone)]
pub struct RawConfig {
    pub file: FileId,
    pub title: Option<At<String>>,
    pub id: Option<At<String>>,
    pub description: Option<At<String>>,
    pub language: Option<At<String>>,
    pub url: Option<At<String>>,
    pub theme: Option<At<String>>,
    /// The order of lessons, by file name without `.md`, or folder and file name.
    pub lessons: Vec<At<String>>,
    pub feedback: Option<At<Mode>>,
    pub certificate: Option<At<Certificate>>,
    /// Whether the checks of a whole library apply.
    pub library: bool,
}

pub(crate) const MODES: &[(&str, Mode)] = &[("practice", Mode::Practice), ("challenge", Mode::Challenge)];
pub(crate) const CERTIFICATES: &[(&str, Certificate)] =
    &[("first", Certificate::First), ("best", Certificate::Best)];

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
        url: reader.get("url", text),
        theme: reader.get("theme", text),
        lessons: reader.get("lessons", list(text)).unwrap_or_default(),
        feedback: reader.get("feedback", one_of(MODES)),
        certificate: reader.get("certificate", one_of(CERTIFICATES)),
        library: reader.get("library", word_of(&["full"])).is_some(),
    };
    reader.close();
    Some(config)
}
