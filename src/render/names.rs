//! The names under which files are published. What a page loads itself has a fingerprinted name, which contains a digest of
//! its bytes, so that browsers may cache it forever and never mix two versions of a site; what people link to or download
//! has a plain one. Under `serve` all names are plain.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::{Purpose, SCRIPTS};
use crate::fingerprint::{digest, fingerprinted};
use crate::theme::Theme;

/// The folder of a published site's pictures, all of them with fingerprinted names.
pub(super) const PICTURES: &str = "pictures/";

/// The folder of drawn portraits, all of them named by their bytes.
pub(super) const PORTRAITS: &str = "portraits/";

/// Where hosts such as Netlify and Cloudflare Pages look for headers.
pub(super) const HEADERS: &str = "_headers";

/// Files that a site has and a package does not.
const SITE_ONLY: [&str; 2] = ["static/desk.js", "static/desk.css"];
/// Files that a package has and a site does not.
const PACKAGE_ONLY: [&str; 1] = ["static/launch.css"];
/// Files of pages that a package of self-contained scenarios does not have.
const NOT_STANDALONE: [&str; 8] = [
    "static/catalog.css",
    "static/home.js",
    "static/print.css",
    "static/reading.css",
    "static/record.css",
    "static/record.js",
    "static/search.css",
    "static/search.js",
];

/// Files that pages share, by their published paths.
pub(super) type SharedFiles = Vec<(String, Arc<[u8]>)>;

/// From the path that a template asks for to the one in the site: what templates get as `files`.
#[derive(Debug, Clone)]
pub(super) struct PublishedNames {
    files: BTreeMap<String, String>,
    purpose: Purpose,
}

impl PublishedNames {
    /// Names the static files of the theme and the scripts of the pages, and returns them by their published paths. A file
    /// that templates request with `asset` is published under its fingerprinted name; one that is mentioned in another way,
    /// or not at all, under its plain name; one that is mentioned in both ways, under both.
    pub(super) fn of(theme: &Theme, purpose: Purpose) -> (Self, SharedFiles) {
        let (mut names, mut published) = (Self { files: BTreeMap::new(), purpose }, Vec::new());
        let scripts = SCRIPTS.map(|(path, script)| (path, Arc::from(script)));
        let files: BTreeMap<&str, Arc<[u8]>> =
            theme.files().map(|(path, bytes)| (path, Arc::clone(bytes))).chain(scripts).collect();
        let packaged = matches!(purpose, Purpose::Package { .. });
        let left_out = if packaged { SITE_ONLY.as_slice() } else { PACKAGE_ONLY.as_slice() };
        for (path, bytes) in files.into_iter().filter(|(path, _)| !left_out.contains(path)) {
            let mentions = theme.mentions(path);
            let named = mentions.by_asset.then(|| names.add(path, path, &bytes));
            if purpose.is_standalone() && NOT_STANDALONE.contains(&path) {
                continue;
            }
            if let Some(name) = named {
                published.push((name, Arc::clone(&bytes)));
            }
            if mentions.by_name || !mentions.by_asset {
                published.push((path.to_owned(), bytes));
            }
        }
        published.dedup_by(|(one, _), (other, _)| one == other);
        (names, published)
    }

    /// Names a file that templates request as `key`.
    pub(super) fn add(&mut self, key: &str, path: &str, bytes: &[u8]) -> String {
        let name = published_name(path, bytes, self.purpose);
        self.files.insert(key.to_owned(), name.clone());
        name
    }

    /// The published path of each file, by the path that templates ask for.
    pub(super) fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }
}

/// The name of a file that a page loads itself.
pub(super) fn published_name(path: &str, bytes: &[u8], purpose: Purpose) -> String {
    match purpose {
        Purpose::Serve => path.to_owned(),
        _ => fingerprinted(path, digest(bytes)),
    }
}

/// The headers that hosts send with the files of a site: anything `named` by its bytes may be cached, and so may the
/// folders of pictures and of indices, whose names depend on their bytes.
pub(super) fn headers(paths: &[String], named: BTreeSet<String>) -> String {
    let mut text = String::from(
        "# These names hold a digest of what they stand for, so that it can be kept for ever.\n",
    );
    let mut all: Vec<String> = named.into_iter().collect();
    let folders = [PICTURES, PORTRAITS].into_iter();
    let used = folders.filter(|folder| paths.iter().any(|path| path.starts_with(folder)));
    all.extend(used.map(|folder| format!("{folder}*")));
    let indices = paths.iter().filter_map(|path| path.strip_suffix("/index.js"));
    all.extend(indices.filter(|folder| folder.contains("search/")).map(|folder| format!("{folder}/*")));
    for path in all {
        // Writing to a string cannot fail.
        let _ = write!(text, "/{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}
