//! A theme: templates, static files, strings and options. Two travel inside the binary, `default` and `compact`; a folder
//! `themes/NAME` of the site lies over the one of its name, and each lies over the theme that it extends, file by file.
//!
//! All markup and all words of a page come from here. Templates are compiled once, when the theme is loaded;
//! what is wrong with one is an [`Error`] with file and line, never a panic.

pub mod brand;
mod filters;
mod fixed;
mod layers;
mod manifest;
mod named;
mod numbers;
mod strings;
#[cfg(test)]
mod tests;

pub use manifest::{Choice, Grounds, Kind};
pub use strings::{Fill, Strings, direction};

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tera::{Context, Tera};

use crate::shell::error;
use layers::{File, Layer};

/// The name that every site starts with.
pub const DEFAULT: &str = "default";

/// The style sheet of a brand, in the site.
const BRAND: &str = "static/brand.css";

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Every template by its name.
    templates: Vec<(String, String)>,
    tera: Tera,
    files: BTreeMap<String, Arc<[u8]>>,
    options: BTreeMap<String, Choice>,
    /// What each option is set to.
    set: BTreeMap<String, Value>,
    grounds: Grounds,
    strings: Arc<Strings>,
    /// The static files that templates ask for.
    asked: BTreeSet<String>,
    /// The partials that are the same on every page.
    fixed: BTreeSet<String>,
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
    /// Themes that extend each other in a circle.
    Circle {
        /// One of them.
        name: String,
    },
    /// A file of strings, or what a theme says of itself, is not valid YAML.
    Yaml {
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
            Self::Circle { name } => {
                write!(f, "the theme `{name}` extends itself; mend `extends` in themes/{name}/theme.yaml")
            }
            Self::Unreadable(error) => error.fmt(f),
            Self::Encoding { path } => write!(f, "{path} is not UTF-8 text"),
            Self::Yaml { path, says } => write!(f, "{path}: {says}"),
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

impl Theme {
    /// The theme `name` for a site whose language is `language` (BCP 47).
    ///
    /// # Errors
    /// When the theme is unknown or one of its files cannot be read or understood.
    pub fn load(site: &Path, name: &str, language: &str) -> Result<Self, Error> {
        let layers = layers::layers(site, name)?;
        let found = templates(&layers);
        let places: BTreeMap<_, _> =
            found.iter().map(|(name, file)| (name.clone(), file.place.clone())).collect();
        let (mut asked, mut fixed) = (BTreeSet::new(), BTreeSet::new());
        // Words are read while templates are compiled.
        let (compiled, strings) = rayon::join(
            || -> Result<_, Error> {
                let mut templates = Vec::new();
                for (name, file) in &found {
                    let text = named::open(file.text()?, &mut asked);
                    // These are rendered before any of them can be looked up.
                    let known = |other: &str| !name.starts_with(fixed::FOLDER) && found.contains_key(other);
                    let text = fixed::open(&text, known, &mut fixed);
                    templates.push((name.clone(), text));
                }
                let mut tera = Tera::default();
                filters::announce(&mut tera);
                let each = templates.iter().map(|(name, text)| (name, text));
                tera.add_raw_templates(each).map_err(|error| report(&places, &error))?;
                Ok((tera, templates))
            },
            || Strings::load(language, |path| texts(&layers, path)),
        );
        let strings = Arc::new(strings?);
        let (mut tera, templates) = compiled?;
        filters::register(&mut tera, &strings);
        let mut files = BTreeMap::new();
        let (mut options, mut grounds) = (BTreeMap::new(), Grounds::default());
        for layer in layers {
            let all = layer.shipped.into_iter().chain(layer.own);
            let copied = all.filter(|(path, _)| path.starts_with("static/"));
            files.extend(copied.map(|(path, file)| (path, file.bytes)));
            options.extend(layer.manifest.options);
            grounds = layer.manifest.grounds.unwrap_or(grounds);
        }
        Ok(Self {
            templates,
            tera,
            places,
            files,
            set: options.iter().map(|(name, choice)| (name.clone(), choice.default.clone())).collect(),
            options,
            grounds,
            strings,
            asked,
            fixed,
        })
    }

    /// Whether the theme has a template of that name: `lessons.html` is optional.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Whether a template reads the variable `name`. May say so where none does, never the other way.
    #[must_use]
    pub fn reads(&self, name: &str) -> bool {
        self.templates.iter().any(|(_, text)| {
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

    /// The static files that templates ask for, by path. A site may lack some of them.
    #[must_use]
    pub fn asked(&self) -> &BTreeSet<String> {
        &self.asked
    }

    /// The interface's words.
    #[must_use]
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// What a site can choose, by name.
    #[must_use]
    pub fn options(&self) -> &BTreeMap<String, Choice> {
        &self.options
    }

    /// Sets an option to what fits it.
    pub fn set(&mut self, name: &str, value: Value) {
        self.set.insert(name.to_owned(), value);
    }

    /// Every option with what it is set to.
    #[must_use]
    pub fn chosen(&self) -> &BTreeMap<String, Value> {
        &self.set
    }

    /// Brings in the style sheet of a brand.
    pub fn paint(&mut self, style: &str) {
        self.files.insert(BRAND.to_owned(), Arc::from(style.as_bytes()));
    }

    /// Whether a brand's style sheet is among the files.
    #[must_use]
    pub fn is_painted(&self) -> bool {
        self.files.contains_key(BRAND)
    }

    /// What a brand's color is seen on.
    #[must_use]
    pub fn grounds(&self) -> &Grounds {
        &self.grounds
    }

    /// Files that are copied as they are, by their path in the site (`static/theme.css`).
    pub fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Renders what is the same on every page, for `context` to hold beside what it holds already.
    ///
    /// # Errors
    /// When a partial asks for what is not there: of a page it gets the ways to the root and to the home page alone.
    pub fn fix(&self, context: &Context) -> Result<Value, Error> {
        let each = self.fixed.iter().map(|name| Ok((name.clone(), self.render(name, context)?.into())));
        Ok(Value::Object(each.collect::<Result<_, Error>>()?))
    }

    /// Renders one page.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, Error> {
        self.tera.render(template, context).map_err(|error| report(&self.places, &error))
    }

    /// The same as bytes, about so many, for who writes them as they are.
    ///
    /// # Errors
    /// As of [`render`](Self::render).
    pub fn render_bytes(&self, template: &str, context: &Context, room: usize) -> Result<Vec<u8>, Error> {
        let mut page = Vec::with_capacity(room);
        self.tera.render_to(template, context, &mut page).map_err(|error| report(&self.places, &error))?;
        Ok(page)
    }
}

/// Tera names a template by its path inside of the theme; people look for the file.
fn report(places: &BTreeMap<String, String>, error: &tera::Error) -> Error {
    let mut report = error.to_string();
    for (name, place) in places {
        report = report.replace(&format!("--> {name}:"), &format!("--> {place}:"));
    }
    Error::Template { report: report.trim_start_matches("error: ").to_owned() }
}

/// The text of a file of the built-in default theme.
fn built_in_texts(path: &str) -> Result<Vec<(String, String)>, Error> {
    let files = layers::built_in(DEFAULT);
    files.get(path).map(|file| Ok((file.place.clone(), file.text()?.to_owned()))).into_iter().collect()
}

/// Reads the file at `path`.
fn yaml<T: DeserializeOwned>(path: String, text: &str) -> Result<T, Error> {
    serde_yaml::from_str(text).map_err(|error| Error::Yaml { path, says: error.to_string() })
}

/// Every text at `path`, the weakest first: a word that is missing in one theme is that of the theme that it extends.
fn texts(layers: &[Layer], path: &str) -> Result<Vec<(String, String)>, Error> {
    let files =
        layers.iter().flat_map(|layer| layer.shipped.get(path).into_iter().chain(layer.own.get(path)));
    files.map(|file| Ok((file.place.clone(), file.text()?.to_owned()))).collect()
}

/// Every template by the name that other templates know it by. What a theme replaces stays at hand as `THEME/NAME`, and
/// what a site replaces in a built-in theme as `shipped/NAME`: a block can be changed without the rest being copied.
fn templates(layers: &[Layer]) -> BTreeMap<String, File> {
    let mut all: BTreeMap<String, File> = BTreeMap::new();
    for layer in layers {
        for (of, files) in [("shipped", &layer.shipped), (layer.name.as_str(), &layer.own)] {
            for (path, file) in files {
                let Some(name) = path.strip_prefix("templates/") else { continue };
                if let Some(replaced) = all.insert(name.to_owned(), file.clone()) {
                    let owner = if of == layer.name && layer.shipped.contains_key(path) {
                        "shipped"
                    } else {
                        layers
                            .iter()
                            .rfind(|below| below.name != layer.name && below.get(path).is_some())
                            .map_or(DEFAULT, |below| below.name.as_str())
                    };
                    // Components are known by their names alone, and none may be there twice.
                    if !replaced.text().is_ok_and(|text| text.contains("component ")) {
                        all.insert(format!("{owner}/{name}"), replaced);
                    }
                }
            }
        }
    }
    all
}
