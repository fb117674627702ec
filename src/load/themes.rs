//! The theme of a site in each of its languages, with the site's options and brand.

use std::path::Path;

use crate::asset::{Assets, can_be_preview};
use crate::course::Settings;
use crate::diag::suggest::{did_you_mean, first_of, hint, nearest};
use crate::diag::{Code, Diagnostics};
use crate::language::language_of_country;
use crate::parse::At;
use crate::parse::brand::Color;
use crate::parse::config::RawConfig;
use crate::path::{normal, slashed};
use crate::source::Span;
use crate::theme::brand::{self, Scheme};
use crate::theme::{self, Error, Theme, ThemeFiles};

/// The most missing words that a message names. A language that lacks more has no file at all.
const MAX_NAMED: usize = 12;

/// Loads the theme in each language. Missing words are reported where `site.yaml` names the language.
pub(super) fn themes(
    files: &ThemeFiles,
    settings: &Settings,
    config: Option<&RawConfig>,
    diags: &mut Diagnostics,
) -> Result<Vec<Theme>, Error> {
    let mut themes = Vec::new();
    let name = theme_name(files, settings, config, diags);
    for language in &settings.languages {
        let mut theme = Theme::load(files, name, language)?;
        if let Some(config) = config {
            let named = config.language.iter().chain(&config.languages).find(|at| at.value == *language);
            let place = named.map_or(Span::new(config.file, 0, 0), |at| at.span);
            missing_words(&theme, files, name, place, diags);
            options(&mut theme, config, diags);
            if let Some(light) = &config.brand.color.light {
                let dark = colors(&theme, light, config.brand.color.dark.as_ref(), diags);
                theme.add_brand_style(&brand::style(light.value, dark));
            }
        }
        themes.push(theme);
    }
    Ok(themes)
}

/// The name of the theme. One in `site.yaml` that does not exist is reported, and the default one takes its place.
fn theme_name<'s>(
    files: &ThemeFiles,
    settings: &'s Settings,
    config: Option<&RawConfig>,
    diags: &mut Diagnostics,
) -> &'s str {
    let known = theme::names(files);
    let written = config.and_then(|config| config.theme.as_ref());
    let unknown = written.filter(|name| name.value == settings.theme && !known.contains(&name.value));
    let Some(name) = unknown else { return &settings.theme };
    let says = format!("there is no theme called `{}`", name.value);
    diags.error(Code::UnknownName, name.span, says, hint(&name.value, known.iter().map(String::as_str)));
    theme::DEFAULT
}

fn missing_words(theme: &Theme, files: &ThemeFiles, name: &str, place: Span, diags: &mut Diagnostics) {
    let (strings, missing) = (theme.strings(), theme.strings().missing_words());
    if missing.is_empty() {
        return;
    }
    let language = strings.language();
    let says = format!("the theme has no words in `{language}` for {}", first_of(missing, MAX_NAMED));
    let file = format!("themes/{name}/strings/{language}.yaml");
    let hint = match language_of_country(language) {
        Some(meant) => {
            format!("`{language}` is the code of a country; did you mean its language, `{meant}`?")
        }
        None if files.contains_key(&file) => format!("write them in `{file}`; until then they are English"),
        None => format!(
            "`amends translate {language} {file}` starts a file for them; until then they are English"
        ),
    };
    diags.lint(Code::MissingString, place, says, hint);
}

/// Sets the site's options; reports those that are unknown or whose value is not allowed.
fn options(theme: &mut Theme, config: &RawConfig, diags: &mut Diagnostics) {
    for (name, value) in &config.theme_options {
        let known = theme.options().keys().map(String::as_str);
        let Some(option) = theme.options().get(&name.value) else {
            let says = format!("the theme has no option `{}`", name.value);
            let help = match nearest(&name.value, known.clone()) {
                None if theme.options().is_empty() => "this theme has none; remove the line".to_owned(),
                _ => hint(&name.value, known),
            };
            diags.error(Code::UnknownKey, name.span, says, help);
            continue;
        };
        match option.check(&value.value) {
            Ok(()) => theme.set_option(&name.value, value.value.clone()),
            Err(must) => {
                let says = format!("the option `{}` must be {must}", name.value);
                let help = format!("it is {} without this line: {}", option.default, option.says);
                diags.error(Code::BadValue, value.span, says, help);
            }
        }
    }
}

/// Reports colors that are not legible on the theme's backgrounds. Returns the color of the dark scheme: by default, the
/// nearest legible one to the light color.
fn colors(theme: &Theme, light: &At<Color>, dark: Option<&At<Color>>, diags: &mut Diagnostics) -> Color {
    let grounds = theme.grounds();
    let mut check = |color: &At<Color>, scheme: Scheme, name: &str| {
        if let Some(weak) = brand::weak_contrast(color.value, scheme, grounds) {
            let says = format!(
                "in the {name} scheme `{}` has a contrast of {:.1} with {}, and text needs 4.5",
                brand::hex(color.value),
                // Rounded down, so that it never looks sufficient.
                (weak.contrast * 10.0).floor() / 10.0,
                weak.ground
            );
            let help = format!("the nearest color that can be read is `{}`", weak.better);
            diags.error(Code::LowContrast, color.span, says, help);
        }
    };
    check(light, Scheme::Light, "light");
    match dark {
        Some(dark) => {
            check(dark, Scheme::Dark, "dark");
            dark.value
        }
        None => brand::nearest(light.value, Scheme::Dark, grounds),
    }
}

/// Reports pictures of the brand that do not exist or that other sites would not show.
pub(super) fn pictures(config: Option<&RawConfig>, assets: &Assets, diags: &mut Diagnostics) {
    let Some(brand) = config.map(|config| &config.brand) else { return };
    for picture in brand.logo.iter().chain(&brand.preview) {
        let path = slashed(&normal(Path::new(&picture.value)));
        if assets.get(&path).is_none() {
            let otherwise =
                "put it into the content folder, and write its path from here, as in `content/logo.svg`";
            let help = did_you_mean(&path, assets.paths(), otherwise);
            let says = format!("there is no picture `{}`", picture.value);
            diags.error(Code::MissingFile, picture.span, says, help);
        }
        if let Err(unreadable) = assets.picture(&path) {
            let (says, help) = unreadable.message_and_hint(&path);
            diags.lint(Code::UnreadablePicture, picture.span, says, help);
        }
    }
    if let Some(preview) = brand.preview.as_ref().filter(|preview| !can_be_preview(&preview.value)) {
        let says = format!("other sites cannot show `{}`", preview.value);
        let hint = "a preview is a PNG, JPEG, WebP or GIF, about 1200 by 630 pixels";
        diags.error(Code::BadValue, preview.span, says, hint);
    }
}
