//! Two sessions side by side: the results of each, and the change of everybody who is in both. Scenarios are
//! paired by their slugs, as on the desk, and people by their names.

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
    /// The scenario's title; with its slug if another one has the same title.
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
    /// The scenario's title; with its slug if another one has the same title.
    pub scenario: String,
    /// In each session.
    pub finals: [u8; 2],
}

impl Sessions {
    /// Compares two reports.
    pub fn of(labels: [String; 2], reports: &[Report; 2]) -> Self {
        let mut all: Vec<(&str, &str)> = Vec::new();
        for played in reports.iter().flat_map(|report| &report.scenarios) {
            if all.iter().all(|(slug, _)| *slug != played.slug) {
                all.push((&played.slug, &played.title));
            }
        }
        let name = |slug: &str, title: &str| {
            let is_shared = all.iter().filter(|(_, other)| *other == title).count() > 1;
            if is_shared { format!("{title} ({slug})") } else { title.to_owned() }
        };
        let figures = |played: &Played| Figures {
            count: played.count,
            passed: played.passed,
            mean: played.finals.mean.clone(),
        };
        let scenarios = all.iter().map(|(slug, title)| Pair {
            title: name(slug, title),
            sessions: reports
                .each_ref()
                .map(|report| report.scenarios.iter().find(|played| played.slug == *slug).map(figures)),
        });
        let counted = |report: &'_ Report| -> BTreeMap<(String, String), u8> {
            let rows = report.rows.iter().filter(|row| row.counts && !row.who.is_empty());
            rows.map(|row| ((key(&row.who), row.slug.clone()), row.last)).collect()
        };
        let before = counted(&reports[0]);
        let after = reports[1].rows.iter().filter(|row| row.counts && !row.who.is_empty());
        let people = after.filter_map(|row| {
            let first = *before.get(&(key(&row.who), row.slug.clone()))?;
            let scenario = name(&row.slug, &row.scenario);
            Some(Change { who: row.who.clone(), scenario, finals: [first, row.last] })
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
