//! Runs every test, quick ones first; the same in CI as on any machine.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Instant;

use crate::shell::{self, Done, cargo, root, run_with, say};
use crate::{dist, docs, fuzz, hosts, player, size, tools};

/// The features of a release, with which the tests run.
pub(crate) const FULL: &str = "amends/full";

/// Installs what is missing, and runs every test.
pub(crate) fn run() -> Done {
    tools::components()?;
    let cargo = cargo();
    step("formatting", || shell::run(&cargo, ["fmt", "--all", "--check"]))?;
    step("lints", || {
        let all = ["clippy", "--workspace", "--all-targets", "--features", FULL, "--locked"];
        shell::run(&cargo, all.iter().chain(&["--", "--deny", "warnings"]))
    })?;
    step("core", core)?;
    step("tests", || shell::run(&cargo, ["test", "--workspace", "--features", FULL, "--locked"]))?;
    step("docs", || {
        let deny = [("RUSTDOCFLAGS", OsStr::new("--deny warnings"))];
        run_with(&cargo, ["doc", "--workspace", "--features", FULL, "--no-deps", "--locked"], &deny)
    })?;
    step("site of the docs", docs::run)?;
    step("crates", crates)?;
    step("notices", dist::check_notices)?;
    step("packages", dist::test)?;
    step("player", || player::types().and_then(|()| player::run(true)))?;
    step("sizes", size::run)?;
    step("fuzz", || fuzz::run(None, fuzz::SECONDS))?;
    step("browser", browser)?;
    step("hosts", hosts::test)
}

/// Checks that no license requires more than a notice, and that each duplicated crate has a reason in `deny.toml`.
fn crates() -> Done {
    let all = ["--locked", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
    run_with(tools::deny()?, all, &[("CARGO", OsStr::new(&cargo()))])
}

/// Checks that the core compiles for a browser, and that its own lints keep the disk, the clock, the network and threads
/// out.
fn core() -> Done {
    tools::target(tools::TARGET)?;
    let core = ["--package", "amends", "--lib", "--no-default-features", "--locked"];
    shell::run(cargo(), ["check"].iter().chain(&core).chain(&["--target", tools::TARGET]))?;
    let deny = ["--", "--deny", "clippy::disallowed_methods", "--deny", "clippy::disallowed_types"];
    let lints = root().join(".cargo/core");
    run_with(cargo(), ["clippy"].iter().chain(&core).chain(&deny), &[("CLIPPY_CONF_DIR", lints.as_os_str())])
}

/// Builds the program for tests.
pub(crate) fn program() -> Done<PathBuf> {
    shell::run(cargo(), ["build", "--package", "amends", "--features", FULL, "--bin", "amends", "--locked"])?;
    Ok(shell::target().join("debug/amends"))
}

/// Builds the included course.
pub(crate) fn site() -> Done<PathBuf> {
    let (program, site, output) = (program()?, root(), shell::target().join("browser/site"));
    let arguments = [
        OsStr::new("build"),
        OsStr::new("--site"),
        site.as_os_str(),
        OsStr::new("--output"),
        output.as_os_str(),
    ];
    shell::run(program, arguments)?;
    Ok(output)
}

/// Plays the sites of the tests, which they build themselves, in real browsers.
fn browser() -> Done {
    tools::node()?;
    tools::java()?;
    let (program, chromium, firefox) = (program()?, tools::chromium()?, tools::firefox()?);
    let environment = [
        ("AMENDS", program.as_os_str()),
        ("CHROMIUM", chromium.as_os_str()),
        ("FIREFOX", firefox.as_os_str()),
    ];
    run_with(tools::package("playwright"), ["test", "-c", "tests/browser"], &environment)
}

/// Prints Lighthouse's report. It takes too long to run for every change.
pub(crate) fn lighthouse() -> Done {
    tools::node()?;
    let (chromium, site) = (tools::chromium()?, site()?);
    let script = root().join("tests/browser/lighthouse.mjs");
    shell::run("node", [script.as_os_str(), site.as_os_str(), chromium.as_os_str()])
}

fn step(name: &str, work: impl FnOnce() -> Done) -> Done {
    let start = Instant::now();
    say(&format!("== {name}"));
    work()?;
    say(&format!("== {name}: done in {:.0} s", start.elapsed().as_secs_f64()));
    Ok(())
}
