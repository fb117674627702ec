//! Packs files into a tarball or a zip. The same files give the same bytes on any machine.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use flate2::{Compression, write::GzEncoder};
use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use crate::shell::Done;

/// Files by path, with slashes, and whether each is executable.
#[derive(Clone, Default)]
pub(super) struct Files(BTreeMap<String, (Vec<u8>, bool)>);

impl Files {
    pub(super) fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.into(), (bytes.into(), false));
        self
    }

    pub(super) fn with_program(mut self, path: impl Into<String>, bytes: &[u8]) -> Self {
        self.0.insert(path.into(), (bytes.to_owned(), true));
        self
    }

    /// The same files below a folder, and other files.
    pub(super) fn below(self, folder: &str, others: Self) -> Self {
        let moved = self.0.into_iter().map(|(path, file)| (format!("{folder}/{path}"), file));
        Self(moved.chain(others.0).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, (bytes, _))| (path.as_str(), bytes.as_slice()))
    }

    pub(super) fn tar_gz(&self) -> Done<Vec<u8>> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
        let mut add = |path: &str, kind: EntryType, mode: u32, bytes: &[u8]| {
            let mut header = Header::new_gnu();
            header.set_entry_type(kind);
            header.set_mode(mode);
            header.set_size(bytes.len() as u64);
            tar.append_data(&mut header, path, bytes)
        };
        // A Debian package must list its folders.
        let parents =
            |path: &str| path.match_indices('/').map(|(at, _)| path[..=at].to_owned()).collect::<Vec<_>>();
        let folders: BTreeSet<String> = self.0.keys().flat_map(|path| parents(path)).collect();
        let folders = folders.iter().try_for_each(|path| add(path, EntryType::Directory, 0o755, &[]));
        let packed = folders.and_then(|()| {
            self.0.iter().try_for_each(|(path, (bytes, runs))| {
                add(path, EntryType::Regular, if *runs { 0o755 } else { 0o644 }, bytes)
            })
        });
        let done = packed.and_then(|()| tar.into_inner()).and_then(GzEncoder::finish);
        done.map_err(|error| format!("cannot pack a tarball: {error}"))
    }

    pub(super) fn zip(&self) -> Done<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = self.0.iter().try_for_each(|(path, (bytes, runs))| {
            let options = SimpleFileOptions::default()
                .compression_level(Some(9))
                .last_modified_time(DateTime::default())
                .unix_permissions(if *runs { 0o755 } else { 0o644 });
            zip.start_file(path.as_str(), options)?;
            Ok(zip.write_all(bytes)?)
        });
        let done = packed.and_then(|()| zip.finish());
        done.map(Cursor::into_inner).map_err(|error| format!("cannot pack a zip: {error}"))
    }
}
