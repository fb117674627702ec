//! A class as a table for a spreadsheet: comma-separated values (RFC 4180), one line per row.
//!
//! A cell that a spreadsheet might read as a formula starts with an apostrophe, so that no name is ever evaluated.
//! Hand-written, because the desk writes the same file in the browser.

use alloc::borrow::ToOwned as _;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Deref;

use super::{Class, Row, Scenarios};
use crate::code::CoarseDuration;
use crate::scenario::Scenario;

/// Characters with which a formula can start.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The columns of the table.
#[derive(Debug, Clone)]
pub struct Columns<'a, S> {
    scenarios: &'a Scenarios<S>,
    /// The names of the texts.
    files: &'a [&'a str],
    /// The ids of all skills that occur in plays.
    skills: Vec<&'a str>,
}

impl<'a, S: Deref<Target = Scenario>> Columns<'a, S> {
    /// The columns that every table has.
    pub fn new(scenarios: &'a Scenarios<S>, files: &'a [&'a str]) -> Self {
        Self { scenarios, files, skills: Vec::new() }
    }

    /// Adds the columns that a row needs.
    pub fn add(&mut self, row: &Row) {
        let model = &self.scenarios.scenario(row.scenario).graph().model;
        for (skill, _) in &row.result.skills {
            let id = model.skills[*skill].id.as_str();
            if !self.skills.contains(&id) {
                self.skills.push(id);
            }
        }
    }

    /// Writes the header.
    pub fn head(&self, table: &mut String) {
        let head = ["who", "scenario", "final"].into_iter().chain(self.skills.iter().copied());
        let tail = ["band_from", "pass", "mastery", "attempt", "attempts", "counts", "verified", "version"];
        let last = ["now_final", "now_pass", "minutes", "file", "line"];
        // The byte order mark makes spreadsheets read the file as UTF-8.
        table.push('\u{feff}');
        csv_line(table, head.chain(tail).chain(last).map(str::to_owned));
    }

    /// Writes a row.
    pub fn row(&self, table: &mut String, row: &Row) {
        csv_line(table, self.cells(row).into_iter());
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let (result, model) = (&row.result, &self.scenarios.scenario(row.scenario).graph().model);
        let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let file = self.files.get(row.file).copied().unwrap_or_default();
        let slug = self.scenarios.slug(row.scenario);
        let mut cells = [row.who.clone(), slug.to_owned(), result.final_.to_string()].to_vec();
        cells.extend(self.skills.iter().map(|id| {
            let score = result.skills.iter().find(|(skill, _)| model.skills[*skill].id == *id);
            score.map(|(_, score)| score.to_string()).unwrap_or_default()
        }));
        cells.extend([
            model.bands.get(result.band).map(u8::to_string).unwrap_or_default(),
            word(result.pass),
            result.mastery.map(word).unwrap_or_default(),
            row.attempt.to_string(),
            row.attempts.to_string(),
            word(row.counts),
            word(result.verified),
            if result.moved { "other" } else { "this" }.to_owned(),
            result.now.map(|now| now.final_.to_string()).unwrap_or_default(),
            result.now.map(|now| word(now.pass)).unwrap_or_default(),
            result.duration.and_then(CoarseDuration::minutes).map(|it| it.to_string()).unwrap_or_default(),
            file.to_owned(),
            row.line.to_string(),
        ]);
        cells
    }
}

impl Class {
    /// The class as CSV with a header. `files` are the names of the texts.
    pub fn csv<S: Deref<Target = Scenario>>(&self, scenarios: &Scenarios<S>, files: &[&str]) -> String {
        let (mut columns, mut table) = (Columns::new(scenarios, files), String::new());
        self.rows.iter().for_each(|row| columns.add(row));
        columns.head(&mut table);
        self.rows.iter().for_each(|row| columns.row(&mut table, row));
        table
    }
}

/// Writes a line of a table.
pub fn csv_line(table: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            table.push(',');
        }
        let is_formula = cell.starts_with(FORMULA);
        if is_formula || cell.contains([',', '"', '\r', '\n', ';', '\'']) {
            table.push_str(if is_formula { "\"'" } else { "\"" });
            table.push_str(&cell.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(&cell);
        }
    }
    table.push_str("\r\n");
}
