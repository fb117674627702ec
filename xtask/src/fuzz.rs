//! Runs the fuzz targets with libFuzzer, built by the pinned compiler: a few seconds each in CI, longer on request.
//!
//! cargo-fuzz needs a nightly compiler for the address sanitizer, which finds little in code without `unsafe`. libFuzzer needs
//! only a counter in each branch, and stable Rust has flags for that. They apply only to the crates under test, so that other
//! builds share the rest. Cargo's only stable way to do that is a compiler wrapper: this program.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::shell::{self, Done, cargo, root, run_with, say};

/// Seconds for each target in CI.
pub(crate) const SECONDS: u32 = 3;

/// The environment variable that is set if Cargo runs this program as the compiler's wrapper.
const WRAPPER_VARIABLE: &str = "AMENDS_FUZZ_COMPILER";

/// The crates whose branches are counted.
const COUNTED: [&str; 3] = ["amends", "amends-fuzz", "scenario-wasm"];

/// The flags with which the compiler adds counters.
const FLAGS: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// The targets, and the seeds of each.
const TARGETS: [(&str, &[&str]); 6] = [
    ("codes", &["fuzz/seeds/codes"]),
    ("lesson", &["content/lessons", "scaffold/content/lessons"]),
    ("model", &["content/models"]),
    ("scenario", &["fuzz/seeds/scenario", "content/scenarios", "scaffold/content/scenarios"]),
    ("site", &["fuzz/seeds/site"]),
    ("wire", &["fuzz/seeds/wire"]),
];

/// Runs one target or all. An input that breaks one is saved in `target/fuzz/broken`.
pub(crate) fn run(wanted: Option<&str>, seconds: u32) -> Done {
    let targets: Vec<_> =
        TARGETS.iter().filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name)).collect();
    if targets.is_empty() {
        let names = TARGETS.map(|(name, _)| name).join(", ");
        return Err(format!("there is no fuzz target `{}`: there are {names}", wanted.unwrap_or_default()));
    }
    build()?;
    targets.into_iter().try_for_each(|(name, seeds)| fuzz(name, seeds, seconds))
}

fn build() -> Done {
    // The versions that the project locks; Cargo adds what only the targets need.
    let (from, to) = (root().join("Cargo.lock"), root().join("fuzz/Cargo.lock"));
    std::fs::copy(&from, &to).map_err(|error| format!("cannot copy {}: {error}", from.display()))?;
    let this = std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let environment = [("RUSTC_WRAPPER", this.as_os_str()), (WRAPPER_VARIABLE, OsStr::new("1"))];
    let target = shell::target();
    let arguments =
        ["build", "--quiet", "--manifest-path", "fuzz/Cargo.toml", "--target-dir"].map(OsStr::new);
    run_with(cargo(), arguments.into_iter().chain([target.as_os_str()]), &environment)
}

fn fuzz(name: &str, seeds: &[&str], seconds: u32) -> Done {
    let folder = shell::target().join("fuzz");
    let (found, broken) = (folder.join(name), folder.join("broken"));
    for folder in [&found, &broken] {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    say(&format!("fuzzing {name} for {seconds} s"));
    let options = [
        "-seed=1".to_owned(),
        format!("-max_total_time={seconds}"),
        "-timeout=10".to_owned(),
        "-rss_limit_mb=1024".to_owned(),
        "-max_len=20000".to_owned(),
        format!("-artifact_prefix={}/{name}-", broken.display()),
    ];
    // libFuzzer writes its findings to the first folder, and only reads the seeds.
    let folders = [found].into_iter().chain(seeds.iter().map(|seed| root().join(seed)));
    let folders: Vec<PathBuf> = folders.filter(|folder| folder.is_dir()).collect();
    let program = shell::target().join("debug").join(name);
    let arguments = options.iter().map(OsStr::new).chain(folders.iter().map(|folder| folder.as_os_str()));
    // The output is shown only on failure, because there is much of it.
    shell::output(program, arguments).map(drop)
}

/// If Cargo runs this program as the compiler's wrapper, runs the compiler, with more flags for the crates under test.
pub(crate) fn run_as_compiler() -> Option<ExitCode> {
    std::env::var_os(WRAPPER_VARIABLE)?;
    let mut arguments = std::env::args_os().skip(1);
    let mut command = Command::new(arguments.next()?);
    command.args(arguments);
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let script = std::env::var("CARGO_CRATE_NAME").is_ok_and(|name| name == "build_script_build");
    if COUNTED.contains(&package.as_str()) && !script {
        command.args(FLAGS);
    }
    let done = command.status().is_ok_and(|status| status.success());
    Some(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
