//! What only a debrief shows, as a script of its own: rendered from the theme, and fetched after the first choice can be
//! pressed.
//!
//! A page may not fetch from the disk, and markup in the page itself would be two of its thirteen kilobytes. So the
//! markup travels as text in a script, which hands it to the page code by an event.

use tera::Context;

use super::place::Globals;
use super::story;
use crate::course::Course;
use crate::theme::{self, Theme};

/// Where it stands in the site. The words are those of a language.
pub(super) fn path(course: &Course) -> String {
    format!("static/debrief-{}.js", course.settings.language)
}

/// The script.
pub(super) fn script(course: &Course, theme: &Theme, globals: &Globals) -> Result<String, theme::Error> {
    let mut context = Context::new();
    globals.fill(&mut context);
    context.insert("models", &story::verdicts(course));
    let html = theme.render("debrief.html", &context)?;
    let text = serde_json::Value::String(html);
    Ok(format!("document.dispatchEvent(new CustomEvent(\"amends:parts\",{{detail:{text}}}));\n"))
}
