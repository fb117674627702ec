//! The tables, as Markdown for people and as JSON for programs.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::clock::Cost;
use super::compile::Compiled;
use super::live::Saved;
use super::sites::Row;
use super::startup::Startup;
use crate::shell::{Done, say, write};

/// What was measured so far.
pub(super) struct Report {
    /// The machine, and what was measured on it.
    about: Value,
    text: String,
    parts: Vec<Value>,
}

impl Report {
    pub(super) fn new(machine: &str, runs: usize, missing: &[&str]) -> Self {
        let about = json!({ "machine": machine, "runs": runs, "missing": missing });
        let mut report = Self { about, text: String::new(), parts: Vec::new() };
        report.line(&format!("{machine}; medians of {runs} runs."));
        if !missing.is_empty() {
            report.line(&format!("\nNot measured, for want of them here: {}.", missing.join(", ")));
        }
        report
    }

    /// Whole builds of a course.
    pub(super) fn sites(&mut self, lessons: usize, scenarios: bool, rows: &[Row]) {
        let name = match scenarios {
            true => format!("{lessons} lessons and {} scenarios", lessons / 10),
            false => format!("{lessons} lessons"),
        };
        let columns = ["wall s", "CPU s", "peak MiB", "MB written", "× limit, wall", "× limit, CPU"];
        self.head(&name, &columns);
        for row in rows {
            let limit = rows.iter().find(|other| other.name == row.limit).and_then(|row| row.cost.ok());
            let written = row.bytes.map_or("–".into(), |bytes| format!("{:.1}", bytes as f64 / 1e6));
            let cells = match (row.cost, limit) {
                (Ok(cost), Some(limit)) => {
                    let Cost { wall, cpu, peak } = cost;
                    let (times_wall, times_cpu) = cost.over(limit);
                    let taken = [format!("{wall:.3}"), format!("{cpu:.3}"), format!("{peak:.0}")];
                    let times = [format!("{times_wall:.2}"), format!("{times_cpu:.2}")];
                    taken.into_iter().chain([written]).chain(times).collect()
                }
                (late, _) => {
                    let waited = late.err().unwrap_or_default().as_secs();
                    let mut cells = vec![String::new(); columns.len()];
                    cells[0] = format!("unfinished after {waited}");
                    cells
                }
            };
            self.row(&row.name, &cells);
            let times = row.cost.ok().zip(limit).map(|(cost, limit)| cost.over(limit));
            self.parts.push(json!({
                "part": "build", "lessons": lessons, "scenarios": scenarios, "program": row.name,
                "cost": row.cost.ok().map(figures), "unfinished_s": row.cost.err().map(|waited| waited.as_secs()),
                "bytes": row.bytes, "against": row.limit,
                "wall_ratio": times.map(|(wall, _)| wall), "cpu_ratio": times.map(|(_, cpu)| cpu),
            }));
        }
    }

    /// From saves to new pages, in a course of that many lessons.
    pub(super) fn live(&mut self, lessons: usize, saves: &[Saved]) {
        self.head(&format!("saved, of {lessons} lessons"), &["ms until the page is new"]);
        for Saved { program, what, ms } in saves {
            self.row(&format!("{program}: {what}"), &[format!("{ms:.1}")]);
            self.parts.push(
                json!({ "part": "serve", "lessons": lessons, "program": program, "saved": what, "ms": ms }),
            );
        }
    }

    /// Start-up on the shipped course.
    pub(super) fn startup(&mut self, startup: &Startup) {
        self.head("the shipped course", &["wall ms", "CPU ms", "peak MiB"]);
        for (name, cost) in &startup.commands {
            let (wall, cpu, peak) = (cost.wall * 1e3, cost.cpu * 1e3, cost.peak);
            self.row(name, &[format!("{wall:.0}"), format!("{cpu:.0}"), format!("{peak:.0}")]);
            self.parts.push(json!({ "part": "startup", "command": name, "cost": figures(*cost) }));
        }
        self.line(&format!("\nThe binary has {:.1} MB.", startup.binary as f64 / 1e6));
        self.parts.push(json!({ "part": "binary", "bytes": startup.binary }));
    }

    /// Compiling from clean.
    pub(super) fn compiled(&mut self, compiled: &Compiled) {
        let Compiled { seconds, packages, binary } = compiled;
        let size = *binary as f64 / 1e6;
        self.line(&format!(
            "\nFrom clean, amends compiles in {seconds:.0} s, of {packages} packages; the binary has {size:.1} MB."
        ));
        self.parts
            .push(json!({ "part": "compile", "seconds": seconds, "packages": packages, "bytes": binary }));
    }

    /// Figures of one kind: a name, and one figure for each column.
    pub(super) fn table(&mut self, part: &str, title: &str, columns: &[&str], rows: &[(String, Vec<f64>)]) {
        self.head(title, columns);
        for (name, all) in rows {
            self.row(name, &all.iter().map(|figure| format!("{figure:.2}")).collect::<Vec<_>>());
            let figures: serde_json::Map<String, Value> =
                columns.iter().zip(all).map(|(&column, &figure)| (column.into(), figure.into())).collect();
            self.parts.push(json!({ "part": part, "of": title, "name": name, "figures": figures }));
        }
    }

    fn head(&mut self, title: &str, columns: &[&str]) {
        let line = format!("\n| {title} | {} |\n|---|{}", columns.join(" | "), "---:|".repeat(columns.len()));
        self.line(&line);
    }

    fn row(&mut self, name: &str, cells: &[String]) {
        self.line(&format!("| {name} | {} |", cells.join(" | ")));
    }

    /// Says it at once, for the rest may take long, and keeps it.
    fn line(&mut self, line: &str) {
        say(line);
        let _ = writeln!(self.text, "{line}");
    }

    /// Writes everything: `bench.json` and `bench.md`.
    pub(super) fn write(self, folder: &Path) -> Done {
        let all = json!({ "about": self.about, "parts": self.parts });
        write(&folder.join("bench.json"), &format!("{all:#}\n"))?;
        write(&folder.join("bench.md"), &self.text)?;
        say(&format!("\nwritten to bench.json and bench.md in {}", folder.display()));
        Ok(())
    }
}

fn figures(cost: Cost) -> Value {
    json!({ "wall_s": cost.wall, "cpu_s": cost.cpu, "peak_mib": cost.peak })
}
