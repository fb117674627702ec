//! What is kept between runs: with it and without it a check says the same, whatever has become of the file.

use std::fs;
use std::path::Path;

use amends::check::FirstTries;
use amends::diag::Diagnostic;
use amends::load::{Loaded, Memo, load, load_with};

/// A course whose scenarios have weaknesses to tell by a strict threshold, and figures that are kept.
fn course(site: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let story = fs::read_to_string(root.join("scaffold/content/scenarios/cold-dinner.yaml")).unwrap();
    fs::create_dir_all(site.join("content/scenarios")).unwrap();
    fs::write(site.join("site.yaml"), "title: A course\nid: memo\nlints: { choice-ratio: 1.05 }\n").unwrap();
    fs::copy(root.join("scaffold/content/objectives.yaml"), site.join("content/objectives.yaml")).unwrap();
    fs::write(site.join("content/scenarios/dinner.yaml"), &story).unwrap();
    fs::write(site.join("content/scenarios/supper.yaml"), story.replace("goodwill: 35", "goodwill: 60"))
        .unwrap();
    fs::write(site.join("content/proof.lock"), "# Other figures.\n").unwrap();
}

fn told(loaded: Loaded) -> Vec<Diagnostic> {
    loaded.diagnostics
}

/// What a run with the memo says, and what the memo holds afterward.
fn run(site: &Path, kept: &Path) -> (Vec<Diagnostic>, String) {
    let memo = Memo::at(kept.to_owned());
    let found = told(load_with(site, &memo, &FirstTries::default()).unwrap());
    memo.save();
    (found, fs::read_to_string(kept).unwrap())
}

#[test]
fn what_is_known_is_told_as_if_it_were_new() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (site, kept) = (folder.path(), cache.path().join("deep/memo.json"));
    course(site);
    let expected = told(load(site).unwrap());
    assert!(!expected.is_empty(), "or nothing would be compared");
    let (first, held) = run(site, &kept);
    assert_eq!(first, expected);
    let (second, same) = run(site, &kept);
    assert_eq!(second, expected);
    assert_eq!(held, same);

    // An entry is what is told: were it not read, this would pass unnoticed.
    let (from, to) = ("\"message\":\"", "\"message\":\"as kept: ");
    assert!(held.contains(from), "{held}");
    fs::write(&kept, held.replace(from, to)).unwrap();
    assert!(run(site, &kept).0.iter().any(|each| each.message.starts_with("as kept: ")));

    // Another text has no entry, and the old one goes.
    let path = site.join("content/scenarios/dinner.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("goodwill: 35", "goodwill: 36")).unwrap();
    let expected = told(load(site).unwrap());
    fs::write(&kept, &held).unwrap();
    let (found, now) = run(site, &kept);
    assert_eq!(found, expected);
    assert_ne!(now, held);
    let entries = |text: &str| serde_json::from_str::<serde_json::Map<_, _>>(text).unwrap().len();
    assert_eq!((entries(&now), entries(&held)), (2, 2));
}

#[test]
fn a_memo_that_is_spoiled_or_gone_is_made_anew() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (site, kept) = (folder.path(), cache.path().join("memo.json"));
    course(site);
    let (expected, held) = run(site, &kept);
    for spoiled in [&held[..held.len() / 2], "", "[]", "{\"a\":1}"] {
        fs::write(&kept, spoiled).unwrap();
        assert_eq!(run(site, &kept), (expected.clone(), held.clone()), "{spoiled}");
    }
    fs::remove_file(&kept).unwrap();
    assert_eq!(run(site, &kept), (expected, held));
}

#[test]
fn two_processes_at_once_leave_a_whole_memo() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (site, kept) = (folder.path(), cache.path().join("memo.json"));
    course(site);
    let (expected, held) = run(site, &kept);
    fs::remove_file(&kept).unwrap();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| run(site, &kept))).collect();
        for run in runs {
            assert_eq!(run.join().unwrap(), (expected.clone(), held.clone()));
        }
    });
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 1, "nothing else stays behind");
}
