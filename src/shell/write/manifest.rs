//! The manifest: a file in the output that lists what amends wrote there, one path per line. The working folder of a build
//! in progress has a slash after its name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use super::{Error, beside, failed};

/// Its name.
pub(super) const NAME: &str = ".amends-manifest";

/// What an earlier build wrote into `folder`; `None` without a manifest. Ignores lines that lead out of the folder.
pub(super) fn read(folder: &Path) -> Result<Option<BTreeSet<String>>, Error> {
    let path = folder.join(NAME);
    // Reading a pipe would wait.
    if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
        return Err(Error::InTheWay(path));
    }
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.lines().filter(|line| is_inside(line)).map(str::to_owned).collect())),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(failed("read", &path)(error)),
    }
}

/// Replaces the manifest by a list of these sorted files, unless it is the same.
pub(super) fn write<'f>(folder: &Path, files: impl Iterator<Item = &'f str>) -> Result<(), Error> {
    let path = folder.join(NAME);
    let text: String = files.flat_map(|file| [file, "\n"]).collect();
    if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    let temporary = beside(&path, folder, text.as_bytes())?;
    temporary.persist(&path).map_err(|error| failed("write", &path)(error.error))
}

fn is_inside(line: &str) -> bool {
    !line.is_empty() && Path::new(line).components().all(|part| matches!(part, Component::Normal(_)))
}
