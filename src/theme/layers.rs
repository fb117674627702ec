//! The layers of a theme: the themes that it extends, the first of the chain at the bottom. In each layer, the files of the
//! site's `themes/NAME` replace those of the built-in theme with that name.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::manifest::Manifest;
use super::{DEFAULT, Error, ThemeFiles};
use crate::embedded;

/// The themes inside the binary.
pub(super) static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The path of a theme's manifest in the theme.
const MANIFEST: &str = "theme.yaml";

/// A file of a theme.
#[derive(Debug, Clone)]
pub(super) struct ThemeFile {
    pub(super) bytes: Arc<[u8]>,
    /// Its path relative to the site; that of a built-in file also begins with `themes/`.
    pub(super) path: String,
}

impl ThemeFile {
    pub(super) fn text(&self) -> Result<&str, Error> {
        let bytes = self.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&self.bytes);
        std::str::from_utf8(bytes).map_err(|_| Error::Encoding { path: self.path.clone() })
    }
}

/// The files of one theme, by their paths in it.
pub(super) type LayerFiles = BTreeMap<String, ThemeFile>;

/// One theme of the chain.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) manifest: Manifest,
    /// The files inside the binary; empty for a theme that only the site has.
    pub(super) shipped: LayerFiles,
    /// The site's own.
    pub(super) own: LayerFiles,
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

/// The files at a path in each layer, the lowest first.
pub(super) fn versions(layers: &[Layer], path: &str) -> Vec<ThemeFile> {
    let each = layers.iter().flat_map(|layer| [layer.shipped.get(path), layer.own.get(path)]);
    each.flatten().cloned().collect()
}

fn layer(site: &ThemeFiles, name: String) -> Result<Layer, Error> {
    let known = names(site);
    if !known.contains(&name) {
        return Err(Error::Unknown { known, name });
    }
    let (shipped, own) = (built_in(&name), of_site(site, &name));
    let manifest = match own.get(MANIFEST).or_else(|| shipped.get(MANIFEST)) {
        Some(file) => Manifest::read(file)?,
        None => Manifest::default(),
    };
    Ok(Layer { name, manifest, shipped, own })
}

/// The files of a built-in theme; none if no theme has that name.
pub(super) fn built_in(name: &str) -> LayerFiles {
    let files = BUILT_IN.get_dir(name).map(embedded::files).unwrap_or_default().into_iter();
    let prefix = format!("{name}/");
    let files = files.filter_map(|(path, bytes)| {
        let inside = path.strip_prefix(&prefix)?.to_owned();
        Some((inside, ThemeFile { bytes: Arc::from(bytes), path: format!("themes/{path}") }))
    });
    files.collect()
}

/// The site's own files of a theme, without hidden ones.
fn of_site(site: &ThemeFiles, name: &str) -> LayerFiles {
    let prefix = format!("themes/{name}/");
    let files = site.iter().filter_map(|(path, bytes)| {
        let inside = path.strip_prefix(&prefix)?;
        let is_hidden = inside.rsplit('/').next()?.starts_with('.');
        let file = ThemeFile { bytes: Arc::clone(bytes), path: path.clone() };
        (!is_hidden).then(|| (inside.to_owned(), file))
    });
    files.collect()
}

/// The names of all themes, built-in ones and those of the site.
pub fn names(site: &ThemeFiles) -> Vec<String> {
    let own =
        site.keys().filter_map(|path| Some(path.strip_prefix("themes/")?.split_once('/')?.0.to_owned()));
    let shipped = BUILT_IN.dirs().map(|folder| folder.path().to_string_lossy().into_owned());
    let mut known: Vec<String> = own.chain(shipped).collect();
    known.sort();
    known.dedup();
    known
}
