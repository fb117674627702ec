//! The engine as it ships, in the committed player, against the engine as the build runs it: the same bytes out, on
//! every play of the shipped scenarios and on plays of generated changes to them.
//!
//! The module is taken out of `player.js` and run as any WebAssembly host would run it, without the glue.

use std::io::Read as _;
use std::path::Path;

use amends::load::load;
use base64::Engine as _;
use scenario_wasm::{Scenario, Session, order};
use wasmi::{Caller, Engine, Extern, Instance, Linker, Module, Store, TypedFunc};

/// The script that ships.
const PLAYER: &str = include_str!("../../scenario-wasm/dist/player.js");

/// The module inside the script: the one long run of base64 letters.
fn module() -> Vec<u8> {
    let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let longest = PLAYER.split(|letter| !is_base64(letter)).max_by_key(|run| run.len()).unwrap();
    let deflated = base64::engine::general_purpose::STANDARD.decode(longest).unwrap();
    let mut module = Vec::new();
    flate2::read::DeflateDecoder::new(deflated.as_slice()).read_to_end(&mut module).unwrap();
    module
}

/// The player in a host of its own.
struct Host {
    store: Store<()>,
    instance: Instance,
    player: i32,
}

impl Host {
    fn new(scenario: &Scenario) -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, module()).unwrap();
        let mut store = Store::new(&engine, ());
        let mut linker: Linker<()> = Linker::new(&engine);
        for import in module.imports() {
            // The engine imports what reports a panic and what sets up a table; it needs neither to play.
            let kind = import.ty().func().expect("only functions are imported").clone();
            let define = linker.func_new(import.module(), import.name(), kind, |_: Caller<'_, ()>, _, _| Ok(()));
            define.unwrap();
        }
        let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
        let mut host = Self { store, instance, player: 0 };
        let (at, length) = host.put(&scenario.to_bytes());
        host.player = host.function::<(i32, i32), i32>("player_load").call(&mut host.store, (at, length)).unwrap();
        assert_ne!(host.player, 0, "the module reads what the build wrote");
        host
    }

    fn function<P: wasmi::WasmParams, R: wasmi::WasmResults>(&self, name: &str) -> TypedFunc<P, R> {
        self.instance.get_typed_func(&self.store, name).unwrap()
    }

    fn memory(&self) -> wasmi::Memory {
        self.instance.get_export(&self.store, "memory").and_then(Extern::into_memory).unwrap()
    }

    fn put(&mut self, bytes: &[u8]) -> (i32, i32) {
        let length = i32::try_from(bytes.len()).unwrap();
        let at = self.function::<(i32, i32), i32>("__wbindgen_malloc").call(&mut self.store, (length, 1)).unwrap();
        self.memory().write(&mut self.store, usize::try_from(at).unwrap(), bytes).unwrap();
        (at, length)
    }

    fn take(&mut self, (at, length): (i32, i32)) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(length).unwrap()];
        self.memory().read(&self.store, usize::try_from(at).unwrap(), &mut bytes).unwrap();
        self.function::<(i32, i32, i32), ()>("__wbindgen_free").call(&mut self.store, (at, length, 1)).unwrap();
        bytes
    }

    fn replay(&mut self, ids: &str) -> i32 {
        let (at, length) = self.put(ids.as_bytes());
        let replay = self.function::<(i32, i32, i32), i32>("player_replay");
        replay.call(&mut self.store, (self.player, at, length)).unwrap()
    }

    fn said(&mut self, method: &str) -> Vec<u8> {
        let said = self.function::<i32, (i32, i32)>(method).call(&mut self.store, self.player).unwrap();
        self.take(said)
    }
}

/// Every play to an ending, as choice ids.
fn plays(scenario: &Scenario) -> Vec<Vec<String>> {
    let mut plays = Vec::new();
    let mut unfinished = vec![Session::start(scenario)];
    while let Some(session) = unfinished.pop() {
        let view = session.view();
        if view.over {
            plays.push(session.run().into_iter().map(str::to_owned).collect());
        }
        for choice in (0..view.open.len()).filter(|choice| view.open[*choice]) {
            let mut next = session.clone();
            next.choose(choice).expect("it is open");
            unfinished.push(next);
        }
    }
    plays
}

#[track_caller]
fn agree(host: &mut Host, scenario: &Scenario, play: &[String]) {
    let (session, fit) = Session::replay(scenario, play);
    assert_eq!(host.replay(&play.join(",")), i32::try_from(fit).unwrap(), "{play:?}");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    assert_eq!(text(host.said("player_view")), text(session.view_json()), "{play:?}");
    assert_eq!(text(host.said("player_report")), text(session.report_json()), "{play:?}");
}

/// How many plays of one scenario are compared: all of the first two scenarios, and every n-th of a larger one.
const AT_MOST: usize = 12_000;

#[test]
fn every_play_of_the_shipped_scenarios() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = load(site).unwrap().course.expect("the shipped course is sound");
    let drills = course.lessons.iter().flat_map(|lesson| lesson.drills.values().map(|drill| &drill.story));
    let stories = course.scenarios.iter().map(|scenario| &scenario.story).chain(drills);
    let mut compared = 0;
    for story in stories {
        let mut host = Host::new(&story.engine);
        let plays = plays(&story.engine);
        for play in plays.iter().step_by(plays.len().div_ceil(AT_MOST)) {
            agree(&mut host, &story.engine, play);
            // Half of it, too: an unfinished play.
            agree(&mut host, &story.engine, &play[..play.len() / 2]);
            compared += 1;
        }
    }
    assert!(compared > 10_000, "only {compared} plays compared");
}

#[test]
fn the_order_of_choices() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = load(site).unwrap().course.expect("the shipped course is sound");
    let mut host = Host::new(&course.scenarios[0].story.engine);
    for seed in 0..200 {
        for count in 2..=5usize {
            let (node, places) = (seed % 9, i32::try_from(count).unwrap());
            let call = host.function::<(i32, i32, i32), (i32, i32)>("order");
            let said = call.call(&mut host.store, (seed, node, places)).unwrap();
            let here = order(u32::try_from(seed).unwrap(), usize::try_from(node).unwrap(), count);
            assert_eq!(host.take(said), here, "seed {seed}, node {node}");
        }
    }
}
