//! The search index: what is in it, what must not be, and what it weighs.

use std::path::Path;

use amends::course::{Course, Node};
use amends::load::load;
use amends::markdown::plain::plain;
use amends::output::Output;
use amends::pipeline;
use amends::render::Purpose;
use amends::search::{Kind, Section, gather, pack};

use crate::sites;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> Course {
    load(root()).unwrap().course.unwrap()
}

/// All scripts of the index as one text.
fn index(output: &Output) -> String {
    let files = output.files().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"));
    files.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap()).collect()
}

fn section(title: &str, text: &str) -> Section {
    Section {
        kind: Kind::Lesson,
        url: "lessons/a/index.html".to_owned(),
        anchor: String::new(),
        title: title.to_owned(),
        heading: String::new(),
        also: String::new(),
        text: text.to_owned(),
    }
}

#[test]
fn nothing_that_comes_after_the_first_choice_is_in_the_index() {
    let course = shipped();
    let index = index(&sites::build(root()));
    let (mut hidden, mut openings) = (0, 0);
    for scenario in &course.scenarios {
        for (at, node) in scenario.story.nodes.iter().enumerate() {
            let texts = match node {
                Node::Decision(decision) => {
                    let choices = decision.choices.iter();
                    let mut texts: Vec<&str> =
                        choices.flat_map(|each| [&*each.reply.markdown, &*each.why.markdown]).collect();
                    let own: Vec<&str> = decision.says.iter().map(|says| &*says.markdown).collect();
                    if at == scenario.story.start {
                        openings += own.iter().filter(|says| index.contains(&written(says))).count();
                    } else {
                        texts.extend(own);
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
    assert!(hidden > 300 && openings > 8, "{hidden} texts and {openings} openings were looked for");
}

/// A text as the index writes it.
fn written(markdown: &str) -> String {
    let words = plain(markdown).split_whitespace().collect::<Vec<_>>().join(" ");
    serde_json::to_string(&words).unwrap().trim_matches('"').to_owned()
}

#[test]
fn every_lesson_and_scenario_can_be_found_at_an_address_that_is_there() {
    let course = shipped();
    let lessons: Vec<usize> = (0..course.lessons.len()).collect();
    let output = sites::build(root());
    let sections = gather(&course, &lessons);
    for section in &sections {
        let Section { url, anchor, .. } = section;
        let page = std::str::from_utf8(output.get(url).unwrap()).unwrap();
        assert!(anchor.is_empty() || page.contains(&format!(r#" id="{anchor}""#)), "{url}#{anchor}");
    }
    let pages = |kind| sections.iter().filter(|each| each.kind == kind && each.heading.is_empty()).count();
    assert_eq!(pages(Kind::Lesson), course.lessons.len());
    assert_eq!(pages(Kind::Scenario), course.scenarios.len());
}

#[test]
fn forms_of_a_word_stand_together() {
    let files = pack(&[section("One", "They apologize."), section("Two", "apologized, apology; Café")], "en");
    assert_eq!(files.len(), 1, "a small site has one file");
    let (name, script) = &files[0];
    assert_eq!(name, "index.js");
    assert!(script.contains(r#"["apolog","ize ized y",[0,"#), "{script}");
    assert!(script.contains(r#"["cafe","",[1,"#), "{script}");
    assert!(script.starts_with(r#"amendsFound("index",[2,["#), "{script}");
}

#[test]
fn a_large_site_is_cut_into_pieces_of_which_none_is_large() {
    let words = |from: usize| {
        (from..from + 150).map(|n| format!("w{}", n * 7919 % 9973)).collect::<Vec<_>>().join(" ")
    };
    let sections: Vec<Section> = (0..600).map(|n| section(&format!("Page {n}"), &words(n * 31))).collect();
    let files = pack(&sections, "en");
    assert!(files.len() > 50, "{} files", files.len());
    for (name, script) in &files {
        assert!(script.len() < 12_000, "{name} has {} bytes", script.len());
        let start = format!("amendsFound(\"{}\",", name.strip_suffix(".js").unwrap());
        assert!(
            script.starts_with(&start) && script.ends_with(");\n") && script.lines().count() == 1,
            "{name}"
        );
    }
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(files, alone.install(|| pack(&sections, "en")), "the same from one thread");
}

#[test]
fn a_site_that_is_being_written_has_no_search_and_one_that_is_published_can_do_without() {
    let served = pipeline::make(root(), Purpose::Serve, false).unwrap().output.unwrap();
    assert!(served.paths().all(|path| !path.starts_with("search/")));
    let page = |output: &Output| String::from_utf8(output.get("index.html").unwrap().to_vec()).unwrap();
    assert!(!page(&served).contains("data-search") && page(&sites::build(root())).contains("data-search"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("content/lessons")).unwrap();
    std::fs::write(folder.path().join("content/lessons/a.md"), "---\ntitle: A\n---\n\nText.\n").unwrap();
    std::fs::write(folder.path().join("site.yaml"), "title: T\nsearch: false\n").unwrap();
    let output = sites::build(folder.path());
    assert!(
        output.paths().all(|path| !path.starts_with("search/")) && !page(&output).contains("data-search")
    );
}
