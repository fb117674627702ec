//! The commands as people run them: exit codes, what is said, and what is on the disk afterwards.

use std::fs;

use crate::harness::Site;

const LESSON: &str = "content/lessons/01-hear-first.md";

#[test]
fn a_new_course_builds_without_a_fault() {
    let folder = Site::empty();
    folder.amends(&["new", "late-deliveries"]).ends(0);
    let site = Site::at(folder.path().join("late-deliveries"));
    let settings = site.read("site.yaml");
    assert!(
        settings.contains("id: late-deliveries\n") && settings.contains("title: Late deliveries\n"),
        "{settings}"
    );
    site.amends(&["check"]).ends(0);
    site.amends(&["build", "--strict"]).ends(0).says("built 8 pages");
    assert!(site.has("public/scenarios/cold-dinner/index.html"));
    site.build().assert_whole();
}

#[test]
fn nothing_is_written_over() {
    let site = Site::empty().config("title: Mine\n");
    site.amends(&["new", "."]).ends(2).says("site.yaml is already there");
    assert_eq!(fs::read_dir(site.path()).unwrap().count(), 1, "and nothing is written beside it");
}

#[test]
fn a_build_that_fails_leaves_the_last_one_whole() {
    let site = Site::scaffold();
    site.amends(&["build"]).ends(0);
    let before = site.read("public/lessons/hear-first/index.html");

    site.edit(LESSON, "cold-dinner.yaml", "cold-diner.yaml");
    let failed = site.amends(&["build"]).ends(1).says("broken-link");
    assert_eq!(failed.says("did you mean `../scenarios/cold-dinner.yaml`?").out, "");
    assert_eq!(site.read("public/lessons/hear-first/index.html"), before);
    // `check` reports the same.
    site.amends(&["check"]).ends(1);

    site.edit(LESSON, "cold-diner.yaml", "cold-dinner.yaml");
    site.amends(&["build"]).ends(0).says("(0 changed, 0 removed)");
}

#[test]
fn a_warning_stops_a_strict_build_only() {
    let site = Site::scaffold();
    site.put(LESSON, site.read(LESSON) + "\n[^lost]: Nothing mentions this.\n");
    site.amends(&["build"]).ends(0).says("warning[footnote]");
    site.amends(&["build", "--strict"]).ends(1);
}

#[test]
fn what_cannot_run_says_why() {
    let site = Site::scaffold();
    site.amends(&["build", "--output", "."]).ends(2).says("left alone");
    site.put("site.yaml", site.read("site.yaml") + "theme: velvet\n");
    site.amends(&["build"]).ends(2).says("there is no theme `velvet`");
}
