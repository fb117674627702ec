//! Files that nobody would write by hand: far too long, far too deep, not text at all. Each gets a plain diagnostic in bounded
//! time and memory, and none causes a panic.

use crate::harness::{Site, scenario};

/// Loads a small course with `text` at `path`, and returns what is reported about that file. If anything were unbounded, the
/// test would not end.
#[track_caller]
fn report(path: &str, text: impl AsRef<[u8]>) -> String {
    let checked = Site::new().config("title: T\n").file(path, text).check();
    // The report for the terminal is rendered as well, because it must not take long either.
    let _human = checked.human();
    checked.short().lines().filter(|line| line.starts_with(path)).map(|line| format!("{line}\n")).collect()
}

/// Asserts that the report on this file contains `part`.
#[track_caller]
fn assert_reported(path: &str, text: impl AsRef<[u8]>, part: &str) {
    let found = report(path, text);
    assert!(found.contains(part), "no {part:?} in\n{found}");
}

const SCENARIO: &str = "content/scenarios/big.yaml";
const LESSON: &str = "content/lessons/big.md";

#[test]
fn a_file_of_a_hundred_megabytes_is_not_read() {
    let line = b"title: A long way to say nothing at all, over and over.\n";
    let text = line.repeat((100 << 20) / line.len());
    for path in [SCENARIO, LESSON, "content/models/big.yaml", "content/objectives.yaml", "site.yaml"] {
        let says = "error[too-large]: this file has more than 2 MB, and nothing of it was read";
        assert_eq!(report(path, &text), format!("{path}:1:1: {says}\n"));
    }
}

#[test]
fn a_million_nodes_are_too_many() {
    let nodes = |count: usize| (0..count).map(|at| format!("  n{at}: {{}}\n")).collect::<String>();
    assert_reported(SCENARIO, format!("nodes:\n{}", nodes(1_000_000)), "more than 2 MB");
    let some = report(SCENARIO, format!("nodes:\n{}", nodes(60_000)));
    assert!(some.contains("there are ") && some.contains("more in this file"), "{some}");
    assert!(some.lines().count() <= 201, "{}", some.lines().count());
}

#[test]
fn thousands_of_wrong_names_are_reported_quickly() {
    let node = |at: usize| {
        format!(
            "  n{at}: {{ says: A, tests: [listen], choices: [{{ say: A, rate: 3, reply: A, why: A, then: m{at} }}] }}\n"
        )
    };
    let nodes: String = (0..9_000).map(node).collect();
    let head = "title: A\nsummary: A\nrole: A\ngoal: A\nfailure: late\nchannel: phone\ncustomer: { name: A, goodwill: 1 }\nstart: n0\n";
    assert_reported(SCENARIO, format!("{head}nodes:\n{nodes}"), "there is no node called `m0`");
}

#[test]
fn a_key_repeated_a_hundred_thousand_times_is_reported_quickly() {
    assert_reported(SCENARIO, "title: A\n".repeat(90_000), "`title` is here twice");
    let keys: String = (0..90_000).map(|at| format!("k{at}: A\n")).collect();
    assert_reported(SCENARIO, keys, "has no key `k0`");
}

#[test]
fn hints_at_likely_mistakes_take_linear_time() {
    let empty: String = (0..60_000).map(|at| format!("    k{at}:\n")).collect();
    assert_reported(SCENARIO, format!("nodes:\n  a:\n{empty}    says: A\n    says: B\n"), "has no key `k0`");
    let twice: String = (0..40_000).map(|at| format!("    k{at}:\n    says: A\n")).collect();
    assert_reported(SCENARIO, format!("nodes:\n  a:\n    says: A\n{twice}"), "is indented further");
    let list = "a b, ".repeat(20_000);
    assert_reported(SCENARIO, format!("nodes: {{}}\nobjectives: [{list}]\n"), "error[");
    let nulls: String = (0..5_000).map(|at| format!("k{at}: , ")).collect();
    assert_reported(SCENARIO, format!("nodes: {{ {nulls} }}\n"), "error[");
    assert_reported(SCENARIO, "\u{a0}\u{a0}- a\n".repeat(60_000) + "\tb: [\n", "error[");
    assert_reported(SCENARIO, format!("when: {}\n", "!".repeat(100_000)), "error[");
}

#[test]
fn deep_nesting_is_bounded() {
    for open in ["{", "? ", "a: {", "!a ", "&a "] {
        assert_reported(SCENARIO, open.repeat(100_000), "error[");
    }
    let stairs: String = (0..1_900).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
    assert_reported(SCENARIO, stairs, "nested too deeply");
    for open in [">", "- ", "[", "![", "*", "**a ", "`", "<a ", "|", "[^a]: ", "# ", "&", "~", "\\"] {
        report(LESSON, format!("---\ntitle: A\n---\n{}", open.repeat(50_000)));
    }
}

#[test]
fn a_few_lines_that_expand_to_gigabytes_are_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..30 {
        bomb += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(", "));
    }
    assert_reported(SCENARIO, &bomb, "expands to too much");
    for text in [bomb, "[".repeat(100_000), "a: ".repeat(1000), "- ".repeat(100_000)] {
        let found = report(SCENARIO, text);
        assert!(found.contains("error[syntax]") && found.lines().count() == 1, "{found}");
    }
}

#[test]
fn binary_files_are_reported_as_binary() {
    let expected = format!("{SCENARIO}:1:1: error[encoding]: this is not a text file: byte 7 is a NUL\n");
    assert_eq!(report(SCENARIO, b"title:\0 A\n"), expected);
    assert_reported(LESSON, b"\0\0\0\0", "byte 1 is a NUL");
    let noise: Vec<u8> = (0..100_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    assert_reported(SCENARIO, noise, "not saved as UTF-8");
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_are_accepted() {
    let files = [
        ("site.yaml", "title: T\nlints: off\n".to_owned()),
        (
            "content/objectives.yaml",
            "hear-first: { says: Listen. }\nown-the-fix: { says: Own it. }\n".to_owned(),
        ),
        (
            "content/lessons/01-one.md",
            "---\ntitle: One\nobjectives: [hear-first]\n---\n\nHello.\n".to_owned(),
        ),
        (
            "content/scenarios/late.yaml",
            include_str!("../../scaffold/content/scenarios/cold-dinner.yaml").to_owned(),
        ),
    ];
    for (mark, line_end) in [("", "\r\n"), ("\u{feff}", "\n"), ("\u{feff}", "\r\n")] {
        let site = Site::empty();
        for (path, text) in &files {
            site.put(path, format!("{mark}{}", text.replace('\n', line_end)));
        }
        let checked = site.check();
        let course = checked.clean().course();
        let titles = [&course.lessons[0].title, &course.scenarios[0].title, &course.objectives[0].says];
        assert_eq!(titles, ["One", "Cold dinner", "Listen."]);
    }
    assert_reported(SCENARIO, scenario().replace("    says:", "\tsays:"), "error[syntax]");
}
