//! Variables that templates no longer get. The error of a theme that still reads one says what to write now.

/// Each as templates spell it, with the mend.
const REMOVED: [(&str, &str); 1] = [(
    "files.search",
    "load the script `at.js`, which says where the index is, as `search.html` of the default theme does",
)];

/// The mend for an expression that is not defined, if it was once.
pub(super) fn mend(expression: &str) -> Option<&'static str> {
    REMOVED.iter().find(|(removed, _)| *removed == expression.trim()).map(|(_, mend)| *mend)
}
