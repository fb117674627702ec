//! Files that nobody would write by hand: far too long, far too deep, no text at all. Each gets a plain diagnostic, in
//! bounded time and memory, and never a panic.

use std::fs;
use std::path::Path;

use amends::diag::render;
use amends::load::load;

/// Loads a small course with `text` at `path`, and returns what is told of that file. What is not bounded would not
/// come back before the test run is ended.
#[track_caller]
fn told(path: &str, text: &[u8]) -> String {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &[u8]| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.yaml", b"title: T\n");
    write(path, text);
    shown(site.path(), path)
}

fn shown(site: &Path, path: &str) -> String {
    let loaded = load(site).unwrap();
    // What is for people is drawn, too: it must not take long either.
    let _drawn = render::human(&loaded.diagnostics, &loaded.sources);
    let all = render::short(&loaded.diagnostics, &loaded.sources);
    all.lines().filter(|line| line.starts_with(path)).map(|line| format!("{line}\n")).collect()
}

const SCENARIO: &str = "content/scenarios/big.yaml";
const LESSON: &str = "content/lessons/big.md";

#[test]
fn a_file_of_a_hundred_megabytes_is_not_read() {
    let expected = |path: &str| {
        format!("{path}:1:1: error[too-large]: this file has more than 2 MB, and nothing of it was read\n")
    };
    let line = b"title: A long way to say nothing at all, over and over.\n";
    let text = line.repeat((100 << 20) / line.len());
    for path in [SCENARIO, LESSON, "content/models/big.yaml", "content/objectives.yaml", "site.yaml"] {
        assert_eq!(told(path, &text), expected(path));
    }
}

#[test]
fn a_million_nodes_are_too_many() {
    let nodes = |count: usize| (0..count).map(|at| format!("  n{at}: {{}}\n")).collect::<String>();
    let many = told(SCENARIO, format!("nodes:\n{}", nodes(1_000_000)).as_bytes());
    assert!(many.contains("more than 2 MB"), "{many}");
    let some = told(SCENARIO, format!("nodes:\n{}", nodes(60_000)).as_bytes());
    assert!(some.contains("there are ") && some.contains("more in this file"), "{some}");
    assert!(some.lines().count() <= 201, "{}", some.lines().count());
}

#[test]
fn thousands_of_wrong_names_are_told_soon() {
    let node = |at: usize| {
        format!(
            "  n{at}: {{ says: A, tests: [listen], choices: [{{ say: A, rate: 3, reply: A, why: A, then: m{at} }}] }}\n"
        )
    };
    let nodes: String = (0..9_000).map(node).collect();
    let head = "title: A\nsummary: A\nrole: A\ngoal: A\nfailure: late\nchannel: phone\ncustomer: { name: A, goodwill: 1 }\nstart: n0\n";
    let shown = told(SCENARIO, format!("{head}nodes:\n{nodes}").as_bytes());
    assert!(shown.contains("there is no node called `m0`"), "{shown}");
}

#[test]
fn a_key_given_a_hundred_thousand_times_is_told_soon() {
    let shown = told(SCENARIO, "title: A\n".repeat(90_000).as_bytes());
    assert!(shown.contains("`title` is here twice"), "{shown}");
    let keys: String = (0..90_000).map(|at| format!("k{at}: A\n")).collect();
    assert!(told(SCENARIO, keys.as_bytes()).contains("has no key `k0`"));
}

#[test]
fn depth_is_bounded() {
    for open in ["[", "{", "- ", "? ", "a: {", "!a ", "&a "] {
        let shown = told(SCENARIO, open.repeat(100_000).as_bytes());
        assert!(shown.contains("error["), "{open}: {shown}");
    }
    let stairs: String = (0..1_900).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
    assert!(told(SCENARIO, stairs.as_bytes()).contains("nested too deeply"));
    for open in [">", "- ", "[", "![", "*", "**a ", "`", "<a ", "|", "[^a]: ", "# ", "&", "~", "\\"] {
        told(LESSON, format!("---\ntitle: A\n---\n{}", open.repeat(50_000)).as_bytes());
    }
}

#[test]
fn a_bomb_of_aliases_does_not_go_off() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..30 {
        text += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", "));
    }
    assert!(told(SCENARIO, text.as_bytes()).contains("unfolds into too much"));
}

#[test]
fn what_is_no_text_is_told_as_such() {
    let expected = format!("{SCENARIO}:1:1: error[encoding]: this file is no text: byte 7 is a NUL\n");
    assert_eq!(told(SCENARIO, b"title:\0 A\n"), expected);
    assert!(told(LESSON, b"\0\0\0\0").contains("byte 1 is a NUL"));
    let noise: Vec<u8> = (0..100_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    assert!(told(SCENARIO, &noise).contains("not saved as UTF-8"));
}

#[test]
fn line_ends_and_tabs_of_other_machines_are_no_fault() {
    let scenario = fs::read_to_string("scaffold/content/scenarios/cold-dinner.yaml").unwrap();
    let scenario = scenario.replace("objectives: [hear-first, own-the-fix]\n", "");
    for text in [scenario.replace('\n', "\r\n"), format!("\u{feff}{scenario}")] {
        assert_eq!(told("content/scenarios/cold-dinner.yaml", text.as_bytes()), "");
    }
    let tabs = scenario.replace("    says:", "\tsays:");
    let shown = told("content/scenarios/cold-dinner.yaml", tabs.as_bytes());
    assert!(shown.contains("error[syntax]"), "{shown}");
}
