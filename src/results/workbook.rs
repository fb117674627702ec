//! Tables as a workbook, a sheet each.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use serde_json::Value;

use super::table::Table;

/// As .xlsx, with headings that stay in view. Names are texts, and never formulas.
///
/// # Errors
///
/// If a table has more lines than a sheet has rows.
pub fn workbook(title: &str, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same report is the same file whenever it is written.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&date));
    let bold = Format::new().set_bold();
    for Table { name, head, rows } in tables {
        let sheet = book.add_worksheet().set_name(*name)?.set_freeze_panes(1, 0)?;
        for (column, title) in (0..).zip(head) {
            let mut letters = title.chars();
            let first = letters.next().map(char::to_uppercase);
            let title: String = first.into_iter().flatten().chain(letters).collect();
            sheet.write_string_with_format(0, column, title, &bold)?;
        }
        for (row, cells) in (1..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Value::Bool(yes) => sheet.write_boolean(row, column, *yes)?,
                    Value::Number(number) => {
                        sheet.write_number(row, column, number.as_f64().unwrap_or_default())?
                    }
                    Value::String(text) => sheet.write_string(row, column, text)?,
                    _ => continue,
                };
            }
        }
        sheet.autofit();
    }
    book.save_to_buffer()
}
