//! The course as everything after `check` sees it: resolved, immutable, and free of YAML.
//!
//! Made by `compile` out of the raw files; read by `render`, `cmd::play` and the exporters. Indices
//! (`usize`) point into the vectors of [`Course`] and never dangle: `compile` is the only maker.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::source::{Excerpt, FileId, Span};

pub(crate) use model::FAILURES;
pub use model::{Band, Failure, Level, Model, Skill, Slip};
pub use scenario_wasm::code::Reporting;
pub use story::{
    Choice, Condition, Customer, Decision, Ending, EndingKind, Form, Node, Picture, Portrait, Story, Way,
};

/// An enum whose values have names that authors type.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $typed:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $value,)* }

        impl $name {
            /// Each of them, by its name.
            pub const NAMES: &[(&str, Self)] = &[$(($typed, Self::$value),)*];

            /// As authors type it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $typed,)* }
            }
        }
    };
}

mod model;
mod story;

/// Everything a site is made of.
#[derive(Debug, Clone)]
pub struct Course {
    /// `site.yaml`, with its defaults filled in.
    pub settings: Settings,
    /// `content/index.md`: the home page's own text.
    pub home: Home,
    /// Folders of lessons, in course order. Lessons that stand in no folder have no module.
    pub modules: Vec<Module>,
    /// Lessons in course order.
    pub lessons: Vec<Arc<Lesson>>,
    /// Scenarios by difficulty, then by slug.
    pub scenarios: Vec<Arc<Scenario>>,
    /// `content/objectives.yaml`, in the author's order.
    pub objectives: Vec<Objective>,
    /// The recovery models that the site knows, by id. `leaa` is always there.
    pub models: Vec<Model>,
    /// The same course in the other languages of the site, word for word as far as it is translated.
    pub translations: Vec<Course>,
}

impl Course {
    /// What is played: scenarios, then drills.
    pub fn stories(&self, with_drafts: bool) -> impl Iterator<Item = &Story> {
        let lessons = self.lessons.iter().filter(move |lesson| with_drafts || !lesson.draft);
        let drills = lessons.flat_map(|lesson| lesson.drills.values()).map(|drill| &drill.story);
        let scenarios = self.scenarios.iter().filter(move |scenario| with_drafts || !scenario.draft);
        scenarios.map(|scenario| &scenario.story).chain(drills)
    }

    /// How customers and the speakers of dialogues look.
    pub fn portraits(&self, with_drafts: bool) -> impl Iterator<Item = &Portrait> {
        let customers = self.stories(with_drafts).filter_map(|story| story.customer.portrait.as_ref());
        let lessons = self.lessons.iter().filter(move |lesson| with_drafts || !lesson.draft);
        customers.chain(lessons.flat_map(|lesson| lesson.portraits.values()).map(|speaker| &speaker.portrait))
    }

    /// Whether a scenario or a drill is scored by the model of this id.
    pub fn uses(&self, model: &str) -> bool {
        self.stories(true).any(|story| self.models[story.model].id == model)
    }
}

/// `site.yaml` with its defaults filled in.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The course's name.
    pub title: String,
    /// Names the course's stored data, so that two courses on one origin stay apart.
    pub id: String,
    /// Whether the settings say it: else it is made of the title.
    pub has_id: bool,
    /// For search engines and previews.
    pub description: String,
    /// BCP 47, such as `en` or `pt-BR`.
    pub language: String,
    /// Every language of the site, that of the originals first.
    pub languages: Vec<String>,
    /// Where the site will stand, if known. Only for what must be absolute.
    pub url: Option<String>,
    /// Where a page's source can be edited, with `{path}` in it.
    pub edit: Option<String>,
    /// Whether the site can be searched.
    pub search: bool,
    /// A folder of `themes/`, or the default one.
    pub theme: String,
    /// What the house that it is for adds to every page.
    pub brand: Brand,
    /// How a scenario is offered first.
    pub feedback: Mode,
    /// Which attempt a certificate counts.
    pub certificate: Certificate,
    /// What a learning platform is told of a trainee who has finished and not passed.
    pub on_fail: OnFail,
    /// How much of a result a trainee can hand on, and a trainer is shown.
    pub reporting: Reporting,
    /// Whether the site has a page on which a trainer reads result codes.
    pub desk: bool,
    /// Ways through the course for a role, in the author's order.
    pub routes: Vec<Route>,
}

/// A way through the course for one role.
#[derive(Debug, Clone)]
pub struct Route {
    /// Names it among the others.
    pub id: String,
    /// For people: the role.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// Lessons, in its own order.
    pub lessons: Vec<usize>,
    /// Scenarios, in its own order.
    pub scenarios: Vec<usize>,
}

impl Settings {
    /// Where the pages of this language stand: at the root for the originals, else in a folder of its own.
    pub fn folder(&self) -> String {
        match self.languages.first() {
            Some(first) if *first != self.language => format!("{}/", self.language),
            _ => String::new(),
        }
    }

    /// Whether what holds for English only may be said.
    pub fn is_english(&self) -> bool {
        self.language.split('-').next() == Some("en")
    }

    /// Whether results say more than pass and final.
    pub fn reports(&self) -> bool {
        self.reporting != Reporting::Minimal
    }
}

/// What a house adds to every page; its color is the theme's business.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// A picture beside the title, by its path relative to the site.
    pub logo: Option<String>,
    /// A picture for those who are given the site's address, by its path relative to the site.
    pub preview: Option<String>,
    /// A line at the foot.
    pub footer: Option<String>,
}

impl Brand {
    /// Every picture of it.
    pub fn pictures(&self) -> impl Iterator<Item = &String> {
        self.logo.iter().chain(&self.preview)
    }
}

/// The home page's own text.
#[derive(Debug, Clone)]
pub struct Home {
    /// The language that it was translated into; `None` for an original.
    pub language: Option<String>,
    /// The page's heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// What follows them.
    pub body: Text,
}

/// A folder of lessons and its `index.md`.
#[derive(Debug, Clone)]
pub struct Module {
    /// The language that it was translated into; `None` for an original.
    pub language: Option<String>,
    /// The folder's name, without the order number.
    pub slug: String,
    /// As its `index.md` says.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The text of its `index.md`.
    pub body: Text,
}

/// One lesson.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The language that it was translated into; `None` for an original.
    pub language: Option<String>,
    /// Where it was read from.
    pub file: FileId,
    /// The page's folder below `lessons/`: `when-the-promise-breaks` or `module/slug`, without the order number.
    pub slug: String,
    /// The folder that it stands in.
    pub module: Option<usize>,
    /// The page's heading.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What it teaches.
    pub objectives: Vec<usize>,
    /// The skills that it teaches, each with the place where it does.
    pub teaches: Vec<Taught>,
    /// The speakers of its dialogues who have a face, by name.
    pub portraits: BTreeMap<String, Speaker>,
    /// Scenarios that it opens.
    pub scenarios: Vec<usize>,
    /// Whether it is left out of what is published.
    pub draft: bool,
    /// Former addresses below `lessons/`, which lead here.
    pub aliases: Vec<String>,
    /// The Markdown below the front matter.
    pub body: Text,
    /// The `drill` blocks, by the byte offset in the file at which each fenced block starts.
    pub drills: BTreeMap<usize, Drill>,
}

/// A skill and the heading of a lesson under which it is taught.
#[derive(Debug, Clone)]
pub struct Taught {
    /// The skill's id, whatever the model.
    pub skill: String,
    /// The heading's id.
    pub heading: String,
    /// Where the lesson's file says so.
    pub span: Span,
}

/// How somebody in a dialogue looks.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// The face, or a picture of the author's.
    pub portrait: Portrait,
    /// Where the lesson's file names them.
    pub span: Span,
}

/// A small story inside a lesson: one or two decisions, played in place.
#[derive(Debug, Clone)]
pub struct Drill {
    /// A heading of its own.
    pub title: Option<String>,
    /// `in_person` where the author named none: it looks like nothing but a page.
    pub channel: Channel,
    /// The customer's name is empty where the author gave none. An ending `end` without title and text is there
    /// where a choice of the last decision leads nowhere.
    pub story: Story,
}

/// A Markdown text and where it stands in its file (the span of the raw source; for YAML block scalars the text
/// is de-indented, so offsets inside do not map one to one).
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// As typed, without indentation.
    pub markdown: Excerpt,
    /// Where it stands.
    pub span: Span,
}

/// What the course teaches, in one sentence.
#[derive(Debug, Clone)]
pub struct Objective {
    /// What lessons and scenarios name it by.
    pub id: String,
    /// What people can do after it.
    pub says: String,
    /// How deep it goes.
    pub level: Option<String>,
}

/// One scenario: what stands around its story.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The language that it was translated into; `None` for an original.
    pub language: Option<String>,
    /// Where it was read from.
    pub file: FileId,
    /// The file's name, and the page's folder below `scenarios/`.
    pub slug: String,
    /// The page's heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Who the trainee is.
    pub role: String,
    /// What the trainee should achieve.
    pub goal: String,
    /// What went wrong: one of its model's failures.
    pub failure: String,
    /// Where they talk.
    pub channel: Channel,
    /// Whose trade it is.
    pub industry: Option<String>,
    /// 1 to 3.
    pub difficulty: Option<u8>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What it practices.
    pub objectives: Vec<usize>,
    /// Former addresses below `scenarios/`, which lead here.
    pub aliases: Vec<String>,
    /// Whether it is left out of what is published.
    pub draft: bool,
    /// The subject line of a mail.
    pub subject: Option<String>,
    /// The handle of a public post.
    pub handle: Option<String>,
    /// How many like the first post.
    pub likes: Option<u32>,
    /// How many have written under it.
    pub comments: Option<u32>,
    /// What is played.
    pub story: Story,
}

named! {
    /// How a scenario is offered first.
    Mode {
        /// With coaching after each choice, and a way back.
        Practice = "practice",
        /// Without either: the result counts.
        Challenge = "challenge",
    }
}

named! {
    /// Which attempt a certificate counts.
    Certificate {
        /// The first that was completed.
        First = "first",
        /// The one with the highest final.
        Best = "best",
    }
}

named! {
    /// The status of a trainee who has finished and not passed.
    OnFail {
        /// Some platforms let nobody try again after it.
        Failed = "failed",
        /// The trainee can come back.
        Incomplete = "incomplete",
    }
}

named! {
    /// Where the conversation takes place.
    Channel {
        /// A call.
        Phone = "phone",
        /// A thread of mails.
        Email = "email",
        /// A live chat.
        Chat = "chat",
        /// A public post and its comments.
        Social = "social",
        /// Face to face.
        InPerson = "in_person",
    }
}
