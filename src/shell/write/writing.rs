//! A build that is being written: it takes files as they are made, from many threads, and nothing of the old site
//! changes before [`Writing::finish`]. Dropped before that, it leaves nothing behind.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use tempfile::{Builder, TempDir, TempPath};

use super::{Error, Written, beside, failed, is_empty, manifest, refuse_links, remove};
use crate::sink::{Sink, SinkError};

/// A build on its way into a folder.
#[derive(Debug)]
pub struct Writing {
    to: PathBuf,
    /// What an earlier build wrote there.
    old: BTreeSet<String>,
    place: Place,
    /// What this one has written so far.
    new: Mutex<BTreeSet<String>>,
    changed: AtomicUsize,
}

/// Where files go until the build is whole.
#[derive(Debug)]
enum Place {
    /// The folder is not there yet: all of it is written beside it under another name, and appears at once.
    Fresh(TempDir),
    /// Each file that differs is written beside its target, under another name.
    Inside {
        /// Folders that are no links, and there.
        known: RwLock<BTreeSet<PathBuf>>,
        staged: Mutex<Vec<(TempPath, PathBuf)>>,
    },
}

impl Writing {
    /// Begins to write into the folder `to`.
    ///
    /// # Errors
    /// When the folder is not ours.
    pub fn begin(to: &Path) -> Result<Self, Error> {
        refuse_links(to, to)?;
        let old = manifest::read(to)?;
        if old.is_none() && !is_empty(to)? {
            return Err(Error::NotOurs(to.to_owned()));
        }
        let inside = || Place::Inside { known: RwLock::default(), staged: Mutex::default() };
        Ok(Self {
            to: to.to_owned(),
            old: old.unwrap_or_default(),
            place: fresh(to).map_or_else(inside, Place::Fresh),
            new: Mutex::default(),
            changed: AtomicUsize::new(0),
        })
    }

    /// Makes the folder hold exactly what was written, beside files that are not ours.
    ///
    /// # Errors
    /// When the folder cannot be changed. Before the first rename nothing of the old site has changed.
    pub fn finish(self) -> Result<Written, Error> {
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let pages = new.iter().filter(|path| path.ends_with(".html")).count();
        let mut written = Written { files: new.len(), pages, changed: self.changed.into_inner(), removed: 0 };
        let to = &self.to;
        let staged = match self.place {
            Place::Fresh(place) => {
                manifest::write(place.path(), new.iter().map(String::as_str))?;
                fs::rename(place.path(), to).map_err(failed("write", to))?;
                // It is the site now, and no longer to be removed.
                let _ = place.keep();
                return Ok(written);
            }
            Place::Inside { staged, .. } => staged.into_inner().unwrap_or_else(PoisonError::into_inner),
        };
        fs::create_dir_all(to).map_err(failed("create", to))?;
        // Should this run end here, the next one still knows every file that is ours.
        manifest::write(to, self.old.union(&new).map(String::as_str))?;
        for (temporary, target) in staged {
            temporary.persist(&target).map_err(|error| failed("write", &target)(error.error))?;
        }
        for path in self.old.difference(&new) {
            written.removed += usize::from(remove(to, path)?);
        }
        manifest::write(to, new.iter().map(String::as_str))?;
        Ok(written)
    }

    /// Writes a file where it stays until the build is whole; whether it differs from the old one.
    fn take(&self, path: &str, bytes: &[u8]) -> Result<bool, Error> {
        match &self.place {
            Place::Fresh(place) => create(&place.path().join(path), bytes).map(|()| true),
            Place::Inside { known, staged } => {
                let file = self.stage(path, bytes, known)?;
                let differs = file.is_some();
                locked(staged).extend(file);
                Ok(differs)
            }
        }
    }

    /// Writes a file beside its target, unless the target has its bytes.
    fn stage(
        &self,
        path: &str,
        bytes: &[u8],
        known: &RwLock<BTreeSet<PathBuf>>,
    ) -> Result<Option<(TempPath, PathBuf)>, Error> {
        let target = self.to.join(path);
        let folder = target.parent().unwrap_or(&self.to);
        self.make(folder, known)?;
        if is_there(&target, bytes)? {
            return Ok(None);
        }
        Ok(Some((beside(&target, folder, bytes)?, target)))
    }

    /// Makes a folder of the site and those that it stands in. None of them may be a link: through it we would write,
    /// and later remove, somewhere else.
    fn make(&self, folder: &Path, known: &RwLock<BTreeSet<PathBuf>>) -> Result<(), Error> {
        if known.read().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(());
        }
        match fs::symlink_metadata(folder) {
            Ok(found) if !found.is_dir() => return Err(Error::InTheWay(folder.to_owned())),
            Ok(_) if folder != self.to => self.make(folder.parent().unwrap_or(&self.to), known)?,
            Ok(_) => {}
            Err(_) if folder == self.to => fs::create_dir_all(folder).map_err(failed("create", folder))?,
            Err(_) => {
                self.make(folder.parent().unwrap_or(&self.to), known)?;
                match fs::create_dir(folder) {
                    // Another thread was faster.
                    Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                        return Err(failed("create", folder)(error));
                    }
                    _ => {}
                }
            }
        }
        known.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
        Ok(())
    }
}

impl Sink for Writing {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        let differs = self.take(path, bytes)?;
        self.changed.fetch_add(usize::from(differs), Ordering::Relaxed);
        locked(&self.new).insert(path.to_owned());
        Ok(())
    }
}

/// A folder beside `to`, if that is not there and one may be made.
fn fresh(to: &Path) -> Option<TempDir> {
    if fs::symlink_metadata(to).is_ok() {
        return None;
    }
    let above = to.parent()?;
    let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
    let mut builder = Builder::new();
    builder.prefix(".amends-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(above).ok()
}

/// Writes a file where nothing is.
fn create(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    fs::write(target, bytes).map_err(failed("write", target))
}

/// Whether a file has these bytes already.
fn is_there(target: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let Ok(found) = fs::symlink_metadata(target) else { return Ok(false) };
    if !found.is_file() {
        return Err(Error::InTheWay(target.to_owned()));
    }
    if found.len() != bytes.len() as u64 {
        return Ok(false);
    }
    Ok(fs::read(target).map_err(failed("read", target))? == bytes)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
