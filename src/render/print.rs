//! The page with every lesson, to print: part of a site and of a package, but not made under `serve`.

use super::course::Scope;
use super::lesson::lesson;
use super::page::{ModuleList, Print};
use crate::markdown::Writer;

/// All lessons, as a page in `folder` shows them.
pub(super) fn print(scope: &Scope<'_>, folder: &str, writer: &mut Writer<'_>) -> Print {
    let mut lessons = Vec::new();
    for &at in &scope.lessons {
        writer.set_prefix(format!("l{}-", scope.number(at)));
        lessons.push(lesson(scope, at, folder, writer));
    }
    let modules = scope.modules_with_indices(folder).into_iter().filter_map(|(at, list)| {
        let at = at?;
        writer.set_prefix(format!("m{}-", at + 1));
        Some(ModuleList { body_html: writer.html(&scope.course.modules[at].body), ..list })
    });
    Print { modules: modules.collect(), lessons, scenarios: scope.scenario_links(folder) }
}
