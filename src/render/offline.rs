//! The service worker of a site, which keeps the course for offline: the built script, with what it keeps put before
//! it. Made last, of all that a site holds.
//!
//! A course is kept whole after the first visit. Of a library, where that would be a hundred megabytes, a reader keeps what was
//! visited.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::course::Course;
use crate::fingerprint::{Digest, digest, hex};

/// The script, as `cargo xtask player` built it.
const WORKER: &str = include_str!("../../scenario-wasm/dist/worker.js");

/// Where it stands: at the root, so that it answers for the whole site.
pub(super) const PATH: &str = "sw.js";

/// A course of more lessons and scenarios than this, in all languages, is a library: about thirty megabytes.
const WHOLE: usize = 2_000;

/// What is kept of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// All of it.
    Whole,
    /// What pages share, and then what is visited.
    Visited,
}

/// What belongs to the course, as the script wants it.
#[derive(Serialize)]
struct PrecacheManifest<'a> {
    course: &'a str,
    /// Of all files together: another one for any change.
    version: String,
    visited: bool,
    /// For each path the digest of its bytes.
    files: BTreeMap<&'a str, String>,
}

impl Keeping {
    /// Of a course in all its languages.
    pub(super) fn of(course: &Course) -> Self {
        let pages = super::languages(course).map(|course| course.lessons.len() + course.scenarios.len());
        if pages.sum::<usize>() > WHOLE { Self::Visited } else { Self::Whole }
    }

    /// Whether the file at `path` is kept from the start. Media may be large and is fetched when it is looked at; the page
    /// for what is missing is of no use offline.
    pub(super) fn has(self, path: &str) -> bool {
        let media = path.starts_with("assets/") || path.starts_with(super::names::PICTURES);
        let whole = !media && path != "404.html" && !path.starts_with(['.', '_']);
        // What says where the index is must be as new as the index.
        let shared = path.starts_with("static/") || path.ends_with("search/at.js");
        whole && (self == Self::Whole || shared)
    }
}

/// The worker that keeps the files that have a digest under the id of their course.
pub(super) fn worker(course: &str, keeping: Keeping, files: &BTreeMap<String, Option<Digest>>) -> String {
    let files: BTreeMap<&str, String> =
        files.iter().filter_map(|(path, digest)| Some((path.as_str(), hex(digest.as_ref()?)))).collect();
    let all: String = files.iter().flat_map(|(path, digest)| [*path, digest]).collect();
    let visited = keeping == Keeping::Visited;
    let kept = PrecacheManifest { course, version: hex(&digest(all.as_bytes())), visited, files };
    let kept = serde_json::to_string(&kept).expect("a table of texts is JSON");
    format!("const AMENDS={kept};\n{WORKER}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_what_is_kept_is_another_version() {
        let site = |page: &[u8]| {
            let files = [("index.html", Some(digest(page))), ("assets/a.png", None)];
            let files = files.map(|(path, digest)| (path.to_owned(), digest));
            worker("id", Keeping::Whole, &files.into_iter().collect())
        };
        assert_ne!(site(b"a"), site(b"b"));
        let one = site(b"a");
        assert!(
            one.starts_with(r#"const AMENDS={"course":"id","version":""#) && !one.contains("a.png"),
            "{one}"
        );
    }

    #[test]
    fn of_a_library_only_what_pages_share_is_kept_from_the_start() {
        for (path, whole, visited) in [
            ("static/theme.css", true, true),
            ("lessons/a/index.html", true, false),
            ("pictures/a.png", false, false),
            ("404.html", false, false),
        ] {
            assert_eq!((Keeping::Whole.has(path), Keeping::Visited.has(path)), (whole, visited), "{path}");
        }
    }
}
