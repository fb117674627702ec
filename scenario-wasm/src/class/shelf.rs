//! The scenarios that codes are read with, and what one code comes to on its scenario.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

use crate::best::Futures;
use crate::code::{Body, Code, Fault, Name, Print, Reporting, Took};
use crate::intake::{self, Found};
use crate::ledger::Kind;
use crate::scenario::Scenario;
use crate::session::Session;

/// The scenarios of a course, each under the name that its codes carry.
#[derive(Debug)]
pub struct Shelf<S> {
    kept: Vec<Kept<S>>,
    /// The names with the places of their scenarios, sorted.
    places: Vec<(Name, usize)>,
    reporting: Reporting,
}

#[derive(Debug)]
struct Kept<S> {
    print: Print,
    slug: String,
    scenario: S,
}

/// A line of a class: a code that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which of the texts it was found in.
    pub file: usize,
    /// On which line.
    pub line: usize,
    /// The code.
    pub code: String,
    /// Of which scenario: its place on the shelf.
    pub scenario: usize,
    /// The name that was typed; empty where none was.
    pub who: String,
    /// What it came to.
    pub result: Played,
    /// Which attempt of this person at this scenario it is, from 1, in the order of the texts.
    pub attempt: usize,
    /// How many there are. Who gave no name has one.
    pub attempts: usize,
    /// Whether it is the one that the class's figures count.
    pub counts: bool,
}

/// What a play came to, as far as the course reports it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Played {
    /// Rounded.
    pub last: u8,
    /// Whether it is passed.
    pub pass: bool,
    /// Whether with mastery; not known from a final alone.
    pub mastery: Option<bool>,
    /// Index of the model's band.
    pub band: usize,
    /// Index of the model's skill, and the rounded score.
    pub skills: Vec<(usize, u8)>,
    /// Whether the play was replayed. If not, the code told the result, and nothing can check it.
    pub verified: bool,
    /// Whether it was played on another version of the scenario.
    pub moved: bool,
    /// How long it took, where the code tells it.
    pub took: Option<Took>,
    /// The nodes and the places of the choices taken.
    pub steps: Vec<(u16, u8)>,
    /// The nodes and skills of what came too early.
    pub early: Vec<(u16, u8)>,
    /// The nodes and slips.
    pub slips: Vec<(u16, u8)>,
    /// The node at which it ended.
    pub ending: Option<u16>,
}

/// What looked like a code and gave no line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Which of the texts it was found in.
    pub file: usize,
    /// On which line.
    pub line: usize,
    /// As it was read.
    pub code: String,
    /// What is wrong.
    pub reason: Reason,
}

/// Why there is no line for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It cannot be read.
    Unread(Fault),
    /// The course has no such scenario.
    Unknown,
    /// The scenario, by its place, has changed so that the choices cannot be found.
    Moved(usize),
    /// No play of this scenario has these choices.
    Path(usize),
    /// It is the play of an earlier line, under another name.
    Borrowed {
        /// Which of the texts.
        file: usize,
        /// Its line there.
        line: usize,
    },
}

impl<S: Deref<Target = Scenario>> Shelf<S> {
    /// Empty, for a course that reports so much.
    #[must_use]
    pub fn new(reporting: Reporting) -> Self {
        Self { kept: Vec::new(), places: Vec::new(), reporting }
    }

    /// Puts a scenario of the course up.
    pub fn put(&mut self, course: &str, slug: &str, scenario: S) {
        let name = Name::new(course, slug);
        let at = self.places.partition_point(|(other, _)| *other <= name);
        self.places.insert(at, (name, self.kept.len()));
        self.kept.push(Kept { print: Print::of(&scenario), slug: slug.into(), scenario });
    }

    /// How much the course reports.
    #[must_use]
    pub fn reporting(&self) -> Reporting {
        self.reporting
    }

    /// The scenario at a place.
    #[must_use]
    pub fn scenario(&self, place: usize) -> &Scenario {
        &self.kept[place].scenario
    }

    /// The name of its file.
    #[must_use]
    pub fn slug(&self, place: usize) -> &str {
        &self.kept[place].slug
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Every code in a text, whose first line has the number `line`.
    #[must_use]
    pub fn read(&self, file: usize, text: &str, line: usize) -> Vec<Result<Row, Trouble>> {
        intake::find(text, line).into_iter().map(|found| self.row(file, found)).collect()
    }

    fn row(&self, file: usize, found: Found) -> Result<Row, Trouble> {
        let Found { line, text, code } = found;
        match code.map_err(Reason::Unread).and_then(|code| Ok((self.worth(&code)?, code.who))) {
            Ok(((scenario, result), who)) => Ok(Row {
                file,
                line,
                code: text,
                scenario,
                who,
                result,
                attempt: 1,
                attempts: 1,
                counts: true,
            }),
            Err(reason) => Err(Trouble { file, line, code: text, reason }),
        }
    }

    /// What a code comes to on its scenario, and the scenario's place.
    fn worth(&self, code: &Code) -> Result<(usize, Played), Reason> {
        let from = self.places.partition_point(|(name, _)| *name < code.name);
        let places = self.places[from..].iter().take_while(|(name, _)| *name == code.name);
        let places = places.map(|(_, place)| *place);
        // Two names may have one print; the version then tells which is meant.
        let place = places.clone().find(|place| self.kept[*place].print == code.print);
        let place = place.or_else(|| places.clone().next()).ok_or(Reason::Unknown)?;
        let Kept { print, scenario, .. } = &self.kept[place];
        let same = *print == code.print;
        let played = match &code.body {
            Body::Path(path) => {
                let session = path.replay(&**scenario, same).map_err(|fault| match fault {
                    Fault::Moved => Reason::Moved(place),
                    _ => Reason::Path(place),
                })?;
                self.replayed(&session, path.took)
            }
            Body::Told { last, pass, skills } => self.told(scenario, *last, *pass, skills.as_deref()),
        };
        Ok((place, Played { moved: !same, ..played }))
    }

    fn replayed(&self, session: &Session<&Scenario>, took: Took) -> Played {
        let report = session.report_with(&Futures::default());
        let score = |rounded: u64| rounded.min(100) as u8;
        let mut played = Played {
            last: report.final_.map_or(0, |last| score(last.rounded)),
            pass: report.pass == Some(true),
            band: report.band.unwrap_or_default(),
            verified: true,
            ..Played::default()
        };
        if self.reporting >= Reporting::Scores {
            played.mastery = report.mastery;
            played.skills =
                report.skills.iter().map(|skill| (skill.skill, score(skill.score.rounded))).collect();
        }
        if self.reporting == Reporting::Full {
            let node = |step: usize| session.states()[step].node;
            for line in &report.ledger {
                match (line.kind, line.step, line.skill, line.slip) {
                    (Kind::Order, Some(step), Some(skill), _) => played.early.push((node(step), skill as u8)),
                    (Kind::Slip, Some(step), _, Some(slip)) => played.slips.push((node(step), slip)),
                    _ => {}
                }
            }
            played.took = Some(took);
            played.ending = report.ending.map(|node| node as u16);
            played.steps = session
                .states()
                .iter()
                .zip(session.chosen())
                .map(|(state, chosen)| (state.node, *chosen))
                .collect();
        }
        played
    }

    fn told(&self, scenario: &Scenario, last: u8, pass: bool, skills: Option<&[u8]>) -> Played {
        let model = &scenario.graph().model;
        let counted: Vec<usize> =
            (0..model.skills.len()).filter(|skill| scenario.par()[*skill] > 0).collect();
        // Of another version other skills may have counted; then nobody knows which.
        let skills =
            skills.filter(|skills| skills.len() == counted.len() && self.reporting >= Reporting::Scores);
        let skills: Option<Vec<(usize, u8)>> =
            skills.map(|skills| counted.into_iter().zip(skills.iter().copied()).collect());
        let high = |skills: &Vec<(usize, u8)>| {
            let every = skills.iter().all(|(_, score)| *score >= model.mastery.every_skill);
            pass && last >= model.mastery.score && every
        };
        Played {
            last,
            pass,
            band: model.bands.iter().position(|from| last >= *from).unwrap_or_default(),
            mastery: skills.as_ref().map(high),
            skills: skills.unwrap_or_default(),
            ..Played::default()
        }
    }
}
