//! `theme.yaml`: what a theme says of itself. All of it may be left out, and so may the file.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Error;

/// The file, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Manifest {
    /// The theme that this one changes; `default` if it is left out.
    pub(super) extends: Option<String>,
    /// What `site.yaml` can set under `theme_options`.
    pub(super) options: BTreeMap<String, Choice>,
    /// What a brand's color is seen on.
    pub(super) grounds: Option<Grounds>,
}

/// The backgrounds of text and of what can be pressed, as `#rrggbb`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grounds {
    /// In the light scheme.
    pub light: Vec<String>,
    /// In the dark scheme.
    pub dark: Vec<String>,
}

/// Something that a site may choose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it can be set to.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Of `type: word`, the words.
    #[serde(default)]
    pub of: Vec<String>,
    /// What it is where a site says nothing.
    pub default: Value,
    /// What it does, for the site's author.
    pub says: String,
}

/// What an option can be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
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
    /// Reads the file at `place`.
    pub(super) fn read(place: &str, text: &str) -> Result<Self, Error> {
        let fault = |says: String| Error::Yaml { path: place.to_owned(), says };
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let manifest: Self = super::yaml(place.to_owned(), text)?;
        for (name, choice) in &manifest.options {
            if let Err(must) = choice.fits(&choice.default) {
                return Err(fault(format!("the default of the option `{name}` must be {must}")));
            }
        }
        Ok(manifest)
    }
}

impl Choice {
    /// Whether a value can be taken; else what it must be.
    ///
    /// # Errors
    /// What it must be, for people.
    pub fn fits(&self, value: &Value) -> Result<(), String> {
        let (fits, must) = match self.kind {
            Kind::Boolean => (value.is_boolean(), "`true` or `false`".to_owned()),
            Kind::Number => (value.is_i64(), "a whole number".to_owned()),
            Kind::Text => (value.is_string(), "a text".to_owned()),
            Kind::Word => (
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
        Manifest::read("themes/a/theme.yaml", text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_theme_says_what_can_be_chosen() {
        let manifest = read(
            "extends: compact\noptions:\n  bar: { type: boolean, default: false, says: The bar. }\n  \
             face: { type: word, of: [serif, sans], default: serif, says: The face. }\n",
        );
        let manifest = manifest.unwrap();
        assert_eq!(manifest.extends.as_deref(), Some("compact"));
        assert!(manifest.options["face"].fits(&"sans".into()).is_ok());
        assert_eq!(manifest.options["face"].fits(&"mono".into()), Err("one of serif, sans".to_owned()));
        assert_eq!(manifest.options["bar"].fits(&1.into()), Err("`true` or `false`".to_owned()));
        assert!(read("").unwrap().options.is_empty());
    }

    #[test]
    fn what_is_wrong_with_it_is_told_with_the_file() {
        let wrong = read("options:\n  bar: { type: boolean, default: 3, says: The bar. }\n").unwrap_err();
        assert_eq!(wrong, "themes/a/theme.yaml: the default of the option `bar` must be `true` or `false`");
        assert!(read("extend: a\n").unwrap_err().starts_with("themes/a/theme.yaml: "));
    }
}
