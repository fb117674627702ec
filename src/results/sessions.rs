//! Two sessions side by side: the results of each, and the change of everybody who is in both, paired by name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::people::key;
use super::report::{Played, Report};

/// Two sessions.
#[derive(Debug, Serialize)]
pub struct Sessions {
    /// Their labels.
    pub labels: [String; 2],
    /// Each scenario that was played in either of them.
    pub scenarios: Vec<Pair>,
    /// Everybody who played a scenario in both.
    pub people: Vec<Change>,
}

/// The figures of a scenario in each session.
#[derive(Debug, Serialize)]
pub struct Pair {
    /// The scenario's title.
    pub title: String,
    /// Its figures; `None` if it was not played.
    pub sessions: [Option<Figures>; 2],
}

/// The figures of a scenario.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// How many attempts count.
    pub count: usize,
    /// How many of them passed.
    pub passed: usize,
    /// The mean final, with one decimal.
    pub mean: String,
}

/// The finals of a person.
#[derive(Debug, Serialize)]
pub struct Change {
    /// As typed in the second session.
    pub who: String,
    /// The scenario's title.
    pub scenario: String,
    /// In each session.
    pub finals: [u8; 2],
}

impl Sessions {
    /// Compares two reports.
    pub fn of(labels: [String; 2], reports: &[Report; 2]) -> Self {
        let mut titles: Vec<&str> = Vec::new();
        for played in reports.iter().flat_map(|report| &report.scenarios) {
            if !titles.contains(&played.title.as_str()) {
                titles.push(&played.title);
            }
        }
        let figures = |played: &Played| Figures {
            count: played.count,
            passed: played.passed,
            mean: played.finals.mean.clone(),
        };
        let scenarios = titles.iter().map(|title| Pair {
            title: (*title).to_owned(),
            sessions: reports
                .each_ref()
                .map(|report| report.scenarios.iter().find(|played| played.title == *title).map(figures)),
        });
        let counted = |report: &'_ Report| -> BTreeMap<(String, String), u8> {
            let rows = report.rows.iter().filter(|row| row.counts && !row.who.is_empty());
            rows.map(|row| ((key(&row.who), row.scenario.clone()), row.last)).collect()
        };
        let before = counted(&reports[0]);
        let after = reports[1].rows.iter().filter(|row| row.counts && !row.who.is_empty());
        let people = after.filter_map(|row| {
            let first = *before.get(&(key(&row.who), row.scenario.clone()))?;
            Some(Change { who: row.who.clone(), scenario: row.scenario.clone(), finals: [first, row.last] })
        });
        Self { people: people.collect(), scenarios: scenarios.collect(), labels }
    }

    /// The comparison for a terminal.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for pair in &self.scenarios {
            let _ = writeln!(text, "{}", pair.title);
            for (label, figures) in self.labels.iter().zip(&pair.sessions) {
                let _ = match figures {
                    Some(Figures { count, passed, mean }) => {
                        writeln!(text, "  {label}: {passed} of {count} passed, mean {mean}")
                    }
                    None => writeln!(text, "  {label}: not played"),
                };
            }
        }
        let _ = writeln!(text, "\nIn both, by name: {}", self.people.len());
        for Change { who, scenario, finals: [before, after] } in &self.people {
            let change = i16::from(*after) - i16::from(*before);
            let _ = writeln!(text, "  {who}, {scenario}: {before} to {after} ({change:+})");
        }
        text
    }
}
