//! Any bytes as a story for the engine, as a page passes it to the player.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scenario_wasm::{Scenario, Session};

fuzz_target!(|bytes: &[u8]| {
    let Ok(scenario) = Scenario::from_bytes(bytes) else { return };
    // Writing what was read gives the same bytes, and taking the first open choice each time leads to an end.
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
