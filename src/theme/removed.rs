//! Variables that templates no longer get. The error of a theme that still reads one says what to write instead.

/// Each as templates spell it, with the remedy.
const REMOVED: [(&str, &str); 1] = [(
    "files.search",
    "load the script `at.js`, which says where the index is, as `search.html` of the default theme does",
)];

/// The remedy for the undefined variable at the end of a template's text.
pub(super) fn mend(text: &str) -> Option<&'static str> {
    REMOVED.iter().find(|(removed, _)| text.ends_with(removed)).map(|(_, mend)| *mend)
}
