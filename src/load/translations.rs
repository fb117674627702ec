//! The course in each further language of a site: the original, with the words from `content/LANG/`.
//!
//! A file is translated completely or not at all, so a page is in one language, except for the names of an untranslated
//! model. Anything without a translation stays in the original language and is marked as such.

mod language;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::course::{Course, Settings};
use crate::diag::suggest::first_of;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::files::Files;
use crate::parse::At;
use crate::source::{SourceMap, Span};
use language::Translation;

/// The most missing words or files that a message names.
const NAMED: usize = 6;

/// Finds translations, and reports what is wrong with them.
pub(super) struct Translating<'a> {
    pub(super) files: &'a Files,
    /// Every file below a folder of `content` that is named after a language.
    pub(super) found: &'a [PathBuf],
    pub(super) sources: &'a mut SourceMap,
    pub(super) diags: &'a mut Diagnostics,
}

impl Translating<'_> {
    /// The course in each of these languages, with reports at the place that names it.
    pub(super) fn all(&mut self, course: &Course, languages: &[At<String>]) -> Vec<Course> {
        let mut used = BTreeSet::new();
        let mut all = Vec::new();
        for language in languages {
            let mut translation = Translation {
                files: self.files,
                language: &language.value,
                found: self.found,
                sources: &mut *self.sources,
                diags: &mut *self.diags,
                used: &mut used,
                missing: Vec::new(),
            };
            let own = translation.course(course);
            let missing = std::mem::take(&mut translation.missing);
            if !missing.is_empty() {
                let says = format!(
                    "{} not translated into `{}`: {}",
                    files(missing.len()),
                    language.value,
                    first_of(&missing, NAMED)
                );
                let help = format!(
                    "`amends translate {} --all` starts what is missing; until then the page is in the original's language",
                    language.value
                );
                self.diags.lint(Code::MissingTranslation, language.span, says, help);
            }
            all.push(own);
        }
        self.unread(&course.settings, &used);
        all
    }

    /// Reports files that translate nothing, unless an error in the original or in the settings explains it.
    fn unread(&mut self, settings: &Settings, used: &BTreeSet<PathBuf>) {
        let mut reported = BTreeSet::new();
        for path in self.found.iter().filter(|path| !used.contains(*path)) {
            let mut parts = path.iter();
            let content = Path::new(parts.next().unwrap_or_default());
            let language = parts.next().unwrap_or_default().to_string_lossy().into_owned();
            let original = content.join(parts.as_path());
            let is_named = settings.languages.contains(&language);
            let cause = if is_named { original.as_path() } else { Path::new("site.yaml") };
            let is_new = is_named || reported.insert(language.clone());
            let is_own = language == settings.language;
            if !is_new || self.has_errors(cause) || is_own && self.has_errors(Path::new("site.yaml")) {
                continue;
            }
            let (says, hint) = match () {
                () if is_own => (
                    format!("nothing reads this file: `{language}` is the language of the originals"),
                    match self.files.contains(&original) || original.ends_with("content/site.yaml") {
                        true => "remove it: the original already says this".to_owned(),
                        false => format!("move it to `{}`", original.display()),
                    },
                ),
                () if is_named => (
                    format!(
                        "nothing reads this file: there is no `{}` that it could translate",
                        original.display()
                    ),
                    "a translation has the path of its original".to_owned(),
                ),
                () => (
                    format!("nothing reads `content/{language}`: site.yaml does not name `{language}`"),
                    format!(
                        "if it is a language, write `languages: [{}, {language}]` in site.yaml; if not, give the folder a longer name",
                        settings.languages.join(", ")
                    ),
                ),
            };
            let file = self.sources.add(path, String::new());
            self.diags.lint(Code::MisplacedFile, Span::new(file, 0, 0), says, hint);
        }
    }

    fn has_errors(&self, path: &Path) -> bool {
        let is_of = |each: &&Diagnostic| self.sources.path(each.span.file) == path;
        self.diags.iter().filter(is_of).any(|each| each.severity == Severity::Error)
    }
}

fn files(count: usize) -> String {
    if count == 1 { "one file is".to_owned() } else { format!("{count} files are") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml;
    use crate::translate;
    use crate::translate::words::Words;

    #[test]
    fn the_translations_of_the_built_in_model_are_up_to_date() {
        let (mut sources, mut diags) = (SourceMap::default(), Diagnostics::default());
        let models = crate::load::models(&Files::default(), &[], false, &mut sources, &mut diags);
        let mut leaa = models.into_iter().next().expect("LEAA is built in");
        let now = translate::stamp(|see| translate::model(&mut leaa, see));
        for (language, text) in translate::BUILT_IN_MODELS {
            assert!(text.contains(&format!("source: {now}\n")), "{language}: source: {now}");
            let file = sources.add("leaa.yaml", text.to_owned());
            let value = yaml::parse_file(file, text, &mut diags).expect("it is YAML");
            let words = Words::of(&value, &mut diags);
            let missing = words.apply(|see| translate::model(&mut leaa.clone(), see), &mut diags);
            assert_eq!(missing, [""; 0], "{language}");
        }
        assert!(!diags.has_errors());
    }
}
