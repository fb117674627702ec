//! The `amends` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    amends::cmd::run(amends::cli::Cli::parse())
}
