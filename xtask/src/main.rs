//! `cargo xtask`: the project's own chores. Each is one file; `test` is all that CI does.

mod bench;
mod fuzz;
mod player;
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
        /// Write nothing: compare a fresh build with the committed one, byte by byte.
        #[arg(long)]
        check: bool,
    },
    /// Measure builds of generated courses beside the limit of the machine, and how long starting takes.
    Bench(bench::Bench),
    /// Throw mutated files at every parser, and fail at the first that panics, hangs or eats up the memory.
    Fuzz {
        /// One target: lesson, model, scenario, site or wire; without it each of them.
        target: Option<String>,
        /// How long each target runs.
        #[arg(long, default_value_t = fuzz::SECONDS)]
        seconds: u32,
    },
    /// Print the sizes of what a trainee loads, and hold them to their budgets.
    Size,
    /// Print Lighthouse's scores of home, a lesson and a scenario; fail below 100 in all but performance.
    Lighthouse,
    /// Install what the tests need, and run every one of them.
    Test,
}

fn main() -> ExitCode {
    if let Some(status) = fuzz::compile() {
        return status;
    }
    let done = match Cli::parse().chore {
        Chore::Player { check } => player::run(check),
        Chore::Bench(args) => bench::run(&args),
        Chore::Fuzz { target, seconds } => fuzz::run(target.as_deref(), seconds),
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
