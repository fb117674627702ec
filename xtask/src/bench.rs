//! `cargo xtask bench`: how long things take, beside the limit of the machine and beside other programs.
//!
//! Prints tables and writes `target/bench.json`; asserts nothing, for a time depends on the machine. All programs are
//! measured in one run, in turn, so that what else the machine does falls on all of them alike.

mod clock;
mod compile;
mod corpus;
mod live;
mod peers;
mod player;
mod report;
mod sites;
mod startup;

use std::path::{Path, PathBuf};

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
    /// Fetch the other programs that are not here, into target/peers.
    #[arg(long)]
    peers: bool,
    /// How long another program may take for a build.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    within: u64,
    /// Only make the courses, in this folder, to look at or to profile with.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Only these parts.
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = [Part::Build, Part::Serve, Part::Player, Part::Startup, Part::Proof])]
    only: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Whole builds of generated courses, cold and unchanged.
    Build,
    /// From a save to the message that reloads the page, in the largest course.
    Serve,
    /// Loading the player and choosing, in Chromium, beside inkjs.
    Player,
    /// How long proofs take, by routing states.
    Proof,
    /// Compiling from clean, which takes minutes: only when asked for.
    Compile,
    /// `--version` and `check` on the shipped course, and the size of the binary.
    Startup,
}

/// The programs that are measured.
struct Programs {
    amends: PathBuf,
    limit: PathBuf,
    peers: Vec<peers::Peer>,
}

/// Lessons of the course in which other programs follow edits.
const FOLLOWED: usize = 1_000;

/// Measures everything.
pub(crate) fn run(args: &Bench) -> Done {
    if let Some(folder) = &args.corpus {
        return args.sizes.iter().try_for_each(|&lessons| {
            let course = corpus::Course { lessons, scenarios: true, search: true };
            course.write(&folder.join(lessons.to_string()))
        });
    }
    if !args.no_build {
        let packages = ["--locked", "--package", "amends", "--package", "limit"];
        shell::run(&cargo(), ["build", "--profile", &args.profile].into_iter().chain(packages))?;
    }
    let built = root().join("target").join(&args.profile);
    let peers = peers::find(args.peers);
    let programs = Programs { amends: built.join("amends"), limit: built.join("limit"), peers: peers.found };
    let place = clock::workplace();
    say(&format!("in {}", place.display()));
    let mut report = Report::new(&clock::machine(), args.runs, &peers.missing);
    let done = measure(args, &programs, &place, &mut report);
    let _ = std::fs::remove_dir_all(&place);
    done?;
    report.write(&root().join("target"))
}

fn measure(args: &Bench, programs: &Programs, place: &Path, report: &mut Report) -> Done {
    for part in &args.only {
        match part {
            Part::Build => builds(args, programs, place, report)?,
            Part::Serve => serve(args, programs, place, report)?,
            Part::Player => {
                let rows = player::measure(&programs.amends, place, args.runs)?;
                report.table("player", "in Chromium", &player::COLUMNS, &rows);
                shell::remove(place)?;
            }
            Part::Proof => {
                shell::run(&cargo(), ["bench", "--quiet", "--package", "amends", "--bench", "proof"])?
            }
            Part::Compile => report.compiled(&compile::measure(&args.profile)?),
            Part::Startup => report.startup(&startup::measure(programs, args.runs)?),
        }
    }
    Ok(())
}

fn builds(args: &Bench, programs: &Programs, place: &Path, report: &mut Report) -> Done {
    let mut of_lessons = Vec::new();
    for (&lessons, scenarios) in args.sizes.iter().flat_map(|size| [(size, false), (size, true)]) {
        let rows = sites::measure(args, programs, place, lessons, scenarios)?;
        report.sites(lessons, scenarios, &rows);
        shell::remove(place)?;
        if !scenarios {
            of_lessons.push((lessons, rows));
        }
    }
    for sizes in of_lessons.windows(2) {
        let [(few, before), (many, after)] = sizes else { continue };
        let rows = sites::growth((*few, before), (*many, after));
        let title = format!("each lesson from {few} to {many}");
        report.table("growth", &title, &["wall µs", "CPU µs"], &rows);
    }
    Ok(())
}

fn serve(args: &Bench, programs: &Programs, place: &Path, report: &mut Report) -> Done {
    let runs = args.runs.clamp(1, 3);
    let largest = args.sizes.iter().copied().max().unwrap_or_default();
    if largest != FOLLOWED {
        report.live(largest, &live::measure(&programs.amends, place, largest, runs)?);
        shell::remove(place)?;
    }
    let mut saves = live::measure(&programs.amends, place, FOLLOWED, runs)?;
    for peer in &programs.peers {
        shell::remove(place)?;
        saves.extend(live::peer(peer, place, FOLLOWED, runs)?);
    }
    report.live(FOLLOWED, &saves);
    shell::remove(place)
}
