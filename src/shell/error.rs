//! Errors outside of the content: a file or folder that cannot be read or written.
//!
//! Faults of the content are diagnostics. This is for the environment, and always names the path.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file or folder that could not be used.
#[derive(Debug)]
pub struct Error {
    /// The action that failed, as in "cannot read".
    doing: &'static str,
    path: PathBuf,
    source: io::Error,
}

/// The result of functions that use the disk.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error whose `doing` completes "cannot": `read`, `write`, `list`.
    pub fn new(doing: &'static str, path: impl AsRef<Path>, source: io::Error) -> Self {
        Self { doing, path: path.as_ref().to_path_buf(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.doing, self.path.display(), self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
