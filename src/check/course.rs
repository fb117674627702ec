//! Names between files: objectives, scenarios, and the order of lessons.

use crate::check::names::unknown;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::config::RawRoute;

/// Reports each of `names` that is not `known`.
pub fn names(what: &str, names: &[At<String>], known: &[String], diags: &mut Diagnostics) {
    for name in names.iter().filter(|name| !known.contains(&name.value)) {
        diags.push(unknown(what, name, known.iter().map(String::as_str)));
    }
}

/// Reports routes that lead nowhere, to one thing twice, or to what is not there.
pub fn routes(
    routes: &[(At<String>, RawRoute)],
    lessons: &[String],
    scenarios: &[String],
    diags: &mut Diagnostics,
) {
    for (id, route) in routes {
        names("lesson", &route.lessons, lessons, diags);
        names("scenario", &route.scenarios, scenarios, diags);
        for list in [&route.lessons, &route.scenarios] {
            let is_again = |at: &usize| list[..*at].iter().any(|other| other.value == list[*at].value);
            for name in (0..list.len()).filter(is_again).map(|at| &list[at]) {
                let message = format!("`{}` is in the list twice", name.value);
                let fault = Diagnostic::error(Code::DuplicateId, name.span, message);
                diags.push(fault.hint("keep one of the two"));
            }
        }
        if route.lessons.is_empty() && route.scenarios.is_empty() {
            let message = format!("the route `{}` leads to no lesson and no scenario", id.value);
            let fault = Diagnostic::error(Code::MissingKey, id.span, message);
            diags.push(fault.hint("list some under `lessons` or `scenarios`, or remove the route"));
        }
    }
}
