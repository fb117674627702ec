//! The bytes that the browser gets: a graph survives a round trip, and corrupted bytes are an error and never a panic.

use scenario_wasm::{Error, Futures, Scenario, Session};

use crate::generated::{Rng, scenarios};
use crate::playing::{played, plays};

#[test]
fn a_graph_survives_a_round_trip() {
    for (seed, scenario) in scenarios(1000) {
        let copy = Scenario::from_bytes(&scenario.to_bytes()).unwrap();
        assert_eq!((copy.graph(), copy.par()), (scenario.graph(), scenario.par()), "seed {seed}");
        for play in plays(&scenario).iter().take(20) {
            let (here, there) = (played(&scenario, play).unwrap(), played(&copy, play).unwrap());
            assert_eq!((here.view(), here.report()), (there.view(), there.report()), "seed {seed}");
        }
    }
}

#[test]
fn truncated_bytes_are_an_error() {
    for (seed, scenario) in scenarios(100) {
        let bytes = scenario.to_bytes();
        for end in 0..bytes.len() {
            assert_eq!(
                Scenario::from_bytes(&bytes[..end]).err(),
                Some(Error::Bytes),
                "seed {seed}, {end} bytes"
            );
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert_eq!(Scenario::from_bytes(&longer).err(), Some(Error::Bytes), "seed {seed}: one byte too many");
    }
}

#[test]
fn another_version_is_an_error() {
    let (_, scenario) = scenarios(4).remove(0);
    let mut bytes = scenario.to_bytes();
    bytes[0] ^= 0x80;
    assert_eq!(Scenario::from_bytes(&bytes).err(), Some(Error::Bytes));
}

#[test]
fn corrupted_bytes_never_panic() {
    let (mut refused, mut read) = (0, 0);
    let mut rng = Rng::new(1);
    for (_, scenario) in scenarios(400) {
        let bytes = scenario.to_bytes();
        for _ in 0..100 {
            let mut broken = bytes.clone();
            for _ in 0..=rng.below(3) {
                let at = rng.below(broken.len());
                broken[at] = rng.byte(256);
            }
            match Scenario::from_bytes(&broken) {
                Err(_) => refused += 1,
                Ok(scenario) => {
                    read += 1;
                    play_at_random(&scenario, &mut rng);
                }
            }
        }
    }
    assert!(refused > 1000 && read > 1000, "{refused} refused, {read} read");
}

#[test]
fn noise_never_panics() {
    let mut rng = Rng::new(2);
    for length in 0..3000 {
        let noise = (0..length % 300).map(|_| rng.byte(256));
        let bytes: Vec<u8> = [1].into_iter().chain(noise).collect();
        if let Ok(scenario) = Scenario::from_bytes(&bytes) {
            play_at_random(&scenario, &mut rng);
        }
    }
}

fn play_at_random(scenario: &Scenario, rng: &mut Rng) {
    let mut session = Session::start(scenario);
    for _ in 0..20 {
        let view = session.view();
        if view.over {
            break;
        }
        // Corrupted bytes may lead to a decision at which no choice is open.
        let _ = session.choose(rng.below(view.open.len()));
    }
    let _ = (session.report_json(&Futures::of(scenario)), session.view_json());
}
