//! Whole builds: of one course by every program, cold (nothing is there) and unchanged (everything is).

use std::fs;
use std::path::Path;
use std::process::Command;

use super::clock::{self, Cost};
use super::{Programs, corpus};
use crate::shell::{Done, write};

/// What is built.
pub(super) struct Course {
    pub(super) lessons: usize,
    /// One for each ten lessons, or none.
    pub(super) scenarios: bool,
}

impl Course {
    /// For people, and as a folder.
    pub(super) fn name(&self) -> String {
        match self.scenarios {
            true => format!("{} lessons and {} scenarios", self.lessons, self.lessons / 10),
            false => format!("{} lessons", self.lessons),
        }
    }
}

/// What one program took.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) cost: Cost,
    /// The row that it is compared with.
    pub(super) limit: &'static str,
}

/// A program that makes a site, and what must be gone before it is cold.
struct Maker {
    name: &'static str,
    command: Command,
    limit: &'static str,
    /// Removed before each run.
    clear: Vec<std::path::PathBuf>,
    costs: Vec<Cost>,
}

/// What cold limit runs are called.
pub(super) const LIMIT: &str = "limit";
/// What the limit's runs over an unchanged output are called.
pub(super) const COMPARE: &str = "limit, compare";

/// Makes the course in `place` and measures every program.
pub(super) fn measure(programs: &Programs, place: &Path, course: &Course, runs: usize) -> Done<Vec<Row>> {
    let site = place.join("site");
    corpus::course(&site, course.lessons, course.scenarios)?;
    let warm = place.join("warm");
    clock::run(&mut amends(programs, &site, &warm))?;
    frames(&warm, &place.join("frames"))?;
    clock::run(&mut limit(programs, place, "limit-warm", None))?;
    let cold = place.join("cold");
    let cold_limit = place.join("limit-cold");
    let mut makers = vec![
        Maker::new(LIMIT, limit(programs, place, "limit-cold", None), LIMIT).clear(cold_limit),
        Maker::new("limit, render only", limit(programs, place, "none", Some("render")), LIMIT),
        Maker::new("amends build", amends(programs, &site, &cold), LIMIT).clear(cold),
        Maker::new(COMPARE, limit(programs, place, "limit-warm", Some("compare")), COMPARE),
        Maker::new("amends build, unchanged", amends(programs, &site, &warm), COMPARE),
    ];
    for _ in 0..runs {
        for maker in &mut makers {
            maker.run()?;
        }
    }
    Ok(makers.into_iter().map(Maker::row).collect())
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
fn frames(built: &Path, to: &Path) -> Done {
    let lesson = page(&built.join("lessons/section-1/lesson-1/index.html"))?;
    let (start, end) = ("<div class=\"prose\">", "</article>");
    let cut = lesson.find(start).zip(lesson.find(end)).ok_or("the lesson's page has no prose")?;
    write(&to.join("lesson.html"), &format!("{}<!--body-->{}", &lesson[..cut.0], &lesson[cut.1..]))?;
    // Of a scenario's page, what its text does not weigh by itself.
    let scenario = built.join("scenarios/cold-dinner-1/index.html");
    let scenario = if scenario.exists() { page(&scenario)? } else { String::new() };
    let frame: String = scenario.chars().take(scenario.len().saturating_sub(16_000)).collect();
    write(&to.join("scenario.html"), &format!("{frame}<!--body-->"))
}

fn page(path: &Path) -> Done<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

impl Maker {
    fn new(name: &'static str, command: Command, limit: &'static str) -> Self {
        Self { name, command, limit, clear: Vec::new(), costs: Vec::new() }
    }

    fn clear(mut self, path: std::path::PathBuf) -> Self {
        self.clear.push(path);
        self
    }

    fn run(&mut self) -> Done {
        for path in &self.clear {
            if path.exists() {
                fs::remove_dir_all(path)
                    .map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
            }
        }
        self.costs.push(clock::run(&mut self.command)?);
        Ok(())
    }

    fn row(self) -> Row {
        Row { name: self.name, cost: clock::median(&self.costs), limit: self.limit }
    }
}
