//! The engine in the committed player against the native engine: the same output, byte for byte, on every play of the included
//! course, of the tests' own courses, and of generated scenarios.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use scenario_wasm::{Futures, Scenario, Session, order};
use wasmtime::{Module, TypedFunc};

use crate::harness::Site;
use crate::wasm::{Host, base64, module};

/// The committed script.
const PLAYER: &str = include_str!("../../scenario-wasm/dist/player.js");

/// The texts between quotes in the script.
fn texts() -> impl Iterator<Item = &'static str> {
    PLAYER.split('"')
}

/// Decodes a text with the player's reader, which is a module of its own, in base64.
fn decode(text: &str) -> Vec<u8> {
    let reader = texts().find(|text| text.starts_with("AGFzbQ")).unwrap();
    let mut reader = Host::new(&module(&base64(reader)));
    reader.write_at_start(text);
    let count = reader.number("read", &[i32::try_from(text.len()).unwrap()]);
    reader.write_at_start("")[..usize::try_from(count).unwrap()].to_vec()
}

#[test]
fn the_reader_decodes_every_byte() {
    let all: Vec<u8> = (0..=255).collect();
    for special in [b"".as_slice(), b"\"\x1c", b"\"&'/<>"] {
        assert_eq!(decode(&scenario_wasm::letters::letters(&all, special)), all);
    }
}

/// The player's module with a scenario, in its own host.
struct Player {
    host: Host,
    /// The address of the player in the module.
    at: i32,
    view: TypedFunc<i32, (i32, i32)>,
    choose: TypedFunc<(i32, i32), i32>,
    undo: TypedFunc<i32, i32>,
}

impl Player {
    fn new(scenario: &Scenario) -> Self {
        /// The module of the player: the longest text of the script, encoded like a graph.
        static SHIPPED: LazyLock<Module> =
            LazyLock::new(|| module(&decode(texts().max_by_key(|text| text.len()).unwrap())));
        let mut host = Host::new(&SHIPPED);
        let bytes = host.put(&scenario.to_bytes());
        let at = host.number("player_load", &bytes);
        assert_ne!(at, 0, "the module reads what the build wrote");
        let (view, choose) = (host.function("player_view"), host.function("player_choose"));
        let undo = host.function("player_undo");
        Self { host, at, view, choose, undo }
    }

    fn view(&mut self) -> Vec<u8> {
        let view = self.host.call_typed(&self.view, self.at);
        self.host.take(view)
    }

    fn report(&mut self) -> Vec<u8> {
        self.host.bytes("player_report", &[self.at])
    }

    fn choose(&mut self, choice: usize) -> bool {
        self.host.call_typed(&self.choose, (self.at, i32::try_from(choice).unwrap())) == 1
    }

    fn undo(&mut self) -> bool {
        self.host.call_typed(&self.undo, self.at) == 1
    }

    fn replay(&mut self, ids: &str) -> i32 {
        let [ids, length] = self.host.put(ids.as_bytes());
        self.host.number("player_replay", &[self.at, ids, length])
    }

    fn order(&mut self, seed: i32, node: i32, count: usize) -> Vec<u8> {
        self.host.bytes("order", &[seed, node, i32::try_from(count).unwrap()])
    }
}

/// A story played in the module and natively, side by side.
struct SideBySide<'a> {
    player: Player,
    session: Session<&'a Scenario>,
    futures: Futures,
    /// Plays that came to an ending.
    finished: usize,
}

impl SideBySide<'_> {
    /// Plays every continuation, and compares the views and reports of both sides.
    fn play_on(&mut self) {
        let view = self.session.view_json();
        assert_eq!(self.player.view(), view, "{}", String::from_utf8_lossy(&view));
        let view = self.session.view();
        if view.over {
            self.finished += 1;
            let report = self.session.report_json(&self.futures);
            assert_eq!(self.player.report(), report, "{}", String::from_utf8_lossy(&report));
        }
        for (choice, open) in view.open.iter().enumerate() {
            assert_eq!(self.player.choose(choice), *open, "choice {choice} after {:?}", self.session.run());
            if *open {
                self.session.choose(choice).expect("the choice is open");
                self.play_on();
                assert!(self.player.undo() && self.session.undo());
            }
        }
    }
}

#[test]
fn both_engines_agree_on_every_play_of_whole_courses() {
    let sites =
        [Site::shipped(), Site::fixture("course"), Site::fixture("heard"), Site::fixture("languages")];
    let courses = sites.map(|site| site.check().course().clone());
    // A story that two courses have is played once.
    let stories = courses
        .iter()
        .flat_map(|course| course.stories(true))
        .map(|story| (story.engine.to_bytes(), &story.engine));
    let stories: BTreeMap<_, _> = stories.collect();
    assert!(stories.par_iter().all(|(_, story)| play_all(story) > 0), "a story has no play");
}

#[test]
fn both_engines_agree_on_every_play_of_generated_scenarios() {
    let finished: usize =
        crate::generated::scenarios(1000).par_iter().map(|(_, scenario)| play_all(scenario)).sum();
    assert!(finished > 5_000, "only {finished} plays compared");
}

/// Plays everything on both sides, and returns the number of plays.
fn play_all(scenario: &Scenario) -> usize {
    let (session, futures) = (Session::start(scenario), Futures::of(scenario));
    let mut both = SideBySide { player: Player::new(scenario), session, futures, finished: 0 };
    both.play_on();
    both.finished
}

#[test]
fn both_engines_replay_choices_as_far_as_they_exist() {
    for scenario in &Site::fixture("course").check().course().scenarios {
        let scenario = &scenario.story.engine;
        let (mut player, mut session) = (Player::new(scenario), Session::start(scenario));
        while let Some(open) = session.view().open.iter().position(|open| *open) {
            session.choose(open).expect("the choice is open");
        }
        let run = session.run().join(",");
        for ids in [&run, &format!("{run},more"), &format!("nonsense,{run}"), &run.replacen(',', ",,", 1)] {
            let (here, fit) = Session::replay(scenario, ids.split(','));
            assert_eq!(player.replay(ids), i32::try_from(fit).unwrap(), "{ids}");
            assert_eq!(player.view(), here.view_json(), "{ids}");
            assert_eq!(player.report(), here.report_json(&Futures::of(scenario)), "{ids}");
        }
    }
}

#[test]
fn both_engines_shuffle_choices_alike() {
    let checked = Site::fixture("heard").check();
    let mut player = Player::new(&checked.scenario("wrong-seat").story.engine);
    for seed in 0..200 {
        for count in 2..=5 {
            let node = seed % 9;
            let here = order(u32::try_from(seed).unwrap(), usize::try_from(node).unwrap(), count);
            assert_eq!(player.order(seed, node, count), here, "seed {seed}, node {node}");
        }
    }
}
