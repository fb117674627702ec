//! Any bytes as a story for the engine: what a page hands to the player.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scenario_wasm::{Scenario, Session};

fuzz_target!(|bytes: &[u8]| {
    let Ok(scenario) = Scenario::from_bytes(bytes) else { return };
    // What was read is written as it was read, and can be played to an end by whoever takes the first open choice.
    assert_eq!(
        Scenario::from_bytes(&scenario.to_bytes()).as_ref().map(Scenario::graph),
        Ok(scenario.graph())
    );
    let mut session = Session::start(&scenario);
    while let Some(choices) = session.decision().map(|decision| decision.choices.len()) {
        if !(0..choices).any(|choice| session.choose(choice).is_ok()) {
            break;
        }
    }
    let _view = session.view_json();
});
