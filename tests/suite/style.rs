//! The probe that goes by style: what it learns, from which pages, and when there is too little to learn from.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::harness::Site;

/// The best choice of each decision in short sentences, the others in one long sentence.
const SHORT: (&str, &str) =
    ("It is late. I own that. I will call.", "It is late and I own it so I call you then");
/// The reverse.
const LONG: (&str, &str) = (SHORT.1, SHORT.0);

/// A scenario of eight decisions, each with one best choice, whose position rotates, and two others.
fn scenario((best, other): (&str, &str)) -> String {
    let mut text =
        "title: A\nsummary: A\nrole: A\ngoal: A\nfailure: late\nchannel: phone\nskill_drill: true\n\
        customer: { name: A, goodwill: 30 }\nstart: n0\nnodes:\n"
            .to_owned();
    for at in 0..8 {
        let next = if at == 7 { "end".to_owned() } else { format!("n{}", at + 1) };
        write!(text, "  n{at}:\n    says: So.\n    tests: [listen]\n    choices:\n").unwrap();
        for place in 0..3 {
            let (say, rate) = if place == at % 3 { (best, 3) } else { (other, 0) };
            writeln!(text, "      - {{ say: {say}, rate: {rate}, reply: So., why: So., then: {next} }}")
                .unwrap();
        }
    }
    text + "  end: { ending: good, title: So, text: So. }\n"
}

/// This many scenarios of each kind.
fn course(kinds: &[(&str, usize, (&str, &str))]) -> Site {
    let mut site = Site::empty().file("site.yaml", "title: A\n");
    for (name, count, style) in kinds {
        for at in 0..*count {
            site = site.scenario(&format!("{name}-{at}"), &scenario(*style));
        }
    }
    site
}

fn prove(site: &Site, more: &[&str]) -> Value {
    let out = site.amends(&[&["prove", "--format", "json"], more].concat()).exits(0).out;
    serde_json::from_str(&out).unwrap()
}

#[test]
fn the_probe_learns_what_the_best_choices_of_other_pages_have_in_common() {
    let proved = prove(&course(&[("short", 9, SHORT)]), &[]);
    let style = &proved["style"];
    assert_eq!((&style["hits"], &style["decisions"], &style["due"]), (&json!(72), &json!(72), &json!(24.0)));
    assert_eq!(style["marks"]["sentences"]["most"], json!({ "hits": 72.0, "z": 12.0 }));
    assert_eq!(style["marks"]["sentences"]["least"], json!({ "hits": 0.0, "z": -6.0 }));
    assert_eq!(style["marks"]["exclamation marks"]["most"]["z"], json!(0.0));
    let one = &proved["scenarios"]["short-0"];
    assert_eq!(one["probes"]["style"]["rounded"], json!(100));
    assert_eq!(one["style"]["learned_from"], json!(64));
}

/// Otherwise the probe would find the best choices of the one scenario that differs.
#[test]
fn the_probe_does_not_learn_from_the_page_that_it_plays() {
    let site = course(&[("short", 9, SHORT), ("long", 1, LONG)]);
    let alone = prove(&site, &["long-0"]);
    assert_eq!(
        alone["style"],
        json!({ "chance": 1.0, "decisions": 8, "due": 2.6667, "hits": 0, "learned_from": 72 })
    );
    assert_eq!(alone["probes"]["style"]["pass"], json!(false));
    assert_eq!(
        alone,
        prove(&site, &[])["scenarios"]["long-0"],
        "a scenario proved alone has the same figures as among all"
    );
    let draft = scenario(LONG).replace("title: A\n", "title: A\ndraft: true\n");
    let site = site.scenario("long-1", &draft);
    assert_eq!(prove(&site, &["long-0"]), alone, "the probe learns from a draft");
}

#[test]
fn prove_reports_too_little_to_learn_from() {
    let site = course(&[("short", 8, SHORT)]);
    let proved = prove(&site, &["short-0"]);
    assert_eq!(proved["style"]["learned_from"], json!(56));
    assert_eq!((&proved["style"]["hits"], &proved["probes"]["style"]), (&Value::Null, &Value::Null));
    let human = site.amends(&["prove", "short-0"]).exits(0).out;
    assert!(human.contains("cannot be said; other pages have 56 decisions, and it takes 60"), "{human}");
    site.put("site.yaml", "title: A\nlints: { style-decisions: 56 }\n");
    assert_eq!(prove(&site, &["short-0"])["style"]["hits"], json!(8));
}

#[test]
fn check_reports_each_scenario_and_the_library() {
    let site = course(&[("short", 9, SHORT), ("long", 1, LONG)]);
    site.put("site.yaml", "title: A\nlibrary: full\n");
    let found = site.check().short();
    let reported = |path: &str| {
        found.lines().filter(|line| line.starts_with(path) && line.contains("[style-tell]")).count()
    };
    assert_eq!(
        (reported("content/scenarios/short-"), reported("content/scenarios/long-"), reported("site.yaml")),
        (9, 0, 1)
    );
    assert!(found.contains("finds the best choice in 8 of 8 decisions, where chance would give 2.7 (p = 0.0002), and passes with 100"), "{found}");
}

#[test]
fn a_style_tell_can_be_allowed_with_a_reason() {
    let site = course(&[("short", 9, SHORT)]);
    let path = "content/scenarios/short-0.yaml";
    site.edit(path, "title: A\n", "title: A\nallow: { style-tell: \"The first one, to learn on.\" }\n");
    let found = site.check().short();
    let about =
        |code: &str| found.lines().filter(|line| line.starts_with(path) && line.contains(code)).count();
    assert_eq!((about("[style-tell]"), about("[unused-allow]")), (0, 0), "{found}");
    assert_eq!(found.matches("[style-tell]").count(), 8);
}
