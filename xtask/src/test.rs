//! Every test, in the order of how soon it tells: what CI runs, and what anyone can run.

use std::ffi::OsStr;
use std::time::Instant;

use crate::shell::{self, Done, cargo, root, run_with, say};
use crate::{player, size, tools};

/// Installs what is missing and runs everything.
pub(crate) fn run() -> Done {
    tools::components()?;
    let cargo = cargo();
    step("formatting", || shell::run(&cargo, ["fmt", "--all", "--check"]))?;
    step("lints", || {
        shell::run(&cargo, ["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])
    })?;
    step("tests", || shell::run(&cargo, ["test", "--workspace", "--locked"]))?;
    step("docs", || {
        let deny = [("RUSTDOCFLAGS", OsStr::new("--deny warnings"))];
        run_with(&cargo, ["doc", "--workspace", "--no-deps", "--locked"], &deny)
    })?;
    step("player", || player::types().and_then(|()| player::run(true)))?;
    step("sizes", size::run)?;
    step("browser", browser)
}

/// The shipped course, built and played in a real browser.
fn browser() -> Done {
    tools::node()?;
    let chromium = tools::chromium()?;
    let site = root().join("target/browser/site");
    let output = site.as_os_str();
    shell::run(
        &cargo(),
        ["run", "--locked", "--", "build", "--output"].map(OsStr::new).into_iter().chain([output]),
    )?;
    let environment = [("AMENDS_SITE", output), ("CHROMIUM", chromium.as_os_str())];
    run_with(&tools::package("playwright"), ["test", "-c", "tests/browser"], &environment)
}

fn step(name: &str, work: impl FnOnce() -> Done) -> Done {
    let start = Instant::now();
    say(&format!("== {name}"));
    work()?;
    say(&format!("== {name}: done in {:.0} s", start.elapsed().as_secs_f64()));
    Ok(())
}
