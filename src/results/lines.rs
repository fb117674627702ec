//! A class as lines, one a code, in the order of the texts. Codes are read twice and none is kept, so that a class of a million
//! fits anywhere.

use std::io::{self, Write};

use scenario_wasm::Scenario;
use scenario_wasm::class::{Attempts, Class, Columns, Row, Rule, Scenarios, row_json};

use super::{Text, read};

/// Codes that were read once, and not yet written.
#[derive(Debug)]
pub struct Lines<'a> {
    scenarios: &'a Scenarios<&'a Scenario>,
    texts: &'a [Text],
    names: &'a [&'a str],
    attempts: Attempts,
    columns: Columns<'a, &'a Scenario>,
    /// Of each code, whether it has a line: it could be read, and is the first of its play.
    has_line: Vec<bool>,
    /// What has none.
    pub rest: Class,
}

impl<'a> Lines<'a> {
    /// Reads all codes of these texts, which have these names.
    #[must_use]
    pub fn read(
        scenarios: &'a Scenarios<&'a Scenario>,
        texts: &'a [Text],
        names: &'a [&'a str],
        rule: Rule,
    ) -> Self {
        let (attempts, columns) = (Attempts::new(rule), Columns::new(scenarios, names));
        let rest = Class::default();
        let mut lines = Self { scenarios, texts, names, attempts, columns, has_line: Vec::new(), rest };
        for (file, text) in texts.iter().enumerate() {
            read(scenarios, file, &text.text, |code| {
                let stands = code.and_then(|row| lines.attempts.stand(row));
                lines.has_line.push(matches!(stands, Ok(Some(_))));
                match stands {
                    Ok(Some(row)) => lines.columns.add(&row),
                    Ok(None) => lines.rest.repeated += 1,
                    Err(code) => lines.rest.unread.push(code),
                }
            });
        }
        lines
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.has_line.iter().filter(|has_line| **has_line).count()
    }

    /// As CSV with a heading.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn csv(self, out: &mut impl Write) -> io::Result<()> {
        let mut text = String::new();
        self.columns.head(&mut text);
        out.write_all(text.as_bytes())?;
        self.write(|lines, row| {
            text.clear();
            lines.columns.row(&mut text, row);
            out.write_all(text.as_bytes())
        })
    }

    /// As JSON, an object a line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn ndjson(self, out: &mut impl Write) -> io::Result<()> {
        self.write(|lines, row| {
            out.write_all(&row_json(row, lines.names[row.file], lines.scenarios))?;
            out.write_all(b"\n")
        })
    }

    fn write(mut self, mut line: impl FnMut(&Self, &Row) -> io::Result<()>) -> io::Result<()> {
        let (mut done, mut at) = (Ok(()), 0);
        for (file, text) in self.texts.iter().enumerate() {
            read(self.scenarios, file, &text.text, |code| {
                if let (true, Ok(mut row)) = (self.has_line[at] && done.is_ok(), code) {
                    self.attempts.number(&mut row);
                    done = line(&self, &row);
                }
                at += 1;
            });
        }
        done
    }
}
