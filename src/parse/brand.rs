//! `brand` and `theme_options` of `site.yaml` as typed: what adapts a theme to an organization.

use color::{OpaqueColor, Rgba8, Srgb};
use serde_json::{Value as Json, json};

use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::collection::{map_or, names};
use crate::parse::decode::{Decode, custom, wrong};
use crate::parse::mapping::keyed;
use crate::parse::scalar::{Bool, Name, Pattern, Text};
use crate::parse::yaml::{Kind, Value};

/// An 8-bit sRGB color.
pub type Color = Rgba8;

/// Reads `#rgb` or `#rrggbb`.
pub fn hex_color(text: &str) -> Option<Color> {
    let is_hex = text.starts_with('#') && matches!(text.len(), 4 | 7);
    is_hex.then(|| text.parse::<OpaqueColor<Srgb>>().ok()).flatten().map(OpaqueColor::to_rgba8)
}

keyed! {
    /// The look of the organization.
    #[derive(Debug, Clone, Default)]
    pub struct RawBrand ["brand", "`brand`"] |reader| {
        /// The color of links and buttons. If it is a single color, the dark scheme gets the nearest legible one.
        pub color: Colors = may(map_or(Colors::KEYS, one_color())).unwrap_or_default(),
        /// A picture beside the title, such as content/logo.svg.
        pub logo: Option<At<String>> = may(Name),
        /// A picture (PNG, JPEG, WebP or GIF) for previews of links to a page, such as content/cover.png.
        pub preview: Option<At<String>> = may(Name),
        /// A line at the bottom of every page.
        pub footer: Option<At<String>> = may(Text),
    }
}

keyed! {
    /// The color in both schemes.
    #[derive(Debug, Clone, Default)]
    pub struct Colors ["colors", "`color`"] |reader| {
        /// On a light background.
        pub light: Option<At<Color>> = need(color()),
        /// On a dark background.
        pub dark: Option<At<Color>> = may(color()),
    }
}

/// Values of the theme's options, by name.
pub type RawOptions = Vec<(At<String>, At<Json>)>;

fn one_color() -> impl Decode<Output = Colors> {
    color().map(|light| Colors { light: Some(light), dark: None })
}

fn color() -> impl Decode<Output = At<Color>> {
    Pattern("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$").and_then(|typed, field, diags| {
        let color = hex_color(&typed.value);
        if color.is_none() {
            let message = format!("`{}` cannot be `{}`", field.key, typed.value);
            let hashed = format!("#{}", typed.value.trim());
            let hint = match hex_color(&hashed) {
                Some(_) => format!("write `\"{hashed}\"`"),
                None => "write it as `\"#0b6e4f\"`: in quotes, red, green and blue in hex".to_owned(),
            };
            diags.error(Code::BadValue, typed.span, message, hint);
        }
        Some(At::new(color?, typed.span))
    })
}

/// Words, numbers and switches, under names that only the theme knows.
pub(super) fn options() -> impl Decode<Output = RawOptions> {
    names(
        "^[a-z0-9_]+$",
        custom(
            option,
            |definitions| json!({ "anyOf": [Text.schema(definitions), Bool.schema(definitions)] }),
        ),
    )
}

fn option(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<Json>> {
    let option = match &value.kind {
        Kind::Text(text) => Json::String(text.clone()),
        Kind::Bare(text) => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone())),
        _ => {
            let fault = wrong(value, &format!("`{key}` must be a word, a number, `true` or `false`"));
            diags.push(fault.hint(format!("write its value after the colon, as in `{key}: false`")));
            return None;
        }
    };
    Some(At::new(option, value.span))
}
