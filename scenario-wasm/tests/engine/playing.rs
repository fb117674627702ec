//! Plays of a scenario: every one, a given one, or a random one.

use scenario_wasm::{Scenario, Session};

use crate::generated::Rng;

/// Every play to an ending, as positions of choices.
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
            next.choose(choice).expect("the choice is open");
            unfinished.push(next);
        }
    }
    plays
}

/// The session after a play, if each of its choices is open.
pub(crate) fn played<'a>(scenario: &'a Scenario, play: &[usize]) -> Option<Session<&'a Scenario>> {
    let mut session = Session::start(scenario);
    play.iter().all(|choice| session.choose(*choice).is_ok()).then_some(session)
}

/// A random play to an ending.
pub(crate) fn random_play<'a>(scenario: &'a Scenario, rng: &mut Rng) -> Session<&'a Scenario> {
    let mut session = Session::start(scenario);
    while session.decision().is_some() {
        let open: Vec<usize> =
            (0..).zip(session.view().open).filter_map(|(at, open)| open.then_some(at)).collect();
        session.choose(open[rng.below(open.len())]).unwrap();
    }
    session
}
