//! Whether the site in a folder is already what a build would make of its sources: then nothing is made.
//!
//! Told as `make` and git tell it, by what the system knows of each file: its length and when it was changed. What goes
//! in (the sources, the program, what was asked for) and what came out (every file of the site) must both be as they
//! were. The record stands in the user's cache, can be deleted at any time, and is replaced as a whole.

use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::discover::Found;
use crate::load::memo;
use crate::shell::write::{self, Look, Looks, look};

/// A source that was saved so shortly before a build can be saved again without looking different: some systems tell
/// times in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// What a build told, to be told again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The warnings and notes, as they were shown.
    pub faults: String,
    /// How many pages there are.
    pub pages: usize,
    /// How many files there are.
    pub files: usize,
}

/// The last build of a site into a folder.
#[derive(Debug)]
pub struct Standing {
    record: PathBuf,
    to: PathBuf,
    /// Of what goes in.
    key: String,
    /// Whether all of it was saved long enough ago.
    settled: bool,
    /// The paths of it.
    sources: Vec<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    key: String,
    /// Of what came out.
    files: String,
    told: Told,
}

impl Standing {
    /// Looks at what goes into the site in the folder `to`; `asked` is all that was asked for beside. None if that cannot
    /// be told by looking, or there is no place to remember it.
    #[must_use]
    pub fn of(site: &Path, to: &Path, asked: &str) -> Option<Self> {
        let whole = std::path::absolute(to).ok()?;
        let record = memo::place(site, &format!("to {}", whole.display()))?;
        let now = SystemTime::now();
        let mut key = Sha256::new();
        key.update(memo::program());
        key.update(asked);
        let (mut settled, mut sources) = (true, Vec::new());
        for root in ["site.yaml", "content", "themes"].map(|name| site.join(name)) {
            let mut found = Vec::new();
            match std::fs::symlink_metadata(&root) {
                Ok(known) if known.is_dir() => found = below(&root)?,
                Ok(known) if known.is_file() => found.push(Source::new(root, &known)?),
                Ok(_) => return None,
                // It is not there, and that is looked at as well.
                Err(_) => key.update([0]),
            }
            sources.reserve(found.len());
            for Source { path, saved, look } in found {
                settled &= now.duration_since(saved).is_ok_and(|since| since > SETTLED);
                key.update(path.as_os_str().as_encoded_bytes());
                key.update(look);
                sources.push(path);
            }
        }
        Some(Self { record, to: to.to_owned(), key: memo::hex(&key.finalize()), settled, sources })
    }

    /// The files of `site`, which need not be looked for again; none if it has none, and may be no folder at all.
    pub(crate) fn found(&self, site: &Path) -> Option<Found> {
        let paths = self.sources.iter().filter_map(|path| path.strip_prefix(site).ok());
        (!self.sources.is_empty()).then(|| Found::of(paths))
    }

    /// What was told when the site that stands there was built from the same.
    #[must_use]
    pub fn told(&self) -> Option<Told> {
        let record: Record = serde_json::from_slice(&std::fs::read(&self.record).ok()?).ok()?;
        (record.key == self.key && record.files == files(&self.to)?).then_some(record.told)
    }

    /// Remembers what was told of the site that was just written. `self` was looked at before it was read; `written` are
    /// the files of the site as they looked when they were written, if that is known.
    pub fn keep(self, told: Told, written: Option<Looks>) {
        if !self.settled {
            return;
        }
        let files = written.map(|files| print(&files)).or_else(|| files(&self.to));
        let Some(files) = files else { return };
        if let Ok(text) = serde_json::to_vec(&Record { key: self.key, files, told }) {
            memo::put(&self.record, &text);
        }
    }
}

/// A file that goes in.
struct Source {
    path: PathBuf,
    saved: SystemTime,
    look: Look,
}

impl Source {
    fn new(path: PathBuf, known: &Metadata) -> Option<Self> {
        Some(Self { path, saved: known.modified().ok()?, look: look(known) })
    }
}

/// Every file in a folder and the folders in it, in the order of names. None if a link is among them: where it leads, things
/// can change unseen.
fn below(folder: &Path) -> Option<Vec<Source>> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).ok()?.collect::<Result<_, _>>().ok()?;
    entries.sort_by_cached_key(DirEntry::file_name);
    let parts = entries.par_chunks(4).map(|entries| {
        let mut part = Vec::with_capacity(entries.len());
        for entry in entries {
            let kind = entry.file_type().ok()?;
            if kind.is_dir() {
                part.extend(below(&entry.path())?);
            } else if kind.is_file() {
                // Asked of the open folder, which is nearer than its path.
                part.push(Source::new(entry.path(), &entry.metadata().ok()?)?);
            } else {
                return None;
            }
        }
        Some(part)
    });
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| all.extend(part));
    Some(all)
}

/// What stands in a folder that amends wrote; None if something of it is gone.
fn files(to: &Path) -> Option<String> {
    let paths = write::files(to).ok()??;
    let paths: Vec<String> = paths.into_iter().collect();
    let look = |path: String| {
        let known = std::fs::symlink_metadata(to.join(&path)).ok()?;
        Some((path, look(&known)))
    };
    Some(print(&paths.into_par_iter().map(look).collect::<Option<Vec<_>>>()?))
}

/// What tells files that look so from all others.
fn print(files: &[(String, Look)]) -> String {
    let mut all = Sha256::new();
    for (path, look) in files {
        all.update(path);
        all.update(look);
    }
    memo::hex(&all.finalize())
}
