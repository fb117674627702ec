//! Result codes: any play goes there and back, a misread symbol is detected, and codes that were given out stay readable.

use scenario_wasm::code::scan::{self, CodeMatch};
use scenario_wasm::code::{self, Body, Code, Fault, Fingerprint, MAX_NAME, PlayInfo, Reporting, ScenarioKey};
use scenario_wasm::{Gate, Op, Scenario, Session};

use crate::build::{ACT, APOLOGIZE, EMPATHIZE, LISTEN, choice, decision, ending, graph, leaa};
use crate::generated::{Draw, scenarios};

const KINDS: [Reporting; 3] = [Reporting::Minimal, Reporting::Scores, Reporting::Full];
const INFO: PlayInfo = PlayInfo { challenge: true, seed: 0x9e37_79b1, seconds: Some(400) };
const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn key() -> ScenarioKey {
    ScenarioKey::new("course", "late-parcel")
}

/// Seven decisions, each with five choices: the longest talk that must fit 32 symbols.
fn seven() -> Scenario {
    let tests = [LISTEN, LISTEN, EMPATHIZE, APOLOGIZE, ACT, ACT, LISTEN];
    let moment = |(at, skill): (usize, &u8)| {
        let then = u16::try_from(at + 1).unwrap();
        let choices = (0..5u8).map(|place| choice(&format!("c{place}"), &[3 - place.min(3)], then));
        decision(&format!("n{at}"), &[*skill], choices.collect())
    };
    let mut nodes: Vec<_> = tests.iter().enumerate().map(moment).collect();
    nodes.push(ending("end"));
    Scenario::new(graph(leaa(), nodes)).unwrap()
}

/// Every code in a text as it came in.
fn found(text: &str) -> Vec<CodeMatch> {
    scan::find(&code::unescaped(text), &[])
}

fn played<'a>(scenario: &'a Scenario, choices: &[usize]) -> Session<&'a Scenario> {
    let mut session = Session::start(scenario);
    choices.iter().for_each(|choice| session.choose(*choice).unwrap());
    session
}

fn coded(scenario: &Scenario, choices: &[usize], kind: Reporting, who: &str) -> String {
    code::encode(key(), &played(scenario, choices), kind, INFO, who).unwrap()
}

/// A play by chance to an ending.
fn by_chance<'a>(scenario: &'a Scenario, draw: &mut Draw) -> Session<&'a Scenario> {
    let mut session = Session::start(scenario);
    while session.decision().is_some() {
        let open: Vec<usize> =
            (0..).zip(session.view().open).filter_map(|(at, open)| open.then_some(at)).collect();
        session.choose(open[draw.below(open.len())]).unwrap();
    }
    session
}

#[test]
fn any_play_goes_there_and_back() {
    let mut draw = Draw::new(1);
    for (seed, scenario) in scenarios(2_000) {
        let session = by_chance(&scenario, &mut draw);
        let report = session.report();
        for kind in KINDS {
            let info =
                PlayInfo { challenge: draw.one_in(2), seed: draw.below(1 << 32) as u32, seconds: None };
            let who = ["", "Kim", "Jürgen Öz", "李"][draw.below(4)];
            let text = code::encode(key(), &session, kind, info, who).unwrap();
            let read = Code::decode(&text).unwrap_or_else(|fault| panic!("{seed}: {text}: {fault:?}"));
            assert_eq!(
                (read.key, read.fingerprint, read.seed),
                (key(), Fingerprint::of(&scenario), info.seed)
            );
            assert_eq!(read.who, who.replace(' ', "-"));
            match read.body {
                Body::Path(path) => {
                    assert_eq!(kind, Reporting::Full);
                    assert_eq!(path.challenge, info.challenge);
                    let again = path.replay(&scenario, true).unwrap();
                    assert_eq!(again.chosen(), session.chosen(), "{seed}: {text}");
                }
                Body::Unverified { final_, pass, skills } => {
                    assert_eq!(Some(u64::from(final_)), report.final_.map(|last| last.rounded));
                    assert_eq!(Some(pass), report.pass);
                    let scores: Vec<u64> = report.skills.iter().map(|skill| skill.score.rounded).collect();
                    let scored = skills.map(|skills| skills.into_iter().map(u64::from).collect::<Vec<_>>());
                    assert_eq!(scored, (kind == Reporting::Scores).then_some(scores));
                }
            }
        }
    }
}

#[test]
fn seven_decisions_fit_thirty_two_symbols() {
    let scenario = seven();
    for choices in [[0; 7], [4; 7], [0, 1, 2, 3, 4, 0, 1]] {
        for kind in KINDS {
            let text = coded(&scenario, &choices, kind, "");
            let symbols = text.chars().filter(|letter| *letter != '-').count();
            assert!(symbols <= 32, "{text}: {symbols}");
            assert_eq!(text.split('-').map(str::len).max(), Some(5), "{text}");
        }
    }
}

#[test]
fn a_changed_symbol_is_detected_wherever_it_stands() {
    let scenario = seven();
    for (kind, who) in KINDS.into_iter().zip(["", "kim", "Jürgen"]) {
        let text = coded(&scenario, &[0, 1, 2, 3, 4, 0, 1], kind, who);
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
    let text = coded(&seven(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "");
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
fn a_left_out_or_doubled_symbol_is_detected() {
    let text = coded(&seven(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "").replace('-', "");
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
fn the_name_is_part_of_what_is_checked() {
    let text = coded(&seven(), &[0; 7], Reporting::Full, "Kim");
    assert!(Code::decode(&text.to_lowercase()).is_ok(), "case does not count");
    for other in ["Tim", "", "Kimm", "Ki"] {
        let changed = format!("{}~{other}", text.split('~').next().unwrap());
        assert_eq!(Code::decode(&changed).err(), Some(Fault::Checksum), "{changed}");
    }
}

#[test]
fn a_name_is_kept_as_text_and_cannot_break_out() {
    let scenario = seven();
    for (typed, kept) in [
        ("  Kim  van der Berg ", "Kim-van-der-Berg"),
        ("<img src=x onerror=alert(1)>", "<img-src=x-onerror=alert"),
        ("=1+2", "=1+2"),
        ("a,b;c\"d\\e~f%g\u{7}\n", "abcdefg"),
        (&"x".repeat(200), &"x".repeat(MAX_NAME)),
    ] {
        let text = coded(&scenario, &[0; 7], Reporting::Full, typed);
        assert_eq!(Code::decode(&text).unwrap().who, kept);
        let found = found(&format!("see {text}, thanks"));
        assert_eq!(found[0].result.as_ref().unwrap().who, kept, "{found:?}");
    }
}

/// A code as people and programs write it down.
fn spellings(code: &str) -> Vec<String> {
    let groups_of = |size: usize| {
        let symbols: Vec<char> = code.replace('-', "").chars().collect();
        symbols.chunks(size).map(String::from_iter).collect::<Vec<_>>()
    };
    let between = [
        " - ",
        " ",
        "  ",
        "\u{2011}",
        "\u{2013}",
        " \u{2013} ",
        "\u{2014}",
        "\u{2212}",
        "\u{a0}",
        "\u{202f}",
        "\u{2009}-\u{2009}",
        "\u{a0}\u{2013}\u{a0}",
        "-\u{200b}",
        "\u{2060}-\u{2060}",
        "--",
        "_",
        ".",
        " . ",
        "\t",
        "-\r\n",
        "- \n",
        " \r\n> ",
        "-=\r\n",
        "%2D",
        "%20",
        "%E2%80%91",
        "%252D",
        "=E2=80=93",
        "\\u2011",
        "=20",
    ];
    let mut all: Vec<String> = between.iter().map(|between| code.replace('-', between)).collect();
    all.extend([
        code.to_lowercase(),
        code.replace('0', "O").replace('1', "l"),
        code.replace('0', "o").replace('1', "I"),
    ]);
    all.extend(["-", " ", "\u{2013}", ".", "_"].map(|between| groups_of(4).join(between)));
    all.extend([groups_of(10).join("-"), groups_of(15).join(" "), groups_of(100).concat()]);
    // Of one line two, in each of the places at which it may break.
    for (at, _) in code.match_indices('-') {
        let (one, other) = (&code[..at], &code[at + 1..]);
        all.extend(
            ["-\r\n> > ", "\n", " \n", "=\r\n", "", "- "].map(|between| format!("{one}{between}{other}")),
        );
    }
    all.push(format!("{}=\r\n{}", &code[..8], &code[8..]));
    all
}

#[test]
fn codes_are_read_as_they_are_typed_and_pasted() {
    let text = coded(&seven(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "kim");
    let (code, _) = text.split_once('~').unwrap();
    let mut ways: Vec<String> = spellings(code).iter().map(|code| format!("{code}~kim")).collect();
    ways.extend([
        format!("Dear trainer,\r\n\r\nmy code is {text}. Yours"),
        format!("my code {} ~ kim thanks a lot", code.replace('-', " ")),
        format!("A1B2C {}~Kim", code.replace('-', " ")),
        format!("Kim-{text}"),
        format!("Kim;{text};84"),
        format!("\"Kim\",\"{text}\",84"),
        format!(r#"{{"items":{{"a":"[{{\"code\":\"{text}\"}}]"}}}}"#),
        format!("{code}~k%69m"),
        format!("{code}%7Ekim"),
        format!("{code}=7Ekim"),
        format!("<https://example.org/desk/#{text}>"),
        format!("(https://example.org/desk/#{text})."),
        format!("https://a.example/?url=https%3A%2F%2Fexample.org%2Fdesk%2F%23{text}&data=05%7C01"),
        format!(
            "https://a.example/?url=https%253A%252F%252Fexample.org%252Fdesk%252F%2523{code}%257Ekim&sdata=x"
        ),
        format!("https://a.example/?u=3Dhttps=3A%2523{text}"),
        format!("?code=3D{text}"),
        format!("?code={text}"),
        format!("%20{text}"),
    ]);
    for way in ways {
        let found: Vec<CodeMatch> = found(&way);
        let [CodeMatch { result: Ok(read), text: written, .. }] = found.as_slice() else {
            panic!("{way}: {found:?}")
        };
        assert_eq!(read.who.to_lowercase(), "kim", "{way}");
        assert_eq!(written.to_lowercase(), text.to_lowercase(), "{way}");
    }
}

#[test]
fn a_name_is_read_in_each_of_its_forms() {
    let (composed, decomposed, mixed) =
        ("Zo\u{eb} H\u{1ebf}", "Zoe\u{308} He\u{302}\u{301}", "Zo\u{eb} H\u{ea}\u{301}");
    for typed in [composed, decomposed, mixed] {
        let text = coded(&seven(), &[0; 7], Reporting::Full, typed);
        let (code, who) = text.split_once('~').unwrap();
        let forms = [composed, decomposed, mixed]
            .map(|who| format!("~\u{e9}~ {code}~{}. And", who.replace(' ', "-")));
        let found = scan::find(&forms[0], &[&forms[1], &forms[2]]);
        let [CodeMatch { result: Ok(read), text: written, .. }] = found.as_slice() else {
            panic!("{typed}: {found:?}")
        };
        assert_eq!(
            (read.who.as_str(), written),
            (&*composed.replace(' ', "-"), &text),
            "told composed, kept as {who}"
        );
    }
    let text = coded(&seven(), &[0; 7], Reporting::Full, "Anna Maria");
    for way in ["-", " ", "\u{2011}", "\u{2013}", "\u{a0}"] {
        let found = found(&text.replace("Anna-", &format!("Anna{way}")));
        assert_eq!(found[0].result.as_ref().unwrap().who, "Anna-Maria", "{found:?}");
    }
}

#[test]
fn each_code_has_the_line_on_which_it_begins() {
    let scenario = seven();
    let codes = [[0; 7], [1; 7], [2; 7]].map(|choices| coded(&scenario, &choices, Reporting::Full, ""));
    let [one, two, three] = &codes;
    let text = format!("a\n{one}\n\n{}-\n{} {three}\n", &two[..5], &two[6..]);
    let lines: Vec<(usize, String)> =
        found(&text).into_iter().map(|found| (found.line, found.text)).collect();
    assert_eq!(lines, [(2, one.clone()), (4, two.clone()), (5, three.clone())]);
}

#[test]
fn what_looks_like_a_code_is_reported_and_prose_is_not() {
    let text = coded(&seven(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "");
    let end = if text.ends_with('0') { "1" } else { "0" };
    let wrong = format!("{}{end}", &text[..text.len() - 1]);
    let short = &text[..text.len() - 6];
    for broken in [&wrong, short, &text.replace(&text[6..7], "U")] {
        let found = found(&format!("x\n{broken}"));
        assert!(matches!(found[..], [CodeMatch { line: 2, result: Err(_), .. }]), "{broken}: {found:?}");
    }
    for wrong in spellings(&wrong) {
        for (behind, fault) in [("", Fault::Nameless), ("~kim", Fault::Checksum)] {
            let found = found(&format!("Hello, here is mine:\n{wrong}{behind}\n\n{text}\n"));
            let [bad, good] = found.as_slice() else { panic!("{wrong}: {found:?}") };
            assert_eq!(bad.line, 2, "{wrong}: {found:?}");
            // Where only its first line looks like a code, the name in the next is not seen.
            let seen = bad.result.as_ref().err();
            assert!(
                seen == Some(&fault) || wrong.contains('\n') && seen == Some(&Fault::Nameless),
                "{found:?}"
            );
            assert!(good.result.is_ok(), "{wrong}: {found:?}");
        }
    }
    // Each in a line of its own, however little stands between.
    let lines: Vec<usize> = found(&format!("{wrong}\n{wrong}\n{}\n{wrong}", wrong.replace('-', " ")))
        .iter()
        .map(|found| found.line)
        .collect();
    assert_eq!(lines, [1, 2, 3, 4]);
    for prose in [
        "550e8400-e29b-41d4-a716-446655440000",
        "+49 12345-67890 call me 10-12",
        "these words taken seven times make never codes",
        "a well-made, long-lived, state-of-the-art, 24-hour hot-line",
        "2026-01-02T08:00:00.000Z",
        "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=",
        "DE89 3704 0044 0532 0130 00",
        "4111 1111 1111 1111 12/29",
        "p1234 p1235 p1236 p1237 p1238",
        "these 10000 words taken seven times 20000 makes codes never",
        "8vd5xj0gx1d4ykdhq8vd5xjqlw5p1yyb,2026-01-02,yes",
        "d41d8cd98f00b204e9800998ecf8427e",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334 and 2001-0db8-85a3-0000-0000-8a2e-0370-7334",
        "00001 00002 00003 00004 00005 00006",
    ] {
        assert!(found(prose).is_empty(), "{prose}: {:?}", found(prose));
    }
}

#[test]
fn chance_is_almost_never_a_code_and_never_a_panic() {
    let mut draw = Draw::new(6);
    let scenario = seven();
    let text = coded(&scenario, &[0; 7], Reporting::Full, "kim");
    let pieces = [
        "-",
        "~",
        "=\r\n",
        "\n> ",
        " ",
        "é",
        "%",
        "%zz",
        "\u{2013}",
        "\0",
        "U",
        &text,
        &text[3..],
        &text[..20],
    ];
    for _ in 0..20_000 {
        let mut hostile = String::new();
        for _ in 0..draw.below(60) {
            if draw.one_in(4) {
                hostile.push_str(pieces[draw.below(pieces.len())]);
            } else {
                hostile.push(char::from(SYMBOLS.as_bytes()[draw.below(32)]));
            }
        }
        for found in found(&hostile).into_iter().flat_map(|found| found.result) {
            assert_eq!(found.key, key(), "{hostile}");
        }
        let _ = Code::decode(&hostile);
    }
    let chance = (0..200_000).filter(|_| {
        let random: String = (0..30).map(|_| char::from(SYMBOLS.as_bytes()[draw.below(32)])).collect();
        Code::decode(&random).is_ok()
    });
    assert_eq!(chance.count(), 0);
}

#[test]
fn huge_texts_are_read_in_one_go() {
    for part in ["A", "AAAAA-", "AAAAA ", "1AAAA 2BBBB ", "~", "%41", "\u{2013}", "-\n>"] {
        let _ = found(&part.repeat(200_000));
    }
    let scenario = seven();
    let text = coded(&scenario, &[0; 7], Reporting::Full, "");
    assert_eq!(found(&format!("{text}~{}", "y".repeat(1_000_000))).len(), 1);
}

#[test]
fn a_code_whose_checksum_holds_may_still_say_nothing() {
    // A closed choice, taken all the same: coded on a story that leaves it open.
    let gated = |gate: Gate| {
        let mut closed = choice("b", &[1], 1);
        closed.when = gate;
        let first = decision("start", &[LISTEN], vec![choice("a", &[3], 1), closed]);
        let mut graph = graph(leaa(), vec![first, ending("end")]);
        graph.flags = 1;
        Scenario::new(graph).unwrap()
    };
    let (open, shut) = (gated(Gate::default()), gated(Gate(vec![Op::Flag(0)])));
    let Body::Path(path) = Code::decode(&coded(&open, &[1], Reporting::Full, "")).unwrap().body else {
        panic!()
    };
    assert!(path.replay(&open, true).is_ok());
    assert_eq!(path.replay(&shut, true).err(), Some(Fault::Path));
    assert_eq!(path.replay(&shut, false).err(), Some(Fault::Moved));
    assert_eq!(path.replay(&seven(), true).err(), Some(Fault::Path));
}

#[test]
fn another_version_is_replayed_where_the_choices_are_the_same() {
    let story = |ids: [&str; 3], rating: u8| {
        let choices = ids.iter().zip([3, rating, 0]).map(|(id, rating)| choice(id, &[rating], 1));
        let nodes = vec![decision("start", &[LISTEN], choices.collect()), ending("end")];
        graph(leaa(), nodes)
    };
    let old = Scenario::new(story(["ask", "note", "cut"], 1)).unwrap();
    let Body::Path(path) = Code::decode(&coded(&old, &[1], Reporting::Full, "")).unwrap().body else {
        panic!()
    };
    // Rated otherwise: the same choices, another score.
    let rated = Scenario::new(story(["ask", "note", "cut"], 2)).unwrap();
    assert_ne!(Fingerprint::of(&old), Fingerprint::of(&rated));
    assert_eq!(path.replay(&rated, false).unwrap().run(), ["note"]);
    // In another order: the place means another choice, and that is noticed.
    let moved = Scenario::new(story(["note", "ask", "cut"], 1)).unwrap();
    assert_eq!(path.replay(&moved, false).err(), Some(Fault::Moved));
    // Renamed, and the author says so.
    let mut renamed = story(["ask", "write", "cut"], 1);
    renamed.nodes[0].decision.as_mut().unwrap().choices[1].was = vec!["note".into()];
    let renamed = Scenario::new(renamed).unwrap();
    assert_eq!(path.replay(&renamed, false).unwrap().run(), ["write"]);
    // Former ids and nothing else are no other version.
    let mut named = story(["ask", "note", "cut"], 1);
    named.nodes[0].decision.as_mut().unwrap().choices[1].was = vec!["memo".into()];
    assert_eq!(Fingerprint::of(&old), Fingerprint::of(&Scenario::new(named).unwrap()));
}

/// Codes as they were given out: one on paper must still be readable in years. Never change one
/// of these; a new version of the format adds its own.
#[test]
fn golden_codes_are_read_forever() {
    let scenario = seven();
    let golden = [
        (Reporting::Minimal, "", GOLDEN[0]),
        (Reporting::Scores, "Kim", GOLDEN[1]),
        (Reporting::Full, "", GOLDEN[2]),
        (Reporting::Full, "Jürgen", GOLDEN[3]),
    ];
    for (kind, who, text) in golden {
        assert_eq!(coded(&scenario, &[0, 1, 2, 3, 4, 0, 1], kind, who), text, "written as ever");
        let code = Code::decode(text).unwrap();
        assert_eq!((code.key, code.fingerprint, code.seed), (key(), Fingerprint::of(&scenario), 0x9e37_79b1));
        match code.body {
            Body::Path(path) => {
                assert_eq!((path.challenge, path.duration.minutes()), (true, Some(7)));
                assert_eq!(path.replay(&scenario, true).unwrap().chosen(), [0, 1, 2, 3, 4, 0, 1]);
            }
            Body::Unverified { final_, pass, skills } => {
                assert_eq!((final_, pass), (35, false));
                assert!(skills.is_none_or(|skills| skills == [78, 33, 0, 25]));
            }
        }
    }
}

const GOLDEN: [&str; 4] = [
    "47W96-G1T5X-9CKQV-RK31W-R6B99",
    "57W96-G1T5X-9CKQV-RKV66-YCCJ2-7VRPD-A~Kim",
    "67W96-G1T5X-9CKQV-RKB7K-CF82W-PFJ86",
    "67W96-G1T5X-9CKQV-RKB7K-CF82E-3MWSB~Jürgen",
];
