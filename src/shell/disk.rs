//! The folder of a site on the disk, read into [`Files`].

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::files::Files;
use crate::parallel;
use crate::path::slashed;
use crate::shell::error::{Error, Result};
use crate::source::MAX_BYTES;

/// The folders of a site that hold its files.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Reads every file of a site.
///
/// # Errors
///
/// If a folder cannot be listed or a file cannot be read.
pub fn read(site: &Path) -> Result<Files> {
    std::fs::read_dir(site).map_err(|source| Error::new("open the folder", site, source))?;
    let mut paths = Vec::new();
    if site.join("site.yaml").is_file() {
        paths.push(PathBuf::from("site.yaml"));
    }
    for folder in FOLDERS.map(|folder| site.join(folder)).into_iter().filter(|folder| folder.is_dir()) {
        for entry in WalkDir::new(&folder) {
            let entry = entry.map_err(|fault| {
                let path = fault.path().unwrap_or(&folder).to_path_buf();
                Error::new("list", path, fault.into())
            })?;
            if entry.file_type().is_file()
                && let Ok(path) = entry.path().strip_prefix(site)
            {
                paths.push(path.to_owned());
            }
        }
    }
    let read = parallel::map(paths, |path| Ok((slashed(&path), bytes(&site.join(&path))?)));
    read.into_iter().collect()
}

/// Reads the files again that may have changed. What is no longer there is removed; after a change of a folder everything is
/// read.
///
/// # Errors
///
/// As of [`read`].
pub fn update(site: &Path, changed: &[PathBuf], files: &mut Files) -> Result<()> {
    let is_known_file = |path: &PathBuf| files.contains(path) && site.join(path).is_file();
    if changed.is_empty() || !changed.iter().all(is_known_file) {
        *files = read(site)?;
        return Ok(());
    }
    for path in changed {
        files.insert(slashed(path), bytes(&site.join(path))?);
    }
    Ok(())
}

/// The bytes of a file; of one that is read as text, no more than is needed to see that it is too long.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    let is_text = matches!(path.extension().and_then(OsStr::to_str), Some("md" | "yaml" | "yml"));
    let limit = if is_text { MAX_BYTES + 1 } else { u64::MAX };
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map_err(|source| Error::new("read", path, source))?;
    Ok(bytes)
}

/// A scenario on the disk: the files of the site around it, and its path there.
#[derive(Debug)]
pub struct FoundScenario {
    /// Every file of the site; of a scenario that stands in none, those beside it.
    pub files: Files,
    /// Relative to the site.
    pub path: PathBuf,
}

/// The file of a scenario, wherever it stands.
///
/// # Errors
///
/// If it or the site around it cannot be read.
pub fn scenario(path: &Path) -> Result<FoundScenario> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(site) = whole.ancestors().skip(1).find(|folder| folder.join("site.yaml").is_file()) {
        let (mut files, inside) = (read(site)?, whole.strip_prefix(site).unwrap_or(&whole).to_path_buf());
        if !files.contains(&inside) {
            files.insert(slashed(&inside), bytes(&whole)?);
        }
        return Ok(FoundScenario { files, path: inside });
    }
    let folder = whole.parent().unwrap_or(Path::new(""));
    let mut files = Files::default();
    for entry in WalkDir::new(folder).max_depth(2).into_iter().flatten() {
        let is_yaml = matches!(entry.path().extension().and_then(OsStr::to_str), Some("yaml" | "yml"));
        if is_yaml && let Ok(inside) = entry.path().strip_prefix(folder) {
            files.insert(slashed(inside), bytes(entry.path())?);
        }
    }
    let path = whole.strip_prefix(folder).unwrap_or(&whole).to_path_buf();
    files.insert(slashed(&path), bytes(&whole)?);
    Ok(FoundScenario { files, path })
}
