//! The parts of the template context that all pages in one language share: the site, the words, the theme's options, the
//! names of files, and the table of contents. Made once per language, before the first page.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use tera::{Context, Value};

use super::course::Scope;
use super::names::PublishedNames;
use super::page::{FixedPage, Frame, SiteInfo};
use super::page_id::{PageId, path_to_root};
use super::{Purpose, sitemap};
use crate::address::relative;
use crate::asset::Assets;
use crate::course::Course;
use crate::markdown::picture_path;
use crate::path::slashed;
use crate::source::{FileId, SourceMap};
use crate::theme::{self, Strings, Theme};

/// What the pages in every language are made from.
#[derive(Clone)]
pub(super) struct SiteContext<'a> {
    /// The original first.
    pub(super) languages: Arc<[Language<'a>]>,
    pub(super) sources: &'a SourceMap,
    pub(super) assets: &'a Assets,
    pub(super) purpose: Purpose,
}

/// A language of the site.
pub(super) struct Language<'a> {
    pub(super) course: &'a Course,
    /// Its name in the language itself.
    pub(super) name: String,
    /// The folder of its pages.
    pub(super) folder: String,
}

/// The context that all pages in one language share.
pub(super) struct LanguageContext<'a> {
    pub(super) site: SiteContext<'a>,
    pub(super) strings: &'a Strings,
    /// `site`, `strings`, `options` and `files`.
    shared: Context,
    /// `site` with a policy that allows the inline style and script of the page for missing addresses.
    pub(super) styled_site: Value,
    /// The style of the page for missing addresses.
    pub(super) not_found_style: String,
    /// The script of that page, which finds the course if the site's address is not known.
    pub(super) not_found_script: String,
    /// The URL of the site's root on the page for missing addresses; empty if it is not known.
    pub(super) not_found_root: String,
    /// The table of contents by the depth of the page, as its links are relative; empty if no template reads it.
    navs: Vec<Value>,
    /// The largest number of folders that a page or a redirect is in.
    deepest: usize,
    /// The rendered fixed partials, by the URL of the site's root on the page.
    fixed: BTreeMap<String, Value>,
}

impl<'a> LanguageContext<'a> {
    /// # Errors
    /// When the theme's `not-found.css` cannot be rendered.
    pub(super) fn new(
        scope: &Scope<'_>,
        pages: &[PageId],
        theme: &'a Theme,
        site: SiteContext<'a>,
    ) -> Result<Self, theme::Error> {
        let plain_site = site_info(scope.course, theme, &site);
        let style_context = Context::from_serialize(&plain_site).unwrap_or_default();
        let not_found_style = theme.render("not-found.css", &style_context)?;
        let not_found_script = theme.render("not-found.js", &style_context)?;
        let hash = |text: &str| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let mut styled_site = plain_site.clone();
        styled_site.policy = policy("'self'", &hash(&not_found_script), &hash(&not_found_style));
        let mut shared = Context::new();
        shared.insert("site", &plain_site);
        shared.insert("strings", theme.strings().tree());
        shared.insert("options", theme.option_values());
        let former = sitemap::aliases(scope).into_iter().map(|(folder, _)| folder);
        let folders = pages.iter().map(|page_id| page_id.folder(scope)).chain(former);
        let deepest = folders.map(|folder| folder.matches('/').count()).max().unwrap_or_default();
        let depths = if theme.reads("nav") { 0..deepest + 1 } else { 0..0 };
        // A folder of that depth that shares no part with a page, so that no URL is shortened.
        let nav = |depth| Value::from_serializable(&scope.modules(&"-/".repeat(depth)));
        let not_found_root = match site.purpose {
            Purpose::Publish | Purpose::Package { .. } => absolute_root(scope.course.settings.url.as_deref()),
            Purpose::Serve => "/".to_owned(),
        };
        Ok(Self {
            site,
            strings: theme.strings(),
            shared,
            styled_site: Value::from_serializable(&styled_site),
            not_found_style,
            not_found_script,
            not_found_root,
            navs: depths.map(nav).collect(),
            deepest,
            fixed: BTreeMap::new(),
        })
    }

    /// Gives templates the names of files.
    pub(super) fn set_files(&mut self, names: &PublishedNames) {
        self.shared.insert("files", names.files());
    }

    /// Renders the partials in `partials/fixed/`, once the names of files are known.
    ///
    /// # Errors
    /// When such a partial fails: of the page, it may read only `page.root` and `page.home`.
    pub(super) fn render_fixed(&mut self, scope: &Scope<'_>, theme: &Theme) -> Result<(), theme::Error> {
        let depths = (0..=self.deepest).map(|depth| (path_to_root(depth), self.nav(depth)));
        let anywhere = (self.not_found_root.clone(), Some(Value::from(Vec::<Value>::new())));
        for (root, nav) in depths.chain([anywhere]).collect::<Vec<_>>() {
            let mut context = self.shared();
            self.insert_frame(self, &mut context);
            context
                .insert("page", &FixedPage { home: format!("{root}{}", scope.folder), root: root.clone() });
            nav.into_iter().for_each(|nav| context.insert_value("nav", nav));
            let partials = theme.fixed_partials().map(|(name, template)| {
                Ok((name.to_owned(), Value::safe_string(&theme.render(template, &context)?)))
            });
            let partials = partials.collect::<Result<BTreeMap<_, _>, theme::Error>>()?;
            self.fixed.insert(root, Value::from(partials));
        }
        Ok(())
    }

    /// The context of every template.
    pub(super) fn shared(&self) -> Context {
        self.shared.clone()
    }

    /// The context of every page; `root` is the URL of the site's root on that page.
    pub(super) fn for_page(&self, root: &str) -> Context {
        let mut context = self.shared();
        if let Some(fixed) = self.fixed.get(root) {
            context.insert_value("fixed", fixed.clone());
        }
        context
    }

    /// The table of contents for a page at this depth.
    pub(super) fn nav(&self, depth: usize) -> Option<Value> {
        self.navs.get(depth).cloned()
    }

    /// Adds the words and the language of the header and the footer. The `page` between them may be in another language.
    pub(super) fn insert_frame(&self, page: &Self, context: &mut Context) {
        let language = self.strings.language();
        let frame = Frame {
            language: language.to_owned(),
            dir: self.strings.dir().to_owned(),
            foreign: language != page.strings.language(),
        };
        context.insert("frame", &frame);
        if let Some(strings) = self.shared.get("strings") {
            context.insert_value("shell", strings.clone());
        }
    }

    /// The URL for editing a file.
    pub(super) fn edit(&self, scope: &Scope<'_>, file: FileId) -> Option<String> {
        let path = relative("", &slashed(self.site.sources.path(file)));
        Some(scope.course.settings.edit.as_ref()?.replace("{path}", &path))
    }
}

/// The path of the site's root from its address, for the page for missing addresses: hosts show it at any depth, so a
/// relative URL would be wrong. Empty if the address is not known; templates then leave such links out.
fn absolute_root(url: Option<&str>) -> String {
    let path = url
        .and_then(|url| url.split_once("://"))
        .map(|(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    match path.map(|path| path.trim_matches('/')) {
        None => String::new(),
        Some("") => "/".to_owned(),
        Some(path) => format!("/{path}/"),
    }
}

/// The template variable `site`.
fn site_info(course: &Course, theme: &Theme, site: &SiteContext<'_>) -> SiteInfo {
    let (settings, strings) = (&course.settings, theme.strings());
    let serving = site.purpose == Purpose::Serve;
    SiteInfo {
        title: settings.title.clone(),
        id: settings.id.clone(),
        description: settings.description.clone(),
        language: strings.language().to_owned(),
        dir: strings.dir().to_owned(),
        digits: strings.digits().to_owned(),
        branded: theme.has_brand_style(),
        logo: settings.brand.logo.as_deref().map(|logo| picture_path(site.assets, logo, site.purpose)),
        footer: settings.brand.footer.clone(),
        policy: policy(if serving { "'self'" } else { "'none'" }, "", ""),
        lessons: course.lessons.iter().any(|lesson| serving || !lesson.draft),
        scenarios: course.scenarios.iter().any(|scenario| serving || !scenario.draft),
        search: !serving && settings.search,
        serving,
        package: matches!(site.purpose, Purpose::Package { .. }),
        alone: site.purpose.is_standalone(),
        feedback: settings.feedback.name().to_owned(),
        certificate: settings.certificate.name().to_owned(),
        reporting: settings.reporting.name().to_owned(),
        desk: settings.desk,
    }
}

/// The content security policy of a page: it loads nothing from elsewhere, runs nothing inline, and lets scripts insert only
/// markup that the build rendered. `connect` is the source that the page may connect to: under `serve` the server itself,
/// for the launch page of a cmi5 package its platform. The page for missing addresses asks its server where the course is,
/// and has an inline script and style, which the two hashes allow (each with a space before it, or empty).
pub(super) fn policy(connect: &str, script_hash: &str, style_hash: &str) -> String {
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{script_hash}"),
        &format!("style-src 'self'{style_hash}"),
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        &format!("connect-src {connect}"),
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types amends amends-parts",
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_shown_at_any_address_finds_the_root() {
        assert_eq!(absolute_root(None), "");
        assert_eq!(absolute_root(Some("https://example.org")), "/");
        assert_eq!(absolute_root(Some("https://example.org/course/")), "/course/");
    }
}
