//! The files of the content folder that are neither Markdown nor YAML: pictures, sound, handouts.
//!
//! `markdown` checks links to them, and `render` passes on those that pages refer to. A file is not read before a page
//! refers to it. Of a picture only the head is read into memory; everything else is copied.

mod picture;
mod scripted;
mod svg;

pub use picture::{Size, Unreadable};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::files::{Content, Files};
use crate::fingerprint::{self, Digest};
use crate::path::slashed;

/// Every asset by its path relative to the site, with forward slashes (`content/img/desk.png`).
#[derive(Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, AssetFile>,
}

/// A file, with properties that are computed when a page needs them.
#[derive(Debug)]
struct AssetFile {
    content: Content,
    digest: OnceLock<Option<Digest>>,
    picture: OnceLock<Result<Option<Size>, Unreadable>>,
}

impl Assets {
    /// The files at these paths.
    pub fn of(files: &Files, paths: &[PathBuf]) -> Self {
        let file = |content: &Content| AssetFile {
            content: content.clone(),
            digest: OnceLock::new(),
            picture: OnceLock::new(),
        };
        let found = paths.iter().filter_map(|path| Some((slashed(path), file(files.get(path)?))));
        Self { files: found.collect() }
    }

    /// The file at `path`, relative to the site.
    pub fn get(&self, path: &str) -> Option<&Content> {
        Some(&self.files.get(path)?.content)
    }

    /// The digest of the file at `path`; `None` if it cannot be read.
    pub fn digest(&self, path: &str) -> Option<Digest> {
        let AssetFile { content, digest, .. } = self.files.get(path)?;
        *digest.get_or_init(|| fingerprint::digest_of(content.open().ok()?).ok())
    }

    /// Whether a browser that opens the file at `path` runs scripts in it.
    pub fn is_scripted(&self, path: &str) -> bool {
        let content = self.get(path).filter(|_| scripted::is_page(path));
        content
            .and_then(|content| content.read().ok())
            .is_some_and(|bytes| scripted::is_scripted(path, &bytes))
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.keys().map(String::as_str)
    }

    /// The size of the picture at `path`, if its format states it.
    pub fn size(&self, path: &str) -> Option<Size> {
        self.picture(path).ok().flatten()
    }

    /// The same, but a file that no browser shows as a picture is an error.
    ///
    /// # Errors
    /// What the file is instead. A missing file is not an error.
    pub fn picture(&self, path: &str) -> Result<Option<Size>, Unreadable> {
        let Some(AssetFile { content, picture, .. }) = self.files.get(path) else { return Ok(None) };
        picture.get_or_init(|| picture::size(path, content)).clone()
    }
}

/// Whether sites that show previews support such a picture.
pub fn can_be_preview(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending))
}
