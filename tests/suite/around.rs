//! The files around the pages of a course: site map, robots.txt, former addresses, 404 page, print page.

use std::collections::{BTreeMap, BTreeSet};

use amends::address::Purpose;
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use crate::harness::{Pages, Site, between};

/// A course with former addresses for a lesson and a scenario, and with a draft.
fn course(settings: &str) -> Site {
    let site = Site::copy("tests/sites/heard")
        .config(&format!("title: Renamed\nid: renamed\nlints: off\n{settings}"))
        .lesson(
            "first/01-hear",
            "---\ntitle: Hear <them>\naliases: [listen, start/listen]\n---\n\nHello.[^1]\n\n[^1]: A note.",
        )
        .lesson("02-own", "---\ntitle: Own it\n---\n\n## Why\n\nSee [above](#why).[^1]\n\n[^1]: Another.")
        .lesson("03-later", "---\ntitle: Later\ndraft: true\n---\n\nNot yet.");
    site.remove("content/index.md");
    site.remove("content/lessons/01-hear-first.md");
    site.edit("content/scenarios/wrong-seat.yaml", "\nsummary:", "\naliases: [seat-12]\nsummary:");
    site
}

/// The smallest picture: one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

#[test]
fn link_previews_get_the_absolute_url_of_a_picture() {
    let site = course("url: https://example.org/course\nbrand: { preview: content/the cover.png }\n")
        .file("content/the cover.png", PNG)
        .file("content/scenarios/seat.png", [PNG, b"!"].concat());
    let portrait = "customer:\n  portrait: { image: seat.png, alt: A seat }\n";
    site.edit("content/scenarios/wrong-seat.yaml", "customer:\n", portrait);
    let pages = site.build();
    for (page, name) in
        [("", "the%20cover"), ("lessons/own", "the%20cover"), ("scenarios/wrong-seat", "scenarios/seat")]
    {
        let page = pages.page(page);
        let url = between(&page.html, "property=\"og:image\" content=\"", "\"");
        let path = url.strip_prefix("https://example.org/course/").unwrap_or_else(|| panic!("{url}"));
        assert!(path.starts_with(&format!("pictures/{name}.")), "{path}");
        assert!(pages.has(&path.replace("%20", " ")), "{path}");
        page.has("og:image:width\" content=\"1\"");
    }
    // This page is of no use to others, so it has no preview.
    pages.page("record").lacks("og:image");
    // Without a public address, a picture has no absolute URL.
    site.edit("site.yaml", "url: https://example.org/course\n", "");
    site.build().page("").lacks("og:image");
}

#[test]
fn a_route_lists_only_published_pages() {
    let routes = "routes:\n  own-it: { title: New here, summary: Begin., lessons: [03-later, 02-own], scenarios: [wrong-seat] }\n  \
                  later: { title: Nobody yet, lessons: [03-later] }\nlanguages: [en, de]\n";
    let site = course(routes).file(
        "content/de/site.yaml",
        "title: Neu\nroutes: { own-it: { title: Zum Anfang, summary: Los. }, later: { title: Noch nicht } }\n",
    );
    // It warns that the translation does not name the version of its original.
    let (_, pages) = site.render(Purpose::Publish).unwrap();
    let pages = pages.expect("warnings do not prevent a build");
    pages.page("").has(r##"catalog/index.html#route-own-it">New here</a>"##).lacks("Nobody yet");
    pages
        .page("catalog")
        .has(r#"id="route-own-it"><h3>New here</h3>"#)
        .has("A lesson is complete once")
        .lacks("Nobody yet")
        .lacks("Later");
    pages
        .page("de/catalog")
        .has(r#"id="route-own-it"><h3>Zum Anfang</h3>"#)
        .has("Eine Lektion ist abgeschlossen");
    pages.page("lessons/own").has("This lesson is complete once you have read it and marked it as done.");
    pages.page("scenarios/wrong-seat").has("Play it as a challenge. A pass takes ");
    pages.assert_links_resolve();
}

#[test]
fn the_site_map_lists_every_public_page_once() {
    let pages = course("url: https://example.org/course\n").build();
    let map = pages.text("sitemap.xml");
    let urls: BTreeSet<&str> =
        map.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0).collect();
    let folders = ["", "catalog/", "lessons/first/hear/", "lessons/own/", "scenarios/wrong-seat/"];
    let expected = folders.map(|path| format!("https://example.org/course/{path}"));
    assert_eq!(urls, expected.iter().map(String::as_str).collect());
    for (folder, url) in folders.iter().zip(&expected) {
        pages
            .page(folder.trim_end_matches('/'))
            .has(&format!(r#"<link rel="canonical" href="{url}">"#))
            .has(&format!(r#"<meta property="og:url" content="{url}">"#))
            .lacks("noindex");
    }
    for path in ["record/index.html", "print/index.html", "404.html"] {
        let page = pages.text(path);
        assert!(page.contains("noindex") && !page.contains("canonical"), "{path}");
    }
    let robots = "User-agent: *\nAllow: /\nSitemap: https://example.org/course/sitemap.xml\n";
    assert_eq!(pages.text("robots.txt"), robots);
    assert!(pages.has(".nojekyll"));
}

#[test]
fn without_a_url_the_site_has_no_absolute_addresses() {
    let pages = course("").build();
    assert!(!pages.has("sitemap.xml"));
    assert_eq!(pages.text("robots.txt"), "User-agent: *\nAllow: /\n");
    pages.page("").lacks("canonical").lacks("og:");
    let not_found = pages.text("404.html").replace(r#"href="data:,""#, "");
    assert!(
        !not_found.contains("href=") && !not_found.contains("src="),
        "a relative link would break at other depths: {not_found}"
    );
    assert!(
        not_found.contains(r#"data-to="search/index.html""#),
        "a script finds the course from here: {not_found}"
    );
    pages.assert_links_resolve();
}

#[test]
fn the_url_can_be_given_on_the_command_line() {
    let site = course("");
    site.amends(&["build", "--quiet", "--output", "out", "--url", "https://me.example/a-course/"]).exits(0);
    let map = site.read("out/sitemap.xml");
    assert!(map.contains("<loc>https://me.example/a-course/lessons/own/</loc>"), "{map}");
    let not_found = site.read("out/404.html").replace("&#x2F;", "/");
    assert!(not_found.contains(r#"href="/a-course/index.html""#), "{not_found}");
}

#[test]
fn former_addresses_redirect_to_the_page() {
    let pages = course("").build();
    for (alias, to) in [
        ("lessons/listen", "../first/hear/index.html"),
        ("lessons/start/listen", "../../first/hear/index.html"),
        ("scenarios/seat-12", "../wrong-seat/index.html"),
    ] {
        pages
            .page(alias)
            .has(&format!(r#"<meta http-equiv="refresh" content="0; url={to}">"#))
            .has(&format!(r#"<a href="{to}">"#))
            .has("noindex");
    }
    pages.page("lessons/listen").has("Hear &lt;them&gt;");
}

#[test]
fn the_policy_of_the_404_page_allows_its_style_and_script() {
    let pages = course("").build();
    let page = pages.text("404.html");
    let policy = between(page, r#"Content-Security-Policy" content=""#, r#"">"#);
    let policy = policy.replace("&#39;", "'").replace("&#x2F;", "/");
    for (tag, kind) in [("style", "style-src 'self'"), ("script", "script-src 'self' 'wasm-unsafe-eval'")] {
        let text = between(page, &format!("<{tag}>"), &format!("</{tag}>"));
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()));
        assert!(policy.contains(&format!("{kind} 'sha256-{hash}';")), "{policy}");
    }
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    // Other pages have no inline style or script.
    pages.page("").lacks("sha256-");
}

#[test]
fn the_print_page_has_the_whole_course_without_duplicate_ids() {
    let module = "---\ntitle: First\nsummary: How to begin.\n---\n\n## Why\n\nBecause it helps.";
    let site = course("").file("content/lessons/first/index.md", module);
    let pages = site.build();
    let page = pages.page("print");
    for id in ["l1", "l2", "l1-footnote-1", "l2-footnote-1", "l1-why"] {
        assert_eq!(page.html.matches(&format!(r#" id="{id}""#)).count(), 1, "{id}");
    }
    page.has("How to begin.").has("Because it helps.");
    page.has(r##"href="#l1-why""##).has(r##"href="#l2-footnote-1-mark""##).lacks("Not yet.");
    assert_eq!(count_chapters(&pages), 2);
    pages.page("").has("print/index.html");
    let served = site.preview();
    assert!(!served.has("print/index.html"));
    served.page("").lacks("print/");
    served.page("lessons/later").has("This lesson is a draft.");
}

fn count_chapters(pages: &Pages) -> usize {
    pages.page("print").html.matches(r#"<article class="text chapter""#).count()
}

#[test]
fn every_page_with_a_source_links_to_its_editor() {
    let site = course("edit: https://git.example/edit/main/{path}\n")
        .file("content/index.md", "---\ntitle: Welcome\n---\n\nHello.\n");
    let pages = site.build();
    for (page, source) in [
        ("", "content/index.md"),
        ("lessons/first/hear", "content/lessons/first/01-hear.md"),
        ("scenarios/wrong-seat", "content/scenarios/wrong-seat.yaml"),
    ] {
        pages.page(page).has(&format!(r#"href="https://git.example/edit/main/{source}""#));
    }
    pages.page("record").lacks("git.example");
}

#[test]
fn the_whole_course_can_be_printed() {
    let pages = Site::fixture("course").build();
    let lessons = pages.below("lessons/").filter(|path| path.ends_with("/index.html")).count();
    assert_eq!(count_chapters(&pages), lessons);
}

/// A badge takes no more conversations than test its skill, so that every badge can be earned.
#[test]
fn each_badge_states_how_many_conversations_test_its_skill() {
    let site = Site::fixture("course");
    let checked = site.check();
    let course = checked.course();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for story in course.scenarios.iter().map(|scenario| &scenario.story) {
        let skills = course.models[story.model].skills.iter().zip(story.engine.par());
        for (skill, _) in skills.filter(|(_, par)| **par > 0) {
            *counts.entry(&skill.id).or_default() += 1;
        }
    }
    assert!(
        counts.values().any(|count| *count == 1) && counts.values().any(|count| *count > 3),
        "{counts:?}"
    );
    let page = site.build().page("record").html;
    let badges: BTreeMap<&str, usize> = page
        .split("data-skill=\"")
        .skip(1)
        .map(|rest| {
            let (skill, rest) = rest.split_once('"').unwrap();
            (skill, between(rest, "data-scenarios=\"", "\"").parse().unwrap())
        })
        .collect();
    assert_eq!(badges, counts);
}
