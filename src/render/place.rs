//! The pages of a site: where each stands, which template sets it, and what the template gets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tera::{Context, Value};

use super::course::Scope;
use super::names::Names;
use super::page::{
    Alternate, Anywhere, Desk, Frame, Home, Lesson, Page, Preview, Print, Record, Scenario, Site,
};
use super::{Purpose, around, desk, handed, lesson, print, story};
use crate::address::relative;
use crate::asset::{Assets, can_be_preview, slashed};
use crate::course::{Certificate, Course, Mode, Node, Story};
use crate::markdown::{Shared, Writer, shown};
use crate::source::{FileId, SourceMap};
use crate::theme::{self, Theme, direction};

/// Few lessons have a longer page than so many bytes.
const USUAL: usize = 14 << 10;

/// So much takes a lesson in a list of them.
const LISTED: usize = 512;

/// Few texts take more than so many times their length as HTML. Room that is not used costs nothing.
const MARKUP: usize = 2;

/// One page. Numbers are indices into the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Home,
    Lessons,
    Lesson(usize),
    Scenario(usize),
    Record,
    Search,
    Print,
    Desk,
    NotFound,
}

/// What all pages get alike.
pub(super) struct Globals<'a> {
    sources: &'a SourceMap,
    assets: &'a Assets,
    language: String,
    languages: &'a [Language<'a>],
    url: Option<String>,
    site: Value,
    /// The same with a policy that allows `style`.
    styled: Value,
    /// The style of the page for what is missing.
    style: String,
    strings: Value,
    /// What pages in the language of the visitor say of it.
    frame: Value,
    options: Value,
    /// The names that files are published under.
    files: Value,
    /// How deep pages stand at most.
    depth: usize,
    /// What the theme has that is the same on every page of a depth, by the page's way up to the root.
    fixed: Vec<(String, Value)>,
    not_found: String,
    lessons: String,
    record: String,
    print: String,
    search: String,
    desk: String,
    description: String,
    /// Where the root of the site is for a page that can be shown at any address.
    anywhere: String,
    /// The lessons as pages list them, by how deep the page stands: made once, for many pages share it.
    /// None if the theme asks for none.
    navs: Vec<Value>,
}

/// A language of the site.
pub(super) struct Language<'a> {
    pub(super) course: &'a Course,
    /// As it calls itself.
    pub(super) name: String,
    /// Where its pages stand.
    pub(super) folder: String,
}

/// What only one kind of page gets, under its own name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Body {
    Home(Box<Home>),
    Lesson(Box<Lesson>),
    Scenario(Box<Scenario>),
    Record(Box<Record>),
    Print(Box<Print>),
    Desk(Box<Desk>),
    /// A page whose words are all the theme's.
    Bare(()),
}

impl Place {
    /// Every page of the course.
    pub(super) fn all(scope: &Scope<'_>, lessons: bool) -> Vec<Self> {
        let mut places = vec![Self::Home, Self::Record];
        // A host knows one page for what is missing.
        places.extend(scope.folder.is_empty().then_some(Self::NotFound));
        places.extend(lessons.then_some(Self::Lessons));
        places.extend(scope.course.settings.desk.then_some(Self::Desk));
        places.extend(scope.lessons.iter().map(|&lesson| Self::Lesson(lesson)));
        places.extend(scope.scenarios.iter().map(|&scenario| Self::Scenario(scenario)));
        places
    }

    /// Whether the search finds it.
    pub(super) fn is_found(self) -> bool {
        matches!(self, Self::Lesson(_) | Self::Scenario(_))
    }

    /// The one of these pages that stands at `path`. A course can have thousands, so the names in the path lead there.
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
        let inside: [&str; 3] = match self {
            Self::Home | Self::NotFound => [""; 3],
            Self::Lessons => ["lessons/", "", ""],
            Self::Record => ["record/", "", ""],
            Self::Search => ["search/", "", ""],
            Self::Print => ["print/", "", ""],
            Self::Desk => ["desk/", "", ""],
            Self::Lesson(at) => ["lessons/", &scope.course.lessons[at].slug, "/"],
            Self::Scenario(at) => ["scenarios/", &scope.course.scenarios[at].slug, "/"],
        };
        scope.folder.clone() + &inside.concat()
    }

    /// How many folders down the page stands.
    fn depth(self, scope: &Scope<'_>) -> usize {
        let slashes = |slug: &str| 2 + slug.matches('/').count();
        let inside = match self {
            Self::Home | Self::NotFound => 0,
            Self::Lessons | Self::Record | Self::Search | Self::Print | Self::Desk => 1,
            Self::Lesson(at) => slashes(&scope.course.lessons[at].slug),
            Self::Scenario(at) => slashes(&scope.course.scenarios[at].slug),
        };
        scope.folder.matches('/').count() + inside
    }

    /// Whether the page speaks the language of a course: else an original stands in for what is not translated yet.
    pub(super) fn speaks(self, course: &Course) -> bool {
        course.settings.folder().is_empty()
            || match self {
                Self::Lesson(at) => course.lessons[at].language.is_some(),
                Self::Scenario(at) => course.scenarios[at].language.is_some(),
                Self::Home
                | Self::Lessons
                | Self::Record
                | Self::Desk
                | Self::Search
                | Self::Print
                | Self::NotFound => true,
            }
    }

    /// The same page in every language of the site.
    fn languages(self, scope: &Scope<'_>, folder: &str, globals: &Globals<'_>) -> Vec<Alternate> {
        if self == Self::NotFound || globals.languages.len() < 2 {
            return Vec::new();
        }
        let path = self.path(scope);
        let bare = path.strip_prefix(&scope.folder).unwrap_or(&path);
        let each = globals.languages.iter().map(|language| {
            let path = format!("{}{bare}", language.folder);
            let absolute = globals.url.as_ref().filter(|_| self.speaks(language.course));
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

    /// The page's one address, if it is known where the site will stand.
    pub(super) fn url(self, scope: &Scope<'_>) -> Option<String> {
        let base = scope.base.as_ref().filter(|_| self != Self::NotFound)?;
        Some(format!("{base}{}", self.folder(scope)))
    }

    /// Whether search engines may list it.
    pub(super) fn is_listed(self, scope: &Scope<'_>) -> bool {
        match self {
            Self::Home | Self::Lessons => true,
            Self::Scenario(at) => !scope.course.scenarios[at].draft && self.speaks(scope.course),
            // An original that stands in for a translation has an address of its own.
            Self::Lesson(at) => !scope.course.lessons[at].draft && self.speaks(scope.course),
            Self::Record | Self::Desk | Self::Search | Self::Print | Self::NotFound => false,
        }
    }

    /// What is shown where the page is linked to: the picture of its first moment, or of its customer, else the house's.
    fn preview(self, scope: &Scope<'_>, globals: &Globals<'_>) -> Option<Preview> {
        let own = match self {
            Self::Scenario(at) => first_picture(&scope.course.scenarios[at].story),
            _ => None,
        };
        let own = own.map(|path| format!("content/{path}"));
        let source = own.as_ref().or(scope.original.settings.brand.preview.as_ref())?;
        let path = relative("", &shown(globals.assets, source, Purpose::Publish));
        let size = globals.assets.size(source);
        let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
        Some(Preview { url: format!("{}{path}", scope.base.as_ref()?), width, height })
    }

    /// The title of the page's own.
    pub(super) fn title(self, scope: &Scope<'_>) -> String {
        match self {
            Self::Lesson(at) => scope.course.lessons[at].title.clone(),
            Self::Scenario(at) => scope.course.scenarios[at].title.clone(),
            _ => scope.course.home.title.clone(),
        }
    }

    /// The file that the page is made of.
    fn source(self, scope: &Scope<'_>) -> Option<FileId> {
        match self {
            Self::Lesson(at) => Some(scope.course.lessons[at].file),
            Self::Scenario(at) => Some(scope.course.scenarios[at].file),
            // Without an `index.md` there is no text, and its place is none.
            Self::Home => Some(scope.course.home.body.span).filter(|span| span.end > 0).map(|span| span.file),
            Self::Lessons | Self::Record | Self::Desk | Self::Search | Self::Print | Self::NotFound => None,
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

    /// About so many bytes, or less.
    pub(super) fn room(self, scope: &Scope<'_>) -> usize {
        match self {
            Self::Print => {
                let texts = scope.lessons.iter().map(|&at| scope.course.lessons[at].body.markdown.len());
                MARKUP * texts.sum::<usize>()
            }
            Self::Home | Self::Lessons => USUAL + LISTED * scope.lessons.len(),
            _ => USUAL,
        }
    }

    /// The page, which stands in `folder` and takes so much `room`, and of a scenario the scripts beside it, by path in the
    /// site. `context` is the page's.
    pub(super) fn files(
        self,
        (folder, room): (&str, usize),
        theme: &Theme,
        mut context: Context,
        purpose: Purpose,
    ) -> Result<Vec<(String, Vec<u8>)>, theme::Error> {
        let mut beside = Vec::new();
        if matches!(self, Self::Scenario(_)) {
            beside = handed::beside(theme, &mut context, purpose)?;
        }
        let page = theme.render_bytes(self.template(), &context, room)?;
        let mut files = vec![([folder, self.file()].concat(), page)];
        files.extend(beside.into_iter().map(|(name, text)| ([folder, &name].concat(), text.into_bytes())));
        Ok(files)
    }

    fn template(self) -> &'static str {
        match self {
            Self::Home => "home.html",
            Self::Lessons => "lessons.html",
            Self::Lesson(_) => "lesson.html",
            Self::Scenario(_) => "scenario.html",
            Self::Record => "record.html",
            Self::Search => "search.html",
            Self::Print => "print.html",
            Self::Desk => "desk.html",
            Self::NotFound => "not-found.html",
        }
    }

    /// What the page's template gets.
    ///
    /// `globals` are of the page's own language, `frame` of the one that the visitor chose.
    pub(super) fn context(
        self,
        scope: &Scope<'_>,
        (globals, frame): (&Globals<'_>, &Globals<'_>),
        writer: &mut Writer<'_>,
    ) -> Context {
        let folder = writer.folder().to_owned();
        let body = self.write(scope, writer);
        let mut context = Context::new();
        globals.fill(&mut context, &self.root(&folder, globals));
        if self == Self::NotFound {
            context.insert_value("site", globals.styled.clone());
        }
        if globals.language == frame.language {
            context.insert_value("frame", frame.frame.clone());
        } else {
            context.insert("frame", &around_pages(&frame.language, true));
        }
        context.insert_value("shell", frame.strings.clone());
        context.insert("page", &self.page(scope, &folder, &body, globals));
        if self != Self::NotFound
            && let Some(nav) = globals.navs.get(folder.matches('/').count())
        {
            context.insert_value("nav", nav.clone());
        }
        match &body {
            Body::Home(home) => context.insert("home", home),
            Body::Lesson(lesson) => context.insert("lesson", lesson),
            Body::Scenario(scenario) => context.insert("scenario", scenario),
            Body::Record(record) => context.insert("record", record),
            Body::Print(print) => context.insert("print", print),
            Body::Desk(desk) => context.insert("desk", desk),
            Body::Bare(()) => {}
        }
        context
    }

    /// The part of the page that is the author's.
    pub(super) fn write(self, scope: &Scope<'_>, writer: &mut Writer<'_>) -> Body {
        let folder = writer.folder().to_owned();
        match self {
            Self::Home => Body::Home(Box::new(scope.home(writer))),
            Self::Lesson(at) => Body::Lesson(Box::new(lesson::lesson(scope, at, &folder, writer))),
            Self::Scenario(at) => Body::Scenario(Box::new(story::scenario(scope, at, &folder, writer))),
            Self::Record => Body::Record(Box::new(scope.record(&folder))),
            Self::Print => Body::Print(Box::new(print::print(scope, &folder, writer))),
            Self::Desk => Body::Desk(Box::new(desk::desk(scope, &folder))),
            Self::Lessons | Self::Search | Self::NotFound => Body::Bare(()),
        }
    }

    /// The way from the page, which stands in `folder`, up to the root of the site.
    fn root(self, folder: &str, globals: &Globals<'_>) -> String {
        match self {
            Self::NotFound => globals.anywhere.clone(),
            _ => up(folder.matches('/').count()),
        }
    }

    fn page(self, scope: &Scope<'_>, folder: &str, body: &Body, globals: &Globals<'_>) -> Page {
        let (title, description) = match body {
            Body::Home(home) => (&home.title, &home.summary),
            Body::Lesson(lesson) => (&lesson.title, &lesson.summary),
            Body::Scenario(scenario) => (&scenario.title, &scenario.summary),
            Body::Record(_) => (&globals.record, &globals.description),
            Body::Print(_) => (&globals.print, &globals.description),
            Body::Desk(_) => (&globals.desk, &globals.description),
            Body::Bare(()) if self == Self::NotFound => (&globals.not_found, &globals.description),
            Body::Bare(()) if self == Self::Search => (&globals.search, &globals.description),
            Body::Bare(()) => (&globals.lessons, &globals.description),
        };
        let description = if description.is_empty() { &globals.description } else { description };
        let root = self.root(folder, globals);
        let style = if self == Self::NotFound { globals.style.clone() } else { String::new() };
        let listed = self.is_listed(scope);
        Page {
            home: format!("{root}{}", scope.folder),
            languages: self.languages(scope, folder, globals),
            root,
            title: title.clone(),
            description: description.clone(),
            kind: self.kind().to_owned(),
            url: self.url(scope).filter(|_| listed),
            preview: self.preview(scope, globals).filter(|_| listed),
            listed,
            edit: self.source(scope).and_then(|file| globals.edit(scope, file)),
            style,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Lessons => "lessons",
            Self::Lesson(_) => "lesson",
            Self::Scenario(_) => "scenario",
            Self::Record => "record",
            Self::Search => "search",
            Self::Print => "print",
            Self::Desk => "desk",
            Self::NotFound => "not-found",
        }
    }
}

impl<'a> Globals<'a> {
    /// # Errors
    /// When the theme's style for the page of what is missing cannot be made.
    pub(super) fn new(
        scope: &Scope<'_>,
        places: &[Place],
        theme: &Theme,
        purpose: Purpose,
        (languages, sources, assets): (&'a [Language<'a>], &'a SourceMap, &'a Assets),
    ) -> Result<Self, theme::Error> {
        let (course, strings) = (scope.course, theme.strings());
        let aliases = around::aliases(scope).into_iter().map(|(folder, _)| folder.matches('/').count());
        let depths = places.iter().map(|place| place.depth(scope)).chain(aliases);
        let depth = depths.max().unwrap_or_default();
        // Any folder of that depth will do that holds no page: then no URL is shortened.
        let nav = |depth| Value::from_serializable(&scope.modules(&"-/".repeat(depth)));
        let plain = site(course, theme, (purpose, assets), "");
        let style = theme.render("not-found.css", &Context::from_serialize(&plain).unwrap_or_default())?;
        let hash = format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(style.as_bytes())));
        Ok(Self {
            sources,
            assets,
            site: Value::from_serializable(&plain),
            styled: Value::from_serializable(&site(course, theme, (purpose, assets), &hash)),
            style,
            language: strings.language().to_owned(),
            languages,
            url: course.settings.url.clone(),
            strings: Value::from_serializable(strings.tree()),
            frame: Value::from_serializable(&around_pages(strings.language(), false)),
            options: Value::from_serializable(theme.chosen()),
            files: Value::none(),
            depth,
            fixed: Vec::new(),
            not_found: strings.get("not_found.title"),
            lessons: strings.get("nav.lessons"),
            record: strings.get("nav.record"),
            print: strings.get("print.title"),
            search: strings.get("search.title"),
            desk: strings.get("desk.title"),
            navs: if theme.reads("nav") { (0..=depth).map(nav).collect() } else { Vec::new() },
            description: course.settings.description.clone(),
            anywhere: match purpose {
                Purpose::Publish => root(course.settings.url.as_deref()),
                Purpose::Serve => "/".to_owned(),
            },
        })
    }

    /// Makes the names of files known to templates, and sets what is the same on every page.
    ///
    /// # Errors
    /// When the theme fails there.
    pub(super) fn name(
        &mut self,
        names: &Names,
        scope: &Scope<'_>,
        theme: &Theme,
    ) -> Result<(), theme::Error> {
        self.files = Value::from_serializable(names.files());
        self.fixed.clear();
        let mut roots: Vec<String> = (0..=self.depth).map(up).collect();
        roots.push(self.anywhere.clone());
        for root in roots {
            let mut context = Context::new();
            self.fill(&mut context, &root);
            context.insert_value("shell", self.strings.clone());
            context.insert_value("frame", self.frame.clone());
            context.insert("page", &Anywhere { home: format!("{root}{}", scope.folder), root: root.clone() });
            self.fixed.push((root, Value::from_serializable(&theme.fix(&context)?)));
        }
        Ok(())
    }

    /// Puts in what every template gets; `root` is the way from its page up to the root of the site.
    pub(super) fn fill(&self, context: &mut Context, root: &str) {
        context.insert_value("site", self.site.clone());
        context.insert_value("strings", self.strings.clone());
        context.insert_value("options", self.options.clone());
        context.insert_value("files", self.files.clone());
        if let Some((_, fixed)) = self.fixed.iter().find(|(other, _)| other == root) {
            context.insert_value("fixed", fixed.clone());
        }
    }

    /// Where a file can be edited.
    fn edit(&self, scope: &Scope<'_>, file: FileId) -> Option<String> {
        let path = relative("", &slashed(self.sources.path(file)));
        Some(scope.course.settings.edit.as_ref()?.replace("{path}", &path))
    }
}

/// What stands around pages in a language, which may be a `foreign` one to what it holds.
fn around_pages(language: &str, foreign: bool) -> Frame {
    Frame { language: language.to_owned(), dir: direction(language).to_owned(), foreign }
}

/// The way up from a page that stands so many folders down.
pub(super) fn up(depth: usize) -> String {
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// The picture that a story begins with, if other sites can show it.
fn first_picture(story: &Story) -> Option<&str> {
    let moment = match &story.nodes[story.start] {
        Node::Decision(decision) => decision.media.as_ref(),
        Node::Ending(_) => None,
    };
    let pictures = moment.into_iter().chain(&story.customer.portrait);
    pictures.map(|picture| picture.path.as_str()).find(|path| can_be_preview(path))
}

/// A page for addresses that do not exist is shown at any of them, so a relative way up would be wrong there: the
/// path of the site's own address is the only one that holds. Without an address no link would be sure, and none is set.
fn root(url: Option<&str>) -> String {
    let path = url
        .and_then(|url| url.split_once("://"))
        .map(|(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    match path.map(|path| path.trim_matches('/')) {
        None => String::new(),
        Some("") => "/".to_owned(),
        Some(path) => format!("/{path}/"),
    }
}

/// `hash` is that of an inline style, with a space before it.
fn site(course: &Course, theme: &Theme, (purpose, assets): (Purpose, &Assets), hash: &str) -> Site {
    let (settings, strings) = (&course.settings, theme.strings());
    let serving = purpose == Purpose::Serve;
    Site {
        title: settings.title.clone(),
        id: settings.id.clone(),
        description: settings.description.clone(),
        language: strings.language().to_owned(),
        dir: strings.dir().to_owned(),
        digits: strings.digits().to_owned(),
        branded: theme.is_painted(),
        logo: settings.brand.logo.as_deref().map(|logo| shown(assets, logo, purpose)),
        footer: settings.brand.footer.clone(),
        policy: policy(serving, hash),
        lessons: course.lessons.iter().any(|lesson| serving || !lesson.draft),
        scenarios: course.scenarios.iter().any(|scenario| serving || !scenario.draft),
        search: !serving && settings.search,
        serving,
        feedback: match settings.feedback {
            Mode::Practice => "practice",
            Mode::Challenge => "challenge",
        }
        .to_owned(),
        certificate: match settings.certificate {
            Certificate::First => "first",
            Certificate::Best => "best",
        }
        .to_owned(),
        reporting: settings.reporting.name().to_owned(),
        desk: settings.desk,
    }
}

/// Nothing from elsewhere, nothing inline, and no markup by script but what the build rendered. Only under
/// `serve` may a page connect, and then to nothing but the server that shows it.
fn policy(serving: bool, hash: &str) -> String {
    let connect = if serving { "'self'" } else { "'none'" };
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        &format!("style-src 'self'{hash}"),
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
    fn a_page_shown_anywhere_finds_the_root_by_the_sites_address() {
        assert_eq!(root(None), "");
        assert_eq!(root(Some("https://example.org")), "/");
        assert_eq!(root(Some("https://example.org/course/")), "/course/");
    }

    #[test]
    fn only_a_served_page_may_connect() {
        assert!(policy(false, "").contains("connect-src 'none'"));
        assert!(policy(true, "").contains("connect-src 'self'"));
    }
}
