//! A file that appears whole or not at all: written beside its place, then renamed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::shell::error::Error;

/// A temporary file, which is removed unless it is renamed.
pub fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".amends-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // It is about another file than the one that people know.
    builder.tempfile_in(folder).map_err(|error| match error.to_string().split_once(" at path ") {
        Some((says, _)) => io::Error::new(error.kind(), says),
        None => error,
    })
}

/// Writes a file. An existing one keeps its permissions and, if it is behind a link, its place; a pipe or a device is
/// written directly.
///
/// # Errors
/// Those of `write`, and if the file cannot be replaced.
pub fn written<T, E: From<Error>>(to: &Path, write: impl FnOnce(&File) -> Result<T, E>) -> Result<T, E> {
    let failed = |source| Error::new("write", to, source);
    let place = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
    let found = fs::metadata(&place).ok();
    if found.as_ref().is_some_and(|found| !found.is_file()) {
        return write(&File::options().write(true).open(&place).map_err(failed)?);
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = temporary(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    if let Some(found) = found {
        file.as_file().set_permissions(found.permissions()).map_err(failed)?;
    }
    let done = write(file.as_file())?;
    file.persist(&place).map_err(|error| failed(error.error))?;
    Ok(done)
}
