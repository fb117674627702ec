//! What templates no longer get and parts that the page code no longer looks for: the error of a theme that still has one says
//! what to write instead.

/// Each as templates spell it, with the remedy.
const REMOVED: [(&str, &str); 1] = [(
    "files.search",
    "load the script `at.js`, which says where the index is, as `search.html` of the default theme does",
)];

/// A former part, which would be left out without a word, and the remedy.
const PART: (&str, &str) = (
    "data-part=\"menu-script\"",
    "call it `soon` and load `static/channel.css` and `files.live` in it, too, as `scenario.html` of the default theme does",
);

/// What is wrong with a template that still has the part, with its place.
pub(super) fn report(text: &str, place: &str) -> Option<String> {
    let (part, remedy) = PART;
    let (before, _) = text.split_once(part)?;
    let (line, column) =
        (before.matches('\n').count() + 1, before.chars().rev().take_while(|&sign| sign != '\n').count() + 1);
    Some(format!("the page code looks for no `{part}`\n --> {place}:{line}:{column}\n\nhelp: {remedy}"))
}

/// The remedy for the undefined variable at the end of a template's text.
pub(super) fn remedy(text: &str) -> Option<&'static str> {
    REMOVED.iter().find(|(removed, _)| text.ends_with(removed)).map(|(_, remedy)| *remedy)
}
