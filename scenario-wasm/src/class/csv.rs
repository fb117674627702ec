//! A class as a table for a spreadsheet: comma-separated values as RFC 4180 has them, one line for each row.
//!
//! A cell that a spreadsheet might take for a formula begins with an apostrophe, so that no name that somebody typed
//! is ever evaluated. Written here, and not by a library, because the desk writes the same file in the browser.

use alloc::borrow::ToOwned as _;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::ops::Deref;

use super::{Class, Row, Scenarios};
use crate::code::CoarseDuration;
use crate::scenario::Scenario;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

impl Class {
    /// As CSV with a heading. `files` are the names of the texts.
    pub fn csv<S: Deref<Target = Scenario>>(&self, scenarios: &Scenarios<S>, files: &[&str]) -> String {
        let mut head = ["who", "scenario", "final"].to_vec();
        head.extend(self.skills.iter().map(|(id, _)| id.as_str()));
        head.extend(["band_from", "pass", "mastery", "attempt", "attempts", "counts", "verified", "version"]);
        head.extend(["now_final", "now_pass", "minutes", "file", "line"]);
        // The mark makes spreadsheets read it as UTF-8.
        let mut table = String::from("\u{feff}");
        line(&mut table, head.into_iter().map(str::to_owned));
        for row in &self.rows {
            line(&mut table, self.cells(row, scenarios, files).into_iter());
        }
        table
    }

    fn cells<S: Deref<Target = Scenario>>(
        &self,
        row: &Row,
        scenarios: &Scenarios<S>,
        files: &[&str],
    ) -> Vec<String> {
        let (result, model) = (&row.result, &scenarios.scenario(row.scenario).graph().model);
        let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let file = files.get(row.file).copied().unwrap_or_default();
        let mut cells =
            [row.who.clone(), scenarios.slug(row.scenario).to_owned(), result.final_.to_string()].to_vec();
        cells.extend(self.skills.iter().map(|(id, _)| {
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

fn line(table: &mut String, cells: impl Iterator<Item = String>) {
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
