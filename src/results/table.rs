//! A table of a report: who did what, the turns of a play, two sessions. Defined once, and shown as CSV, as lines of JSON
//! or as a sheet of a workbook.

use std::io::{self, Write};

use scenario_wasm::class::csv_line;
use serde_json::{Map, Value};

/// Columns and rows; a cell is a text, a number, a boolean, or empty.
pub struct Table<'a> {
    /// Its name as a sheet.
    pub name: &'static str,
    /// The names of the columns.
    pub head: Vec<String>,
    /// Each with the same number of cells.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

impl<'a> Table<'a> {
    /// A table with these rows.
    pub(super) fn new(
        name: &'static str,
        head: &[&str],
        rows: impl Iterator<Item = Vec<Value>> + 'a,
    ) -> Self {
        Self { name, head: head.iter().map(|name| (*name).to_owned()).collect(), rows: Box::new(rows) }
    }

    /// The table as CSV for spreadsheets.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn csv(self, to: &mut dyn Write) -> io::Result<()> {
        // The byte order mark makes spreadsheets read the file as UTF-8.
        let mut text = String::from("\u{feff}");
        csv_line(&mut text, self.head.into_iter());
        for row in self.rows {
            to.write_all(text.as_bytes())?;
            text.clear();
            csv_line(&mut text, row.iter().map(cell));
        }
        to.write_all(text.as_bytes())
    }

    /// One JSON object per line.
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
