//! The engine in the committed script of codes against the native engine: the same codes for the same plays, and the same
//! class report on the same codes, byte for byte.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use scenario_wasm::class::{Class, Rule, Scenarios};
use scenario_wasm::code::{self, PlayInfo, Reporting, Said, ScenarioKey};
use scenario_wasm::{Choice, Decision, Graph, Scenario, Session};

use crate::generated::Rng;
use crate::harness::Site;
use crate::memory::assert_linear;
use crate::playing::random_play;
use crate::wasm::{Host, base64, metered, module};

/// The committed script.
const CODES: &str = include_str!("../../scenario-wasm/dist/codes.js");

/// The module inside the script: its only long run of base64.
fn wasm() -> Vec<u8> {
    let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let longest = CODES.split(|letter| !is_base64(letter)).max_by_key(|run| run.len()).unwrap();
    let mut bytes = Vec::new();
    DeflateDecoder::new(base64(longest).as_slice()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn host() -> Host {
    Host::new(&module(&wasm()))
}

/// Calls a function of the module that returns a text.
fn text(host: &mut Host, name: &str, arguments: &[i32]) -> String {
    String::from_utf8(host.bytes(name, arguments)).unwrap()
}

/// The module's part of the trainer's desk: reads the codes of a class, and reports on them.
struct Desk<'h> {
    host: &'h mut Host,
    /// The address of the desk in the module.
    at: i32,
}

impl<'h> Desk<'h> {
    fn open(host: &'h mut Host, course: &str, level: usize) -> Self {
        let [course, length] = host.put(course.as_bytes());
        let at = host.number("desk_open", &[course, length, i32::try_from(level).unwrap(), 0]);
        Self { host, at }
    }

    /// Adds a version of a scenario with this function, under these names.
    fn put(&mut self, function: &str, names: &str, version: &Scenario) {
        let slices = [names.as_bytes(), &version.to_bytes()].map(|bytes| self.host.put(bytes)).concat();
        assert_eq!(self.host.number(function, &[&[self.at], slices.as_slice()].concat()), 1);
    }

    fn read(&mut self, class: &str) {
        // The browser also passes the text in two other Unicode normal forms; here they are the same text.
        let forms = [0; 3].map(|_| self.host.put(class.as_bytes())).concat();
        self.host.run("desk_read", &[&[self.at], forms.as_slice()].concat());
    }

    fn report(&mut self) -> String {
        text(self.host, "desk_report", &[self.at])
    }

    fn table(&mut self, file: &str) -> String {
        let [file, length] = self.host.put(file.as_bytes());
        text(self.host, "desk_table", &[self.at, file, length])
    }
}

#[test]
fn the_browser_makes_and_reads_codes_as_the_terminal_does() {
    let library = Site::fixture("course").check().library();
    let (mut host, mut rng) = (host(), Rng::new(6));
    let course = library.settings.id.clone();
    let mut class_text = String::from("codes of a class\n");
    for (at, (scenario, _)) in library.scenarios.iter().enumerate() {
        for play in 0..40 {
            let session = random_play(&scenario.story.engine, &mut rng);
            let (seed, seconds) = (rng.below(1 << 32) as u32, if play == 0 { u32::MAX } else { 97 * play });
            let who = ["", "Kim", "p4", "Zoë <b>", "=1"][rng.below(5)];
            let level = [0u8, 1, 2, 2, 2][rng.below(5)];
            let reporting = [Reporting::Minimal, Reporting::Scores, Reporting::Full][usize::from(level)];
            let info =
                PlayInfo { challenge: true, seed, seconds: Some(seconds).filter(|each| *each < u32::MAX) };
            let key = ScenarioKey::new(&course, &scenario.slug);
            let native = code::encode(key, &session, reporting, info, who).unwrap();
            let (graph, run) = (session.scenario().to_bytes(), session.run().join(","));
            let texts = [course.as_bytes(), scenario.slug.as_bytes(), &graph, run.as_bytes()];
            let mut arguments = texts.map(|bytes| host.put(bytes)).concat();
            let last = i32::from(Said::of(&session).final_);
            arguments.extend([last, i32::from(level), seed.cast_signed(), seconds.cast_signed()]);
            arguments.extend(host.put(who.as_bytes()));
            assert_eq!(text(&mut host, "code", &arguments), native, "{}", scenario.slug);
            class_text.push_str(&native);
            class_text.push_str(if (at + play as usize).is_multiple_of(7) {
                "\nmisread 6AAAA-AAAAA-AAAA1-AAAAA\n"
            } else {
                "\n"
            });
        }
    }
    for (level, reporting) in [Reporting::Minimal, Reporting::Scores, Reporting::Full].into_iter().enumerate()
    {
        let mut scenarios = Scenarios::new(reporting);
        let mut desk = Desk::open(&mut host, &course, level);
        for (scenario, _) in &library.scenarios {
            scenarios.add(&course, &scenario.slug, [], &scenario.story.engine);
            desk.put("desk_put", &scenario.slug, &scenario.story.engine);
        }
        let class = Class::of(&scenarios, scenarios.read(0, &class_text, &[]), Rule::First);
        desk.read(&class_text);
        assert_eq!(desk.report(), String::from_utf8(class.json(&scenarios)).unwrap(), "{reporting:?}");
        assert!(
            class.rows.len() > 150 && class.unread.len() > 10,
            "{} {}",
            class.rows.len(),
            class.unread.len()
        );
        assert_eq!(desk.table("pasted"), class.csv(&scenarios, &["pasted"]), "{reporting:?}");
    }
}

#[test]
fn reading_codes_takes_linear_time() {
    let library = Site::fixture("course").check().library();
    let (course, (scenario, _)) = (library.settings.id.clone(), &library.scenarios[0]);
    let engine = &scenario.story.engine;
    let mut rng = Rng::new(3);
    let plays: Vec<Session<&Scenario>> = (0..40).map(|_| random_play(engine, &mut rng)).collect();
    let code = |at: usize, who: &str| {
        let info = PlayInfo { challenge: true, seed: at as u32, seconds: Some(97) };
        let key = ScenarioKey::new(&course, &scenario.slug);
        code::encode(key, &plays[at % plays.len()], Reporting::Full, info, who).unwrap()
    };
    // What a class can send in large numbers.
    type Line<'l> = &'l dyn Fn(usize) -> String;
    let kinds: [(&str, Line<'_>); 5] = [
        ("people", &|at| code(at, &format!("p{at}"))),
        ("attempts of one person", &|at| code(at, "Kim")),
        ("one code repeatedly", &|_| code(0, "Kim")),
        ("mistyped codes", &|at| code(at, "Kim").replacen('-', "--0", 1)),
        ("words around codes", &|_| "Hello, my code is below. Regards, 4711-AAAAA".to_owned()),
    ];
    let module = metered(&wasm());
    for (name, line) in kinds {
        assert_linear(name, |count| {
            let text: String = (0..count).map(|at| line(at) + "\n").collect();
            let mut host = Host::new(&module);
            let mut desk = Desk::open(&mut host, &course, 2);
            desk.put("desk_put", &scenario.slug, engine);
            desk.read(&text);
            assert!(!desk.report().is_empty());
            host.instructions()
        });
    }
}

/// However an author edits an included scenario, a code still gives the result of the play, in the terminal and in the
/// browser; and if all of its choices still exist, their current result.
#[test]
fn codes_of_the_included_course_outlive_edits() {
    let decisions = |graph: &mut Graph, edit: &dyn Fn(&mut Decision)| {
        graph.nodes.iter_mut().filter_map(|node| node.decision.as_mut()).for_each(edit);
    };
    let choices = |graph: &mut Graph, edit: &dyn Fn(&mut Choice)| {
        decisions(graph, &|decision| decision.choices.iter_mut().for_each(edit));
    };
    let put_first = |decision: &mut Decision| {
        let ratings = vec![1; decision.tests.len()];
        let first =
            Choice { id: "put-first".into(), was: Vec::new(), ratings, ..decision.choices[0].clone() };
        decision.choices.insert(0, first);
    };
    let insert_decision = |graph: &mut Graph| {
        choices(graph, &|choice| {
            choice.then += 1;
            choice.ways.iter_mut().for_each(|(_, to)| *to += 1);
        });
        let mut first = graph.nodes[0].clone();
        first.id = "inserted".into();
        for choice in first.decision.iter_mut().flat_map(|decision| &mut decision.choices) {
            *choice =
                Choice { id: format!("{}-too", choice.id), ways: Vec::new(), then: 1, ..choice.clone() };
        }
        graph.nodes.insert(0, first);
    };
    let rename = |choice: &mut Choice| {
        let id = format!("new-{}", choice.id);
        choice.was.push(std::mem::replace(&mut choice.id, id));
    };
    type Edit<'e> = &'e dyn Fn(&mut Graph);
    // An edit, whether it makes another version, and whether the choices still exist.
    let edits: [(Edit<'_>, bool, bool); 6] = [
        (&|_| {}, false, true),
        (&|graph| decisions(graph, &|decision| decision.choices.reverse()), false, true),
        (&|graph| decisions(graph, &put_first), true, true),
        (&insert_decision, true, false),
        (
            &|graph| {
                choices(graph, &|choice| {
                    choice.ratings.iter_mut().filter(|each| **each < 3).for_each(|each| *each = 0)
                })
            },
            true,
            true,
        ),
        (&|graph| choices(graph, &rename), true, true),
    ];
    let library = Site::shipped().check().library();
    let (mut host, mut rng, mut longest) = (host(), Rng::new(11), 0);
    let course = library.settings.id.clone();
    for (scenario, _) in &library.scenarios {
        let engine = &scenario.story.engine;
        let plays: Vec<Session<&Scenario>> = (0..6).map(|_| random_play(engine, &mut rng)).collect();
        let code = |(session, seed): (&Session<&Scenario>, u32)| {
            let info = PlayInfo { challenge: true, seed, seconds: Some(400) };
            let key = ScenarioKey::new(&course, &scenario.slug);
            code::encode(key, session, Reporting::Full, info, &format!("p{seed}")).unwrap()
        };
        let codes: Vec<String> = plays.iter().zip(0..).map(code).collect();
        let symbols = |code: &String| code.split('~').next().unwrap().replace('-', "").len();
        longest = longest.max(codes.iter().map(symbols).max().unwrap());
        let text = codes.join("\n");
        for (at, (edit, is_other_version, choices_exist)) in edits.iter().enumerate() {
            let mut graph = engine.graph().clone();
            edit(&mut graph);
            let edited = Scenario::new(graph).unwrap();
            for is_known in [false, true] {
                let mut scenarios = Scenarios::new(Reporting::Full);
                scenarios.add(&course, "renamed", [scenario.slug.as_str()], &edited);
                let mut desk = Desk::open(&mut host, &course, 2);
                desk.put("desk_put", &format!("renamed,{}", scenario.slug), &edited);
                if is_known {
                    scenarios.add_before(&course, &scenario.slug, engine);
                    desk.put("desk_put_before", &scenario.slug, engine);
                }
                let class = Class::of(&scenarios, scenarios.read(0, &text, &[]), Rule::First);
                assert_eq!(class.rows.len(), codes.len(), "{} {at}: {:?}", scenario.slug, class.unread);
                for (row, play) in class.rows.iter().zip(&plays) {
                    let (result, then) = (&row.result, Said::of(play));
                    let said = Said {
                        final_: result.final_,
                        pass: result.pass,
                        band: u8::try_from(result.band).ok(),
                    };
                    assert_eq!((said, result.moved), (then, *is_other_version), "{} {at}", scenario.slug);
                    // Other ratings give other goodwill, which may close a way of the play.
                    let run = play.run();
                    let is_open = || Session::start(&edited).follow(&run) == run.len();
                    let can_replay = *choices_exist && (at != 4 || is_open());
                    assert_eq!(
                        result.now.is_some(),
                        *is_other_version && can_replay,
                        "{} {at}",
                        scenario.slug
                    );
                    let is_same = result.now.is_none_or(|now| now == then) && can_replay;
                    assert_eq!(result.verified, is_known || is_same, "{} {at}", scenario.slug);
                }
                desk.read(&text);
                assert_eq!(
                    desk.report(),
                    String::from_utf8(class.json(&scenarios)).unwrap(),
                    "{} {at}",
                    scenario.slug
                );
            }
        }
    }
    assert!(longest <= 36, "{longest} symbols");
}
