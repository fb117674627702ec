//! Portraits of customers: drawn from parts, as a group, or a picture of the author's own.

use crate::harness::Site;

const SCENARIO: &str = "content/scenarios/wrong-seat.yaml";

/// A course whose customer has this portrait.
fn portrayed(portrait: &str) -> Site {
    let site = Site::copy("tests/sites/heard");
    site.edit(SCENARIO, "customer:\n", &format!("customer:\n  portrait: {portrait}\n"));
    site
}

/// The first value of an attribute.
fn attribute<'t>(html: &'t str, name: &str) -> &'t str {
    let rest = html.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("no {name}")).1;
    rest.split_once('"').unwrap().0
}

#[test]
fn one_file_shows_each_mood_and_every_page_asks_for_its_own() {
    let site = portrayed(
        "{ head: gray-bun, skin: 3, hair: ash, eyewear: glasses, beard: chin, wears: coat, color: mist }",
    );
    let pages = site.build();
    let brief = pages.page("scenarios/wrong-seat");
    let (file, mood) = attribute(&brief.html, "data-src").split_once('#').unwrap();
    let path = file.trim_start_matches("../");
    let drawn = pages.text(path);
    for each in ["furious", "angry", "frustrated", "settled", "won_back"] {
        assert!(
            drawn.contains(&format!("<g id=\"{each}\"/>")) && drawn.contains(&format!("class=\"f {each}\"")),
            "{each}"
        );
    }
    assert!(drawn.contains(&format!("#{mood}:target")) && drawn.len() < 10_000, "{} bytes", drawn.len());
    // Beside the words of the brief, it names the person; on a card the title does.
    assert!(attribute(&brief.html, "data-alt").ends_with(&format!(", {mood}")));
    pages.page("").has(&format!("data-src=\"{path}#{mood}\""));
    assert!(pages.text("sw.js").contains(path), "kept for offline");
    assert!(pages.text("_headers").contains("/portraits/*"));
}

#[test]
fn nobody_in_a_group_has_a_face() {
    let pages = portrayed("[{ head: afro, skin: 5 }, { head: turban, skin: 2 }]").build();
    let file =
        attribute(&pages.page("scenarios/wrong-seat").html, "data-src").split('#').next().unwrap().to_owned();
    let drawn = pages.text(file.trim_start_matches("../"));
    assert!(!drawn.contains("class=\"f ") && drawn.matches("<g transform").count() == 2, "{drawn}");
}

#[test]
fn only_a_drawing_with_moods_is_asked_for_one() {
    let moods: String = ["furious", "angry", "frustrated", "settled", "won_back"]
        .map(|mood| format!("<g id=\"{mood}\"/>"))
        .concat();
    for (inside, asks) in [(moods.as_str(), true), ("", false)] {
        let site = portrayed("{ image: own.svg, alt: A person }").file(
            "content/scenarios/own.svg",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes(),
        );
        let brief = site.build().page("scenarios/wrong-seat").html.clone();
        assert_eq!(attribute(&brief, "data-src").contains('#'), asks, "{inside}");
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
        let told = portrayed(portrait).check().short();
        assert!(told.contains(says), "{portrait}: {told}");
    }
}

#[test]
fn a_speaker_has_one_face_whose_mood_lasts_until_another_is_named() {
    let lesson = "---\ntitle: One\nportraits:\n  Ana: { head: bun2, skin: 3 }\n---\n```dialogue\nAna: Green.\nClerk: Blue?\nAna (angry): Green!\nAna: Look.\n```\n";
    let pages = Site::new().file("content/lessons/01-one.md", lesson).build();
    let page = pages.page("lessons/one");
    let lines: Vec<&str> = page.html.split("<li").filter(|line| line.contains("class=\"bubble\"")).collect();
    let moods: Vec<&str> =
        lines.iter().map(|line| line.split_once('#').map_or("", |(_, rest)| &rest[..5])).collect();
    assert_eq!(moods, ["frust", "", "angry", "angry"]);
    // Whoever has no face serves. A face is described where it changes, and a name is shown once.
    let serves: Vec<bool> = lines.iter().map(|line| line.starts_with(" class=\"you\"")).collect();
    assert_eq!(serves, [false, true, false, false]);
    let described: Vec<&str> =
        lines.iter().filter(|line| line.contains("<img")).map(|line| attribute(line, "alt")).collect();
    assert_eq!(described, ["Ana, frustrated", "Ana, angry", ""]);
    assert_eq!(page.html.matches("by unseen").count(), 2);
}
