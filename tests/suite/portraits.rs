//! Portraits of customers: drawn from parts, as a group, or the author's own picture.

use crate::harness::{Site, between};

const SCENARIO: &str = "content/scenarios/wrong-seat.yaml";
const MOODS: [&str; 5] = ["furious", "angry", "frustrated", "settled", "won_back"];

/// A course whose customer has this portrait.
fn with_portrait(portrait: &str) -> Site {
    let site = Site::copy("tests/sites/heard");
    site.edit(SCENARIO, "customer:\n", &format!("customer:\n  portrait: {portrait}\n"));
    site
}

/// The first value of an attribute.
fn attribute<'t>(html: &'t str, name: &str) -> &'t str {
    between(html, &format!("{name}=\""), "\"")
}

#[test]
fn one_file_has_every_mood_and_each_page_selects_one() {
    let site = with_portrait(
        "{ head: gray-bun, skin: 3, hair: ash, eyewear: glasses, beard: chin, wears: coat, color: mist }",
    );
    let pages = site.build();
    let brief = pages.page("scenarios/wrong-seat");
    let (file, mood) = attribute(&brief.html, "data-src").split_once('#').unwrap();
    let path = file.trim_start_matches("../");
    let drawn = pages.text(path);
    for each in MOODS {
        assert!(
            drawn.contains(&format!("<g id=\"{each}\"/>")) && drawn.contains(&format!("class=\"f {each}\"")),
            "{each}"
        );
    }
    assert!(drawn.contains(&format!("#{mood}:target")) && drawn.len() < 10_000, "{} bytes", drawn.len());
    // On the brief, the alternative text names the person; on a card, the title does.
    assert!(attribute(&brief.html, "data-alt").ends_with(&format!(", {mood}")));
    pages.page("").has(&format!("data-src=\"{path}#{mood}\""));
    assert!(pages.text("sw.js").contains(path), "the file works offline");
    assert!(pages.text("_headers").contains("/portraits/*"));
}

#[test]
fn people_in_a_group_have_no_faces() {
    let pages = with_portrait("[{ head: afro, skin: 5 }, { head: turban, skin: 2 }]").build();
    let file =
        attribute(&pages.page("scenarios/wrong-seat").html, "data-src").split('#').next().unwrap().to_owned();
    let drawn = pages.text(file.trim_start_matches("../"));
    assert!(!drawn.contains("class=\"f ") && drawn.matches("<g transform").count() == 2, "{drawn}");
}

#[test]
fn only_a_drawing_with_moods_is_linked_by_mood() {
    let moods = MOODS.map(|mood| format!("<g id=\"{mood}\"/>")).concat();
    for (content, has_mood) in [(moods.as_str(), true), ("", false)] {
        let site = with_portrait("{ image: own.svg, alt: A person }").file(
            "content/scenarios/own.svg",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{content}</svg>").as_bytes(),
        );
        let brief = site.build().page("scenarios/wrong-seat").html.clone();
        assert_eq!(attribute(&brief, "data-src").contains('#'), has_mood, "{content}");
        assert_eq!(attribute(&brief, "data-alt"), "A person");
    }
}

#[test]
fn parts_that_cannot_be_drawn_are_reported() {
    for (portrait, says) in [
        ("{ head: afro }", "a portrait has no `skin`"),
        ("{ head: aphro, skin: 5 }", "`head` cannot be `aphro`"),
        ("{ head: afro, skin: 9 }", "`skin` must be a whole number from 1 to 5"),
        ("{ head: afro, skin: 5, hat: red }", "a portrait has no key `hat`"),
        ("[{ head: afro, skin: 5 }]", "a group has two or three people, but this has 1"),
        ("{ image: me.png }", "a picture has no `alt`"),
    ] {
        let report = with_portrait(portrait).check().short();
        assert!(report.contains(says), "{portrait}: {report}");
    }
}

#[test]
fn a_speaker_keeps_a_mood_until_another_is_named() {
    let lesson = "---\ntitle: One\nportraits:\n  Ana: { head: bun2, skin: 3 }\n---\n```dialogue\nAna: Green.\nClerk: Blue?\nAna (angry): Green!\nAna: Look.\n```\n";
    let pages = Site::new().file("content/lessons/01-one.md", lesson).build();
    let page = pages.page("lessons/one");
    let lines: Vec<&str> = page.html.split("<li").filter(|line| line.contains("class=\"bubble\"")).collect();
    let moods: Vec<&str> =
        lines.iter().map(|line| line.split_once('#').map_or("", |(_, rest)| &rest[..5])).collect();
    assert_eq!(moods, ["frust", "", "angry", "angry"]);
    // The speaker without a portrait is "you". A portrait is described where it changes, and a name is shown once.
    let serves: Vec<bool> = lines.iter().map(|line| line.starts_with(" class=\"you\"")).collect();
    assert_eq!(serves, [false, true, false, false]);
    let described: Vec<&str> =
        lines.iter().filter(|line| line.contains("<img")).map(|line| attribute(line, "alt")).collect();
    assert_eq!(described, ["Ana, frustrated", "Ana, angry", ""]);
    assert_eq!(page.html.matches("by unseen").count(), 2);
}
