//! The pages of a site: the path of each, its template, and the context of the template.

use tera::Context;

use super::course::Scope;
use super::language::LanguageContext;
use super::page::{Alternate, Catalog, Desk, Home, Lesson, PageInfo, Preview, Print, Record, Scenario};
use super::{Purpose, catalog, desk, lesson, parts_scripts, print, story};
use crate::address::relative;
use crate::asset::can_be_preview;
use crate::course::{Course, Node, Portrait, Story};
use crate::markdown::{Writer, WriterContext, picture_path};
use crate::source::FileId;
use crate::theme::{self, Theme};

/// Identifies a page of a site. Numbers are indices into the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PageId {
    Home,
    Lessons,
    Lesson(usize),
    Scenario(usize),
    Record,
    Catalog,
    Search,
    Print,
    Desk,
    NotFound,
}

/// The template variable that only one kind of page has: `home`, `lesson`, `scenario` and so on.
#[derive(Debug)]
pub(super) enum PageBody {
    Home(Box<Home>),
    Lesson(Box<Lesson>),
    Scenario(Box<Scenario>),
    Record(Box<Record>),
    Catalog(Box<Catalog>),
    Print(Box<Print>),
    Desk(Box<Desk>),
    /// A page whose whole text comes from the theme.
    Bare,
}

impl PageId {
    /// Every page of the course in `scope`, except for the search and the page to print. `lessons` adds the list of lessons.
    pub(super) fn all(scope: &Scope<'_>, lessons: bool) -> Vec<Self> {
        let scenarios = scope.scenarios.iter().map(|&scenario| Self::Scenario(scenario));
        if scope.standalone {
            return scenarios.collect();
        }
        let mut pages = vec![Self::Home, Self::Record, Self::Catalog];
        // A host uses only one page for missing addresses.
        pages.extend((scope.folder.is_empty() && !scope.packaged).then_some(Self::NotFound));
        pages.extend(lessons.then_some(Self::Lessons));
        pages.extend(scope.course.settings.desk.then_some(Self::Desk));
        pages.extend(scope.lessons.iter().map(|&lesson| Self::Lesson(lesson)));
        pages.extend(scenarios);
        pages
    }

    /// Whether the search index contains it.
    pub(super) fn is_searchable(self) -> bool {
        matches!(self, Self::Lesson(_) | Self::Scenario(_))
    }

    /// The one of these pages that is at `path`. Looks lessons and scenarios up by the slug in the path, as a course can
    /// have thousands of pages.
    pub(super) fn find(scope: &Scope<'_>, pages: &[Self], path: &str) -> Option<Self> {
        let named =
            |kind: &str| path.strip_prefix(&scope.folder)?.strip_prefix(kind)?.strip_suffix("/index.html");
        let page = if let Some(slug) = named("lessons/") {
            Self::Lesson(scope.course.lessons.iter().position(|lesson| lesson.slug == slug)?)
        } else if let Some(slug) = named("scenarios/") {
            Self::Scenario(scope.course.scenarios.iter().position(|scenario| scenario.slug == slug)?)
        } else {
            let single = |page: &&Self| !matches!(page, Self::Lesson(_) | Self::Scenario(_));
            return pages.iter().filter(single).find(|page| page.path(scope) == path).copied();
        };
        pages.contains(&page).then_some(page)
    }

    /// The page's folder: empty for the root, else ending in a slash.
    pub(super) fn folder(self, scope: &Scope<'_>) -> String {
        let inside = match self {
            Self::Home | Self::NotFound => "",
            Self::Lesson(at) => &format!("lessons/{}/", scope.course.lessons[at].slug),
            Self::Scenario(at) => &format!("scenarios/{}/", scope.course.scenarios[at].slug),
            _ => &format!("{}/", self.kind()),
        };
        format!("{}{inside}", scope.folder)
    }

    /// Whether the page is in the language of this course. Otherwise its translation is missing, and the original is shown.
    pub(super) fn is_in_language_of(self, course: &Course) -> bool {
        course.settings.folder().is_empty()
            || match self {
                Self::Lesson(at) => course.lessons[at].language.is_some(),
                Self::Scenario(at) => course.scenarios[at].language.is_some(),
                _ => true,
            }
    }

    /// The same page in every language of the site.
    fn alternates(self, scope: &Scope<'_>, folder: &str, language: &LanguageContext<'_>) -> Vec<Alternate> {
        let languages = &language.site.languages;
        if self == Self::NotFound || languages.len() < 2 {
            return Vec::new();
        }
        let path = self.path(scope);
        let bare = path.strip_prefix(&scope.folder).unwrap_or(&path);
        let each = languages.iter().map(|language| {
            let path = format!("{}{bare}", language.folder);
            let absolute =
                scope.course.settings.url.as_ref().filter(|_| self.is_in_language_of(language.course));
            Alternate {
                language: language.course.settings.language.clone(),
                name: language.name.clone(),
                url: relative(folder, &path),
                absolute: absolute.map(|url| {
                    format!("{}/{}", url.trim_end_matches('/'), path.trim_end_matches("index.html"))
                }),
                current: language.folder == scope.folder,
            }
        });
        each.collect()
    }

    /// The page's path in the site.
    pub(super) fn path(self, scope: &Scope<'_>) -> String {
        self.folder(scope) + self.file()
    }

    /// The name of its file.
    fn file(self) -> &'static str {
        if self == Self::NotFound { "404.html" } else { "index.html" }
    }

    /// The page's canonical URL, if the site's address is known.
    pub(super) fn url(self, scope: &Scope<'_>) -> Option<String> {
        let base = scope.base.as_ref().filter(|_| self != Self::NotFound)?;
        Some(format!("{base}{}", self.folder(scope)))
    }

    /// Whether search engines may list it.
    pub(super) fn is_listed(self, scope: &Scope<'_>) -> bool {
        match self {
            Self::Home | Self::Lessons | Self::Catalog => true,
            Self::Scenario(at) => !scope.course.scenarios[at].draft && self.is_in_language_of(scope.course),
            // The original, shown in place of a missing translation, is listed at its own address.
            Self::Lesson(at) => !scope.course.lessons[at].draft && self.is_in_language_of(scope.course),
            Self::Record | Self::Desk | Self::Search | Self::Print | Self::NotFound => false,
        }
    }

    /// The picture that other sites show with a link to the page: the scenario's own (see [`first_picture`]), else the
    /// site's.
    fn preview(self, scope: &Scope<'_>, language: &LanguageContext<'_>) -> Option<Preview> {
        let assets = language.site.assets;
        let own = match self {
            Self::Scenario(at) => first_picture(&scope.course.scenarios[at].story),
            _ => None,
        };
        let own = own.map(|path| format!("content/{path}"));
        let source = own.as_ref().or(scope.original.settings.brand.preview.as_ref())?;
        let path = relative("", &picture_path(assets, source, Purpose::Publish));
        let size = assets.size(source);
        let (width, height) = size.map(|size| (size.width, size.height)).unzip();
        Some(Preview { url: format!("{}{path}", scope.base.as_ref()?), width, height })
    }

    /// The page's own title.
    pub(super) fn title(self, scope: &Scope<'_>) -> String {
        match self {
            Self::Lesson(at) => scope.course.lessons[at].title.clone(),
            Self::Scenario(at) => scope.course.scenarios[at].title.clone(),
            _ => scope.course.home.title.clone(),
        }
    }

    /// The source file of the page.
    fn source(self, scope: &Scope<'_>) -> Option<FileId> {
        match self {
            Self::Lesson(at) => Some(scope.course.lessons[at].file),
            Self::Scenario(at) => Some(scope.course.scenarios[at].file),
            // Without an `index.md` there is no text, and no file.
            Self::Home => Some(scope.course.home.body.span).filter(|span| span.end > 0).map(|span| span.file),
            Self::Lessons | Self::Record | Self::Catalog => None,
            Self::Desk | Self::Search | Self::Print | Self::NotFound => None,
        }
    }

    pub(super) fn writer<'a>(self, scope: &Scope<'_>, context: &'a WriterContext<'a>) -> Writer<'a> {
        let draft = match self {
            Self::Lesson(at) => scope.course.lessons[at].draft,
            Self::Scenario(at) => scope.course.scenarios[at].draft,
            _ => false,
        };
        Writer::new(context, &self.folder(scope), draft)
    }

    /// Renders the page, which is in `folder`, and for a scenario the scripts beside it: each file by its path in the site.
    pub(super) fn render(
        self,
        folder: &str,
        theme: &Theme,
        mut context: Context,
        purpose: Purpose,
    ) -> Result<Vec<(String, Vec<u8>)>, theme::Error> {
        let mut beside = Vec::new();
        if matches!(self, Self::Scenario(_)) {
            beside = parts_scripts::of_scenario(theme, &mut context, purpose)?;
        }
        let page = theme.render(&format!("{}.html", self.kind()), &context)?;
        let mut files = vec![([folder, self.file()].concat(), page.into_bytes())];
        files.extend(beside.into_iter().map(|(name, text)| ([folder, &name].concat(), text.into_bytes())));
        Ok(files)
    }

    /// The context of the page's template. `language` is that of the page itself, `chosen` the one that the visitor chose,
    /// in which the header and the footer are.
    pub(super) fn context(
        self,
        scope: &Scope<'_>,
        language: &LanguageContext<'_>,
        chosen: &LanguageContext<'_>,
        writer: &mut Writer<'_>,
    ) -> Context {
        let folder = writer.folder().to_owned();
        let body = self.body(scope, writer);
        let mut context = language.for_page(&self.root(&folder, language));
        chosen.insert_frame(language, &mut context);
        context.insert("page", &self.page_info(scope, &folder, &body, language));
        if self == Self::NotFound {
            context.insert_value("site", language.styled_site.clone());
        } else if let Some(nav) = language.nav(folder.matches('/').count()) {
            context.insert_value("nav", nav);
        }
        match &body {
            PageBody::Home(home) => context.insert("home", home),
            PageBody::Lesson(lesson) => context.insert("lesson", lesson),
            PageBody::Scenario(scenario) => context.insert("scenario", scenario),
            PageBody::Record(record) => context.insert("record", record),
            PageBody::Catalog(catalog) => context.insert("catalog", catalog),
            PageBody::Print(print) => context.insert("print", print),
            PageBody::Desk(desk) => context.insert("desk", desk),
            PageBody::Bare => {}
        }
        context
    }

    /// Writes the author's part of the page.
    pub(super) fn body(self, scope: &Scope<'_>, writer: &mut Writer<'_>) -> PageBody {
        let folder = writer.folder().to_owned();
        match self {
            Self::Home => PageBody::Home(Box::new(scope.home(writer))),
            Self::Lesson(at) => PageBody::Lesson(Box::new(lesson::lesson(scope, at, &folder, writer))),
            Self::Scenario(at) => PageBody::Scenario(Box::new(story::scenario(scope, at, &folder, writer))),
            Self::Record => PageBody::Record(Box::new(scope.record(&folder, writer))),
            Self::Catalog => PageBody::Catalog(Box::new(catalog::catalog(scope, &folder))),
            Self::Print => PageBody::Print(Box::new(print::print(scope, &folder, writer))),
            Self::Desk => PageBody::Desk(Box::new(desk::desk(scope, &folder))),
            Self::Lessons | Self::Search | Self::NotFound => PageBody::Bare,
        }
    }

    /// The relative URL of the site's root on the page, which is in `folder`.
    fn root(self, folder: &str, language: &LanguageContext<'_>) -> String {
        match self {
            Self::NotFound => language.not_found_root.clone(),
            _ => path_to_root(folder.matches('/').count()),
        }
    }

    fn page_info(
        self,
        scope: &Scope<'_>,
        folder: &str,
        body: &PageBody,
        language: &LanguageContext<'_>,
    ) -> PageInfo {
        let (title, description) = match body {
            PageBody::Home(home) => (home.title.clone(), &home.summary),
            PageBody::Lesson(lesson) => (lesson.title.clone(), &lesson.summary),
            PageBody::Scenario(scenario) => (scenario.title.clone(), &scenario.summary),
            _ => (language.strings.get(self.title_key()), &scope.course.settings.description),
        };
        let description =
            if description.is_empty() { &scope.course.settings.description } else { description };
        let root = self.root(folder, language);
        let missing = |text: &String| if self == Self::NotFound { text.clone() } else { String::new() };
        let listed = self.is_listed(scope);
        PageInfo {
            home: format!("{root}{}", scope.folder),
            languages: self.alternates(scope, folder, language),
            root,
            title,
            description: description.clone(),
            kind: self.kind().to_owned(),
            url: self.url(scope).filter(|_| listed),
            preview: self.preview(scope, language).filter(|_| listed),
            listed,
            edit: self.source(scope).and_then(|file| language.edit(scope, file)),
            style: missing(&language.not_found_style),
            script: missing(&language.not_found_script),
        }
    }

    /// The key of the title of a page without a source file, in the theme's words.
    fn title_key(self) -> &'static str {
        match self {
            Self::Record => "nav.record",
            Self::Catalog => "catalog.title",
            Self::Print => "print.title",
            Self::Desk => "desk.title",
            Self::NotFound => "not_found.title",
            Self::Search => "search.title",
            _ => "nav.lessons",
        }
    }

    /// The name of its template, without `.html`; templates read it as `page.kind`.
    fn kind(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Lessons => "lessons",
            Self::Lesson(_) => "lesson",
            Self::Scenario(_) => "scenario",
            Self::Record => "record",
            Self::Catalog => "catalog",
            Self::Search => "search",
            Self::Print => "print",
            Self::Desk => "desk",
            Self::NotFound => "not-found",
        }
    }
}

/// The relative URL of the site's root on a page that is this many folders below it.
pub(super) fn path_to_root(depth: usize) -> String {
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// The picture of a story's first moment, else of its customer, if other sites can show it.
fn first_picture(story: &Story) -> Option<&str> {
    let moment = match &story.nodes[story.start] {
        Node::Decision(decision) => decision.media.as_ref(),
        Node::Ending(_) => None,
    };
    let portrait = story.customer.portrait.as_ref().and_then(|portrait| match portrait {
        Portrait::Picture(picture) => Some(picture),
        Portrait::Drawn(_) => None,
    });
    let pictures = moment.into_iter().chain(portrait);
    pictures.map(|picture| picture.path.as_str()).find(|path| can_be_preview(path))
}
