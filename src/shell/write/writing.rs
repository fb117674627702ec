//! A build that is being written: it takes files as they are made, from many threads, and nothing of the old site
//! changes before [`Writing::finish`]. Dropped before that, it leaves nothing behind.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use rayon::prelude::*;
use tempfile::{Builder, TempDir, TempPath};

use super::{Error, Look, Looks, Written, beside, failed, is_empty, look, manifest, refuse_links, remove};
use crate::output::{Output, Shelf};

/// A build on its way into a folder.
#[derive(Debug)]
pub struct Writing {
    to: PathBuf,
    /// What an earlier build wrote there.
    old: BTreeSet<String>,
    place: Place,
    changed: AtomicUsize,
    /// The first thing that went wrong: who hands files over cannot be told.
    failed: Mutex<Option<Error>>,
}

/// Where files go until the build is whole.
#[derive(Debug)]
enum Place {
    /// The folder is not there yet: all of it is written beside it under another name, and appears at once.
    Fresh(TempDir, Mutex<Looks>),
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
            place: fresh(to).map_or_else(inside, |place| Place::Fresh(place, Mutex::default())),
            changed: AtomicUsize::new(0),
            failed: Mutex::new(None),
        })
    }

    /// Writes what `output` still holds, and makes the folder hold exactly it, beside files that are not ours. Tells how
    /// each file looks, in the order of paths, if all of them are new.
    ///
    /// # Errors
    /// When a file could not be written. Before the first rename nothing of the old site has changed.
    pub fn finish(self, output: &Output) -> Result<(Written, Option<Looks>), Error> {
        let held: Vec<(&str, &[u8])> = output.files().collect();
        held.into_par_iter().for_each(|(path, bytes)| self.take(path, bytes));
        if let Some(error) = locked(&self.failed).take() {
            return Err(error);
        }
        let changed = self.changed.into_inner();
        let mut written = Written { files: output.len(), changed, removed: 0 };
        let to = &self.to;
        let staged = match self.place {
            Place::Fresh(place, looks) => {
                manifest::write(place.path(), output.paths())?;
                fs::rename(place.path(), to).map_err(failed("write", to))?;
                // It is the site now, and no longer to be removed.
                let _ = place.keep();
                let mut looks = looks.into_inner().unwrap_or_else(PoisonError::into_inner);
                looks.par_sort_unstable();
                return Ok((written, Some(looks)));
            }
            Place::Inside { staged, .. } => staged.into_inner().unwrap_or_else(PoisonError::into_inner),
        };
        fs::create_dir_all(to).map_err(failed("create", to))?;
        let old: BTreeSet<&str> = self.old.iter().map(String::as_str).collect();
        let new: BTreeSet<&str> = output.paths().collect();
        // Should this run end here, the next one still knows every file that is ours.
        manifest::write(to, old.union(&new).copied())?;
        staged.into_par_iter().try_for_each(|(temporary, target)| {
            temporary.persist(&target).map_err(|error| failed("write", &target)(error.error))
        })?;
        for path in old.difference(&new) {
            written.removed += usize::from(remove(to, path)?);
        }
        manifest::write(to, new.into_iter())?;
        Ok((written, None))
    }

    fn take(&self, path: &str, bytes: &[u8]) {
        let done = match &self.place {
            Place::Fresh(place, looks) => create(&place.path().join(path), bytes).map(|look| {
                locked(looks).push((path.to_owned(), look));
                true
            }),
            Place::Inside { known, staged } => self.stage(path, bytes, known).map(|made| match made {
                Some(made) => {
                    locked(staged).push(made);
                    true
                }
                None => false,
            }),
        };
        match done {
            Ok(changed) => drop(self.changed.fetch_add(usize::from(changed), Ordering::Relaxed)),
            Err(error) => drop(locked(&self.failed).get_or_insert(error)),
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

impl Shelf for Writing {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Option<Arc<[u8]>> {
        self.take(path, &bytes);
        None
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
fn create(target: &Path, bytes: &[u8]) -> Result<Look, Error> {
    let write = || {
        let mut file = fs::File::create(target)?;
        file.write_all(bytes)?;
        Ok(look(&file.metadata()?))
    };
    let folder = target.parent().unwrap_or(target);
    // Nearly every page has a folder of its own: there a first try would be in vain.
    if target.ends_with("index.html") {
        let _ = fs::create_dir(folder);
    }
    if let Ok(look) = write() {
        return Ok(look);
    }
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    write().map_err(failed("write", target))
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
    let mut old = Vec::with_capacity(bytes.len() + 1);
    let mut file = fs::File::open(target).map_err(failed("read", target))?;
    file.read_to_end(&mut old).map_err(failed("read", target))?;
    Ok(old == bytes)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
