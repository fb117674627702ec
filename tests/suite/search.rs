//! The search index: what it contains, what it must not contain, and its size.

use amends::course::Node;
use amends::markdown::plain::plain;
use serde_json::Value;

use crate::harness::{Pages, Site, index};

/// All scripts of the index, one per line.
fn scripts(pages: &Pages) -> String {
    pages.texts().filter(|(path, _)| is_index(path)).map(|(_, script)| script).collect()
}

fn is_index(path: &str) -> bool {
    path.starts_with("search/") && path.ends_with(".js")
}

#[test]
fn the_index_has_nothing_that_comes_after_the_first_choice() {
    let site = Site::fixture("course");
    let (checked, index) = (site.check(), scripts(&site.build()));
    let (mut hidden, mut openings) = (0, 0);
    for scenario in &checked.course().scenarios {
        for (at, node) in scenario.story.nodes.iter().enumerate() {
            let texts = match node {
                Node::Decision(decision) => {
                    let choices = decision.choices.iter();
                    let mut texts: Vec<&str> =
                        choices.flat_map(|each| [&*each.reply.markdown, &*each.why.markdown]).collect();
                    let says: Vec<&str> = decision.says.iter().map(|says| &*says.markdown).collect();
                    if at == scenario.story.start {
                        openings += says.iter().filter(|text| index.contains(&written(text))).count();
                    } else {
                        texts.extend(says);
                    }
                    texts
                }
                Node::Ending(ending) => vec![&*ending.text.markdown],
            };
            for text in texts.into_iter().map(written).filter(|text| text.split(' ').count() > 6) {
                assert!(!index.contains(&text), "{}: {text}", scenario.slug);
                hidden += 1;
            }
        }
    }
    assert!(hidden > 300 && openings > 2, "only {hidden} texts and {openings} openings were compared");
}

/// A text as the index writes it.
fn written(markdown: &str) -> String {
    let words = plain(markdown).split_whitespace().collect::<Vec<_>>().join(" ");
    serde_json::to_string(&words).unwrap().trim_matches('"').to_owned()
}

#[test]
fn every_lesson_and_scenario_is_found_at_a_valid_address() {
    let pages = Site::fixture("course").build();
    let scripts = scripts(&pages);
    let texts = scripts.lines().filter_map(|line| line.strip_prefix("amendsFound(\"t")?.strip_suffix(");"));
    let mut found = Vec::new();
    for text in texts {
        let pages_of_text: Value = serde_json::from_str(text.split_once(',').unwrap().1).unwrap();
        for page in pages_of_text.as_array().unwrap() {
            let url = page[1].as_str().unwrap();
            for section in page[3].as_array().unwrap() {
                let (anchor, heading) = (section[0].as_str().unwrap(), section[1].as_str().unwrap());
                let html = pages.text(url);
                assert!(anchor.is_empty() || html.contains(&format!(r#" id="{anchor}""#)), "{url}#{anchor}");
                found.extend(heading.is_empty().then(|| url.to_owned()));
            }
        }
    }
    found.sort();
    let pages: Vec<&str> = pages
        .html()
        .map(|(path, _)| path)
        .filter(|path| path.starts_with("lessons/") || path.starts_with("scenarios/"))
        .collect();
    assert_eq!(found, pages);
}

#[test]
fn forms_of_a_word_share_an_entry() {
    let files = index(&[("One", "They apologize."), ("Two", "apologized, apology; Café")]);
    assert_eq!(files.len(), 1, "the index of a small site is one file");
    let (name, script) = &files[0];
    assert_eq!(name, "index.js");
    assert!(script.contains(r#"["apolog","ize ized y",[0,"#), "{script}");
    assert!(script.contains(r#"["cafe","",[1,"#), "{script}");
    assert!(script.starts_with(r#"amendsFound("index",[2,["#), "{script}");
}

#[test]
fn the_index_of_a_large_site_is_split_into_small_pieces() {
    let words = |from: usize| {
        (from..from + 150).map(|n| format!("w{}", n * 7919 % 9973)).collect::<Vec<_>>().join(" ")
    };
    let lessons: Vec<_> = (0..600).map(|n| (format!("Page {n}"), words(n * 31))).collect();
    let lessons: Vec<_> = lessons.iter().map(|(title, text)| (title.as_str(), text.as_str())).collect();
    let files = index(&lessons);
    assert!(files.len() > 50, "{} files", files.len());
    for (name, script) in &files {
        assert!(script.len() < 12_000, "{name} has {} bytes", script.len());
        let start = format!("amendsFound(\"{}\",", name.strip_suffix(".js").unwrap());
        let one_call = script.starts_with(&start) && script.ends_with(");\n") && script.lines().count() == 1;
        assert!(one_call, "{name}");
    }
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(files, alone.install(|| index(&lessons)), "one thread makes another index");
}

#[test]
fn serve_has_no_search_and_a_site_can_turn_it_off() {
    let site = Site::new().lesson("01-one", "Text.");
    let has_search = |pages: &Pages| {
        let home = pages.page("").html.contains("data-search");
        assert_eq!(pages.paths().any(is_index), home);
        home
    };
    assert!(has_search(&site.build()) && !has_search(&site.preview()));
    assert!(!has_search(&site.config("title: T\nsearch: false\n").build()));
}
