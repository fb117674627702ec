//! The codes as they ship, in the committed script, against the engine as the terminal runs it: the same codes out of
//! the same plays, and the same class out of the same codes, byte for byte.

use amends::results::{Library, Text};
use scenario_wasm::class::Scenarios;
use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};
use wasmtime::{Engine, Instance, Memory, Module, Store, Val};

use crate::agreement::{instance, module};
use crate::generated::Draw;

/// The script that ships.
const CODES: &str = include_str!("../../scenario-wasm/dist/codes.js");

/// The module in a host of its own.
struct Host {
    store: Store<()>,
    at: Instance,
    memory: Memory,
}

impl Host {
    fn new() -> Self {
        let module = Module::new(&Engine::default(), module(CODES)).unwrap();
        let (mut store, at) = instance(&module);
        let memory = at.get_memory(&mut store, "memory").unwrap();
        Self { store, at, memory }
    }

    fn call(&mut self, name: &str, arguments: &[i32], results: usize) -> Vec<i32> {
        let function = self.at.get_func(&mut self.store, name).unwrap_or_else(|| panic!("no {name}"));
        let arguments: Vec<Val> = arguments.iter().map(|each| Val::I32(*each)).collect();
        let mut out = vec![Val::I32(0); results];
        function.call(&mut self.store, &arguments, &mut out).unwrap();
        out.iter().map(|each| each.unwrap_i32()).collect()
    }

    fn put(&mut self, bytes: &[u8]) -> [i32; 2] {
        let length = i32::try_from(bytes.len()).unwrap();
        let at = self.call("__wbindgen_malloc", &[length, 1], 1)[0];
        self.memory.write(&mut self.store, usize::try_from(at).unwrap(), bytes).unwrap();
        [at, length]
    }

    fn take(&mut self, slice: &[i32]) -> String {
        let mut bytes = vec![0; usize::try_from(slice[1]).unwrap()];
        self.memory.read(&self.store, usize::try_from(slice[0]).unwrap(), &mut bytes).unwrap();
        self.call("__wbindgen_free", &[slice[0], slice[1], 1], 0);
        String::from_utf8(bytes).unwrap()
    }

    fn code(
        &mut self,
        course: &str,
        slug: &str,
        session: &Session<&Scenario>,
        made: (u8, u32, u32, &str),
    ) -> String {
        let (level, seed, seconds, who) = made;
        let run = session.run().join(",");
        let graph = session.scenario().to_bytes();
        let mut arguments = Vec::new();
        for bytes in [course.as_bytes(), slug.as_bytes(), &graph, run.as_bytes()] {
            arguments.extend(self.put(bytes));
        }
        arguments.extend([i32::from(level), seed.cast_signed(), seconds.cast_signed()]);
        arguments.extend(self.put(who.as_bytes()));
        let slice = self.call("code", &arguments, 2);
        self.take(&slice)
    }
}

#[test]
fn the_browser_makes_and_reads_codes_as_the_terminal_does() {
    let library = shipped();
    let (mut host, mut draw) = (Host::new(), Draw::new(6));
    let course = library.settings.id.clone();
    let mut text = String::from("codes of a class\n");
    for (at, (scenario, _)) in library.scenarios.iter().enumerate() {
        for play in 0..12 {
            let mut session = Session::start(&scenario.story.engine);
            while session.decision().is_some() {
                let open: Vec<usize> =
                    (0..).zip(session.view().open).filter_map(|(at, open)| open.then_some(at)).collect();
                session.choose(open[draw.below(open.len())]).unwrap();
            }
            let (seed, seconds) = (draw.below(1 << 32) as u32, if play == 0 { u32::MAX } else { 97 * play });
            let who = ["", "Kim", "p4", "Zoë <b>", "=1"][draw.below(5)];
            let level = [0u8, 1, 2, 2, 2][draw.below(5)];
            let reporting = [Reporting::Minimal, Reporting::Scores, Reporting::Full][usize::from(level)];
            let info =
                PlayInfo { challenge: true, seed, seconds: Some(seconds).filter(|each| *each < u32::MAX) };
            let key = ScenarioKey::new(&course, &scenario.slug);
            let native = code::encode(key, &session, reporting, info, who).unwrap();
            let browser = host.code(&course, &scenario.slug, &session, (level, seed, seconds, who));
            assert_eq!(browser, native, "{}", scenario.slug);
            text.push_str(&native);
            text.push_str(if (at + play as usize).is_multiple_of(7) {
                "\nmisread 6AAAA-AAAAA-AAAA1-AAAAA\n"
            } else {
                "\n"
            });
        }
    }
    for (level, reporting) in [Reporting::Minimal, Reporting::Scores, Reporting::Full].into_iter().enumerate()
    {
        let mut scenarios = Scenarios::new(reporting);
        let [at, length] = host.put(course.as_bytes());
        let desk = host.call("desk_open", &[at, length, i32::try_from(level).unwrap(), 0], 1)[0];
        for (scenario, _) in &library.scenarios {
            scenarios.add(&course, &scenario.slug, &scenario.story.engine);
            let ([slug, slug_long], [graph, graph_long]) =
                (host.put(scenario.slug.as_bytes()), host.put(&scenario.story.engine.to_bytes()));
            assert_eq!(host.call("desk_put", &[desk, slug, slug_long, graph, graph_long], 1), [1]);
        }
        let texts = [Text { name: "pasted".into(), text: text.clone() }];
        let class = library.class(&scenarios, &texts);
        let [at, length] = host.put(text.as_bytes());
        host.call("desk_read", &[desk, at, length], 0);
        let slice = host.call("desk_report", &[desk], 2);
        let report = host.take(&slice);
        assert_eq!(report, String::from_utf8(class.json(&scenarios)).unwrap(), "{reporting:?}");
        assert!(
            class.rows.len() > 150 && class.unread.len() > 10,
            "{} {}",
            class.rows.len(),
            class.unread.len()
        );
        let [at, length] = host.put(b"pasted");
        let slice = host.call("desk_table", &[desk, at, length], 2);
        assert_eq!(host.take(&slice), class.csv(&scenarios, &["pasted"]), "{reporting:?}");
    }
}

fn shipped() -> Library {
    let site = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = std::fs::read_dir(site.join("content/scenarios"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let scenarios = paths.iter().filter_map(|path| amends::load::scenario(path).unwrap().scenario).collect();
    Library { settings: amends::load::settings(site).unwrap(), scenarios, lessons: Vec::new() }
}
