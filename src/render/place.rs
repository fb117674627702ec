//! The pages of a site: the path of each, its template, and what the template gets.

use serde::Serialize;
use tera::Context;

use super::course::Scope;
use super::language::LanguageContext;
use super::page::{Alternate, Catalog, Desk, Home, Lesson, Page, Preview, Print, Record, Scenario};
use super::{Purpose, catalog, desk, lesson, parts_scripts, print, story};
use crate::address::relative;
use crate::asset::can_be_preview;
use crate::course::{Course, Node, Portrait, Story};
use crate::markdown::{Shared, Writer, shown};
use crate::source::FileId;
use crate::theme::{self, Theme};

/// One page. Numbers are indices into the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
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

/// What only one kind of page gets, under its own name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Body {
    Home(Box<Home>),
    Lesson(Box<Lesson>),
    Scenario(Box<Scenario>),
    Record(Box<Record>),
    Catalog(Box<Catalog>),
    Print(Box<Print>),
    Desk(Box<Desk>),
    /// A page whose words all come from the theme.
    Bare(()),
}

impl Place {
    /// Every page of the course.
    pub(super) fn all(scope: &Scope<'_>, lessons: bool) -> Vec<Self> {
        let scenarios = scope.scenarios.iter().map(|&scenario| Self::Scenario(scenario));
        if scope.alone {
            return scenarios.collect();
        }
        let mut places = vec![Self::Home, Self::Record, Self::Catalog];
        // A host uses only one page for missing addresses.
        places.extend((scope.folder.is_empty() && !scope.packaged).then_some(Self::NotFound));
        places.extend(lessons.then_some(Self::Lessons));
        places.extend(scope.course.settings.desk.then_some(Self::Desk));
        places.extend(scope.lessons.iter().map(|&lesson| Self::Lesson(lesson)));
        places.extend(scenarios);
        places
    }

    /// Whether the search finds it.
    pub(super) fn is_found(self) -> bool {
        matches!(self, Self::Lesson(_) | Self::Scenario(_))
    }

    /// The page among these at `path`. A course can have thousands, so the names in the path lead there.
    pub(super) fn at(scope: &Scope<'_>, places: &[Self], path: &str) -> Option<Self> {
        let named =
            |kind: &str| path.strip_prefix(&scope.folder)?.strip_prefix(kind)?.strip_suffix("/index.html");
        let place = if let Some(slug) = named("lessons/") {
            Self::Lesson(scope.course.lessons.iter().position(|lesson| lesson.slug == slug)?)
        } else if let Some(slug) = named("scenarios/") {
            Self::Scenario(scope.course.scenarios.iter().position(|scenario| scenario.slug == slug)?)
        } else {
            let single = |place: &&Self| !matches!(place, Self::Lesson(_) | Self::Scenario(_));
            return places.iter().filter(single).find(|place| place.path(scope) == path).copied();
        };
        places.contains(&place).then_some(place)
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

    /// Whether the page is in the language of a course: otherwise an original stands in for a missing translation.
    pub(super) fn speaks(self, course: &Course) -> bool {
        course.settings.folder().is_empty()
            || match self {
                Self::Lesson(at) => course.lessons[at].language.is_some(),
                Self::Scenario(at) => course.scenarios[at].language.is_some(),
                _ => true,
            }
    }

    /// The same page in every language of the site.
    fn languages(self, scope: &Scope<'_>, folder: &str, language: &LanguageContext<'_>) -> Vec<Alternate> {
        let languages = &language.site.languages;
        if self == Self::NotFound || languages.len() < 2 {
            return Vec::new();
        }
        let path = self.path(scope);
        let bare = path.strip_prefix(&scope.folder).unwrap_or(&path);
        let each = languages.iter().map(|language| {
            let path = format!("{}{bare}", language.folder);
            let absolute = scope.course.settings.url.as_ref().filter(|_| self.speaks(language.course));
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
            Self::Scenario(at) => !scope.course.scenarios[at].draft && self.speaks(scope.course),
            // An original that stands in for a translation has its own address.
            Self::Lesson(at) => !scope.course.lessons[at].draft && self.speaks(scope.course),
            Self::Record | Self::Desk | Self::Search | Self::Print | Self::NotFound => false,
        }
    }

    /// The picture shown with links to the page: from its first moment, or its customer, else the site's.
    fn preview(self, scope: &Scope<'_>, language: &LanguageContext<'_>) -> Option<Preview> {
        let assets = language.site.assets;
        let own = match self {
            Self::Scenario(at) => first_picture(&scope.course.scenarios[at].story),
            _ => None,
        };
        let own = own.map(|path| format!("content/{path}"));
        let source = own.as_ref().or(scope.original.settings.brand.preview.as_ref())?;
        let path = relative("", &shown(assets, source, Purpose::Publish));
        let size = assets.size(source);
        let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
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

    pub(super) fn writer<'a>(self, scope: &Scope<'_>, shared: &'a Shared<'a>) -> Writer<'a> {
        let draft = match self {
            Self::Lesson(at) => scope.course.lessons[at].draft,
            Self::Scenario(at) => scope.course.scenarios[at].draft,
            _ => false,
        };
        Writer::new(shared, &self.folder(scope), draft)
    }

    /// The page, which is in `folder`, and for a scenario the scripts beside it, by path in the site. `context` is the
    /// page's.
    pub(super) fn files(
        self,
        folder: &str,
        theme: &Theme,
        mut context: Context,
        purpose: Purpose,
    ) -> Result<Vec<(String, Vec<u8>)>, theme::Error> {
        let mut beside = Vec::new();
        if matches!(self, Self::Scenario(_)) {
            beside = parts_scripts::beside(theme, &mut context, purpose)?;
        }
        let page = theme.render(&format!("{}.html", self.kind()), &context)?;
        let mut files = vec![([folder, self.file()].concat(), page.into_bytes())];
        files.extend(beside.into_iter().map(|(name, text)| ([folder, &name].concat(), text.into_bytes())));
        Ok(files)
    }

    /// What the page's template gets.
    ///
    /// `language` is the page's own, `chosen` the visitor's, which the header and the footer are in.
    pub(super) fn context(
        self,
        scope: &Scope<'_>,
        language: &LanguageContext<'_>,
        chosen: &LanguageContext<'_>,
        writer: &mut Writer<'_>,
    ) -> Context {
        let folder = writer.folder().to_owned();
        let body = self.write(scope, writer);
        let mut context = language.for_page(&self.root(&folder, language));
        chosen.insert_frame(language, &mut context);
        context.insert("page", &self.page(scope, &folder, &body, language));
        if self == Self::NotFound {
            context.insert_value("site", language.styled_site.clone());
        } else if let Some(nav) = language.nav(folder.matches('/').count()) {
            context.insert_value("nav", nav);
        }
        match &body {
            Body::Home(home) => context.insert("home", home),
            Body::Lesson(lesson) => context.insert("lesson", lesson),
            Body::Scenario(scenario) => context.insert("scenario", scenario),
            Body::Record(record) => context.insert("record", record),
            Body::Catalog(catalog) => context.insert("catalog", catalog),
            Body::Print(print) => context.insert("print", print),
            Body::Desk(desk) => context.insert("desk", desk),
            Body::Bare(()) => {}
        }
        context
    }

    /// The author's part of the page.
    pub(super) fn write(self, scope: &Scope<'_>, writer: &mut Writer<'_>) -> Body {
        let folder = writer.folder().to_owned();
        match self {
            Self::Home => Body::Home(Box::new(scope.home(writer))),
            Self::Lesson(at) => Body::Lesson(Box::new(lesson::lesson(scope, at, &folder, writer))),
            Self::Scenario(at) => Body::Scenario(Box::new(story::scenario(scope, at, &folder, writer))),
            Self::Record => Body::Record(Box::new(scope.record(&folder, writer))),
            Self::Catalog => Body::Catalog(Box::new(catalog::catalog(scope, &folder))),
            Self::Print => Body::Print(Box::new(print::print(scope, &folder, writer))),
            Self::Desk => Body::Desk(Box::new(desk::desk(scope, &folder))),
            Self::Lessons | Self::Search | Self::NotFound => Body::Bare(()),
        }
    }

    /// The way from the page, which is in `folder`, up to the root of the site.
    fn root(self, folder: &str, language: &LanguageContext<'_>) -> String {
        match self {
            Self::NotFound => language.not_found_root.clone(),
            _ => up(folder.matches('/').count()),
        }
    }

    fn page(self, scope: &Scope<'_>, folder: &str, body: &Body, language: &LanguageContext<'_>) -> Page {
        let (title, description) = match body {
            Body::Home(home) => (home.title.clone(), &home.summary),
            Body::Lesson(lesson) => (lesson.title.clone(), &lesson.summary),
            Body::Scenario(scenario) => (scenario.title.clone(), &scenario.summary),
            _ => (language.strings.get(self.title_key()), &scope.course.settings.description),
        };
        let description =
            if description.is_empty() { &scope.course.settings.description } else { description };
        let root = self.root(folder, language);
        let missing = |text: &String| if self == Self::NotFound { text.clone() } else { String::new() };
        let listed = self.is_listed(scope);
        Page {
            home: format!("{root}{}", scope.folder),
            languages: self.languages(scope, folder, language),
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

    /// The name of its template, and what the template gets as `page.kind`.
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

/// The way up from a page this many folders down.
pub(super) fn up(depth: usize) -> String {
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// The picture that a story begins with, if other sites can show it.
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
