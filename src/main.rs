//! The `amends` command.

use std::process::ExitCode;

use clap::Parser;

/// Pages consist of many short texts, for which the system's allocator takes a fifth of a build's time.
#[cfg(feature = "fast")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    amends::shell::cmd::run(amends::shell::cli::Cli::parse())
}
