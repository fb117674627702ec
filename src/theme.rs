//! A theme: templates, static files and strings. The default one travels inside the binary; a folder
//! `themes/NAME` of the site lies over it, file by file.
//!
//! All markup and all words of a page come from here. Templates are compiled once, when the theme is loaded;
//! what is wrong with one is an [`Error`] with file and line, never a panic.

mod filters;
mod numbers;
mod strings;
#[cfg(test)]
mod tests;

pub use strings::{Fill, Strings, direction};

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rust_embed::Embed;
use tera::{Context, Tera};
use walkdir::WalkDir;

use crate::asset::slashed;
use crate::error;

/// The theme inside the binary.
#[derive(Embed)]
#[folder = "themes/default/"]
struct BuiltIn;

/// The name that every site starts with.
pub const DEFAULT: &str = "default";

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    files: BTreeMap<String, Arc<[u8]>>,
    strings: Arc<Strings>,
    /// The text of each template.
    texts: Vec<String>,
    /// Where each template came from, for messages.
    places: BTreeMap<String, String>,
}

/// What is wrong with a theme.
#[derive(Debug)]
pub enum Error {
    /// No folder of that name.
    Unknown {
        /// As in `site.yaml`.
        name: String,
        /// The themes that there are.
        known: Vec<String>,
    },
    /// A file could not be read.
    Unreadable(error::Error),
    /// A template is not UTF-8.
    Encoding {
        /// Relative to the site.
        path: String,
    },
    /// A file of strings is not valid YAML.
    Strings {
        /// Relative to the site.
        path: String,
        /// What is wrong, with line and column.
        says: String,
    },
    /// A template cannot be compiled or rendered; the report names file, line and column.
    Template {
        /// The lines of the report.
        report: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, known } => {
                write!(
                    f,
                    "there is no theme `{name}`: there is no folder themes/{name} (known: {})",
                    known.join(", ")
                )
            }
            Self::Unreadable(error) => error.fmt(f),
            Self::Encoding { path } => write!(f, "{path} is not UTF-8 text"),
            Self::Strings { path, says } => write!(f, "{path}: {says}"),
            Self::Template { report } => f.write_str(report),
        }
    }
}

impl std::error::Error for Error {}

impl From<error::Error> for Error {
    fn from(error: error::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// A file of the theme and where it came from.
struct File {
    bytes: Arc<[u8]>,
    place: String,
}

impl Theme {
    /// The theme `name` for a site whose language is `language` (BCP 47).
    ///
    /// # Errors
    /// When the theme is unknown or one of its files cannot be read or understood.
    pub fn load(site: &Path, name: &str, language: &str) -> Result<Self, Error> {
        let mut files = built_in();
        overlay(site, name, &mut files)?;
        let strings = Arc::new(Strings::load(language, |path| texts(&files, path))?);
        let mut templates = Vec::new();
        for (path, file) in
            files.iter().filter_map(|(path, file)| Some((path.strip_prefix("templates/")?, file)))
        {
            templates.push((path.to_owned(), text(file)?));
        }
        let places =
            files.iter().filter_map(|(path, file)| Some((path.strip_prefix("templates/")?, &file.place)));
        let mut theme = Self {
            tera: Tera::default(),
            places: places.map(|(path, place)| (path.to_owned(), place.clone())).collect(),
            files: files
                .iter()
                .filter(|(path, _)| path.starts_with("static/"))
                .map(|(path, file)| (path.clone(), Arc::clone(&file.bytes)))
                .collect(),
            strings,
            texts: templates.iter().map(|(_, text)| text.clone()).collect(),
        };
        filters::register(&mut theme.tera, &theme.strings);
        theme.tera.add_raw_templates(templates).map_err(|error| theme.report(&error))?;
        Ok(theme)
    }

    /// Whether the theme has a template of that name: `lessons.html` is optional.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Whether a template reads the variable `name`. May say so where none does, never the other way.
    #[must_use]
    pub fn reads(&self, name: &str) -> bool {
        self.texts.iter().any(|text| {
            text.match_indices(name).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + name.len()..].chars().next();
                let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
                // `<nav`, `</nav`, `strings.nav` and `navigate` are other things.
                !before.is_some_and(|letter| part(letter) || matches!(letter, '<' | '/' | '.'))
                    && !after.is_some_and(part)
            })
        })
    }

    /// The interface's words.
    #[must_use]
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// Files that are copied as they are, by their path in the site (`static/theme.css`).
    pub fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Renders one page.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, Error> {
        self.tera.render(template, context).map_err(|error| self.report(&error))
    }

    /// Tera names a template by its path inside of the theme; people look for the file.
    fn report(&self, error: &tera::Error) -> Error {
        let mut report = error.to_string();
        for (name, place) in &self.places {
            report = report.replace(&format!("--> {name}:"), &format!("--> {place}:"));
        }
        Error::Template { report: report.trim_start_matches("error: ").to_owned() }
    }
}

fn built_in() -> BTreeMap<String, File> {
    let paths = BuiltIn::iter().filter_map(|path| Some((BuiltIn::get(&path)?, path)));
    let files = paths.map(|(file, path)| {
        let place = format!("themes/{DEFAULT}/{path}");
        (path.into_owned(), File { bytes: Arc::from(file.data.as_ref()), place })
    });
    files.collect()
}

/// Lays the site's own folder over what is there.
fn overlay(site: &Path, name: &str, files: &mut BTreeMap<String, File>) -> Result<(), Error> {
    let folder = site.join("themes").join(name);
    if !folder.is_dir() {
        if name == DEFAULT {
            return Ok(());
        }
        return Err(Error::Unknown { name: name.to_owned(), known: known(site) });
    }
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
    Ok(())
}

fn known(site: &Path) -> Vec<String> {
    let folders = std::fs::read_dir(site.join("themes")).into_iter().flatten().flatten();
    let mut known: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into())
        .collect();
    known.push(DEFAULT.to_owned());
    known.sort();
    known.dedup();
    known
}

fn text(file: &File) -> Result<String, Error> {
    let text = std::str::from_utf8(&file.bytes).map_err(|_| Error::Encoding { path: file.place.clone() })?;
    Ok(text.to_owned())
}

/// The text of the built-in file at `path`.
fn built_in_texts(path: &str) -> Result<Vec<(String, String)>, Error> {
    texts(&BTreeMap::new(), path)
}

/// The text of the file at `path`: the built-in one first, then the one that lies over it.
fn texts(files: &BTreeMap<String, File>, path: &str) -> Result<Vec<(String, String)>, Error> {
    let mut texts = Vec::new();
    if let Some(file) = BuiltIn::get(path) {
        let place = format!("themes/{DEFAULT}/{path}");
        texts.push((place.clone(), text(&File { bytes: Arc::from(file.data.as_ref()), place })?));
    }
    if let Some(file) = files.get(path) {
        texts.push((file.place.clone(), text(file)?));
    }
    Ok(texts)
}
