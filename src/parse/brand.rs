//! `brand` and `theme_options` of `site.yaml` as typed: what makes a theme look like the house that it is for.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use palette::Srgb;
use serde_json::Value as Json;

use crate::diag::Diagnostics;
use crate::parse::At;
use crate::parse::decode::{Reader, bad, entries, text, wrong};
use crate::parse::yaml::{Kind, Value};

/// A color as screens have it.
pub type Color = Srgb<u8>;

/// `#rgb` or `#rrggbb` as a color.
#[must_use]
pub fn hex_color(text: &str) -> Option<Color> {
    text.starts_with('#').then(|| text.parse().ok()).flatten()
}

/// What the house looks like.
#[derive(Debug, Clone, Default)]
pub struct RawBrand {
    /// In the light scheme.
    pub color: Option<At<Color>>,
    /// In the dark scheme, where the author chose it.
    pub dark: Option<At<Color>>,
    pub logo: Option<At<String>>,
    pub preview: Option<At<String>>,
    pub footer: Option<At<String>>,
}

/// What the theme is asked to do, by the name of its option.
pub type RawOptions = Vec<(At<String>, At<Json>)>;

pub(super) fn brand(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawBrand> {
    let mut reader = Reader::open(value, "`brand`", value.span, diags)?;
    let (color, dark) = reader.get("color", colors).unwrap_or_default();
    let brand = RawBrand {
        color,
        dark,
        logo: reader.get("logo", text),
        preview: reader.get("preview", text),
        footer: reader.get("footer", text),
    };
    reader.close();
    Some(brand)
}

type Colors = (Option<At<Color>>, Option<At<Color>>);

/// `"#0b6e4f"`, or `{ light: "#0b6e4f", dark: "#7fd8b4" }`.
fn colors(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Colors> {
    let Kind::Map(_) = &value.kind else {
        return Some((color(value, key, diags), None));
    };
    let mut reader = Reader::open(value, "`color`", value.span, diags)?;
    let colors = (reader.need("light", color), reader.get("dark", color));
    reader.close();
    Some(colors)
}

fn color(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<Color>> {
    let typed = text(value, key, diags)?;
    let color = hex_color(&typed.value);
    if color.is_none() {
        let message = format!("`{key}` cannot be `{}`", typed.value);
        diags.push(bad(
            typed.span,
            message,
            "write it as `\"#0b6e4f\"`: in quotes, red, green and blue in hex",
        ));
    }
    Some(At::new(color?, typed.span))
}

pub(super) fn options(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<RawOptions> {
    let entries = entries(value, &format!("`{key}`"), diags)?;
    let read = entries.iter().filter_map(|entry| {
        let value = match &entry.value.kind {
            Kind::Text(text) => Json::String(text.clone()),
            Kind::Bare(text) => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone())),
            _ => {
                let must = format!("`{}` must be a word, a number, `true` or `false`", entry.key.value);
                diags.push(wrong(&entry.value, &must));
                return None;
            }
        };
        Some((entry.key.clone(), At::new(value, entry.value.span)))
    });
    Some(read.collect())
}
