//! The course as everything after `check` sees it: resolved, immutable, and free of YAML.
//!
//! Made by `compile` out of the raw files; read by `render`, `cmd::play` and the exporters. Indices
//! (`usize`) point into the vectors of [`Course`] and never dangle: `compile` is the only maker.

use std::collections::BTreeMap;

use crate::source::{FileId, Span};

/// Everything a site is made of.
#[derive(Debug)]
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
}

/// `site.yaml` with its defaults filled in.
#[derive(Debug)]
pub struct Settings {
    pub title: String,
    /// Names the course's stored data, so that two courses on one origin stay apart.
    pub id: String,
    pub description: String,
    /// BCP 47, such as `en` or `pt-BR`.
    pub language: String,
    /// Where the site will stand, if known. Only for what must be absolute.
    pub url: Option<String>,
    pub theme: String,
    pub feedback: Mode,
    pub certificate: Certificate,
}

/// How a scenario is offered first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Practice,
    Challenge,
}

/// Which attempt a certificate counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificate {
    First,
    Best,
}

/// The home page's own text.
#[derive(Debug)]
pub struct Home {
    pub title: String,
    pub summary: String,
    pub body: Text,
}

/// A folder of lessons and its `index.md`.
#[derive(Debug)]
pub struct Module {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub body: Text,
}

/// One lesson.
#[derive(Debug)]
pub struct Lesson {
    pub file: FileId,
    /// The page's folder below `lessons/`: `when-the-promise-breaks` or `module/slug`, without the order number.
    pub slug: String,
    pub module: Option<usize>,
    pub title: String,
    pub summary: String,
    pub minutes: Option<u32>,
    pub objectives: Vec<usize>,
    /// Scenarios that it opens.
    pub scenarios: Vec<usize>,
    pub draft: bool,
    /// The Markdown below the front matter.
    pub body: Text,
    /// The `drill` blocks, by the byte offset in the file at which each fenced block starts.
    pub drills: BTreeMap<usize, Drill>,
}

/// A small story inside a lesson: one or two decisions, played in place.
#[derive(Debug)]
pub struct Drill {
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
    pub markdown: String,
    pub span: Span,
}

/// What the course teaches, in one sentence.
#[derive(Debug)]
pub struct Objective {
    pub id: String,
    pub says: String,
    pub level: Option<String>,
}

/// One scenario: what stands around its story.
#[derive(Debug)]
pub struct Scenario {
    pub file: FileId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub role: String,
    pub goal: String,
    pub failure: Failure,
    pub channel: Channel,
    pub industry: Option<String>,
    /// 1 to 3.
    pub difficulty: Option<u8>,
    pub minutes: Option<u32>,
    pub objectives: Vec<usize>,
    /// The subject line of a mail.
    pub subject: Option<String>,
    /// The handle of a public post.
    pub handle: Option<String>,
    pub story: Story,
}

/// The four shapes of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    Unavailable,
    Late,
    Incorrect,
    Uncaring,
}

/// Where the conversation takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Phone,
    Email,
    Chat,
    Social,
    InPerson,
}

/// A story that can be played: the body of a scenario, or a drill. The words are here; all that routes and
/// scores is in `engine`, whose nodes and choices are found by the same ids.
#[derive(Debug)]
pub struct Story {
    /// Index into [`Course::models`].
    pub model: usize,
    pub customer: Customer,
    /// Each flag in words, where the author gave them: "you had promised a van".
    pub flags: BTreeMap<String, String>,
    /// In the author's order, unreachable ones (of an include) left out. `start` is an index into it.
    pub nodes: Vec<Node>,
    pub start: usize,
    /// The same story as the engine plays it.
    pub engine: scenario_wasm::Scenario,
}

/// Whom the trainee talks to.
#[derive(Debug)]
pub struct Customer {
    pub name: String,
    pub about: Option<String>,
    /// `she`, `he` or `they`.
    pub pronoun: Option<String>,
    pub portrait: Option<Picture>,
}

/// A picture with its alternative text. `path` is relative to the content folder.
#[derive(Debug, Clone)]
pub struct Picture {
    pub path: String,
    pub alt: String,
}

/// A moment of the story.
#[derive(Debug)]
pub enum Node {
    Decision(Decision),
    Ending(Ending),
}

/// A moment at which the trainee chooses.
#[derive(Debug)]
pub struct Decision {
    pub id: String,
    pub scene: Option<Text>,
    pub says: Option<Text>,
    /// Only where the author set it; by default it follows goodwill.
    pub mood: Option<scenario_wasm::Mood>,
    pub media: Option<Picture>,
    /// Indices into the model's skills.
    pub tests: Vec<usize>,
    pub facet: Option<String>,
    pub hint: Option<Text>,
    pub choices: Vec<Choice>,
    pub span: Span,
}

/// Words or an act that the trainee may choose.
#[derive(Debug)]
pub struct Choice {
    pub id: String,
    pub form: Form,
    pub text: Text,
    /// What was done, past tense, at most nine words. Falls back to nothing; readers then quote `text`.
    pub short: Option<String>,
    /// 0 to 3, parallel to the decision's `tests`.
    pub ratings: Vec<u8>,
    /// Names of the slips, as in the model.
    pub slips: Vec<String>,
    pub act: Option<String>,
    pub trap: Option<String>,
    pub hard_truth: bool,
    pub short_term: bool,
    pub reply: Text,
    pub why: Text,
    /// The condition under which it is open, in words ("you had let her tell it"); `None` if always.
    pub when: Option<String>,
    /// Why it is closed, in the author's words.
    pub closed: Option<Text>,
    /// Ways on, in the order tried; the last has no condition.
    pub then: Vec<Way>,
    pub span: Span,
}

/// Whether a choice is said or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Say,
    Do,
}

/// A way on: where to, and under which condition, in words.
#[derive(Debug)]
pub struct Way {
    /// Index into [`Story::nodes`].
    pub to: usize,
    pub when: Option<String>,
}

/// An end of the story.
#[derive(Debug)]
pub struct Ending {
    pub id: String,
    pub kind: EndingKind,
    pub title: String,
    pub text: Text,
    pub media: Option<Picture>,
    pub span: Span,
}

/// How an end feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndingKind {
    Good,
    Mixed,
    Poor,
}

/// A recovery model: the words. Weights, needs and rules are in each story's `engine`.
#[derive(Debug)]
pub struct Model {
    pub file: Option<FileId>,
    pub id: String,
    pub title: String,
    pub skills: Vec<Skill>,
    pub slips: Vec<Slip>,
    pub bands: Vec<Band>,
    /// From the highest `from` to the lowest; `says` may hold `{skill}`.
    pub skill_levels: Vec<Level>,
    /// With `{skill}` and `{needs}`.
    pub order_says: String,
    /// The rules, as the engine knows them.
    pub rules: scenario_wasm::Model,
}

/// A skill's words.
#[derive(Debug)]
pub struct Skill {
    pub id: String,
    pub name: String,
    /// What a rating of 0, 1, 2 and 3 looks like.
    pub levels: Vec<String>,
}

/// A named harm's words.
#[derive(Debug)]
pub struct Slip {
    pub id: String,
    pub name: String,
    pub says: String,
}

/// A band of the final score.
#[derive(Debug)]
pub struct Band {
    pub from: u8,
    pub name: String,
    pub means: String,
}

/// A skill score in words.
#[derive(Debug)]
pub struct Level {
    pub from: u8,
    pub says: String,
}
