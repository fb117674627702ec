//! The names that files are published under. What a page loads by itself has a fingerprinted name, one that holds a digest of its
//! bytes, so that browsers may keep it for ever and never mix two versions of a site; what people follow or keep the
//! address of has a plain one. Under `serve` all names are plain.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{Purpose, SCRIPTS};
use crate::fingerprint::{digest, fingerprinted, is_fingerprinted};
use crate::theme::Theme;

/// Pictures of a published site, all of them under fingerprinted names.
pub(super) const PICTURES: &str = "pictures/";

/// Portraits that are drawn, all of them under names that are made of their bytes.
pub(super) const PORTRAITS: &str = "portraits/";

/// Where hosts such as Netlify and Cloudflare Pages look for what to say beside a file.
pub(super) const HEADERS: &str = "_headers";

/// What only a site has, and what only a package has.
const DESK: [&str; 2] = ["static/desk.js", "static/desk.css"];
const LAUNCH: [&str; 1] = ["static/launch.css"];
/// What only pages load that a scenario by itself does not have beside it.
const BESIDE: [&str; 7] = [
    "static/catalog.css",
    "static/home.js",
    "static/print.css",
    "static/reading.css",
    "static/record.js",
    "static/search.css",
    "static/search.js",
];

/// Files that pages share, by the paths that they are published under.
pub(super) type SharedFiles = Vec<(String, Arc<[u8]>)>;

/// From the path that a template asks for to the one in the site: what templates get as `files`.
#[derive(Debug, Clone)]
pub(super) struct PublishedNames {
    files: BTreeMap<String, String>,
    purpose: Purpose,
}

impl PublishedNames {
    /// Names the static files of the theme and the scripts of the pages, and gives them by the paths that they are published
    /// under: a file that templates ask for with `asset` by its fingerprinted name, and one that anything names in another way,
    /// or nothing at all, by its plain one.
    pub(super) fn of(theme: &Theme, purpose: Purpose) -> (Self, SharedFiles) {
        let (mut names, mut published) = (Self { files: BTreeMap::new(), purpose }, Vec::new());
        let scripts = SCRIPTS.map(|(path, script)| (path, Arc::from(script)));
        let files: BTreeMap<&str, Arc<[u8]>> =
            theme.files().map(|(path, bytes)| (path, Arc::clone(bytes))).chain(scripts).collect();
        let packaged = matches!(purpose, Purpose::Package { .. });
        // What a package has in place of it, or a site.
        let left_out = if packaged { DESK.as_slice() } else { LAUNCH.as_slice() };
        for (path, bytes) in files.into_iter().filter(|(path, _)| !left_out.contains(path)) {
            let mentions = theme.mentions(path);
            let named = mentions.by_asset.then(|| names.add(path, path, &bytes));
            if purpose.is_alone() && BESIDE.contains(&path) {
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

    /// Names a file that templates ask for as `key`.
    pub(super) fn add(&mut self, key: &str, path: &str, bytes: &[u8]) -> String {
        let name = name(path, bytes, self.purpose);
        self.files.insert(key.to_owned(), name.clone());
        name
    }

    /// For templates.
    pub(super) fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }
}

/// The name of a file that a page loads by itself.
pub(super) fn name(path: &str, bytes: &[u8], purpose: Purpose) -> String {
    match purpose {
        Purpose::Serve => path.to_owned(),
        _ => fingerprinted(path, digest(bytes)),
    }
}

/// What hosts say beside the files of a site: whatever has a fingerprinted name may be kept, and so may the folders of pictures
/// and of indices, whose names are made of their bytes.
pub(super) fn headers(paths: &[String]) -> String {
    let mut text = String::from(
        "# These names hold a digest of what they stand for, so that it can be kept for ever.\n",
    );
    let own = paths.iter().filter(|path| path.starts_with("static/") || path.contains("scenarios/"));
    let mut all: Vec<String> = own.filter(|path| is_fingerprinted(path)).cloned().collect();
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
