//! The choices in a code, and how to find them: on the version that was played, or on one that was edited since.
//!
//! Version 2 has a tag for each choice, computed from its id and those of all choices before it, so that a wrong turn soon
//! leads nowhere, and finally a check over all ids. Neither depends on the order of a file, or on how many other choices
//! there are.

use alloc::vec::Vec;
use core::ops::Deref;

use super::fingerprint::{self, Hash};
use super::packing::{Packing, Unpacking};
use super::{CoarseDuration, DURATIONS, Fault, PlayInfo, Said};
use crate::graph::Choice;
use crate::scenario::Scenario;
use crate::session::Session;

/// In version 1, the range of a digest of choice ids, which prevents a replay with other choices.
const DIGEST: u32 = 1 << 12;
/// The number of tags: more than a decision can have choices.
const TAGS: u32 = 6;
/// The range of the final check.
const CHECK: u32 = 1 << 10;
/// The number of ways to tag a play: one of them matches no other play of the same story.
pub(super) const SALTS: u32 = 4;
/// The most choices that a search for a play tries.
const MOST_LOOKS: u32 = 100_000;

/// The choices of a code, which only its scenario can decode.
#[derive(Debug, Clone)]
pub struct Path {
    /// Whether it was played without coaching and without going back.
    pub challenge: bool,
    /// Its duration.
    pub duration: CoarseDuration,
    trail: Trail,
}

#[derive(Debug, Clone)]
enum Trail {
    /// Version 1: the index of each choice, in the order of the file.
    Places { digest: u32, rest: Unpacking },
    /// Version 2. If the last symbol has room for tags that are 0, a play may end before them.
    Tags { salt: u32, check: u32, tags: Vec<u8>, least: usize },
}

/// Packs the choices of a finished play.
pub(super) fn pack<S: Deref<Target = Scenario>>(
    packing: &mut Packing,
    session: &Session<S>,
    info: PlayInfo,
    salt: u32,
) {
    packing.put(u32::from(info.challenge), 2);
    packing.put(u32::from(CoarseDuration::new(info.seconds).0), DURATIONS);
    let mut steps = Steps::new(salt);
    let tags: Vec<u32> = session.moves().map(|(_, _, choice)| steps.take(&choice.id)).collect();
    packing.put(salt, SALTS);
    packing.put(steps.check(), CHECK);
    tags.into_iter().for_each(|tag| packing.put(tag, TAGS));
}

/// The hash of the ids of the choices so far.
#[derive(Clone, Copy)]
struct Steps(Hash);

impl Steps {
    fn new(salt: u32) -> Self {
        let mut hash = Hash::new();
        hash.number(u64::from(salt));
        Self(hash)
    }

    /// Adds an id, and returns the tag of the choice.
    fn take(&mut self, id: &str) -> u32 {
        self.0.bytes(id.as_bytes());
        self.0.end() % TAGS
    }

    fn check(self) -> u32 {
        self.0.end() / TAGS % CHECK
    }
}

/// Whether a choice has no id of its own but one by position: after an edit, another choice may be there.
fn is_by_place(choice: &Choice, place: usize) -> bool {
    matches!(choice.id.as_bytes(), [letter] if usize::from(letter.wrapping_sub(b'a')) == place)
}

/// Whether a choice cannot be distinguished from others that had its position in another version.
fn is_lost(choice: &Choice, place: usize) -> bool {
    is_by_place(choice, place) && choice.was.is_empty()
}

/// Takes the choices of a play of another version, by their ids and former ids, as long as each exists and is open; `None`
/// if one does not, or if the story does not end there.
pub(crate) fn follow<'a>(played: &Session<&Scenario>, today: &'a Scenario) -> Option<Session<&'a Scenario>> {
    let mut session = Session::start(today);
    for ((_, _, choice), place) in played.moves().zip(played.chosen()) {
        let own = (!is_by_place(choice, usize::from(*place))).then_some(&choice.id);
        let choices = &session.decision()?.choices;
        let found = own.and_then(|id| {
            choices.iter().zip(0..).position(|(now, at)| !is_by_place(now, at) && now.id == *id)
        });
        let renamed = || choices.iter().position(|now| now.was.contains(&choice.id));
        let place = found.or_else(renamed)?;
        session.choose(place).ok()?;
    }
    session.decision().is_none().then_some(session)
}

impl Path {
    /// Reads the choices of a code of this version of the format.
    pub(super) fn read(mut rest: Unpacking, version: u8) -> Result<Self, Fault> {
        let challenge = rest.take(2) == 1;
        let duration = CoarseDuration(rest.take(DURATIONS) as u8);
        if version == 1 {
            let digest = rest.take(DIGEST);
            return Ok(Self { challenge, duration, trail: Trail::Places { digest, rest } });
        }
        let (salt, check) = (rest.take(SALTS), rest.take(CHECK));
        let (mut tags, mut least) = (Vec::new(), None);
        loop {
            if rest.is_all() {
                least.get_or_insert(tags.len());
            }
            let tag = rest.take(TAGS) as u8;
            if rest.is_past_end() {
                break;
            }
            tags.push(tag);
        }
        let least = least.ok_or(Fault::Content)?;
        Ok(Self { challenge, duration, trail: Trail::Tags { salt, check, tags, least } })
    }

    /// Plays the choices on `scenario`; the code states their result in `said`. `same` is whether the code is of this
    /// version of the scenario.
    ///
    /// # Errors
    /// If they are not a play of the scenario or, on another version, not the choices that were taken.
    pub fn replay<'a>(
        &self,
        scenario: &'a Scenario,
        same: bool,
        said: Option<Said>,
    ) -> Result<Session<&'a Scenario>, Fault> {
        let found = match &self.trail {
            Trail::Places { digest, rest } => by_places(scenario, *digest, rest.clone(), same),
            Trail::Tags { salt, check, tags, least } => {
                let mut search = Search::new(scenario, same, (*check, tags, *least));
                search.go(Steps::new(*salt));
                let mut plays = search.plays();
                let fits = |play: &Session<&Scenario>| said.is_none_or(|said| said.agrees(Said::of(play)));
                if same || plays.len() > 1 {
                    plays.retain(fits);
                }
                // If two plays fit equally well, neither is certain.
                plays.pop().filter(|_| plays.is_empty())
            }
        };
        found.ok_or(if same { Fault::Path } else { Fault::Moved })
    }
}

fn by_places(
    scenario: &Scenario,
    digest: u32,
    mut rest: Unpacking,
    same: bool,
) -> Option<Session<&Scenario>> {
    let mut session = Session::start(scenario);
    while let Some(decision) = session.decision() {
        let chosen = rest.take(decision.choices.len() as u32) as usize;
        if rest.is_past_end() || !same && is_lost(decision.choices.get(chosen)?, chosen) {
            return None;
        }
        session.choose(chosen).ok()?;
    }
    // The choices may have had other ids in the play; if none was renamed, they are the same.
    let fits = |name: fn(&Choice) -> &str| {
        fingerprint::ids(session.moves().map(|(_, _, choice)| name(choice))) % DIGEST == digest
    };
    let is_it = fits(|choice| &choice.id) || fits(|choice| choice.was.first().unwrap_or(&choice.id));
    (rest.is_all() && is_it).then_some(session)
}

/// A search for the plays of a story with these tags and this check.
struct Search<'a, 'c> {
    scenario: &'a Scenario,
    session: Session<&'a Scenario>,
    same: bool,
    check: u32,
    tags: &'c [u8],
    least: usize,
    looks: u32,
    /// Each play as the indices of its choices.
    found: Vec<Vec<u8>>,
}

impl<'a, 'c> Search<'a, 'c> {
    fn new(scenario: &'a Scenario, same: bool, (check, tags, least): (u32, &'c [u8], usize)) -> Self {
        let session = Session::start(scenario);
        Self { scenario, session, same, check, tags, least, looks: MOST_LOOKS, found: Vec::new() }
    }

    /// Continues from the current state of the session.
    fn go(&mut self, steps: Steps) {
        let taken = self.session.chosen().len();
        let node = &self.scenario.graph().nodes[usize::from(self.session.state().node)];
        let Some(decision) = &node.decision else {
            let play = self.session.chosen();
            let is_it = taken >= self.least && steps.check() == self.check;
            // Two names may lead to the same play.
            if is_it && self.found.last().is_none_or(|last| last != play) {
                self.found.push(play.to_vec());
            }
            return;
        };
        let Some(tag) = self.tags.get(taken) else { return };
        for (place, choice) in decision.choices.iter().enumerate() {
            // On the version itself a choice has its own id; on others, also its former ones.
            let own = (self.same || !is_by_place(choice, place)).then_some(&choice.id);
            let former = if self.same { &[][..] } else { &choice.was };
            for name in own.into_iter().chain(former) {
                let mut steps = steps;
                if self.looks == 0 {
                    return;
                }
                self.looks -= 1;
                if steps.take(name) == u32::from(*tag) && self.session.choose(place).is_ok() {
                    self.go(steps);
                    self.session.undo();
                }
            }
        }
    }

    fn plays(self) -> Vec<Session<&'a Scenario>> {
        let play = |places: &Vec<u8>| {
            let mut session = Session::start(self.scenario);
            places.iter().for_each(|place| session.choose(usize::from(*place)).unwrap_or_default());
            session
        };
        self.found.iter().map(play).collect()
    }
}
