//! Where the files of a theme come from: the theme that it extends first, each built-in one under the site's own
//! `themes/NAME`, file by file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rust_embed::Embed;
use walkdir::WalkDir;

use super::manifest::Manifest;
use super::{DEFAULT, Error};
use crate::asset::slashed;
use crate::shell::error;

/// The themes inside the binary.
#[derive(Embed)]
#[folder = "themes/"]
struct BuiltIn;

/// A file of a theme and where it came from.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) bytes: Arc<[u8]>,
    /// Relative to the site; that of a built-in file begins with `themes/`, too.
    pub(super) place: String,
}

impl File {
    pub(super) fn text(&self) -> Result<&str, Error> {
        std::str::from_utf8(&self.bytes).map_err(|_| Error::Encoding { path: self.place.clone() })
    }
}

/// The files of one theme, by path.
pub(super) type Files = BTreeMap<String, File>;

/// One theme of the chain.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) manifest: Manifest,
    /// Those inside the binary; empty for a theme of the site alone.
    pub(super) shipped: Files,
    /// The site's own.
    pub(super) own: Files,
}

impl Layer {
    /// The file at a path, the site's own first.
    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.own.get(path).or_else(|| self.shipped.get(path))
    }
}

/// The theme `name` and those that it extends, the last of them first.
pub(super) fn layers(site: &Path, name: &str) -> Result<Vec<Layer>, Error> {
    let (mut layers, mut next): (Vec<Layer>, _) = (Vec::new(), Some(name.to_owned()));
    while let Some(name) = next {
        if layers.iter().any(|layer| layer.name == name) {
            return Err(Error::Circle { name });
        }
        let layer = layer(site, name)?;
        next = match &layer.manifest.extends {
            Some(other) => Some(other.clone()),
            None => (layer.name != DEFAULT).then(|| DEFAULT.to_owned()),
        };
        layers.push(layer);
    }
    layers.reverse();
    Ok(layers)
}

fn layer(site: &Path, name: String) -> Result<Layer, Error> {
    let (shipped, own) = (built_in(&name), own(site, &name)?);
    if shipped.is_empty() && own.is_none() {
        return Err(Error::Unknown { known: known(site), name });
    }
    let own = own.unwrap_or_default();
    let manifest = match own.get(MANIFEST).or_else(|| shipped.get(MANIFEST)) {
        Some(file) => Manifest::read(&file.place, file.text()?)?,
        None => Manifest::default(),
    };
    Ok(Layer { name, manifest, shipped, own })
}

/// What a theme says of itself.
pub(super) const MANIFEST: &str = "theme.yaml";

/// The files of a built-in theme; none where there is none of that name.
pub(super) fn built_in(name: &str) -> Files {
    let prefix = format!("{name}/");
    let files = BuiltIn::iter().filter_map(|path| {
        let own = path.strip_prefix(&prefix)?.to_owned();
        let file = BuiltIn::get(&path)?;
        Some((own, File { bytes: Arc::from(file.data.as_ref()), place: format!("themes/{path}") }))
    });
    files.collect()
}

/// The site's own files of a theme; `None` where it has no such folder.
fn own(site: &Path, name: &str) -> Result<Option<Files>, Error> {
    let folder = site.join("themes").join(name);
    if name.is_empty() || name.contains(['/', '\\']) || name == ".." || !folder.is_dir() {
        return Ok(None);
    }
    let mut files = Files::new();
    for entry in WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(&folder).to_owned();
            error::Error::new("list", path, error.into())
        })?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !entry.file_type().is_file() || hidden {
            continue;
        }
        let path = slashed(entry.path().strip_prefix(&folder).unwrap_or(entry.path()));
        let bytes =
            std::fs::read(entry.path()).map_err(|source| error::Error::new("read", entry.path(), source))?;
        files.insert(path.clone(), File { bytes: bytes.into(), place: format!("themes/{name}/{path}") });
    }
    Ok(Some(files))
}

fn known(site: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(site.join("themes")).into_iter().flatten().flatten();
    let own = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    let shipped = BuiltIn::iter().filter_map(|path| Some(path.split_once('/')?.0.to_owned()));
    let mut known: Vec<String> = own.chain(shipped).collect();
    known.sort();
    known.dedup();
    known
}
