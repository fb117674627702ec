//! Whole sites: what every output must hold, whatever the course and the theme.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use amends::address::decode;
use amends::diag::Severity;
use amends::output::Output;
use amends::pipeline;
use amends::render::Purpose;

use crate::blessed;

/// The output of a site that must have no fault; notes are none.
#[track_caller]
pub(crate) fn build(site: &Path) -> Output {
    let made = pipeline::make(site, Purpose::Publish, true).unwrap_or_else(|error| panic!("{error}"));
    let told: Vec<_> = made.loaded.diagnostics.iter().filter(|each| each.severity > Severity::Info).collect();
    assert!(told.is_empty(), "{told:#?}");
    made.output.expect("without a fault there is an output")
}

fn shipped() -> Output {
    build(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn features() -> Output {
    build(&blessed::tests().join("sites/features"))
}

fn pages(output: &Output) -> impl Iterator<Item = (&str, &str)> {
    let pages = output.files().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).expect("pages are UTF-8")))
}

/// Every value of an attribute in a page, undone of the escapes that URLs come with.
fn values(page: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let found = page.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|value| value.replace("&amp;", "&").replace("&#x2F;", "/")).collect()
}

/// What a link on the page at `path` leads to: a path and an anchor.
fn target(path: &str, url: &str) -> (String, String) {
    let (file, anchor) = url.split_once('#').unwrap_or((url, ""));
    if file.is_empty() {
        return (path.to_owned(), anchor.to_owned());
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop().expect("no link climbs out of the site")),
            part => parts.push(part),
        }
    }
    (decode(&parts.join("/")).into_owned(), decode(anchor).into_owned())
}

/// A text without the digests in the names of files, which a change of any style or script changes.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['.', '"']) {
        let (before, after) = rest.split_at(at + 1);
        plain.push_str(before);
        let digest = after.get(..8).filter(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()));
        rest = match digest.map(|_| &after[8..]) {
            Some(more) if more.starts_with('.') => &more[1..],
            Some(more) if more.starts_with("/\"") => more,
            _ => after,
        };
    }
    plain + rest
}

/// Every link and every file that a page asks for is there, with its anchor, by a relative URL.
#[track_caller]
pub(crate) fn assert_whole(output: &Output) {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, page) in pages(output) {
        let all = values(page, "id");
        let unique: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(all.len(), unique.len(), "{path}: two elements have one id");
        ids.insert(path, unique);
    }
    let mut links = 0;
    for (path, page) in pages(output) {
        for url in values(page, "href").into_iter().chain(values(page, "src")) {
            if ["https://", "mailto:", "data:"].iter().any(|scheme| url.starts_with(scheme)) {
                continue;
            }
            assert!(!url.starts_with('/') && !url.contains("://"), "{path}: {url} is not relative");
            let (file, anchor) = target(path, &url);
            assert!(output.get(&file).is_some(), "{path}: {url} leads to {file}, which is not there");
            let known = anchor.is_empty() || ids.get(file.as_str()).is_some_and(|ids| ids.contains(&anchor));
            assert!(known, "{path}: {url} leads to an anchor that is not there");
            links += 1;
        }
    }
    assert!(links > 0, "a site without links was not looked through");
}

#[test]
fn every_link_of_the_shipped_course_leads_somewhere() {
    assert_whole(&shipped());
}

#[test]
fn every_link_between_all_features_leads_somewhere() {
    assert_whole(&features());
}

#[test]
fn no_page_holds_what_its_policy_refuses() {
    for output in [shipped(), features()] {
        for (path, page) in pages(&output) {
            assert!(!page.contains(" style="), "{path}: a style attribute");
            // The page for what is missing has one, which its policy names: a test of its own looks.
            assert!(path == "404.html" || !page.contains("<style"), "{path}: an inline style sheet");
            assert!(!page.contains("javascript:"), "{path}: a script in a link");
            for script in page.split("<script").skip(1) {
                let tag = script.split('>').next().unwrap_or_default();
                assert!(
                    tag.contains(" src=") || tag.contains("application/"),
                    "{path}: an inline script <script{tag}>"
                );
            }
            let handler = |word: &str| word.starts_with("on") && word.contains("=\"");
            assert!(!page.split_whitespace().any(handler), "{path}: an inline event handler");
        }
    }
}

#[test]
fn every_page_of_the_default_theme_says_its_policy() {
    let output = shipped();
    for (path, page) in pages(&output) {
        let page = page.replace("&#39;", "'");
        assert!(page.contains("default-src 'none'") && page.contains("trusted-types amends"), "{path}");
    }
}

#[test]
fn the_same_course_gives_the_same_bytes() {
    let (one, other) = (shipped(), shipped());
    assert_eq!(one.changed(&other), [] as [String; 0]);
}

#[test]
fn only_what_pages_use_is_published() {
    let output = features();
    let assets: Vec<&str> = output.paths().filter(|path| path.starts_with("assets/")).collect();
    assert_eq!(assets, ["assets/img/sheet.txt"], "people keep the address of what they download");
    let pictures = output.paths().filter(|path| path.starts_with("pictures/"));
    assert_eq!(
        pictures.map(plain).collect::<Vec<_>>(),
        ["pictures/img/a red box.png", "pictures/img/box.svg"]
    );
    assert!(output.get("lessons/draft/index.html").is_none(), "a draft has no page");
}

#[test]
fn a_draft_is_shown_while_it_is_written() {
    let site = blessed::tests().join("sites/features");
    let output = pipeline::make(&site, Purpose::Serve, true).unwrap().output.unwrap();
    assert!(output.get("lessons/draft/index.html").is_some());
}

#[test]
fn a_draft_of_a_scenario_is_shown_while_it_is_written_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let scenario = include_str!("../../scaffold/content/scenarios/cold-dinner.yaml");
    let scenario = scenario.replace("objectives: [hear-first, own-the-fix]\n", "");
    put("site.yaml", "title: Drafts\nlints: off\n");
    put("content/scenarios/cold-dinner.yaml", &scenario);
    let draft = scenario.replacen("\nsummary:", "\ndraft: true\naliases: [was-here]\nsummary:", 1);
    put("content/scenarios/to-come.yaml", &draft.replacen("title: ", "title: Unheard-of ", 1));
    put("content/lessons/01-one.md", "---\ntitle: One\nscenarios: [to-come, cold-dinner]\n---\n\nHello.\n");
    let told = |output: &Output| {
        let files = output.files().filter(|(path, bytes)| {
            path.contains("to-come") || String::from_utf8_lossy(bytes).contains("Unheard-of")
        });
        files.map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
    };
    let output = build(folder.path());
    assert_eq!(told(&output), [""; 0]);
    assert!(output.get("scenarios/was-here/index.html").is_none());
    assert_whole(&output);
    let served = pipeline::make(folder.path(), Purpose::Serve, true).unwrap().output.unwrap();
    let page = String::from_utf8_lossy(served.get("scenarios/to-come/index.html").unwrap()).into_owned();
    assert!(page.contains("This conversation is a draft."), "{page}");
    let told = told(&served);
    assert!(told.contains(&"lessons/one/index.html".to_owned()) && told.contains(&"index.html".to_owned()));

    // A link to it is a fault for as long, and what is wrong in it is told at once.
    put("content/lessons/01-one.md", "---\ntitle: One\n---\n\n[It](../scenarios/to-come.yaml)\n");
    put(
        "content/scenarios/to-come.yaml",
        &draft.replacen("says: |\n", "says: |\n      [No](nowhere.md)\n", 1),
    );
    let made = pipeline::make(folder.path(), Purpose::Publish, false).unwrap();
    let told: Vec<&str> = made.loaded.diagnostics.iter().map(|each| each.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "`content/scenarios/to-come.yaml` is a draft, so it will have no page",
            "there is no `nowhere.md` to link to"
        ]
    );
}

#[test]
fn every_feature_of_markdown_is_written_as_expected() {
    for (path, page) in pages(&features()) {
        blessed::check(&format!("sites/features.expected/{path}"), &plain(page));
    }
}
