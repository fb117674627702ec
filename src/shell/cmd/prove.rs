//! `amends prove`: prints figures over all plays of a scenario.
//!
//! Accepts any sound story, whatever else is wrong in the course.

mod json;

use crate::diag::controls::visible;
use crate::load::Loaded;
use crate::prove::{Proving, human};
use crate::shell::cli::{Global, Prove, ReportFormat};
use crate::shell::cmd::chosen::{Chosen, unsound};
use crate::shell::cmd::{Failure, Outcome, load_without_lints};

/// Runs the command.
///
/// # Errors
/// If a scenario cannot be found or read.
pub fn run(args: &Prove, global: Global) -> Result<Outcome, Failure> {
    match &args.scenario {
        Some(wanted) => {
            let chosen = Chosen::among_others(wanted, &args.site.site)?;
            let Some((scenario, model)) = chosen.scenario() else { return Ok(chosen.unsound(global)) };
            let proved = proving(chosen.loaded(), args).prove(scenario, model);
            match args.format {
                ReportFormat::Human => anstream::print!("{}", visible(&human::proofs(&[proved]))),
                ReportFormat::Json => anstream::print!("{}", json::one(&proved)),
            }
            Ok(Outcome::Done)
        }
        None => whole_site(args, global),
    }
}

fn whole_site(args: &Prove, global: Global) -> Result<Outcome, Failure> {
    let loaded = load_without_lints(&args.site.site)?;
    let proving = proving(&loaded, args);
    let (mut all, mut outcome) = (Vec::new(), Outcome::Done);
    for path in &loaded.files.scenarios {
        match loaded.playable(path) {
            Some((scenario, model)) => all.push(proving.prove(scenario, model)),
            None => outcome = unsound(&loaded, path, global),
        }
    }
    match args.format {
        ReportFormat::Human => {
            anstream::print!("{}{}", visible(&human::proofs(&all)), human::style(&proving));
        }
        ReportFormat::Json => anstream::print!("{}", json::course(&all, &proving)),
    }
    Ok(outcome)
}

fn proving(loaded: &Loaded, args: &Prove) -> Proving {
    Proving::new(&loaded.course, &loaded.limits, args.limit)
}
