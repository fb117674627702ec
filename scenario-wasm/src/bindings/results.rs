//! The surface of the second module: result codes made for a trainee, and read for a trainer. As with the player only
//! bytes and numbers cross, and what the course sets comes from the page.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::class::{Class, Row, Rule, Scenarios, UnreadCode};
use crate::code::{self, PlayInfo, Reporting, Said, ScenarioKey};
use crate::scenario::Scenario;
use crate::session::Session;

/// 0, 1 and 2, as the page has them.
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

/// The code of a finished challenge; nothing if the choices, joined by commas, do not come to an ending and to this
/// `last` final. The highest number of `seconds` stands for an unknown time.
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
    // Of a story that was edited since, it would be the code of another play.
    if Said::of(&session).final_ != last {
        return Vec::new();
    }
    let seconds = Some(seconds).filter(|seconds| *seconds < u32::MAX);
    let info = PlayInfo { challenge: true, seed, seconds };
    let key = ScenarioKey::new(&text(course), &text(slug));
    code::encode(key, &session, reporting(level), info, &text(who)).unwrap_or_default().into_bytes()
}

/// A code under another name; nothing if it is none.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn renamed(code: &[u8], who: &[u8]) -> Vec<u8> {
    code::renamed(&text(code), &text(who)).unwrap_or_default().into_bytes()
}

/// A text without the escapes that links, mails and JSON put into it.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn unescaped(all: &[u8]) -> Vec<u8> {
    code::unescaped(&String::from_utf8_lossy(all)).into_owned().into_bytes()
}

/// What a name is known by.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn key(who: &[u8]) -> Vec<u8> {
    code::key(&text(who)).into_bytes()
}

/// Whether the names that are known by these may be of one person.
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
    /// Empty.
    pub fn open(course: &[u8], level: u8, best: bool) -> Desk {
        let rule = if best { Rule::Best } else { Rule::First };
        let scenarios = Scenarios::new(reporting(level));
        Self { course: text(course), scenarios, rule, files: 0, codes: Vec::new() }
    }

    /// Adds a scenario under its name, behind which those stand that it had, with commas between. False, and nothing done, if
    /// the bytes are none of this version.
    pub fn put(&mut self, names: &[u8], scenario: &[u8]) -> bool {
        let Ok(scenario) = Scenario::from_bytes(scenario) else { return false };
        let names = text(names);
        let (slug, aliases) = names.split_once(',').unwrap_or((&names, ""));
        let aliases = aliases.split(',').filter(|alias| !alias.is_empty());
        self.scenarios.add(&self.course, slug, aliases, Box::new(scenario));
        true
    }

    /// Adds a scenario as it was, under the name that it had then, once those of today are there. The same.
    pub fn put_before(&mut self, slug: &[u8], scenario: &[u8]) -> bool {
        let Ok(scenario) = Scenario::from_bytes(scenario) else { return false };
        self.scenarios.add_before(&self.course, &text(slug), Box::new(scenario));
        true
    }

    /// Adds all codes of a text without escapes, in Unicode's normal form C, as it came in, and in form D.
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

    /// What was chosen in a row of that class, as JSON.
    pub fn turns(&self, row: usize) -> Vec<u8> {
        self.class().turns(row, &self.scenarios)
    }

    /// The class so far as CSV; `files` are the names of the texts, one a line.
    pub fn table(&self, files: &[u8]) -> Vec<u8> {
        let files = text(files);
        let names: Vec<&str> = files.split('\n').collect();
        self.class().csv(&self.scenarios, &names).into_bytes()
    }

    fn class(&self) -> Class {
        Class::of(&self.scenarios, self.codes.iter().cloned(), self.rule)
    }
}
