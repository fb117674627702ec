//! What stands around the pages: the site map and the word to robots, and pages at former addresses.

use std::fmt::Write as _;

use tera::Context;

use super::course::Scope;
use super::page::Redirect;
use super::place::{Globals, Place};
use crate::markdown::relative;
use crate::output::Output;
use crate::theme::{self, Theme};

/// Adds them to a site.
///
/// # Errors
/// When the template fails.
pub(super) fn add(
    scope: &Scope<'_>,
    globals: &Globals,
    places: &[Place],
    theme: &Theme,
    output: &mut Output,
) -> Result<(), theme::Error> {
    for (alias, place) in aliases(scope) {
        let folder = format!("{alias}/");
        let redirect = Redirect {
            to: relative(&folder, &place.path(scope)),
            title: place.title(scope),
            url: place.url(scope),
        };
        let mut context = Context::new();
        globals.fill(&mut context);
        context.insert("redirect", &redirect);
        output.insert(format!("{folder}index.html"), theme.render("redirect.html", &context)?.into_bytes());
    }
    let mut urls: Vec<String> =
        places.iter().filter(|place| place.is_listed(scope)).filter_map(|place| place.url(scope)).collect();
    urls.sort();
    if !urls.is_empty() {
        output.insert("sitemap.xml", sitemap(&urls).into_bytes());
    }
    let at = scope.base.as_deref().map(|base| format!("Sitemap: {base}sitemap.xml\n")).unwrap_or_default();
    output.insert("robots.txt", format!("User-agent: *\nAllow: /\n{at}").into_bytes());
    Ok(())
}

/// Every former address, as a folder, with the page that it leads to.
fn aliases(scope: &Scope<'_>) -> Vec<(String, Place)> {
    let mut all = Vec::new();
    for &at in &scope.lessons {
        let aliases = &scope.course.lessons[at].aliases;
        all.extend(aliases.iter().map(|alias| (format!("lessons/{alias}"), Place::Lesson(at))));
    }
    for (at, scenario) in scope.course.scenarios.iter().enumerate() {
        let aliases = &scenario.aliases;
        all.extend(aliases.iter().map(|alias| (format!("scenarios/{alias}"), Place::Scenario(at))));
    }
    all
}

/// As sitemaps.org has it, without dates: two builds of one course are the same.
fn sitemap(urls: &[String]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in urls {
        let url = url.replace('&', "&amp;").replace('\'', "&apos;").replace('"', "&quot;");
        writeln!(xml, "<url><loc>{url}</loc></url>").expect("a text takes what is written");
    }
    xml.push_str("</urlset>\n");
    xml
}
