//! The interface of the second module: makes result codes for a trainee, and reads them for a trainer. As with the player,
//! only bytes and numbers cross; the page passes in the course's settings.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::class::{Class, Row, Rule, Scenarios, UnreadCode};
use crate::code::{self, PlayInfo, Reporting, Said, ScenarioKey};
use crate::scenario::Scenario;
use crate::session::Session;

/// From 0, 1 and 2, as the page has them.
fn reporting(level: u8) -> Reporting {
    match level {
        2 => Reporting::Full,
        1 => Reporting::Scores,
        _ => Reporting::Minimal,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The code of a finished challenge; empty if the comma-separated choices do not reach an ending and this `last` final. The
/// maximum of `seconds` means an unknown time.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
#[expect(clippy::too_many_arguments, reason = "an object would cost more than the arguments")]
pub fn code(
    course: &[u8],
    slug: &[u8],
    scenario: &[u8],
    run: &[u8],
    last: u8,
    level: u8,
    seed: u32,
    seconds: u32,
    who: &[u8],
) -> Vec<u8> {
    let Ok(scenario) = Scenario::from_bytes(scenario) else { return Vec::new() };
    let (session, _) = Session::replay(&scenario, run.split(|byte| *byte == b','));
    // If the story has been edited since, this would be the code of another play.
    if Said::of(&session).final_ != last {
        return Vec::new();
    }
    let seconds = Some(seconds).filter(|seconds| *seconds < u32::MAX);
    let info = PlayInfo { challenge: true, seed, seconds };
    let key = ScenarioKey::new(&text(course), &text(slug));
    code::encode(key, &session, reporting(level), info, &text(who)).unwrap_or_default().into_bytes()
}

/// The code under another name; empty if it is not a code.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn renamed(code: &[u8], who: &[u8]) -> Vec<u8> {
    code::renamed(&text(code), &text(who)).unwrap_or_default().into_bytes()
}

/// A text without the escapes of links, mails and JSON.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn unescaped(all: &[u8]) -> Vec<u8> {
    code::unescaped(&String::from_utf8_lossy(all)).into_owned().into_bytes()
}

/// The key by which a name is compared.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn key(who: &[u8]) -> Vec<u8> {
    code::key(&text(who)).into_bytes()
}

/// Whether the names with these keys may belong to the same person.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn near(one: &[u8], other: &[u8]) -> bool {
    code::is_near(&text(one), &text(other))
}

/// A trainer's desk: the course's scenarios, and the codes read so far.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Desk {
    course: String,
    scenarios: Scenarios<Box<Scenario>>,
    rule: Rule,
    files: usize,
    codes: Vec<Result<Row, UnreadCode>>,
}

#[wasm_bindgen]
impl Desk {
    /// An empty desk.
    pub fn open(course: &[u8], level: u8, best: bool) -> Desk {
        let rule = if best { Rule::Best } else { Rule::First };
        let scenarios = Scenarios::new(reporting(level));
        Self { course: text(course), scenarios, rule, files: 0, codes: Vec::new() }
    }

    /// Adds a scenario under its name, followed by its former names, separated by commas. Returns false, and does nothing,
    /// if the bytes are not of this version.
    pub fn put(&mut self, names: &[u8], scenario: &[u8]) -> bool {
        let Ok(scenario) = Scenario::from_bytes(scenario) else { return false };
        let names = text(names);
        let (slug, aliases) = names.split_once(',').unwrap_or((&names, ""));
        let aliases = aliases.split(',').filter(|alias| !alias.is_empty());
        self.scenarios.add(&self.course, slug, aliases, Box::new(scenario));
        true
    }

    /// Adds a former version of a scenario, under its name at that time, after all current ones. Returns the same.
    pub fn put_before(&mut self, slug: &[u8], scenario: &[u8]) -> bool {
        let Ok(scenario) = Scenario::from_bytes(scenario) else { return false };
        self.scenarios.add_before(&self.course, &text(slug), Box::new(scenario));
        true
    }

    /// Adds all codes of a text without escapes: in Unicode's normal form C, as received, and in form D.
    pub fn read(&mut self, composed: &[u8], typed: &[u8], decomposed: &[u8]) {
        let [composed, typed, decomposed] = [composed, typed, decomposed].map(String::from_utf8_lossy);
        self.codes.extend(self.scenarios.read(self.files, &composed, &[&typed, &decomposed]));
        self.files += 1;
    }

    /// Forgets all codes.
    pub fn clear(&mut self) {
        self.codes.clear();
        self.files = 0;
    }

    /// The class so far, as JSON.
    pub fn report(&self) -> Vec<u8> {
        self.class().json(&self.scenarios)
    }

    /// What was chosen in a row of the class, as JSON.
    pub fn turns(&self, row: usize) -> Vec<u8> {
        self.class().turns(row, &self.scenarios)
    }

    /// The class so far as CSV; `files` are the names of the texts, one per line.
    pub fn table(&self, files: &[u8]) -> Vec<u8> {
        let files = text(files);
        let names: Vec<&str> = files.split('\n').collect();
        self.class().csv(&self.scenarios, &names).into_bytes()
    }

    fn class(&self) -> Class {
        Class::of(&self.scenarios, self.codes.iter().cloned(), self.rule)
    }
}
