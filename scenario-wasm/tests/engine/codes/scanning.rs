//! Codes found in texts: as people type and paste them, as programs change them, with any name, among anything else.

use scenario_wasm::code::scan::{self, CodeMatch};
use scenario_wasm::code::{self, Code, Fault, MAX_NAME, Reporting};

use super::{SYMBOLS, encoded, key, seven_decisions};
use crate::generated::Rng;

/// Every code in a text as people send it.
fn found(text: &str) -> Vec<CodeMatch> {
    scan::find(&code::unescaped(text), &[]).collect()
}

#[test]
fn a_name_is_reduced_to_safe_characters() {
    let scenario = seven_decisions();
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
        let text = encoded(&scenario, &[0; 7], Reporting::Full, typed);
        assert_eq!(Code::decode(&text).unwrap().who, kept);
        let found = found(&format!("see {text}, thanks"));
        assert_eq!(found[0].result.as_ref().unwrap().who, kept, "{found:?}");
    }
}

/// Whatever is typed as a name, the code that the page shows can be read.
#[test]
fn a_name_with_any_character_is_read() {
    let scenario = seven_decisions();
    for letter in ('\u{1}'..='\u{2fff}').chain('\u{fe00}'..='\u{ffff}').chain('\u{1f300}'..='\u{1f9ff}') {
        for typed in [format!("{letter}b"), format!("A{letter} b"), format!("A{letter}")] {
            let text = encoded(&scenario, &[0; 7], Reporting::Full, &typed);
            let who = Code::decode(&text).unwrap().who;
            let found = found(&format!("see {text}\n"));
            assert_eq!(found[0].result.as_ref().map(|read| &read.who), Ok(&who), "{typed:?}");
        }
    }
}

/// A code in all the ways in which people and programs write it.
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
    // Broken into two lines at any hyphen.
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
fn codes_are_read_however_they_are_typed_or_pasted() {
    let text = encoded(&seven_decisions(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "kim");
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
fn a_name_is_read_in_any_unicode_normal_form() {
    let (composed, decomposed, mixed) =
        ("Zo\u{eb} H\u{1ebf}", "Zoe\u{308} He\u{302}\u{301}", "Zo\u{eb} H\u{ea}\u{301}");
    for typed in [composed, decomposed, mixed] {
        let text = encoded(&seven_decisions(), &[0; 7], Reporting::Full, typed);
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
            "returned composed, encoded as {who}"
        );
    }
    let retyped = encoded(&seven_decisions(), &[0; 7], Reporting::Full, composed);
    let retyped = retyped.replace('\u{eb}', "\u{cb}").replace('\u{1ebf}', "\u{1ebe}");
    assert_eq!(found(&retyped)[0].result.as_ref().unwrap().who, "Zo\u{cb}-H\u{1ebe}", "in capitals");
    let text = encoded(&seven_decisions(), &[0; 7], Reporting::Full, "Anna Maria");
    for way in ["-", " ", "\u{2011}", "\u{2013}", "\u{a0}"] {
        let found = found(&text.replace("Anna-", &format!("Anna{way}")));
        assert_eq!(found[0].result.as_ref().unwrap().who, "Anna-Maria", "{found:?}");
    }
}

#[test]
fn each_code_has_the_number_of_the_line_on_which_it_starts() {
    let scenario = seven_decisions();
    let codes = [[0; 7], [1; 7], [2; 7]].map(|choices| encoded(&scenario, &choices, Reporting::Full, ""));
    let [one, two, three] = &codes;
    let text = format!("a\n{one}\n\n{}-\n{} {three}\n", &two[..5], &two[6..]);
    let lines: Vec<(usize, String)> =
        found(&text).into_iter().map(|found| (found.line, found.text)).collect();
    assert_eq!(lines, [(2, one.clone()), (4, two.clone()), (5, three.clone())]);
}

#[test]
fn what_looks_like_a_code_is_reported_and_other_text_is_not() {
    let text = encoded(&seven_decisions(), &[0, 1, 2, 3, 4, 0, 1], Reporting::Full, "");
    let end = if text.ends_with('0') { "1" } else { "0" };
    let wrong = format!("{}{end}", &text[..text.len() - 1]);
    let short = &text[..text.len() - 6];
    for broken in [&wrong, short, &text.replace(&text[6..7], "U")] {
        let found = found(&format!("x\n{broken}"));
        assert!(matches!(found[..], [CodeMatch { line: 2, result: Err(_), .. }]), "{broken}: {found:?}");
    }
    for wrong in spellings(&wrong) {
        for (name, fault) in [("", Fault::Nameless), ("~kim", Fault::Checksum)] {
            let found = found(&format!("Hello, here is mine:\n{wrong}{name}\n\n{text}\n"));
            let [bad, good] = found.as_slice() else { panic!("{wrong}: {found:?}") };
            assert_eq!(bad.line, 2, "{wrong}: {found:?}");
            // If a code is broken into lines, and only the first looks like a code, the name in the next is not seen.
            let found_fault = bad.result.as_ref().err();
            assert!(
                found_fault == Some(&fault) || wrong.contains('\n') && found_fault == Some(&Fault::Nameless),
                "{wrong:?}: {found:?}"
            );
            assert!(good.result.is_ok(), "{wrong}: {found:?}");
        }
    }
    // Codes on lines of their own, with nothing between them.
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
    let mut rng = Rng::new(6);
    let scenario = seven_decisions();
    let text = encoded(&scenario, &[0; 7], Reporting::Full, "kim");
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
        for _ in 0..rng.below(60) {
            if rng.one_in(4) {
                hostile.push_str(pieces[rng.below(pieces.len())]);
            } else {
                hostile.push(char::from(SYMBOLS.as_bytes()[rng.below(32)]));
            }
        }
        for found in found(&hostile).into_iter().flat_map(|found| found.result) {
            assert_eq!(found.key, key(), "{hostile}");
        }
        let _ = Code::decode(&hostile);
    }
    let chance = (0..200_000).filter(|_| {
        let random: String = (0..30).map(|_| char::from(SYMBOLS.as_bytes()[rng.below(32)])).collect();
        Code::decode(&random).is_ok()
    });
    assert_eq!(chance.count(), 0);
}

#[test]
fn huge_texts_are_read_in_one_pass() {
    for part in ["A", "AAAAA-", "AAAAA ", "1AAAA 2BBBB ", "~", "%41", "\u{2013}", "-\n>"] {
        let _ = found(&part.repeat(200_000));
    }
    let scenario = seven_decisions();
    let text = encoded(&scenario, &[0; 7], Reporting::Full, "");
    assert_eq!(found(&format!("{text}~{}", "y".repeat(1_000_000))).len(), 1);
}
