//! A class report as a workbook: a sheet of plays, one of people, and one of who has sent nothing.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::report::Report;

impl Report {
    /// As .xlsx. Names are texts, and never formulas.
    ///
    /// # Errors
    ///
    /// If the class has more plays than a sheet has rows.
    pub fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // The same report is the same file whenever it is written.
        let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_title(&self.course).set_creation_datetime(&date));
        let skills = self.skills.iter().map(|skill| skill.name.as_str());
        let head = ["Who", "Conversation", "Final"].into_iter().chain(skills);
        let tail =
            ["Band", "Passed", "Mastery", "Attempt", "Attempts", "Counts", "Verified", "Version", "Line"];
        let sheet = sheet(&mut book, "Plays", head.chain(tail))?;
        for (row, play) in (1..).zip(&self.rows) {
            let mut column = 0;
            let mut next = || {
                column += 1;
                column - 1
            };
            sheet.write_string(row, next(), &play.who)?;
            sheet.write_string(row, next(), &play.scenario)?;
            sheet.write_number(row, next(), play.last)?;
            for score in &play.skills {
                let column = next();
                if let Some(score) = score {
                    sheet.write_number(row, column, *score)?;
                }
            }
            sheet.write_string(row, next(), &play.band)?;
            sheet.write_boolean(row, next(), play.pass)?;
            let column = next();
            if let Some(mastery) = play.mastery {
                sheet.write_boolean(row, column, mastery)?;
            }
            sheet.write_number(row, next(), play.attempt as f64)?;
            sheet.write_number(row, next(), play.attempts as f64)?;
            sheet.write_boolean(row, next(), play.counts)?;
            sheet.write_boolean(row, next(), play.verified)?;
            sheet.write_string(row, next(), if play.moved { "other" } else { "this" })?;
            sheet.write_string(row, next(), &play.place)?;
        }
        sheet.autofit();
        self.people_sheet(&mut book)?;
        self.roster_sheet(&mut book)?;
        book.save_to_buffer()
    }

    fn people_sheet(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let titles = self.scenarios.iter().map(|scenario| scenario.title.as_str());
        let sheet = sheet(book, "People", ["Who", "Group"].into_iter().chain(titles))?;
        let passed = Format::new().set_bold();
        for (row, person) in (1..).zip(&self.people) {
            sheet.write_string(row, 0, &person.who)?;
            sheet.write_string(row, 1, &person.group)?;
            for (column, play) in (2..).zip(&person.plays) {
                match play {
                    Some(play) if play.pass => {
                        sheet.write_number_with_format(row, column, play.last, &passed)?
                    }
                    Some(play) => sheet.write_number(row, column, play.last)?,
                    None => continue,
                };
            }
        }
        sheet.autofit();
        Ok(())
    }

    fn roster_sheet(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let Some(roster) = &self.roster else { return Ok(()) };
        let sheet = sheet(book, "Nothing sent", ["Who", "Group", "Perhaps"])?;
        for (row, missing) in (1..).zip(&roster.missing) {
            sheet.write_string(row, 0, &missing.name)?;
            sheet.write_string(row, 1, &missing.group)?;
            sheet.write_string(row, 2, missing.perhaps.join(", "))?;
        }
        sheet.autofit();
        Ok(())
    }
}

/// A new sheet with a heading that stays in view.
fn sheet<'b, 'h>(
    book: &'b mut Workbook,
    name: &str,
    head: impl IntoIterator<Item = &'h str>,
) -> Result<&'b mut Worksheet, XlsxError> {
    let sheet = book.add_worksheet().set_name(name)?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, title) in (0..).zip(head) {
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    Ok(sheet)
}
