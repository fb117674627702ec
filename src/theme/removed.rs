//! Variables that templates no longer get. A theme that still reads one learns from the error what to write now.

/// Each as templates spell it, with the mend.
const REMOVED: [(&str, &str); 1] =
    [("fixed", "include the partial itself, as in `{% include \"partials/fixed/remember.html\" %}`")];

/// The mend for an expression that is not defined, if it was once.
pub(super) fn mend(expression: &str) -> Option<&'static str> {
    REMOVED.iter().find(|(removed, _)| *removed == expression.trim()).map(|(_, mend)| *mend)
}
