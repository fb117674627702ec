//! What a run of a program took: wall, CPU and the most memory, as the system counts them for the child.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

use crate::shell::Done;

/// What one run took.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cost {
    /// Seconds from start to end.
    pub(super) wall: f64,
    /// Seconds of all processors, in user and system mode.
    pub(super) cpu: f64,
    /// The most memory that it held at once, in MiB.
    pub(super) peak: f64,
}

/// Runs `command` once, in silence.
pub(super) fn run(command: &mut Command) -> Done<Cost> {
    let shown = format!("{command:?}");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("cannot run {shown}: {error}"))?;
    let mut says = String::new();
    if let Some(stderr) = &mut child.stderr {
        // What it says is only of interest if it fails, but must be taken from it in any case.
        let _ = std::io::Read::read_to_string(stderr, &mut says);
    }
    let used = child.wait4().map_err(|error| format!("cannot wait for {shown}: {error}"))?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(format!("{shown} failed: {}\n{says}", used.status));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Cost { wall, cpu, peak: used.rusage.maxrss as f64 / (1u64 << 20) as f64 })
}

/// The median of each figure by itself.
pub(super) fn median(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| {
        let mut all: Vec<f64> = costs.iter().map(figure).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    Cost { wall: of(|cost| cost.wall), cpu: of(|cost| cost.cpu), peak: of(|cost| cost.peak) }
}

/// Where the courses stand while they are measured: in memory where there is room for it, for a disk would be
/// measured otherwise.
pub(super) fn workplace() -> std::path::PathBuf {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    folder.join(format!("amends-bench-{}", std::process::id()))
}

/// The machine in a line.
pub(super) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or(std::env::consts::ARCH, |(_, model)| model);
    format!("{model}, {cores} cores, {}", std::env::consts::OS)
}
