//! Which files a site has; nothing is read here.
//!
//! First stage. All paths are relative to the site and in the order of their names, so that everything after is
//! the same on every machine.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::shell::error::{Error, Result};

/// The files of a site.
#[derive(Debug, Default)]
pub struct Found {
    /// `site.yaml`
    pub config: Option<PathBuf>,
    /// `content/index.md`
    pub home: Option<PathBuf>,
    /// `content/objectives.yaml`
    pub objectives: Option<PathBuf>,
    /// `content/lessons/*.md` and `content/lessons/*/*.md`, without the modules' own pages.
    pub lessons: Vec<PathBuf>,
    /// `content/lessons/*/index.md`
    pub modules: Vec<PathBuf>,
    /// `content/scenarios/*.yaml`
    pub scenarios: Vec<PathBuf>,
    /// `content/models/*.yaml`
    pub models: Vec<PathBuf>,
    /// Whatever stands below a folder of `content` that is named as a language.
    pub translations: Vec<PathBuf>,
    /// Markdown and YAML in places where none is looked for.
    pub stray: Vec<PathBuf>,
    /// Pictures, sound, handouts: all else, but for what stands in a hidden folder.
    pub assets: Vec<PathBuf>,
}

/// Looks through a site's folder.
///
/// # Errors
///
/// If a folder cannot be listed.
pub fn discover(site: &Path) -> Result<Found> {
    std::fs::read_dir(site).map_err(|source| Error::new("open the folder", site, source))?;
    let mut found = Found::default();
    let config = Path::new("site.yaml");
    if site.join(config).is_file() {
        found.sort_in(config);
    }
    let content = site.join("content");
    if !content.is_dir() {
        return Ok(found);
    }
    for entry in WalkDir::new(&content).sort_by_file_name() {
        let entry = entry.map_err(|fault| {
            let path = fault.path().unwrap_or(&content).to_path_buf();
            Error::new("list", path, fault.into())
        })?;
        if let Ok(path) = entry.path().strip_prefix(site)
            && entry.file_type().is_file()
        {
            found.sort_in(path);
        }
    }
    Ok(found)
}

impl Found {
    /// The same of files that were found already, by their paths below the folder of the site and in the order of names.
    pub(crate) fn of<'p>(paths: impl Iterator<Item = &'p Path>) -> Self {
        let mut found = Self::default();
        paths.for_each(|path| found.sort_in(path));
        found
    }

    fn sort_in(&mut self, path: &Path) {
        let mut parts = path.iter();
        match parts.next().and_then(|part| part.to_str()) {
            Some("content") => {}
            Some("site.yaml") if parts.next().is_none() => return self.config = Some(path.to_path_buf()),
            _ => return,
        }
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            return;
        }
        let parts: Vec<&str> = parts.filter_map(|part| part.to_str()).collect();
        let yaml = matches!(path.extension().and_then(|ext| ext.to_str()), Some("yaml" | "yml"));
        let markdown = path.extension().is_some_and(|ext| ext == "md");
        let path = path.to_path_buf();
        match parts.as_slice() {
            [language, _, ..] if (markdown || yaml) && is_language(language) => self.translations.push(path),
            ["index.md"] => self.home = Some(path),
            ["objectives.yaml"] => self.objectives = Some(path),
            ["lessons", _, "index.md"] => self.modules.push(path),
            ["lessons", "index.md"] => self.stray.push(path),
            ["lessons", _] | ["lessons", _, _] if markdown => self.lessons.push(path),
            ["scenarios", _] if yaml => self.scenarios.push(path),
            ["models", _] if yaml => self.models.push(path),
            _ if markdown || yaml => self.stray.push(path),
            _ if is_source(&path) || parts.iter().any(|part| part.starts_with('.')) => {}
            _ => self.assets.push(path),
        }
    }
}

/// Whether it has the ending of a file that is read, whatever its case: then it is no asset.
fn is_source(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "yaml", "yml"].iter().any(|source| extension.eq_ignore_ascii_case(source))
}

/// Whether it is a tag of BCP 47: two or three small letters, with a script or a region behind them.
#[must_use]
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A path without `.` and `..`, as far as they can be taken away.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if parts.file_name().is_some() => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts
}
