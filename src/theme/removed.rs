//! Variables that templates no longer get, and parts that the page code no longer uses. The error of a theme that still has one
//! says what to write instead.

use crate::source::{Place, SourceMap};

/// Each as templates spell it, with the remedy.
const REMOVED: [(&str, &str); 1] = [(
    "files.search",
    "load the script `at.js`, which says where the index is, as `search.html` of the default theme does",
)];

/// A former part, which would be ignored in silence, and the remedy.
const PART: (&str, &str) = (
    "data-part=\"menu-script\"",
    "call it `soon` and load `static/channel.css` and `files.live` in it, too, as `scenario.html` of the default theme does",
);

/// What is wrong with a template that still has the part, with its place.
pub(super) fn report(text: &str, place: &str) -> Option<String> {
    let (part, remedy) = PART;
    let at = u32::try_from(text.find(part)?).ok()?;
    let mut sources = SourceMap::default();
    let file = sources.add(place, text.to_owned());
    let Place { line, column } = sources.place(file, at);
    Some(format!("the page code no longer uses `{part}`\n --> {place}:{line}:{column}\n\nhelp: {remedy}"))
}

/// The remedy for the undefined variable at the end of a template's text.
pub(super) fn remedy(text: &str) -> Option<&'static str> {
    REMOVED.iter().find(|(removed, _)| text.ends_with(removed)).map(|(_, remedy)| *remedy)
}
