//! The names that files are published under. What a page shows or runs by itself has a name that holds a digest of its
//! bytes, so that browsers may keep it for ever and never mix two versions of a site; what people follow or keep the
//! address of has a plain one. Under `serve` all names are plain.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use memchr::memmem;

use super::{Purpose, SCRIPTS, handed};
use crate::course::Course;
use crate::output::{self, Digest, Output};
use crate::theme::Theme;

/// Pictures of a published site, all of them under lasting names.
pub(super) const PICTURES: &str = "pictures/";

/// Where hosts such as Netlify and Cloudflare Pages look for what to say beside a file.
pub(super) const HEADERS: &str = "_headers";

/// From the path that a template asks for to the one in the site: what templates get as `files`.
#[derive(Debug, Clone)]
pub(super) struct Names {
    files: BTreeMap<String, String>,
    purpose: Purpose,
}

impl Names {
    /// Puts the files that all pages share into the site, and names them.
    pub(super) fn of(theme: &Theme, purpose: Purpose, output: &mut Output) -> Self {
        let mut names = Self { files: BTreeMap::new(), purpose };
        let mut files: BTreeMap<&str, Arc<[u8]>> =
            theme.files().map(|(path, bytes)| (path, Arc::clone(bytes))).collect();
        files.extend(SCRIPTS.map(|(path, script)| (path, Arc::from(script))));
        for (path, bytes) in &files {
            let named = theme.asked().contains(*path);
            if named {
                let lasting = names.add(path, path, bytes);
                output.insert(lasting, Arc::clone(bytes));
            }
            if !named || is_told_of(path, theme) {
                output.insert(*path, Arc::clone(bytes));
            }
        }
        // What is not there, or is added by `serve`.
        for path in theme.asked() {
            names.files.entry(path.clone()).or_insert_with(|| path.clone());
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
    pub(super) fn plain(theme: &Theme, course: &Course) -> Self {
        let same = theme.asked().iter().map(|path| (path.clone(), path.clone()));
        let shared = handed::paths(course).into_iter().map(|(key, path)| (key.to_owned(), path));
        Self { files: same.chain(shared).collect(), purpose: Purpose::Serve }
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
        Purpose::Publish => output::lasting(path, output::digest(bytes)),
        Purpose::Serve => path.to_owned(),
    }
}

/// Whether another file of the theme may ask for this one: a style for a picture, a script for another.
fn is_told_of(path: &str, theme: &Theme) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    theme.files().filter(|(other, _)| *other != path).any(|(_, bytes)| {
        memmem::find_iter(bytes, name)
            .any(|at| matches!(bytes[..at].last(), Some(b'"' | b'\'' | b'(' | b'/')))
    })
}

/// What hosts say beside the files of a site: whatever has a lasting name may be kept.
pub(super) fn headers(output: &Output, folders: &[String]) -> String {
    let mut text = String::from(
        "# These names hold a digest of what they stand for, so that it can be kept for ever.\n",
    );
    let files = output.paths().filter(|path| {
        (path.starts_with("static/") || path.contains("scenarios/")) && output::is_lasting(path)
    });
    let pictures = output.paths().any(|path| path.starts_with(PICTURES)).then(|| format!("{PICTURES}*"));
    let folders = folders.iter().map(|folder| format!("{folder}*"));
    for path in files.map(str::to_owned).chain(pictures).chain(folders) {
        // Writing to a string cannot fail.
        let _ = write!(text, "/{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}
