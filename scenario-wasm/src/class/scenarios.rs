//! The scenarios that codes are read with, and what one code comes to on its scenario.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

use crate::best::Futures;
use crate::code::scan::{self, CodeMatch};
use crate::code::{Body, CoarseDuration, Code, Fault, Fingerprint, Reporting, ScenarioKey};
use crate::ledger::Kind;
use crate::scenario::Scenario;
use crate::session::Session;

/// The scenarios of a course, each under the key that its codes carry.
#[derive(Debug)]
pub struct Scenarios<S> {
    entries: Vec<Entry<S>>,
    reporting: Reporting,
}

#[derive(Debug)]
struct Entry<S> {
    key: ScenarioKey,
    fingerprint: Fingerprint,
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
    /// Its scenario's place in [`Scenarios`].
    pub scenario: usize,
    /// The name that was typed; empty where none was.
    pub who: String,
    /// What it came to.
    pub result: PlayResult,
    /// Which attempt of this person at this scenario it is, from 1, in the order of the texts.
    pub attempt: usize,
    /// How many attempts there are. A row without a name is the only one of its person.
    pub attempts: usize,
    /// Whether it is the one that the class's figures count.
    pub counts: bool,
}

/// What a play came to, as far as the course reports it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlayResult {
    /// The final, rounded.
    pub final_: u8,
    /// Whether it is passed.
    pub pass: bool,
    /// Whether with mastery; not known from a final alone.
    pub mastery: Option<bool>,
    /// Index of the model's band.
    pub band: usize,
    /// Index of the model's skill, and the rounded score.
    pub skills: Vec<(usize, u8)>,
    /// Whether the play was replayed. If not, the code states the result, and nothing can check it.
    pub verified: bool,
    /// Whether it was played on another version of the scenario.
    pub moved: bool,
    /// How long it took, where the code carries it.
    pub duration: Option<CoarseDuration>,
    /// The nodes and the places of the choices taken.
    pub steps: Vec<(u16, u8)>,
    /// The nodes and skills of what came too early.
    pub early: Vec<(u16, u8)>,
    /// The slips.
    pub slips: Vec<u8>,
    /// The node at which it ended.
    pub ending: Option<u16>,
}

/// What looked like a code and gave no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadCode {
    /// Which of the texts it was found in.
    pub file: usize,
    /// On which line.
    pub line: usize,
    /// As it was read.
    pub code: String,
    /// What is wrong.
    pub reason: Reason,
}

/// Why there is no row for a code.
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
    /// It is the play of an earlier row, under another name.
    Borrowed {
        /// Which of the texts.
        file: usize,
        /// Its line there.
        line: usize,
    },
}

impl<S: Deref<Target = Scenario>> Scenarios<S> {
    /// None yet, for a course that reports this much.
    #[must_use]
    pub fn new(reporting: Reporting) -> Self {
        Self { entries: Vec::new(), reporting }
    }

    /// Adds a scenario of the course.
    pub fn add(&mut self, course: &str, slug: &str, scenario: S) {
        let (key, fingerprint) = (ScenarioKey::new(course, slug), Fingerprint::of(&scenario));
        self.entries.push(Entry { key, fingerprint, slug: slug.into(), scenario });
    }

    /// How much the course reports.
    #[must_use]
    pub fn reporting(&self) -> Reporting {
        self.reporting
    }

    /// The scenario at a place.
    #[must_use]
    pub fn scenario(&self, place: usize) -> &Scenario {
        &self.entries[place].scenario
    }

    /// The name of its file.
    #[must_use]
    pub fn slug(&self, place: usize) -> &str {
        &self.entries[place].slug
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every code in a text, which `others` are in other normal forms ([`scan::find`]).
    #[must_use]
    pub fn read(&self, file: usize, text: &str, others: &[&str]) -> Vec<Result<Row, UnreadCode>> {
        scan::find(text, others).into_iter().map(|found| self.row(file, found)).collect()
    }

    fn row(&self, file: usize, found: CodeMatch) -> Result<Row, UnreadCode> {
        let CodeMatch { line, text: code, result } = found;
        match result.map_err(Reason::Unread).and_then(|code| Ok((self.result(&code)?, code.who))) {
            Ok(((scenario, result), who)) => {
                // Where plays can be checked, what only tells its result is no figure.
                let counts = result.verified || self.reporting != Reporting::Full;
                Ok(Row { file, line, code, scenario, who, result, attempt: 1, attempts: 1, counts })
            }
            Err(reason) => Err(UnreadCode { file, line, code, reason }),
        }
    }

    /// What a code comes to on its scenario, and the scenario's place.
    fn result(&self, code: &Code) -> Result<(usize, PlayResult), Reason> {
        // Two scenarios may have one key; the version then decides.
        let of_key = || self.entries.iter().enumerate().filter(|(_, entry)| entry.key == code.key);
        let exact = of_key().find(|(_, entry)| entry.fingerprint == code.fingerprint);
        let (place, Entry { scenario, .. }) = exact.or_else(|| of_key().next()).ok_or(Reason::Unknown)?;
        let result = match &code.body {
            Body::Path(path) => {
                let session = path.replay(&**scenario, exact.is_some()).map_err(|fault| match fault {
                    Fault::Moved => Reason::Moved(place),
                    _ => Reason::Path(place),
                })?;
                self.replayed(&session, path.duration)
            }
            Body::Unverified { final_, pass, skills } => {
                let stated = StatedResult { last: *final_, pass: *pass, skills: skills.as_deref() };
                // In another version other rules may have held.
                if exact.is_some() && stated.contradicts_itself(scenario) {
                    return Err(Reason::Unread(Fault::Content));
                }
                self.unverified(scenario, &stated)
            }
        };
        Ok((place, PlayResult { moved: exact.is_none(), ..result }))
    }

    fn replayed(&self, session: &Session<&Scenario>, duration: CoarseDuration) -> PlayResult {
        let report = session.report_with(&Futures::default());
        let score = |rounded: u64| rounded.min(100) as u8;
        let mut result = PlayResult {
            final_: report.final_.map_or(0, |final_| score(final_.rounded)),
            pass: report.pass == Some(true),
            band: report.band.unwrap_or_default(),
            verified: true,
            ..PlayResult::default()
        };
        if self.reporting >= Reporting::Scores {
            result.mastery = report.mastery;
            result.skills =
                report.skills.iter().map(|skill| (skill.skill, score(skill.score.rounded))).collect();
        }
        if self.reporting == Reporting::Full {
            for line in &report.ledger {
                match (line.kind, line.step, line.skill, line.slip) {
                    (Kind::Order, Some(step), Some(skill), _) => {
                        result.early.push((session.states()[step].node, skill as u8));
                    }
                    (Kind::Slip, _, _, Some(slip)) => result.slips.push(slip),
                    _ => {}
                }
            }
            result.duration = Some(duration);
            result.ending = report.ending.map(|node| node as u16);
            let nodes = session.states().iter().map(|state| state.node);
            result.steps = nodes.zip(session.chosen().iter().copied()).collect();
        }
        result
    }

    fn unverified(&self, scenario: &Scenario, stated: &StatedResult<'_>) -> PlayResult {
        let model = &scenario.graph().model;
        let StatedResult { last: final_, pass, .. } = *stated;
        let counted = counted(scenario);
        let skills = stated.known_skills(&counted).filter(|_| self.reporting >= Reporting::Scores);
        let mastery = skills.map(|skills| {
            let every = skills.iter().all(|score| *score >= model.mastery.every_skill);
            pass && final_ >= model.mastery.score && every
        });
        PlayResult {
            final_,
            pass,
            mastery,
            band: model.bands.iter().position(|from| final_ >= *from).unwrap_or_default(),
            skills: counted.into_iter().zip(skills.into_iter().flatten().copied()).collect(),
            ..PlayResult::default()
        }
    }
}

/// The skills that count in a scenario.
fn counted(scenario: &Scenario) -> Vec<usize> {
    (0..scenario.graph().model.skills.len()).filter(|skill| scenario.par()[*skill] > 0).collect()
}

/// What a code states that does not carry the choices.
#[derive(Debug, Clone, Copy)]
pub struct StatedResult<'a> {
    /// The rounded final.
    pub last: u8,
    /// Whether it says that the play is passed.
    pub pass: bool,
    /// The rounded scores of the skills that count, if it has them.
    pub skills: Option<&'a [u8]>,
}

impl StatedResult<'_> {
    /// The scores of the skills that count. In another version others may have counted; which ones is unknown.
    fn known_skills(&self, counted: &[usize]) -> Option<&[u8]> {
        self.skills.filter(|skills| skills.len() == counted.len())
    }

    /// Whether no play comes to this: a pass below what a pass needs, or a final outside of what its skills allow. A cap lowers a
    /// final and takes the pass, so without a pass a final can be lower than any skill.
    #[must_use]
    pub fn contradicts_itself(&self, scenario: &Scenario) -> bool {
        let rule = &scenario.graph().model.pass;
        let counted = counted(scenario);
        let skills = self.known_skills(&counted).unwrap_or_default();
        let floor =
            |skill: usize| if scenario.par()[skill] == 1 { rule.single_chance } else { rule.every_skill };
        let weak = counted.iter().zip(skills).any(|(skill, score)| *score < floor(*skill));
        let most = skills.iter().max().is_some_and(|most| self.last > *most);
        let least = skills.iter().min().is_some_and(|least| self.last < *least);
        most || self.pass && (self.last < rule.score || weak || least)
    }
}
