//! The files of the content folder that are neither Markdown nor YAML: pictures, sound, handouts.
//!
//! `markdown` checks links to them, and `render` hands them on. Which of them a site publishes is decided by the pages that
//! point at them.

mod scripted;
mod svg;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::files::{Content, Files};
use crate::fingerprint::{self, Digest};
use crate::path::slashed;

/// Every asset by its path relative to the site, with forward slashes (`content/img/desk.png`).
#[derive(Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, File>,
}

#[derive(Debug)]
struct File {
    bytes: Arc<[u8]>,
    /// Only asked of pictures.
    digest: OnceLock<Digest>,
}

impl From<Arc<[u8]>> for File {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self { bytes, digest: OnceLock::new() }
    }
}

/// A picture's size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Assets {
    /// The files at these paths.
    #[must_use]
    pub fn of(files: &Files, paths: &[PathBuf]) -> Self {
        let bytes = |content: &Content| match content {
            Content::Text(text) => Arc::from(text.as_bytes()),
            Content::Bytes(bytes) => Arc::clone(bytes),
            Content::Refused(_) => Arc::default(),
        };
        let found = paths.iter().filter_map(|path| Some((slashed(path), bytes(files.get(path)?).into())));
        Self { files: found.collect() }
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), bytes.into().into());
    }

    /// The bytes of the file at `path`, relative to the site.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        Some(&self.files.get(path)?.bytes)
    }

    /// What tells the bytes of the file at `path` from others.
    #[must_use]
    pub fn digest(&self, path: &str) -> Option<Digest> {
        let file = self.files.get(path)?;
        Some(*file.digest.get_or_init(|| fingerprint::digest(&file.bytes)))
    }

    /// Whether a browser that opens the file at `path` runs scripts of it.
    #[must_use]
    pub fn is_scripted(&self, path: &str) -> bool {
        self.get(path).is_some_and(|bytes| scripted::is_scripted(path, bytes))
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.keys().map(String::as_str)
    }

    /// The size of the picture at `path`, where its format tells.
    #[must_use]
    pub fn size(&self, path: &str) -> Option<Size> {
        let bytes = self.get(path)?;
        if path.to_ascii_lowercase().ends_with(".svg") {
            return svg::size(std::str::from_utf8(bytes).ok()?);
        }
        let size = imagesize::blob_size(bytes).ok()?;
        Some(Size { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
    }
}

/// Whether sites that show previews can show such a picture.
#[must_use]
pub fn can_be_preview(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending))
}
