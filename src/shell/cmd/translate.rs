//! `amends translate`: what is translated into a language, a first file to fill in, and the mark that it is up to date.

use std::fs;
use std::path::Path;

use crate::diag::render::faults;
use crate::load::{LoadOptions, load};
use crate::path::{is_language, normal, slashed};
use crate::render;
use crate::shell::cli::{Talk, Translate};
use crate::shell::cmd::new::write_file;
use crate::shell::cmd::{Failure, Outcome};
use crate::shell::disk;
use crate::shell::error::Error;
use crate::translate::{Original, originals};

/// Runs it.
///
/// # Errors
///
/// If the course cannot be read, there is no such file, or it cannot be written.
pub fn run(args: &Translate, talk: Talk) -> Result<Outcome, Failure> {
    let language = &args.language;
    if !is_language(language) {
        return Err(format!("`{language}` is not a language; write a tag such as `de` or `pt-BR`").into());
    }
    let loaded = load(&disk::read(&args.site.site)?, &LoadOptions::default());
    let report = loaded.report(render::findings(&loaded));
    if report.has_errors() {
        anstream::eprint!("{}", faults(&report.diagnostics, &loaded.sources));
        return Ok(Outcome::Faulty);
    }
    let all = originals(&loaded.course, &loaded.sources);
    let Some(file) = &args.file else {
        for original in &all {
            let state = state(&args.site.site, original, language)?;
            anstream::println!("{state:8} {}", original.path);
        }
        return Ok(Outcome::Done);
    };
    let typed = slashed(&normal(file));
    let typed = typed
        .strip_prefix(&format!("content/{language}/"))
        .map_or(typed.clone(), |rest| format!("content/{rest}"));
    let Some(original) = all.iter().find(|original| original.path == typed) else {
        return Err(format!("there is no `{typed}` to translate; leave the file out to list them all").into());
    };
    let path = translation(original, language);
    let whole = args.site.site.join(&path);
    let text = match (whole.is_file(), args.done) {
        (false, false) => original.skeleton.clone(),
        (true, true) => stamped(&read(&whole)?, &original.stamp),
        (true, false) => {
            return Err(format!("{path} already exists; once it is up to date, say so with --done").into());
        }
        (false, true) => return Err(format!("there is no {path} yet; leave --done out to start it").into()),
    };
    write_file(&whole, text.as_bytes())?;
    if !talk.quiet {
        anstream::eprintln!("{} {path}", if args.done { "up to date:" } else { "to be filled in:" });
    }
    Ok(Outcome::Done)
}

/// Where the translation of an original stands.
fn translation(original: &Original, language: &str) -> String {
    let rest = original.path.strip_prefix("content/").unwrap_or(&original.path);
    format!("content/{language}/{rest}")
}

fn state(site: &Path, original: &Original, language: &str) -> Result<&'static str, Error> {
    let path = site.join(translation(original, language));
    if !path.is_file() {
        return Ok("missing");
    }
    let recorded =
        read(&path)?.lines().find_map(|line| Some(line.strip_prefix("source:")?.trim().to_owned()));
    Ok(if recorded.as_ref() == Some(&original.stamp) { "done" } else { "stale" })
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::new("read", path, source))
}

/// The text with the stamp: in place of the one that it has, else at its top.
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
    fn a_stamp_takes_the_place_of_the_old_one() {
        assert_eq!(stamped("# a\nsource: 1\ntitle: A\n", "2"), "# a\nsource: 2\ntitle: A\n");
        assert_eq!(stamped("title: A\n", "2"), "source: 2\ntitle: A\n");
        assert_eq!(stamped("---\ntitle: A\n---\n", "2"), "---\nsource: 2\ntitle: A\n---\n");
    }
}
