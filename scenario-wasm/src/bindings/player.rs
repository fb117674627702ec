//! The surface of the player's module.

use alloc::boxed::Box;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::best::Futures;
use crate::scenario::Scenario;
use crate::session::Session;

/// A play in the browser.
#[wasm_bindgen]
pub struct Player {
    session: Session<Box<Scenario>>,
    /// Made for the first report.
    futures: Option<Futures>,
}

#[wasm_bindgen]
impl Player {
    /// A play of the scenario in these bytes, before its first choice; nothing if they are not one of this version.
    pub fn load(scenario: &[u8]) -> Option<Player> {
        let scenario = Box::new(Scenario::from_bytes(scenario).ok()?);
        Some(Self { session: Session::start(scenario), futures: None })
    }

    /// Where the play stands.
    pub fn view(&self) -> Vec<u8> {
        self.session.view_json()
    }

    /// Takes a choice, by its place in the author's order. False, and nothing done, if it is not open.
    pub fn choose(&mut self, choice: usize) -> bool {
        self.session.choose(choice).is_ok()
    }

    /// Takes the last choice back, if there is one.
    pub fn undo(&mut self) -> bool {
        self.session.undo()
    }

    /// Back to before the first choice.
    pub fn restart(&mut self) {
        while self.session.undo() {}
    }

    /// Plays these choice ids, joined by commas, from the start as far as they fit, and says how many did.
    pub fn replay(&mut self, ids: &[u8]) -> usize {
        self.restart();
        self.session.follow(ids.split(|byte| *byte == b','))
    }

    /// The score and where it comes from; of an unfinished play what is known so far.
    pub fn report(&mut self) -> Vec<u8> {
        let scenario = self.session.scenario();
        let futures = self.futures.get_or_insert_with(|| Futures::of(scenario));
        self.session.report_json(futures)
    }
}

/// A shuffled order of the choices of a node.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions alone")]
pub fn order(seed: u32, node: usize, count: usize) -> Vec<u8> {
    crate::shuffle::order(seed, node, count)
}
