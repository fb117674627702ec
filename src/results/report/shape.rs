//! What a class report contains, for the terminal, the page, JSON and templates.

use serde::Serialize;

use crate::results::PlayInWords;
use crate::results::people::{Person, Roster};

/// What a class did, in words.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The course's name.
    pub course: String,
    /// `minimal`, `scores` or `full`.
    pub reporting: &'static str,
    /// The names of the skills, which are columns of the table.
    pub skills: Vec<Scores>,
    /// The number of plays that the figures count.
    pub counted: usize,
    /// How many of them passed.
    pub passed: usize,
    /// One for each play; empty if rows are written as they are read.
    pub rows: Vec<PlayRow>,
    /// Everybody who gave a name, and what they did.
    pub people: Vec<Person>,
    /// The comparison with a list of names, if there is one.
    pub roster: Option<Roster>,
    /// The scenarios that were played.
    pub scenarios: Vec<Played>,
    /// The plays of the person who was asked for, if any; a page then shows nothing else.
    pub person: Option<Vec<PlayInWords>>,
    /// What could not be read, with place and reason.
    pub troubles: Vec<UnreadLine>,
    /// How many codes occurred more than once.
    pub repeated: usize,
    /// The index in `skills` of the one to teach next.
    pub teach_skill: Option<usize>,
    /// The index in `scenarios` of the one with the hardest decision.
    pub teach_scenario: Option<usize>,
    /// Lessons that lead to that scenario.
    pub lessons: Vec<String>,
    /// Which marks occur in the rows.
    pub marks: Marks,
}

/// Which marks occur in the rows of a class.
#[derive(Debug, Default, Serialize)]
pub struct Marks {
    /// A result that nothing can check.
    pub unverified: bool,
    /// A play on another version of its scenario.
    pub moved: bool,
    /// A play whose current result is known.
    pub now: bool,
}

/// A distribution of scores.
#[derive(Debug, Serialize)]
pub struct Scores {
    /// What is scored.
    pub name: String,
    /// The number of scores.
    pub count: usize,
    /// With one decimal.
    pub mean: String,
    /// Minimum, lower quartile, median, upper quartile, maximum.
    pub ranks: [u8; 5],
}

/// One play.
#[derive(Debug, Serialize)]
pub struct PlayRow {
    /// As typed; may be empty, and any text.
    pub who: String,
    /// The scenario's title.
    pub scenario: String,
    /// Its slug, as two scenarios may have the same title.
    pub slug: String,
    /// Rounded.
    pub last: u8,
    /// By the columns of the table.
    pub skills: Vec<Option<u8>>,
    /// In words.
    pub band: String,
    /// Whether it passed.
    pub pass: bool,
    /// Whether it reached mastery, if that is known.
    pub mastery: Option<bool>,
    /// Counted from 1.
    pub attempt: usize,
    /// The number of this person's attempts.
    pub attempts: usize,
    /// Whether the figures count it.
    pub counts: bool,
    /// Whether it was replayed.
    pub verified: bool,
    /// Whether it was played on another version of the scenario.
    pub moved: bool,
    /// For such a play, the final of the same choices now.
    pub now: Option<u8>,
    /// The place of the code: `codes.txt:3`.
    pub place: String,
}

/// One scenario.
#[derive(Debug, Serialize)]
pub struct Played {
    /// For people.
    pub title: String,
    /// Its slug.
    pub slug: String,
    /// How many attempts count.
    pub count: usize,
    /// How many of them passed.
    pub passed: usize,
    /// The share of those in percent.
    pub share: usize,
    /// The finals.
    pub finals: Scores,
    /// In the model's order.
    pub skills: Vec<Scores>,
    /// Whether figures about single choices are withheld because there are too few plays.
    pub hidden: bool,
    /// The decision at which most people made the worst choice.
    pub hardest: Option<Hardest>,
    /// The most common rating that came too early: its skill and moment.
    pub early: Option<Common>,
    /// The most common slip.
    pub slip: Option<Common>,
    /// Titles of endings, the most common first.
    pub endings: Vec<Common>,
}

/// The decision at which most people made the worst choice.
#[derive(Debug, Serialize)]
pub struct Hardest {
    /// Its id.
    pub node: String,
    /// Its first words.
    pub says: String,
    /// How many people made the worst choice.
    pub worst: usize,
    /// How many plays met it.
    pub count: usize,
    /// The share in percent.
    pub share: usize,
}

/// Something that several plays have in common.
#[derive(Debug, Serialize)]
pub struct Common {
    /// Its name.
    pub name: String,
    /// Its moment, if it has one.
    pub node: String,
    /// How many plays have it.
    pub count: usize,
    /// The number of plays in total.
    pub of: usize,
}

/// Something that could not be read.
#[derive(Debug, Serialize)]
pub struct UnreadLine {
    /// `codes.txt:3`.
    pub place: String,
    /// As read.
    pub code: String,
    /// What is wrong with it, in a sentence.
    pub says: String,
}
