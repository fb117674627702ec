//! What a site has besides its pages: `sitemap.xml`, `robots.txt`, and redirects at former addresses.

use std::fmt::Write as _;

use super::Purpose;
use super::course::Scope;
use super::language::LanguageContext;
use super::page::{FixedPage, Redirect};
use super::page_id::{PageId, path_to_root};
use crate::address::relative;
use crate::course::Course;
use crate::markdown::escape;
use crate::theme::{self, Theme};

/// The redirect at each former address, by its path.
///
/// # Errors
/// When the template fails.
pub(super) fn redirects(
    scope: &Scope<'_>,
    language: &LanguageContext<'_>,
    theme: &Theme,
) -> Result<Vec<(String, String)>, theme::Error> {
    let pages = aliases(scope).into_iter().map(|(folder, page_id)| {
        let redirect = Redirect {
            to: relative(&folder, &page_id.path(scope)),
            title: page_id.title(scope),
            url: page_id.url(scope),
        };
        let root = path_to_root(folder.matches('/').count());
        let mut context = language.for_page(&root);
        language.insert_frame(language, &mut context);
        context.insert("page", &FixedPage { home: format!("{root}{}", scope.folder), root });
        context.insert("redirect", &redirect);
        Ok((format!("{folder}index.html"), theme.render("redirect.html", &context)?))
    });
    pages.collect()
}

/// The URLs of the pages that search engines may list, if the site's address is known.
pub(super) fn addresses(scope: &Scope<'_>, pages: &[PageId]) -> Vec<String> {
    let listed = pages.iter().filter(|page_id| page_id.is_listed(scope));
    listed.filter_map(|page_id| page_id.url(scope)).collect()
}

/// `robots.txt`, and `sitemap.xml` if the URLs are known.
pub(super) fn for_robots(
    course: &Course,
    purpose: Purpose,
    mut urls: Vec<String>,
) -> Vec<(&'static str, String)> {
    urls.sort();
    let base = course.settings.url.as_ref().filter(|_| purpose == Purpose::Publish);
    let line = base.map(|url| format!("Sitemap: {}/sitemap.xml\n", url.trim_end_matches('/')));
    let map = line.is_some().then(|| ("sitemap.xml", sitemap(&urls)));
    let text = format!("User-agent: *\nAllow: /\n{}", line.unwrap_or_default());
    map.into_iter().chain([("robots.txt", text)]).collect()
}

/// Every former address, as a folder that ends in a slash, with the page that it redirects to.
pub(super) fn aliases(scope: &Scope<'_>) -> Vec<(String, PageId)> {
    let folder = |kind: &str, alias: &String| format!("{}{kind}/{alias}/", scope.folder);
    let mut all = Vec::new();
    if scope.packaged {
        return all;
    }
    for &at in &scope.lessons {
        let aliases = &scope.course.lessons[at].aliases;
        all.extend(aliases.iter().map(|alias| (folder("lessons", alias), PageId::Lesson(at))));
    }
    for &at in &scope.scenarios {
        let aliases = &scope.course.scenarios[at].aliases;
        all.extend(aliases.iter().map(|alias| (folder("scenarios", alias), PageId::Scenario(at))));
    }
    all
}

/// In the form of sitemaps.org, without dates: two builds of one course are the same.
fn sitemap(urls: &[String]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for url in urls {
        writeln!(xml, "<url><loc>{}</loc></url>", escape(url)).expect("writing to a string cannot fail");
    }
    xml.push_str("</urlset>\n");
    xml
}
