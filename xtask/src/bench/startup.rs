//! How long it takes until something is there: the program itself, and a check of the course that ships.

use std::process::Command;

use super::Programs;
use super::clock::{self, Cost};
use crate::shell::{Done, root};

/// What starting costs.
pub(super) struct Startup {
    pub(super) version: Cost,
    pub(super) check: Cost,
    pub(super) build: Cost,
    /// Bytes of the binary.
    pub(super) binary: u64,
}

/// Measures on the shipped course.
pub(super) fn measure(programs: &Programs, runs: usize) -> Done<Startup> {
    let output = root().join("target/bench-site");
    let median = |arguments: &[&str]| {
        let mut command = Command::new(&programs.amends);
        command.args(arguments).current_dir(root());
        let costs: Vec<Cost> =
            (0..runs.max(1)).map(|_| clock::run(&mut command)).collect::<Result<_, _>>()?;
        Ok::<_, String>(clock::median(&costs))
    };
    let size = std::fs::metadata(&programs.amends).map_err(|error| error.to_string())?.len();
    Ok(Startup {
        version: median(&["--version"])?,
        check: median(&["check"])?,
        build: median(&["build", "--output", &output.to_string_lossy()])?,
        binary: size,
    })
}
