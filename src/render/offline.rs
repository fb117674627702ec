//! The service worker of a site, which stores the course for offline use: the built script, after the list of the files that
//! it precaches. Made last, from all files of the site.
//!
//! A course is precached as a whole. A library would take a hundred megabytes, so of a library only what pages share is
//! precached, and its pages are stored once they are visited.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::course::Course;
use crate::fingerprint::{Digest, digest, hex};

/// The script, as `cargo xtask player` built it.
const WORKER: &str = include_str!("../../scenario-wasm/dist/worker.js");

/// The path of the service worker: at the root, so that it controls the whole site.
pub(super) const PATH: &str = "sw.js";

/// The most lessons and scenarios, in all languages, of a course that is precached as a whole: about thirty megabytes.
const MAX_WHOLE: usize = 2_000;

/// Which files of a course are precached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precache {
    /// All except media.
    Whole,
    /// Those that pages share.
    Shared,
}

/// The list of precached files, as the script reads it.
#[derive(Serialize)]
struct PrecacheManifest<'a> {
    course: &'a str,
    /// A digest of all files together.
    version: String,
    /// Whether pages are stored once they are visited.
    visited: bool,
    /// The digest of the bytes at each path.
    files: BTreeMap<&'a str, String>,
}

impl Precache {
    /// For a course in all its languages.
    pub(super) fn of(course: &Course) -> Self {
        let pages = super::languages(course).map(|course| course.lessons.len() + course.scenarios.len());
        if pages.sum::<usize>() > MAX_WHOLE { Self::Shared } else { Self::Whole }
    }

    /// Whether the file at `path` is precached. Media may be large, and is fetched when it is shown; the page for missing
    /// addresses is useless offline.
    pub(super) fn has(self, path: &str) -> bool {
        let media = path.starts_with("assets/") || path.starts_with(super::names::PICTURES);
        let whole = !media && path != "404.html" && !path.starts_with(['.', '_']);
        // The file that says where the index is must be as new as the index.
        let shared = path.starts_with("static/") || path.ends_with("search/at.js");
        whole && (self == Self::Whole || shared)
    }
}

/// The service worker of the course with this id. It precaches the files that have a digest.
pub(super) fn worker(course: &str, precache: Precache, files: &BTreeMap<String, Option<Digest>>) -> String {
    let files: BTreeMap<&str, String> =
        files.iter().filter_map(|(path, digest)| Some((path.as_str(), hex(digest.as_ref()?)))).collect();
    let all: String = files.iter().flat_map(|(path, digest)| [*path, digest]).collect();
    let visited = precache == Precache::Shared;
    let manifest = PrecacheManifest { course, version: hex(&digest(all.as_bytes())), visited, files };
    let manifest = serde_json::to_string(&manifest).expect("a table of texts is JSON");
    format!("const AMENDS={manifest};\n{WORKER}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_a_precached_file_makes_a_new_version() {
        let site = |page: &[u8]| {
            let files = [("index.html", Some(digest(page))), ("assets/a.png", None)];
            let files = files.map(|(path, digest)| (path.to_owned(), digest));
            worker("id", Precache::Whole, &files.into_iter().collect())
        };
        assert_ne!(site(b"a"), site(b"b"));
        let one = site(b"a");
        assert!(
            one.starts_with(r#"const AMENDS={"course":"id","version":""#) && !one.contains("a.png"),
            "{one}"
        );
    }

    #[test]
    fn a_library_precaches_only_what_pages_share() {
        for (path, whole, visited) in [
            ("static/theme.css", true, true),
            ("lessons/a/index.html", true, false),
            ("pictures/a.png", false, false),
            ("404.html", false, false),
        ] {
            assert_eq!((Precache::Whole.has(path), Precache::Shared.has(path)), (whole, visited), "{path}");
        }
    }
}
