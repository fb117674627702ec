//! Reads codes without keeping them, so that a class of a million fits anywhere: once to find out which plays count, and
//! again whenever the rows are needed.

use std::io::{self, Write};

use scenario_wasm::Scenario;
use scenario_wasm::class::{Attempts, Class, Columns, Figures, Row, Rule, Scenarios, row_json};

use super::{Text, read};

/// Codes that were read once.
#[derive(Debug)]
pub struct Reading<'a> {
    scenarios: &'a Scenarios<&'a Scenario>,
    texts: &'a [Text],
    /// The names of the texts.
    pub names: &'a [&'a str],
    attempts: Attempts,
    columns: Columns<'a, &'a Scenario>,
    /// For each code, whether it is a row: readable, and the first of its play.
    is_row: Vec<bool>,
    /// Everything but the rows; without figures before [`Self::figures`].
    pub class: Class,
}

impl<'a> Reading<'a> {
    /// Reads all codes in these texts, which have these names.
    pub fn new(
        scenarios: &'a Scenarios<&'a Scenario>,
        texts: &'a [Text],
        names: &'a [&'a str],
        rule: Rule,
    ) -> Self {
        let (attempts, columns) = (Attempts::new(rule), Columns::new(scenarios, names));
        let (is_row, class) = (Vec::new(), Class::default());
        let mut reading = Self { scenarios, texts, names, attempts, columns, is_row, class };
        for (file, text) in texts.iter().enumerate() {
            read(scenarios, file, &text.text, |code| {
                let stands = code.and_then(|row| reading.attempts.stand(row));
                reading.is_row.push(matches!(stands, Ok(Some(_))));
                match stands {
                    Ok(Some(row)) => reading.columns.add(&row),
                    Ok(None) => reading.class.repeated += 1,
                    Err(code) => reading.class.unread.push(code),
                }
            });
        }
        reading
    }

    /// The number of rows.
    pub fn count(&self) -> usize {
        self.is_row.iter().filter(|is_row| **is_row).count()
    }

    /// Reads the codes again, and passes on each row.
    ///
    /// # Errors
    /// The first error of `each`.
    pub fn rows(&mut self, mut each: impl FnMut(&Row) -> io::Result<()>) -> io::Result<()> {
        let (mut done, mut at) = (Ok(()), 0);
        for (file, text) in self.texts.iter().enumerate() {
            read(self.scenarios, file, &text.text, |code| {
                if let (true, Ok(mut row)) = (self.is_row[at], code) {
                    self.attempts.number(&mut row);
                    if done.is_ok() {
                        done = each(&row);
                    }
                }
                at += 1;
            });
        }
        done
    }

    /// The same, but nothing can fail.
    pub fn each(&mut self, mut each: impl FnMut(&Row)) {
        let done = self.rows(|row| {
            each(row);
            Ok(())
        });
        done.expect("nothing is written");
    }

    /// Computes the figures; `each` gets the rows.
    pub fn figures(&mut self, mut each: impl FnMut(&Row)) {
        let mut figures = Figures::new(self.scenarios);
        self.each(|row| {
            figures.add(row);
            each(row);
        });
        (self.class.groups, self.class.skills, self.class.teach) = figures.end();
    }

    /// The rows as CSV with a header.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn csv(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let columns = self.columns.clone();
        let mut text = String::new();
        columns.head(&mut text);
        to.write_all(text.as_bytes())?;
        self.rows(|row| {
            text.clear();
            columns.row(&mut text, row);
            to.write_all(text.as_bytes())
        })
    }

    /// The rows as JSON, one object per line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn ndjson(&mut self, to: &mut dyn Write) -> io::Result<()> {
        let (scenarios, names) = (self.scenarios, self.names);
        self.rows(|row| {
            to.write_all(&row_json(row, Some(names[row.file]), scenarios))?;
            to.write_all(b"\n")
        })
    }

    /// The class as JSON without the closing bracket, since more may follow.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn json(&mut self, to: &mut dyn Write) -> io::Result<()> {
        const ROWS: &[u8] = b"\"rows\":[";
        let class = self.class.json(self.scenarios);
        // The rows precede everything else that may contain texts.
        let place =
            class.windows(ROWS.len()).position(|part| part == ROWS).expect("it has rows") + ROWS.len();
        let (scenarios, mut comma) = (self.scenarios, "");
        to.write_all(&class[..place])?;
        self.rows(|row| {
            to.write_all(comma.as_bytes())?;
            comma = ",";
            to.write_all(&row_json(row, None, scenarios))
        })?;
        to.write_all(&class[place..class.len() - 1])
    }
}
