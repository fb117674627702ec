//! Where the files of a site are written as they are rendered: a folder, memory or a package.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Mutex, PoisonError};

use crate::files::Content;

/// Why a sink could not write a file.
pub type SinkError = Box<dyn Error + Send + Sync>;

/// Takes the files of a site, in any order and from many threads.
pub trait Sink: Sync {
    /// Takes the file at `path`, which is relative to the site's root and has forward slashes. Each path occurs once.
    ///
    /// # Errors
    /// When the file cannot be taken; rendering ends there.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError>;

    /// Takes a file of the content, which may be larger than memory.
    ///
    /// # Errors
    /// As of [`Sink::write`], and when the file cannot be read.
    fn copy(&self, path: &str, content: &Content) -> Result<(), SinkError> {
        self.write(path, &content.read()?)
    }
}

/// Every file of a site by its path, in memory.
pub type Output = BTreeMap<String, Vec<u8>>;

/// Keeps everything in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Output>);

impl Memory {
    /// What was written.
    pub fn into_output(self) -> Output {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// Keeps nothing; for callers that need only the findings of rendering.
#[derive(Debug, Clone, Copy)]
pub struct Discard;

impl Sink for Discard {
    fn write(&self, _: &str, _: &[u8]) -> Result<(), SinkError> {
        Ok(())
    }

    fn copy(&self, _: &str, _: &Content) -> Result<(), SinkError> {
        Ok(())
    }
}
