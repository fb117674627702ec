//! Scripts that pass the theme's markup to the page code: what only the player shows, a play in motion, a debrief
//! or the menu.
//!
//! A page may not fetch from the disk, and the same markup would be three of the fourteen kilobytes of every page. So it
//! travels as text in classic scripts, which any page can load from anywhere, and reaches the page code by an event.

use tera::Context;

use super::language::LanguageContext;
use super::{Purpose, names, story};
use crate::course::Course;
use crate::theme::{self, Theme};

/// The scripts beside a scenario's page, by their names in the page's template: what the player needs immediately, and what
/// the debrief needs.
const BESIDE: [&str; 2] = ["talk", "recall"];

/// The page code that plays, as `cargo xtask player` built it.
const PLAYER: &str = include_str!("../../scenario-wasm/dist/player.js");

/// The page code for taking a play along. It travels with the debrief's parts, which it shares.
const ALONG: &str = include_str!("../../scenario-wasm/dist/along.js");

/// The page code of what moves while a play goes on.
const LIVE: &str = include_str!("../../scenario-wasm/dist/live.js");

/// The page code of the menu.
const MENU: &str = include_str!("../../scenario-wasm/dist/menu.js");

/// The scripts beside a scenario's page, by their names, which the page's `context` then has, too.
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

/// A script shared by all stories in one language.
pub(super) struct SharedScript {
    /// Its name for templates, in `files`.
    pub(super) key: &'static str,
    /// Its name without a fingerprint.
    pub(super) path: String,
    pub(super) text: String,
}

/// The scripts shared by the pages in the language of `course`: the player with its parts, what a scenario fetches for its
/// debrief once a play begins, what moves in a play, and the menu.
pub(super) fn shared(
    course: &Course,
    theme: &Theme,
    language: &LanguageContext<'_>,
) -> Result<Vec<SharedScript>, theme::Error> {
    let mut context = language.shared();
    context.insert("models", &story::verdicts(course));
    let file = |key| {
        let parts = script(theme, &format!("{key}.html"), &context)?;
        // In one script with what it needs: between two scripts a browser may paint, while the trainee waits.
        let code = match key {
            "player" => PLAYER,
            "debrief" => ALONG,
            "live" => LIVE,
            "menu" => MENU,
            _ => "",
        };
        let text = format!("{code}{parts}");
        Ok(SharedScript { key, path: format!("static/{key}-{}.js", course.settings.language), text })
    };
    let player = course.stories(true).next().map(|_| "player");
    let later: &[&str] = if course.scenarios.is_empty() { &[] } else { &["debrief", "live"] };
    player.into_iter().chain(later.iter().copied()).chain(["menu"]).map(file).collect()
}

/// A template as a script that passes its markup on.
fn script(theme: &Theme, template: &str, context: &Context) -> Result<String, theme::Error> {
    let text = serde_json::Value::String(theme.render(template, context)?);
    Ok(format!(
        "document.dispatchEvent(new CustomEvent(\"amends:parts\",{{cancelable:true,detail:{text}}}));\n"
    ))
}
