//! Where `--output` may lead: to nothing that the command reads, and not into the course itself.

use std::path::{Path, PathBuf};

use crate::path::normal;
use crate::shell::disk::FOLDERS;

/// Refuses an output that would replace the settings of the site or one of the files that are `read`, or that is in a
/// folder of the site's own files, which the next build would then read.
///
/// # Errors
/// The reason, and what to do.
pub fn check<'a>(to: &Path, site: &Path, read: impl IntoIterator<Item = &'a Path>) -> Result<(), String> {
    let Some(place) = real(to) else { return Ok(()) };
    let is_it = |path: &Path| path.is_file() && path.canonicalize().is_ok_and(|path| path == place);
    let mut folders = FOLDERS.iter().map(|folder| site.join(folder));
    let is_around = |folder: &PathBuf| real(folder).is_some_and(|folder| place.starts_with(folder));
    let why = if let Some(folder) = folders.find(is_around) {
        format!("is inside {}, which the site is made of", folder.display())
    } else if is_it(&site.join("site.yaml")) {
        "holds the settings of the site".to_owned()
    } else if read.into_iter().any(is_it) {
        "is read by this command, which would replace it".to_owned()
    } else {
        return Ok(());
    };
    Err(format!("{} {why}; name another place with --output", to.display()))
}

/// The path behind all links. The part of it that does not exist yet contains none.
fn real(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let (real, above) = whole.ancestors().find_map(|above| Some((above.canonicalize().ok()?, above)))?;
    Some(real.join(normal(whole.strip_prefix(above).ok()?)))
}
