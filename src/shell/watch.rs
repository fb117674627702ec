//! Waits for changes of a site: its settings, content and themes.
//!
//! Watches folders, never files, so that it notices an editor that saves by renaming as well as one that writes. Ignores
//! reading, or every build would trigger the next.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::shell::error::{Error, Result};

/// How long to wait after a change until nothing else changes: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(20);

/// How often to check that the site's folder is still the watched one: no event reports that it was replaced.
const LOOK: Duration = Duration::from_secs(1);

/// A watch over one site.
#[derive(Debug)]
pub struct Watch {
    /// The path as given, which may lead to another folder later.
    named: PathBuf,
    site: PathBuf,
    /// Distinguishes the folder from another that takes its name.
    identity: Option<Identity>,
    /// The real paths of files outside of the two folders that links lead to.
    linked: BTreeSet<PathBuf>,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

impl Watch {
    /// Starts to watch. No change from now on is lost, even before [`Watch::wait`] is called.
    ///
    /// # Errors
    /// When the system refuses to watch the folder.
    pub fn new(site: &Path) -> Result<Self> {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender).map_err(|fault| refused(site, fault))?;
        let mut watch = Self {
            named: site.to_owned(),
            site: PathBuf::new(),
            identity: None,
            linked: BTreeSet::new(),
            watcher,
            events,
        };
        watch.begin()?;
        Ok(watch)
    }

    /// Watches the folder that has the site's name now.
    fn begin(&mut self) -> Result<()> {
        let site = self.named.canonicalize().map_err(|source| Error::new("watch", &self.named, source))?;
        // The last watch, if there still is one, is of a folder that is gone.
        for old in [self.site.clone(), self.site.join("content"), self.site.join("themes")] {
            let _ = self.watcher.unwatch(&old);
        }
        self.watcher.watch(&site, RecursiveMode::NonRecursive).map_err(|fault| refused(&site, fault))?;
        self.identity = identity(&site);
        self.site = site;
        self.descend();
        Ok(())
    }

    /// Also watches the targets of symbolic links. Watching a folder follows links to folders, but not to files.
    pub fn follow(&mut self, linked: &[PathBuf]) {
        self.linked = linked.iter().filter(|path| path.is_file()).cloned().collect();
        for folder in self.linked.iter().filter_map(|path| path.parent()).collect::<BTreeSet<_>>() {
            if ["content", "themes"].iter().all(|name| !folder.starts_with(self.site.join(name))) {
                let _ = self.watcher.watch(folder, RecursiveMode::NonRecursive);
            }
        }
    }

    /// Whether the folder was replaced; it is then watched again.
    fn is_new(&mut self) -> bool {
        let now = self.named.canonicalize().ok().and_then(|site| identity(&site));
        now.is_some() && now != self.identity && self.begin().is_ok()
    }

    /// Blocks until something has changed and a moment has passed without further changes or, if `again`, until it is time
    /// to repeat what failed. Returns the changed paths relative to the site; none if anything may have changed.
    pub fn wait(&mut self, again: bool) -> Vec<PathBuf> {
        let mut changed = BTreeSet::new();
        loop {
            let event = match self.events.recv_timeout(LOOK) {
                Ok(event) if self.matters(&event) => event,
                Ok(_) => continue,
                Err(RecvTimeoutError::Disconnected) => return Vec::new(),
                Err(RecvTimeoutError::Timeout) if self.is_new() => return Vec::new(),
                Err(RecvTimeoutError::Timeout) if again => {
                    // Watching folders may have failed for the same reason.
                    self.descend();
                    return Vec::new();
                }
                Err(RecvTimeoutError::Timeout) => continue,
            };
            let mut known = self.note(&event, &mut changed);
            while let Ok(event) = self.events.recv_timeout(QUIET) {
                known &= !self.matters(&event) || self.note(&event, &mut changed);
            }
            // One of the two folders was created or replaced meanwhile. Walking a large one takes time.
            if !known || changed.iter().any(|path| path.components().count() == 1) {
                self.descend();
            }
            return if known { changed.into_iter().collect() } else { Vec::new() };
        }
    }

    /// Adds the paths of an event. Returns whether they are known.
    fn note(&self, event: &notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) -> bool {
        let Ok(event) = event else { return false };
        let inside = event.paths.iter().filter_map(|path| path.strip_prefix(&self.site).ok());
        changed.extend(inside.map(Path::to_owned));
        !event.need_rescan()
    }

    /// Watches the folders below the site. One that does not exist yet is added when the site's own folder changes.
    fn descend(&mut self) {
        for folder in ["content", "themes"].map(|name| self.site.join(name)) {
            if folder.is_dir() {
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }

    /// Whether the event can change the site. Lost events may have been about anything.
    fn matters(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        let ours = |path: &PathBuf| {
            if self.linked.contains(path) {
                return true;
            }
            let Ok(inside) = path.strip_prefix(&self.site) else { return false };
            let top = inside.components().next().map(|part| part.as_os_str());
            top.is_some_and(|top| top == "content" || top == "themes" || top == "site.yaml")
        };
        !event.kind.is_access() && (event.need_rescan() || event.paths.iter().any(ours))
    }
}

/// Distinguishes a folder from another with the same name.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = folder.metadata().ok()?;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    let made = folder.metadata().ok()?.created().ok()?;
    let since = made.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((since.as_secs(), u64::from(since.subsec_nanos())))
}

fn refused(site: &Path, fault: notify::Error) -> Error {
    let says = fault.to_string();
    let source = match fault.kind {
        notify::ErrorKind::Io(source) => source,
        _ => std::io::Error::other(says),
    };
    Error::new("watch", site, source)
}
