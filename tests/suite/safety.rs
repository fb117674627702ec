//! What hostile names, files and folders cannot do: fake a line of output, hang a command, or pass for something else.

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
        let run = site.amends(&["check", "--format", "short"]).exits(1);
        assert_eq!(run.out.lines().filter(|line| line.contains("error[")).count(), 1, "{}", run.out);
        assert!(run.out.starts_with(&format!("{shown}error[bad-id]: ")), "{}", run.out);
        let human = site.amends(&["check", "--color", "never"]).exits(1).out;
        assert!(!human.contains(['\u{1b}', '\u{202e}']), "{human}");
        assert!(!human.lines().any(|line| line.starts_with("site.yaml")), "{human}");
        site.amends(&["build"]).exits(1);
        assert!(!site.path().join("public").exists());
    }
}

#[test]
fn no_typed_text_changes_the_direction_of_a_line() {
    let run = Site::scaffold().amends(&["play", "no\u{202e}such\u{1b}[2J"]).exits(2);
    assert!(!run.err.contains(['\u{202e}', '\u{1b}']), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_named_pipe_does_not_hang_a_command() {
    let site = Site::new().lesson("01-one", "Text.");
    let pipe = |path: &str| {
        harness::run(Command::new("mkfifo").arg(site.path().join(path)), "").exits(0);
    };
    pipe("content/lessons/02-pipe.md");
    pipe("content/pipe.png");
    pipe("talk.yaml");
    let report = site.amends(&["check"]).exits(0).out;
    assert!(
        ["content/lessons/02-pipe.md", "content/pipe.png"].iter().all(|path| report.contains(path)),
        "{report}"
    );
    site.amends(&["play", "talk.yaml"]).exits(2).err_has("it is not a regular file");
    site.amends(&["build"]).exits(0);
    std::fs::remove_file(site.path().join("public/.amends-manifest")).unwrap();
    pipe("public/.amends-manifest");
    site.amends(&["build"]).exits(2);
}

#[test]
fn a_site_is_not_built_into_its_own_sources() {
    let site = Site::new().lesson("01-one", "Text.").file("themes/default/static/theme.css", "");
    for to in ["content/out", "content", "themes/x/y", "./content/../content/out", "nowhere/../content/out"] {
        site.amends(&["build", "--output", to]).exits(2).err_has("which the site is made of");
        site.amends(&["check"]).exits(0);
    }
    assert!(!site.path().join("content/out").exists());
    site.amends(&["build", "--output", "out/content"]).exits(0);
    assert!(site.has("out/content/index.html"));
}

/// A cache could be tampered with.
#[test]
fn nothing_is_cached_on_the_disk() {
    let (site, home) = (Site::scaffold(), Site::empty());
    let before = site.files();
    for arguments in [&["check"][..], &["prove"], &["build"], &["check", "--strict"], &["data-sheet"]] {
        let mut command = harness::command(arguments, site.path());
        for variable in ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"] {
            command.env(variable, home.path());
        }
        harness::run(&mut command, "").exits(0);
    }
    let mut after = site.files();
    after.retain(|path| !path.starts_with("public/"));
    assert_eq!(after, before);
    assert_eq!(home.files(), [""; 0]);
}
