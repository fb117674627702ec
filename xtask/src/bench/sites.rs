//! Whole builds: of one course by every program, cold (nothing is there) and unchanged (everything is).

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use super::clock::{self, Cost};
use super::corpus::Course;
use super::peers::Peer;
use super::{Bench, Programs};
use crate::shell::{self, Done, write};

/// What one program took.
pub(super) struct Row {
    pub(super) name: String,
    /// Or how long it was waited for in vain.
    pub(super) cost: Result<Cost, Duration>,
    /// What it wrote, in bytes; nothing where it wrote nothing new.
    pub(super) bytes: Option<u64>,
    /// The row that it is compared with.
    pub(super) limit: &'static str,
}

/// A program that makes a site.
struct Maker {
    name: String,
    command: Command,
    limit: &'static str,
    /// Where it writes, if that is to be gone before each run.
    cold: Option<PathBuf>,
    /// How long it may take.
    within: Duration,
    costs: Vec<Cost>,
    is_late: bool,
    bytes: Option<u64>,
}

/// What cold limit runs are called.
pub(super) const LIMIT: &str = "limit";
/// What those are called that make an index besides, as a course does that can be searched.
pub(super) const SEARCH: &str = "limit, with search";
/// What the limit's runs over an unchanged output are called.
pub(super) const COMPARE: &str = "limit, only what differs";

/// Makes the course in `place` and measures every program; others only without scenarios, which they know none of.
pub(super) fn measure(
    args: &Bench,
    programs: &Programs,
    place: &Path,
    lessons: usize,
    scenarios: bool,
) -> Done<Vec<Row>> {
    let site = place.join("site");
    Course { lessons, scenarios, search: true }.write(&site)?;
    let warm = place.join("warm");
    clock::run(&mut amends(programs, &site, &warm))?;
    let page = shell::read(&warm.join("lessons/section-1/lesson-1/index.html"))?;
    frames(&page, &warm, &place.join("frames"))?;
    clock::run(&mut limit(programs, place, "limit-warm", None))?;
    let (cold, cold_limit, found) = (place.join("cold"), place.join("limit-cold"), place.join("limit-found"));
    let mut makers = vec![
        Maker::cold(LIMIT, LIMIT, limit(programs, place, "limit-cold", None), cold_limit),
        Maker::cold(SEARCH, SEARCH, limit(programs, place, "limit-found", Some("search")), found),
        Maker::new("limit, render only", limit(programs, place, "none", Some("render")), LIMIT),
        Maker::cold("amends", SEARCH, amends(programs, &site, &cold), cold),
        Maker::new(COMPARE, limit(programs, place, "limit-warm", Some("compare")), COMPARE),
        Maker::new("amends, nothing changed", amends(programs, &site, &warm), COMPARE),
    ];
    if scenarios {
        // Above, the proofs are those of the build before.
        let proved = place.join("proved");
        let mut command = amends(programs, &site, &proved);
        command.env("AMENDS_CACHE", "");
        makers.insert(4, Maker::cold("amends, nothing remembered", SEARCH, command, proved));
    } else {
        let (plain, cold, warm) = (place.join("plain"), place.join("plain-cold"), place.join("plain-warm"));
        Course { lessons, scenarios, search: false }.write(&plain)?;
        clock::run(&mut amends(programs, &plain, &warm))?;
        let again = amends(programs, &plain, &warm);
        makers.push(Maker::new("amends, no search, nothing changed", again, COMPARE));
        makers.insert(4, Maker::cold("amends, no search", LIMIT, amends(programs, &plain, &cold), cold));
        for (at, peer) in programs.peers.iter().enumerate() {
            let place = place.join(format!("peer-{at}"));
            makers
                .insert(5 + at, Maker::peer(peer, &place, lessons, &page, Duration::from_secs(args.within))?);
        }
    }
    // What was saved just now could be saved again and look the same: amends takes no course for unchanged so soon.
    std::thread::sleep(Duration::from_millis(2_100));
    for _ in 0..args.runs {
        makers.iter_mut().try_for_each(Maker::run)?;
    }
    Ok(makers.into_iter().map(Maker::row).collect())
}

/// What each further lesson takes, by program: of those that make a site from nothing in both courses.
pub(super) fn growth(
    (few, before): (usize, &[Row]),
    (many, after): (usize, &[Row]),
) -> Vec<(String, Vec<f64>)> {
    let each = |less: f64, more: f64| 1e6 * (more - less) / (many as f64 - few as f64);
    let cold = after.iter().filter(|row| row.bytes.is_some());
    cold.filter_map(|row| {
        let less = before.iter().find(|other| other.name == row.name)?.cost.ok()?;
        let more = row.cost.ok()?;
        Some((row.name.clone(), vec![each(less.wall, more.wall), each(less.cpu, more.cpu)]))
    })
    .collect()
}

fn amends(programs: &Programs, site: &Path, output: &Path) -> Command {
    let mut command = Command::new(&programs.amends);
    command.arg("build").arg("--site").arg(site).arg("--output").arg(output);
    command
}

fn limit(programs: &Programs, place: &Path, output: &str, mode: Option<&str>) -> Command {
    let mut command = Command::new(&programs.limit);
    command.arg(place.join("site/content")).arg(place.join("frames")).arg(place.join(output)).args(mode);
    command
}

/// The constant frames of the limit: what stands around the prose of a page of amends, so that both write about the
/// same number of bytes.
fn frames(lesson: &str, built: &Path, to: &Path) -> Done {
    let prose = between(lesson, "<div class=\"prose\">", "</article>")?;
    let frame = format!("{}<!--body-->{}", &lesson[..prose.start], &lesson[prose.end..]);
    write(&to.join("lesson.html"), &frame)?;
    // Of a scenario's page, what its text does not weigh by itself.
    let scenario = built.join("scenarios/cold-dinner-1/index.html");
    let scenario = if scenario.exists() { shell::read(&scenario)? } else { String::new() };
    let frame: String = scenario.chars().take(scenario.len().saturating_sub(16_000)).collect();
    write(&to.join("scenario.html"), &format!("{frame}<!--body-->"))
}

/// What stands on every lesson's page of amends and is always the same, for the pages of other programs.
pub(super) fn furniture(lesson: &str) -> Done<&str> {
    Ok(&lesson[between(lesson, "<svg class=\"unseen\"", "<aside class=\"after\">")?])
}

/// From where `start` begins to where `end` does.
fn between(page: &str, start: &str, end: &str) -> Done<Range<usize>> {
    let cut = page.find(start).zip(page.find(end));
    let cut = cut.ok_or_else(|| format!("the lesson's page has no `{start}` before `{end}`"))?;
    Ok(cut.0..cut.1)
}

/// The bytes of all files in a folder and the folders in it.
fn weigh(folder: &Path) -> io::Result<u64> {
    fs::read_dir(folder)?.try_fold(0, |sum, entry| {
        let entry = entry?;
        let kind = entry.file_type()?;
        Ok(sum + if kind.is_dir() { weigh(&entry.path())? } else { entry.metadata()?.len() })
    })
}

impl Maker {
    fn new(name: impl Into<String>, command: Command, limit: &'static str) -> Self {
        Self {
            name: name.into(),
            command,
            limit,
            cold: None,
            within: Duration::MAX,
            costs: Vec::new(),
            is_late: false,
            bytes: None,
        }
    }

    /// One that writes into `folder`, which is gone before each run.
    fn cold(name: impl Into<String>, limit: &'static str, command: Command, folder: PathBuf) -> Self {
        Self { cold: Some(folder), ..Self::new(name, command, limit) }
    }

    /// Another program, with the course that it reads.
    fn peer(peer: &Peer, place: &Path, lessons: usize, page: &str, within: Duration) -> Done<Self> {
        peer.write(place, lessons, furniture(page)?)?;
        let maker = Self::cold(peer.name.as_str(), LIMIT, peer.build(place), place.join("out"));
        Ok(Self { within, ..maker })
    }

    fn run(&mut self) -> Done {
        // What was not done in time once will not be the next time.
        if self.is_late {
            return Ok(());
        }
        if let Some(folder) = &self.cold {
            shell::remove(folder)?;
        }
        match clock::run_within(&mut self.command, self.within)? {
            Some(cost) => self.costs.push(cost),
            None => self.is_late = true,
        }
        if let Some(folder) = self.cold.as_ref().filter(|_| !self.is_late) {
            self.bytes = Some(weigh(folder).map_err(|error| format!("{}: {error}", folder.display()))?);
        }
        Ok(())
    }

    fn row(self) -> Row {
        let cost = if self.is_late { Err(self.within) } else { Ok(clock::median(&self.costs)) };
        Row { name: self.name, cost, bytes: self.bytes, limit: self.limit }
    }
}
