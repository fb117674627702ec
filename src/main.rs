//! The `amends` command.

use std::process::ExitCode;

use clap::Parser;

/// Pages are made of many short texts; the system's allocator takes a fifth of a build.
#[cfg(feature = "fast")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    amends::shell::cmd::run(amends::shell::cli::Cli::parse())
}
