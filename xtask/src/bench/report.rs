//! The tables for people, and the same as JSON.

use std::path::Path;

use serde_json::{Value, json};

use super::clock::Cost;
use super::live::Saved;
use super::sites::{Course, Row};
use super::startup::Startup;
use crate::shell::{Done, say, write};

/// What was measured so far.
pub(super) struct Report {
    pub(super) machine: String,
    parts: Vec<Value>,
}

impl Report {
    pub(super) fn new(machine: String) -> Self {
        Self { machine, parts: Vec::new() }
    }

    /// Whole builds of a course.
    pub(super) fn sites(&mut self, course: &Course, rows: Vec<Row>) {
        say(&format!(
            "\n| {} | wall s | CPU s | peak MiB | × wall | × CPU |\n|---|---:|---:|---:|---:|---:|",
            course.name()
        ));
        let of =
            |name: &str| rows.iter().find(|row| row.name == name).map(|row| row.cost).unwrap_or_default();
        for row in &rows {
            let (cost, limit) = (row.cost, of(row.limit));
            let (wall, cpu) = (ratio(cost.wall, limit.wall), ratio(cost.cpu, limit.cpu));
            say(&format!(
                "| {} | {:.3} | {:.3} | {:.0} | {wall:.2} | {cpu:.2} |",
                row.name, cost.wall, cost.cpu, cost.peak
            ));
            self.parts.push(json!({
                "part": "build", "lessons": course.lessons, "scenarios": course.scenarios, "program": row.name, "cost": figures(cost),
                "against": row.limit, "wall_ratio": wall, "cpu_ratio": cpu,
            }));
        }
        say("");
    }

    /// From saves to messages, in a course of that many lessons.
    pub(super) fn live(&mut self, lessons: usize, saves: Vec<Saved>) {
        say(&format!("\n| saved, of {lessons} lessons | ms until the page reloads |\n|---|---:|"));
        for Saved { what, ms } in saves {
            say(&format!("| {what} | {ms:.1} |"));
            self.parts.push(json!({ "part": "serve", "lessons": lessons, "saved": what, "ms": ms }));
        }
    }

    /// Start-up on the shipped course.
    pub(super) fn startup(&mut self, startup: Startup) {
        say("\n| the shipped course | wall ms | CPU ms | peak MiB |\n|---|---:|---:|---:|");
        let rows = [
            ("amends --version", startup.version),
            ("amends check", startup.check),
            ("amends build", startup.build),
        ];
        for (name, cost) in rows {
            say(&format!("| {name} | {:.0} | {:.0} | {:.0} |", cost.wall * 1e3, cost.cpu * 1e3, cost.peak));
            self.parts.push(json!({ "part": "startup", "command": name, "cost": figures(cost) }));
        }
        say(&format!("\nthe binary has {:.1} MB", startup.binary as f64 / 1e6));
        self.parts.push(json!({ "part": "binary", "bytes": startup.binary }));
    }

    /// Writes everything as JSON.
    pub(super) fn write(self, path: &Path) -> Done {
        let all = json!({ "machine": self.machine, "parts": self.parts });
        write(path, &format!("{all:#}\n"))?;
        say(&format!("written to {}", path.display()));
        Ok(())
    }
}

fn ratio(one: f64, other: f64) -> f64 {
    if other > 0.0 { one / other } else { 0.0 }
}

fn figures(cost: Cost) -> Value {
    json!({ "wall_s": cost.wall, "cpu_s": cost.cpu, "peak_mib": cost.peak })
}
