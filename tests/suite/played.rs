//! `amends check --results`: what the plays of a class say of a scenario.

use std::fs;
use std::path::Path;
use std::process::Command;

use scenario_wasm::Session;
use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};

/// A course as `amends new` writes it that reports the choices.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    amends(folder.path(), &["new", "."]);
    let settings = folder.path().join("site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{text}reporting: full\n")).unwrap();
    folder
}

fn amends(site: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_amends")).args(args).current_dir(site).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a class of sixty chooses. Every other one listens well and fixes badly said sorries; the rest do the reverse.
/// One person jumps to the refund, and all promise the call.
fn chosen(person: u32, node: &str) -> &'static str {
    let able = person.is_multiple_of(2);
    match node {
        "opening" if person == 7 => "refund",
        "opening" => ["number", "ask"][usize::from(able)],
        "again" => "stop",
        "story" => ["annoying", "home"][usize::from(able)],
        "sorry" => ["own", "token"][usize::from(able)],
        "fix" => ["soon", "now"][usize::from(able || person.is_multiple_of(3))],
        "news" => "call-you",
        "after" => ["survey", "ring"][usize::from(able)],
        other => panic!("nobody comes to {other}"),
    }
}

/// The code of a person's play; `turn` tells attempts apart.
fn code(site: &Path, person: u32, turn: u32, chosen: impl Fn(u32, &str) -> &'static str) -> String {
    let single = amends::load::scenario(&site.join("content/scenarios/cold-dinner.yaml")).unwrap();
    let scenario = single.scenario.unwrap().0.story.engine;
    let mut session = Session::start(&scenario);
    while session.decision().is_some() {
        let at = &scenario.graph().nodes[session.view().at].id;
        session.choose_id(chosen(person, at)).unwrap();
    }
    let info = PlayInfo { challenge: true, seed: 100 * turn + person, seconds: None };
    let key = ScenarioKey::new(&amends::load::settings(site).unwrap().id, "cold-dinner");
    code::encode(key, &session, Reporting::Full, info, &format!("p{person}")).unwrap()
}

fn class(site: &Path, count: u32) {
    let mut codes: Vec<String> = (0..count).map(|person| code(site, person, 0, chosen)).collect();
    // Second attempts are no first tries, whatever they choose.
    codes.extend((0..count).map(|person| {
        code(site, person, 1, |_, node| if node == "opening" { "refund" } else { chosen(0, node) })
    }));
    fs::write(site.join("codes.txt"), codes.join("\n")).unwrap();
}

#[test]
fn plays_show_what_is_dead_too_easy_or_wrongly_keyed() {
    let site = site();
    class(site.path(), 60);
    assert_eq!(amends(site.path(), &["check"]), "");
    let told = amends(site.path(), &["check", "--results", "codes.txt", "--format", "short"]);
    let line = |code: &str, words: &str| {
        let fits = |line: &&str| line.contains(&format!("info[{code}]")) && line.contains(words);
        assert!(told.lines().any(|line| fits(&line)), "no {code} with {words:?} in\n{told}");
    };
    line("dead-choice", "`refund` was taken in 1 of 60 first tries");
    line("too-easy", "`call-you`, the best choice, was taken in 60 of 60 first tries");
    line("poor-signal", "who took `own`, the best choice, did hardly better elsewhere");
    assert!(!told.contains("who took `home`"), "{told}");
    let human = amends(site.path(), &["check", "--results", "codes.txt"]);
    assert!(human.contains("those who took this did best elsewhere"), "{human}");
    assert!(human.contains("if `token` is as good, rate it 3"), "{human}");
}

#[test]
fn few_plays_say_nothing_and_what_is_allowed_is_not_told() {
    let site = site();
    class(site.path(), 29);
    assert_eq!(amends(site.path(), &["check", "--results", "codes.txt"]), "");
    class(site.path(), 60);
    let path = site.path().join("content/scenarios/cold-dinner.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let allowed =
        text.replacen("start: opening", "allow: { too-easy: It is the habit to keep. }\nstart: opening", 1);
    fs::write(&path, allowed).unwrap();
    assert_eq!(amends(site.path(), &["check"]), "", "without plays nobody knows whether it is needed");
    let told = amends(site.path(), &["check", "--results", "codes.txt", "--format", "short"]);
    assert!(!told.contains("too-easy") && told.contains("dead-choice"), "{told}");
}
