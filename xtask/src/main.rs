//! `cargo xtask`: the project's own chores, each in a file; `test` is all that CI does.

mod bench;
mod dist;
mod docs;
mod figures;
mod fuzz;
mod hosts;
mod player;
mod portraits;
mod shell;
mod size;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own chores.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the scripts of the pages from source and write them to scenario-wasm/dist.
    Player {
        /// Write nothing: compare a fresh build with the committed scripts, byte by byte.
        #[arg(long)]
        check: bool,
    },
    /// Measure builds, checks, saves and the player, beside the limit of the machine and other programs.
    Bench(bench::Bench),
    /// Renew what README and docs show of the program: its output, the tables of the bench, the pictures.
    Figures,
    /// Generate the parts of portraits again, from Open Peeps.
    Portraits,
    /// Build the program for release and pack it as people install it: an archive, a wheel, npm packages, a Debian package.
    Dist(dist::Dist),
    /// Build the pages of docs as a site.
    Docs,
    /// Run every parser on mutated files, and fail at the first that panics, hangs or uses too much memory.
    Fuzz {
        /// One target: codes, lesson, model, scenario, site or wire; all of them by default.
        target: Option<String>,
        /// Seconds for each target.
        #[arg(long, default_value_t = fuzz::SECONDS)]
        seconds: u32,
    },
    /// Play packages on other people's learning platforms, which are fetched.
    Hosts,
    /// Print the sizes of what a trainee loads, and fail if one is over its budget.
    Size,
    /// Print Lighthouse's scores of home, a lesson and a scenario; fail if one is below 100, except for performance.
    Lighthouse,
    /// Install what the tests need, and run them all.
    Test,
}

fn main() -> ExitCode {
    if let Some(status) = fuzz::run_as_compiler() {
        return status;
    }
    let done = match Cli::parse().chore {
        Chore::Player { check } => player::run(check),
        Chore::Bench(args) => bench::run(&args),
        Chore::Dist(args) => dist::run(&args),
        Chore::Docs => docs::run(),
        Chore::Figures => figures::run(),
        Chore::Portraits => portraits::run(),
        Chore::Fuzz { target, seconds } => fuzz::run(target.as_deref(), seconds),
        Chore::Hosts => hosts::test(),
        Chore::Size => size::run(),
        Chore::Lighthouse => test::lighthouse(),
        Chore::Test => test::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            shell::say(&format!("xtask: {error}"));
            ExitCode::FAILURE
        }
    }
}
