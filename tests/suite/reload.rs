//! After any sequence of edits, a reloaded course equals one that is loaded for the first time.

use amends::address::Purpose;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::harness::{Site, Workspace, scenario};

/// An edit by a trainer.
#[derive(Debug, Clone)]
enum Edit {
    /// Rewrites lesson `at` with one of these texts.
    Lesson { at: usize, title: usize, body: usize },
    /// Changes the goodwill, or adds an error.
    Scenario { goodwill: u8, broken: bool },
    /// Renames a lesson so that it comes last, if it exists.
    Rename { at: usize },
    /// Removes a lesson, if it exists.
    Delete { at: usize },
    /// Changes the words of an objective, which pages show.
    Objective { at: usize },
    /// Changes a word of the theme, which is on every page.
    Word { at: usize },
    /// Changes the bytes of a picture.
    Picture { width: u8 },
}

const TITLES: [&str; 5] = [
    "title: Hear it",
    "title: Hear it *all*\nsummary: To the end.",
    "title: A draft\ndraft: true",
    "title: Opens\nscenarios: [late]",
    "title: Teaches\nobjectives: [hear]",
];
const BODIES: [&str; 11] = [
    "Let it be told.",
    "## One\n\nA line[^a].\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^a]: A note.",
    "## Other\n\nSee [the next](02-b.md), [a place in it](02-b.md#one) and [the story](../scenarios/late.yaml).",
    "A [link to nothing](nowhere.md).",
    "```dialogue\nCaller: It is late.\nYou: Tell me.\n```",
    "- a list\n- of two",
    "A footnote that nothing mentions.\n\n[^b]: This.",
    "<div>raw</div>",
    "## One\n\nThe heading that others link to.",
    "![A box](../box.svg)",
    "```drill\nnodes:\n  one:\n    says: It came cold.\n    tests: [listen]\n    choices:\n      - { say: Cold?, rate: 3, reply: Yes., why: You asked. }\n      - { say: So?, rate: 0, reply: Hm., why: You did not. }\n```",
];

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (0..4usize, 0..TITLES.len(), 0..BODIES.len())
            .prop_map(|(at, title, body)| Edit::Lesson { at, title, body }),
        2 => (20..60u8, prop::bool::weighted(0.2))
            .prop_map(|(goodwill, broken)| Edit::Scenario { goodwill, broken }),
        1 => (0..4usize).prop_map(|at| Edit::Rename { at }),
        1 => (0..4usize).prop_map(|at| Edit::Delete { at }),
        1 => (0..2usize).prop_map(|at| Edit::Objective { at }),
        1 => (0..2usize).prop_map(|at| Edit::Word { at }),
        1 => (40..50u8).prop_map(|width| Edit::Picture { width }),
    ]
}

fn lesson(at: usize) -> String {
    format!("content/lessons/0{}-{}.md", at + 1, ["a", "b", "c", "d"][at])
}

/// Makes the edit, and returns the changed files.
fn apply(site: &Site, edit: &Edit) -> Vec<String> {
    let put = |path: &str, text: String| {
        site.put(path, text);
        vec![path.to_owned()]
    };
    match *edit {
        Edit::Lesson { at, title, body } => {
            put(&lesson(at), format!("---\n{}\n---\n\n{}\n", TITLES[title], BODIES[body]))
        }
        Edit::Scenario { goodwill, broken } => {
            let text = scenario().replace("goodwill: 35", &format!("goodwill: {goodwill}"));
            let text = if broken { text.replace("then: again", "then: agian") } else { text };
            put("content/scenarios/late.yaml", text)
        }
        Edit::Rename { at } => {
            let (from, to) = (lesson(at), format!("content/lessons/09-moved-{at}.md"));
            if site.has(&from) {
                site.put(&to, site.read(&from));
                site.remove(&from);
            }
            vec![from, to]
        }
        Edit::Delete { at } => {
            if site.has(&lesson(at)) {
                site.remove(&lesson(at));
            }
            vec![lesson(at)]
        }
        Edit::Objective { at } => {
            put("content/objectives.yaml", format!("hear: {{ says: {} }}\n", ["Listen.", "Hear them."][at]))
        }
        Edit::Word { at } => put(
            "themes/default/strings/en.yaml",
            format!("nav: {{ record: {} }}\n", ["My record", "What I did"][at]),
        ),
        Edit::Picture { width } => put(
            "content/box.svg",
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"30\"/>"),
        ),
    }
}

/// A small course whose pages mention each other.
fn course() -> Site {
    let site = Site::new()
        .config("title: A course\nid: again\nlints: off\nbrand: { color: \"#8a1c4a\" }\n")
        .scenario("late", &scenario());
    apply(&site, &Edit::Objective { at: 0 });
    apply(&site, &Edit::Picture { width: 40 });
    for at in 0..4 {
        apply(&site, &Edit::Lesson { at, title: at % 2, body: [1, 8, 2, 0][at] });
    }
    site
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]
    #[test]
    fn a_reloaded_course_equals_a_fresh_one(edits in prop::collection::vec(edit(), 1..8)) {
        let (site, mut workspace) = (course(), Workspace::new());
        workspace.render(&site).unwrap().1.expect("the course has no errors before the edits");
        for edit in &edits {
            apply(&site, edit);
            let (reloaded, pages) = workspace.render(&site).unwrap();
            let (fresh, expected) = site.render(Purpose::Serve).unwrap();
            prop_assert_eq!(reloaded.human(), fresh.human());
            prop_assert_eq!(pages.is_some(), expected.is_some());
            if let (Some(pages), Some(expected)) = (pages, expected) {
                prop_assert_eq!(pages.changed(&expected), [] as [String; 0]);
            }
        }
    }
}
