//! What a run of a program took: wall, CPU and the most memory, as the system counts them for the child.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

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

impl Cost {
    /// How many times what the other took: wall and CPU.
    pub(super) fn over(self, other: Self) -> (f64, f64) {
        (self.wall / other.wall, self.cpu / other.cpu)
    }
}

/// Runs `command` once, in silence.
pub(super) fn run(command: &mut Command) -> Done<Cost> {
    run_within(command, Duration::MAX)?.ok_or_else(|| format!("{command:?} did not end"))
}

/// Runs `command` once, in silence; nothing where it is not done after `limit` and had to be ended.
pub(super) fn run_within(command: &mut Command, limit: Duration) -> Done<Option<Cost>> {
    let shown = format!("{command:?}");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("cannot run {shown}: {error}"))?;
    let (said, hears) = mpsc::channel();
    let stderr = child.stderr.take();
    std::thread::spawn(move || {
        let mut says = String::new();
        if let Some(mut stderr) = stderr {
            // What it says is only of interest if it fails, but must be taken from it in any case.
            let _ = std::io::Read::read_to_string(&mut stderr, &mut says);
        }
        said.send(says)
    });
    // It falls silent when it ends.
    let says = hears.recv_timeout(limit);
    if says.is_err() {
        child.kill().map_err(|error| format!("cannot end {shown}: {error}"))?;
    }
    let used = child.wait4().map_err(|error| format!("cannot wait for {shown}: {error}"))?;
    let wall = start.elapsed().as_secs_f64();
    let Ok(says) = says else { return Ok(None) };
    if !used.status.success() {
        return Err(format!("{shown} failed: {}\n{says}", used.status));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Some(Cost { wall, cpu, peak: used.rusage.maxrss as f64 / (1u64 << 20) as f64 }))
}

/// The median of each figure by itself.
pub(super) fn median(costs: &[Cost]) -> Cost {
    let of = |figure: fn(&Cost) -> f64| middle(costs.iter().map(figure).collect());
    Cost { wall: of(|cost| cost.wall), cpu: of(|cost| cost.cpu), peak: of(|cost| cost.peak) }
}

/// The median.
pub(super) fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
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
