//! A class as a table for a spreadsheet: comma-separated values as RFC 4180 has them, one line for each row.
//!
//! A cell that a spreadsheet might take for a formula begins with an apostrophe, so that no name that somebody typed
//! is ever worked out. Written here, and not by a library, because the desk writes the same file in the browser.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Deref;

use super::{Class, Row, Shelf};
use crate::scenario::Scenario;

impl Class {
    /// As CSV with a heading. `files` are the names of the texts.
    pub fn csv<S: Deref<Target = Scenario>>(&self, shelf: &Shelf<S>, files: &[&str]) -> String {
        let skills: Vec<&str> = self.skills.iter().map(|(id, _)| id.as_str()).collect();
        let mut table = String::new();
        let head = ["who", "scenario", "final"].into_iter().chain(skills.iter().copied());
        let rest = ["band_from", "pass", "mastery", "attempt", "attempts", "counts", "verified", "version"];
        line(&mut table, head.chain(rest).chain(["minutes", "file", "line"]).map(String::from));
        for row in &self.rows {
            line(&mut table, cells(row, shelf, &skills, files));
        }
        table
    }
}

fn cells<S: Deref<Target = Scenario>>(
    row: &Row,
    shelf: &Shelf<S>,
    skills: &[&str],
    files: &[&str],
) -> Vec<String> {
    let (result, model) = (&row.result, &shelf.scenario(row.scenario).graph().model);
    let word = |yes: bool| if yes { "yes" } else { "no" };
    let mut cells: Vec<String> = Vec::new();
    cells.push(row.who.clone());
    cells.push(shelf.slug(row.scenario).into());
    cells.push(result.last.to_string());
    for id in skills {
        let score = result.skills.iter().find(|(skill, _)| model.skills[*skill].id == *id);
        cells.push(score.map(|(_, score)| score.to_string()).unwrap_or_default());
    }
    cells.push(model.bands[result.band].to_string());
    cells.push(word(result.pass).into());
    cells.push(result.mastery.map(word).unwrap_or_default().into());
    cells.push(row.attempt.to_string());
    cells.push(row.attempts.to_string());
    cells.push(word(row.counts).into());
    cells.push(word(result.verified).into());
    cells.push(if result.moved { "other" } else { "this" }.into());
    cells.push(
        result.took.and_then(|took| took.minutes()).map(|minutes| minutes.to_string()).unwrap_or_default(),
    );
    cells.push(files.get(row.file).copied().unwrap_or_default().into());
    cells.push(row.line.to_string());
    cells
}

fn line(table: &mut String, cells: impl IntoIterator<Item = String>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            table.push(',');
        }
        let formula = cell
            .starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
        let quoted = formula || cell.contains([',', '"', '\r', '\n', ';', '\'']);
        if quoted {
            table.push('"');
        }
        if formula {
            table.push('\'');
        }
        cell.chars().for_each(|letter| {
            if letter == '"' {
                table.push('"');
            }
            table.push(letter);
        });
        if quoted {
            table.push('"');
        }
    }
    table.push_str("\r\n");
}
