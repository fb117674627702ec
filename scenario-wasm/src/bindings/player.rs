//! The interface of the player's module.

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
    /// Computed for the first report.
    futures: Option<Futures>,
}

#[wasm_bindgen]
impl Player {
    /// A play of the scenario in these bytes, before its first choice; `None` if they are not of this version.
    pub fn load(scenario: &[u8]) -> Option<Player> {
        let scenario = Box::new(Scenario::from_bytes(scenario).ok()?);
        Some(Self { session: Session::start(scenario), futures: None })
    }

    /// The current view of the play.
    pub fn view(&self) -> Vec<u8> {
        self.session.view_json()
    }

    /// Takes a choice, by its index in the author's order. Returns false, and does nothing, if it is not open.
    pub fn choose(&mut self, choice: usize) -> bool {
        self.session.choose(choice).is_ok()
    }

    /// Takes the last choice back, if there is one.
    pub fn undo(&mut self) -> bool {
        self.session.undo()
    }

    /// Returns to before the first choice.
    pub fn restart(&mut self) {
        while self.session.undo() {}
    }

    /// Plays these comma-separated choice ids from the start as far as they fit. Returns how many did.
    pub fn replay(&mut self, ids: &[u8]) -> usize {
        self.restart();
        self.session.follow(ids.split(|byte| *byte == b','))
    }

    /// The score and its explanation; for an unfinished play, what is known so far.
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
