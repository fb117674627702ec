//! Writes the files of a site to a sink, and keeps their paths and digests for the files that list them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::names;
use super::offline::{self, Precache};
use super::{Error, Purpose, picture_path};
use crate::course::Course;
use crate::fingerprint::{Digest, digest, is_fingerprinted};
use crate::load::Loaded;
use crate::search::{self, FinishedRun};
use crate::sink::Sink;

/// Writes files to a sink.
pub(super) struct Publisher<'a> {
    sink: &'a dyn Sink,
    purpose: Purpose,
    precache: Precache,
    /// Every path that was written, with the file's digest if it is precached.
    files: Mutex<BTreeMap<String, Option<Digest>>>,
    /// The paths that hold a digest of the bytes that were written there.
    named: Mutex<BTreeSet<String>>,
}

impl<'a> Publisher<'a> {
    pub(super) fn new(course: &Course, purpose: Purpose, sink: &'a dyn Sink) -> Self {
        Self {
            sink,
            purpose,
            precache: Precache::of(course),
            files: Mutex::default(),
            named: Mutex::default(),
        }
    }

    /// Writes one file.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let is_precached = self.purpose == Purpose::Publish && self.precache.has(path);
        let known = is_precached.then(|| digest(bytes));
        if is_fingerprinted(path, || known.unwrap_or_else(|| digest(bytes))) {
            self.named.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        }
        self.sink.write(path, bytes).map_err(Error::Sink)?;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), known);
        Ok(())
    }

    /// Writes the search index of a language, whose pages are in `folder`; the script that says where the index is comes
    /// last.
    pub(super) fn write_index(
        &self,
        folder: &str,
        runs: Vec<FinishedRun>,
        language: &str,
    ) -> Result<(), Error> {
        let files = search::index(runs, language);
        files
            .iter()
            .try_for_each(|(path, script)| self.write(&format!("{folder}search/{path}"), script.as_bytes()))
    }

    /// Writes the assets that pages use, which are given by their paths in the site, and the pictures of the brand.
    pub(super) fn write_assets(&self, loaded: &Loaded, used: &BTreeMap<String, String>) -> Result<(), Error> {
        let brand = loaded.course.settings.brand.pictures();
        let brand = brand.map(|source| (picture_path(&loaded.assets, source, self.purpose), source.clone()));
        let mut all = used.clone();
        all.extend(brand);
        for (path, source) in &all {
            if let Some(content) = loaded.assets.get(source) {
                self.sink.copy(path, content).map_err(Error::Sink)?;
                // Media are not precached.
                self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), None);
            }
        }
        Ok(())
    }

    /// Writes what lists the other files: the headers for hosts, then the service worker.
    pub(super) fn finish(self, course: &Course) -> Result<(), Error> {
        if self.purpose == Purpose::Publish {
            let named = std::mem::take(&mut *self.named.lock().unwrap_or_else(PoisonError::into_inner));
            let paths: Vec<String> = self.paths().into_keys().collect();
            self.write(names::HEADERS, names::headers(&paths, named).as_bytes())?;
            let worker = offline::worker(&course.settings.id, self.precache, &self.paths());
            self.write(offline::PATH, worker.as_bytes())?;
        }
        Ok(())
    }

    fn paths(&self) -> BTreeMap<String, Option<Digest>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
