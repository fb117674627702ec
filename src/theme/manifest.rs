//! `theme.yaml`: what a theme extends, its options, and its backgrounds. Every key is optional, and so is the file.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Error;
use super::layers::ThemeFile;

/// The file, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Manifest {
    /// The theme that this one changes; `default` by default.
    pub(super) extends: Option<String>,
    /// What `site.yaml` can set under `theme_options`.
    pub(super) options: BTreeMap<String, ThemeOption>,
    /// The backgrounds behind a brand's color.
    pub(super) grounds: Option<Grounds>,
}

/// The backgrounds of text and of controls, as `#rrggbb`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grounds {
    /// In the light scheme.
    pub light: Vec<String>,
    /// In the dark scheme.
    pub dark: Vec<String>,
}

/// An option that a site can set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeOption {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: OptionKind,
    /// The allowed words for `type: word`.
    #[serde(default)]
    pub of: Vec<String>,
    /// Its value if a site sets none.
    pub default: Value,
    /// What it does, for authors of sites.
    pub says: String,
}

/// The type of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Number,
    /// Any text.
    Text,
    /// One of a few words.
    Word,
}

impl Manifest {
    /// Reads the file.
    pub(super) fn read(file: &ThemeFile) -> Result<Self, Error> {
        if file.text()?.trim().is_empty() {
            return Ok(Self::default());
        }
        let manifest: Self = super::yaml(file)?;
        for (name, option) in &manifest.options {
            if let Err(must) = option.check(&option.default) {
                let message = format!("the default of the option `{name}` must be {must}");
                return Err(Error::Yaml { path: file.path.clone(), message });
            }
        }
        Ok(manifest)
    }
}

impl ThemeOption {
    /// Checks that the option can have this value.
    ///
    /// # Errors
    /// What the value must be: "one of serif, sans".
    pub fn check(&self, value: &Value) -> Result<(), String> {
        let (fits, must) = match self.kind {
            OptionKind::Boolean => (value.is_boolean(), "`true` or `false`".to_owned()),
            OptionKind::Number => (value.is_i64(), "a whole number".to_owned()),
            OptionKind::Text => (value.is_string(), "a text".to_owned()),
            OptionKind::Word => (
                value.as_str().is_some_and(|word| self.of.iter().any(|known| known == word)),
                format!("one of {}", self.of.join(", ")),
            ),
        };
        if fits { Ok(()) } else { Err(must) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Manifest, String> {
        let file = ThemeFile { bytes: text.as_bytes().into(), path: "themes/a/theme.yaml".to_owned() };
        Manifest::read(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn a_theme_declares_its_options() {
        let manifest = read(
            "extends: compact\noptions:\n  bar: { type: boolean, default: false, says: The bar. }\n  \
             face: { type: word, of: [serif, sans], default: serif, says: The face. }\n",
        );
        let manifest = manifest.unwrap();
        assert_eq!(manifest.extends.as_deref(), Some("compact"));
        assert!(manifest.options["face"].check(&"sans".into()).is_ok());
        assert_eq!(manifest.options["face"].check(&"mono".into()), Err("one of serif, sans".to_owned()));
        assert_eq!(manifest.options["bar"].check(&1.into()), Err("`true` or `false`".to_owned()));
        assert!(read("").unwrap().options.is_empty());
    }

    #[test]
    fn an_error_names_the_file() {
        let wrong = read("options:\n  bar: { type: boolean, default: 3, says: The bar. }\n").unwrap_err();
        assert_eq!(wrong, "themes/a/theme.yaml: the default of the option `bar` must be `true` or `false`");
        assert!(read("extend: a\n").unwrap_err().starts_with("themes/a/theme.yaml: "));
    }
}
