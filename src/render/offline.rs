//! The service worker of a site, which keeps the course for offline: the built script, with what it keeps put before
//! it. Made last, of all that a site holds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::output::{self, Digest, Output};

/// The script, as `cargo xtask player` built it.
const WORKER: &str = include_str!("../../scenario-wasm/dist/worker.js");

/// Where it stands: at the root, so that it answers for the whole site.
pub(super) const PATH: &str = "sw.js";

/// What belongs to the course, as the script wants it.
#[derive(Serialize)]
struct Kept<'a> {
    course: &'a str,
    /// Of all files together: another one for any change.
    version: String,
    /// For each path the digest of its bytes.
    files: BTreeMap<&'a str, String>,
}

/// The worker that keeps `output`, media aside, under the id of its course.
pub(super) fn worker(course: &str, output: &Output) -> String {
    let kept = output.paths().filter(|path| is_kept(path));
    let files: BTreeMap<&str, String> =
        kept.filter_map(|path| Some((path, hex(output.digest(path)?)))).collect();
    let mut all = String::new();
    for (path, digest) in &files {
        all.push_str(path);
        all.push_str(digest);
    }
    let kept = Kept { course, version: hex(output::digest(all.as_bytes())), files };
    let kept = serde_json::to_string(&kept).expect("a table of texts is JSON");
    format!("const AMENDS={kept};\n{WORKER}")
}

/// Media may be large and is fetched when it is looked at; the page for what is missing is of no use offline.
pub(super) fn is_kept(path: &str) -> bool {
    let media = path.starts_with("assets/") || path.starts_with(super::names::PICTURES);
    !media && path != "404.html" && !path.starts_with(['.', '_'])
}

fn hex(digest: Digest) -> String {
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes what is written");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_what_is_kept_is_another_version() {
        let site = |page: &[u8], picture: &[u8]| {
            let mut output = Output::default();
            output.insert("index.html", page);
            output.insert("assets/a.png", picture);
            worker("id", &output)
        };
        assert_eq!(site(b"a", b"a"), site(b"a", b"b"), "media is not kept");
        assert_ne!(site(b"a", b"a"), site(b"b", b"a"));
        assert!(site(b"a", b"a").starts_with(r#"const AMENDS={"course":"id","version":""#));
        assert_eq!(hex(output::digest(b"abc")), "ba7816bf8f01cfea");
    }
}
