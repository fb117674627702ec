//! A build being written. Takes files from many threads, and changes nothing of the old site before [`Writing::finish`]. If
//! it is dropped before that, it leaves nothing behind.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::found::Found;
use super::work::{self, Stage, Work};
use super::{Error, Written, failed, is_empty, locked, manifest, refuse_links, remove, swap};
use crate::files::Content;
use crate::fingerprint::digest_of;
use crate::sink::{Sink, SinkError};

/// A build on its way into a folder.
#[derive(Debug)]
pub struct Writing {
    to: PathBuf,
    /// The files of an earlier build.
    old: BTreeSet<String>,
    /// Everything else in the folder.
    found: Found,
    arrival: Arrival,
    /// New and changed files wait there under their paths.
    stage: Stage,
    /// The files of this build so far, and whether each has changed.
    new: Mutex<Vec<(String, bool)>>,
    /// Dropped last: the next build may start once everything else is gone.
    _work: Work,
}

/// How the new site gets to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// As a whole folder that did not exist.
    Appears,
    /// As a whole folder that is exchanged for the old one, in which everything is ours.
    Exchanged,
    /// File by file: the folder has files of others, or cannot be moved.
    Inside,
}

impl Writing {
    /// Starts to write into the folder `to`, after any other build that does.
    ///
    /// # Errors
    /// When the folder is not ours.
    pub fn begin(to: &Path) -> Result<Self, Error> {
        ours(to)?;
        let work = Work::enter(to)?;
        // Another build may have ended meanwhile.
        let mut old = ours(to)?;
        old.remove(&own_line());
        let found = Found::in_folder(to, &old)?;
        let arrival = match fs::symlink_metadata(to) {
            Err(_) => Arrival::Appears,
            Ok(_) if work.is_beside && found.is_ours_alone() && swap::can_exchange(to, &work.folder) => {
                Arrival::Exchanged
            }
            Ok(_) => Arrival::Inside,
        };
        let stage = match arrival {
            Arrival::Inside => inside(to, &old)?,
            _ => Stage::new(&work.folder)?,
        };
        Ok(Self { to: to.to_owned(), old, found, arrival, stage, new: Mutex::default(), _work: work })
    }

    /// Makes the folder contain exactly what was written, besides files that are not ours.
    ///
    /// # Errors
    /// When the folder cannot be changed. Before the first rename, the old site is unchanged.
    pub fn finish(mut self) -> Result<Written, Error> {
        let all = std::mem::take(self.new.get_mut().unwrap_or_else(PoisonError::into_inner));
        let new: BTreeSet<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
        let changed: BTreeSet<&str> =
            all.iter().filter(|(_, differs)| *differs).map(|(path, _)| path.as_str()).collect();
        let gone: Vec<&str> =
            self.old.iter().map(String::as_str).filter(|path| !new.contains(path)).collect();
        let _step = work::step();
        let removed = match self.arrival {
            Arrival::Appears => {
                manifest::write(&self.stage.0, new.iter().copied())?;
                fs::rename(&self.stage.0, &self.to).map_err(failed("write", &self.to))?;
                0
            }
            Arrival::Exchanged => self.exchange(&new, &changed, &gone)?,
            Arrival::Inside => self.put(&new, &changed, &gone)?,
        };
        let pages = new.iter().filter(|path| path.ends_with(".html")).count();
        Ok(Written { files: new.len(), pages, changed: changed.len(), removed })
    }

    /// Adds the unchanged files to the stage, and exchanges it for the old folder.
    fn exchange(
        &self,
        new: &BTreeSet<&str>,
        changed: &BTreeSet<&str>,
        gone: &[&str],
    ) -> Result<usize, Error> {
        let (to, stage) = (&self.to, &self.stage.0);
        let there = gone.iter().filter(|path| fs::symlink_metadata(to.join(path)).is_ok()).count();
        if changed.is_empty() && gone.is_empty() && self.found.stale.is_empty() {
            manifest::write(to, new.iter().copied())?;
            return Ok(0);
        }
        for path in new.difference(changed) {
            let (from, target) = (to.join(path), stage.join(path));
            make_folder(&target)?;
            // Keeps its modification time, so that tools that compare times do not upload it again.
            if fs::hard_link(&from, &target).is_err() {
                copy(&from, &target).map_err(failed("write", &target))?;
            }
        }
        manifest::write(stage, new.iter().copied())?;
        let mode = fs::metadata(to).map_err(failed("read", to))?.permissions();
        fs::set_permissions(stage, mode).map_err(failed("write", stage))?;
        if !swap::exchange(stage, to) {
            return Err(failed("replace", to)(std::io::Error::last_os_error()));
        }
        Ok(there)
    }

    /// Moves each file to its place.
    fn put(&self, new: &BTreeSet<&str>, changed: &BTreeSet<&str>, gone: &[&str]) -> Result<usize, Error> {
        let to = &self.to;
        gone.iter().try_for_each(|path| self.found.refuse(to, path))?;
        // If this run ends here, the next one still knows every file of ours.
        let own = own_line();
        let mut all: BTreeSet<&str> =
            self.old.iter().map(String::as_str).chain(new.iter().copied()).collect();
        all.insert(&own);
        manifest::write(to, all.into_iter())?;
        let mut removed = 0;
        // A file that is now a folder, or the reverse, is removed first.
        let is_in_the_way = |path: &str| {
            let below = format!("{path}/");
            let is_folder = new.range(below.as_str()..).next().is_some_and(|next| next.starts_with(&below));
            is_folder
                || Path::new(path)
                    .ancestors()
                    .skip(1)
                    .any(|above| above.to_str().is_some_and(|above| new.contains(above)))
        };
        let (first, last): (Vec<&str>, Vec<&str>) =
            gone.iter().copied().partition(|path| is_in_the_way(path));
        for path in first {
            removed += usize::from(remove(to, path)?);
        }
        for path in changed {
            let target = to.join(path);
            refuse_links(target.parent().unwrap_or(to), to)?;
            make_folder(&target)?;
            fs::rename(self.stage.0.join(path), &target).map_err(failed("write", &target))?;
        }
        for path in last {
            removed += usize::from(remove(to, path)?);
        }
        for path in &self.found.stale {
            remove(to, path)?;
        }
        manifest::write(to, new.iter().copied())?;
        Ok(removed)
    }

    /// Writes a file to the stage if it differs from the old one. Returns whether it does.
    fn take(&self, path: &str, source: &Source<'_>) -> Result<bool, Error> {
        let _step = work::step();
        self.found.refuse(&self.to, path)?;
        if self.arrival != Arrival::Appears && source.is_at(&self.to.join(path))? {
            return Ok(false);
        }
        let target = self.stage.0.join(path);
        make_folder(&target)?;
        source.write_to(&target).map_err(failed("write", &target))?;
        Ok(true)
    }

    fn add(&self, path: &str, source: &Source<'_>) -> Result<(), SinkError> {
        let differs = self.take(path, source)?;
        locked(&self.new).push((path.to_owned(), differs));
        Ok(())
    }
}

impl Drop for Writing {
    /// Corrects the manifest of an unchanged output, which names a stage that is gone.
    fn drop(&mut self) {
        let named = manifest::read(&self.to).ok().flatten();
        if self.arrival == Arrival::Inside && named.is_some_and(|named| named.contains(&own_line())) {
            let _ = manifest::write(&self.to, self.old.iter().map(String::as_str));
        }
    }
}

impl Sink for Writing {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.add(path, &Source::Bytes(bytes))
    }

    fn copy(&self, path: &str, content: &Content) -> Result<(), SinkError> {
        self.add(path, &Source::Content(content))
    }
}

/// What is written: the bytes of a page, or a file of the content, which is never read as a whole.
enum Source<'a> {
    Bytes(&'a [u8]),
    Content(&'a Content),
}

impl Source<'_> {
    fn write_to(&self, target: &Path) -> io::Result<()> {
        match self {
            Self::Bytes(bytes) => fs::write(target, bytes),
            Self::Content(content) => io::copy(&mut content.open()?, &mut File::create(target)?).map(drop),
        }
    }

    /// Whether a file has these bytes already.
    fn is_at(&self, target: &Path) -> Result<bool, Error> {
        let Ok(found) = fs::symlink_metadata(target) else { return Ok(false) };
        if !found.is_file() {
            return Ok(false);
        }
        let same = || match self {
            Self::Bytes(bytes) => Ok(found.len() == bytes.len() as u64 && fs::read(target)? == *bytes),
            Self::Content(content) => Ok(digest_of(File::open(target)?)? == digest_of(content.open()?)?),
        };
        same().map_err(failed("read", target))
    }
}

/// The files of an earlier build in a folder that is ours, empty or missing.
fn ours(to: &Path) -> Result<BTreeSet<String>, Error> {
    refuse_links(to, to)?;
    match manifest::read(to)? {
        Some(old) => Ok(old),
        None if is_empty(to)? => Ok(BTreeSet::new()),
        None => Err(Error::NotOurs(to.to_owned())),
    }
}

/// A stage inside of the output, which its manifest lists before it is created.
fn inside(to: &Path, old: &BTreeSet<String>) -> Result<Stage, Error> {
    let own = own_line();
    let all: BTreeSet<&str> = old.iter().chain([&own]).map(String::as_str).collect();
    manifest::write(to, all.into_iter())?;
    Stage::new(&to.join(work::INSIDE))
}

/// The line of the manifest while a build is in progress inside of the output.
fn own_line() -> String {
    format!("{}/", work::INSIDE)
}

fn make_folder(target: &Path) -> Result<(), Error> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder).map_err(failed("create", folder))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}
