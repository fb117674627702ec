//! The origin of a theme's files: the theme that it extends first, each built-in one below the site's own `themes/NAME`,
//! file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::manifest::Manifest;
use super::{DEFAULT, Error, ThemeFiles};
use crate::embedded;

/// The themes inside the binary.
pub(super) static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// What a theme declares.
pub(super) const MANIFEST: &str = "theme.yaml";

/// A file of a theme, and its origin.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) bytes: Arc<[u8]>,
    /// Relative to the site; that of a built-in file begins with `themes/`, too.
    pub(super) place: String,
}

impl File {
    pub(super) fn text(&self) -> Result<&str, Error> {
        let bytes = self.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.bytes);
        std::str::from_utf8(bytes).map_err(|_| Error::Encoding { path: self.place.clone() })
    }
}

/// The files of one theme, by path.
pub(super) type Files = BTreeMap<String, File>;

/// One theme of the chain.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) manifest: Manifest,
    /// The files inside the binary; empty for a theme that only the site has.
    pub(super) shipped: Files,
    /// The site's own.
    pub(super) own: Files,
}

/// The theme `name` and those that it extends, with `name` last.
pub(super) fn layers(site: &ThemeFiles, name: &str) -> Result<Vec<Layer>, Error> {
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

/// The files at a path, the weakest first.
pub(super) fn versions(layers: &[Layer], path: &str) -> Vec<File> {
    let each = layers.iter().flat_map(|layer| [layer.shipped.get(path), layer.own.get(path)]);
    each.flatten().cloned().collect()
}

fn layer(site: &ThemeFiles, name: String) -> Result<Layer, Error> {
    let known = known(site);
    if !known.contains(&name) {
        return Err(Error::Unknown { known, name });
    }
    let (shipped, own) = (built_in(&name), own(site, &name));
    let manifest = match own.get(MANIFEST).or_else(|| shipped.get(MANIFEST)) {
        Some(file) => Manifest::read(file)?,
        None => Manifest::default(),
    };
    Ok(Layer { name, manifest, shipped, own })
}

/// The files of a built-in theme; none if no theme has that name.
pub(super) fn built_in(name: &str) -> Files {
    let files = BUILT_IN.get_dir(name).map(embedded::files).unwrap_or_default().into_iter();
    let prefix = format!("{name}/");
    let files = files.filter_map(|(path, bytes)| {
        let own = path.strip_prefix(&prefix)?.to_owned();
        Some((own, File { bytes: Arc::from(bytes), place: format!("themes/{path}") }))
    });
    files.collect()
}

/// The site's own files of a theme, without hidden ones.
fn own(site: &ThemeFiles, name: &str) -> Files {
    let prefix = format!("themes/{name}/");
    let files = site.iter().filter_map(|(place, bytes)| {
        let path = place.strip_prefix(&prefix)?;
        let is_hidden = path.rsplit('/').next()?.starts_with('.');
        let file = File { bytes: Arc::clone(bytes), place: place.clone() };
        (!is_hidden).then(|| (path.to_owned(), file))
    });
    files.collect()
}

/// The names of all themes.
fn known(site: &ThemeFiles) -> Vec<String> {
    let own =
        site.keys().filter_map(|path| Some(path.strip_prefix("themes/")?.split_once('/')?.0.to_owned()));
    let shipped = BUILT_IN.dirs().map(|folder| folder.path().to_string_lossy().into_owned());
    let mut known: Vec<String> = own.chain(shipped).collect();
    known.sort();
    known.dedup();
    known
}
