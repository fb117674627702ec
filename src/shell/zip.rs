//! A sink that becomes a zip file: the same files give the same bytes, and the zip appears whole or not at all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::files::Content;
use crate::shell::error::{Error, Result};
use crate::shell::whole::written;
use crate::sink::{Sink, SinkError};

/// The files of a package until it is written. Media stay on the disk.
#[derive(Debug, Default)]
pub struct Zip(Mutex<BTreeMap<String, Content>>);

impl Sink for Zip {
    fn write(&self, path: &str, bytes: &[u8]) -> std::result::Result<(), SinkError> {
        self.copy(path, &Content::Bytes(bytes.into()))
    }

    fn copy(&self, path: &str, content: &Content) -> std::result::Result<(), SinkError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), content.clone());
        Ok(())
    }
}

impl Zip {
    /// Writes the zip. Returns its number of files and its size in bytes.
    ///
    /// # Errors
    /// When a file cannot be read or the zip cannot be written.
    pub fn finish(self, to: &Path) -> Result<(usize, u64)> {
        let files = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let size = written(to, |file| {
            let packed = pack(&files, BufWriter::new(file)).and_then(|()| file.metadata());
            packed.map(|packed| packed.len()).map_err(|source| Error::new("write", to, source))
        })?;
        Ok((files.len(), size))
    }
}

/// Sorted by name, without times.
fn pack(files: &BTreeMap<String, Content>, to: BufWriter<&File>) -> io::Result<()> {
    let mut zip = ZipWriter::new(to);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, content) in files {
        zip.start_file(path.as_str(), options).map_err(io::Error::other)?;
        io::copy(&mut content.open()?, &mut zip)?;
    }
    finished(zip)
}

fn finished<W: Write + Seek>(zip: ZipWriter<W>) -> io::Result<()> {
    zip.finish().map_err(io::Error::other)?.flush()
}
