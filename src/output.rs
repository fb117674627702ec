//! The site as it will be published: every file by its path, before anything is written.
//!
//! `render` makes it; `write` puts it on the disk, `serve` holds it in memory, exporters pack it. The order is
//! that of the paths, so the same course always gives the same bytes in the same order.
//!
//! A page can be handed to a [`Shelf`] as soon as it is made: the build of a large course does not hold all of it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

/// Every file of a site by its path, relative to the site's root and with forward slashes.
#[derive(Debug, Clone, Default)]
pub struct Output {
    files: BTreeMap<String, File>,
}

/// The first eight bytes of SHA-256: enough to tell versions of one file apart.
pub type Digest = [u8; 8];

/// Where the bytes of a page go once they are made. Called from many threads.
pub trait Shelf: Sync {
    /// Takes the bytes of the file at `path`, and gives them back to be held if it does not keep them elsewhere.
    fn put(&self, path: &str, bytes: Vec<u8>) -> Option<Arc<[u8]>>;
}

/// Holds everything.
#[derive(Debug, Clone, Copy)]
pub struct Memory;

impl Shelf for Memory {
    fn put(&self, _: &str, bytes: Vec<u8>) -> Option<Arc<[u8]>> {
        Some(bytes.into())
    }
}

/// One file.
#[derive(Debug, Clone)]
pub struct File {
    /// None if a shelf has them.
    bytes: Option<Arc<[u8]>>,
    digest: OnceLock<Digest>,
}

impl File {
    /// A file whose bytes the shelf may take.
    pub fn shelved(path: &str, bytes: Vec<u8>, shelf: &dyn Shelf, known: bool) -> Self {
        // Afterward they may be gone.
        let digest = if known { OnceLock::from(digest(&bytes)) } else { OnceLock::new() };
        Self { bytes: shelf.put(path, bytes), digest }
    }

    fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| digest(self.bytes.as_deref().unwrap_or_default()))
    }
}

impl From<Arc<[u8]>> for File {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self { bytes: Some(bytes), digest: OnceLock::new() }
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        match (&self.bytes, &other.bytes) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
            _ => self.digest() == other.digest(),
        }
    }
}

/// The digest of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> Digest {
    let mut first = Digest::default();
    first.copy_from_slice(&Sha256::digest(bytes)[..8]);
    first
}

/// The name of a file that holds a digest: `static/theme.css` is `static/theme.3f2a91c0.css`.
#[must_use]
pub fn fingerprinted(path: &str, digest: Digest) -> String {
    let digest = short(digest);
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot) => format!("{}.{digest}{}", &path[..name + dot], &path[name + dot..]),
        None => format!("{path}.{digest}"),
    }
}

/// Whether a path is one of [`fingerprinted`].
#[must_use]
pub fn is_fingerprinted(path: &str) -> bool {
    let digest = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.split('.').skip(1).any(digest)
}

/// Bytes as lowercase hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Eight digits of a digest: enough for the names of a site.
#[must_use]
pub fn short(digest: Digest) -> String {
    hex(&digest[..4])
}

impl Output {
    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), bytes.into().into());
    }

    /// The same for many, whose bytes a shelf may have.
    pub fn add_all(&mut self, files: impl Iterator<Item = (String, File)>) {
        // Sorted and put in as a whole, which takes less than to look for the place of each.
        self.files.append(&mut files.collect());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// The bytes of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path)?.bytes.as_deref()
    }

    /// The same, to keep.
    #[must_use]
    pub fn share(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(path)?.bytes.clone()
    }

    /// What tells the bytes of the file at `path` from others.
    #[must_use]
    pub fn digest(&self, path: &str) -> Option<Digest> {
        Some(self.files.get(path)?.digest())
    }

    /// Every file that is held here, in the order of paths; without a shelf, every file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(|(path, file)| Some((path.as_str(), file.bytes.as_deref()?)))
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
        let here = self.files.iter().filter(|(path, file)| other.files.get(*path) != Some(*file));
        let gone = other.files.iter().filter(|(path, _)| !self.files.contains_key(*path));
        here.chain(gone).map(|(path, _)| path.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprinted_name_holds_the_digest_before_the_ending() {
        let digest = digest(b"abc");
        for (path, name) in [
            ("static/theme.css", "static/theme.ba7816bf.css"),
            ("pictures/a b/c.d.png", "pictures/a b/c.d.ba7816bf.png"),
            ("pictures/a.b/c", "pictures/a.b/c.ba7816bf"),
        ] {
            assert_eq!(fingerprinted(path, digest), name);
            assert!(is_fingerprinted(name) && !is_fingerprinted(path), "{path}");
        }
    }
}
