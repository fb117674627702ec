//! Where a build works before its output changes: a folder beside the output, or inside of it where nothing may be made beside
//! it. It holds a lock, so that builds into one output take turns, and the one stage for what is on its way.
//!
//! A build that ends early takes its folder away, and so does one that is told to stop ([`stop`]). What a killed one leaves, the
//! next build takes away.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use super::{Error, failed, locked, manifest};

/// Its name inside of an output, which the manifest names.
pub(super) const INSIDE: &str = ".amends-work";

/// Shared by all that write, for as long as one step takes; taken for good by [`stop`].
static STEPS: RwLock<()> = RwLock::new(());
/// The folders that builds of this program work in.
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Ends the program: an output that is changing is finished first, all others stay as they are, and no stage is left.
pub fn stop(code: i32) -> ! {
    // Held to the end: nobody writes any more.
    let _steps = STEPS.write().unwrap_or_else(PoisonError::into_inner);
    for folder in locked(&FOLDERS).iter() {
        let _ = fs::remove_dir_all(folder);
    }
    std::process::exit(code)
}

/// One step of writing, which [`stop`] waits for.
pub(super) fn step() -> RwLockReadGuard<'static, ()> {
    STEPS.read().unwrap_or_else(PoisonError::into_inner)
}

/// The folder, for as long as this is held.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) folder: PathBuf,
    /// Whether it stands beside the output.
    pub(super) is_beside: bool,
    /// Folders above it that were made for it.
    made: Vec<PathBuf>,
    /// Unlocked when it is closed.
    _lock: File,
}

impl Work {
    /// Waits for its turn.
    pub(super) fn enter(to: &Path) -> Result<Self, Error> {
        let Some(beside) = beside(to) else { return Self::at(to.join(INSIDE), false) };
        match Self::at(beside, true) {
            Err(Error::Failed(_)) if to.is_dir() => Self::at(to.join(INSIDE), false),
            entered => entered,
        }
    }

    fn at(folder: PathBuf, is_beside: bool) -> Result<Self, Error> {
        let missing = folder.ancestors().skip(1).take_while(|above| !above.as_os_str().is_empty());
        let made: Vec<PathBuf> = missing.take_while(|above| !above.exists()).map(Path::to_owned).collect();
        let path = folder.join("lock");
        loop {
            let step = step();
            fs::create_dir_all(&folder).map_err(failed("create", &folder))?;
            if !fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir()) {
                return Err(Error::InTheWay(folder));
            }
            let lock = match File::options().create(true).truncate(false).write(true).open(&path) {
                Ok(lock) => lock,
                // The build before this one has just removed the folder.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(failed("create", &path)(error)),
            };
            if let Err(TryLockError::WouldBlock) = lock.try_lock() {
                drop(step);
                let _ = lock.lock();
                // The folder is gone with the turn before, as a rule.
                continue;
            }
            // A file system without locks has no turns.
            if is_at(&lock, &path) {
                clear(&folder.join("stage"))?;
                locked(&FOLDERS).push(folder.clone());
                return Ok(Self { folder, is_beside, made, _lock: lock });
            }
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _step = step();
        // A build that waits sees that the lock is no longer that of the folder.
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
        for above in &self.made {
            let _ = fs::remove_dir(above);
        }
        locked(&FOLDERS).retain(|folder| *folder != self.folder);
    }
}

/// A folder for files on their way. Removed with all that it holds.
#[derive(Debug)]
pub(super) struct Stage(pub(super) PathBuf);

impl Stage {
    /// An empty one in a folder of ours; what an earlier build left there is taken away.
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        let _step = step();
        let stage = folder.join("stage");
        clear(&stage)?;
        fs::create_dir_all(&stage).map_err(failed("create", &stage))?;
        locked(&FOLDERS).push(folder.to_owned());
        // From now on it is known as ours.
        fs::write(stage.join(manifest::NAME), "").map_err(failed("create", &stage))?;
        Ok(Self(stage))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = clear(&self.0);
        // One with a lock in it is still there.
        let folder = self.0.parent().unwrap_or(&self.0);
        if fs::remove_dir(folder).is_ok() {
            locked(&FOLDERS).retain(|known| known != folder);
        }
    }
}

/// Takes away what an earlier build left: it is ours if our manifest is in it.
fn clear(stage: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(stage).is_err() || fs::remove_dir(stage).is_ok() {
        return Ok(());
    }
    match manifest::read(stage)? {
        None => Err(Error::NotOurs(stage.to_owned())),
        Some(_) => fs::remove_dir_all(stage).map_err(failed("remove", stage)),
    }
}

/// The folder beside an output; none for one without a name, such as `.`.
fn beside(to: &Path) -> Option<PathBuf> {
    let name = to.file_name()?.to_string_lossy().into_owned();
    Some(to.with_file_name(format!(".{name}.amends")))
}

/// Whether an open file is still the one at its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same =
        |one: &fs::Metadata, other: &fs::Metadata| one.dev() == other.dev() && one.ino() == other.ino();
    file.metadata().is_ok_and(|open| fs::symlink_metadata(path).is_ok_and(|found| same(&open, &found)))
}

/// What is open cannot be removed there.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
