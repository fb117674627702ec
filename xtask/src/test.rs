//! Every test, in the order of how soon it tells: what CI runs, and what anyone can run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::shell::{self, Done, cargo, root, run_with, say};
use crate::{fuzz, player, size, tools};

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
    step("fuzz", || fuzz::run(None, fuzz::SECONDS))?;
    step("browser", browser)
}

/// Builds the shipped course.
pub(crate) fn site() -> Done<PathBuf> {
    let site = root().join("target/browser/site");
    let build = ["run", "--locked", "--", "build", "--output"].map(OsStr::new);
    shell::run(&cargo(), build.into_iter().chain([site.as_os_str()]))?;
    Ok(site)
}

/// Builds, beside it, the course in several languages, in both themes.
fn languages(beside: &Path) -> Done {
    let site = root().join("tests/sites/languages");
    let compact = root().join("target/browser/compact-source");
    compacted(&site, &compact)?;
    for (site, name) in [(site, "languages"), (compact, "compact")] {
        let output = beside.with_file_name(name);
        let build = ["run", "--locked", "--", "build", "--site"].map(OsStr::new);
        let rest = [site.as_os_str(), OsStr::new("--output"), output.as_os_str()];
        shell::run(&cargo(), build.into_iter().chain(rest))?;
    }
    Ok(())
}

/// The same course, asking for the compact theme and a brand.
fn compacted(site: &Path, to: &Path) -> Done {
    shell::copy(site, to)?;
    let settings = to.join("site.yaml");
    let text = shell::read(&settings)?;
    shell::write(&settings, &format!("{text}theme: compact\nbrand: {{ color: \"#8a1c4a\" }}\n"))
}

/// The shipped course, built and played in real browsers.
fn browser() -> Done {
    tools::node()?;
    tools::java()?;
    let (chromium, firefox) = (tools::chromium()?, tools::firefox()?);
    let site = site()?;
    languages(&site)?;
    let program = player::target_folder()?.join("debug/amends");
    let environment = [
        ("AMENDS", program.as_os_str()),
        ("AMENDS_SITE", site.as_os_str()),
        ("CHROMIUM", chromium.as_os_str()),
    ];
    run_with(&tools::package("playwright"), ["test", "-c", "tests/browser"], &environment)?;
    let script = root().join("tests/browser/firefox.mjs");
    shell::run("node", [script.as_os_str(), site.as_os_str(), firefox.as_os_str()])
}

/// Lighthouse, as a report: it takes too long to stand in the way of every change.
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
