//! `amends prove`: what all plays of a scenario come to.
//!
//! Like `play` it takes whatever is structurally sound, whatever else is wrong in the course.

mod json;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::discover::discover;
use crate::load::{self, Single};
use crate::prove::{Proof, Proved, human};
use crate::shell::cli::{Prove, ReportFormat, Talk};
use crate::shell::cmd::{Failure, Outcome, play, unsound};

/// Runs it.
///
/// # Errors
///
/// If a scenario cannot be found or read.
pub fn run(args: &Prove, talk: Talk) -> Result<Outcome, Failure> {
    let singles = match &args.scenario {
        Some(wanted) => vec![load::scenario(&play::find(wanted, &args.site.site)?)?],
        None => all(&args.site.site)?.into_iter().map(|(single, _)| single).collect(),
    };
    let (mut proved, mut outcome) = (Vec::new(), Outcome::Done);
    for single in &singles {
        let Some((scenario, model)) = &single.scenario else {
            outcome = unsound(single, talk);
            continue;
        };
        let proof = Proof::of(&scenario.story, args.limit);
        proved.push(Proved { scenario, model, proof });
    }
    match args.format {
        ReportFormat::Human => anstream::print!("{}", human::proofs(&proved)),
        ReportFormat::Json => anstream::print!("{}", json::proofs(&proved, args.scenario.is_some())),
    }
    Ok(outcome)
}

/// Every scenario of a site but the files that one takes nodes from.
pub(super) fn all(site: &Path) -> Result<Vec<(Single, PathBuf)>, Failure> {
    let mut singles = Vec::new();
    for path in discover(site)?.scenarios {
        singles.push((load::scenario(&site.join(&path))?, path));
    }
    let included: BTreeSet<PathBuf> =
        singles.iter().flat_map(|(single, _)| single.includes.iter().cloned()).collect();
    let own = singles.into_iter().filter(|(_, path)| !included.contains(path));
    Ok(own.collect())
}
