//! The page-alone path of `serve`: a page made again by itself is what a clean build makes.

use std::path::{Path, PathBuf};

use amends::diag::Severity;
use amends::output::Output;
use amends::pipeline::{self, Made};
use amends::render::Purpose;
use amends::shell::serve::Kept;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::again::{Edit, apply, course, edit};
use crate::harness::Site;

/// A clean build, and what is wrong.
fn clean(site: &Path) -> Made {
    pipeline::make(site, Purpose::Serve, false).unwrap()
}

/// The edit, and which files changed.
fn applied(site: &Site, edit: &Edit) -> Vec<PathBuf> {
    apply(site, edit).into_iter().map(PathBuf::from).collect()
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
        let course = course();
        let (site, mut shown) = (course.path(), Output::default());
        let first = clean(site);
        let sound = first.output.as_ref();
        shown.clone_from(sound.unwrap_or_else(|| panic!("{:#?}", first.loaded.diagnostics)));
        let mut kept = Kept::of(first.loaded);
        for edit in &edits {
            let paths = applied(&course, edit);
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
    let course = course();
    let site = course.path();
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
        let paths = applied(&course, &edit);
        let pages = kept.again(site, &paths).unwrap_or_else(|| panic!("{edit:?} can be made alone"));
        assert_eq!(pages.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), files);
    }
    let pages = kept.pages(&["lessons/b/index.html".to_owned()]).unwrap();
    assert!(String::from_utf8_lossy(&pages[0].1).contains("Hear it"), "it names the lesson before it");
    // A fault is told by the whole, which tells all of them.
    let paths = applied(&course, &Edit::Lesson { at: 0, title: 0, body: 3 });
    assert!(kept.again(site, &paths).is_none());
}
