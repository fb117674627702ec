//! The site as it will be published: every file by its path, before anything is written.
//!
//! `render` makes it; `write` puts it on the disk, `serve` holds it in memory, exporters pack it. The order is
//! that of the paths, so the same course always gives the same bytes in the same order.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Every file of a site by its path, relative to the site's root and with forward slashes.
#[derive(Debug, Clone, Default)]
pub struct Output {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Output {
    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// The bytes of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// The same, to keep.
    #[must_use]
    pub fn share(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(path).cloned()
    }

    /// Every file, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The paths whose bytes differ between `self` and `other`, those that only one of them has among them.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<String> {
        let here = self.files.iter().filter(|(path, bytes)| other.files.get(*path) != Some(*bytes));
        let gone = other.files.iter().filter(|(path, _)| !self.files.contains_key(*path));
        here.chain(gone).map(|(path, _)| path.clone()).collect()
    }
}
