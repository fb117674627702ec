//! The theme files of a site, read from its folder `themes`: [`Theme::load`](crate::theme::Theme::load) knows no disk.

use std::path::Path;

use walkdir::WalkDir;

use crate::asset::slashed;
use crate::shell::error::{Error, Result};
use crate::theme::ThemeFiles;

/// Reads every file below `themes`; none where there is no such folder.
///
/// # Errors
/// When a folder cannot be listed or a file cannot be read.
pub fn read(site: &Path) -> Result<ThemeFiles> {
    let folder = site.join("themes");
    let mut files = ThemeFiles::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in WalkDir::new(&folder) {
        let entry = entry.map_err(|fault| {
            let path = fault.path().unwrap_or(&folder).to_owned();
            Error::new("list", path, fault.into())
        })?;
        if entry.file_type().is_file() {
            let path = slashed(entry.path().strip_prefix(site).unwrap_or(entry.path()));
            let bytes =
                std::fs::read(entry.path()).map_err(|source| Error::new("read", entry.path(), source))?;
            files.insert(path, bytes.into());
        }
    }
    Ok(files)
}
