//! `amends build`: makes the site and writes it.

use std::path::Path;
use std::time::Instant;

use crate::diag::render::{counted, faults, summary};
use crate::discover::discover;
use crate::load::Memo;
use crate::output::Shelf;
use crate::pipeline::{self, Made};
use crate::render::Purpose;
use crate::shell::cli::{Build, Talk};
use crate::shell::cmd::{Failure, Outcome};
use crate::shell::write::Writing;
use crate::standing::{Standing, Told};

/// Runs it. Diagnostics and the summary are talk; the result is the folder.
///
/// # Errors
///
/// If the course cannot be read, its theme fails, or the folder cannot be written.
pub fn run(args: &Build, talk: Talk) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let to = args.output.clone().unwrap_or_else(|| args.site.site.join("public"));
    let asked = format!("{} {:?}", args.strict, args.url);
    let standing = Standing::of(&args.site.site, &to, &asked);
    if let Some(told) = standing.as_ref().and_then(Standing::told) {
        say(&told, "nothing changed", (start, &to), talk);
        return Ok(Outcome::Done);
    }
    let writing = Writing::begin(&to)?;
    let memo = Memo::of(&args.site.site);
    let place = (&writing as &dyn Shelf, args.url.as_deref());
    let site = &args.site.site;
    let find =
        || standing.as_ref().and_then(|standing| standing.found(site)).map_or_else(|| discover(site), Ok);
    let Made { loaded, output } =
        pipeline::make_onto((site, find), (Purpose::Publish, args.strict), place, &memo)?;
    memo.save();
    let faults = faults(&loaded.diagnostics, &loaded.sources);
    let Some(output) = output else {
        anstream::eprint!("{faults}");
        anstream::eprintln!("nothing was built: {}", summary(&loaded.diagnostics));
        return Ok(Outcome::Faulty);
    };
    let (written, looks) = writing.finish(&output)?;
    let pages = output.paths().filter(|path| path.ends_with(".html")).count();
    let told = Told { faults, pages, files: written.files };
    say(&told, &format!("{} changed, {} removed", written.changed, written.removed), (start, &to), talk);
    if let Some(standing) = standing {
        standing.keep(told, looks);
    }
    // The program ends here, and a large course takes longer to be given back piece by piece than all at once.
    std::mem::forget((loaded, output));
    Ok(Outcome::Done)
}

fn say(told: &Told, what: &str, (start, to): (Instant, &Path), talk: Talk) {
    anstream::eprint!("{}", told.faults);
    if !talk.quiet {
        anstream::eprintln!(
            "built {}, {} in {} ms -> {} ({what})",
            counted(told.pages, "page"),
            counted(told.files, "file"),
            start.elapsed().as_millis(),
            to.display(),
        );
    }
}
