//! `amends build`: makes the site and writes it.

use std::time::Instant;

use crate::cli::{Build, Talk};
use crate::cmd::{Failure, Outcome};
use crate::diag::render::{counted, faults, summary};
use crate::load::Memo;
use crate::output::Shelf;
use crate::pipeline::{self, Made};
use crate::render::Purpose;
use crate::write::Writing;

/// Runs it. Diagnostics and the summary are talk; the result is the folder.
///
/// # Errors
///
/// If the course cannot be read, its theme fails, or the folder cannot be written.
pub fn run(args: &Build, talk: Talk) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let to = args.output.clone().unwrap_or_else(|| args.site.site.join("public"));
    let writing = Writing::begin(&to)?;
    let memo = Memo::of(&args.site.site);
    let place = (&writing as &dyn Shelf, args.url.as_deref());
    let Made { loaded, output } =
        pipeline::make_onto(&args.site.site, (Purpose::Publish, args.strict), place, &memo)?;
    memo.save();
    anstream::eprint!("{}", faults(&loaded.diagnostics, &loaded.sources));
    let Some(output) = output else {
        anstream::eprintln!("nothing was built: {}", summary(&loaded.diagnostics));
        return Ok(Outcome::Faulty);
    };
    let written = writing.finish(&output)?;
    if !talk.quiet {
        let pages = output.paths().filter(|path| path.ends_with(".html")).count();
        anstream::eprintln!(
            "built {}, {} in {} ms -> {} ({} changed, {} removed)",
            counted(pages, "page"),
            counted(written.files, "file"),
            start.elapsed().as_millis(),
            to.display(),
            written.changed,
            written.removed
        );
    }
    Ok(Outcome::Done)
}
