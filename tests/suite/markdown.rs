//! Markdown as on GitHub: what becomes a link, and the ids of a page.

use std::collections::BTreeSet;

use crate::harness::{Site, scenario};

#[test]
fn a_bare_address_is_a_link_anywhere_in_text() {
    let text = "See https://example.org/a_b_c?x=1&amp;y=(2). Or (www.example.org/b), or a@example.org!\n\n\
                ## At HTTPS://example.org/head\n\n\
                `https://example.org/code`, [https://example.org/own](https://example.org/real), example.org, ftp://example.org\n\n\
                ```dialogue\nYou: It is on https://example.org/said.\n```\n";
    let site = Site::new().lesson("01-one", text).scenario(
        "talk",
        &scenario().replacen("why: |\n", "why: |\n          It is on https://example.org/why.\n", 1),
    );
    let pages = site.build();
    pages
        .page("lessons/one")
        .has(r#"<a href="https://example.org/a_b_c?x=1&amp;y=(2)" rel="noreferrer">https://example.org/a_b_c?x=1&amp;y=(2)</a>."#)
        .has(r#"(<a href="http://www.example.org/b" rel="noreferrer">www.example.org/b</a>)"#)
        .has(r#"<a href="mailto:a@example.org">a@example.org</a>!"#)
        .has(r#"<a href="HTTPS://example.org/head" rel="noreferrer">HTTPS://example.org/head</a></h2>"#)
        .has("<code>https://example.org/code</code>")
        .has(r#"<a href="https://example.org/real" rel="noreferrer">https://example.org/own</a>, example.org, ftp://example.org"#)
        .has(r#"<a href="https://example.org/said" rel="noreferrer">https://example.org/said</a>."#);
    let checked = site.check();
    let checked_urls: BTreeSet<&str> = checked.external().iter().map(|link| link.url.as_str()).collect();
    for path in ["a_b_c?x=1&y=(2)", "real", "said", "why"] {
        assert!(
            checked_urls.contains(format!("https://example.org/{path}").as_str()),
            "{path}: {checked_urls:?}"
        );
    }
    assert_eq!(checked_urls.len(), 6, "{checked_urls:?}");
}

#[test]
fn an_address_in_a_choice_is_no_link() {
    let talk = scenario().replacen("say: Ninety", "say: See https://example.org. Ninety", 1);
    let site = Site::new().scenario("talk", &talk);
    assert_eq!(site.check().external(), []);
    site.build().page("scenarios/talk").has("See https://example.org. Ninety");
}

#[test]
fn a_link_to_a_file_keeps_its_fragment() {
    let site = Site::new().lesson("01-one", "[p](../img/doc.pdf#page=2), [f](../img/film.mp4#t=30,40)");
    let site = site.file("content/img/doc.pdf", "%PDF").file("content/img/film.mp4", "film");
    site.build()
        .page("lessons/one")
        .has(r#"href="../../assets/img/doc.pdf#page=2""#)
        .has(r#"href="../../assets/img/film.mp4#t=30,40""#);
}

/// Headings whose own ids would be those of other elements on the page.
#[test]
fn ids_on_a_page_are_unique() {
    let headings = [
        "Main",
        "Footnote 1",
        "Footnote 1 mark",
        "Objectives heading",
        "Contents heading",
        "Heading",
        "D1 heading",
    ];
    let mut text: String = headings.iter().map(|words| format!("## {words}\n\nA.[^a]\n\n")).collect();
    text.push_str("[^a]: B.\n\n```drill\nnodes:\n  mark:\n    says: A.\n    tests: [listen]\n    choices:\n");
    text.push_str("      - { say: B., rate: 3, reply: C., why: Because. }\n      - { say: D., rate: 0, reply: E., why: Because. }\n```\n");
    let site = Site::new().config("title: T\nlints: off\n").lesson("01-one", &text);
    let pages = site.lesson("02-two", &text).build();
    for (path, page) in pages.html() {
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let once: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{path}: {ids:?}");
    }
}

#[test]
fn the_text_of_a_module_is_above_its_lessons() {
    let site = Site::new().lesson("basics/01-one", "Hello.").file(
        "content/lessons/basics/index.md",
        "---\ntitle: Basics\nsummary: First.\n---\nBring *two* letters.\n",
    );
    let pages = site.build();
    let home = pages.page("");
    home.has("<p>Bring <em>two</em> letters.</p>");
    let at = |part: &str| home.html.find(part).unwrap_or_else(|| panic!("no {part}"));
    assert!(at("Basics</h3>") < at("Bring") && at("Bring") < at("data-slug=\"basics/one\""));
    site.put("content/lessons/empty/index.md", "---\ntitle: To come\n---\nNot yet.\n");
    let expected =
        "content/lessons/empty/index.md:1:1: warning[misplaced-file]: this folder contains no lesson";
    assert!(site.check().short().contains(expected), "{}", site.check().short());
}
