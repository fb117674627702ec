//! The commands as people run them: exit codes, what is said, and what is on the disk afterwards.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::sites;

fn amends(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_amends")).args(arguments).current_dir(folder).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_new_course_builds_without_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let made = amends(&["new", "late-deliveries"], folder.path());
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let site = folder.path().join("late-deliveries");
    let settings = fs::read_to_string(site.join("site.yaml")).unwrap();
    assert!(
        settings.contains("id: late-deliveries\n") && settings.contains("title: Late deliveries\n"),
        "{settings}"
    );
    let checked = amends(&["check"], &site);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    let built = amends(&["build", "--strict"], &site);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    assert!(stderr(&built).contains("built 8 pages"), "{}", stderr(&built));
    assert!(site.join("public/scenarios/cold-dinner/index.html").is_file());
    sites::assert_whole(&sites::build(&site));
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.yaml"), "title: Mine\n").unwrap();
    let refused = amends(&["new", "."], folder.path());
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("site.yaml is already there"), "{}", stderr(&refused));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing is written beside it");
}

#[test]
fn a_build_that_fails_leaves_the_last_one_whole() {
    let folder = tempfile::tempdir().unwrap();
    amends(&["new", "course"], folder.path());
    let site = folder.path().join("course");
    assert_eq!(amends(&["build"], &site).status.code(), Some(0));
    let page = site.join("public/lessons/hear-first/index.html");
    let before = fs::read(&page).unwrap();

    let lesson = site.join("content/lessons/01-hear-first.md");
    let text = fs::read_to_string(&lesson).unwrap();
    fs::write(&lesson, text.replace("cold-dinner.yaml", "cold-diner.yaml")).unwrap();
    let failed = amends(&["build"], &site);
    assert_eq!(failed.status.code(), Some(1));
    assert!(failed.stdout.is_empty());
    let said = stderr(&failed);
    assert!(
        said.contains("broken-link") && said.contains("did you mean `../scenarios/cold-dinner.yaml`?"),
        "{said}"
    );
    assert_eq!(fs::read(&page).unwrap(), before);
    let checked = amends(&["check"], &site);
    assert_eq!(checked.status.code(), Some(1), "check tells the same");

    fs::write(&lesson, text).unwrap();
    let built = amends(&["build"], &site);
    assert!(stderr(&built).contains("(0 changed, 0 removed)"), "{}", stderr(&built));
}

#[test]
fn a_warning_stops_a_strict_build_only() {
    let folder = tempfile::tempdir().unwrap();
    amends(&["new", "course"], folder.path());
    let site = folder.path().join("course");
    let lesson = site.join("content/lessons/01-hear-first.md");
    let text = fs::read_to_string(&lesson).unwrap();
    fs::write(&lesson, text + "\n[^lost]: Nothing mentions this.\n").unwrap();
    let built = amends(&["build"], &site);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    assert!(stderr(&built).contains("warning[footnote]"), "{}", stderr(&built));
    assert_eq!(amends(&["build", "--strict"], &site).status.code(), Some(1));
}

#[test]
fn what_cannot_run_says_why() {
    let folder = tempfile::tempdir().unwrap();
    amends(&["new", "course"], folder.path());
    let site = folder.path().join("course");
    let refused = amends(&["build", "--output", "."], &site);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("left alone"), "{}", stderr(&refused));

    let settings = fs::read_to_string(site.join("site.yaml")).unwrap();
    fs::write(site.join("site.yaml"), settings + "theme: velvet\n").unwrap();
    let refused = amends(&["build"], &site);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("there is no theme `velvet`"), "{}", stderr(&refused));
}
