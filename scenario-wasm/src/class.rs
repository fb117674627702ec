//! What a class did: a row for each code, and the figures over all rows. One definition for the terminal and the desk.
//!
//! The course's reporting level decides what appears here, whatever a code carries; figures about single choices are left
//! out for groups smaller than [`MIN_GROUP`].

mod attempts;
mod csv;
mod figures;
mod hashed;
mod json;
mod scenarios;

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Deref;

pub use attempts::Attempts;
pub use csv::{Columns, csv_line};
pub use figures::Figures;
pub use json::row_json;
pub use scenarios::{PlayResult, Reason, Row, Scenarios, StatedResult, UnreadCode};

use crate::scenario::Scenario;

/// Figures about single choices need at least this many plays.
pub const MIN_GROUP: usize = 5;

/// Which of a person's attempts at a scenario counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The first, in the order of the texts.
    First,
    /// The one with the highest final; if several have it, the first.
    Best,
}

/// What a class did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Class {
    /// One for each play.
    pub rows: Vec<Row>,
    /// What could not be read, in the order of the texts.
    pub unread: Vec<UnreadCode>,
    /// How many codes occurred more than once.
    pub repeated: usize,
    /// The scenarios that were played.
    pub groups: Vec<Group>,
    /// Over all scenarios, by skill id.
    pub skills: Vec<(String, Spread)>,
    /// What to teach next.
    pub teach: Teach,
}

/// What to teach next, if it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teach {
    /// The index in [`Class::skills`] of the skill with the lowest mean, if that is below 100.
    pub skill: Option<usize>,
    /// The decision at which most people chose worst: its index in [`Class::groups`], and within that group's decisions.
    pub decision: Option<(usize, usize)>,
}

/// The figures of one scenario, over the attempts that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Its index in [`Scenarios`].
    pub scenario: usize,
    /// How many attempts count.
    pub count: usize,
    /// How many of them passed.
    pub passed: usize,
    /// The finals.
    pub finals: Spread,
    /// By skill of the model; only skills that count.
    pub skills: Vec<(usize, Spread)>,
    /// How many of them were replayed; the following fields are about those.
    pub replayed: usize,
    /// Whether there are too few for the following fields, which are then empty.
    pub hidden: bool,
    /// The decisions that plays met, in graph order.
    pub decisions: Vec<DecisionStats>,
    /// Node, skill, and the number of plays that were out of order there; the most common first.
    pub early: Vec<(u16, u8, usize)>,
    /// Slip, and the number of plays that had it; the most common first.
    pub slips: Vec<(u8, usize)>,
    /// Node, and the number of plays that ended there; the most common first.
    pub endings: Vec<(u16, usize)>,
}

/// A decision, and what was chosen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionStats {
    /// Its node.
    pub node: u16,
    /// How many plays met it.
    pub count: usize,
    /// How many plays took each choice, and how many took a worst one; `None` if too few met it.
    pub choices: Option<(Vec<usize>, usize)>,
}

/// The distribution of scores. Quartiles use the nearest rank, so each is a score that some play has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spread {
    /// The number of scores.
    pub count: usize,
    /// In tenths, rounded half up.
    pub mean: u32,
    /// Minimum, lower quartile, median, upper quartile, maximum.
    pub ranks: [u8; 5],
}

impl Class {
    /// The class of these codes, in the order of the texts.
    pub fn of<S: Deref<Target = Scenario>>(
        scenarios: &Scenarios<S>,
        codes: impl IntoIterator<Item = Result<Row, UnreadCode>>,
        rule: Rule,
    ) -> Self {
        let (mut rows, mut unread, mut repeated) = (Vec::<Row>::new(), Vec::new(), 0);
        let mut attempts = Attempts::new(rule);
        for code in codes {
            match code.and_then(|row| attempts.stand(row)) {
                Ok(Some(row)) => rows.push(row),
                Ok(None) => repeated += 1,
                Err(code) => unread.push(code),
            }
        }
        let mut figures = Figures::new(scenarios);
        for row in &mut rows {
            attempts.number(row);
            figures.add(row);
        }
        let (groups, skills, teach) = figures.end();
        Self { rows, unread, repeated, groups, skills, teach }
    }
}

impl Group {
    /// The decision at which the largest share chose worst; if several do, the one that more plays met.
    pub fn hardest(&self) -> Option<usize> {
        let met = self.decisions.iter().enumerate().rev();
        let hard = met.filter(|(_, stats)| stats.worst() > Some(0));
        hard.max_by(|(_, one), (_, other)| one.by_hardness(other)).map(|(at, _)| at)
    }
}

impl DecisionStats {
    /// How many took a worst choice.
    pub fn worst(&self) -> Option<usize> {
        self.choices.as_ref().map(|(_, worst)| *worst)
    }

    /// Compares the share that took a worst choice, then the number of plays.
    fn by_hardness(&self, other: &Self) -> Ordering {
        let worst = |stats: &Self| stats.worst().unwrap_or_default();
        (worst(self) * other.count).cmp(&(worst(other) * self.count)).then(self.count.cmp(&other.count))
    }
}
