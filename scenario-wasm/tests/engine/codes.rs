//! Result codes: any play survives a round trip, a misread symbol is detected, and codes that people have stay readable.

mod scanning;

use scenario_wasm::code::{
    self, Body, Code, Fault, Fingerprint, Path, PlayInfo, Reporting, Said, ScenarioKey,
};
use scenario_wasm::{Choice, Gate, Graph, Op, Scenario};

use crate::build::{ACT, APOLOGIZE, EMPATHIZE, LISTEN, choice, decision, ending, graph, leaa};
use crate::generated::{Rng, scenarios};
use crate::playing::{played, random_play};

const KINDS: [Reporting; 3] = [Reporting::Minimal, Reporting::Scores, Reporting::Full];
const INFO: PlayInfo = PlayInfo { challenge: true, seed: 0x9e37_79b1, seconds: Some(400) };
const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn key() -> ScenarioKey {
    ScenarioKey::new("course", "late-parcel")
}

/// Seven decisions, each with five choices: the longest conversation whose code must fit 34 symbols.
fn seven_decisions() -> Scenario {
    let tests = [LISTEN, LISTEN, EMPATHIZE, APOLOGIZE, ACT, ACT, LISTEN];
    let node = |(at, skill): (usize, &u8)| {
        let then = u16::try_from(at + 1).unwrap();
        let choices = (0..5u8).map(|place| choice(&format!("c{place}"), &[3 - place.min(3)], then));
        decision(&format!("n{at}"), &[*skill], choices.collect())
    };
    let mut nodes: Vec<_> = tests.iter().enumerate().map(node).collect();
    nodes.push(ending("end"));
    Scenario::new(graph(leaa(), nodes)).unwrap()
}

/// The choices of a full code, and the result that it states.
fn decode_path(code: &str) -> (Path, Option<Said>) {
    match Code::decode(code).unwrap() {
        Code { body: Body::Path(path), said, .. } => (path, said),
        other => panic!("{other:?}"),
    }
}

fn encoded(scenario: &Scenario, choices: &[usize], kind: Reporting, who: &str) -> String {
    code::encode(key(), &played(scenario, choices).unwrap(), kind, INFO, who).unwrap()
}

#[test]
fn any_play_survives_a_round_trip() {
    let mut rng = Rng::new(1);
    for (seed, scenario) in scenarios(2_000) {
        let session = random_play(&scenario, &mut rng);
        let report = session.report();
        for kind in KINDS {
            let info = PlayInfo { challenge: rng.one_in(2), seed: rng.below(1 << 32) as u32, seconds: None };
            let who = ["", "Kim", "Jürgen Öz", "李"][rng.below(4)];
            let text = code::encode(key(), &session, kind, info, who).unwrap();
            let read = Code::decode(&text).unwrap_or_else(|fault| panic!("{seed}: {text}: {fault:?}"));
            assert_eq!(
                (read.key, read.fingerprint, read.seed),
                (key(), Fingerprint::of(&scenario), info.seed)
            );
            assert_eq!(read.who, who.replace(' ', "-"));
            assert_eq!(read.said, Some(Said::of(&session)));
            match read.body {
                Body::Path(path) => {
                    assert_eq!(kind, Reporting::Full);
                    assert_eq!(path.challenge, info.challenge);
                    let again = path.replay(&scenario, true, read.said).unwrap();
                    assert_eq!(again.chosen(), session.chosen(), "{seed}: {text}");
                }
                Body::Unverified { skills } => {
                    let scores: Vec<u64> = report.skills.iter().map(|skill| skill.score.rounded).collect();
                    let scored = skills.map(|skills| skills.into_iter().map(u64::from).collect::<Vec<_>>());
                    assert_eq!(scored, (kind == Reporting::Scores).then_some(scores));
                }
            }
        }
    }
}

#[test]
fn seven_decisions_fit_thirty_four_symbols() {
    let scenario = seven_decisions();
    for choices in [[0; 7], [4; 7], [0, 1, 2, 3, 4, 0, 1]] {
        for kind in KINDS {
            let text = encoded(&scenario, &choices, kind, "");
            let symbols = text.chars().filter(|letter| *letter != '-').count();
            assert!(symbols <= 34, "{text}: {symbols}");
            assert_eq!(text.split('-').map(str::len).max(), Some(5), "{text}");
        }
    }
}

#[test]
fn a_changed_symbol_is_detected_in_any_position() {
    let scenario = seven_decisions();
    for (kind, who) in KINDS.into_iter().zip(["", "kim", "Jürgen"]) {
        let text = encoded(&scenario, &[0, 1, 2, 3, 4, 0, 1], kind, who);
        let code: Vec<char> = text.split('~').next().unwrap().chars().collect();
        for place in (0..code.len()).filter(|place| code[*place] != '-') {
            for symbol in SYMBOLS.chars().filter(|symbol| *symbol != code[place]) {
                let mut changed = code.clone();
                changed[place] = symbol;
                let changed = format!("{}~{who}", changed.iter().collect::<String>());
                assert_eq!(Code::decode(&changed).err(), Some(Fault::Checksum), "{changed}");
            }
        }
    }
}

#[test]
fn two_changed_or_swapped_symbols_are_detected() {
    let text = encoded(&seven_decisions(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "");
    let code: Vec<u8> = text.bytes().filter(|letter| *letter != b'-').collect();
    let read = |code: &[u8]| Code::decode(std::str::from_utf8(code).unwrap()).err();
    for one in 0..code.len() {
        for other in one + 1..code.len() {
            for (first, second) in
                SYMBOLS.bytes().flat_map(|first| SYMBOLS.bytes().map(move |second| (first, second)))
            {
                let mut changed = code.clone();
                (changed[one], changed[other]) = (first, second);
                assert!(changed == code || read(&changed) == Some(Fault::Checksum), "{changed:?}");
            }
        }
    }
}

#[test]
fn a_missing_or_doubled_symbol_is_detected() {
    let text = encoded(&seven_decisions(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "").replace('-', "");
    for place in 0..text.len() {
        let mut shorter = text.clone();
        let symbol = shorter.remove(place);
        assert!(Code::decode(&shorter).is_err(), "{shorter}");
        let mut longer = text.clone();
        longer.insert(place, symbol);
        assert!(Code::decode(&longer).is_err(), "{longer}");
    }
}

#[test]
fn the_checksum_covers_the_name() {
    let text = encoded(&seven_decisions(), &[0; 7], Reporting::Full, "Kim");
    assert!(Code::decode(&text.to_lowercase()).is_ok(), "case must not matter");
    for other in ["Tim", "", "Kimm", "Ki"] {
        let changed = format!("{}~{other}", text.split('~').next().unwrap());
        assert_eq!(Code::decode(&changed).err(), Some(Fault::Checksum), "{changed}");
    }
}

#[test]
fn a_code_with_a_valid_checksum_can_still_be_invalid() {
    // A closed choice that was taken: encoded with a scenario that leaves it open.
    let gated = |gate: Gate| {
        let mut gated = choice("b", &[1], 1);
        gated.when = gate;
        let first = decision("start", &[LISTEN], vec![choice("a", &[3], 1), gated]);
        let mut graph = graph(leaa(), vec![first, ending("end")]);
        graph.flags = 1;
        Scenario::new(graph).unwrap()
    };
    let (open, closed) = (gated(Gate::default()), gated(Gate(vec![Op::Flag(0)])));
    let (path, said) = decode_path(&encoded(&open, &[1], Reporting::Full, ""));
    assert!(path.replay(&open, true, said).is_ok());
    assert_eq!(path.replay(&closed, true, said).err(), Some(Fault::Path));
    assert_eq!(path.replay(&closed, false, said).err(), Some(Fault::Moved));
    assert_eq!(path.replay(&seven_decisions(), true, said).err(), Some(Fault::Path));
    // Another result than that of the choices.
    let false_result = said.map(|said| Said { final_: 100, ..said });
    assert_eq!(path.replay(&open, true, false_result).err(), Some(Fault::Path));
}

#[test]
fn another_version_is_replayed_if_the_choices_exist() {
    let story = |ids: &[&str], edit: fn(&mut Graph)| {
        let choices = ids.iter().zip([3, 1, 0, 0]).map(|(id, rating)| choice(id, &[rating], 1));
        let nodes = vec![decision("start", &[LISTEN], choices.collect()), ending("end")];
        let mut graph = graph(leaa(), nodes);
        edit(&mut graph);
        Scenario::new(graph).unwrap()
    };
    fn choice_at(graph: &mut Graph, place: usize) -> &mut Choice {
        &mut graph.nodes[0].decision.as_mut().unwrap().choices[place]
    }
    let as_is = |_: &mut Graph| {};
    let old = story(&["ask", "note", "cut"], as_is);
    let (path, said) = decode_path(&encoded(&old, &[1], Reporting::Full, ""));
    let same = [
        // Neither another order nor a former id makes another version.
        story(&["ask", "note", "cut"], |graph| graph.nodes[0].decision.as_mut().unwrap().choices.swap(1, 2)),
        story(&["ask", "note", "cut"], |graph| choice_at(graph, 1).was = vec!["memo".into()]),
    ];
    for edited in same {
        assert_eq!(Fingerprint::of(&old), Fingerprint::of(&edited));
        assert_eq!(path.replay(&edited, true, said).unwrap().run(), ["note"]);
    }
    type Other<'a> = (&'a [&'a str], fn(&mut Graph), Option<&'a str>);
    let others: [Other<'_>; 6] = [
        (&["ask", "note", "cut"], |graph| choice_at(graph, 1).ratings = vec![2], Some("note")),
        (&["ask", "note", "cut", "more"], as_is, Some("note")),
        (&["ask", "note"], as_is, Some("note")),
        (&["ask", "write", "cut"], |graph| choice_at(graph, 1).was = vec!["note".into()], Some("write")),
        (&["ask", "write", "cut"], as_is, None),
        (&["ask", "cut"], as_is, None),
    ];
    for (ids, edit, run) in others {
        let edited = story(ids, edit);
        assert_ne!(Fingerprint::of(&old), Fingerprint::of(&edited), "{ids:?}");
        let replayed = path.replay(&edited, false, said).map(|session| session.run().concat());
        assert_eq!(replayed.as_deref().ok(), run, "{ids:?}");
    }
}

/// After an edit, another choice may have the same position.
#[test]
fn a_choice_without_an_id_is_found_only_in_the_same_version() {
    let story = |ratings: [u8; 2], ids: [&str; 2], was: &[&str]| {
        let mut choices: Vec<Choice> =
            ids.iter().zip(ratings).map(|(id, rating)| choice(id, &[rating], 1)).collect();
        choices[0].was = was.iter().map(|id| (*id).into()).collect();
        let nodes = vec![decision("start", &[LISTEN], choices), ending("end")];
        Scenario::new(graph(leaa(), nodes)).unwrap()
    };
    let old = story([3, 1], ["a", "b"], &[]);
    let (path, said) = decode_path(&encoded(&old, &[0], Reporting::Full, ""));
    assert_eq!(path.replay(&old, true, said).unwrap().run(), ["a"]);
    assert_eq!(path.replay(&story([1, 3], ["a", "b"], &[]), false, said).err(), Some(Fault::Moved));
    assert_eq!(path.replay(&story([2, 3], ["ask", "cut"], &["a"]), false, said).unwrap().run(), ["ask"]);
}

#[test]
fn a_code_can_be_given_another_name() {
    for text in GOLDEN {
        let renamed = code::renamed(text, "Zoë B").unwrap();
        let (before, after) = (Code::decode(text).unwrap(), Code::decode(&renamed).unwrap());
        assert_eq!((after.who.as_str(), after.said, after.seed), ("Zoë-B", before.said, before.seed));
        assert_eq!(code::renamed(&renamed, &before.who).as_deref(), Some(text));
    }
    assert_eq!(code::renamed("47W96-G1T5X-9CKQV-RK31W-R6B98", "Kim"), None);
}

/// Codes that people may have: one on paper must still be readable in years. Never change one of these; a new version of the
/// format adds its own.
#[test]
fn golden_codes_are_read_forever() {
    let scenario = seven_decisions();
    for (at, text) in GOLDEN.into_iter().enumerate() {
        let code = Code::decode(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let print = if at < 4 { Fingerprint::in_order(&scenario) } else { Fingerprint::of(&scenario) };
        assert_eq!((code.key, code.fingerprint, code.seed), (key(), print, 0x9e37_79b1), "{text}");
        let kind = [Reporting::Minimal, Reporting::Scores, Reporting::Full, Reporting::Full][at % 4];
        let who = ["", "Kim", "", "Jürgen"][at % 4];
        if at >= 4 {
            assert_eq!(encoded(&scenario, &[0, 1, 2, 3, 4, 0, 1], kind, who), text, "the format has changed");
        }
        if let Some(said) = code.said {
            assert_eq!((said.final_, said.pass, said.band), (35, false, (at >= 4).then_some(4)), "{text}");
        }
        match code.body {
            Body::Path(path) => {
                assert_eq!((path.challenge, path.duration.minutes()), (true, Some(7)));
                let again = path.replay(&scenario, true, code.said).unwrap();
                assert_eq!(again.chosen(), [0, 1, 2, 3, 4, 0, 1]);
                // Version 1 stores the positions of choices, and notices that other choices have them now.
                let mut graph = scenario.graph().clone();
                graph.nodes[0].decision.as_mut().unwrap().choices.swap(0, 1);
                let moved = Scenario::new(graph).unwrap();
                let same = Fingerprint::of(&moved) == code.fingerprint;
                assert_eq!(same, at >= 4);
                assert_eq!(path.replay(&moved, same, code.said).is_ok(), at >= 4, "{text}");
            }
            Body::Unverified { skills } => {
                let scores = if at < 4 { [78, 33, 0, 25] } else { [25, 0, 33, 78] };
                assert!(skills.is_none_or(|skills| skills == scores), "{text}");
            }
        }
    }
}

const GOLDEN: [&str; 8] = [
    "47W96-G1T5X-9CKQV-RK31W-R6B99",
    "57W96-G1T5X-9CKQV-RKV66-YCCJ2-7VRPD-A~Kim",
    "67W96-G1T5X-9CKQV-RKB7K-CF82W-PFJ86",
    "67W96-G1T5X-9CKQV-RKB7K-CF82E-3MWSB~Jürgen",
    "87W96-GM7BS-CCKQV-RKBT0-1MBAJ-6",
    "97W96-GM7BS-CCKQV-RKBPX-Q4F11-4YQFR-8C~Kim",
    "A7W96-GM7BS-CCKQV-RKBHK-PJ3M0-D1SRG-Q7E",
    "A7W96-GM7BS-CCKQV-RKBHK-PJ3M0-D135Q-M4M~Jürgen",
];
