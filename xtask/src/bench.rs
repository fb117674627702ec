//! `cargo xtask bench`: the cost of builds, checks, saves and the player, beside the limit of the machine and other
//! programs.
//!
//! Prints tables and writes them to `target/bench.md`. The programs of a table run in turn, so that other load on the
//! machine affects all of them alike. Budgets are shown beside the figures and not asserted: a time depends on the machine.

mod builds;
mod corpus;
mod hundredfold;
mod peers;
mod runner;
mod saves;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::shell::{self, Done, cargo, root, say, write};
use crate::test::FULL;
use crate::tools;
use runner::Program;

#[derive(Args)]
pub(crate) struct Bench {
    /// Lessons in the generated courses.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
    sizes: Vec<usize>,
    /// Runs of each program; the tables show medians.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Profile of the programs.
    #[arg(long, default_value = "release")]
    profile: String,
    /// Seconds after which the build of another program is given up.
    #[arg(long, default_value_t = 120)]
    within: u64,
    /// Write the courses into this folder, for profiling, and measure nothing.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Only these parts.
    #[arg(long, value_delimiter = ',', value_enum, default_values_t = [Part::Build, Part::Shipped, Part::Player])]
    only: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Builds of generated courses.
    Build,
    /// The included course: start, check and build; the same a hundred times over, and saves under `serve`.
    Shipped,
    /// The player in Chromium.
    Player,
}

/// What every part uses.
struct Context<'a> {
    args: &'a Bench,
    amends: PathBuf,
    limit: PathBuf,
    /// The folder of courses and sites, which is removed after each part.
    place: PathBuf,
}

impl Context<'_> {
    fn build(&self, site: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.amends);
        command.arg("build").arg("--site").arg(site).arg("--output").arg(output);
        command
    }

    fn check(&self, site: &Path) -> Command {
        let mut command = Command::new(&self.amends);
        command.arg("check").arg("--site").arg(site);
        command
    }
}

/// Measures everything that is asked for.
pub(crate) fn run(args: &Bench) -> Done {
    if let Some(folder) = &args.corpus {
        for &lessons in &args.sizes {
            let course = corpus::Course { lessons, has_scenarios: true, has_search: true };
            course.write(&folder.join(lessons.to_string()))?;
        }
        return hundredfold::write_course(&folder.join("hundredfold"));
    }
    let packages = ["--package", "amends", "--package", "limit", "--features", FULL, "--bins", "--locked"];
    shell::run(cargo(), ["build", "--profile", &args.profile].into_iter().chain(packages))?;
    let programs = shell::target().join(&args.profile);
    // In memory if possible; otherwise the disk is measured as well.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let bench = Context {
        args,
        amends: programs.join("amends"),
        limit: programs.join("limit"),
        place: folder.join(format!("amends-bench-{}", std::process::id())),
    };
    let mut report = Report::default();
    report.line(&format!("{}; medians of {} runs, in {}.", machine(), args.runs, folder.display()));
    let measured = args.only.iter().try_for_each(|part| {
        match part {
            Part::Build => builds(&bench, &mut report)?,
            Part::Shipped => shipped(&bench, &mut report)?,
            Part::Player => player(&bench, &mut report)?,
        }
        shell::remove(&bench.place)
    });
    shell::remove(&bench.place)?;
    measured?;
    write(&shell::target().join("bench.md"), &report.0)
}

fn builds(bench: &Context, report: &mut Report) -> Done {
    for (&lessons, has_scenarios) in bench.args.sizes.iter().flat_map(|size| [(size, false), (size, true)]) {
        let scenarios =
            if has_scenarios { format!(" and {} scenarios", thousands(lessons / 10)) } else { String::new() };
        let table = builds::measure(bench, lessons, has_scenarios)?;
        report.table(&format!("{} lessons{scenarios}", thousands(lessons)), &table);
        shell::remove(&bench.place)?;
    }
    Ok(())
}

fn shipped(bench: &Context, report: &mut Report) -> Done {
    let (site, built) = (bench.place.join("hundredfold"), bench.place.join("built"));
    let once = bench.place.join("once");
    hundredfold::write_course(&site)?;
    let mut version = Command::new(&bench.amends);
    version.arg("--version");
    let mut programs = [
        Program::new("amends --version", version),
        Program::new("amends check", bench.check(&root())),
        Program::new("amends build", bench.build(&root(), &once)).writes(once),
        Program::new("a hundred times over, amends check", bench.check(&site)),
        Program::new("a hundred times over, amends build", bench.build(&site, &built)).writes(built.clone()),
    ];
    let costs = runner::measure(&mut programs, bench.args.runs)?;
    report.table("the shipped course", &runner::table(&programs, &costs));
    let build = costs.last().copied().flatten().unwrap_or_default().cpu;
    let saves = saves::measure(bench, &site, &built, build)?;
    report.table("the shipped course a hundred times over, saved", &saves);
    let size = bench.amends.metadata().map_err(|error| format!("{}: {error}", bench.amends.display()))?.len();
    report.line(&format!("\nThe binary has {:.1} MB.", size as f64 / 1e6));
    Ok(())
}

fn player(bench: &Context, report: &mut Report) -> Done {
    tools::node()?;
    let site = bench.place.join("site");
    runner::run(&mut bench.build(&root(), &site))?;
    let chromium = tools::chromium()?;
    let measure = |script: &str| -> Done<Vec<Vec<String>>> {
        let script = root().join("benches/player").join(script);
        let runs = bench.args.runs.to_string();
        let printed = shell::output("node", [script, site.clone(), chromium.clone(), runs.into()])?;
        let printed = String::from_utf8_lossy(&printed).into_owned();
        Ok(printed.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect())
    };
    let columns = vec![
        "document parsed, ms",
        "first byte until ready, ms",
        "script start until ready, ms",
        "script start until the first choice, ms",
        "a choice, ms",
    ];
    report.table("in Chromium, the longest scenario", &Table { columns, rows: measure("measure.mjs")? });
    let columns = vec![
        "median, ms",
        "longest, ms",
        "four times slower, median, ms",
        "four times slower, longest, ms",
        "budget",
    ];
    report.table("a press until the page answers", &Table { columns, rows: measure("presses.mjs")? });
    Ok(())
}

/// A number below a million, with a separator.
fn thousands(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

/// Describes the machine in a line.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or(std::env::consts::ARCH, |(_, model)| model);
    format!("{model}, {cores} cores, {}", std::env::consts::OS)
}

/// A table: its columns after the first one, which contains the names of the rows.
struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// The tables as Markdown. Each line is printed as soon as it is known, because the rest takes long.
#[derive(Default)]
struct Report(String);

impl Report {
    fn table(&mut self, title: &str, Table { columns, rows }: &Table) {
        self.line(&format!("\n| {title} | {} |", columns.join(" | ")));
        self.line(&format!("|---|{}", "---:|".repeat(columns.len())));
        rows.iter().for_each(|row| self.line(&format!("| {} |", row.join(" | "))));
    }

    fn line(&mut self, line: &str) {
        say(line);
        self.0.push_str(line);
        self.0.push('\n');
    }
}
