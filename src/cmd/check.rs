//! `amends check`: every fault of a course, where it is, and what to do about it.

use std::path::{Path, PathBuf};

use crate::cli::{Check, Format, Talk};
use crate::cmd::{Failure, Outcome};
use crate::diag::{Diagnostic, Severity, render};
use crate::load::load;
use crate::source::SourceMap;

/// Runs it.
///
/// # Errors
///
/// If the course cannot be read.
pub fn run(args: &Check, talk: Talk) -> Result<Outcome, Failure> {
    let loaded = load(&args.site.site)?;
    show(&loaded.diagnostics, &loaded.sources, args);
    if !talk.quiet {
        anstream::eprintln!("{}", render::summary(&loaded.diagnostics));
    }
    let stops = if args.strict { Severity::Warning } else { Severity::Error };
    let faulty = loaded.diagnostics.iter().any(|each| each.severity >= stops);
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

/// Prints diagnostics as the result of a command.
fn show(diagnostics: &[Diagnostic], sources: &SourceMap, args: &Check) {
    let site = from_here(&args.site.site);
    let text = match args.format {
        Format::Human => render::human(diagnostics, sources),
        Format::Short => render::short(diagnostics, sources),
        Format::Json => render::json(diagnostics, sources),
        Format::Github => render::github(diagnostics, sources, &site),
        Format::Sarif => render::sarif(diagnostics, sources, &site),
    };
    anstream::print!("{text}");
}

/// The way from the folder where the command runs, which in a job is the repository's, to the site.
fn from_here(site: &Path) -> PathBuf {
    let (Ok(here), Ok(site)) = (std::env::current_dir(), site.canonicalize()) else { return site.to_owned() };
    let here = here.canonicalize().unwrap_or(here);
    site.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(site)
}
