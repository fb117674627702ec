//! A site that is ready to render: everything that its pages share is made, once per language, and no page yet.

use std::borrow::Cow;
use std::sync::Arc;

use super::course::Scope;
use super::language::{Language, LanguageContext, SiteContext};
use super::names::{PublishedNames, SharedFiles};
use super::place::Place;
use super::portrait::Portraits;
use super::{Error, Purpose, desk, languages, look_through, parts_scripts, shared, sitemap};
use crate::course::Course;
use crate::files::Content;
use crate::load::Loaded;
use crate::markdown::{Links, PageFindings};
use crate::search::{self, Run, Section, lesson_sections, scenario_section};
use crate::theme::{Strings, Theme};

/// Roughly the bytes that a scenario shows before its first choice: summary, role, goal, and the first moment.
const OPENING: usize = 600;

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
    places: Vec<Place>,
    links: Links,
    /// With the words of the language.
    own: Words<'a>,
    /// With the words of the original, for pages that are not translated.
    original: Option<Words<'a>>,
}

/// A theme's words, and what all pages in that language have in common.
struct Words<'a> {
    theme: &'a Theme,
    context: LanguageContext<'a>,
}

/// A page with the files beside it, and the findings from making it.
pub(super) struct RenderedPage {
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) findings: PageFindings,
    /// What the search finds there, if requested.
    pub(super) sections: Vec<Section>,
}

/// Pages that are made one after the other, and their part of the index.
pub(super) struct PageRun {
    pub(super) places: Vec<Place>,
    pub(super) index: Option<Run>,
}

impl<'a> Site<'a> {
    /// Makes what the pages share.
    ///
    /// # Errors
    /// When the theme cannot be used, or fails there.
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
            name: theme.strings().own("name").unwrap_or_else(|| theme.strings().language().to_owned()),
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
        // What is not translated has the original's parts and debrief.
        let (mut originals_names, mut all) = (None, Vec::new());
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
            let originals_names = originals_names.get_or_insert(names);
            if !std::ptr::eq(theme, original) {
                let mut context =
                    LanguageContext::new(&language.scope, &language.places, original, context.clone())?;
                context.set_files(originals_names);
                context.render_fixed(&language.scope, original)?;
                language.original = Some(Words { theme: original, context });
            }
            if is_shown(language.scope.course) {
                all.push(language);
            }
        }
        if matches!(purpose, Purpose::Package { .. }) {
            return Ok(Self { loaded, purpose, languages: all, shared: files });
        }
        let urls = all.iter().flat_map(|language| sitemap::addresses(&language.scope, &language.places));
        for (path, text) in sitemap::for_robots(course, purpose, urls.collect()) {
            files.push((path.to_owned(), text.into_bytes().into()));
        }
        // GitHub Pages would otherwise omit what its own generator considers private.
        files.push((".nojekyll".to_owned(), Arc::default()));
        Ok(Self { loaded, purpose, languages: all, shared: files })
    }

    /// Makes the file at `path`: a page or a file beside one, a redirect, or what pages share. `None` if there is none.
    ///
    /// # Errors
    /// When the theme fails there.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.made(path)?.map(|(bytes, _)| bytes))
    }

    /// The same, with the findings from making the page.
    ///
    /// # Errors
    /// When the theme fails there.
    pub fn made(&self, path: &str) -> Result<Option<(Vec<u8>, PageFindings)>, Error> {
        let plain = |bytes| Some((bytes, PageFindings::default()));
        let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
        for language in &self.languages {
            let page = language.page_at(path).or_else(|| language.page_at(&format!("{folder}index.html")));
            if let Some(place) = page {
                let page = self.page(language, place, false)?;
                if let Some((_, bytes)) = page.files.into_iter().find(|(known, _)| known == path) {
                    return Ok(Some((bytes, page.findings)));
                }
            }
            if sitemap::aliases(&language.scope).iter().any(|(alias, _)| alias == folder) {
                let redirects = language.redirects()?;
                if let Some((_, page)) = redirects.into_iter().find(|(known, _)| known == path) {
                    return Ok(plain(page.into_bytes()));
                }
            }
        }
        let shared = self.shared.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.to_vec());
        if shared.is_some() {
            return Ok(shared.and_then(plain));
        }
        let asset = path.strip_prefix("assets/").map(|path| format!("content/{path}"));
        let asset = asset.and_then(|source| self.loaded.assets.get(&source));
        let bytes = asset.map(Content::read).transpose().map_err(|error| Error::Sink(error.into()))?;
        Ok(bytes.map(Cow::into_owned).and_then(plain))
    }

    /// Whether there is a page at `path`.
    pub fn has_page(&self, path: &str) -> bool {
        self.languages.iter().any(|language| language.page_at(path).is_some())
    }

    /// Makes a page; `found` requests what the search finds there.
    pub(super) fn page(
        &self,
        language: &SiteLanguage<'_>,
        place: Place,
        found: bool,
    ) -> Result<RenderedPage, Error> {
        let SiteLanguage { scope, links, own, original, .. } = language;
        // An untranslated page is in the original's language, in the frame of the chosen one.
        let words = original.as_ref().filter(|_| !place.speaks(scope.course)).unwrap_or(own);
        let shared = shared(self.loaded, links, self.purpose, words.theme.strings());
        let writer = place.writer(scope, &shared);
        let mut writer = if found { writer.found() } else { writer };
        let context = place.context(scope, &words.context, &own.context, &mut writer);
        let files = place.files(writer.folder(), words.theme, context, self.purpose)?;
        let mut findings = writer.finish();
        let parts = std::mem::take(&mut findings.parts);
        let sections = match place {
            Place::Lesson(at) if found => lesson_sections(scope.course, &scope.course.lessons[at], parts),
            Place::Scenario(at) if found => vec![scenario_section(scope.course, &scope.course.scenarios[at])],
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
        // The longest page first: otherwise it would be made alone at the end.
        let mut places = Vec::from_iter(scope.print.then_some(Place::Print));
        places.extend(Place::all(&scope, theme.has("lessons.html")));
        places.extend(scope.search.then_some(Place::Search));
        let context = LanguageContext::new(&scope, &places, theme, site.clone())?;
        let links = Links::new(course, &loaded.sources).expecting(loaded.page_files());
        Ok(Self { scope, places, links, own: Words { theme, context }, original: None })
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

    fn page_at(&self, path: &str) -> Option<Place> {
        Place::at(&self.scope, &self.places, path)
    }

    /// All pages. Those that the search finds come in runs, each of which fills a part of the index.
    pub(super) fn runs(&self) -> Vec<PageRun> {
        let is_found = |place: &&Place| self.scope.search && place.is_found();
        let (found, others): (Vec<&Place>, Vec<&Place>) = self.places.iter().partition(is_found);
        let lengths: Vec<usize> = found.iter().map(|place| self.length(**place)).collect();
        let found = search::runs(&lengths).into_iter().enumerate().map(|(number, run)| PageRun {
            places: found[run].iter().map(|place| **place).collect(),
            index: Some(Run::new(number)),
        });
        let others = others.into_iter().map(|place| PageRun { places: vec![*place], index: None });
        others.chain(found).collect()
    }

    fn length(&self, place: Place) -> usize {
        match place {
            Place::Lesson(at) => self.scope.course.lessons[at].body.markdown.len(),
            _ => OPENING,
        }
    }

    /// A page for each former address, by its path.
    pub(super) fn redirects(&self) -> Result<Vec<(String, String)>, Error> {
        Ok(sitemap::redirects(&self.scope, &self.own.context, self.own.theme)?)
    }

    /// Checks the lessons and scenarios that are not shown.
    pub(super) fn look_through_hidden(&self, loaded: &Loaded) -> PageFindings {
        let all = Scope::of(self.scope.original, self.scope.course, Purpose::Serve);
        let lessons = all.lessons.iter().filter(|&&at| self.scope.number(at) == 0);
        let scenarios = all.scenarios.iter().filter(|at| self.scope.scenarios.binary_search(at).is_err());
        let places = lessons.map(|&at| Place::Lesson(at)).chain(scenarios.map(|&at| Place::Scenario(at)));
        let shared = shared(loaded, &self.links, Purpose::Serve, self.own.theme.strings());
        look_through(&all, &shared, places.collect())
    }
}
