//! The course as everything after `check` sees it: resolved, immutable, and free of YAML.
//!
//! Made by `compile` out of the raw files; read by `render`, `cmd::play` and the exporters. Indices
//! (`usize`) point into the vectors of [`Course`] and never dangle: `compile` is the only maker.

use std::collections::BTreeMap;

use crate::source::{Excerpt, FileId, Span};

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
    pub lessons: Vec<Lesson>,
    /// Scenarios by difficulty, then by slug.
    pub scenarios: Vec<Scenario>,
    /// `content/objectives.yaml`, in the author's order.
    pub objectives: Vec<Objective>,
    /// The recovery models that the site knows, by id. `leaa` is always there.
    pub models: Vec<Model>,
    /// The same course in the other languages of the site, word for word as far as it is translated.
    pub translations: Vec<Course>,
}

impl Course {
    /// What is played: scenarios, then drills.
    pub fn stories(&self) -> impl Iterator<Item = &Story> {
        let drills = self.lessons.iter().flat_map(|lesson| lesson.drills.values()).map(|drill| &drill.story);
        self.scenarios.iter().map(|scenario| &scenario.story).chain(drills)
    }

    /// Whether a scenario or a drill is scored by the model of this id.
    #[must_use]
    pub fn uses(&self, model: &str) -> bool {
        self.stories().any(|story| self.models[story.model].id == model)
    }
}

/// `site.yaml` with its defaults filled in.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The course's name.
    pub title: String,
    /// Names the course's stored data, so that two courses on one origin stay apart.
    pub id: String,
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
    /// How much of a result a trainee can hand on, and a trainer is shown.
    pub reporting: Reporting,
    /// Whether the site has a page on which a trainer reads result codes.
    pub desk: bool,
}

pub use scenario_wasm::code::Reporting;

impl Settings {
    /// Where the pages of this language stand: at the root for the originals, else in a folder of its own.
    #[must_use]
    pub fn folder(&self) -> String {
        match self.languages.first() {
            Some(first) if *first != self.language => format!("{}/", self.language),
            _ => String::new(),
        }
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

/// How a scenario is offered first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// With coaching after each choice, and a way back.
    Practice,
    /// Without either: the result counts.
    Challenge,
}

/// Which attempt a certificate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    /// The first that was completed.
    First,
    /// The one with the highest final.
    Best,
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
    /// What went wrong.
    pub failure: Failure,
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
    /// What is played.
    pub story: Story,
}

/// The four shapes of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It was not there.
    Unavailable,
    /// It came late.
    Late,
    /// It was wrong.
    Incorrect,
    /// Nobody cared.
    Uncaring,
}

/// Where the conversation takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A call.
    Phone,
    /// A thread of mails.
    Email,
    /// A live chat.
    Chat,
    /// A public post and its comments.
    Social,
    /// Face to face.
    InPerson,
}

/// A story that can be played: the body of a scenario, or a drill. The words are here; all that routes and
/// scores is in `engine`, whose nodes and choices are found by the same ids.
#[derive(Debug, Clone)]
pub struct Story {
    /// Index into [`Course::models`].
    pub model: usize,
    /// Whom the trainee talks to.
    pub customer: Customer,
    /// Each flag in words, where the author gave them: "you had promised a van".
    pub flags: BTreeMap<String, String>,
    /// In the author's order, unreachable ones (of an include) left out. `start` is an index into it.
    pub nodes: Vec<Node>,
    /// Where it begins.
    pub start: usize,
    /// The same story as the engine plays it.
    pub engine: scenario_wasm::Scenario,
}

impl Story {
    /// One of its decisions as the engine has it: the same choices, in the same order.
    #[must_use]
    pub fn rules(&self, decision: &Decision) -> &scenario_wasm::Decision {
        let node = self.engine.graph().nodes.iter().find(|node| node.id == decision.id);
        node.and_then(|node| node.decision.as_ref()).expect("a story's decisions are its engine's")
    }
}

/// Whom the trainee talks to.
#[derive(Debug, Clone)]
pub struct Customer {
    /// As the conversation shows it.
    pub name: String,
    /// What the trainee may know beforehand.
    pub about: Option<String>,
    /// `she`, `he` or `they`.
    pub pronoun: Option<String>,
    /// What they look like.
    pub portrait: Option<Picture>,
}

/// A picture with its alternative text. `path` is relative to the content folder.
#[derive(Debug, Clone)]
pub struct Picture {
    /// With `/` between its parts.
    pub path: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A moment of the story.
#[derive(Debug, Clone)]
pub enum Node {
    /// The trainee chooses.
    Decision(Decision),
    /// The story is over.
    Ending(Ending),
}

/// A moment at which the trainee chooses.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Unique in the story.
    pub id: String,
    /// What is seen and heard.
    pub scene: Option<Text>,
    /// What the customer says.
    pub says: Option<Text>,
    /// Only where the author set it; by default it follows goodwill.
    pub mood: Option<scenario_wasm::Mood>,
    /// A picture of the moment.
    pub media: Option<Picture>,
    /// Indices into the model's skills.
    pub tests: Vec<usize>,
    /// Which side of acting it is about.
    pub facet: Option<String>,
    /// Help, in practice.
    pub hint: Option<Text>,
    /// Two to five.
    pub choices: Vec<Choice>,
    /// Where its name stands.
    pub span: Span,
}

/// Words or an act that the trainee may choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Unique in the decision.
    pub id: String,
    /// Whether `text` is words or an act.
    pub form: Form,
    /// What is said or done.
    pub text: Text,
    /// What was done, past tense, at most nine words. Falls back to nothing; readers then quote `text`.
    pub short: Option<String>,
    /// 0 to 3, parallel to the decision's `tests`.
    pub ratings: Vec<u8>,
    /// Names of the slips, as in the model.
    pub slips: Vec<String>,
    /// What kind of act it is (`move`).
    pub act: Option<String>,
    /// Why a weak choice tempts.
    pub trap: Option<String>,
    /// Whether goodwill may fall although it is strong.
    pub hard_truth: bool,
    /// Whether goodwill may rise although it is weak.
    pub short_term: bool,
    /// What happens then, in the story.
    pub reply: Text,
    /// The coaching.
    pub why: Text,
    /// The condition under which it is open; `None` if always.
    pub when: Option<Condition>,
    /// Why it is closed, in the author's words.
    pub closed: Option<Text>,
    /// Ways on, in the order tried; the last has no condition.
    pub then: Vec<Way>,
    /// Where its id stands, or where it begins.
    pub span: Span,
}

/// Whether a choice is said or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Words.
    Say,
    /// An act.
    Do,
}

/// A condition as readers meet it, to be put in words; the engine has its own.
#[derive(Debug, Clone)]
pub enum Condition {
    /// A flag is set. [`Story::flags`] says it in words.
    Flag(String),
    /// Goodwill compares so with a number.
    Goodwill(scenario_wasm::Compare, u8),
    /// The condition does not hold.
    Not(Box<Condition>),
    /// All of them hold.
    All(Vec<Condition>),
    /// One of them holds, or more.
    Any(Vec<Condition>),
}

/// A way on: where to, and under which condition.
#[derive(Debug, Clone)]
pub struct Way {
    /// Index into [`Story::nodes`].
    pub to: usize,
    /// Holds first; `None` for the last.
    pub when: Option<Condition>,
}

/// An end of the story.
#[derive(Debug, Clone)]
pub struct Ending {
    /// Unique in the story.
    pub id: String,
    /// How it feels.
    pub kind: EndingKind,
    /// A heading.
    pub title: String,
    /// How it went on.
    pub text: Text,
    /// A picture.
    pub media: Option<Picture>,
    /// Where its name stands.
    pub span: Span,
}

/// How an end feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndingKind {
    /// Mended.
    Good,
    /// Mended in part.
    Mixed,
    /// Lost.
    Poor,
}

/// A recovery model: the words. Weights, needs and rules are in each story's `engine`.
#[derive(Debug, Clone)]
pub struct Model {
    /// Where it was read from; the one inside the binary has none.
    pub file: Option<FileId>,
    /// What scenarios name it by.
    pub id: String,
    /// Its name.
    pub title: String,
    /// In order.
    pub skills: Vec<Skill>,
    /// Named harms.
    pub slips: Vec<Slip>,
    /// From the highest `from` to the lowest.
    pub bands: Vec<Band>,
    /// From the highest `from` to the lowest; `says` may hold `{skill}`.
    pub skill_levels: Vec<Level>,
    /// With `{skill}` and `{needs}`.
    pub order_says: String,
    /// The rules, as the engine knows them.
    pub rules: scenario_wasm::Model,
}

/// A skill's words.
#[derive(Debug, Clone)]
pub struct Skill {
    /// What scenarios name it by.
    pub id: String,
    /// As people read it.
    pub name: String,
    /// What a rating of 0, 1, 2 and 3 looks like.
    pub levels: Vec<String>,
}

/// A named harm's words.
#[derive(Debug, Clone)]
pub struct Slip {
    /// What scenarios name it by.
    pub id: String,
    /// As people read it.
    pub name: String,
    /// How the debrief tells the trainee.
    pub says: String,
}

/// A band of the final score.
#[derive(Debug, Clone)]
pub struct Band {
    /// The lowest rounded final in it.
    pub from: u8,
    /// As people read it.
    pub name: String,
    /// What it says about the conversation.
    pub means: String,
}

/// A skill score in words.
#[derive(Debug, Clone)]
pub struct Level {
    /// The lowest rounded score that it is said of.
    pub from: u8,
    /// The sentence.
    pub says: String,
}
