//! A theme: templates, static files, strings and options. Two are inside the binary, `default` and `compact`. The files of
//! the site's folder `themes/NAME` replace those of the built-in theme with that name, and the files of each theme those of
//! the theme that it extends.
//!
//! All markup and all words of a page come from here. Templates are compiled once, when the theme is loaded; a fault in one
//! is an [`Error`] with file and line, never a panic.

pub mod brand;
mod functions;
mod layers;
mod manifest;
mod mentions;
mod numbers;
mod removed;
mod strings;
#[cfg(test)]
mod tests;

pub use layers::names;
pub use manifest::{Grounds, OptionKind, ThemeOption};
pub use mentions::Mentions;
pub use numbers::FORMS;
pub use strings::{Fill, Strings};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tera::{Context, ErrorKind, Tera};

use layers::{Layer, ThemeFile};

/// The theme files of a site, by their paths relative to it: `themes/mine/static/own.css`.
pub type ThemeFiles = BTreeMap<String, Arc<[u8]>>;

/// The theme of every new site.
pub const DEFAULT: &str = "default";

/// The path of a brand's style sheet in the site.
const BRAND_STYLE: &str = "static/brand.css";

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    /// Every template by the name that Tera uses.
    templates: BTreeMap<String, ThemeFile>,
    tera: Tera,
    /// The static files.
    files: BTreeMap<String, Arc<[u8]>>,
    options: BTreeMap<String, ThemeOption>,
    option_values: BTreeMap<String, Value>,
    grounds: Grounds,
    strings: Arc<Strings>,
    /// The paths of the site's own templates and strings.
    own: Vec<String>,
}

/// The text of a file of a built-in theme, by its path below `themes`.
pub fn shipped(path: &str) -> Option<&'static str> {
    crate::embedded::text(&layers::BUILT_IN, path)
}

/// Why a theme cannot be used.
#[derive(Debug, Clone)]
pub enum Error {
    /// There is no theme of that name.
    Unknown {
        /// As in `site.yaml`.
        name: String,
        /// The themes that the site can use.
        known: Vec<String>,
    },
    /// A file is not UTF-8.
    Encoding {
        /// Relative to the site.
        path: String,
    },
    /// Themes extend each other in a cycle.
    Circle {
        /// One of them.
        name: String,
    },
    /// A file of strings or a `theme.yaml` is not valid.
    Yaml {
        /// Relative to the site.
        path: String,
        /// What is wrong, with line and column.
        message: String,
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
                write!(f, "the theme `{name}` extends itself; correct `extends` in themes/{name}/theme.yaml")
            }
            Self::Encoding { path } => write!(f, "{path} is not UTF-8 text"),
            Self::Yaml { path, message } => write!(f, "{path}: {message}"),
            Self::Template { report } => f.write_str(report),
        }
    }
}

impl std::error::Error for Error {}

impl Theme {
    /// The theme `name` for a site whose language is `language` (BCP 47), from the built-in files and those of the `site`.
    ///
    /// # Errors
    /// When the theme is unknown or one of its files is not valid.
    pub fn load(site: &ThemeFiles, name: &str, language: &str) -> Result<Self, Error> {
        let layers = layers::layers(site, name)?;
        let strings = Arc::new(Strings::load(language, |path| layers::versions(&layers, path))?);
        let templates = templates(&layers);
        let own = layers.iter().flat_map(|layer| layer.own.iter());
        let own: Vec<String> = own
            .filter(|(path, _)| ["templates/", "strings/"].iter().any(|start| path.starts_with(start)))
            .map(|(_, file)| file.path.clone())
            .collect();
        if let Some(report) = layers
            .iter()
            .flat_map(|layer| layer.own.values())
            .find_map(|file| removed::report(file.text().ok()?, &file.path))
        {
            return Err(Error::Template { report });
        }
        let mut tera = Tera::default();
        functions::register(&mut tera, &strings);
        let each = templates.iter().map(|(name, file)| Ok((name, file.text()?)));
        tera.add_raw_templates(each.collect::<Result<Vec<_>, Error>>()?)
            .map_err(|error| report(&templates, &own, &error))?;
        let (mut files, mut options) = (BTreeMap::new(), BTreeMap::new());
        let mut grounds = Grounds::default();
        for layer in layers {
            let all = layer.shipped.into_iter().chain(layer.own);
            let copied = all.filter(|(path, _)| path.starts_with("static/"));
            files.extend(copied.map(|(path, file)| (path, file.bytes)));
            options.extend(layer.manifest.options);
            grounds = layer.manifest.grounds.unwrap_or(grounds);
        }
        let defaults = options
            .iter()
            .map(|(name, option): (&String, &ThemeOption)| (name.clone(), option.default.clone()));
        Ok(Self { templates, tera, files, option_values: defaults.collect(), options, grounds, strings, own })
    }

    /// Whether the theme has a template of that name: `lessons.html` is optional.
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Whether a template reads the variable `name`. If one does, this is never false; it may be true if none does.
    pub fn reads(&self, name: &str) -> bool {
        let in_template =
            |template| self.tera.get_template_variables(template).is_ok_and(|all| all.contains(name));
        let in_component = |component| {
            let definition = self.tera.get_component_definition(component);
            definition
                .is_some_and(|component| component.args().iter().any(|argument| argument.name() == name))
        };
        self.tera.get_template_names().any(in_template) || self.tera.get_component_names().any(in_component)
    }

    /// The templates in `partials/fixed/`, which are the same on every page: each by its name there, without the extension.
    pub fn fixed_partials(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.keys().filter_map(|template| {
            let name = template.strip_prefix("partials/fixed/")?;
            Some((name.strip_suffix(".html").unwrap_or(name), template.as_str()))
        })
    }

    /// How the files of the theme mention the static file at `path`: `static/theme.css`.
    pub fn mentions(&self, path: &str) -> Mentions {
        let templates = self.templates.values().map(|file| &*file.bytes);
        let others = self.files().filter(|(other, _)| *other != path).map(|(_, bytes)| &**bytes);
        mentions::mentions(path, templates.chain(others))
    }

    /// The interface's words.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The options that a site can set, by name.
    pub fn options(&self) -> &BTreeMap<String, ThemeOption> {
        &self.options
    }

    /// Sets an option to a value that fits it.
    pub fn set_option(&mut self, name: &str, value: Value) {
        self.option_values.insert(name.to_owned(), value);
    }

    /// The value of every option.
    pub fn option_values(&self) -> &BTreeMap<String, Value> {
        &self.option_values
    }

    /// Adds the style sheet of a brand.
    pub fn add_brand_style(&mut self, style: &str) {
        self.files.insert(BRAND_STYLE.to_owned(), Arc::from(style.as_bytes()));
    }

    /// Whether the files include a brand's style sheet.
    pub fn has_brand_style(&self) -> bool {
        self.files.contains_key(BRAND_STYLE)
    }

    /// The backgrounds behind a brand's color.
    pub fn grounds(&self) -> &Grounds {
        &self.grounds
    }

    /// The static files, by their path in the site (`static/theme.css`).
    pub fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// Whether the site has its own templates or strings, which can make a page fail.
    pub fn is_changed(&self) -> bool {
        !self.own.is_empty()
    }

    /// Renders one page.
    ///
    /// # Errors
    /// When the template reads something undefined.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, Error> {
        self.tera.render(template, context).map_err(|error| report(&self.templates, &self.own, &error))
    }
}

/// The error with Tera's report, in which the names of templates are replaced with the paths of their files. If a built-in
/// template fails, adds the site's `own` files, one of which may be the cause.
fn report(templates: &BTreeMap<String, ThemeFile>, own: &[String], error: &tera::Error) -> Error {
    let mut report = error.to_string();
    for (name, file) in templates {
        report = report.replace(&format!("--> {name}:"), &format!("--> {}:", file.path));
    }
    if let ErrorKind::RenderingError(fault) = error.kind()
        && let Some(file) = templates.get(fault.filename())
        && let Some(text) = file.text().ok().and_then(|text| text.get(..fault.span().range.end))
        && let Some(remedy) = removed::remedy(text)
    {
        report.push_str("\n\nhelp: ");
        report.push_str(remedy);
    }
    if !own.is_empty() && !own.iter().any(|path| report.contains(&format!("--> {path}:"))) {
        // Something that is missing makes every template fail that uses it: the first error is enough.
        report.truncate(report.find("\n\nerror: ").unwrap_or(report.len()));
        report.push_str(
            "\n\nhelp: this template ships with amends, and fails by what the site changes; look in ",
        );
        report.push_str(&own.join(", "));
    }
    Error::Template { report: report.trim_start_matches("error: ").to_owned() }
}

/// Reads a file of YAML.
fn yaml<T: DeserializeOwned>(file: &ThemeFile) -> Result<T, Error> {
    serde_yaml::from_str(file.text()?)
        .map_err(|error| Error::Yaml { path: file.path.clone(), message: error.to_string() })
}

/// Every template by the name that other templates use. Templates of extended themes are also available as `THEME/NAME`, and
/// built-in templates that the site replaces as `shipped/NAME`: so a theme can change one block without copying the rest.
fn templates(layers: &[Layer]) -> BTreeMap<String, ThemeFile> {
    let mut all: BTreeMap<String, ThemeFile> = BTreeMap::new();
    let mut extended = Vec::new();
    for (at, layer) in layers.iter().enumerate() {
        for (path, file) in layer.shipped.iter().chain(&layer.own) {
            let Some(name) = path.strip_prefix("templates/") else { continue };
            all.insert(name.to_owned(), file.clone());
            let replaced = layer.shipped.get(path).filter(|_| layer.own.contains_key(path));
            extended.extend(replaced.map(|file| (format!("shipped/{name}"), file.clone())));
        }
        if at + 1 < layers.len() {
            extended.extend(all.iter().map(|(name, file)| (format!("{}/{name}", layer.name), file.clone())));
        }
    }
    // A file that defines components cannot be there under two names: no component may be defined twice.
    extended.retain(|(_, file)| !file.text().is_ok_and(|text| text.contains("component ")));
    all.extend(extended);
    all
}
