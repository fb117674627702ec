//! `amends translate`: lists what is translated into a language, starts a translation, or marks one as up to date.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::render::faults;
use crate::diag::{Code, Diagnostic, Severity};
use crate::language::{hint_at_language, is_language, language_of_country};
use crate::load::{LoadOptions, Loaded, load};
use crate::path::{normal, slashed};
use crate::render;
use crate::shell::cli::{Global, Translate};
use crate::shell::cmd::new::write_file;
use crate::shell::cmd::{Failure, Outcome, note};
use crate::shell::disk;
use crate::shell::error::Error;
use crate::theme::Theme;
use crate::translate::{Original, originals};

/// A file that can be translated, and the state of its translation.
struct Listed {
    /// Relative to the site, with forward slashes.
    original: String,
    translation: PathBuf,
    skeleton: String,
    /// `None` for words of the interface.
    stamp: Option<String>,
    state: &'static str,
}

/// Runs the command.
///
/// # Errors
/// If the course cannot be read, the file does not exist, or the translation cannot be written.
pub fn run(args: &Translate, global: Global) -> Result<Outcome, Failure> {
    let language = &args.language;
    if !is_language(language) {
        return Err(format!("`{language}` is not a language tag; {}", hint_at_language(language)).into());
    }
    if let Some(meant) = language_of_country(language) {
        return Err(
            format!("`{language}` is the code of a country; did you mean its language, `{meant}`?").into()
        );
    }
    let options = LoadOptions { language: Some(language), ..LoadOptions::default() };
    let loaded = load(&disk::read(&args.site.site)?, &options);
    let report = loaded.report(render::findings(&loaded));
    let own = Path::new("content").join(language);
    let is_of_original = |each: &Diagnostic| !loaded.sources.path(each.span.file).starts_with(&own);
    if report.diagnostics.iter().any(|each| each.severity == Severity::Error && is_of_original(each)) {
        anstream::eprint!("{}", faults(&report.diagnostics, &loaded.sources));
        return Ok(Outcome::Faulty);
    }
    let all = listed(&loaded, &report.diagnostics, args)?;
    let Some(file) = &args.file else {
        for each in &all {
            if args.all && each.state == "missing" {
                begin(each, args, global)?;
            } else if !args.all {
                anstream::println!("{:8} {}", each.state, each.original);
            }
        }
        offer(&loaded, language, global, args.all);
        return Ok(Outcome::Done);
    };
    let typed = normal(file);
    let Some(each) =
        all.iter().find(|each| [Path::new(&each.original), &each.translation].contains(&&*typed))
    else {
        let typed = slashed(&typed);
        return Err(format!("there is no `{typed}` to translate; leave the file out to list them all").into());
    };
    let (path, whole) = (each.translation.display(), args.site.site.join(&each.translation));
    match (whole.is_file(), args.done, &each.stamp) {
        (false, false, _) => {
            begin(each, args, global)?;
            offer(&loaded, language, global, true);
        }
        (true, true, Some(stamp)) => {
            write_file(&whole, stamped(&read(&whole)?, stamp).as_bytes())?;
            note(global, format_args!("up to date: {path}"));
        }
        (true, false, _) => {
            return Err(format!("{path} already exists; once it is up to date, say so with --done").into());
        }
        (false, true, _) => {
            return Err(format!("there is no {path} yet; leave --done out to start it").into());
        }
        (true, true, None) => {
            return Err(format!("{path} needs no --done: it is compared word by word").into());
        }
    }
    Ok(Outcome::Done)
}

/// Every file that can be translated, the words of the interface last.
fn listed(loaded: &Loaded, found: &[Diagnostic], args: &Translate) -> Result<Vec<Listed>, Failure> {
    let language = args.language.as_str();
    let state = |path: &Path| {
        let own = || found.iter().filter(|each| loaded.sources.path(each.span.file) == path);
        if !args.site.site.join(path).is_file() {
            "missing"
        } else if own().any(|each| each.code == Code::MissingTranslation || each.severity == Severity::Error)
        {
            "begun"
        } else if own().any(|each| each.code == Code::StaleTranslation) {
            "stale"
        } else {
            "done"
        }
    };
    let originals = originals(&loaded.course, &loaded.sources, language).into_iter().map(|original| {
        let rest = original.path.strip_prefix("content/").unwrap_or(&original.path);
        let translation = Path::new("content").join(language).join(rest);
        let model = rest.strip_prefix("models/").and_then(|name| name.strip_suffix(".yaml"));
        let state = match (state(&translation), model) {
            ("missing", Some(model)) if !loaded.course.uses(model) => "unused",
            (state, _) => state,
        };
        let Original { path, stamp, skeleton } = original;
        Listed { original: path, translation, skeleton, stamp: Some(stamp), state }
    });
    let mut all: Vec<Listed> = originals.collect();
    let themes = loaded.themes.as_ref().map_err(Clone::clone)?;
    if let Some(strings) = themes.iter().map(Theme::strings).find(|strings| strings.language() == language) {
        let original = format!("themes/{}/strings/{language}.yaml", loaded.course.settings.theme);
        let translation = PathBuf::from(&original);
        let is_whole = strings.missing_words().is_empty();
        let state = match args.site.site.join(&translation).is_file() {
            true if is_whole => "done",
            true => "begun",
            false => "missing",
        };
        if state != "missing" || !is_whole {
            all.push(Listed { original, translation, skeleton: strings.skeleton(), stamp: None, state });
        }
    }
    Ok(all)
}

fn begin(each: &Listed, args: &Translate, global: Global) -> Result<(), Failure> {
    write_file(&args.site.site.join(&each.translation), each.skeleton.as_bytes())?;
    note(global, format_args!("to be filled in: {}", slashed(&each.translation)));
    Ok(())
}

/// Prints what it takes to offer the language to trainees.
fn offer(loaded: &Loaded, language: &str, global: Global, begins: bool) {
    let named = &loaded.course.settings.languages;
    if begins && !named.iter().any(|own| own == language) {
        let all = named.join(", ");
        note(global, format_args!("to offer it, write `languages: [{all}, {language}]` in site.yaml"));
    }
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::new("read", path, source))
}

/// The text with this stamp, which replaces the old one or is added at the top.
fn stamped(text: &str, stamp: &str) -> String {
    let line = format!("source: {stamp}");
    if let Some(old) = text.lines().find(|line| line.starts_with("source:")) {
        return text.replacen(old, &line, 1);
    }
    match text.strip_prefix("---\n") {
        Some(rest) => format!("---\n{line}\n{rest}"),
        None => format!("{line}\n{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::stamped;

    #[test]
    fn a_stamp_replaces_the_old_one() {
        assert_eq!(stamped("# a\nsource: 1\ntitle: A\n", "2"), "# a\nsource: 2\ntitle: A\n");
        assert_eq!(stamped("title: A\n", "2"), "source: 2\ntitle: A\n");
        assert_eq!(stamped("---\ntitle: A\n---\n", "2"), "---\nsource: 2\ntitle: A\n---\n");
    }
}
