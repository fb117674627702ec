//! The first build into a folder that is not there: nothing to compare with, and nobody to disturb. The site is written
//! under another name beside it, so no file needs a name of its own before it is whole, and the folder appears at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use tempfile::Builder;

use super::{Error, failed, folders, manifest};
use crate::output::Output;

/// Writes the folder `to` as a whole; `false` if that cannot be done here and nothing was.
pub(super) fn write(output: &Output, paths: &BTreeSet<String>, to: &Path) -> Result<bool, Error> {
    let Some(above) = to.parent().filter(|_| fs::symlink_metadata(to).is_err()) else { return Ok(false) };
    let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
    fs::create_dir_all(above).map_err(failed("create", above))?;
    let mut builder = Builder::new();
    builder.prefix(".amends-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    // Who may not write beside the folder may still be able to make it.
    let Ok(place) = builder.tempdir_in(above) else { return Ok(false) };
    for level in folders(output) {
        level.par_iter().try_for_each(|folder| {
            let folder = place.path().join(folder);
            fs::create_dir(&folder).map_err(failed("create", &folder))
        })?;
    }
    let files: Vec<(&str, &[u8])> = output.files().collect();
    files.into_par_iter().try_for_each(|(path, bytes)| {
        let target = place.path().join(path);
        fs::write(&target, bytes).map_err(failed("write", &target))
    })?;
    manifest::write(place.path(), paths)?;
    if fs::rename(place.path(), to).is_err() {
        return Ok(false); // What was written goes with `place`.
    }
    // It is the site now, and no longer to be removed.
    let _ = place.keep();
    Ok(true)
}
