//! What an output contains besides the files of an earlier build.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use walkdir::WalkDir;

use super::{Error, failed, manifest, work};
use crate::path::slashed;

/// Everything there that no build is known to have written.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By path below the output; the value is whether it is an (empty) folder.
    others: BTreeMap<String, bool>,
    /// Temporary files of an earlier build that was killed.
    pub(super) stale: Vec<String>,
}

impl Found {
    /// Walks a folder, which need not exist.
    pub(super) fn in_folder(to: &Path, old: &BTreeSet<String>) -> Result<Self, Error> {
        let mut found = Self::default();
        if !to.is_dir() {
            return Ok(found);
        }
        let mut folders = BTreeSet::new();
        let entries = WalkDir::new(to).min_depth(1).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| entry.depth() != 1 || entry.file_name() != work::INSIDE) {
            let entry = entry.map_err(|fault| failed("list", to)(fault.into()))?;
            let path = slashed(entry.path().strip_prefix(to).unwrap_or(entry.path()));
            let kind = entry.file_type();
            let name = entry.file_name().to_string_lossy();
            let own = name.strip_prefix(".amends-").filter(|rest| rest.len() == 6);
            if kind.is_dir() {
                folders.insert(path);
            } else if path == manifest::NAME || kind.is_file() && old.contains(&path) {
                continue;
            } else if kind.is_file()
                && own.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
            {
                found.stale.push(path);
            } else {
                found.others.insert(path, false);
            }
        }
        for folder in folders {
            let below = format!("{folder}/");
            let holds_ours = old.range(below.clone()..).next().is_some_and(|path| path.starts_with(&below));
            if !holds_ours && !found.has_below(&folder) {
                found.others.insert(folder, true);
            }
        }
        Ok(found)
    }

    /// Whether everything there is ours.
    pub(super) fn is_ours_alone(&self) -> bool {
        self.others.is_empty()
    }

    /// Whether there is something below a path.
    fn has_below(&self, path: &str) -> bool {
        let below = format!("{path}/");
        self.others.range(below.clone()..).next().is_some_and(|(other, _)| other.starts_with(&below))
    }

    /// Refuses one of our paths if something of others is in the way: a link or a file where a folder must be, or the
    /// reverse.
    pub(super) fn refuse(&self, to: &Path, path: &str) -> Result<(), Error> {
        if self.others.is_empty() {
            return Ok(());
        }
        let in_the_way = |path: &str| Err(Error::InTheWay(to.join(path)));
        let is_other = |path: &str| self.others.get(path).is_some_and(|is_folder| !is_folder);
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        if let Some(other) = above.into_iter().find(|above| is_other(above)) {
            return in_the_way(other);
        }
        if self.has_below(path)
            || self.others.contains_key(path) && !to.join(path).is_file()
            || is_link(&to.join(path))
        {
            return in_the_way(path);
        }
        Ok(())
    }
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_symlink())
}
