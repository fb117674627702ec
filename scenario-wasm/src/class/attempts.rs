//! Which plays of a class are its first, and which attempt of whom counts. Of each code this keeps a hash, and of each person and
//! scenario a small record: a class may be a million.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{Reason, Row, Rule, UnreadCode};
use crate::code::hash;

/// The plays so far.
#[derive(Debug)]
pub struct Attempts {
    rule: Rule,
    /// Places in `firsts`, by the hash of a code without checksum and name.
    plays: BTreeMap<u64, u32>,
    firsts: Vec<First>,
    /// Places in `records`, by the hash of name and scenario.
    people: BTreeMap<u64, u32>,
    records: Vec<Person>,
}

/// Where a play stands first.
#[derive(Debug)]
struct First {
    file: u32,
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
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        let (plays, people) = (BTreeMap::new(), BTreeMap::new());
        Self { rule, plays, firsts: Vec::new(), people, records: Vec::new() }
    }

    /// Adds a code, in the order of the texts. Nothing is left of one that stood there before.
    ///
    /// # Errors
    /// If its play stood there under another name.
    pub fn stand(&mut self, row: Row) -> Result<Option<Row>, UnreadCode> {
        let who = hash(&[row.who.to_ascii_lowercase().as_bytes()]);
        let play = hash(&[play_of(&row.code).as_bytes()]);
        let new = self.firsts.len() as u32;
        let place = *self.plays.entry(play).or_insert(new);
        if let Some(first) = self.firsts.get(place as usize) {
            let Row { file, line, code, .. } = row;
            let reason = Reason::Borrowed { file: first.file as usize, line: first.line as usize };
            let unread = UnreadCode { file, line, code, reason };
            return if first.who == who { Ok(None) } else { Err(unread) };
        }
        self.firsts.push(First { file: row.file as u32, line: row.line as u32, who });
        if !row.who.is_empty() {
            let new = self.records.len() as u32;
            let place = *self.people.entry(person(&row)).or_insert(new);
            if place == new {
                self.records.push(Person::default());
            }
            let person = &mut self.records[place as usize];
            person.attempts += 1;
            let is_better = person.counts == 0 || self.rule == Rule::Best && row.result.final_ > person.best;
            if row.counts && is_better {
                (person.counts, person.best) = (person.attempts, row.result.final_);
            }
        }
        Ok(Some(row))
    }

    /// Once all are added: numbers a row, and says whether it counts. In the same order, those that are the first of their
    /// play.
    pub fn number(&mut self, row: &mut Row) {
        if let Some(place) = self.people.get(&person(row)).filter(|_| !row.who.is_empty()) {
            let person = &mut self.records[*place as usize];
            person.numbered += 1;
            (row.attempt, row.attempts) = (person.numbered as usize, person.attempts as usize);
            row.counts = person.numbered == person.counts;
        }
    }
}

fn person(row: &Row) -> u64 {
    hash(&[row.who.to_ascii_lowercase().as_bytes(), &row.scenario.to_le_bytes()])
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
