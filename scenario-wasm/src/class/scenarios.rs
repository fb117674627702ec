//! The scenarios that codes are read with, and the result of a code on its scenario.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

use crate::best::Futures;
use crate::code::scan::{self, CodeMatch};
use crate::code::{self, Body, CoarseDuration, Code, Fault, Fingerprint, Reporting, Said, ScenarioKey};
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
    /// Of its current name and its former ones.
    keys: Vec<ScenarioKey>,
    prints: Prints,
    slug: String,
    scenario: S,
    /// Former versions.
    before: Vec<(Prints, S)>,
}

/// The fingerprints of a version, one for each version of the code format.
type Prints = [Fingerprint; 2];

fn prints(scenario: &Scenario) -> Prints {
    [Fingerprint::of(scenario), Fingerprint::in_order(scenario)]
}

/// A row of a class: a code that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The index of the text that contains it.
    pub file: usize,
    /// Its line there.
    pub line: usize,
    /// The code.
    pub code: String,
    /// The index of its scenario in [`Scenarios`].
    pub scenario: usize,
    /// The name that was typed; may be empty.
    pub who: String,
    /// The result of the play.
    pub result: PlayResult,
    /// The number of this attempt among the person's attempts at this scenario, from 1, in the order of the texts.
    pub attempt: usize,
    /// The person's number of attempts. A row without a name is the only one of its person.
    pub attempts: usize,
    /// Whether the class's figures count it.
    pub counts: bool,
}

/// The result of a play at the time, as far as the course reports it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlayResult {
    /// The final, rounded.
    pub final_: u8,
    /// Whether it passed.
    pub pass: bool,
    /// Whether it reached mastery; unknown if only the final is known.
    pub mastery: Option<bool>,
    /// Index of the model's band; the current model may have fewer.
    pub band: usize,
    /// Index of the model's skill, and the rounded score.
    pub skills: Vec<(usize, u8)>,
    /// Whether replaying the choices confirms the result. If not, only the code says so, and nothing can check it.
    pub verified: bool,
    /// Whether it was played on another version of the scenario.
    pub moved: bool,
    /// For such a play, the current result of the same choices, if all of them can still be taken.
    pub now: Option<Said>,
    /// Its duration, if the code carries it.
    pub duration: Option<CoarseDuration>,
    /// The node and the index of each choice taken, and the goodwill after it.
    pub steps: Vec<(u16, u8, u8)>,
    /// Node and skill of each rating that came too early.
    pub early: Vec<(u16, u8)>,
    /// The slips.
    pub slips: Vec<u8>,
    /// The node at which it ended.
    pub ending: Option<u16>,
}

/// Something that looked like a code but gave no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadCode {
    /// The index of the text that contains it.
    pub file: usize,
    /// Its line there.
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
    /// The scenario with this index has changed so much that the choices cannot be found, and the code says nothing else.
    Moved(usize),
    /// No play of the scenario with this index has these choices.
    Path(usize),
    /// It is the same play as an earlier row, under another name.
    Borrowed {
        /// The index of that row's text.
        file: usize,
        /// Its line there.
        line: usize,
    },
}

impl<S: Deref<Target = Scenario>> Scenarios<S> {
    /// Without scenarios, for a course with this reporting level.
    pub fn new(reporting: Reporting) -> Self {
        Self { entries: Vec::new(), reporting }
    }

    /// Adds a scenario of the course, with its former names.
    pub fn add<'n>(
        &mut self,
        course: &str,
        slug: &'n str,
        aliases: impl IntoIterator<Item = &'n str>,
        scenario: S,
    ) {
        let names = [slug].into_iter().chain(aliases);
        let keys = names.map(|name| ScenarioKey::new(course, name)).collect();
        let prints = prints(&scenario);
        self.entries.push(Entry { keys, prints, slug: slug.into(), scenario, before: Vec::new() });
    }

    /// Adds a former version of a scenario of the course, under its name at that time.
    pub fn add_before(&mut self, course: &str, slug: &str, version: S) {
        let key = ScenarioKey::new(course, slug);
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.keys.contains(&key)) {
            entry.before.push((prints(&version), version));
        }
    }

    /// How much the course reports.
    pub fn reporting(&self) -> Reporting {
        self.reporting
    }

    /// The scenario with this index.
    pub fn scenario(&self, place: usize) -> &Scenario {
        &self.entries[place].scenario
    }

    /// Its slug.
    pub fn slug(&self, place: usize) -> &str {
        &self.entries[place].slug
    }

    /// The number of scenarios.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Reads every code in a text; `others` are the same text in other normal forms ([`scan::find`]).
    pub fn read<'a>(
        &'a self,
        file: usize,
        text: &'a str,
        others: &[&'a str],
    ) -> impl Iterator<Item = Result<Row, UnreadCode>> + use<'a, S> {
        scan::find(text, others).map(move |found| self.row(file, found))
    }

    fn row(&self, file: usize, found: CodeMatch) -> Result<Row, UnreadCode> {
        let CodeMatch { line, text: code, result } = found;
        match result.map_err(Reason::Unread).and_then(|code| Ok((self.result(&code)?, code.who))) {
            Ok(((scenario, result), who)) => {
                // If plays can be checked, a result that is only stated does not count.
                let counts = result.verified || result.now.is_some() || self.reporting != Reporting::Full;
                Ok(Row { file, line, code, scenario, who, result, attempt: 1, attempts: 1, counts })
            }
            Err(reason) => Err(UnreadCode { file, line, code, reason }),
        }
    }

    /// The result of a code on its scenario, and the index of the scenario.
    fn result(&self, code: &Code) -> Result<(usize, PlayResult), Reason> {
        // Two scenarios may have the same key; the version decides between them.
        let of_key = || self.entries.iter().enumerate().filter(|(_, entry)| entry.keys.contains(&code.key));
        let is_it = |prints: &Prints| prints.contains(&code.fingerprint);
        let exact =
            of_key().find(|(_, entry)| is_it(&entry.prints)).map(|(at, entry)| (at, &*entry.scenario));
        let before = || {
            let all = of_key().flat_map(|(at, entry)| entry.before.iter().map(move |version| (at, version)));
            all.map(|(at, (prints, scenario))| (at, prints, scenario)).find(|(_, prints, _)| is_it(prints))
        };
        let played = exact.or_else(|| before().map(|(at, _, scenario)| (at, &**scenario)));
        let place = played.map(|(at, _)| at).or_else(|| of_key().next().map(|(at, _)| at));
        let place = place.ok_or(Reason::Unknown)?;
        let (today, moved) = (&*self.entries[place].scenario, exact.is_none());
        let result = match &code.body {
            Body::Path(path) => {
                let then = played.map(|(_, version)| path.replay(version, true, code.said)).transpose();
                let then = then.map_err(|_| Reason::Path(place))?;
                let again = match &then {
                    Some(then) if moved => code::follow(then, today),
                    Some(_) => None,
                    None => path.replay(today, false, code.said).ok(),
                };
                let now = if moved { again.as_ref() } else { then.as_ref() };
                let result = self.replayed(then.as_ref(), now, code.said, today);
                let result = result.ok_or(Reason::Moved(place))?;
                PlayResult {
                    duration: (self.reporting == Reporting::Full).then_some(path.duration),
                    ..result
                }
            }
            Body::Unverified { skills } => {
                let Some(said) = code.said else { return Err(Reason::Unread(Fault::Content)) };
                let version = played.map_or(today, |(_, version)| version);
                let order = code::skill_order(code.fingerprint, &version.graph().model);
                let stated =
                    StatedResult { last: said.final_, pass: said.pass, skills: skills.as_deref(), order };
                // An unknown version may have had other rules.
                if played.is_some() && stated.contradicts_itself(version) {
                    return Err(Reason::Unread(Fault::Content));
                }
                self.unverified(version, today, said, &stated)
            }
        };
        let now = result.now.filter(|_| moved);
        Ok((place, PlayResult { moved, now, ..result }))
    }

    /// The result of a play, from what its code says, from a replay on the version on which it was played, or from a replay
    /// on the current one. `None` if none of these is available.
    fn replayed(
        &self,
        then: Option<&Session<&Scenario>>,
        now: Option<&Session<&Scenario>>,
        said: Option<Said>,
        today: &Scenario,
    ) -> Option<PlayResult> {
        let score = |rounded: u64| rounded.min(100) as u8;
        let report = |session: &Session<&Scenario>| session.report_with(&Futures::default());
        let (then, by_now) = (then.map(|then| (report(then), then.scenario())), now.map(report));
        // If only the current result is known, that is the one to report.
        let as_now =
            by_now.as_ref().filter(|report| said.is_none_or(|said| said.agrees(Said::in_report(report))));
        let (known, version) = match &then {
            Some((report, version)) => (Some(report), *version),
            None => (as_now, today),
        };
        let comes_to = by_now.as_ref().map(Said::in_report).filter(|_| then.is_some() || said.is_some());
        let said = known.map(Said::in_report).or(said)?;
        let mut result =
            PlayResult { verified: known.is_some(), now: comes_to, ..stated_result(said, today) };
        if self.reporting >= Reporting::Scores
            && let Some(report) = known
        {
            result.mastery = report.mastery;
            let skills = report.skills.iter().map(|skill| (skill.skill, score(skill.score.rounded)));
            result.skills = in_model(version, today, skills);
        }
        if self.reporting == Reporting::Full
            && let (Some(session), Some(report)) = (now, &by_now)
        {
            for line in &report.ledger {
                match (line.kind, line.step, line.skill, line.slip) {
                    (Kind::Order, Some(step), Some(skill), _) => {
                        result.early.push((session.states()[step].node, skill as u8));
                    }
                    (Kind::Slip, _, _, Some(slip)) => result.slips.push(slip),
                    _ => {}
                }
            }
            result.ending = report.ending.map(|node| node as u16);
            let (states, chosen) = (session.states().windows(2), session.chosen());
            result.steps = states
                .zip(chosen)
                .map(|(state, choice)| (state[0].node, *choice, state[1].goodwill))
                .collect();
        }
        Some(result)
    }

    fn unverified(
        &self,
        version: &Scenario,
        today: &Scenario,
        said: Said,
        stated: &StatedResult<'_>,
    ) -> PlayResult {
        let counted = stated.counted(version);
        let skills = stated.known_skills(&counted).filter(|_| self.reporting >= Reporting::Scores);
        let mastery = skills.map(|skills| {
            let rule = &version.graph().model.mastery;
            said.pass && said.final_ >= rule.score && skills.iter().all(|score| *score >= rule.every_skill)
        });
        let skills = counted.into_iter().zip(skills.into_iter().flatten().copied());
        PlayResult { mastery, skills: in_model(version, today, skills), ..stated_result(said, today) }
    }
}

/// The result that a code states, and nothing more.
fn stated_result(said: Said, today: &Scenario) -> PlayResult {
    let bands = &today.graph().model.bands;
    let by_final = || bands.iter().position(|from| said.final_ >= *from).unwrap_or_default();
    let band = said.band.map_or_else(by_final, usize::from);
    PlayResult { final_: said.final_, pass: said.pass, band, ..PlayResult::default() }
}

/// Converts the skills of a version to those of the current one, by id.
fn in_model(
    version: &Scenario,
    today: &Scenario,
    skills: impl Iterator<Item = (usize, u8)>,
) -> Vec<(usize, u8)> {
    let (then, now) = (&version.graph().model.skills, &today.graph().model.skills);
    let mut all: Vec<(usize, u8)> = Vec::new();
    for (at, score) in skills {
        if let Some(at) = now.iter().position(|skill| skill.id == then[at].id) {
            all.insert(all.partition_point(|(other, _)| *other < at), (at, score));
        }
    }
    all
}

/// The result in a code without choices.
#[derive(Debug, Clone)]
pub struct StatedResult<'a> {
    /// The rounded final.
    pub last: u8,
    /// Whether the play passed.
    pub pass: bool,
    /// The rounded scores of the skills that count, if the code has them.
    pub skills: Option<&'a [u8]>,
    /// The order of the model's skills in the scores.
    pub order: Vec<usize>,
}

impl StatedResult<'_> {
    /// The skills that count in a scenario.
    fn counted(&self, scenario: &Scenario) -> Vec<usize> {
        self.order.iter().copied().filter(|skill| scenario.par()[*skill] > 0).collect()
    }

    /// The scores of the skills that count. In another version other skills may have counted; which ones is unknown.
    fn known_skills(&self, counted: &[usize]) -> Option<&[u8]> {
        self.skills.filter(|skills| skills.len() == counted.len())
    }

    /// Whether no play can have this result: a pass below what passing takes, or a final that does not fit the skills. A
    /// cap lowers the final and prevents a pass, so without a pass the final can be lower than any skill.
    pub fn contradicts_itself(&self, scenario: &Scenario) -> bool {
        let rule = &scenario.graph().model.pass;
        let counted = self.counted(scenario);
        let skills = self.known_skills(&counted).unwrap_or_default();
        let floor =
            |skill: usize| if scenario.par()[skill] == 1 { rule.single_chance } else { rule.every_skill };
        let weak = counted.iter().zip(skills).any(|(skill, score)| *score < floor(*skill));
        let most = skills.iter().max().is_some_and(|most| self.last > *most);
        let least = skills.iter().min().is_some_and(|least| self.last < *least);
        most || self.pass && (self.last < rule.score || weak || least)
    }
}
