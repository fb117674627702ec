//! The surface of the second module: result codes made for a trainee, and read for a trainer. As with the player only
//! bytes and numbers cross, and what a course says comes from the page.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::class::{Class, Row, Rule, Shelf, Trouble};
use crate::code::{self, Manner, Name, Reporting};
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

/// The code of a finished challenge; nothing if the choices, joined by commas, do not come to an ending. Of `seconds`
/// the highest number says that nobody knows.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
#[expect(clippy::too_many_arguments, reason = "an object would cost more than the arguments")]
pub fn code(
    course: &[u8],
    slug: &[u8],
    scenario: &[u8],
    run: &[u8],
    level: u8,
    seed: u32,
    seconds: u32,
    who: &[u8],
) -> Vec<u8> {
    let Ok(scenario) = Scenario::from_bytes(scenario) else { return Vec::new() };
    let (session, _) = Session::replay(&scenario, run.split(|byte| *byte == b','));
    let manner =
        Manner { challenge: true, seed, seconds: Some(seconds).filter(|seconds| *seconds < u32::MAX) };
    let name = Name::new(&text(course), &text(slug));
    code::encode(name, &session, reporting(level), manner, &text(who)).unwrap_or_default().into_bytes()
}

/// A trainer's desk: scenarios, and the codes that were put on it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Desk {
    course: String,
    shelf: Shelf<Box<Scenario>>,
    rule: Rule,
    files: usize,
    codes: Vec<Result<Row, Trouble>>,
}

#[wasm_bindgen]
impl Desk {
    /// Empty.
    pub fn open(course: &[u8], level: u8, best: bool) -> Desk {
        let rule = if best { Rule::Best } else { Rule::First };
        Self { course: text(course), shelf: Shelf::new(reporting(level)), rule, files: 0, codes: Vec::new() }
    }

    /// Puts a scenario up. False, and nothing done, if the bytes are none of this version.
    pub fn put(&mut self, slug: &[u8], scenario: &[u8]) -> bool {
        let Ok(scenario) = Scenario::from_bytes(scenario) else { return false };
        self.shelf.put(&self.course, &text(slug), Box::new(scenario));
        true
    }

    /// Adds all codes of a text.
    pub fn read(&mut self, all: &[u8]) {
        self.codes.extend(self.shelf.read(self.files, &String::from_utf8_lossy(all), 1));
        self.files += 1;
    }

    /// Takes all codes off again.
    pub fn clear(&mut self) {
        self.codes.clear();
        self.files = 0;
    }

    /// The class so far, as JSON.
    pub fn report(&self) -> Vec<u8> {
        self.class().json(&self.shelf)
    }

    /// The class so far as CSV; `files` are the names of the texts, one a line.
    pub fn table(&self, files: &[u8]) -> Vec<u8> {
        let files = text(files);
        let names: Vec<&str> = files.split('\n').collect();
        self.class().csv(&self.shelf, &names).into_bytes()
    }

    fn class(&self) -> Class {
        Class::of(&self.shelf, self.codes.iter().cloned(), self.rule)
    }
}
