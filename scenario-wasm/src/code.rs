//! Result codes: what a trainee sends a trainer, short enough to be read aloud.
//!
//! A code is one symbol for its format and kind, one number in which all else is packed, and a checksum; then, after
//! a tilde, the name that the trainee typed, if any. A code of kind [`Reporting::Full`] carries the choices, and its score
//! comes from replaying them; the other two carry results that nobody can check. None proves who played.
//!
//! `docs/results.md` has the layout. Codes of version 1 must be read forever: `tests/engine/codes.rs` keeps some.

mod checksum;
mod escapes;
mod fingerprint;
mod packing;
pub mod scan;
mod symbols;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

use checksum::Checksum;
pub use escapes::unescaped;
use packing::{Packing, Unpacking};
use symbols::value;

use crate::best::Futures;
use crate::scenario::Scenario;
use crate::session::Session;

/// The version of the format.
const VERSION: u8 = 1;
/// How many coarse durations there are.
const DURATIONS: u32 = 16;
/// The range of a digest of choice ids, which keeps a code from being replayed on other choices.
const DIGEST: u32 = 1 << 12;
/// No code has more symbols: enough for a thousand decisions.
pub const MAX_SYMBOLS: usize = 600;
/// No code has fewer.
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
    /// The choices, from which all else follows.
    Full,
}

/// What a code calls its scenario: a hash of the ids of course and scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScenarioKey(u32);

impl ScenarioKey {
    /// Of the scenario `slug` in the course with this id.
    #[must_use]
    pub fn new(course: &str, slug: &str) -> Self {
        Self(fingerprint::ids([course, slug].into_iter()))
    }
}

/// A version of a scenario: any change of routes or scores gives another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// Of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self(fingerprint::graph(scenario.graph()))
    }
}

/// How a play was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlayInfo {
    /// Whether without coaching and without a way back.
    pub challenge: bool,
    /// Of the order of choices. It also distinguishes two equal plays.
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
    #[must_use]
    pub fn minutes(self) -> Option<u32> {
        MINUTES.get(usize::from(self.0).checked_sub(1)?).copied()
    }
}

/// Why a text is no code of this site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It does not look like a code.
    Shape,
    /// A symbol was misread, or the name is not the one that the code was made with.
    Checksum,
    /// A symbol was misread, or the name that the code was made with is missing.
    Nameless,
    /// It is of a later version of the format.
    Newer,
    /// It is whole, and its content is none that a code can have.
    Content,
    /// No play of the scenario has these choices.
    Path,
    /// It is of another version of the scenario, in which other choices could be made.
    Moved,
}

/// The content of a code.
#[derive(Debug, Clone)]
pub struct Code {
    /// The scenario.
    pub key: ScenarioKey,
    /// Its version.
    pub fingerprint: Fingerprint,
    /// Of the order of choices.
    pub seed: u32,
    /// What the trainee typed, as it was read: any text.
    pub who: String,
    /// The result, or the choices.
    pub body: Body,
}

/// What kind of code it is.
#[derive(Debug, Clone)]
pub enum Body {
    /// A result that nothing can check.
    Unverified {
        /// Rounded.
        final_: u8,
        /// By the rules of the scenario as it was.
        pass: bool,
        /// Of the skills that counted, in the model's order; `None` where the course reports none.
        skills: Option<Vec<u8>>,
    },
    /// The choices.
    Path(Path),
}

/// The choices of a code, which only its scenario can read.
#[derive(Debug, Clone)]
pub struct Path {
    /// Whether without coaching and without a way back.
    pub challenge: bool,
    /// How long it took.
    pub duration: CoarseDuration,
    digest: u32,
    rest: Unpacking,
}

/// The code of a finished play; nothing if it is not finished.
pub fn encode<S: Deref<Target = Scenario>>(
    key: ScenarioKey,
    session: &Session<S>,
    reporting: Reporting,
    info: PlayInfo,
    who: &str,
) -> Option<String> {
    let report = session.report_with(&Futures::default());
    let final_ = report.final_?;
    let mut packing = Packing::default();
    packing.put(key.0, fingerprint::RANGE);
    packing.put(Fingerprint::of(session.scenario()).0, fingerprint::RANGE);
    packing.put_whole(info.seed);
    if reporting == Reporting::Full {
        packing.put(u32::from(info.challenge), 2);
        packing.put(u32::from(CoarseDuration::new(info.seconds).0), DURATIONS);
        packing.put(digest(session), DIGEST);
        for ((_, decision, _), chosen) in session.moves().zip(session.chosen()) {
            packing.put(u32::from(*chosen), decision.choices.len() as u32);
        }
    } else {
        packing.put(points(final_.rounded), 101);
        packing.put(u32::from(report.pass == Some(true)), 2);
        if reporting == Reporting::Scores {
            packing.put(report.skills.len() as u32, 17);
            report.skills.iter().for_each(|skill| packing.put(points(skill.score.rounded), 101));
        }
    }
    let mut values = alloc::vec![VERSION << 2 | reporting as u8];
    values.extend(packing.values());
    let who = tidy(who);
    let checksum = Checksum::of(&who).after(&values);
    values.extend(checksum);
    (values.len() <= MAX_SYMBOLS).then(|| written(&values, &who))
}

/// A code as it is written.
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

/// A digest of the ids of the choices taken.
fn digest<S: Deref<Target = Scenario>>(session: &Session<S>) -> u32 {
    fingerprint::ids(session.moves().map(|(_, _, choice)| choice.id.as_str())) % DIGEST
}

/// A name as a code carries it: without what would end it in a line of text or a table, and not long.
fn tidy(who: &str) -> String {
    let mut tidied = String::new();
    for letter in who.trim().chars().take(MAX_NAME) {
        if letter.is_whitespace() {
            if !tidied.ends_with('-') {
                tidied.push('-');
            }
        } else if !is_end(letter) && letter != '%' && letter != '~' {
            tidied.push(letter);
        }
    }
    tidied
}

/// Whether a code may begin with this value.
fn is_kind(value: u8) -> bool {
    value >> 2 > 0 && value & 3 < 3
}

/// Whether a letter ends a name.
fn is_end(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, ',' | ';' | '"' | '\\')
}

impl Code {
    /// Reads one code: symbols in any case, with or without hyphens and spaces, and a name after a tilde.
    ///
    /// # Errors
    /// If it is none, or a misread one.
    pub fn decode(text: &str) -> Result<Self, Fault> {
        let (symbols, who) = text.trim().split_once('~').unwrap_or((text.trim(), ""));
        let letters = symbols.chars().filter(|letter| *letter != '-' && *letter != ' ');
        let values: Option<Vec<u8>> = letters.take(MAX_SYMBOLS + 1).map(value).collect();
        Self::read(&values.ok_or(Fault::Shape)?, who)
    }

    /// The code of these values and this name.
    fn read(values: &[u8], who: &str) -> Result<Self, Fault> {
        if !(MIN_SYMBOLS..=MAX_SYMBOLS).contains(&values.len()) {
            return Err(Fault::Shape);
        }
        if !Checksum::of(who).holds(values) {
            return Err(Fault::Checksum);
        }
        Self::unpacked(values, who)
    }

    /// The content of values whose checksum holds.
    fn unpacked(values: &[u8], who: &str) -> Result<Self, Fault> {
        let (kind, version) = (values[0] & 3, values[0] >> 2);
        if version > VERSION {
            return Err(Fault::Newer);
        }
        let mut rest = Unpacking::new(&values[1..values.len() - checksum::LENGTH]);
        let key = ScenarioKey(rest.take(fingerprint::RANGE));
        let fingerprint = Fingerprint(rest.take(fingerprint::RANGE));
        let seed = rest.take_whole();
        let body = match kind {
            _ if version != VERSION => return Err(Fault::Content),
            2 => Body::Path(Path {
                challenge: rest.take(2) == 1,
                duration: CoarseDuration(rest.take(DURATIONS) as u8),
                digest: rest.take(DIGEST),
                rest,
            }),
            0 | 1 => {
                let (final_, pass) = (rest.take(101) as u8, rest.take(2) == 1);
                let skills = (kind == 1).then(|| {
                    let count = rest.take(17);
                    (0..count).map(|_| rest.take(101) as u8).collect()
                });
                if !rest.is_all() {
                    return Err(Fault::Content);
                }
                Body::Unverified { final_, pass, skills }
            }
            _ => return Err(Fault::Content),
        };
        Ok(Self { key, fingerprint, seed, who: who.into(), body })
    }
}

impl Path {
    /// Plays the choices on `scenario`. `same` says whether the code is of this version of it.
    ///
    /// # Errors
    /// If they are no play of it, or, on another version, are not the choices that were taken.
    pub fn replay<S: Deref<Target = Scenario>>(&self, scenario: S, same: bool) -> Result<Session<S>, Fault> {
        let fault = if same { Fault::Path } else { Fault::Moved };
        let mut session = Session::start(scenario);
        let mut rest = self.rest.clone();
        while let Some(decision) = session.decision() {
            let chosen = rest.take(decision.choices.len() as u32);
            if rest.is_past_end() || session.choose(chosen as usize).is_err() {
                return Err(fault);
            }
        }
        // The ids may be others than the play had; if none was renamed, they are those.
        if rest.is_all() && (digest(&session) == self.digest || self.was(&session)) {
            Ok(session)
        } else {
            Err(fault)
        }
    }

    /// Whether the choices taken, called as they were before, are those of the code.
    fn was<S: Deref<Target = Scenario>>(&self, session: &Session<S>) -> bool {
        let ids = session.moves().map(|(_, _, choice)| choice.was.first().unwrap_or(&choice.id).as_str());
        fingerprint::ids(ids) % DIGEST == self.digest
    }
}
