//! The working folder of a build, until its output changes: beside the output, or inside of it if nothing can be created
//! beside it. Contains a lock, so that builds into one output take turns, and the stage for new files.
//!
//! A build that fails removes its folder, and so does one that is told to stop ([`stop`]). The next build removes what a
//! killed one leaves.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use super::{Error, failed, locked, manifest};

/// Its name inside of an output, which the manifest lists.
pub(super) const INSIDE: &str = ".amends-work";

/// Shared by all writers for the duration of one step; taken for good by [`stop`].
static STEPS: RwLock<()> = RwLock::new(());
/// The working folders of builds in this program.
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Ends the program: finishes an output that is changing, leaves all others as they are, and removes every stage.
pub fn stop(code: i32) -> ! {
    // Held until the program ends, so that nothing more is written.
    let _steps = STEPS.write().unwrap_or_else(PoisonError::into_inner);
    for folder in locked(&FOLDERS).iter() {
        let _ = clear(&folder.join("stage"));
        let _ = fs::remove_dir_all(folder);
    }
    std::process::exit(code)
}

/// A step of writing, which [`stop`] waits for.
pub(super) fn step() -> RwLockReadGuard<'static, ()> {
    STEPS.read().unwrap_or_else(PoisonError::into_inner)
}

/// The working folder, for as long as this exists.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) folder: PathBuf,
    /// Whether it is beside the output.
    pub(super) is_beside: bool,
    /// Folders above it that were created for it.
    made: Vec<PathBuf>,
    /// Unlocked on drop.
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
                // The previous build has just removed the folder.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(failed("create", &path)(error)),
            };
            if let Err(TryLockError::WouldBlock) = lock.try_lock() {
                drop(step);
                let _ = lock.lock();
                // Usually the folder is gone with the previous build.
                continue;
            }
            // On a file system without locks, builds do not take turns.
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
        // A waiting build notices that its lock is not the folder's any more.
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
        for above in &self.made {
            let _ = fs::remove_dir(above);
        }
        locked(&FOLDERS).retain(|folder| *folder != self.folder);
    }
}

/// A folder for new files, which is removed with its contents.
#[derive(Debug)]
pub(super) struct Stage(pub(super) PathBuf);

impl Stage {
    /// An empty stage in a folder of ours; removes what an earlier build left there.
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        let _step = step();
        let stage = folder.join("stage");
        clear(&stage)?;
        fs::create_dir_all(&stage).map_err(failed("create", &stage))?;
        locked(&FOLDERS).push(folder.to_owned());
        // This marks the stage as ours.
        fs::write(stage.join(manifest::NAME), "").map_err(failed("create", &stage))?;
        Ok(Self(stage))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = clear(&self.0);
        // The folder is still there if it contains a lock.
        let folder = self.0.parent().unwrap_or(&self.0);
        if fs::remove_dir(folder).is_ok() {
            locked(&FOLDERS).retain(|known| known != folder);
        }
    }
}

/// Removes what an earlier build left; it is ours if it contains our manifest. The manifest is removed last, so that the next
/// build still finds it if this one is killed meanwhile.
fn clear(stage: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(stage).is_err() || fs::remove_dir(stage).is_ok() {
        return Ok(());
    }
    if manifest::read(stage)?.is_none() {
        return Err(Error::NotOurs(stage.to_owned()));
    }
    let remove_all = || {
        for entry in fs::read_dir(stage)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => fs::remove_dir_all(entry.path())?,
                false if entry.file_name() == manifest::NAME => {}
                false => fs::remove_file(entry.path())?,
            }
        }
        fs::remove_dir_all(stage)
    };
    remove_all().map_err(failed("remove", stage))
}

/// The folder beside an output; `None` for an output without a name, such as `.`.
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

/// An open file cannot be removed on this system.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
