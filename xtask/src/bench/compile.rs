//! How long the program takes to compile from clean, how much code that is, and how large it comes out.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::time::Instant;

use crate::shell::{self, Done, cargo, root};

/// What compiling costs.
pub(super) struct Compiled {
    pub(super) seconds: f64,
    /// Packages that it consists of, its own included.
    pub(super) packages: usize,
    /// Bytes of the binary.
    pub(super) binary: u64,
}

/// Compiles in a folder of its own, which is removed before and after.
pub(super) fn measure(profile: &str) -> Done<Compiled> {
    let target = root().join("target/bench-compile");
    shell::remove(&target)?;
    let tree = ["tree", "--locked", "--package", "amends", "--edges", "normal", "--prefix", "none"];
    let listed = shell::output(&cargo(), tree)?;
    let listed = String::from_utf8_lossy(&listed);
    let packages: BTreeSet<(&str, &str)> = listed
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, rest)| (name, rest.split_whitespace().next().unwrap_or_default()))
        .collect();
    let build =
        ["build", "--quiet", "--locked", "--package", "amends", "--bin", "amends", "--profile", profile];
    let start = Instant::now();
    shell::run_with(&cargo(), build.map(OsStr::new), &[("CARGO_TARGET_DIR", target.as_os_str())])?;
    let seconds = start.elapsed().as_secs_f64();
    let binary = target.join(profile).join("amends");
    let binary = binary.metadata().map_err(|error| format!("{}: {error}", binary.display()))?.len();
    shell::remove(&target)?;
    Ok(Compiled { seconds, packages: packages.len(), binary })
}
