//! The names that files are published under. What a page loads by itself has a fingerprinted name, one that holds a digest of its
//! bytes, so that browsers may keep it for ever and never mix two versions of a site; what people follow or keep the
//! address of has a plain one. Under `serve` all names are plain.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{Purpose, SCRIPTS, parts_scripts};
use crate::course::Course;
use crate::output::{self, Digest, Output};
use crate::theme::Theme;

/// Pictures of a published site, all of them under fingerprinted names.
pub(super) const PICTURES: &str = "pictures/";

/// Where hosts such as Netlify and Cloudflare Pages look for what to say beside a file.
pub(super) const HEADERS: &str = "_headers";

/// From the path that a template asks for to the one in the site: what templates get as `files`.
#[derive(Debug, Clone)]
pub(super) struct PublishedNames {
    files: BTreeMap<String, String>,
    purpose: Purpose,
}

impl PublishedNames {
    /// Puts the static files of the theme and the scripts of the pages into the site, and names them: a file that templates ask
    /// for with `asset` by its fingerprinted name, and one that anything names in another way, or nothing at all, by its plain one.
    pub(super) fn publish(theme: &Theme, purpose: Purpose, output: &mut Output) -> Self {
        let mut names = Self { files: BTreeMap::new(), purpose };
        let scripts = SCRIPTS.map(|(path, script)| (path, Arc::from(script)));
        let files: BTreeMap<&str, Arc<[u8]>> =
            theme.files().map(|(path, bytes)| (path, Arc::clone(bytes))).chain(scripts).collect();
        for (path, bytes) in files {
            let mentions = theme.mentions(path);
            if mentions.by_asset {
                let name = names.add(path, path, &bytes);
                output.insert(name, Arc::clone(&bytes));
            }
            if mentions.by_name || !mentions.by_asset {
                output.insert(path, bytes);
            }
        }
        names
    }

    /// Names a file that templates ask for as `key`.
    pub(super) fn add(&mut self, key: &str, path: &str, bytes: &[u8]) -> String {
        let name = name(path, bytes, self.purpose);
        self.files.insert(key.to_owned(), name.clone());
        name
    }

    /// The names that `serve` has for files, of a course in one language.
    pub(super) fn plain(course: &Course) -> Self {
        let shared = parts_scripts::paths(course).into_iter().map(|(key, path)| (key.to_owned(), path));
        Self { files: shared.collect(), purpose: Purpose::Serve }
    }

    /// Names the folder of an index.
    pub(super) fn add_index(&mut self, digest: Digest) -> String {
        let folder = format!("{}/", output::short(digest));
        self.files.insert("search".to_owned(), folder.clone());
        folder
    }

    /// For templates.
    pub(super) fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }
}

/// The name of a file that a page loads by itself.
pub(super) fn name(path: &str, bytes: &[u8], purpose: Purpose) -> String {
    match purpose {
        Purpose::Publish => output::fingerprinted(path, output::digest(bytes)),
        Purpose::Serve => path.to_owned(),
    }
}

/// What hosts say beside the files of a site: whatever has a fingerprinted name may be kept, and so may what stands in `folders`.
pub(super) fn headers(output: &Output, folders: &[String]) -> String {
    let mut text = String::from(
        "# These names hold a digest of what they stand for, so that it can be kept for ever.\n",
    );
    let files = output.paths().filter(|path| {
        (path.starts_with("static/") || path.contains("scenarios/")) && output::is_fingerprinted(path)
    });
    let pictures = output.paths().any(|path| path.starts_with(PICTURES)).then(|| format!("{PICTURES}*"));
    let folders = folders.iter().map(|folder| format!("{folder}*"));
    for path in files.map(str::to_owned).chain(pictures).chain(folders) {
        // Writing to a string cannot fail.
        let _ = write!(text, "/{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}
