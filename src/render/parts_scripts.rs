//! Scripts that pass the theme's markup to the page code: the parts of the player, of a running play, of the debrief and of
//! the menu.
//!
//! A page that is opened from the disk may not fetch files, and in the page itself this markup would be three of its
//! fourteen kilobytes. So it is text in classic scripts, which any page can load, and reaches the page code by an event.

use tera::Context;

use super::language::LanguageContext;
use super::{Purpose, names, story};
use crate::course::Course;
use crate::theme::{self, Theme};

/// The scripts beside a scenario's page, by their names in the page's template: what the player needs immediately, and what
/// the debrief needs.
const SCENARIO_SCRIPTS: [&str; 2] = ["talk", "recall"];

/// The page code that plays, as `cargo xtask player` built it.
const PLAYER: &str = include_str!("../../scenario-wasm/dist/player.js");

/// The page code for taking a play along. It is in the script of the debrief, whose parts it uses.
const ALONG: &str = include_str!("../../scenario-wasm/dist/along.js");

/// The page code for what moves during a play.
const LIVE: &str = include_str!("../../scenario-wasm/dist/live.js");

/// The page code of the menu.
const MENU: &str = include_str!("../../scenario-wasm/dist/menu.js");

/// The scripts beside a scenario's page, by their names. Adds the names to the page's `context`.
pub(super) fn of_scenario(
    theme: &Theme,
    context: &mut Context,
    purpose: Purpose,
) -> Result<Vec<(String, String)>, theme::Error> {
    let mut files = Vec::new();
    for key in SCENARIO_SCRIPTS {
        let text = script(theme, &format!("{key}.html"), context)?;
        let name = names::published_name(&format!("{key}.js"), text.as_bytes(), purpose);
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

/// The scripts shared by the pages in the language of `course`: the player with its parts; the debrief, which a scenario
/// fetches once a play begins; what moves during a play; and the menu.
pub(super) fn shared(
    course: &Course,
    theme: &Theme,
    language: &LanguageContext<'_>,
) -> Result<Vec<SharedScript>, theme::Error> {
    let mut context = language.shared();
    let shown = |draft: bool| language.site.purpose == Purpose::Serve || !draft;
    let scenarios = course.scenarios.iter().filter(|each| shown(each.draft));
    context.insert("models", &story::models_in_use(course, scenarios));
    let file = |key| {
        let parts = script(theme, &format!("{key}.html"), &context)?;
        // In one script with its markup: between two scripts a browser may paint, and the trainee would wait longer.
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
