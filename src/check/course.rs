//! Names between files: objectives, scenarios, and the order of lessons.

use crate::check::names::unknown;
use crate::diag::Diagnostics;
use crate::parse::At;

/// Reports each of `names` that is not `known`.
pub fn names(what: &str, names: &[At<String>], known: &[String], diags: &mut Diagnostics) {
    for name in names.iter().filter(|name| !known.contains(&name.value)) {
        diags.push(unknown(what, name, known.iter().map(String::as_str)));
    }
}
