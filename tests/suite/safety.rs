//! What hostile names, files and folders cannot do: fake lines, hang a command, or be mistaken for something else.

use std::process::Command;

use crate::harness::{self, Site};

#[cfg(unix)]
#[test]
fn no_file_name_contains_a_character_that_breaks_a_line() {
    for (name, shown) in [
        (
            "a\nsite.yaml:1:1: error[syntax]: made up.png",
            r"content/img/a\nsite.yaml:1:1: error[syntax]: made up.png:1:1: ",
        ),
        ("\u{202e}gnp.exe.png", r"content/img/\u{202e}gnp.exe.png:1:1: "),
        ("\u{1b}[2J.png", r"content/img/\u{1b}[2J.png:1:1: "),
    ] {
        let site = Site::new().lesson("01-one", "Text.").file(&format!("content/img/{name}"), "x");
        let run = site.amends(&["check", "--format", "short"]).ends(1);
        assert_eq!(run.out.lines().filter(|line| line.contains("error[")).count(), 1, "{}", run.out);
        assert!(run.out.starts_with(&format!("{shown}error[bad-id]: ")), "{}", run.out);
        let human = site.amends(&["check", "--color", "never"]).ends(1).out;
        assert!(!human.contains(['\u{1b}', '\u{202e}']), "{human}");
        assert!(!human.lines().any(|line| line.starts_with("site.yaml")), "{human}");
        site.amends(&["build"]).ends(1);
        assert!(!site.path().join("public").exists());
    }
}

#[test]
fn no_typed_text_changes_the_direction_of_a_line() {
    let run = Site::scaffold().amends(&["play", "no\u{202e}such\u{1b}[2J"]).ends(2);
    assert!(!run.err.contains(['\u{202e}', '\u{1b}']), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let site = Site::new().lesson("01-one", "Text.");
    let pipe = |path: &str| {
        harness::run(Command::new("mkfifo").arg(site.path().join(path)), "").ends(0);
    };
    pipe("content/lessons/02-pipe.md");
    pipe("content/pipe.png");
    pipe("talk.yaml");
    let told = site.amends(&["check"]).ends(0).out;
    assert!(
        ["content/lessons/02-pipe.md", "content/pipe.png"].iter().all(|path| told.contains(path)),
        "{told}"
    );
    site.amends(&["play", "talk.yaml"]).ends(2).says("it is not a regular file");
    site.amends(&["build"]).ends(0);
    std::fs::remove_file(site.path().join("public/.amends-manifest")).unwrap();
    pipe("public/.amends-manifest");
    site.amends(&["build"]).ends(2);
}

#[test]
fn a_site_is_not_built_into_its_own_sources() {
    let site = Site::new().lesson("01-one", "Text.").file("themes/default/static/theme.css", "");
    for to in ["content/out", "content", "themes/x/y", "./content/../content/out", "nowhere/../content/out"] {
        site.amends(&["build", "--output", to]).ends(2).says("which the site is made of");
        site.amends(&["check"]).ends(0);
    }
    assert!(!site.path().join("content/out").exists());
    site.amends(&["build", "--output", "out/content"]).ends(0);
    assert!(site.has("out/content/index.html"));
}

/// Nobody can change what is not stored.
#[test]
fn nothing_is_cached_on_the_disk() {
    let (site, home) = (Site::scaffold(), Site::empty());
    let files = |site: &Site| -> Vec<String> {
        let all = walkdir::WalkDir::new(site.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = all.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(site.path()).unwrap().display().to_string()).collect()
    };
    let before = files(&site);
    for arguments in [&["check"][..], &["prove"], &["build"], &["check", "--strict"], &["data-sheet"]] {
        let mut command = harness::command(arguments, site.path());
        for variable in ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"] {
            command.env(variable, home.path());
        }
        harness::run(&mut command, "").ends(0);
    }
    let after: Vec<String> = files(&site).into_iter().filter(|path| !path.starts_with("public/")).collect();
    assert_eq!(after, before);
    assert_eq!(files(&home), [""; 0]);
}
