//! Result codes: any play goes there and back, a misread symbol is detected, and codes that were given out stay readable.

use scenario_wasm::code::scan::{self, CodeMatch};
use scenario_wasm::code::{
    self, Body, Code, Fault, Fingerprint, MAX_NAME, Path, PlayInfo, Reporting, Said, ScenarioKey,
};
use scenario_wasm::{Choice, Gate, Graph, Op, Scenario, Session};

use crate::build::{ACT, APOLOGIZE, EMPATHIZE, LISTEN, choice, decision, ending, graph, leaa};
use crate::generated::{Draw, scenarios};

const KINDS: [Reporting; 3] = [Reporting::Minimal, Reporting::Scores, Reporting::Full];
const INFO: PlayInfo = PlayInfo { challenge: true, seed: 0x9e37_79b1, seconds: Some(400) };
const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn key() -> ScenarioKey {
    ScenarioKey::new("course", "late-parcel")
}

/// Seven decisions, each with five choices: the longest talk that must fit 34 symbols.
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

/// The choices of a full code, and what it says they came to.
fn path(code: &str) -> (Path, Option<Said>) {
    match Code::decode(code).unwrap() {
        Code { body: Body::Path(path), said, .. } => (path, said),
        other => panic!("{other:?}"),
    }
}

/// Every code in a text as it came in.
fn found(text: &str) -> Vec<CodeMatch> {
    scan::find(&code::unescaped(text), &[]).collect()
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
fn any_play_survives_a_round_trip() {
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
    let scenario = seven();
    for choices in [[0; 7], [4; 7], [0, 1, 2, 3, 4, 0, 1]] {
        for kind in KINDS {
            let text = coded(&scenario, &choices, kind, "");
            let symbols = text.chars().filter(|letter| *letter != '-').count();
            assert!(symbols <= 34, "{text}: {symbols}");
            assert_eq!(text.split('-').map(str::len).max(), Some(5), "{text}");
        }
    }
}

#[test]
fn a_changed_symbol_is_detected_in_any_position() {
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
fn a_missing_or_doubled_symbol_is_detected() {
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
fn the_checksum_covers_the_name() {
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
        ("\u{200f}محمد\u{200e}", "محمد"),
        ("\u{feff}Ann\u{ad}a", "Anna"),
        ("\u{200b} Zo\u{eb} 👩\u{200d}🚒", "Zo\u{eb}-👩🚒"),
        ("علی\u{200c}رضا", "علیرضا"),
        ("a,b;c\"d\\e~f%g\u{7}\n", "abcdefg"),
        (&"x".repeat(200), &"x".repeat(MAX_NAME)),
    ] {
        let text = coded(&scenario, &[0; 7], Reporting::Full, typed);
        assert_eq!(Code::decode(&text).unwrap().who, kept);
        let found = found(&format!("see {text}, thanks"));
        assert_eq!(found[0].result.as_ref().unwrap().who, kept, "{found:?}");
    }
}

/// Whatever is pasted into the field for a name, what the page shows can be read.
#[test]
fn a_name_with_any_character_is_read() {
    let scenario = seven();
    for letter in ('\u{1}'..='\u{2fff}').chain('\u{fe00}'..='\u{ffff}').chain('\u{1f300}'..='\u{1f9ff}') {
        for typed in [format!("{letter}b"), format!("A{letter} b"), format!("A{letter}")] {
            let text = coded(&scenario, &[0; 7], Reporting::Full, &typed);
            let who = Code::decode(&text).unwrap().who;
            let found = found(&format!("see {text}\n"));
            assert_eq!(found[0].result.as_ref().map(|read| &read.who), Ok(&who), "{typed:?}");
        }
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
        format!("https://www.google.com/url?q=https://example.org/desk/%23{code}~kim&source=gmail&ust=17"),
        format!("https://l.example/?https%3a%2f%2fexample.org%2fdesk%2f%23{code}%7ekim&c=E,1,a-2D_b"),
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
        let found: Vec<CodeMatch> = scan::find(&forms[0], &[&forms[1], &forms[2]]).collect();
        let [CodeMatch { result: Ok(read), text: written, .. }] = found.as_slice() else {
            panic!("{typed}: {found:?}")
        };
        assert_eq!(
            (read.who.as_str(), written),
            (&*composed.replace(' ', "-"), &text),
            "told composed, kept as {who}"
        );
    }
    let retyped = coded(&seven(), &[0; 7], Reporting::Full, composed);
    let retyped = retyped.replace('\u{eb}', "\u{cb}").replace('\u{1ebf}', "\u{1ebe}");
    assert_eq!(found(&retyped)[0].result.as_ref().unwrap().who, "Zo\u{cb}-H\u{1ebe}", "in capitals");
    let text = coded(&seven(), &[0; 7], Reporting::Full, "Anna Maria");
    for way in ["-", " ", "\u{2011}", "\u{2013}", "\u{a0}"] {
        let found = found(&text.replace("Anna-", &format!("Anna{way}")));
        assert_eq!(found[0].result.as_ref().unwrap().who, "Anna-Maria", "{found:?}");
    }
}

#[test]
fn each_code_has_the_line_on_which_it_starts() {
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
                "{wrong:?}: {found:?}"
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
fn random_text_is_almost_never_a_code_and_never_a_panic() {
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
fn huge_texts_are_read_in_one_pass() {
    for part in ["A", "AAAAA-", "AAAAA ", "1AAAA 2BBBB ", "~", "%41", "\u{2013}", "-\n>"] {
        let _ = found(&part.repeat(200_000));
    }
    let scenario = seven();
    let text = coded(&scenario, &[0; 7], Reporting::Full, "");
    assert_eq!(found(&format!("{text}~{}", "y".repeat(1_000_000))).len(), 1);
}

#[test]
fn a_code_with_a_valid_checksum_may_still_be_invalid() {
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
    let (path, said) = path(&coded(&open, &[1], Reporting::Full, ""));
    assert!(path.replay(&open, true, said).is_ok());
    assert_eq!(path.replay(&shut, true, said).err(), Some(Fault::Path));
    assert_eq!(path.replay(&shut, false, said).err(), Some(Fault::Moved));
    assert_eq!(path.replay(&seven(), true, said).err(), Some(Fault::Path));
    // Another result than the choices have.
    let lie = said.map(|said| Said { final_: 100, ..said });
    assert_eq!(path.replay(&open, true, lie).err(), Some(Fault::Path));
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
    let (path, said) = path(&coded(&old, &[1], Reporting::Full, ""));
    let same = [
        // Another order, and former ids: neither is another version.
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

/// Another choice may stand in its place after an edit.
#[test]
fn a_choice_without_an_id_is_found_only_on_the_same_version() {
    let story = |ratings: [u8; 2], ids: [&str; 2], was: &[&str]| {
        let mut choices: Vec<Choice> =
            ids.iter().zip(ratings).map(|(id, rating)| choice(id, &[rating], 1)).collect();
        choices[0].was = was.iter().map(|id| (*id).into()).collect();
        let nodes = vec![decision("start", &[LISTEN], choices), ending("end")];
        Scenario::new(graph(leaa(), nodes)).unwrap()
    };
    let old = story([3, 1], ["a", "b"], &[]);
    let (path, said) = path(&coded(&old, &[0], Reporting::Full, ""));
    assert_eq!(path.replay(&old, true, said).unwrap().run(), ["a"]);
    assert_eq!(path.replay(&story([1, 3], ["a", "b"], &[]), false, said).err(), Some(Fault::Moved));
    assert_eq!(path.replay(&story([2, 3], ["ask", "cut"], &["a"]), false, said).unwrap().run(), ["ask"]);
}

#[test]
fn a_code_can_get_another_name() {
    for text in GOLDEN {
        let renamed = code::renamed(text, "Zoë B").unwrap();
        let (before, after) = (Code::decode(text).unwrap(), Code::decode(&renamed).unwrap());
        assert_eq!((after.who.as_str(), after.said, after.seed), ("Zoë-B", before.said, before.seed));
        assert_eq!(code::renamed(&renamed, &before.who).as_deref(), Some(text));
    }
    assert_eq!(code::renamed("47W96-G1T5X-9CKQV-RK31W-R6B98", "Kim"), None);
}

/// Codes as they were given out: one on paper must still be readable in years. Never change one
/// of these; a new version of the format adds its own.
#[test]
fn golden_codes_are_read_forever() {
    let scenario = seven();
    for (at, text) in GOLDEN.into_iter().enumerate() {
        let code = Code::decode(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let print = if at < 4 { Fingerprint::in_order(&scenario) } else { Fingerprint::of(&scenario) };
        assert_eq!((code.key, code.fingerprint, code.seed), (key(), print, 0x9e37_79b1), "{text}");
        let kind = [Reporting::Minimal, Reporting::Scores, Reporting::Full, Reporting::Full][at % 4];
        let who = ["", "Kim", "", "Jürgen"][at % 4];
        if at >= 4 {
            assert_eq!(coded(&scenario, &[0, 1, 2, 3, 4, 0, 1], kind, who), text, "written as ever");
        }
        if let Some(said) = code.said {
            assert_eq!((said.final_, said.pass, said.band), (35, false, (at >= 4).then_some(4)), "{text}");
        }
        match code.body {
            Body::Path(path) => {
                assert_eq!((path.challenge, path.duration.minutes()), (true, Some(7)));
                let again = path.replay(&scenario, true, code.said).unwrap();
                assert_eq!(again.chosen(), [0, 1, 2, 3, 4, 0, 1]);
                // Version 1 has the places of choices, and notices that they are others.
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
