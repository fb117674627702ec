//! What a template gets: one typed context for each kind of page, nothing loose.
//!
//! Every `String` that ends in `_html`, and every field documented as HTML, is safe markup made by `markdown`;
//! templates print those with `| safe` and all else escaped. Every URL is relative to the page it stands on.

use serde::Serialize;

/// What every page gets, as `site`.
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    pub title: String,
    /// Names the course's stored data.
    pub id: String,
    pub description: String,
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The content security policy of this build (`serve` allows its own reload script's connection).
    pub policy: String,
    /// True under `amends serve`: the page loads `reload.js` too.
    pub serving: bool,
    /// `practice` or `challenge`.
    pub feedback: String,
    /// `first` or `best`.
    pub certificate: String,
}

/// What every page gets, as `page`.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// The way from this page up to the site's root: `./`, `../../` ... Always ends in a slash.
    pub root: String,
    /// For `<title>`, without the site's title.
    pub title: String,
    pub description: String,
    /// `home`, `lessons`, `lesson`, `scenarios`, `scenario` or `not-found`.
    pub kind: String,
}

/// A lesson as lists and neighbours show it.
#[derive(Debug, Clone, Serialize)]
pub struct LessonLink {
    pub slug: String,
    /// Relative to this page.
    pub url: String,
    /// Place in the course, from 1.
    pub number: usize,
    pub title: String,
    pub summary: String,
    pub minutes: Option<u32>,
}

/// A scenario as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct ScenarioLink {
    pub slug: String,
    pub url: String,
    pub title: String,
    pub summary: String,
    /// `unavailable`, `late`, `incorrect` or `uncaring`: a key of `strings.failure`.
    pub failure: String,
    /// `phone`, `email`, `chat`, `social` or `in_person`: a key of `strings.channel`.
    pub channel: String,
    pub difficulty: Option<u8>,
    pub minutes: Option<u32>,
}

/// A group of lessons; `title` is empty for lessons that stand in no folder.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleList {
    pub title: String,
    pub summary: String,
    /// The module's own text; empty in `nav`.
    pub body_html: String,
    pub lessons: Vec<LessonLink>,
}

/// `home.html`
#[derive(Debug, Clone, Serialize)]
pub struct Home {
    pub title: String,
    pub summary: String,
    pub body_html: String,
    pub modules: Vec<ModuleList>,
    pub scenarios: Vec<ScenarioLink>,
}

/// `lesson.html`
#[derive(Debug, Clone, Serialize)]
pub struct Lesson {
    pub slug: String,
    pub number: usize,
    pub title: String,
    pub summary: String,
    pub minutes: Option<u32>,
    /// What it teaches, in sentences.
    pub objectives: Vec<String>,
    /// The body, in order: prose, drills and dialogues between each other.
    pub blocks: Vec<Block>,
    pub scenarios: Vec<ScenarioLink>,
    pub previous: Option<LessonLink>,
    pub next: Option<LessonLink>,
    /// Headings of level 2, for the page's own contents.
    pub contents: Vec<Heading>,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, Serialize)]
pub struct Heading {
    pub id: String,
    pub html: String,
}

/// A piece of a lesson's body.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Markdown, as HTML.
    Prose { html: String },
    /// A conversation on paper.
    Dialogue { lines: Vec<DialogueLine> },
    /// A drill, played in place.
    Drill { story: Box<Story> },
}

/// One line of a dialogue.
#[derive(Debug, Clone, Serialize)]
pub struct DialogueLine {
    pub speaker: String,
    /// Whether the speaker is the one who serves: the lines that carry tags, or "You".
    pub you: bool,
    pub html: String,
    /// The skill that the line shows, as in the default model.
    pub skill: Option<SkillTag>,
}

/// A skill as a tag: `hue` picks its color and glyph (1 to 8, in the order of the model).
#[derive(Debug, Clone, Serialize)]
pub struct SkillTag {
    pub id: String,
    pub name: String,
    pub hue: usize,
}

/// `scenario.html`
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub role: String,
    pub goal: String,
    pub failure: String,
    pub channel: String,
    pub industry: Option<String>,
    pub difficulty: Option<u8>,
    pub minutes: Option<u32>,
    pub subject: Option<String>,
    pub handle: Option<String>,
    pub objectives: Vec<String>,
    pub story: Story,
    /// Lessons that open this scenario.
    pub lessons: Vec<LessonLink>,
    /// Another scenario to go on with.
    pub next: Option<ScenarioLink>,
}

/// A story, whether a scenario's or a drill's (`partials/story.html`).
#[derive(Debug, Clone, Serialize)]
pub struct Story {
    /// Unique on its page and fit for an `id` attribute: `s` for a scenario, `d1`, `d2` ... for drills.
    pub key: String,
    pub drill: bool,
    /// A drill's own title.
    pub title: Option<String>,
    /// The graph for the engine: postcard bytes as base64.
    pub graph: String,
    pub channel: String,
    pub customer: Customer,
    /// For drills without a customer of their own this is false, and goodwill is not shown.
    pub has_customer: bool,
    pub model: Model,
    /// In the author's order; the start first.
    pub nodes: Vec<Node>,
}

/// Whom the trainee talks to.
#[derive(Debug, Clone, Serialize)]
pub struct Customer {
    pub name: String,
    /// The first name, or the whole name if it is one word: what the turns are headed with.
    pub short: String,
    /// One or two letters.
    pub initials: String,
    pub about: Option<String>,
    pub pronoun: Option<String>,
    pub portrait: Option<Picture>,
    pub goodwill: u8,
    /// A key of `strings.mood`, from `goodwill`.
    pub mood: String,
}

/// A picture: URL relative to the page, size in pixels where it could be read.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    pub url: String,
    pub alt: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

/// The model's words, in the model's order: the page code finds them by place.
#[derive(Debug, Clone, Serialize)]
pub struct Model {
    pub id: String,
    pub title: String,
    pub skills: Vec<ModelSkill>,
    pub slips: Vec<ModelSlip>,
    pub bands: Vec<ModelBand>,
    pub skill_levels: Vec<ModelLevel>,
    pub order_says: String,
    /// The ceilings of the final score.
    pub cap_serious: u8,
    pub cap_critical: u8,
    pub pass_score: u8,
    pub mastery_score: u8,
    pub mastery_every_skill: u8,
}

/// A skill of a model; `hue` as in [`SkillTag`].
#[derive(Debug, Clone, Serialize)]
pub struct ModelSkill {
    pub id: String,
    pub name: String,
    pub hue: usize,
    pub levels: Vec<String>,
}

/// A slip of a model.
#[derive(Debug, Clone, Serialize)]
pub struct ModelSlip {
    pub id: String,
    pub name: String,
    pub says: String,
}

/// A band of the final score.
#[derive(Debug, Clone, Serialize)]
pub struct ModelBand {
    pub from: u8,
    pub name: String,
    pub means: String,
}

/// A skill score in words; `says` may hold `{skill}`.
#[derive(Debug, Clone, Serialize)]
pub struct ModelLevel {
    pub from: u8,
    pub says: String,
}

/// A moment of the story.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Node {
    Decision(Box<Decision>),
    Ending(Box<Ending>),
}

/// A moment at which the trainee chooses.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    pub id: String,
    /// `KEY-ID`, fit for an `id` attribute: where links inside the page lead.
    pub anchor: String,
    pub first: bool,
    /// How many decisions stand before it in the author's order, plus one.
    pub number: usize,
    /// What is seen and said, in order.
    pub lines: Vec<Line>,
    /// Only where the author set it: a key of `strings.mood`.
    pub mood: Option<String>,
    pub media: Option<Picture>,
    pub tests: Vec<SkillTag>,
    pub facet: Option<String>,
    pub hint_html: Option<String>,
    pub choices: Vec<Choice>,
}

/// A paragraph or more: `message` is true for what the customer says, false for what is seen (scene). In chat,
/// mail and post the text is split by paragraph, and the quotation marks of a message are dropped.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub message: bool,
    pub html: String,
}

/// Words or an act that the trainee may choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub id: String,
    /// `KEY-NODE--CHOICE`: the reply's section without JavaScript.
    pub anchor: String,
    /// The number shown, from 1.
    pub number: usize,
    /// True for an act (`do`), false for words (`say`).
    pub act: bool,
    /// One paragraph's inline HTML (no `<p>`).
    pub text_html: String,
    /// What was done, past tense ("promised a van before asking").
    pub short: Option<String>,
    /// 0 to 3, parallel to the decision's `tests`.
    pub ratings: Vec<u8>,
    /// The condition in words, where the choice is gated.
    pub when: Option<String>,
    /// Why it is closed, in the author's words; inline HTML.
    pub closed_html: Option<String>,
    pub reply: Vec<Line>,
    /// The coaching; HTML with `<p>`.
    pub why_html: String,
    /// The ways on, in order; the last has no `when`. Empty for the last choice of a drill.
    pub then: Vec<Way>,
    /// Whether it is rated 3 on all that is tested.
    pub strongest: bool,
}

/// A way on.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// The anchor of the node it leads to.
    pub anchor: String,
    /// The condition in words ("you had promised a van").
    pub when: Option<String>,
}

/// An end of the story.
#[derive(Debug, Clone, Serialize)]
pub struct Ending {
    pub id: String,
    pub anchor: String,
    /// `good`, `mixed` or `poor`. A drill's own end has the id `end` and no text.
    pub ending: String,
    pub title: String,
    pub text_html: String,
    pub media: Option<Picture>,
}
