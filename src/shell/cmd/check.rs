//! `amends check`: every fault of a course, where it is, and what to do about it.

use std::path::{Path, PathBuf};

use crate::course::Course;
use crate::diag::render::counted;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, render};
use crate::load::{Loaded, Memo, load_with};
use crate::prove::lock::{self, Lock};
use crate::shell::cli::{Check, Format, Talk};
use crate::shell::cmd::{Failure, Outcome, results};
use crate::shell::error::Error;
use crate::shell::external::{self, Patience};
use crate::source::SourceMap;

/// Runs it.
///
/// # Errors
///
/// If the course cannot be read.
pub fn run(args: &Check, talk: Talk) -> Result<Outcome, Failure> {
    let memo = Memo::of(&args.site.site);
    let tries = results::first_tries(&args.site.site, &args.results, talk)?;
    let mut loaded = load_with(&args.site.site, &memo, &tries)?;
    memo.save();
    if args.update_proof {
        match &loaded.course {
            Some(course) => keep(&args.site.site, course)?,
            None => anstream::eprintln!("{} is left as it is: there are errors", lock::PATH),
        }
        // What has just been kept is no news.
        loaded.diagnostics.retain(|each| loaded.course.is_none() || each.code != Code::ProofChanged);
    }
    if args.external {
        ask(&mut loaded, talk);
    }
    // A theme that cannot be loaded stops every build, however sound the course is.
    if loaded.themes.is_err() {
        std::mem::replace(&mut loaded.themes, Ok(Vec::new()))?;
    }
    show(&loaded.diagnostics, &loaded.sources, args);
    if !talk.quiet {
        anstream::eprintln!("{}", render::summary(&loaded.diagnostics));
    }
    let stops = if args.strict { Severity::Warning } else { Severity::Error };
    let faulty = loaded.diagnostics.iter().any(|each| each.severity >= stops);
    // The program ends here: nobody need give it back piece by piece.
    std::mem::forget(loaded);
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

/// Adds what other servers say of the links that lead to them.
fn ask(loaded: &mut Loaded, talk: Talk) {
    let (addresses, hosts) = external::extent(&loaded.external);
    if !talk.quiet && addresses > 0 {
        let (addresses, hosts) = (counted(addresses, "address"), counted(hosts, "host"));
        anstream::eprintln!("asking {hosts} for {addresses}");
    }
    let mut all = Diagnostics::default();
    loaded.diagnostics.drain(..).for_each(|each| all.push(each));
    external::check(&loaded.external, Patience::default()).into_iter().for_each(|each| all.push(each));
    loaded.diagnostics = all.sorted(&loaded.sources);
}

/// Writes the figures as they are now.
fn keep(site: &Path, course: &Course) -> Result<(), Error> {
    let path = site.join(lock::PATH);
    std::fs::write(&path, Lock::of(course).text()).map_err(|source| Error::new("write", &path, source))
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
