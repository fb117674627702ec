//! `amends check --results`: what the plays of a class say about a scenario.

use amends::course::Course;
use scenario_wasm::Session;
use scenario_wasm::code::{self, PlayInfo, Reporting, ScenarioKey};

use crate::harness::Site;

const SCENARIO: &str = "content/scenarios/cold-dinner.yaml";

/// The course that `amends new` writes, but with choices in its codes.
fn site() -> Site {
    let site = Site::scaffold();
    site.edit("site.yaml", "reporting: minimal", "reporting: full");
    site
}

/// The report of `check`.
fn check(site: &Site, more: &[&str]) -> String {
    site.amends(&[&["check"], more].concat()).exits(0).out
}

/// What each person in a class chooses. Every other person chooses well except for a poor apology. The rest choose badly except
/// for a good apology and, one in three, a good fix. One person jumps to the refund, and all promise the call.
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
        other => panic!("no play comes to {other}"),
    }
}

/// The code of a person's play; `attempt` makes the seeds of a person's plays differ.
fn code(course: &Course, person: u32, attempt: u32, chosen: impl Fn(u32, &str) -> &'static str) -> String {
    let scenario = &course.scenarios[0].story.engine;
    let mut session = Session::start(scenario);
    while session.decision().is_some() {
        let at = &scenario.graph().nodes[session.view().at].id;
        session.choose_id(chosen(person, at)).unwrap();
    }
    let info = PlayInfo { challenge: true, seed: 100 * attempt + person, seconds: None };
    let key = ScenarioKey::new(&course.settings.id, "cold-dinner");
    code::encode(key, &session, Reporting::Full, info, &format!("p{person}")).unwrap()
}

/// Writes `codes.txt`: two attempts by each person of a class.
fn write_codes(site: &Site, count: u32) {
    let checked = site.check();
    let course = checked.course();
    let mut codes: Vec<String> = (0..count).map(|person| code(course, person, 0, chosen)).collect();
    // Second attempts must not count among first tries.
    codes.extend((0..count).map(|person| {
        code(course, person, 1, |_, node| if node == "opening" { "refund" } else { chosen(0, node) })
    }));
    site.put("codes.txt", codes.join("\n"));
}

/// The author learns which results an edit affects before it is published.
#[test]
fn an_edit_is_compared_with_existing_results() {
    let site = site();
    write_codes(&site, 3);
    let found = |site: &Site| check(site, &["--results", "codes.txt", "--format", "short"]);
    assert_eq!(found(&site), "");
    site.edit(SCENARIO, "id: own\n", "id: own-up\n");
    site.edit(SCENARIO, "home, own,", "home, own-up,");
    let lost = found(&site);
    assert!(
        lost.contains(
            "warning[results-lost]: the choices of 1 result can no longer be replayed: codes.txt:2"
        ),
        "{lost}"
    );
    site.edit(SCENARIO, "id: own-up\n", "id: own-up\n        was: [own]\n");
    assert!(!found(&site).contains("results-lost"));
    site.edit(SCENARIO, "rate: 1", "rate: 0");
    let rescored = found(&site);
    assert!(
        rescored.contains("info[results-rescored]: ")
            && rescored.contains(" would now be scored otherwise: codes.txt:"),
        "{rescored}"
    );
}

#[test]
fn plays_show_choices_that_are_dead_too_easy_or_wrongly_rated() {
    let site = site();
    write_codes(&site, 60);
    assert_eq!(check(&site, &[]), "");
    let found = check(&site, &["--results", "codes.txt", "--format", "short"]);
    let assert_found = |code: &str, words: &str| {
        let fits = |line: &&str| line.contains(&format!("info[{code}]")) && line.contains(words);
        assert!(found.lines().any(|line| fits(&line)), "no {code} with {words:?} in\n{found}");
    };
    assert_found("dead-choice", "`refund` was taken in 1 of 60 first tries");
    assert_found("too-easy", "`call-you`, the best choice, was taken in 60 of 60 first tries");
    assert_found("poor-signal", "who took `own`, the best choice, did hardly better elsewhere");
    assert!(!found.contains("who took `home`"), "{found}");
    let human = check(&site, &["--results", "codes.txt"]);
    assert!(human.contains("those who took this did best elsewhere"), "{human}");
    assert!(human.contains("if `token` is as good, rate it 3"), "{human}");
}

#[test]
fn few_plays_prove_nothing_and_allowed_findings_are_not_reported() {
    let site = site();
    write_codes(&site, 29);
    assert_eq!(check(&site, &["--results", "codes.txt"]), "");
    write_codes(&site, 60);
    site.edit(SCENARIO, "start: opening", "allow: { too-easy: It is the habit to keep. }\nstart: opening");
    assert_eq!(check(&site, &[]), "", "without plays, it is unknown whether `allow` is needed");
    let found = check(&site, &["--results", "codes.txt", "--format", "short"]);
    assert!(!found.contains("too-easy") && found.contains("dead-choice"), "{found}");
}
