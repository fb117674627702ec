//! The codes as they ship, in the committed script, against the engine as the terminal runs it: the same codes out of
//! the same plays, and the same class out of the same codes, byte for byte.

use std::io::Read as _;

use amends::results::Text;
use flate2::read::DeflateDecoder;
use scenario_wasm::class::Scenarios;
use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Scenario, Session};

use crate::generated::Draw;
use crate::harness::Site;
use crate::wasm::{Host, base64, module};

/// The script that ships.
const CODES: &str = include_str!("../../scenario-wasm/dist/codes.js");

/// The module inside the script, which nobody waits for: the one long run of base64 letters.
fn host() -> Host {
    let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || "+/=".contains(letter);
    let longest = CODES.split(|letter| !is_base64(letter)).max_by_key(|run| run.len()).unwrap();
    let mut bytes = Vec::new();
    DeflateDecoder::new(base64(longest).as_slice()).read_to_end(&mut bytes).unwrap();
    Host::new(&module(&bytes))
}

/// A text of the module.
fn text(host: &mut Host, name: &str, arguments: &[i32]) -> String {
    String::from_utf8(host.bytes(name, arguments)).unwrap()
}

#[test]
fn the_browser_makes_and_reads_codes_as_the_terminal_does() {
    let library = Site::fixture("course").check().library();
    let (mut host, mut draw) = (host(), Draw::new(6));
    let course = library.settings.id.clone();
    let mut class_text = String::from("codes of a class\n");
    for (at, (scenario, _)) in library.scenarios.iter().enumerate() {
        for play in 0..40 {
            let session = random_play(&scenario.story.engine, &mut draw);
            let (seed, seconds) = (draw.below(1 << 32) as u32, if play == 0 { u32::MAX } else { 97 * play });
            let who = ["", "Kim", "p4", "Zoë <b>", "=1"][draw.below(5)];
            let level = [0u8, 1, 2, 2, 2][draw.below(5)];
            let reporting = [Reporting::Minimal, Reporting::Scores, Reporting::Full][usize::from(level)];
            let info =
                PlayInfo { challenge: true, seed, seconds: Some(seconds).filter(|each| *each < u32::MAX) };
            let key = ScenarioKey::new(&course, &scenario.slug);
            let native = code::encode(key, &session, reporting, info, who).unwrap();
            let (graph, run) = (session.scenario().to_bytes(), session.run().join(","));
            let texts = [course.as_bytes(), scenario.slug.as_bytes(), &graph, run.as_bytes()];
            let mut arguments = texts.map(|bytes| host.put(bytes)).concat();
            arguments.extend([i32::from(level), seed.cast_signed(), seconds.cast_signed()]);
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
        let [at, length] = host.put(course.as_bytes());
        let desk = host.number("desk_open", &[at, length, i32::try_from(level).unwrap(), 0]);
        for (scenario, _) in &library.scenarios {
            scenarios.add(&course, &scenario.slug, &scenario.story.engine);
            let slices = [scenario.slug.as_bytes(), &scenario.story.engine.to_bytes()];
            let slices = slices.map(|bytes| host.put(bytes)).concat();
            assert_eq!(host.number("desk_put", &[&[desk], slices.as_slice()].concat()), 1);
        }
        let texts = [Text { name: "pasted".into(), text: class_text.clone() }];
        let class = library.class(&scenarios, &texts);
        let forms = [0; 3].map(|_| host.put(class_text.as_bytes())).concat();
        host.run("desk_read", &[&[desk], forms.as_slice()].concat());
        let report = text(&mut host, "desk_report", &[desk]);
        assert_eq!(report, String::from_utf8(class.json(&scenarios)).unwrap(), "{reporting:?}");
        assert!(
            class.rows.len() > 150 && class.unread.len() > 10,
            "{} {}",
            class.rows.len(),
            class.unread.len()
        );
        let [at, length] = host.put(b"pasted");
        assert_eq!(
            text(&mut host, "desk_table", &[desk, at, length]),
            class.csv(&scenarios, &["pasted"]),
            "{reporting:?}"
        );
    }
}

/// A play to its end, by chance.
pub(crate) fn random_play<'s>(scenario: &'s Scenario, draw: &mut Draw) -> Session<&'s Scenario> {
    let mut session = Session::start(scenario);
    while session.decision().is_some() {
        let open: Vec<usize> =
            (0..).zip(session.view().open).filter_map(|(at, open)| open.then_some(at)).collect();
        session.choose(open[draw.below(open.len())]).unwrap();
    }
    session
}
