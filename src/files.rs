//! The files of a site in memory, by path: the core's only source of files.
//!
//! They come from a folder, an upload or a test. Paths are relative to the site, with forward slashes, and sorted, so that
//! all results are the same on every machine.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::path::slashed;

/// Every file of a site: `site.yaml`, and everything below `content/` and `themes/`.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: BTreeMap<String, Content>,
    /// The real paths behind symbolic links. If there are any, two paths may be the same file, so a change to one may be a
    /// change to the other.
    pub linked: Vec<PathBuf>,
}

/// The bytes of a file. Text is checked once, here, and shared from then on.
#[derive(Debug, Clone)]
pub enum Content {
    /// UTF-8.
    Text(Arc<String>),
    /// Anything else.
    Bytes(Arc<[u8]>),
    /// No bytes: a symbolic link or a folder that is not followed, or something that is not a file.
    Refused(Refusal),
    /// Read from where it is when it is needed.
    Stored(Arc<dyn Stored>),
}

/// Why a path is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its target is outside the site.
    Outside,
    /// Its target does not exist.
    Dangling,
    /// It leads to a folder that contains it.
    Circular,
    /// Not a link, but a folder of the site whose name is not in lowercase.
    Capitals,
    /// Not a link, but a pipe, a socket or a device.
    Special,
}

/// A file that is read in place: media can be larger than memory, and most are never needed.
pub trait Stored: fmt::Debug + Send + Sync {
    /// Opens it for reading.
    ///
    /// # Errors
    /// When it cannot be opened; the error names it.
    fn open(&self) -> io::Result<Box<dyn Read>>;
}

impl Content {
    /// All bytes.
    ///
    /// # Errors
    /// When a stored file cannot be read.
    pub fn read(&self) -> io::Result<Cow<'_, [u8]>> {
        self.head(u64::MAX)
    }

    /// The first bytes: at most `length` of a stored file, all of any other.
    ///
    /// # Errors
    /// When a stored file cannot be read.
    pub fn head(&self, length: u64) -> io::Result<Cow<'_, [u8]>> {
        Ok(match self {
            Self::Text(text) => text.as_bytes().into(),
            Self::Bytes(bytes) => (&**bytes).into(),
            Self::Refused(_) => Cow::default(),
            Self::Stored(stored) => {
                let mut bytes = Vec::new();
                stored.open()?.take(length).read_to_end(&mut bytes)?;
                bytes.into()
            }
        })
    }

    /// Opens it for reading.
    ///
    /// # Errors
    /// When a stored file cannot be opened.
    pub fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Text(text) => Box::new(text.as_bytes()),
            Self::Bytes(bytes) => Box::new(&**bytes),
            Self::Refused(_) => Box::new(io::empty()),
            Self::Stored(stored) => stored.open()?,
        })
    }
}

impl Files {
    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let content = match String::from_utf8(bytes.into()) {
            Ok(text) => Content::Text(Arc::new(text)),
            Err(error) => Content::Bytes(error.into_bytes().into()),
        };
        self.files.insert(path.into(), content);
    }

    /// Adds a path that is not read.
    pub fn refuse(&mut self, path: impl Into<String>, refusal: Refusal) {
        self.files.insert(path.into(), Content::Refused(refusal));
    }

    /// Every path that is not read, and why.
    pub fn refused(&self) -> impl Iterator<Item = (&str, Refusal)> {
        self.files.iter().filter_map(|(path, content)| match content {
            Content::Refused(refusal) => Some((path.as_str(), *refusal)),
            _ => None,
        })
    }

    /// Adds or replaces a file that is read when it is needed.
    pub fn store(&mut self, path: impl Into<String>, stored: Arc<dyn Stored>) {
        self.files.insert(path.into(), Content::Stored(stored));
    }

    /// Removes a file, if it is there.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// The file at `path`.
    pub fn get(&self, path: &Path) -> Option<&Content> {
        self.files.get(&slashed(path))
    }

    /// Whether there is a file at `path`.
    pub fn contains(&self, path: &Path) -> bool {
        self.get(path).is_some()
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Every file below `folder`, which ends in a slash, by its path in that folder.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Content)> {
        let from = self.files.range(folder.to_owned()..);
        from.map_while(move |(path, content)| Some((path.strip_prefix(folder)?, content)))
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Files {
    fn from_iter<T: IntoIterator<Item = (P, B)>>(files: T) -> Self {
        let mut all = Self::default();
        files.into_iter().for_each(|(path, bytes)| all.insert(path, bytes));
        all
    }
}
