//! Which plays of a class are its first, and which attempt of whom counts. Of each code this keeps a hash, and of each person and
//! scenario a small record: a class may be a million.

use super::hashed::Hashed;
use super::{Reason, Row, Rule, UnreadCode};
use crate::code::{hash, key};

/// The plays so far.
#[derive(Debug)]
pub struct Attempts {
    rule: Rule,
    /// By the hash of a code without checksum and name.
    plays: Hashed<First>,
    /// By the hash of name and scenario.
    people: Hashed<Person>,
}

/// Where a play stands first.
#[derive(Debug, Default)]
struct First {
    file: u32,
    /// From 1; 0 before it is known.
    line: u32,
    who: u64,
}

/// What somebody did in a scenario.
#[derive(Debug, Default)]
struct Person {
    /// How many attempts there are.
    attempts: u32,
    /// How many of them were given their number.
    numbered: u32,
    /// Which of them counts, from 1.
    counts: u32,
    /// Its final.
    best: u8,
}

impl Attempts {
    /// None yet.
    pub fn new(rule: Rule) -> Self {
        Self { rule, plays: Hashed::new(), people: Hashed::new() }
    }

    /// Adds a code, in the order of the texts. Nothing is left of one that stood there before.
    ///
    /// # Errors
    /// If its play stood there under another name.
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

    /// Once all are added: numbers a row, and says whether it counts. In the same order, those that are the first of their
    /// play; as often as they are read.
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
    // Six symbols, and the hyphens that may stand between them.
    let mut left = 6;
    let end = symbols.char_indices().rev().find(|(_, letter)| {
        left -= i32::from(*letter != '-');
        left == 0
    });
    &symbols[..end.map_or(0, |(at, _)| at)]
}
