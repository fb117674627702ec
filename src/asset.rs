//! The files of the content folder that are neither Markdown nor YAML: pictures, sound, handouts.
//!
//! Read once, beside the sources, so that `markdown` can check links to them and `render` can hand them on
//! without touching the disk. Which of them a site publishes is decided by the pages that point at them.

mod svg;

use std::collections::BTreeMap;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::output::{self, Digest};
use crate::shell::error::{self, Error};

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
    /// Reads the files at these paths, which are relative to the folder of the site.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn read(site: &Path, paths: &[PathBuf]) -> error::Result<Self> {
        let read = |path: &PathBuf| {
            let whole = site.join(path);
            let bytes = std::fs::read(&whole).map_err(|source| Error::new("read", &whole, source))?;
            Ok((slashed(path), Arc::<[u8]>::from(bytes).into()))
        };
        Ok(Self { files: paths.iter().map(read).collect::<error::Result<_>>()? })
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
        Some(*file.digest.get_or_init(|| output::digest(&file.bytes)))
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

/// With forward slashes on every system: such paths are keys and URLs.
#[must_use]
pub fn slashed(path: &Path) -> String {
    // Here and there nearly every path is so already, which takes less to see than to put it together again.
    let is_plain = |path: &&str| path.split('/').all(|part| !matches!(part, "" | "."));
    if MAIN_SEPARATOR == '/'
        && let Some(path) = path.to_str().filter(is_plain)
    {
        return path.to_owned();
    }
    let mut slashed = String::with_capacity(path.as_os_str().len());
    for part in path.components() {
        if !slashed.is_empty() {
            slashed.push('/');
        }
        slashed.push_str(&part.as_os_str().to_string_lossy());
    }
    slashed
}

/// Whether sites that show previews can show such a picture.
#[must_use]
pub fn can_be_preview(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending))
}
