//! Scripts that hand markup of the theme to the page code: what only the player shows, or only a debrief.
//!
//! A page may not fetch from the disk, and in every page the same markup would be three of its fourteen kilobytes. So it
//! travels as text in classic scripts, which any page can load from anywhere, and reaches the page code by an event.

use tera::Context;

use super::language::LanguageContext;
use super::{Purpose, names, story};
use crate::course::Course;
use crate::theme::{self, Theme};

/// The scripts beside a scenario's page, by the name that the page's template knows them by: what the player needs at
/// once, and what the debrief needs.
const BESIDE: [&str; 2] = ["talk", "recall"];

/// The page code that plays, as `cargo xtask player` built it.
const PLAYER: &str = include_str!("../../scenario-wasm/dist/player.js");

/// The scripts beside the page of a scenario, by their names, which `context`, the page's, then has too.
pub(super) fn beside(
    theme: &Theme,
    context: &mut Context,
    purpose: Purpose,
) -> Result<Vec<(String, String)>, theme::Error> {
    let mut files = Vec::new();
    for key in BESIDE {
        let text = script(theme, &format!("{key}.html"), context)?;
        let name = names::name(&format!("{key}.js"), text.as_bytes(), purpose);
        context.insert(key, &name);
        files.push((name, text));
    }
    Ok(files)
}

/// The paths of the scripts that all stories in the language of `course` share, each by the key that templates know it by: the
/// player with its parts, and what a scenario fetches for its debrief once a play begins.
pub(super) fn paths(course: &Course) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    if course.stories().next().is_some() {
        keys.push("player");
    }
    if !course.scenarios.is_empty() {
        keys.push("debrief");
    }
    let language = &course.settings.language;
    keys.into_iter().map(|key| (key, format!("static/{key}-{language}.js"))).collect()
}

/// The scripts at these paths: key, path and text.
pub(super) fn shared(
    course: &Course,
    theme: &Theme,
    language: &LanguageContext<'_>,
) -> Result<Vec<(&'static str, String, String)>, theme::Error> {
    let mut context = language.shared();
    context.insert("models", &story::verdicts(course));
    let file = |(key, path)| {
        let parts = script(theme, &format!("{key}.html"), &context)?;
        // In one script with what it needs: between two a browser may paint, while the trainee waits.
        Ok((key, path, if key == "player" { format!("{PLAYER}{parts}") } else { parts }))
    };
    paths(course).into_iter().map(file).collect()
}

/// A template as a script that hands its markup over.
fn script(theme: &Theme, template: &str, context: &Context) -> Result<String, theme::Error> {
    let text = serde_json::Value::String(theme.render(template, context)?);
    Ok(format!("document.dispatchEvent(new CustomEvent(\"amends:parts\",{{detail:{text}}}));\n"))
}
