//! Variables that templates no longer get, and parts that the page code no longer uses. The error for a theme that still has
//! one says what to write instead.

use crate::source::{Position, SourceMap};

/// Removed variables as templates spell them, each with the remedy.
const REMOVED_VARIABLES: [(&str, &str); 1] = [(
    "files.search",
    "load the script `at.js`, which says where the index is, as `search.html` of the default theme does",
)];

/// A removed part, which the page code would silently ignore, and the remedy.
const REMOVED_PART: (&str, &str) = (
    "data-part=\"menu-script\"",
    "call it `soon` and load `static/channel.css` and `files.live` in it, too, as `scenario.html` of the default theme does",
);

/// The report on the text of a template at `path` that still has the removed part.
pub(super) fn report(text: &str, path: &str) -> Option<String> {
    let (part, remedy) = REMOVED_PART;
    let at = u32::try_from(text.find(part)?).ok()?;
    let mut sources = SourceMap::default();
    let file = sources.add(path, text.to_owned());
    let Position { line, column } = sources.position(file, at);
    Some(format!("the page code no longer uses `{part}`\n --> {path}:{line}:{column}\n\nhelp: {remedy}"))
}

/// The remedy for the undefined variable at the end of a template's text.
pub(super) fn remedy(text: &str) -> Option<&'static str> {
    REMOVED_VARIABLES.iter().find(|(removed, _)| text.ends_with(removed)).map(|(_, remedy)| *remedy)
}
