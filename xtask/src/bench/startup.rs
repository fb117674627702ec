//! How long it takes until something is there: the program itself, and the course that ships.

use std::process::Command;

use super::Programs;
use super::clock::{self, Cost};
use crate::shell::{Done, root};

/// What starting costs.
pub(super) struct Startup {
    /// By what was asked for.
    pub(super) commands: Vec<(String, Cost)>,
    /// Bytes of the binary.
    pub(super) binary: u64,
}

/// Measures on the shipped course, with what amends remembers of it and without.
pub(super) fn measure(programs: &Programs, runs: usize) -> Done<Startup> {
    let output = root().join("target/bench-site").to_string_lossy().into_owned();
    let build = ["build", "--output", &output];
    let mut commands = Vec::new();
    for arguments in [["--version"].as_slice(), &["check"], &build] {
        for remembers in [true, false] {
            let mut command = Command::new(&programs.amends);
            command.args(arguments).current_dir(root());
            let mut name = format!("amends {}", arguments[0]);
            if !remembers {
                // Its own version is nothing to remember.
                if arguments[0] == "--version" {
                    continue;
                }
                command.env("AMENDS_CACHE", "");
                name.push_str(", remembering nothing");
            }
            let costs = (0..runs.max(1)).map(|_| clock::run(&mut command)).collect::<Done<Vec<_>>>()?;
            commands.push((name, clock::median(&costs)));
        }
    }
    let binary = std::fs::metadata(&programs.amends).map_err(|error| error.to_string())?.len();
    Ok(Startup { commands, binary })
}
