//! Tables as a workbook, one per sheet. Rows are not kept, so that as many fit as a sheet can have.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use serde_json::Value;

use super::table::Table;

/// The greatest width of a column, in characters.
const WIDEST: usize = 60;

/// A workbook being written.
pub struct Book(Workbook);

impl Book {
    /// An empty workbook.
    pub fn new(title: &str) -> Self {
        let mut book = Workbook::new();
        // The same report gives the same file at any time.
        let date = ExcelDateTime::from_ymd(2000, 1, 1).expect("it is a date");
        book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&date));
        Self(book)
    }

    /// Adds a table.
    ///
    /// # Errors
    /// If it has more rows than a sheet can have.
    pub fn table(&mut self, table: Table<'_>) -> io::Result<()> {
        let mut rows = table.rows;
        self.sheet(table.name, &table.head, |put| rows.try_for_each(put))
    }

    /// Adds a sheet with these rows, and a header that stays in view. Names are texts, never formulas.
    ///
    /// # Errors
    /// The same, and the errors of `lines`.
    pub fn sheet(
        &mut self,
        name: &str,
        head: &[String],
        lines: impl FnOnce(&mut dyn FnMut(Vec<Value>) -> io::Result<()>) -> io::Result<()>,
    ) -> io::Result<()> {
        let sheet = self.0.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).and_then(|sheet| sheet.set_freeze_panes(1, 0)).map_err(failed)?;
        let bold = Format::new().set_bold();
        let mut widths = Vec::new();
        for (column, title) in (0..).zip(head) {
            let mut letters = title.chars();
            let first = letters.next().map(char::to_uppercase);
            let title: String = first.into_iter().flatten().chain(letters).collect();
            sheet.write_string_with_format(0, column, &title, &bold).map_err(failed)?;
            widths.push(title.chars().count());
        }
        let mut row = 0;
        lines(&mut |cells| {
            row += 1;
            for ((column, cell), width) in (0..).zip(&cells).zip(&mut widths) {
                match cell {
                    Value::Bool(yes) => sheet.write_boolean(row, column, *yes),
                    Value::Number(number) => {
                        sheet.write_number(row, column, number.as_f64().unwrap_or_default())
                    }
                    Value::String(text) => {
                        *width = text.chars().count().max(*width);
                        sheet.write_string(row, column, text)
                    }
                    _ => continue,
                }
                .map_err(failed)?;
            }
            Ok(())
        })?;
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, width.min(WIDEST) as f64 + 2.0).map_err(failed)?;
        }
        Ok(())
    }

    /// Writes the workbook as .xlsx.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(mut self, to: &mut (dyn Write + Send)) -> io::Result<()> {
        self.0.save_to_writer(to).map_err(failed)
    }
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        XlsxError::RowColumnLimitError => {
            io::Error::other("a sheet has room for 1,048,575 lines; ask for --format csv")
        }
        other => io::Error::other(other),
    }
}
