//! Which plays of a class are repeated, and which attempt of each person counts. Keeps only a hash of each code and a small
//! record for each person and scenario, since a class may have a million codes.

use super::hashed::Hashed;
use super::{Reason, Row, Rule, UnreadCode};
use crate::code::{hash, key};

/// The plays so far.
#[derive(Debug)]
pub struct Attempts {
    rule: Rule,
    /// By the hash of a code without its checksum and name.
    plays: Hashed<First>,
    /// By the hash of name and scenario.
    people: Hashed<Person>,
}

/// The first occurrence of a play.
#[derive(Debug, Default)]
struct First {
    file: u32,
    /// Counted from 1; 0 until it is known.
    line: u32,
    who: u64,
}

/// A person's attempts at a scenario.
#[derive(Debug, Default)]
struct Person {
    /// The number of attempts.
    attempts: u32,
    /// How many of them have been numbered.
    numbered: u32,
    /// Which of them counts, starting from 1.
    counts: u32,
    /// The final of that attempt.
    best: u8,
}

impl Attempts {
    /// Without any plays.
    pub fn new(rule: Rule) -> Self {
        Self { rule, plays: Hashed::new(), people: Hashed::new() }
    }

    /// Adds a code, in the order of the texts. Returns `None` if it occurred before.
    ///
    /// # Errors
    /// If its play occurred before under another name.
    pub fn stand(&mut self, row: Row) -> Result<Option<Row>, UnreadCode> {
        let who = hash(&[key(&row.who).as_bytes()]);
        let first = self.plays.entry(hash(&[play_of(&row.code).as_bytes()]));
        if first.line > 0 {
            let Row { file, line, code, .. } = row;
            let reason = Reason::Borrowed { file: first.file as usize, line: first.line as usize };
            let unread = UnreadCode { file, line, code, reason };
            return if first.who == who { Ok(None) } else { Err(unread) };
        }
        *first = First { file: row.file as u32, line: row.line as u32, who };
        if !row.who.is_empty() {
            let person = self.people.entry(person(&row));
            person.attempts += 1;
            let is_better = person.counts == 0 || self.rule == Rule::Best && row.result.final_ > person.best;
            if row.counts && is_better {
                (person.counts, person.best) = (person.attempts, row.result.final_);
            }
        }
        Ok(Some(row))
    }

    /// Numbers a row, and sets whether it counts, once all codes have been added. Takes the first row of each play in the
    /// same order, on each pass over the texts.
    pub fn number(&mut self, row: &mut Row) {
        if row.who.is_empty() {
            return;
        }
        if let Some(person) = self.people.get(person(row)) {
            person.numbered = person.numbered % person.attempts + 1;
            (row.attempt, row.attempts) = (person.numbered as usize, person.attempts as usize);
            row.counts = person.numbered == person.counts;
        }
    }
}

fn person(row: &Row) -> u64 {
    hash(&[key(&row.who).as_bytes(), &row.scenario.to_le_bytes()])
}

/// What identifies a play: its code without checksum and name.
fn play_of(code: &str) -> &str {
    let symbols = code.split('~').next().unwrap_or_default();
    // Six symbols, with possible hyphens between them.
    let mut left = 6;
    let end = symbols.char_indices().rev().find(|(_, letter)| {
        left -= i32::from(*letter != '-');
        left == 0
    });
    &symbols[..end.map_or(0, |(at, _)| at)]
}
