//! `cargo xtask bench`: how long things take, beside the limit of the machine and beside other programs.
//!
//! Prints tables and writes `target/bench.json`; asserts nothing, for a time depends on the machine. All programs are
//! measured in one run, in turn, so that what else the machine does falls on all of them alike.

mod clock;
mod corpus;
mod live;
mod report;
mod sites;
mod startup;

use std::path::PathBuf;

use clap::Args;

use crate::shell::{self, Done, cargo, root, say};
use report::Report;

/// What is measured.
#[derive(Args)]
pub(crate) struct Bench {
    /// Lessons in the generated courses.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
    sizes: Vec<usize>,
    /// How often each program is run; the median is shown.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// How the programs are built: `quick` is for measuring while one works.
    #[arg(long, default_value = "release")]
    profile: String,
    /// Leave the programs as they were built last.
    #[arg(long)]
    no_build: bool,
    /// Only make the courses, in this folder, to look at or to profile with.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Only these parts.
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = [Part::Build, Part::Serve, Part::Startup, Part::Proof])]
    only: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Whole builds of generated courses, cold and unchanged.
    Build,
    /// From a save to the message that reloads the page, in the largest course.
    Serve,
    /// How long proofs take, by routing states.
    Proof,
    /// `--version` and `check` on the shipped course, and the size of the binary.
    Startup,
}

/// The programs that are measured.
struct Programs {
    amends: PathBuf,
    limit: PathBuf,
}

/// Measures everything.
pub(crate) fn run(args: &Bench) -> Done {
    if let Some(folder) = &args.corpus {
        return args
            .sizes
            .iter()
            .try_for_each(|&size| corpus::course(&folder.join(size.to_string()), size, true));
    }
    if !args.no_build {
        let packages = ["--locked", "--package", "amends", "--package", "limit"];
        shell::run(&cargo(), ["build", "--profile", &args.profile].into_iter().chain(packages))?;
    }
    let built = root().join("target").join(&args.profile);
    let programs = Programs { amends: built.join("amends"), limit: built.join("limit") };
    let place = clock::workplace();
    let mut report = Report::new(clock::machine());
    say(&format!("in {}, on {}", place.display(), report.machine));
    let done = measure(args, &programs, &place, &mut report);
    let _ = std::fs::remove_dir_all(&place);
    done?;
    report.write(&root().join("target/bench.json"))
}

fn measure(args: &Bench, programs: &Programs, place: &std::path::Path, report: &mut Report) -> Done {
    for part in &args.only {
        match part {
            Part::Build => {
                for (&size, scenarios) in args.sizes.iter().flat_map(|size| [(size, false), (size, true)]) {
                    let course = sites::Course { lessons: size, scenarios };
                    let place = place.join(course.name());
                    report.sites(&course, sites::measure(programs, &place, &course, args.runs)?);
                    let _ = std::fs::remove_dir_all(place);
                }
            }
            Part::Serve => {
                let size = args.sizes.iter().copied().max().unwrap_or_default();
                let runs = args.runs.clamp(1, 3);
                report.live(size, live::measure(programs, &place.join("live"), size, runs)?);
            }
            Part::Proof => {
                shell::run(&cargo(), ["bench", "--quiet", "--package", "amends", "--bench", "proof"])?
            }
            Part::Startup => report.startup(startup::measure(programs, args.runs)?),
        }
    }
    Ok(())
}
