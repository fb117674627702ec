//! One page made again while a course is written: it is what a clean build makes, after any sequence of edits.

use std::fs;
use std::path::{Path, PathBuf};

use amends::diag::Severity;
use amends::output::Output;
use amends::pipeline::{self, Made};
use amends::render::Purpose;
use amends::shell::serve::Kept;
use proptest::prelude::*;
use proptest::test_runner::Config;

/// What a trainer does to a file.
#[derive(Debug, Clone)]
enum Edit {
    /// Writes lesson `at` anew, with one of these texts.
    Lesson {
        at: usize,
        title: usize,
        body: usize,
    },
    /// Another goodwill, or a fault.
    Scenario {
        goodwill: u8,
        broken: bool,
    },
    Rename {
        at: usize,
    },
    Delete {
        at: usize,
    },
}

const TITLES: [&str; 4] = [
    "title: Hear it",
    "title: Hear it *all*\nsummary: To the end.",
    "title: A draft\ndraft: true",
    "title: Opens\nscenarios: [late]",
];
const BODIES: [&str; 9] = [
    "Let it be told.",
    "## One\n\nA line[^a].\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^a]: A note.",
    "## Other\n\nSee [the next](02-b.md), [a place in it](02-b.md#one) and [the story](../scenarios/late.yaml).",
    "A [link to nothing](nowhere.md).",
    "```dialogue\nCaller: It is late.\nYou: Tell me.\n```",
    "- a list\n- of two",
    "A footnote that nothing mentions.\n\n[^b]: This.",
    "<div>raw</div>",
    "## One\n\nThe heading that others link to.",
];

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (0..4usize, 0..TITLES.len(), 0..BODIES.len())
            .prop_map(|(at, title, body)| Edit::Lesson { at, title, body }),
        2 => (20..60u8, prop::bool::weighted(0.2))
            .prop_map(|(goodwill, broken)| Edit::Scenario { goodwill, broken }),
        1 => (0..4usize).prop_map(|at| Edit::Rename { at }),
        1 => (0..4usize).prop_map(|at| Edit::Delete { at }),
    ]
}

fn lesson(at: usize) -> PathBuf {
    Path::new("content/lessons").join(format!("0{}-{}.md", at + 1, ["a", "b", "c", "d"][at]))
}

/// Does it, and says which files changed.
fn apply(site: &Path, edit: &Edit, story: &str) -> Vec<PathBuf> {
    match edit {
        Edit::Lesson { at, title, body } => {
            let text = format!("---\n{}\n---\n\n{}\n", TITLES[*title], BODIES[*body]);
            fs::write(site.join(lesson(*at)), text).unwrap();
            vec![lesson(*at)]
        }
        Edit::Scenario { goodwill, broken } => {
            let mut text = story.replace("goodwill: 35", &format!("goodwill: {goodwill}"));
            if *broken {
                text = text.replace("then: again", "then: agian");
            }
            let path = PathBuf::from("content/scenarios/late.yaml");
            fs::write(site.join(&path), text).unwrap();
            vec![path]
        }
        Edit::Rename { at } => {
            let (from, to) = (lesson(*at), PathBuf::from(format!("content/lessons/09-moved-{at}.md")));
            if site.join(&from).exists() {
                fs::rename(site.join(&from), site.join(&to)).unwrap();
            }
            vec![from, to]
        }
        Edit::Delete { at } => {
            let _ = fs::remove_file(site.join(lesson(*at)));
            vec![lesson(*at)]
        }
    }
}

/// A small course whose pages speak of one another.
fn course(site: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffold");
    let story = fs::read_to_string(root.join("content/scenarios/cold-dinner.yaml")).unwrap();
    for folder in ["content/lessons", "content/scenarios"] {
        fs::create_dir_all(site.join(folder)).unwrap();
    }
    fs::write(
        site.join("site.yaml"),
        "title: A course\nid: again\nlints: off\nbrand: { color: \"#8a1c4a\" }\n",
    )
    .unwrap();
    fs::copy(root.join("content/objectives.yaml"), site.join("content/objectives.yaml")).unwrap();
    fs::write(site.join("content/scenarios/late.yaml"), &story).unwrap();
    for at in 0..4 {
        apply(site, &Edit::Lesson { at, title: at % 2, body: [1, 8, 2, 0][at] }, &story);
    }
    story
}

/// A clean build, and what is wrong.
fn clean(site: &Path) -> Made {
    pipeline::make(site, Purpose::Serve, false).unwrap()
}

fn compare(site: &Path, paths: &[PathBuf], pages: &[(String, Vec<u8>)], made: &Made) {
    let Some(output) = &made.output else {
        // A page is shown although the course is at fault only if the fault is another file's.
        let errors = made.loaded.diagnostics.iter().filter(|each| each.severity == Severity::Error);
        let mut files = errors.map(|each| made.loaded.sources.path(each.span.file));
        assert!(files.all(|file| !paths.iter().any(|path| path == file)), "{paths:?}");
        return;
    };
    for (path, page) in pages {
        let expected = output.get(path).unwrap_or_else(|| panic!("{path} in {}", site.display()));
        assert_eq!(String::from_utf8_lossy(page), String::from_utf8_lossy(expected), "{path}");
    }
}

/// Every page is to be had from what is kept, as a clean build makes it: those that speak of what was edited, too.
fn others(kept: &Kept, made: &Made) {
    let Some(output) = &made.output else { return };
    for path in output.paths().filter(|path| path.ends_with(".html")) {
        let pages = kept.pages(&[path.to_owned()]);
        let pages = pages.unwrap_or_else(|| panic!("{path} is a page of a course without faults"));
        let expected = String::from_utf8_lossy(output.get(path).unwrap());
        assert_eq!(String::from_utf8_lossy(&pages[0].1), expected, "{path}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]
    #[test]
    fn pages_made_again_are_those_of_a_clean_build(edits in prop::collection::vec(edit(), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let (site, mut shown) = (folder.path(), Output::default());
        let story = course(site);
        let first = clean(site);
        let sound = first.output.as_ref();
        shown.clone_from(sound.unwrap_or_else(|| panic!("{:#?}", first.loaded.diagnostics)));
        let mut kept = Kept::of(first.loaded);
        for edit in &edits {
            let paths = apply(site, edit, &story);
            let pages = kept.again(site, &paths);
            let made = clean(site);
            for pages in pages.iter() {
                compare(site, &paths, pages, &made);
                others(&kept, &made);
                for (path, page) in pages {
                    shown.insert(path.as_str(), page.clone());
                }
            }
            if let Some(output) = made.output {
                // What open pages are told to load again is all that differs.
                for path in output.changed(&shown) {
                    match output.share(&path) {
                        Some(bytes) => shown.insert(path, bytes),
                        None => shown.remove(&path),
                    }
                }
                prop_assert_eq!(shown.changed(&output), [] as [String; 0]);
                kept = Kept::of(made.loaded);
            }
        }
    }
}

/// The usual case is taken: a text that was edited is shown without the others being made.
#[test]
fn an_edited_text_is_made_alone() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    let story = course(site);
    let mut kept = Kept::of(clean(site).loaded);
    let cases = [
        (Edit::Lesson { at: 0, title: 0, body: 5 }, ["lessons/a/index.html"].as_slice()),
        (Edit::Lesson { at: 3, title: 3, body: 2 }, &["lessons/d/index.html"]),
        (
            Edit::Scenario { goodwill: 41, broken: false },
            &["scenarios/late/index.html", "scenarios/late/talk.js", "scenarios/late/recall.js"],
        ),
    ];
    for (edit, files) in cases {
        let paths = apply(site, &edit, &story);
        let pages = kept.again(site, &paths).unwrap_or_else(|| panic!("{edit:?} can be made alone"));
        assert_eq!(pages.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), files);
    }
    let pages = kept.pages(&["lessons/b/index.html".to_owned()]).unwrap();
    assert!(String::from_utf8_lossy(&pages[0].1).contains("Hear it"), "it names the lesson before it");
    // A fault is told by the whole, which tells all of them.
    let paths = apply(site, &Edit::Lesson { at: 0, title: 0, body: 3 }, &story);
    assert!(kept.again(site, &paths).is_none());
}
