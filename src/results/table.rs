//! A table of a report: who did what, the turns of a play, two sessions. Written once, and shown as CSV, as lines of JSON or as
//! a sheet of a workbook.

use scenario_wasm::class::csv_line;
use serde_json::{Map, Value};

/// Columns and lines; a cell is a text, a number, yes or no, or empty.
#[derive(Debug)]
pub struct Table {
    /// What it is called as a sheet.
    pub name: &'static str,
    /// The names of the columns.
    pub head: Vec<String>,
    /// As many cells each.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// An empty one.
    pub(super) fn new(name: &'static str, head: &[&str]) -> Self {
        Self { name, head: head.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// As a spreadsheet reads it.
    #[must_use]
    pub fn csv(&self) -> String {
        // The mark makes spreadsheets read it as UTF-8.
        let mut text = String::from("\u{feff}");
        csv_line(&mut text, self.head.iter().cloned());
        for row in &self.rows {
            csv_line(&mut text, row.iter().map(cell));
        }
        text
    }

    /// An object a line.
    #[must_use]
    pub fn ndjson(&self) -> String {
        let line = |row: &Vec<Value>| {
            let object: Map<String, Value> = self.head.iter().cloned().zip(row.iter().cloned()).collect();
            format!("{}\n", Value::Object(object))
        };
        self.rows.iter().map(line).collect()
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
