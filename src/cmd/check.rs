//! `amends check`: every fault of a course, where it is, and what to do about it.

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
    show(&loaded.diagnostics, &loaded.sources, args.format);
    if !talk.quiet {
        anstream::eprintln!("{}", render::summary(&loaded.diagnostics));
    }
    let stops = if args.strict { Severity::Warning } else { Severity::Error };
    let faulty = loaded.diagnostics.iter().any(|each| each.severity >= stops);
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

/// Prints diagnostics as the result of a command.
pub(super) fn show(diagnostics: &[Diagnostic], sources: &SourceMap, format: Format) {
    match format {
        Format::Human => anstream::print!("{}", render::human(diagnostics, sources)),
        Format::Short => anstream::print!("{}", render::short(diagnostics, sources)),
        Format::Json => anstream::print!("{}", render::json(diagnostics, sources)),
    }
}
