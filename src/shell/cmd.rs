//! The commands, one file each. Nothing else in the library prints: results go to stdout, everything else to stderr.

pub mod build;
pub mod check;
mod chosen;
pub mod data_sheet;
pub mod explain;
#[cfg(feature = "export")]
pub mod export;
pub mod ids;
pub mod map;
pub mod new;
mod next;
pub mod play;
pub mod prove;
pub mod results;
pub mod schema;
pub mod script;
pub mod serve;
pub mod start;
pub mod translate;

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use anstream::ColorChoice;

use crate::diag::controls::{visible, visible_line};
use crate::diag::render::{faults, summary};
use crate::load::{LoadOptions, Loaded, Report, load};
use crate::path::slashed;
use crate::shell::cli::{Cli, Color, Command, Global};
use crate::shell::disk;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it was asked to do.
    Done,
    /// The content has errors.
    Faulty,
    /// It could not run, and has reported why.
    Unable,
}

/// Why a command could not run at all.
pub type Failure = Box<dyn std::error::Error>;

/// How to get a program with a feature that this one was built without.
#[cfg(not(all(feature = "export", feature = "network")))]
fn lacks(feature: &str, command: &str) -> Failure {
    format!("this amends was built without the feature `{feature}`, which `{command}` needs; build it with `--features full`")
        .into()
}

/// Loads a site for a command that reports no weaknesses.
fn load_without_lints(site: &Path) -> Result<Loaded, Failure> {
    Ok(load(&disk::read(site)?, &LoadOptions::without_lints()))
}

/// Prints a line that is neither a result nor an error.
fn note(global: Global, line: impl Display) {
    if !global.quiet {
        anstream::eprintln!("{line}");
    }
}

/// Prints a line for each draft: no published site contains it, and its faults stop nothing.
fn note_drafts(loaded: &Loaded, global: Global) {
    for path in &loaded.drafts {
        note(global, format_args!("{} is a draft and is not published", visible_line(&slashed(path))));
    }
}

/// Prints the faults of what would be published, and the drafts. Returns whether the faults keep it from being `made`, and
/// says so.
fn stops(loaded: &Loaded, report: &Report, strict: bool, global: Global, made: &str) -> bool {
    let found = report.published();
    anstream::eprint!("{}", faults(&found, &loaded.sources));
    note_drafts(loaded, global);
    let stops = report.stops(strict);
    if stops {
        anstream::eprintln!("nothing was {made}: {}", summary(&found));
    }
    stops
}

/// Runs a command. Exit codes: 0 done, 1 the content has errors, 2 it could not run.
pub fn run(cli: Cli) -> ExitCode {
    match cli.global.color {
        Color::Auto => ColorChoice::Auto.write_global(),
        Color::Always => ColorChoice::Always.write_global(),
        Color::Never => ColorChoice::Never.write_global(),
    }
    let global = cli.global;
    let Some(command) = cli.command else {
        return ended(next::run(global));
    };
    ended(match command {
        Command::Build(args) => build::run(&args, global),
        Command::Serve(args) => serve::run(&args, global),
        Command::Start => start::run(global),
        Command::Check(args) => check::run(&args, global),
        #[cfg(feature = "export")]
        Command::Export(args) => export::run(&args, global),
        #[cfg(not(feature = "export"))]
        Command::Export(_) => Err(lacks("export", "amends export")),
        Command::Explain(args) => explain::run(&args),
        Command::Ids(args) => ids::run(&args, global),
        Command::New(args) => new::run(&args, global),
        Command::Play(args) => play::run(&args, global),
        Command::Prove(args) => prove::run(&args, global),
        Command::DataSheet(args) => data_sheet::run(&args),
        Command::Results(args) => results::run(&args, global),
        Command::Map(args) => map::run(&args, global),
        Command::Translate(args) => translate::run(&args, global),
        Command::Script(args) => script::run(&args, global),
        Command::Schema(args) => schema::run(&args, global),
    })
}

/// Reports why a command could not run, and returns its exit code.
fn ended(outcome: Result<Outcome, Failure>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::from(1),
        Ok(Outcome::Unable) => ExitCode::from(2),
        Err(failure) => {
            anstream::eprintln!("error: {}", visible(&failure.to_string()));
            ExitCode::from(2)
        }
    }
}
