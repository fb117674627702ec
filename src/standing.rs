//! Whether the site in a folder is already what a build would make of its sources: then nothing is made.
//!
//! Told as `make` and git tell it, by what the system knows of each file: its length and when it was changed. What goes
//! in (the sources, the program, what was asked for) and what came out (every file of the site) must both be as they
//! were. The record stands in the user's cache, can be deleted at any time, and is replaced as a whole.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

use crate::load::memo;
use crate::write;

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
        let mut settled = true;
        let mut key = Sha256::new();
        key.update(memo::program());
        key.update(asked);
        for root in ["site.yaml", "content", "themes"].map(|name| site.join(name)) {
            for entry in WalkDir::new(&root).sort_by_file_name() {
                let Ok(entry) = entry else {
                    // It is not there, and that is looked at as well.
                    key.update([0]);
                    continue;
                };
                if entry.path_is_symlink() {
                    return None;
                }
                if entry.file_type().is_file() {
                    let known = entry.metadata().ok()?;
                    let saved = known.modified().ok()?;
                    settled &= now.duration_since(saved).is_ok_and(|since| since > SETTLED);
                    key.update(entry.path().as_os_str().as_encoded_bytes());
                    key.update(looks(&known));
                }
            }
        }
        Some(Self { record, to: to.to_owned(), key: memo::hex(&key.finalize()), settled })
    }

    /// What was told when the site that stands there was built from the same.
    #[must_use]
    pub fn told(&self) -> Option<Told> {
        let record: Record = serde_json::from_slice(&std::fs::read(&self.record).ok()?).ok()?;
        (record.key == self.key && record.files == files(&self.to)?).then_some(record.told)
    }

    /// Remembers what was told of the site that was just written. `self` was looked at before it was read.
    pub fn keep(self, told: Told) {
        if !self.settled {
            return;
        }
        let Some(files) = files(&self.to) else { return };
        if let Ok(text) = serde_json::to_vec(&Record { key: self.key, files, told }) {
            memo::put(&self.record, &text);
        }
    }
}

/// What stands in a folder that amends wrote; None if something of it is gone.
fn files(to: &Path) -> Option<String> {
    let paths: Vec<String> = write::files(to).ok()??.into_iter().collect();
    let look = |path: &String| Some(looks(&std::fs::symlink_metadata(to.join(path)).ok()?));
    let looks: Vec<_> = paths.par_iter().map(look).collect::<Option<_>>()?;
    let mut all = Sha256::new();
    for (path, looks) in paths.iter().zip(looks) {
        all.update(path);
        all.update(looks);
    }
    Some(memo::hex(&all.finalize()))
}

/// What changes with any change of a file.
fn looks(known: &Metadata) -> Vec<u8> {
    let since = |time: std::io::Result<SystemTime>| {
        time.ok()
            .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
            .unwrap_or_default()
            .as_nanos()
    };
    let mut looks = known.len().to_le_bytes().to_vec();
    looks.push(u8::from(known.is_file()));
    looks.extend(since(known.modified()).to_le_bytes());
    // A copy can bring its time with it, but not the moment at which it came.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        looks.extend(known.ctime_nsec().to_le_bytes());
        looks.extend(known.ctime().to_le_bytes());
        looks.extend(known.ino().to_le_bytes());
    }
    looks
}
