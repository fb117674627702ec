//! A site that is ready to render: everything that its pages share is made, once per language, and no page yet.

use std::borrow::Cow;
use std::sync::Arc;

use super::course::Scope;
use super::language::{Language, LanguageContext, SiteContext};
use super::names::{PublishedNames, SharedFiles};
use super::page_id::PageId;
use super::portrait::Portraits;
use super::{Error, Purpose, desk, findings_of, languages, parts_scripts, sitemap, writer_context};
use crate::course::Course;
use crate::files::Content;
use crate::load::Loaded;
use crate::markdown::{Links, PageFindings};
use crate::search::{self, Run, Section, lesson_sections, scenario_section};
use crate::theme::{Strings, Theme};

/// Roughly the number of bytes that a scenario shows before its first choice: summary, role, goal, and the first moment.
const OPENING_BYTES: usize = 600;

/// A site that is ready to render.
pub struct Site<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) purpose: Purpose,
    /// The original first.
    pub(super) languages: Vec<SiteLanguage<'a>>,
    /// The files that all pages share, by their paths.
    pub(super) shared: SharedFiles,
}

/// The pages of a site in one language.
pub(super) struct SiteLanguage<'a> {
    pub(super) scope: Scope<'a>,
    pages: Vec<PageId>,
    links: Links,
    /// In the language itself.
    own: ThemeContext<'a>,
    /// In the language of the original, for pages that are not translated; `None` for the original itself.
    original: Option<ThemeContext<'a>>,
}

/// A theme in one language, and what all pages in that language have in common.
struct ThemeContext<'a> {
    theme: &'a Theme,
    context: LanguageContext<'a>,
}

/// A page with the files beside it, and the findings from making it.
pub(super) struct RenderedPage {
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) findings: PageFindings,
    /// Its sections in the search index, if requested.
    pub(super) sections: Vec<Section>,
}

/// Pages that are made one after the other, and the part of the search index that they fill, if any.
pub(super) struct PageRun {
    pub(super) pages: Vec<PageId>,
    pub(super) index: Option<Run>,
}

impl<'a> Site<'a> {
    /// Makes what the pages share.
    ///
    /// # Errors
    /// When the theme cannot be used, or a template that all pages share fails.
    pub fn new(loaded: &'a Loaded, purpose: Purpose) -> Result<Self, Error> {
        Self::in_language(loaded, purpose, None)
    }

    /// The same in only one language of the course, if one is given.
    ///
    /// # Errors
    /// As for [`Site::new`].
    pub fn in_language(loaded: &'a Loaded, purpose: Purpose, chosen: Option<&str>) -> Result<Self, Error> {
        let is_shown = |course: &Course| chosen.is_none_or(|chosen| course.settings.language == chosen);
        let course = &loaded.course;
        let themes = loaded.themes.as_ref().map_err(Clone::clone)?;
        let original = &themes[0];
        let each = languages(course).zip(themes).filter(|(course, _)| is_shown(course));
        let each = each.map(|(course, theme)| Language {
            course,
            name: theme.strings().translated("name").unwrap_or_else(|| theme.strings().language().to_owned()),
            folder: course.settings.folder(),
        });
        let context = SiteContext {
            languages: each.collect(),
            sources: &loaded.sources,
            assets: &loaded.assets,
            purpose,
        };
        let (mut names, mut files) = PublishedNames::of(original, purpose);
        if let Some(script) = desk::history(loaded) {
            let name = names.add("history", "desk/history.js", script.as_bytes());
            files.push((name, script.into_bytes().into()));
        }
        // Untranslated pages use the scripts of the original, which is made first.
        let (mut names_of_original, mut all) = (None, Vec::new());
        let (portraits, drawn) = Portraits::of(languages(course), original, &loaded.assets, purpose)?;
        files.extend(drawn);
        for (course, theme) in languages(course).zip(themes) {
            let mut language = SiteLanguage::new(loaded, course, theme, &context)?;
            language.scope.portraits = portraits.clone();
            let mut names = names.clone();
            language.own.context.set_files(&names);
            for script in parts_scripts::shared(course, theme, &language.own.context)? {
                let name = names.add(script.key, &script.path, script.text.as_bytes());
                files.push((name, script.text.into_bytes().into()));
            }
            language.own.context.set_files(&names);
            language.own.context.render_fixed(&language.scope, theme)?;
            let names_of_original = names_of_original.get_or_insert(names);
            if !std::ptr::eq(theme, original) {
                let mut context =
                    LanguageContext::new(&language.scope, &language.pages, original, context.clone())?;
                context.set_files(names_of_original);
                context.render_fixed(&language.scope, original)?;
                language.original = Some(ThemeContext { theme: original, context });
            }
            if is_shown(language.scope.course) {
                all.push(language);
            }
        }
        if matches!(purpose, Purpose::Package { .. }) {
            return Ok(Self { loaded, purpose, languages: all, shared: files });
        }
        let urls = all.iter().flat_map(|language| sitemap::addresses(&language.scope, &language.pages));
        for (path, text) in sitemap::for_robots(course, purpose, urls.collect()) {
            files.push((path.to_owned(), text.into_bytes().into()));
        }
        // Without it, GitHub Pages omits files whose names start with an underscore.
        files.push((".nojekyll".to_owned(), Arc::default()));
        Ok(Self { loaded, purpose, languages: all, shared: files })
    }

    /// Makes the file at `path`: a page, a file beside one, a redirect, or a file that pages share. `None` if there is none.
    ///
    /// # Errors
    /// When a template fails, or an asset cannot be read.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.file_with_findings(path)?.map(|(bytes, _)| bytes))
    }

    /// The same, with the findings from making the page.
    ///
    /// # Errors
    /// As for [`Site::file`].
    pub fn file_with_findings(&self, path: &str) -> Result<Option<(Vec<u8>, PageFindings)>, Error> {
        let without_findings = |bytes| Some((bytes, PageFindings::default()));
        let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
        for language in &self.languages {
            let page = language.page_at(path).or_else(|| language.page_at(&format!("{folder}index.html")));
            if let Some(page_id) = page {
                let page = self.page(language, page_id, false)?;
                if let Some((_, bytes)) = page.files.into_iter().find(|(known, _)| known == path) {
                    return Ok(Some((bytes, page.findings)));
                }
            }
            if sitemap::aliases(&language.scope).iter().any(|(alias, _)| alias == folder) {
                let redirects = language.redirects()?;
                if let Some((_, page)) = redirects.into_iter().find(|(known, _)| known == path) {
                    return Ok(without_findings(page.into_bytes()));
                }
            }
        }
        let shared = self.shared.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.to_vec());
        if shared.is_some() {
            return Ok(shared.and_then(without_findings));
        }
        let asset = path.strip_prefix("assets/").map(|path| format!("content/{path}"));
        let asset = asset.and_then(|source| self.loaded.assets.get(&source));
        let bytes = asset.map(Content::read).transpose().map_err(|error| Error::Sink(error.into()))?;
        Ok(bytes.map(Cow::into_owned).and_then(without_findings))
    }

    /// Whether there is a page at `path`.
    pub fn has_page(&self, path: &str) -> bool {
        self.languages.iter().any(|language| language.page_at(path).is_some())
    }

    /// Makes a page, and its sections for the search index if it is `indexed`.
    pub(super) fn page(
        &self,
        language: &SiteLanguage<'_>,
        page_id: PageId,
        indexed: bool,
    ) -> Result<RenderedPage, Error> {
        let SiteLanguage { scope, links, own, original, .. } = language;
        // An untranslated page is in the language of the original; its header and footer are in the chosen language.
        let local = original.as_ref().filter(|_| !page_id.is_in_language_of(scope.course)).unwrap_or(own);
        let context = writer_context(self.loaded, links, self.purpose, local.theme.strings());
        let writer = page_id.writer(scope, &context);
        let mut writer = if indexed { writer.collecting_parts() } else { writer };
        let context = page_id.context(scope, &local.context, &own.context, &mut writer);
        let files = page_id.render(writer.folder(), local.theme, context, self.purpose)?;
        let mut findings = writer.finish();
        let parts = std::mem::take(&mut findings.parts);
        let sections = match page_id {
            PageId::Lesson(at) if indexed => lesson_sections(scope.course, &scope.course.lessons[at], parts),
            PageId::Scenario(at) if indexed => {
                vec![scenario_section(scope.course, &scope.course.scenarios[at])]
            }
            _ => Vec::new(),
        };
        Ok(RenderedPage { files, findings, sections })
    }
}

impl<'a> SiteLanguage<'a> {
    fn new(
        loaded: &'a Loaded,
        course: &'a Course,
        theme: &'a Theme,
        site: &SiteContext<'a>,
    ) -> Result<Self, Error> {
        let scope = Scope::of(&loaded.course, course, site.purpose);
        // The longest page first: at the end it would keep one thread busy while the others are idle.
        let mut pages = Vec::from_iter(scope.print.then_some(PageId::Print));
        pages.extend(PageId::all(&scope, theme.has("lessons.html")));
        pages.extend(scope.search.then_some(PageId::Search));
        let context = LanguageContext::new(&scope, &pages, theme, site.clone())?;
        let links = Links::new(course, &loaded.sources).expecting(loaded.page_files());
        Ok(Self { scope, pages, links, own: ThemeContext { theme, context }, original: None })
    }

    /// BCP 47.
    pub(super) fn language(&self) -> &str {
        self.own.theme.strings().language()
    }

    pub(super) fn strings(&self) -> &Strings {
        self.own.theme.strings()
    }

    pub(super) fn theme(&self) -> &Theme {
        self.own.theme
    }

    pub(super) fn context(&self) -> &LanguageContext<'a> {
        &self.own.context
    }

    fn page_at(&self, path: &str) -> Option<PageId> {
        PageId::find(&self.scope, &self.pages, path)
    }

    /// All pages, in runs. Those in the search index are grouped: each such run fills a part of the index.
    pub(super) fn runs(&self) -> Vec<PageRun> {
        let is_searchable = |page_id: &&PageId| self.scope.search && page_id.is_searchable();
        let (searchable, others): (Vec<&PageId>, Vec<&PageId>) = self.pages.iter().partition(is_searchable);
        let lengths: Vec<usize> = searchable.iter().map(|page_id| self.length(**page_id)).collect();
        let indexed = search::runs(&lengths).into_iter().enumerate().map(|(number, run)| PageRun {
            pages: searchable[run].iter().map(|page_id| **page_id).collect(),
            index: Some(Run::new(number)),
        });
        let others = others.into_iter().map(|page_id| PageRun { pages: vec![*page_id], index: None });
        others.chain(indexed).collect()
    }

    /// Roughly the number of bytes of text on a page.
    fn length(&self, page_id: PageId) -> usize {
        match page_id {
            PageId::Lesson(at) => self.scope.course.lessons[at].body.markdown.len(),
            _ => OPENING_BYTES,
        }
    }

    /// The redirect at each former address, by its path.
    pub(super) fn redirects(&self) -> Result<Vec<(String, String)>, Error> {
        Ok(sitemap::redirects(&self.scope, &self.own.context, self.own.theme)?)
    }

    /// Checks the lessons and scenarios that have no page in this build.
    pub(super) fn findings_of_hidden_pages(&self, loaded: &Loaded) -> PageFindings {
        let all = Scope::of(self.scope.original, self.scope.course, Purpose::Serve);
        let lessons = all.lessons.iter().filter(|&&at| self.scope.number(at) == 0);
        let scenarios = all.scenarios.iter().filter(|at| self.scope.scenarios.binary_search(at).is_err());
        let pages = lessons.map(|&at| PageId::Lesson(at)).chain(scenarios.map(|&at| PageId::Scenario(at)));
        let context = writer_context(loaded, &self.links, Purpose::Serve, self.own.theme.strings());
        findings_of(&all, &context, pages.collect())
    }
}
