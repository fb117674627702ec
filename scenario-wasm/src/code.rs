//! Result codes: what a trainee sends a trainer, short enough to be read aloud.
//!
//! A code is one symbol for its format and kind, one number that packs everything else, and a checksum; then, after a
//! tilde, the name that the trainee typed, if any. Every code states the result of the play; one of kind
//! [`Reporting::Full`] also carries the choices, and replaying them proves the result. No code proves who played.
//!
//! `docs/results.md` describes the layouts. Codes of every version must stay readable forever: `tests/engine/codes.rs`
//! keeps some.

mod checksum;
mod escapes;
mod fingerprint;
mod names;
mod packing;
mod path;
pub mod scan;
mod symbols;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

use checksum::Checksum;
pub use escapes::unescaped;
use names::carried;
pub use names::{is_near, key};
use packing::{Packing, Unpacking};
use symbols::value;

use crate::best::Futures;
use crate::model::Model;
use crate::report::Report;
use crate::scenario::Scenario;
use crate::session::Session;

pub(crate) use fingerprint::hash;
pub use path::Path;
pub(crate) use path::follow;

/// The version of the format.
const VERSION: u8 = 2;
/// The number of coarse durations.
const DURATIONS: u32 = 16;
/// The range of a band's index; the last value also stands for all lower bands.
const BANDS: u32 = 16;
/// The most symbols of a code: enough for a thousand decisions.
pub const MAX_SYMBOLS: usize = 600;
/// The fewest symbols of a code.
const MIN_SYMBOLS: usize = 20;
/// The longest name that a code carries, in characters.
pub const MAX_NAME: usize = 24;

/// How much a course reports, and so what its codes carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reporting {
    /// Pass and final.
    Minimal,
    /// The skills, too.
    Scores,
    /// The choices, from which everything else follows.
    Full,
}

/// The scenario's key in a code: a hash of the ids of course and scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScenarioKey(u32);

impl ScenarioKey {
    /// The key of the scenario `slug` in the course with this id.
    pub fn new(course: &str, slug: &str) -> Self {
        Self(fingerprint::ids([course, slug].into_iter()))
    }
}

/// A version of a scenario: any change of routes or scores gives another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// The version of the format that uses it.
    version: u8,
    number: u32,
}

impl Fingerprint {
    /// The fingerprint of a scenario, independent of the order of its file.
    pub fn of(scenario: &Scenario) -> Self {
        Self { version: 2, number: fingerprint::by_ids(scenario.graph()) }
    }

    /// The fingerprint in version 1 of the format, which depends on the order.
    pub fn in_order(scenario: &Scenario) -> Self {
        Self { version: 1, number: fingerprint::in_order(scenario.graph()) }
    }
}

/// Six hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06x}", self.number)
    }
}

/// The result of a play, as its code states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Rounded.
    pub final_: u8,
    /// Whether it was passed.
    pub pass: bool,
    /// The index of the band in the model at the time; `None` if the code does not state it.
    pub band: Option<u8>,
}

impl Said {
    /// The result of a finished play.
    pub fn of(session: &Session<&Scenario>) -> Self {
        Self::in_report(&session.report_with(&Futures::default()))
    }

    pub(crate) fn in_report(report: &Report) -> Self {
        let final_ = report.final_.as_ref().map_or(0, |final_| points(final_.rounded) as u8);
        let band = report.band.map(|band| band.min(BANDS as usize - 1) as u8);
        Self { final_, pass: report.pass == Some(true), band }
    }

    /// Whether both agree, as far as both are known.
    pub fn agrees(self, other: Self) -> bool {
        let bands = self.band.zip(other.band);
        (self.final_, self.pass) == (other.final_, other.pass)
            && bands.is_none_or(|(own, other)| own == other)
    }
}

/// How a play was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlayInfo {
    /// Whether it was played without coaching and without going back.
    pub challenge: bool,
    /// The seed of the order of choices. It also distinguishes two equal plays.
    pub seed: u32,
    /// In seconds, if known.
    pub seconds: Option<u32>,
}

/// The upper bounds of the coarse durations, in minutes; the last duration has none.
const MINUTES: [u32; 14] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 240];

/// How long a play took, coarsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CoarseDuration(u8);

impl CoarseDuration {
    fn new(seconds: Option<u32>) -> Self {
        let Some(seconds) = seconds else { return Self(0) };
        let within = MINUTES.iter().position(|minutes| seconds <= minutes * 60);
        Self(within.unwrap_or(MINUTES.len()) as u8 + 1)
    }

    /// The upper bound in minutes. `None` if the duration is unknown, or longer than the largest bound.
    pub fn minutes(self) -> Option<u32> {
        MINUTES.get(usize::from(self.0).checked_sub(1)?).copied()
    }
}

/// Why a text is not a code of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It does not look like a code.
    Shape,
    /// A symbol was misread, or the name is not the one for which the code was made.
    Checksum,
    /// A symbol was misread, or the name for which the code was made is missing.
    Nameless,
    /// It has a later version of the format.
    Newer,
    /// Its checksum holds, but no code can have this content.
    Content,
    /// No play of the scenario has these choices.
    Path,
    /// It is of another version of the scenario, with other choices.
    Moved,
}

/// The content of a code.
#[derive(Debug, Clone)]
pub struct Code {
    /// The scenario.
    pub key: ScenarioKey,
    /// Its version.
    pub fingerprint: Fingerprint,
    /// The result of the play. Codes of version 1 that carry choices do not state it.
    pub said: Option<Said>,
    /// The seed of the order of choices.
    pub seed: u32,
    /// What the trainee typed, as read: any text.
    pub who: String,
    /// The result, or the choices.
    pub body: Body,
}

/// The kind of code.
#[derive(Debug, Clone)]
pub enum Body {
    /// No choices, so nothing can check the result.
    Unverified {
        /// The scores of the skills that count, in the order of [`skill_order`]; `None` if the course does not report them.
        skills: Option<Vec<u8>>,
    },
    /// The choices.
    Path(Path),
}

/// The order of a model's skills in codes: by id, but in version 1 as in the model.
pub fn skill_order(of: Fingerprint, model: &Model) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    for (at, skill) in model.skills.iter().enumerate() {
        let before = |other: &usize| of.version == 1 || model.skills[*other].id < skill.id;
        order.insert(order.partition_point(before), at);
    }
    order
}

/// The code of a finished play; `None` if it is not finished.
pub fn encode<S: Deref<Target = Scenario>>(
    key: ScenarioKey,
    session: &Session<S>,
    reporting: Reporting,
    info: PlayInfo,
    who: &str,
) -> Option<String> {
    let scenario = session.scenario();
    let report = session.report_with(&Futures::default());
    report.final_.as_ref()?;
    let (said, version) = (Said::in_report(&report), Fingerprint::of(scenario));
    let head = VERSION << 2 | reporting as u8;
    let packed = |salt: u32| {
        let mut packing = Packing::default();
        packing.put(key.0, fingerprint::RANGE);
        packing.put(version.number, fingerprint::RANGE);
        packing.put_whole(info.seed);
        packing.put(u32::from(said.final_), 101);
        packing.put(u32::from(said.pass), 2);
        packing.put(said.band.map_or(BANDS - 1, u32::from), BANDS);
        match reporting {
            Reporting::Minimal => {}
            Reporting::Scores => {
                packing.put(report.skills.len() as u32, 17);
                let order = skill_order(version, &scenario.graph().model);
                let scored =
                    order.iter().filter_map(|at| report.skills.iter().find(|skill| skill.skill == *at));
                scored.for_each(|skill| packing.put(points(skill.score.rounded), 101));
            }
            Reporting::Full => path::pack(&mut packing, session, info, salt),
        }
        [head].into_iter().chain(packing.values()).collect::<Vec<u8>>()
    };
    let is_found = |values: &Vec<u8>| match content(values) {
        Ok(Code { body: Body::Path(path), .. }) => path.replay(scenario, true, Some(said)).is_ok(),
        _ => true,
    };
    let values = (0..path::SALTS).map(packed).find(is_found).unwrap_or_else(|| packed(0));
    sealed(values, who)
}

/// The same code for another name; `None` if it is not a code.
pub fn renamed(code: &str, who: &str) -> Option<String> {
    let (mut values, own) = spelled(code)?;
    Code::read(&values, own).ok()?;
    values.truncate(values.len() - checksum::LENGTH);
    sealed(values, who)
}

/// Adds the checksum and the name.
fn sealed(mut values: Vec<u8>, who: &str) -> Option<String> {
    let who = carried(who);
    let checksum = Checksum::of(&who).after(&values);
    values.extend(checksum);
    (values.len() <= MAX_SYMBOLS).then(|| written(&values, &who))
}

/// A code in its written form.
fn written(values: &[u8], who: &str) -> String {
    let mut text = symbols::grouped(values);
    if !who.is_empty() {
        text.push('~');
        text.push_str(who);
    }
    text
}

/// A rounded score is at most 100.
fn points(rounded: u64) -> u32 {
    rounded.min(100) as u32
}

/// Whether a code may start with this value.
fn is_kind(value: u8) -> bool {
    value >> 2 > 0 && value & 3 < 3
}

/// Whether a letter ends a name.
fn is_end(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | ';' | '"' | '\\')
}

/// Invisible format characters: soft hyphens, joiners, and marks that set the direction of text.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The values of a code's symbols, and its name.
fn spelled(text: &str) -> Option<(Vec<u8>, &str)> {
    let (symbols, who) = text.trim().split_once('~').unwrap_or((text.trim(), ""));
    let letters = symbols.chars().filter(|letter| *letter != '-' && *letter != ' ');
    Some((letters.take(MAX_SYMBOLS + 1).map(value).collect::<Option<_>>()?, who))
}

impl Code {
    /// Reads a code: symbols in any case, with or without hyphens and spaces, and a name after a tilde.
    ///
    /// # Errors
    /// If it is not a code, or a misread one.
    pub fn decode(text: &str) -> Result<Self, Fault> {
        let (values, who) = spelled(text).ok_or(Fault::Shape)?;
        Self::read(&values, who)
    }

    /// The code with these values and this name.
    fn read(values: &[u8], who: &str) -> Result<Self, Fault> {
        if !(MIN_SYMBOLS..=MAX_SYMBOLS).contains(&values.len()) {
            return Err(Fault::Shape);
        }
        if !Checksum::of(who).holds(values) {
            return Err(Fault::Checksum);
        }
        Self::unpacked(values, who)
    }

    /// The code with these values, whose checksum holds.
    fn unpacked(values: &[u8], who: &str) -> Result<Self, Fault> {
        Ok(Self { who: who.into(), ..content(&values[..values.len() - checksum::LENGTH])? })
    }
}

/// The content of a code whose checksum held and has been removed.
fn content(values: &[u8]) -> Result<Code, Fault> {
    let (kind, version) = (values[0] & 3, values[0] >> 2);
    if version > VERSION {
        return Err(Fault::Newer);
    }
    if version == 0 || kind > 2 {
        return Err(Fault::Content);
    }
    let mut rest = Unpacking::new(&values[1..]);
    let key = ScenarioKey(rest.take(fingerprint::RANGE));
    let fingerprint = Fingerprint { version, number: rest.take(fingerprint::RANGE) };
    let seed = rest.take_whole();
    let says = version > 1 || kind < 2;
    let said = says.then(|| {
        let (final_, pass) = (rest.take(101) as u8, rest.take(2) == 1);
        let band = (version > 1).then(|| rest.take(BANDS) as u8);
        Said { final_, pass, band }
    });
    let body = if kind == 2 {
        Body::Path(Path::read(rest, version)?)
    } else {
        let skills = (kind == 1).then(|| (0..rest.take(17)).map(|_| rest.take(101) as u8).collect());
        if !rest.is_all() {
            return Err(Fault::Content);
        }
        Body::Unverified { skills }
    };
    Ok(Code { key, fingerprint, said, seed, who: String::new(), body })
}
