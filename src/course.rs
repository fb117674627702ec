//! The course as everything after `check` sees it: resolved, immutable, and free of YAML.
//!
//! Only `compile` makes it from the raw files, so indices (`usize`) into the vectors of [`Course`] are always valid.
//! `render`, `prove`, `play` and the exporters read it.

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
            /// Every value, with its name.
            pub const NAMES: &[(&str, Self)] = &[$(($typed, Self::$value),)*];

            /// The name that authors type.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $typed,)* }
            }
        }
    };
}

mod model;
mod story;

/// Everything that a site consists of.
#[derive(Debug, Clone)]
pub struct Course {
    /// `site.yaml`, with its defaults filled in.
    pub settings: Settings,
    /// `content/index.md`: the home page's own text.
    pub home: Home,
    /// Folders of lessons, in course order. A lesson outside of any folder has no module.
    pub modules: Vec<Module>,
    /// Lessons in course order.
    pub lessons: Vec<Arc<Lesson>>,
    /// Scenarios by difficulty, then by slug.
    pub scenarios: Vec<Arc<Scenario>>,
    /// `content/objectives.yaml`, in the author's order.
    pub objectives: Vec<Objective>,
    /// The recovery models of the site, sorted by id. `leaa` is always among them.
    pub models: Vec<Model>,
    /// The same course in the other languages of the site; what is not translated stays in the original language.
    pub translations: Vec<Course>,
}

impl Course {
    /// Everything that is played: scenarios, then drills.
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
    /// The id of the course's stored data, which keeps two courses on one origin apart.
    pub id: String,
    /// Whether the settings contain the id; otherwise it is made from the title.
    pub has_id: bool,
    /// For search engines and previews.
    pub description: String,
    /// BCP 47, such as `en` or `pt-BR`.
    pub language: String,
    /// Every language of the site, that of the originals first.
    pub languages: Vec<String>,
    /// The public address of the site, if known. Used only where a URL must be absolute.
    pub url: Option<String>,
    /// The address at which a page's source can be edited, with `{path}` in it.
    pub edit: Option<String>,
    /// Whether the site can be searched.
    pub search: bool,
    /// A folder of `themes/`, or the default one.
    pub theme: String,
    /// What the organization adds to every page.
    pub brand: Brand,
    /// The mode in which a scenario is offered first.
    pub feedback: Mode,
    /// Which attempt a certificate counts.
    pub certificate: Certificate,
    /// The status that a learning platform gets for a trainee who finishes without passing.
    pub on_fail: OnFail,
    /// How much of a result trainees can send and trainers see.
    pub reporting: Reporting,
    /// Whether the site has a page on which a trainer reads result codes.
    pub desk: bool,
    /// Ways through the course for a role, in the author's order.
    pub routes: Vec<Route>,
}

/// A way through the course for one role.
#[derive(Debug, Clone)]
pub struct Route {
    /// Its id.
    pub id: String,
    /// For people: the role.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// Lessons, in the order of the route.
    pub lessons: Vec<usize>,
    /// Scenarios, in the order of the route.
    pub scenarios: Vec<usize>,
}

impl Settings {
    /// The folder of the pages in this language: empty for the originals, else one of its own.
    pub fn folder(&self) -> String {
        match self.languages.first() {
            Some(first) if *first != self.language => format!("{}/", self.language),
            _ => String::new(),
        }
    }

    /// Whether the course is in English, so that checks of English apply.
    pub fn is_english(&self) -> bool {
        self.language.split('-').next() == Some("en")
    }

    /// Whether results contain more than pass and final.
    pub fn reports(&self) -> bool {
        self.reporting != Reporting::Minimal
    }
}

/// What an organization adds to every page; its color is up to the theme.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// A picture beside the title, as a path relative to the site.
    pub logo: Option<String>,
    /// A picture for previews of links to the site, as a path relative to the site.
    pub preview: Option<String>,
    /// A line at the foot.
    pub footer: Option<String>,
}

impl Brand {
    /// All pictures of the brand.
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
    /// The text after them.
    pub body: Text,
}

/// A folder of lessons and its `index.md`.
#[derive(Debug, Clone)]
pub struct Module {
    /// The language that it was translated into; `None` for an original.
    pub language: Option<String>,
    /// The folder's name, without the order number.
    pub slug: String,
    /// From its `index.md`.
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
    /// Its file.
    pub file: FileId,
    /// The page's folder below `lessons/`: `when-the-promise-breaks` or `module/slug`, without the order number.
    pub slug: String,
    /// The index of its folder.
    pub module: Option<usize>,
    /// The page's heading.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// The objectives that it teaches.
    pub objectives: Vec<usize>,
    /// The skills that it teaches, each with the place where it does.
    pub teaches: Vec<Taught>,
    /// The speakers of its dialogues who have a portrait, by name.
    pub portraits: BTreeMap<String, Speaker>,
    /// The scenarios that it leads to.
    pub scenarios: Vec<usize>,
    /// Whether it is left out when the site is published.
    pub draft: bool,
    /// Former addresses below `lessons/`, which redirect here.
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
    /// Its place in the lesson's file.
    pub span: Span,
}

/// The look of a speaker in a dialogue.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// Drawn, or a picture of the author's own.
    pub portrait: Portrait,
    /// The place of the name in the lesson's file.
    pub span: Span,
}

/// A small story inside a lesson, with one or two decisions, which is played on the lesson's page.
#[derive(Debug, Clone)]
pub struct Drill {
    /// Its title, if it has one.
    pub title: Option<String>,
    /// `in_person`, which has no look of its own, if the author gave none.
    pub channel: Channel,
    /// The customer's name is empty if the author gave none. A choice of the last decision that leads nowhere ends at an
    /// ending `end` without title and text.
    pub story: Story,
}

/// A Markdown text and its place in its file. For a YAML block scalar the text has lost its indentation, so offsets in the
/// text and in the file differ.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// As typed, without indentation.
    pub markdown: Excerpt,
    /// Its place.
    pub span: Span,
}

/// Something that the course teaches, in one sentence.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Its id in lessons and scenarios.
    pub id: String,
    /// What trainees can do afterward.
    pub says: String,
    /// How deep it goes.
    pub level: Option<String>,
}

/// A scenario: its story and everything around it.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The language that it was translated into; `None` for an original.
    pub language: Option<String>,
    /// Its file.
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
    /// The channel of the conversation.
    pub channel: Channel,
    /// The industry of the company.
    pub industry: Option<String>,
    /// 1 to 3.
    pub difficulty: Option<u8>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What it practices.
    pub objectives: Vec<usize>,
    /// Former addresses below `scenarios/`, which redirect here.
    pub aliases: Vec<String>,
    /// Whether it is left out when the site is published.
    pub draft: bool,
    /// The subject line of an email.
    pub subject: Option<String>,
    /// The handle of a public post.
    pub handle: Option<String>,
    /// How many people like the first post.
    pub likes: Option<u32>,
    /// How many people have commented on it.
    pub comments: Option<u32>,
    /// What is played.
    pub story: Story,
}

named! {
    /// The mode in which a scenario is offered first.
    Mode {
        /// With coaching after each choice, and the option to go back.
        Practice = "practice",
        /// Without either: the result counts.
        Challenge = "challenge",
    }
}

named! {
    /// Which attempt a certificate counts.
    Certificate {
        /// The first completed attempt.
        First = "first",
        /// The attempt with the highest final score.
        Best = "best",
    }
}

named! {
    /// The status of a trainee who finishes without passing.
    OnFail {
        /// Some platforms allow no further attempt after it.
        Failed = "failed",
        /// The trainee can return.
        Incomplete = "incomplete",
    }
}

named! {
    /// Where the conversation takes place.
    Channel {
        /// A call.
        Phone = "phone",
        /// An email thread.
        Email = "email",
        /// A live chat.
        Chat = "chat",
        /// A public post and its comments.
        Social = "social",
        /// Face to face.
        InPerson = "in_person",
    }
}
