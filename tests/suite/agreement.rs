//! The engine as it ships, in the committed player, against the engine as the build runs it: the same bytes out, on
//! every play of everything that ships, and of scenarios made from numbers.
//!
//! The module is taken out of `player.js` and run as any WebAssembly host would run it, without the glue.

use std::io::Read as _;
use std::path::Path;
use std::sync::LazyLock;

use amends::load::load;
use base64::Engine as _;
use rayon::prelude::*;
use scenario_wasm::{Futures, Scenario, Session, order};
use wasmtime::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// The script that ships.
const PLAYER: &str = include_str!("../../scenario-wasm/dist/player.js");

/// The texts of the script that ships.
fn texts() -> impl Iterator<Item = &'static str> {
    PLAYER.split('"')
}

/// What the player's reader, a module of its own in base64, makes of a text.
fn read(text: &str) -> Vec<u8> {
    let base64 = texts().find(|text| text.starts_with("AGFzbQ")).unwrap();
    let reader = base64::engine::general_purpose::STANDARD.decode(base64).unwrap();
    let reader = Module::new(&Engine::default(), reader).unwrap();
    let (mut store, at) = instance(&reader);
    let memory = at.get_memory(&mut store, "memory").unwrap();
    memory.write(&mut store, 0, text.as_bytes()).unwrap();
    let read: TypedFunc<i32, i32> = function(&at, &mut store, "read");
    let count = read.call(&mut store, i32::try_from(text.len()).unwrap()).unwrap();
    memory.data(&store)[..usize::try_from(count).unwrap()].to_vec()
}

/// The module inside the player: the longest text, spelled as a graph is.
fn spelled() -> Vec<u8> {
    read(texts().max_by_key(|text| text.len()).unwrap())
}

#[test]
fn all_bytes_are_read_as_they_were() {
    let all: Vec<u8> = (0..=255).collect();
    for signs in [b"".as_slice(), b"\"\x1c", b"\"&'/<>"] {
        assert_eq!(read(&scenario_wasm::letters::letters(&all, signs)), all);
    }
}

/// The module inside a script that nobody waits for: the one long run of base64 letters.
pub(crate) fn module(script: &str) -> Vec<u8> {
    let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let longest = script.split(|letter| !is_base64(letter)).max_by_key(|run| run.len()).unwrap();
    let deflated = base64::engine::general_purpose::STANDARD.decode(longest).unwrap();
    let mut module = Vec::new();
    flate2::read::DeflateDecoder::new(deflated.as_slice()).read_to_end(&mut module).unwrap();
    module
}

/// A module in a store of its own.
pub(crate) fn instance(module: &Module) -> (Store<()>, Instance) {
    let mut store = Store::new(module.engine(), ());
    let mut linker: Linker<()> = Linker::new(module.engine());
    // The engine imports what reports a panic, which must not be called, and what sets up a table for objects of
    // JavaScript, of which it has none.
    for import in module.imports() {
        let kind = import.ty().func().expect("only functions are imported").clone();
        let name = import.name().to_owned();
        let called = move |_: wasmtime::Caller<'_, ()>, _: &[wasmtime::Val], _: &mut [wasmtime::Val]| {
            assert!(name.contains("externref"), "the module called {name}");
            Ok(())
        };
        linker.func_new(import.module(), import.name(), kind, called).unwrap();
    }
    let at = linker.instantiate(&mut store, module).unwrap();
    (store, at)
}

/// The player in a host of its own.
struct Host {
    store: Store<()>,
    memory: Memory,
    player: i32,
    malloc: TypedFunc<(i32, i32), i32>,
    free: TypedFunc<(i32, i32, i32), ()>,
    view: TypedFunc<i32, (i32, i32)>,
    report: TypedFunc<i32, (i32, i32)>,
    choose: TypedFunc<(i32, i32), i32>,
    undo: TypedFunc<i32, i32>,
    replay: TypedFunc<(i32, i32, i32), i32>,
    order: TypedFunc<(i32, i32, i32), (i32, i32)>,
}

impl Host {
    fn new(scenario: &Scenario) -> Self {
        static SHIPPED: LazyLock<Module> =
            LazyLock::new(|| Module::new(&Engine::default(), spelled()).unwrap());
        let (mut store, at) = instance(&SHIPPED);
        let load: TypedFunc<(i32, i32), i32> = at.get_typed_func(&mut store, "player_load").unwrap();
        let mut host = Self {
            memory: at.get_memory(&mut store, "memory").unwrap(),
            player: 0,
            malloc: function(&at, &mut store, "__wbindgen_malloc"),
            free: function(&at, &mut store, "__wbindgen_free"),
            view: function(&at, &mut store, "player_view"),
            report: function(&at, &mut store, "player_report"),
            choose: function(&at, &mut store, "player_choose"),
            undo: function(&at, &mut store, "player_undo"),
            replay: function(&at, &mut store, "player_replay"),
            order: function(&at, &mut store, "order"),
            store,
        };
        let bytes = host.put(&scenario.to_bytes());
        host.player = load.call(&mut host.store, bytes).unwrap();
        assert_ne!(host.player, 0, "the module reads what the build wrote");
        host
    }

    fn put(&mut self, bytes: &[u8]) -> (i32, i32) {
        let length = i32::try_from(bytes.len()).unwrap();
        let at = self.malloc.call(&mut self.store, (length, 1)).unwrap();
        self.memory.write(&mut self.store, usize::try_from(at).unwrap(), bytes).unwrap();
        (at, length)
    }

    fn take(&mut self, (at, length): (i32, i32)) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(length).unwrap()];
        self.memory.read(&self.store, usize::try_from(at).unwrap(), &mut bytes).unwrap();
        self.free.call(&mut self.store, (at, length, 1)).unwrap();
        bytes
    }

    fn view(&mut self) -> Vec<u8> {
        let view = self.view.call(&mut self.store, self.player).unwrap();
        self.take(view)
    }

    fn report(&mut self) -> Vec<u8> {
        let report = self.report.call(&mut self.store, self.player).unwrap();
        self.take(report)
    }

    fn choose(&mut self, choice: usize) -> bool {
        self.choose.call(&mut self.store, (self.player, i32::try_from(choice).unwrap())).unwrap() == 1
    }

    fn undo(&mut self) -> bool {
        self.undo.call(&mut self.store, self.player).unwrap() == 1
    }

    fn replay(&mut self, ids: &str) -> i32 {
        let (at, length) = self.put(ids.as_bytes());
        self.replay.call(&mut self.store, (self.player, at, length)).unwrap()
    }

    fn order(&mut self, seed: i32, node: i32, count: usize) -> Vec<u8> {
        let order = self.order.call(&mut self.store, (seed, node, i32::try_from(count).unwrap())).unwrap();
        self.take(order)
    }
}

fn function<P: wasmtime::WasmParams, R: wasmtime::WasmResults>(
    instance: &Instance,
    store: &mut Store<()>,
    name: &str,
) -> TypedFunc<P, R> {
    instance.get_typed_func(store, name).unwrap()
}

/// A story played on both sides at once.
struct Both<'a> {
    host: Host,
    session: Session<&'a Scenario>,
    futures: Futures,
    ended: usize,
}

impl Both<'_> {
    /// Every play on from here, with what both sides say of it.
    fn go_on(&mut self) {
        let view = self.session.view_json();
        assert_eq!(self.host.view(), view, "{}", String::from_utf8_lossy(&view));
        let view = self.session.view();
        if view.over {
            self.ended += 1;
            let report = self.session.report_json(&self.futures);
            assert_eq!(self.host.report(), report, "{}", String::from_utf8_lossy(&report));
        }
        for (choice, open) in view.open.iter().enumerate() {
            assert_eq!(self.host.choose(choice), *open, "choice {choice} after {:?}", self.session.run());
            if *open {
                self.session.choose(choice).expect("it is open");
                self.go_on();
                assert!(self.host.undo() && self.session.undo());
            }
        }
    }
}

#[test]
fn every_play_of_the_shipped_scenarios() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = load(site).unwrap().course.expect("the shipped course is sound");
    let drills = course.lessons.iter().flat_map(|lesson| lesson.drills.values().map(|drill| &drill.story));
    let stories: Vec<_> = course.scenarios.iter().map(|scenario| &scenario.story).chain(drills).collect();
    let ended: usize = stories.par_iter().map(|story| play_all(&story.engine)).sum();
    assert!(ended > 100_000, "only {ended} plays compared");
}

#[test]
fn every_play_of_generated_scenarios() {
    let ended: usize =
        crate::generated::scenarios(1000).par_iter().map(|(_, scenario)| play_all(scenario)).sum();
    assert!(ended > 5_000, "only {ended} plays compared");
}

/// Plays everything on both sides and counts the plays.
fn play_all(scenario: &Scenario) -> usize {
    let (session, futures) = (Session::start(scenario), Futures::of(scenario));
    let mut both = Both { host: Host::new(scenario), session, futures, ended: 0 };
    both.go_on();
    both.ended
}

#[test]
fn a_run_is_replayed_as_far_as_it_fits() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = load(site).unwrap().course.expect("the shipped course is sound");
    for scenario in &course.scenarios {
        let scenario = &scenario.story.engine;
        let (mut host, mut session) = (Host::new(scenario), Session::start(scenario));
        while let Some(open) = session.view().open.iter().position(|open| *open) {
            session.choose(open).expect("it is open");
        }
        let run = session.run().join(",");
        for ids in [&run, &format!("{run},more"), &format!("nonsense,{run}"), &run.replacen(',', ",,", 1)] {
            let (here, fit) = Session::replay(scenario, ids.split(','));
            assert_eq!(host.replay(ids), i32::try_from(fit).unwrap(), "{ids}");
            assert_eq!(host.view(), here.view_json(), "{ids}");
            assert_eq!(host.report(), here.report_json(&Futures::of(scenario)), "{ids}");
        }
    }
}

#[test]
fn the_order_of_choices() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = load(site).unwrap().course.expect("the shipped course is sound");
    let mut host = Host::new(&course.scenarios[0].story.engine);
    for seed in 0..200 {
        for count in 2..=5 {
            let node = seed % 9;
            let here = order(u32::try_from(seed).unwrap(), usize::try_from(node).unwrap(), count);
            assert_eq!(host.order(seed, node, count), here, "seed {seed}, node {node}");
        }
    }
}
