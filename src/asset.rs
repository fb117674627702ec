//! The files of the content folder that are neither Markdown nor YAML: pictures, sound, handouts.
//!
//! `markdown` checks links to them, and `render` hands them on. Which of them a site publishes is decided by the pages that
//! point at them. None is read before that, and none as a whole: of a picture the head, for the rest it is copied.

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

/// What is asked of pictures only is found out when it is asked.
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

    /// What tells the bytes of the file at `path` from others; `None` if it cannot be read.
    pub fn digest(&self, path: &str) -> Option<Digest> {
        let AssetFile { content, digest, .. } = self.files.get(path)?;
        *digest.get_or_init(|| fingerprint::digest_of(content.open().ok()?).ok())
    }

    /// Whether a browser that opens the file at `path` runs scripts of it.
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

    /// The size of the picture at `path`, where its format tells.
    pub fn size(&self, path: &str) -> Option<Size> {
        self.picture(path).ok().flatten()
    }

    /// The same; what is no picture that a browser shows is an error.
    ///
    /// # Errors
    /// What the file is instead. One that is not there is none.
    pub fn picture(&self, path: &str) -> Result<Option<Size>, Unreadable> {
        let Some(AssetFile { content, picture, .. }) = self.files.get(path) else { return Ok(None) };
        picture.get_or_init(|| picture::size(path, content)).clone()
    }
}

/// Whether sites that show previews can show such a picture.
pub fn can_be_preview(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending))
}
