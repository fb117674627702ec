//! The only writer: puts a site into a folder so that readers of the folder see either the old site or the new one.
//!
//! New files are first written to a stage. A folder that does not exist yet appears when it is complete. If everything in
//! it is ours, it is exchanged for the new one at once, if the system supports that. In a folder with files of others, each
//! file is renamed into place separately. Unchanged files keep their times, and files of an earlier build that are gone are
//! removed. The manifest lists our files; nothing else is ever removed, and a folder without a manifest is not ours to
//! write to. Builds into the same folder take turns.

mod found;
mod manifest;
mod swap;
mod work;
mod writing;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

use crate::shell::error::Error as Failed;
use crate::shell::whole::temporary;

pub use work::stop;
pub use writing::Writing;

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// The number of files of the site.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// How many of them were written because they were new or different.
    pub changed: usize,
    /// The number of files of an earlier build that were removed.
    pub removed: usize,
}

/// Why not everything was written.
#[derive(Debug)]
pub enum Error {
    /// The folder contains files but none of our manifests.
    NotOurs(PathBuf),
    /// A symbolic link or a file is where a folder must be, or a folder where a file must be.
    InTheWay(PathBuf),
    /// The system refused.
    Failed(Failed),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotOurs(path) => write!(
                f,
                "{} contains files that amends did not write, so it is left alone; name another folder with --output, or empty this one",
                path.display()
            ),
            Self::InTheWay(path) => write!(
                f,
                "{} is a link or of another kind than it must be; remove it, or name another folder with --output",
                path.display()
            ),
            Self::Failed(failed) => failed.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(failed) => Some(failed),
            Self::NotOurs(_) | Self::InTheWay(_) => None,
        }
    }
}

/// A temporary file with these bytes, which is removed unless it is renamed.
fn beside(target: &Path, folder: &Path, bytes: &[u8]) -> Result<TempPath, Error> {
    let mut file = temporary(folder).map_err(failed("write", target))?;
    file.write_all(bytes).map_err(failed("write", target))?;
    Ok(file.into_temp_path())
}

/// Every folder from `to` down to `folder` must be a real folder, or not exist yet: through a link we would write, and
/// later remove, somewhere else.
fn refuse_links(folder: &Path, to: &Path) -> Result<(), Error> {
    for each in folder.ancestors().take_while(|each| each.starts_with(to) && !each.as_os_str().is_empty()) {
        match fs::symlink_metadata(each) {
            Ok(found) if !found.is_dir() => return Err(Error::InTheWay(each.to_owned())),
            _ => {}
        }
    }
    Ok(())
}

fn is_empty(folder: &Path) -> Result<bool, Error> {
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == work::INSIDE)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(failed("list", folder)(error)),
    }
}

/// Removes one of our files and the folders that it leaves empty. Returns whether it existed.
fn remove(to: &Path, path: &str) -> Result<bool, Error> {
    let target = to.join(path);
    refuse_links(target.parent().unwrap_or(to), to)?;
    match fs::remove_file(&target) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed("remove", &target)(error)),
    }
    let above = target.ancestors().skip(1).take_while(|folder| *folder != to && folder.starts_with(to));
    for folder in above {
        if fs::remove_dir(folder).is_err() {
            break; // Not empty: it has files of others, or more of ours.
        }
    }
    Ok(true)
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Failed(Failed::new(doing, path, source))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
