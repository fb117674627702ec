//! Runs programs in turn, and measures each: wall time, CPU time, peak memory, bytes written.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4 as _;

use super::Table;
use crate::shell::{self, Done, list};

/// The cost of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cost {
    /// Seconds from start to end.
    pub(super) wall: f64,
    /// Seconds on all processors, in user and system mode.
    pub(super) cpu: f64,
    /// Peak memory, in MiB.
    pub(super) peak: f64,
    /// The size of the output folder afterward, in MB.
    pub(super) written: f64,
}

/// A program to measure: a row of a table.
pub(super) struct Program {
    name: String,
    command: Command,
    /// Its output folder, which is removed before each run.
    output: Option<PathBuf>,
    /// The name of the row that it is compared with.
    limit: Option<&'static str>,
    /// Its budget, which the table shows.
    budget: &'static str,
}

impl Program {
    pub(super) fn new(name: impl Into<String>, command: Command) -> Self {
        Self { name: name.into(), command, output: None, limit: None, budget: "" }
    }

    pub(super) fn writes(self, output: PathBuf) -> Self {
        Self { output: Some(output), ..self }
    }

    pub(super) fn compared_with(self, limit: &'static str) -> Self {
        Self { limit: Some(limit), ..self }
    }

    pub(super) fn budget(self, budget: &'static str) -> Self {
        Self { budget, ..self }
    }
}

/// The exit code of `timeout` if the time is up.
const TIMED_OUT: i32 = 124;

/// Runs all programs in turn, `runs` times. Returns the median of each; `None` if it took too long.
pub(super) fn measure(programs: &mut [Program], runs: usize) -> Done<Vec<Option<Cost>>> {
    let mut costs = vec![Some(Vec::new()); programs.len()];
    for _ in 0..runs.max(1) {
        for (program, costs) in programs.iter_mut().zip(&mut costs) {
            let Some(all) = costs else { continue };
            if let Some(folder) = &program.output {
                shell::remove(folder)?;
            }
            let Some(cost) = run(&mut program.command)? else {
                *costs = None;
                continue;
            };
            let written = program.output.as_deref().map_or(Ok(0.0), megabytes)?;
            all.push(Cost { written, ..cost });
        }
    }
    let median = |costs: Vec<Cost>| {
        let of = |figure: fn(&Cost) -> f64| median(costs.iter().map(figure).collect());
        Cost {
            wall: of(|cost| cost.wall),
            cpu: of(|cost| cost.cpu),
            peak: of(|cost| cost.peak),
            written: of(|cost| cost.written),
        }
    };
    Ok(costs.into_iter().map(|costs| costs.map(median)).collect())
}

/// The table of programs and costs; it has columns about limits only if a program has one.
pub(super) fn table(programs: &[Program], costs: &[Option<Cost>]) -> Table {
    let mut columns = vec!["wall s", "CPU s", "peak MiB", "MB written"];
    let has_limits = programs.iter().any(|program| program.limit.is_some());
    if has_limits {
        columns.extend(["× limit, wall", "× limit, CPU", "budget"]);
    }
    let row = |(program, cost): (&Program, &Option<Cost>)| {
        let Some(Cost { wall, cpu, peak, written }) = *cost else {
            return vec![program.name.clone(), "unfinished".into()];
        };
        let written = if program.output.is_some() { format!("{written:.1}") } else { String::new() };
        let mut row = vec![
            program.name.clone(),
            format!("{wall:.3}"),
            format!("{cpu:.3}"),
            format!("{peak:.0}"),
            written,
        ];
        if has_limits {
            let limit = programs.iter().position(|other| Some(other.name.as_str()) == program.limit);
            let limit = limit.and_then(|at| costs[at]);
            let ratio =
                |took: f64, of: fn(Cost) -> f64| limit.map(|limit| format!("{:.2}", took / of(limit)));
            row.push(ratio(wall, |limit| limit.wall).unwrap_or_default());
            row.push(ratio(cpu, |limit| limit.cpu).unwrap_or_default());
            row.push(program.budget.into());
        }
        row
    };
    Table { columns, rows: programs.iter().zip(costs).map(row).collect() }
}

/// Runs a command once, without output. Returns `None` if its `timeout` ended it.
pub(super) fn run(command: &mut Command) -> Done<Option<Cost>> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    let stderr = child.stderr.take().map_or_else(|| Ok(String::new()), std::io::read_to_string);
    let used = child.wait4().map_err(|error| format!("cannot wait for {command:?}: {error}"))?;
    let wall = start.elapsed().as_secs_f64();
    if used.status.code() == Some(TIMED_OUT) {
        return Ok(None);
    }
    if !used.status.success() {
        return Err(format!("{command:?} failed: {}\n{}", used.status, stderr.unwrap_or_default()));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Some(Cost { wall, cpu, peak: used.rusage.maxrss as f64 / f64::from(1 << 20), written: 0.0 }))
}

/// The median; for an even number, the higher of the two in the middle.
pub(super) fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// The bytes of all files in a folder, in millions.
fn megabytes(folder: &Path) -> Done<f64> {
    list(folder)?.into_iter().try_fold(0.0, |sum, path| {
        let metadata = path.metadata().map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(sum + if metadata.is_dir() { megabytes(&path)? } else { metadata.len() as f64 / 1e6 })
    })
}
