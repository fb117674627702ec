//! A build of a course that has not changed makes nothing, and makes the whole as soon as anything has.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

/// Builds, and gives what was said.
fn build(site: &Path, cache: &Path, more: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    let output =
        command.arg("build").args(more).current_dir(site).env("AMENDS_CACHE", cache).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stderr).unwrap()
}

/// As if everything had been saved an hour ago: what was saved just now is built again.
fn settle(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let file = File::options().write(true).open(entry.path()).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
        }
    }
}

#[test]
fn a_course_that_is_as_it_was_is_not_made_again() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (site, cache) = (folder.path(), cache.path());
    fs::create_dir_all(site.join("content/lessons")).unwrap();
    let lesson = site.join("content/lessons/one.md");
    fs::write(site.join("site.yaml"), "title: T\nid: standing\n").unwrap();
    // A footnote that nothing mentions is a warning, which is told each time.
    fs::write(&lesson, "---\ntitle: One\n---\n\nText.\n\n[^a]: A note.\n").unwrap();
    let again = |more: &[&str]| {
        let said = build(site, cache, more);
        assert!(said.contains("footnote"), "{said}");
        !said.contains("(nothing changed)")
    };
    // Saved just now, it could be saved again and look the same.
    assert!(again(&[]) && again(&[]));
    settle(site);
    assert!(again(&[]) && !again(&[]), "now it is known");
    assert!(again(&["--url", "https://example.org/"]), "other addresses");
    assert!(again(&[]) && !again(&[]));

    let page = site.join("public/lessons/one/index.html");
    let whole = fs::read_to_string(&page).unwrap();
    let spoils: [(&str, &dyn Fn()); 5] = [
        ("a page is gone", &|| fs::remove_file(&page).unwrap()),
        ("a page is another", &|| fs::write(&page, "other").unwrap()),
        ("a file is there that was not", &|| fs::write(site.join("content/more.txt"), "").unwrap()),
        ("a file is gone", &|| fs::remove_file(site.join("content/more.txt")).unwrap()),
        ("the record is gone", &|| fs::remove_dir_all(cache).unwrap()),
    ];
    for (what, spoil) in spoils {
        spoil();
        assert!(again(&[]), "{what}");
        assert_eq!(fs::read_to_string(&page).unwrap(), whole, "{what}");
        settle(&site.join("content"));
        again(&[]);
        assert!(!again(&[]), "{what}: and then it is known again");
    }
    // The same length, and the same time: the system knows when it came.
    fs::write(&lesson, fs::read_to_string(&lesson).unwrap().replace("Text", "Talk")).unwrap();
    settle(site);
    assert!(again(&[]));
    assert!(fs::read_to_string(&page).unwrap().contains("Talk"));
}
