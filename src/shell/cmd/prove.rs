//! `amends prove`: what all plays of a scenario come to.
//!
//! Like `play` it takes whatever is structurally sound, whatever else is wrong in the course.

mod json;

use crate::course::{Model, Scenario};
use crate::load::{LoadOptions, load};
use crate::prove::{Proof, Proved, human};
use crate::shell::cli::{Prove, ReportFormat, Talk};
use crate::shell::cmd::chosen::{Chosen, unsound};
use crate::shell::cmd::{Failure, Outcome};
use crate::shell::disk;

/// Runs it.
///
/// # Errors
///
/// If a scenario cannot be found or read.
pub fn run(args: &Prove, talk: Talk) -> Result<Outcome, Failure> {
    match &args.scenario {
        Some(wanted) => {
            let chosen = Chosen::load(wanted, &args.site.site)?;
            let Some((scenario, model)) = chosen.scenario() else { return Ok(chosen.unsound(talk)) };
            show(&[proved(scenario, model, args)], args);
            Ok(Outcome::Done)
        }
        None => whole_site(args, talk),
    }
}

fn whole_site(args: &Prove, talk: Talk) -> Result<Outcome, Failure> {
    let options = LoadOptions { without_lints: true, ..LoadOptions::default() };
    let loaded = load(&disk::read(&args.site.site)?, &options);
    let (mut all, mut outcome) = (Vec::new(), Outcome::Done);
    for path in &loaded.files.scenarios {
        match loaded.playable(path) {
            Some((scenario, model)) => all.push(proved(scenario, model, args)),
            None => outcome = unsound(&loaded, path, talk),
        }
    }
    show(&all, args);
    Ok(outcome)
}

fn proved<'a>(scenario: &'a Scenario, model: &'a Model, args: &Prove) -> Proved<'a> {
    Proved { scenario, model, proof: Proof::of(&scenario.story, args.limit) }
}

fn show(proved: &[Proved<'_>], args: &Prove) {
    match args.format {
        ReportFormat::Human => anstream::print!("{}", human::proofs(proved)),
        ReportFormat::Json => anstream::print!("{}", json::proofs(proved, args.scenario.is_some())),
    }
}
