//! What stands around the pages: the site map, robots, former addresses, the page for what is missing, the page to print.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use amends::output::Output;
use amends::pipeline;
use amends::render::Purpose;
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use crate::{blessed, sites};

/// A course with a former address for a lesson and for a scenario, and a draft.
fn renamed(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = blessed::tests().join("sites/heard");
    for file in ["content/scenarios/wrong-seat.yaml", "content/models/heard.yaml", "content/objectives.yaml"]
    {
        fs::create_dir_all(folder.path().join(file).parent().unwrap()).unwrap();
        let text = fs::read_to_string(from.join(file)).unwrap();
        fs::write(folder.path().join(file), text.replace("\nsummary:", "\naliases: [seat-12]\nsummary:"))
            .unwrap();
    }
    fs::create_dir_all(folder.path().join("content/lessons/first")).unwrap();
    let lesson =
        |name: &str, text: &str| fs::write(folder.path().join("content/lessons").join(name), text).unwrap();
    lesson(
        "first/01-hear.md",
        "---\ntitle: Hear <them>\naliases: [listen, start/listen]\n---\n\nHello.[^1]\n\n[^1]: A note.\n",
    );
    lesson("02-own.md", "---\ntitle: Own it\n---\n\n## Why\n\nSee [above](#why).[^1]\n\n[^1]: Another.\n");
    lesson("03-later.md", "---\ntitle: Later\ndraft: true\n---\n\nNot yet.\n");
    fs::write(
        folder.path().join("site.yaml"),
        format!("title: Renamed\nid: renamed\nlints: off\n{settings}"),
    )
    .unwrap();
    folder
}

fn text<'o>(output: &'o Output, path: &str) -> &'o str {
    let bytes = output.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start}")).1;
    rest.split_once(end).unwrap().0
}

/// The smallest picture: one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

#[test]
fn a_preview_shows_the_picture_of_the_page_by_its_whole_address() {
    let site = renamed("url: https://example.org/course\nbrand: { preview: content/the cover.png }\n");
    fs::write(site.path().join("content/the cover.png"), PNG).unwrap();
    fs::write(site.path().join("content/scenarios/seat.png"), [PNG, b"!"].concat()).unwrap();
    let scenario = site.path().join("content/scenarios/wrong-seat.yaml");
    let whole = fs::read_to_string(&scenario).unwrap();
    let portrait =
        whole.replacen("customer:\n", "customer:\n  portrait: { image: seat.png, alt: A seat }\n", 1);
    assert_ne!(whole, portrait);
    fs::write(&scenario, portrait).unwrap();
    let output = sites::build(site.path());
    for (page, name) in [
        ("index.html", "the%20cover"),
        ("lessons/own/index.html", "the%20cover"),
        ("scenarios/wrong-seat/index.html", "scenarios/seat"),
    ] {
        let page = text(&output, page);
        let url = between(page, "property=\"og:image\" content=\"", "\"").replace("&#x2F;", "/");
        let path = url.strip_prefix("https://example.org/course/").unwrap_or_else(|| panic!("{url}"));
        assert!(path.starts_with(&format!("pictures/{name}.")), "{path}");
        assert!(output.get(&path.replace("%20", " ")).is_some(), "{path}");
        assert!(page.contains("og:image:width\" content=\"1\""), "{page}");
    }
    assert!(!text(&output, "record/index.html").contains("og:image"), "nobody is to find it");
    // Without an address there is none to say.
    let settings = fs::read_to_string(site.path().join("site.yaml")).unwrap();
    fs::write(site.path().join("site.yaml"), settings.replace("url: https://example.org/course\n", ""))
        .unwrap();
    assert!(!text(&sites::build(site.path()), "index.html").contains("og:image"));
}

#[test]
fn the_site_map_holds_every_page_that_may_be_found_by_its_one_address() {
    let site = renamed("url: https://example.org/course\n");
    let output = sites::build(site.path());
    let map = text(&output, "sitemap.xml");
    let urls: BTreeSet<&str> =
        map.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0).collect();
    let expected = ["", "lessons/first/hear/", "lessons/own/", "scenarios/wrong-seat/"];
    let expected: BTreeSet<String> =
        expected.iter().map(|path| format!("https://example.org/course/{path}")).collect();
    assert_eq!(urls, expected.iter().map(String::as_str).collect());
    for url in urls {
        let path = format!("{}index.html", url.strip_prefix("https://example.org/course/").unwrap());
        let page = text(&output, &path).replace("&#x2F;", "/");
        assert!(page.contains(&format!(r#"<link rel="canonical" href="{url}">"#)), "{path}");
        assert!(page.contains(&format!(r#"<meta property="og:url" content="{url}">"#)), "{path}");
        assert!(!page.contains("noindex"), "{path}");
    }
    for path in ["record/index.html", "print/index.html", "404.html"] {
        let page = text(&output, path);
        assert!(page.contains("noindex") && !page.contains("canonical"), "{path}");
    }
    assert_eq!(
        text(&output, "robots.txt"),
        "User-agent: *\nAllow: /\nSitemap: https://example.org/course/sitemap.xml\n"
    );
    assert!(output.get(".nojekyll").is_some());
}

#[test]
fn without_an_address_nothing_is_said_that_needs_one() {
    let site = renamed("");
    let output = sites::build(site.path());
    assert!(output.get("sitemap.xml").is_none());
    assert_eq!(text(&output, "robots.txt"), "User-agent: *\nAllow: /\n");
    let home = text(&output, "index.html");
    assert!(!home.contains("canonical") && !home.contains("og:"));
    let lost = text(&output, "404.html");
    let lost = lost.replace(r#"href="data:,""#, "");
    assert!(!lost.contains("href=") && !lost.contains("src="), "no link holds at every depth: {lost}");
    sites::assert_whole(&output);
}

#[test]
fn the_address_can_be_given_to_the_build() {
    let site = renamed("");
    let build = |url: &str| {
        let run = ["build", "--quiet", "--output", "out", "--url", url];
        Command::new(env!("CARGO_BIN_EXE_amends")).args(run).current_dir(site.path()).output().unwrap()
    };
    let built = build("https://me.example/a-course/");
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let map = fs::read_to_string(site.path().join("out/sitemap.xml")).unwrap();
    assert!(map.contains("<loc>https://me.example/a-course/lessons/own/</loc>"), "{map}");
    let lost = fs::read_to_string(site.path().join("out/404.html")).unwrap().replace("&#x2F;", "/");
    assert!(lost.contains(r#"href="/a-course/index.html""#), "{lost}");
    let refused = build("me.example");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("https://example.org/course/"));
}

#[test]
fn former_addresses_lead_to_the_page() {
    let site = renamed("");
    let output = sites::build(site.path());
    for (alias, to) in [
        ("lessons/listen", "../first/hear/index.html"),
        ("lessons/start/listen", "../../first/hear/index.html"),
        ("scenarios/seat-12", "../wrong-seat/index.html"),
    ] {
        let page = text(&output, &format!("{alias}/index.html")).replace("&#x2F;", "/");
        assert!(
            page.contains(&format!(r#"<meta http-equiv="refresh" content="0; url={to}">"#)),
            "{alias}: {page}"
        );
        assert!(page.contains(&format!(r#"<a href="{to}">"#)) && page.contains("noindex"), "{alias}");
    }
    assert!(text(&output, "lessons/listen/index.html").contains("Hear &lt;them&gt;"));
}

#[test]
fn the_style_of_the_page_for_what_is_missing_is_the_one_that_its_policy_allows() {
    let output = sites::build(renamed("").path());
    let page = text(&output, "404.html");
    let style = between(page, "<style>", "</style>");
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = between(page, r#"Content-Security-Policy" content=""#, r#"">"#);
    let policy = policy.replace("&#39;", "'").replace("&#x2F;", "/");
    assert!(policy.contains(&format!("style-src 'self' 'sha256-{hash}';")), "{policy}");
    assert!(!text(&output, "index.html").contains("sha256-"), "and only there");
}

#[test]
fn the_whole_course_stands_on_one_page_without_a_clash_of_ids() {
    let site = renamed("");
    let output = sites::build(site.path());
    let page = text(&output, "print/index.html");
    for id in ["l1", "l2", "l1-footnote-1", "l2-footnote-1", "l1-why"] {
        assert_eq!(page.matches(&format!(r#" id="{id}""#)).count(), 1, "{id}");
    }
    assert!(
        page.contains(r##"href="#l1-why""##) && page.contains(r##"href="#l2-footnote-1-mark""##),
        "{page}"
    );
    assert!(!page.contains("Not yet."), "a draft is not printed");
    assert!(text(&output, "index.html").contains("print/index.html"));
    let served = pipeline::make(site.path(), Purpose::Serve, true).unwrap().output.unwrap();
    assert!(served.get("print/index.html").is_none() && !text(&served, "index.html").contains("print/"));
    assert!(text(&served, "lessons/later/index.html").contains("This lesson is a draft."));
}

#[test]
fn every_page_that_has_a_source_says_where_it_is_edited() {
    let site = renamed("edit: https://git.example/edit/main/{path}\n");
    fs::write(site.path().join("content/index.md"), "---\ntitle: Welcome\n---\n\nHello.\n").unwrap();
    let output = sites::build(site.path());
    for (page, source) in [
        ("index.html", "content/index.md"),
        ("lessons/first/hear/index.html", "content/lessons/first/01-hear.md"),
        ("scenarios/wrong-seat/index.html", "content/scenarios/wrong-seat.yaml"),
    ] {
        let html = text(&output, page).replace("&#x2F;", "/");
        assert!(html.contains(&format!(r#"href="https://git.example/edit/main/{source}""#)), "{page}");
    }
    assert!(!text(&output, "record/index.html").contains("git.example"));
}

#[test]
fn the_shipped_course_is_printed_whole() {
    let output = sites::build(Path::new(env!("CARGO_MANIFEST_DIR")));
    let lessons = output.paths().filter(|path| path.starts_with("lessons/") && path.ends_with("index.html"));
    let page = text(&output, "print/index.html");
    assert_eq!(page.matches(r#"<article class="text chapter""#).count(), lessons.count());
}
