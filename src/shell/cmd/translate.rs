//! `amends translate`: lists what is translated into a language, starts a translation, or marks one as up to date.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::render::faults;
use crate::diag::{Code, Diagnostic, Severity};
use crate::language::{hint_at_language, is_language, language_of_country};
use crate::load::{LoadOptions, Loaded, load};
use crate::parse::front_matter::cut;
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

impl Listed {
    /// Whether a path means this file. All others are in `content`, so `site.yaml` may be thought to be there.
    fn is_named(&self, typed: &Path) -> bool {
        let original = Path::new(&self.original);
        [original, &self.translation, &Path::new("content").join(original)].contains(&typed)
    }
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
    let is_own = loaded.course.settings.language == *language;
    let already = || format!("the course is in `{language}` already; name the language to translate it into");
    if is_own && all.is_empty() {
        return Err(already().into());
    }
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
    let Some(each) = all.iter().find(|each| each.is_named(&typed)) else {
        let typed = slashed(&typed);
        return Err(match is_own {
            true => already().into(),
            false => {
                format!("there is no `{typed}` to translate; leave the file out to list them all").into()
            }
        });
    };
    let (path, whole) = (each.translation.display(), args.site.site.join(&each.translation));
    match (whole.is_file(), args.done, &each.stamp) {
        (false, false, _) => {
            begin(each, args, global)?;
            offer(&loaded, language, global, true);
        }
        (true, true, Some(_)) if each.state == "begun" => {
            let gaps = report.diagnostics.iter().filter(|found| is_gap(&loaded, found, &each.translation));
            anstream::eprint!("{}", faults(&gaps.cloned().collect::<Vec<_>>(), &loaded.sources));
            anstream::eprintln!("not up to date yet: {path}");
            return Ok(Outcome::Faulty);
        }
        (true, true, Some(stamp)) => {
            let is_page = whole.extension().is_some_and(|ending| ending == "md");
            write_file(&whole, stamped(&read(&whole)?, stamp, is_page).as_bytes())?;
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
    let is_stale = |each: &Diagnostic, path: &Path| {
        each.code == Code::StaleTranslation && loaded.sources.path(each.span.file) == path
    };
    let state = |path: &Path| {
        if !args.site.site.join(path).is_file() {
            "missing"
        } else if found.iter().any(|each| is_gap(loaded, each, path)) {
            "begun"
        } else if found.iter().any(|each| is_stale(each, path)) {
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
    // Into its own language, only the interface can be translated.
    let is_other = loaded.course.settings.language != language;
    let mut all: Vec<Listed> = originals.filter(|_| is_other).collect();
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

/// Whether a fault keeps the translation at a path from being used.
fn is_gap(loaded: &Loaded, fault: &Diagnostic, path: &Path) -> bool {
    let keeps = fault.code == Code::MissingTranslation || fault.severity == Severity::Error;
    keeps && loaded.sources.path(fault.span.file) == path
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

/// The text with this stamp, which replaces the old one or is added at the top. Only the YAML of a page has one.
fn stamped(text: &str, stamp: &str, is_page: bool) -> String {
    let (mark, text) = text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let end =
        if text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" };
    let line = format!("source: {stamp}{end}");
    let keys = match is_page {
        true => cut(text).yaml,
        false => Some(start(text)..text.len()),
    };
    let Some(keys) = keys else { return format!("{mark}---{end}{line}---{end}{text}") };
    let (above, yaml, below) = (&text[..keys.start], &text[keys.clone()], &text[keys.end..]);
    let is_stamp =
        |line: &str| line.strip_prefix("source").is_some_and(|rest| rest.trim_start().starts_with(':'));
    let lines = yaml.split_inclusive('\n');
    let yaml = match lines.clone().any(is_stamp) {
        true => lines.map(|old| if is_stamp(old) { &line } else { old }).collect(),
        false => format!("{line}{yaml}"),
    };
    format!("{mark}{above}{yaml}{below}")
}

/// Where the keys of a YAML file start: below a line `---` with nothing but comments above it.
fn start(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        match line.trim_end() {
            "---" => return at,
            line if line.is_empty() || line.starts_with(['#', '%']) => {}
            _ => break,
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::stamped;

    #[test]
    fn a_stamp_replaces_the_old_one() {
        let yaml = |text: &str| stamped(text, "2", false);
        assert_eq!(yaml("# a\nsource: 1\ntitle: A\n"), "# a\nsource: 2\ntitle: A\n");
        assert_eq!(yaml("title: A\n"), "source: 2\ntitle: A\n");
        assert_eq!(yaml("# a\n---\ntitle: A\n"), "# a\n---\nsource: 2\ntitle: A\n");
        assert_eq!(yaml("# source: 1\nsource: 1\n"), "# source: 1\nsource: 2\n");
        assert_eq!(yaml("\u{feff}title: A\r\nsource: 1\r\n"), "\u{feff}title: A\r\nsource: 2\r\n");
        assert_eq!(yaml("title: |\n  source: 1\n"), "source: 2\ntitle: |\n  source: 1\n");
    }

    #[test]
    fn the_stamp_of_a_page_is_in_its_front_matter() {
        let page = |text: &str| stamped(text, "2", true);
        assert_eq!(page("---\ntitle: A\n---\n"), "---\nsource: 2\ntitle: A\n---\n");
        let body = "<!--\nsource: 1\n-->\nsource: us\n";
        assert_eq!(page(&format!("---\nsource: 1\n---\n{body}")), format!("---\nsource: 2\n---\n{body}"));
        assert_eq!(page(&format!("---\na: b\n---\n{body}")), format!("---\nsource: 2\na: b\n---\n{body}"));
        assert_eq!(page(body), format!("---\nsource: 2\n---\n{body}"));
        let before = "\u{feff}---\r\ntitle: A\r\n---\r\nText\r\n";
        assert_eq!(page(before), "\u{feff}---\r\nsource: 2\r\ntitle: A\r\n---\r\nText\r\n");
    }
}
