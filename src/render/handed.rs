//! What only the player shows, or only a debrief: scripts that hand markup of the theme to the page code.
//!
//! A page may not fetch from the disk, and in every page the same markup would be three of its fourteen kilobytes. So it
//! travels as text in classic scripts, which any page can have from anywhere, and reaches the page code by an event.

use tera::Context;

use super::place::Globals;
use super::story;
use crate::course::Course;
use crate::theme::{self, Theme};

/// The scripts beside a scenario's page, each with its template, which gets what the page gets: what the player needs at
/// once, and what the debrief needs.
const BESIDE: [(&str, &str); 2] = [("talk.js", "talk.html"), ("recall.js", "recall.html")];

/// The scripts beside the page of a scenario in `folder`, by path in the site. `context` is the page's.
pub(super) fn beside(
    folder: &str,
    theme: &Theme,
    context: &Context,
) -> Result<Vec<(String, String)>, theme::Error> {
    let file = |(name, template)| Ok((format!("{folder}{name}"), script(theme, template, context)?));
    BESIDE.into_iter().map(file).collect()
}

/// What all stories in the language of `course` share, by path in the site: the player's parts, and what is fetched for
/// the debrief of a scenario once a play begins.
pub(super) fn shared(
    course: &Course,
    theme: &Theme,
    globals: &Globals,
) -> Result<Vec<(String, String)>, theme::Error> {
    let mut context = Context::new();
    globals.fill(&mut context);
    context.insert("models", &story::verdicts(course));
    let mut names = Vec::new();
    if course.stories().next().is_some() {
        names.push("player");
    }
    if !course.scenarios.is_empty() {
        names.push("debrief");
    }
    let language = &course.settings.language;
    let file = |name: &str| {
        let text = script(theme, &format!("{name}.html"), &context)?;
        Ok((format!("static/{name}-{language}.js"), text))
    };
    names.into_iter().map(file).collect()
}

/// A template as a script that hands it over.
fn script(theme: &Theme, template: &str, context: &Context) -> Result<String, theme::Error> {
    let text = serde_json::Value::String(theme.render(template, context)?);
    Ok(format!("document.dispatchEvent(new CustomEvent(\"amends:parts\",{{detail:{text}}}));\n"))
}
