//! `amends check`: reports every fault of a course, with its place and remedy.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::address::Purpose;
#[cfg(feature = "network")]
use crate::diag::Diagnostics;
#[cfg(feature = "network")]
use crate::diag::render::counted;
use crate::diag::render::{github, human, json, sarif, short, summary};
use crate::diag::{Code, Diagnostic};
use crate::history;
use crate::load::{LoadOptions, Loaded, Report, load};
use crate::markdown::PageFindings;
use crate::prove::lock::{self, Lock};
use crate::render;
use crate::shell::cli::{Check, Format, Global};
use crate::shell::cmd::{Failure, Outcome, note, note_drafts, results};
use crate::shell::disk;
use crate::shell::error::Error;
#[cfg(feature = "network")]
use crate::shell::external::{self, Patience};
use crate::shell::whole::written;
use crate::sink::Discard;
use crate::source::SourceMap;
use crate::theme::Theme;

/// Runs the command.
///
/// # Errors
/// If the course cannot be read.
pub fn run(args: &Check, global: Global) -> Result<Outcome, Failure> {
    let files = disk::read(&args.site.site)?;
    let plays = results::plays(&files, &args.results, global)?;
    let loaded = load(&files, &LoadOptions { plays: Some(&plays), ..LoadOptions::default() });
    let (findings, failure) = look_through(&loaded);
    let mut report = loaded.report(findings);
    if args.update_proof {
        let sound = !report.has_errors();
        if sound {
            keep(&args.site.site, lock::PATH, &Lock::of(&loaded.course).text())?;
            keep(&args.site.site, history::PATH, &loaded.history.clone().with(&loaded.course).text())?;
            // A change that has just been recorded is not reported.
            report.diagnostics.retain(|each| each.code != Code::ProofChanged);
        } else {
            anstream::eprintln!(
                "{} and {} are unchanged, because there are errors",
                lock::PATH,
                history::PATH
            );
        }
    }
    if args.external {
        ask(&mut report, &loaded.sources, global)?;
    }
    show(&report.diagnostics, &loaded.sources, args);
    // A theme that fails stops every build, even of a sound course. Errors in the content may be the cause.
    failure.map_or(Ok(()), Err)?;
    note(global, summary(&report.diagnostics));
    note_drafts(&loaded, global);
    Ok(if report.stops(args.strict) { Outcome::Faulty } else { Outcome::Done })
}

/// Checks all texts. A site's own templates and words can fail, so with them every page is rendered.
fn look_through(loaded: &Loaded) -> (PageFindings, Option<render::Error>) {
    let rendered = match &loaded.themes {
        Ok(themes) if !themes.iter().any(Theme::is_changed) || !loaded.is_sound() => {
            return (render::findings(loaded), None);
        }
        Ok(_) => render::render(loaded, Purpose::Publish, &Discard),
        Err(error) => Err(error.clone().into()),
    };
    rendered.map_or_else(|error| (render::findings(loaded), Some(error)), |findings| (findings, None))
}

#[cfg(not(feature = "network"))]
fn ask(_: &mut Report, _: &SourceMap, _: Global) -> Result<(), Failure> {
    Err(super::lacks("network", "amends check --external"))
}

/// Adds the faults of links to other servers.
#[cfg(feature = "network")]
fn ask(report: &mut Report, sources: &SourceMap, global: Global) -> Result<(), Failure> {
    let (addresses, hosts) = external::extent(&report.external);
    if addresses > 0 {
        let (addresses, hosts) = (counted(addresses, "address"), counted(hosts, "host"));
        note(global, format_args!("asking {hosts} for {addresses}"));
    }
    let mut all = Diagnostics::default();
    report.diagnostics.drain(..).for_each(|each| all.push(each));
    external::check(&report.external, Patience::default())?.into_iter().for_each(|each| all.push(each));
    report.diagnostics = all.sorted(sources);
    Ok(())
}

/// Writes a lock file beside the content.
fn keep(site: &Path, name: &str, text: &str) -> Result<(), Error> {
    let path = site.join(name);
    let failed = |source| Error::new("write", &path, source);
    written(&path, |mut file| file.write_all(text.as_bytes()).map_err(failed))
}

/// Prints diagnostics as the result of a command.
fn show(diagnostics: &[Diagnostic], sources: &SourceMap, args: &Check) {
    let site = from_here(&args.site.site);
    let text = match args.format {
        Format::Human => human(diagnostics, sources),
        Format::Short => short(diagnostics, sources),
        Format::Json => json(diagnostics, sources),
        Format::Github => github(diagnostics, sources, &site),
        Format::Sarif => sarif(diagnostics, sources, &site),
    };
    anstream::print!("{text}");
}

/// The path from the current folder, which in a CI job is the repository's, to the site.
fn from_here(site: &Path) -> PathBuf {
    let (Ok(here), Ok(site)) = (std::env::current_dir(), site.canonicalize()) else { return site.to_owned() };
    let here = here.canonicalize().unwrap_or(here);
    site.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(site)
}
