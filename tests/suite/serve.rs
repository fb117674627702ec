//! `serve`: answers from memory, keeps the last good site, and reports changes to open pages.

mod program;

use std::fs;
use std::io::{Read, Write};

use crate::harness::{Served, Site, between, scenario};

/// A site with one lesson, and its server.
fn serve(lesson: &str) -> Served {
    Site::new().config("title: Served\nid: served\n").lesson("01-one", lesson).serve()
}

const LESSON: &str = "content/lessons/01-one.md";
const GOOD: &str = "The first text.";
const BAD: &str = "A [link](nowhere.md).";
/// A lesson that does not compile.
const BROKEN: &str = "---\ntitel: One\n---\n\nA text.\n";

#[test]
fn pages_have_content_types() {
    let served = serve(GOOD);
    for (paths, kind) in [
        ("/ /index.html /lessons/one/ /lessons/one/index.html?a=b", "text/html; charset=utf-8"),
        ("/static/theme.css", "text/css; charset=utf-8"),
        ("/static/result.js /static/reload.js", "text/javascript; charset=utf-8"),
        ("/static/favicon.svg", "image/svg+xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        for path in paths.split(' ') {
            let answer = served.get(path);
            assert_eq!(answer.status(), "200", "{path}");
            assert!(answer.head.contains(&format!("content-type: {kind}")), "{path}: {}", answer.head);
            assert!(answer.head.contains("x-content-type-options: nosniff"), "{path}: {}", answer.head);
        }
    }
    let page = served.get("/lessons/one/").body.replace("&#39;", "'");
    assert!(
        page.contains("The first text.") && page.contains("connect-src 'self'") && page.contains("reload.js")
    );
    let moved = served.get("/lessons/one");
    assert_eq!(moved.status(), "308");
    assert!(moved.head.contains("location: /lessons/one/"));
}

/// Paths that do not exist, among them attempts to leave the site.
const MISSING: &str = r"
    /../site.yaml /..%2fsite.yaml /%2e%2e/site.yaml /static/../../site.yaml /%252e%252e/site.yaml /..%5csite.yaml
    /static/%5c..%5c..%5csite.yaml /site.yaml /content/lessons/01-one.md /.amends-manifest /C:%5csite.yaml //etc/passwd
    /%2fetc/passwd /%2e%2e%2f%2e%2e%2fetc/passwd /static/theme.css%00.html /%00 /%ff /lessons/one/nothing /..\site.yaml";

#[test]
fn no_path_escapes_the_site() {
    let served = serve(GOOD);
    for path in MISSING.split_whitespace() {
        let answer = served.get(path);
        assert_eq!(answer.status(), "404", "{path}");
        assert!(answer.body.contains("<html"), "{path}: this is not the site's own 404 page");
    }
    // Absolute addresses, as sent to a proxy, and invalid ones.
    for (target, status) in [
        ("http://localhost/../site.yaml", "404"),
        ("http://localhost/lessons/one/", "200"),
        ("http://elsewhere.example/lessons/one/", "403"),
        ("../site.yaml", "400"),
        ("\\site.yaml", "400"),
        ("", "400"),
    ] {
        let answer = served.get(target);
        assert_eq!(answer.status(), status, "{target}");
        assert!(!answer.body.contains("title: Served"), "{target}: {}", answer.body);
    }
}

#[test]
fn unknown_host_names_are_refused() {
    let served = serve(GOOD);
    let own = ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "course.localhost"];
    let others = ["attacker.example:4000", "localhost.attacker.example", "127.0.0.1.attacker.example", ""];
    for (hosts, status) in [(own.as_slice(), "200"), (&others, "403")] {
        for host in hosts {
            let answer = served.get_as("/", host);
            assert_eq!(answer.status(), status, "{host}");
            assert_eq!(answer.body.contains("Served"), status == "200", "{host}: {}", answer.body);
        }
    }
}

/// The headers in which a browser states where a request comes from, and its mode.
fn fetch_metadata(site: &str, mode: &str) -> String {
    format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\n")
}

#[test]
fn a_page_of_another_site_cannot_read_anything() {
    let served = serve(GOOD);
    for (site, mode, status) in [
        ("cross-site", "no-cors", "403"),
        ("cross-site", "cors", "403"),
        ("cross-site", "navigate", "200"),
        ("same-origin", "no-cors", "200"),
        ("same-origin", "cors", "200"),
        ("none", "navigate", "200"),
    ] {
        for path in ["/", "/lessons/one/", "/static/reload.js", "/static/theme.css"] {
            let answer = served.get_with(path, "localhost", &fetch_metadata(site, mode));
            assert_eq!(answer.status(), status, "{path}: {site}, {mode}");
            assert!(answer.head.contains("cross-origin-resource-policy: same-origin"), "{path}");
            assert!(status == "200" || !answer.body.contains("Served"), "{path}");
        }
    }
    let stream = served.get_with("/static/reload?", "localhost", &fetch_metadata("cross-site", "cors"));
    assert_eq!(stream.status(), "403");
}

#[test]
fn an_unfinished_request_is_closed() {
    let served = serve(GOOD);
    let mut stream = served.connect();
    write!(stream, "GET / HTTP/1.1\r\nHost: loc").unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("the server hangs up");
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    assert_eq!(served.get("/").status(), "200");
}

#[test]
fn a_recreated_site_folder_is_noticed() {
    let served = serve(GOOD);
    served.expect("built");
    let path = served.site.path().to_owned();
    for text in ["The second text.", "The third text."] {
        let settings = served.site.read("site.yaml");
        fs::remove_dir_all(&path).unwrap();
        served.site.put("site.yaml", &settings);
        served.site.put_lesson("01-one", text);
        while !served.get("/lessons/one/").body.contains(text) {
            served.next();
        }
    }
    served.site.put_lesson("01-one", "The fourth text.");
    while !served.get("/lessons/one/").body.contains("The fourth text.") {
        served.next();
    }
}

#[test]
fn open_pages_are_notified_even_if_an_editor_saves_by_renaming() {
    let served = serve(GOOD);
    served.expect("built");
    assert_eq!(served.get("/lessons/one/").status(), "200");
    let mut stream = served.listen_on("lessons%2Fone%2Findex.html");
    served.site.edit(LESSON, "first", "second");
    assert_eq!(stream.until("event: changed"), r#"data: ["lessons/one/index.html"]"#);
    assert!(served.get("/lessons/one/").body.contains("The second text."));

    let beside = "content/lessons/.01-one.md.swp";
    served.site.put(beside, served.site.read(LESSON).replace("second", "third"));
    fs::rename(served.site.path().join(beside), served.site.path().join(LESSON)).unwrap();
    assert_eq!(stream.until("event: changed"), r#"data: ["lessons/one/index.html"]"#);
    assert!(served.get("/lessons/one/").body.contains("The third text."));

    served.site.edit("site.yaml", "Served", "Renamed");
    assert!(stream.until("event: changed").contains("index.html"));
    assert!(served.get("/").body.contains("Renamed"));
}

/// A lesson's page also shows the titles of its neighbors.
#[test]
fn pages_that_name_an_edited_lesson_change_too() {
    let served = serve(GOOD);
    for name in ["02-two", "03-three"] {
        served.site.put_lesson(name, GOOD);
    }
    while !served.get("/lessons/three/").body.contains("The first text.") {
        served.next();
    }
    assert!(served.get("/lessons/two/").body.contains("One"));
    let mut stream = served.listen_on("lessons%2Ftwo%2Findex.html");
    served.site.edit(LESSON, "title: One", "title: Eins");
    assert!(stream.until("event: changed").contains("lessons/two/index.html"));
    assert!(served.get("/lessons/two/").body.contains("Eins") && served.get("/").body.contains("Eins"));
}

#[cfg(unix)]
#[test]
fn the_targets_of_symbolic_links_are_watched() {
    let site = Site::new().file("shared/one.md", "---\ntitle: One\n---\n\nThe first text.");
    site.link(LESSON, "../../shared/one.md");
    let served = site.serve();
    served.expect("built");
    let mut stream = served.listen_on("lessons%2Fone%2Findex.html");
    assert_eq!(served.get("/lessons/one/").status(), "200");
    served.site.edit("shared/one.md", "first", "second");
    assert_eq!(stream.until("event: changed"), r#"data: ["lessons/one/index.html"]"#);
    assert!(served.get("/lessons/one/").body.contains("The second text."));
}

#[test]
fn a_new_folder_is_noticed() {
    let served = serve(GOOD);
    served.expect("built");
    let mut stream = served.listen();
    assert_eq!(served.get("/static/theme.css").status(), "200");
    for style in ["body {}", "body { color: red }"] {
        served.site.put("themes/default/static/theme.css", style);
        assert_eq!(stream.until("event: changed"), r#"data: ["static/theme.css"]"#);
    }
}

#[test]
fn a_file_with_errors_shows_them_on_its_page_and_other_pages_are_current() {
    let served = serve(GOOD);
    served.expect("built");
    let other = "content/lessons/02-two.md";
    served.site.put_lesson("02-two", GOOD);
    served.expect("built");
    assert_eq!(served.get("/lessons/one/").status(), "200");
    let mut stream = served.listen_on("lessons%2Fone%2Findex.html");

    served.site.put_lesson("01-one", BAD);
    assert!(stream.until("event: changed").contains("lessons/one/index.html"));
    served.expect("errors");
    let page = served.get("/lessons/one/").body;
    assert!(page.contains("nowhere.md") && page.contains("01-one.md:5:10"), "{page}");
    assert!(
        page.contains("amends-panel") && page.contains("<h1"),
        "the page is shown with its errors: {page}"
    );
    assert!(!page.contains('\u{1b}'), "a page has color codes");
    assert!(!served.get("/lessons/two/").body.contains("nowhere.md"));

    served.site.put_lesson("01-one", BROKEN);
    stream.until("event: changed");
    served.expect("errors");
    let answer = served.get("/lessons/one/");
    assert_eq!(answer.status(), "200");
    assert!(answer.body.contains("has no key `titel`") && answer.body.contains("/static/reload.js"));
    served.site.edit(other, "first", "second");
    served.expect("errors");
    let page = served.get("/lessons/two/").body;
    assert!(page.contains("The second text.") && !page.contains("titel"), "{page}");
    assert!(!served.get("/").body.contains("titel"));

    served.site.put_lesson("01-one", GOOD);
    stream.until("event: changed");
    served.expect("built");
    assert!(!served.get("/lessons/one/").body.contains("amends-panel"));
}

#[test]
fn errors_of_a_scenario_show_on_its_page_and_on_those_that_include_it() {
    let served = serve(GOOD);
    served.expect("built");
    let broken = scenario().replacen("then: ", "then: nowhere-", 1);
    served.site.put("content/scenarios/cold-dinner.yaml", broken);
    while served.next() != "errors" {}
    assert!(served.get("/scenarios/cold-dinner/").body.contains("there is no node called"));
    assert!(served.get("/lessons/one/").body.contains("The first text."));
    let sharing = scenario().replacen("nodes:", "includes: [shared/end.yaml]\nnodes:", 1);
    served.site.put("content/scenarios/shared/end.yaml", "nodes: 7\n");
    served.site.put("content/scenarios/cold-dinner.yaml", sharing);
    while !served.get("/scenarios/cold-dinner/").body.contains("shared/end.yaml:1:") {
        served.next();
    }
    assert_eq!(served.get("/lessons/one/").body.matches("amends-faults").count(), 0);
}

#[test]
fn shared_errors_are_shown_over_the_last_good_page() {
    let served = serve(GOOD);
    served.expect("built");
    for (path, text) in [
        ("site.yaml", "title: Served\nid: served\nnonsense: 1\n"),
        ("content/objectives.yaml", "nonsense\n"),
        ("content/models/own.yaml", "nonsense: 1\n"),
    ] {
        let before = served.site.has(path).then(|| served.site.read(path));
        let mut stream = served.listen();
        served.site.put(path, text);
        let faults = stream.until("event: faults");
        assert!(faults.contains(&format!("{path}:")), "{faults}");
        assert!(!faults.contains(r"\u001b"), "a page has color codes");
        assert!(served.get("/lessons/one/").body.contains("The first text."), "{path}");
        match before {
            Some(before) => served.site.put(path, before),
            None => served.site.remove(path),
        }
        stream.until("event: mended");
    }
}

#[test]
fn a_site_with_errors_from_the_start_shows_its_other_pages() {
    let served = serve(BROKEN);
    served.expect("errors");
    assert!(served.get("/lessons/one/").body.contains("titel"));
    assert_eq!(served.get("/").status(), "200");
    let mut stream = served.listen();
    served.site.put_lesson("01-one", GOOD);
    assert!(stream.until("event: changed").contains("lessons/one/index.html"));
    assert!(served.get("/lessons/one/").body.contains("The first text."));
}

#[test]
fn the_first_example_of_the_guide_builds_and_is_served_unchanged() {
    let guide = Site::shipped().read("docs/author-guide.md");
    let example = between(&guide, "```yaml\n", "```\n");
    assert!(example.starts_with("title: The wrong lamp\n"));
    let site = Site::scaffold().file("content/scenarios/wrong-lamp.yaml", example);
    let checked = site.amends(&["check", "--format", "short"]).exits(0);
    assert!(
        checked.out.contains("warning[few-endings]") && !checked.out.contains("error["),
        "{}",
        checked.out
    );
    site.amends(&["build"]).exits(0);
    assert!(site.has("public/scenarios/wrong-lamp/index.html"));
    let served = site.serve();
    served.expect("built");
    let answer = served.get("/scenarios/wrong-lamp/");
    assert_eq!(answer.status(), "200");
    assert!(answer.body.contains("A green lamp came") && !answer.body.contains("amends-panel"));
}

#[test]
fn a_broken_template_is_reported_with_its_place() {
    let served = serve(GOOD);
    served.expect("built");
    let mut stream = served.listen();
    let template = "themes/default/templates/lesson.html";
    served.site.put(template, "fine\n{{ lesson.title | nonsense }}");
    let faults = stream.until("event: faults");
    assert!(faults.contains(&format!("{template}:2:")), "{faults}");
    served.expect("failed");
    assert!(served.get("/lessons/one/").body.contains("The first text."), "the last good page stays");
    // This template loads, but fails when it is rendered.
    served.site.put(template, "{{ lesson.nothing.at_all }}");
    served.expect("failed");
    assert!(served.get("/lessons/one/").body.contains("The first text."), "the last good page stays");
}

#[test]
fn the_next_free_port_is_used() {
    let first = serve(GOOD);
    assert!(first.start_another().port() > first.address.port());
}

#[test]
fn only_serve_has_a_bench_for_each_scenario() {
    let served = serve(GOOD);
    served.site.put("content/scenarios/cold-dinner.yaml", scenario());
    served.expect("built");
    let mut answer = served.get("/bench/cold-dinner/");
    while answer.status() != "200" {
        // The new folder and its file may be noticed as two changes.
        served.expect("built");
        answer = served.get("/bench/cold-dinner/");
    }
    for part in
        ["A player who clicks at random", "<svg", "What check says", "data-node=\"opening\" data-run=\"\""]
    {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert_eq!(served.get("/bench/nobody/").status(), "404");
    assert_eq!(served.get("/static/bench.js").status(), "200");
    assert!(!served.site.build().paths().any(|path| path.contains("bench")));
}
