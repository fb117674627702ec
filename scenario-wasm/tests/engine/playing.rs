//! Plays of a scenario, one by one: what explorations are compared with.

use scenario_wasm::{Scenario, Session};

/// Every play to an ending, as places of choices.
pub(crate) fn plays(scenario: &Scenario) -> Vec<Vec<usize>> {
    let mut plays = Vec::new();
    let mut unfinished = vec![Session::start(scenario)];
    while let Some(session) = unfinished.pop() {
        let view = session.view();
        if view.over {
            plays.push(session.chosen().iter().map(|choice| usize::from(*choice)).collect());
        }
        for (choice, _) in view.open.iter().enumerate().filter(|(_, open)| **open) {
            let mut next = session.clone();
            next.choose(choice).expect("it is open");
            unfinished.push(next);
        }
    }
    plays
}

/// The session after a play.
pub(crate) fn played<'a>(scenario: &'a Scenario, play: &[usize]) -> Option<Session<&'a Scenario>> {
    let mut session = Session::start(scenario);
    play.iter().all(|choice| session.choose(*choice).is_ok()).then_some(session)
}
