//! Exchanges two folders at once, where the system supports it.

use std::path::Path;

/// Whether the folder `to` can be exchanged for one created at `beside` without a visible trace: both have the same owner,
/// `to` is not a mount point, and the system supports the exchange.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn can_exchange(to: &Path, beside: &Path) -> bool {
    use std::fs;
    use std::os::unix::fs::MetadataExt;

    let (Ok(old), Ok(new)) = (fs::symlink_metadata(to), fs::symlink_metadata(beside)) else { return false };
    let alike = (old.dev(), old.uid(), old.gid()) == (new.dev(), new.uid(), new.gid());
    let probes = [beside.join(".a"), beside.join(".b")];
    let made = probes.iter().all(|probe| fs::create_dir(probe).is_ok());
    let exchanges = alike && made && !is_mounted(to) && exchange(&probes[0], &probes[1]);
    probes.iter().for_each(|probe| drop(fs::remove_dir(probe)));
    exchanges
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn can_exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Whether both were exchanged.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Whether something is mounted there, which can be written to but not renamed.
#[cfg(target_os = "linux")]
fn is_mounted(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE);
    found.map_or(true, |found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(target_os = "macos")]
fn is_mounted(_: &Path) -> bool {
    false
}
