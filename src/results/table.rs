//! A table of a report: who did what, the turns of a play, two sessions. Written once, and shown as CSV, as lines of JSON or as
//! a sheet of a workbook.

use std::io::{self, Write};

use scenario_wasm::class::csv_line;
use serde_json::{Map, Value};

/// Columns and lines; a cell is a text, a number, yes or no, or empty.
pub struct Table<'a> {
    /// What it is called as a sheet.
    pub name: &'static str,
    /// The names of the columns.
    pub head: Vec<String>,
    /// As many cells each.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

impl<'a> Table<'a> {
    /// Of these lines.
    pub(super) fn new(
        name: &'static str,
        head: &[&str],
        rows: impl Iterator<Item = Vec<Value>> + 'a,
    ) -> Self {
        Self { name, head: head.iter().map(|name| (*name).to_owned()).collect(), rows: Box::new(rows) }
    }

    /// As a spreadsheet reads it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn csv(self, to: &mut dyn Write) -> io::Result<()> {
        // The mark makes spreadsheets read it as UTF-8.
        let mut text = String::from("\u{feff}");
        csv_line(&mut text, self.head.into_iter());
        for row in self.rows {
            to.write_all(text.as_bytes())?;
            text.clear();
            csv_line(&mut text, row.iter().map(cell));
        }
        to.write_all(text.as_bytes())
    }

    /// An object a line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn ndjson(mut self, to: &mut dyn Write) -> io::Result<()> {
        self.rows.try_for_each(|row| {
            let object: Map<String, Value> = self.head.iter().cloned().zip(row).collect();
            writeln!(to, "{}", Value::Object(object))
        })
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
