//! The contexts of lessons, scenarios, and the stories in them.

use serde::Serialize;

use super::{LessonLink, Neighbor, ScenarioLink};
use crate::course::{Band, Level, Slip};
use crate::markdown::{DialogueLine, Heading, Image, SkillTag, StoryLine};

/// `lesson.html`
#[derive(Debug, Clone, Serialize)]
pub struct Lesson {
    /// The folder below `lessons/`.
    pub slug: String,
    /// Position in the course, from 1.
    pub number: usize,
    /// As in the front matter.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Whether it is a draft, which is not published.
    pub draft: bool,
    /// What it teaches, in sentences.
    pub objectives: Vec<String>,
    /// The body, in order: prose, drills and dialogues.
    pub blocks: Vec<Block>,
    /// The scenarios that it leads to.
    pub scenarios: Vec<ScenarioLink>,
    /// How many of these are drills.
    pub drills: usize,
    /// The lesson before this one.
    pub previous: Option<Neighbor>,
    /// The lesson after this one.
    pub next: Option<Neighbor>,
    /// Headings of level 2, for the page's own table of contents.
    pub contents: Vec<Heading>,
}

/// A piece of a lesson's body.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Markdown, as HTML.
    Prose {
        /// With block elements.
        html: String,
    },
    /// A dialogue.
    Dialogue {
        /// In order.
        lines: Vec<SpokenLine>,
    },
    /// A drill, played in place.
    Drill {
        /// What is played.
        story: Box<Story>,
    },
}

/// `scenario.html`
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    /// The folder below `scenarios/`.
    pub slug: String,
    /// Whether it is a draft, which is not published.
    pub draft: bool,
    /// As in its file.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Who the trainee is.
    pub role: String,
    /// What the trainee should achieve.
    pub goal: String,
    /// As in a [`ScenarioLink`].
    pub failure: String,
    /// The model's own name for it.
    pub failure_name: Option<String>,
    /// A key of `strings.channel`.
    pub channel: String,
    /// The industry.
    pub industry: Option<String>,
    /// 1 to 3.
    pub difficulty: Option<u8>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// The subject line of an email.
    pub subject: Option<String>,
    /// The handle of a public post.
    pub handle: Option<String>,
    /// How many people like the first post.
    pub likes: Option<u32>,
    /// How many people have commented on it.
    pub comments: Option<u32>,
    /// What it lets people practice, in sentences.
    pub objectives: Vec<String>,
    /// What is played.
    pub story: Story,
    /// The places where lessons teach the skills of its model.
    pub taught: Vec<SkillLesson>,
    /// Lessons that lead to this scenario.
    pub lessons: Vec<LessonLink>,
    /// Another scenario to continue with.
    pub next: Option<ScenarioLink>,
}

/// Where a lesson teaches a skill.
#[derive(Debug, Clone, Serialize)]
pub struct SkillLesson {
    /// The skill's id.
    pub id: String,
    /// The URL of the page and the heading.
    pub url: String,
}

/// A story, whether a scenario's or a drill's (`partials/story.html`).
#[derive(Debug, Clone, Serialize)]
pub struct Story {
    /// Unique on its page and fit for an `id` attribute: `s` for a scenario, `d1`, `d2` ... for drills.
    pub key: String,
    /// Whether it is inside a lesson.
    pub drill: bool,
    /// A drill's own title.
    pub title: Option<String>,
    /// The fingerprint of everything in it that routes or scores.
    pub print: String,
    /// The graph for the engine: postcard bytes, as text.
    pub graph: String,
    /// A key of `strings.channel`.
    pub channel: String,
    /// Whom the trainee talks to.
    pub customer: Customer,
    /// False for drills without their own customer; then goodwill is not shown.
    pub has_customer: bool,
    /// The words of the model that scores it.
    pub model: Model,
    /// In the author's order; the start first.
    pub nodes: Vec<Node>,
}

/// Whom the trainee talks to.
#[derive(Debug, Clone, Serialize)]
pub struct Customer {
    /// As in its file; empty for a drill without one.
    pub name: String,
    /// The first name, or the whole name if it is one word: the heading of the turns.
    pub short: String,
    /// One or two letters.
    pub initials: String,
    /// One sentence about their background.
    pub about: Option<String>,
    /// `she`, `he` or `they`.
    pub pronoun: Option<String>,
    /// How they look.
    pub portrait: Option<Portrait>,
    /// Before the first choice, 0 to 100.
    pub goodwill: u8,
    /// A key of `strings.mood`, from `goodwill`.
    pub mood: String,
}

/// A customer's looks.
#[derive(Debug, Clone, Serialize)]
pub struct Portrait {
    /// Relative to the page.
    pub url: String,
    /// A description of the author's picture; `None` for a drawn portrait.
    pub alt: Option<String>,
    /// In pixels, if its format states it.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Whether it has a fragment for each mood: `{{ url }}#angry`.
    pub moods: bool,
}

/// A line of a dialogue, with the speaker's portrait.
#[derive(Debug, Clone, Serialize)]
pub struct SpokenLine {
    /// What is said.
    #[serde(flatten)]
    pub line: DialogueLine,
    /// `None` for a speaker who plays the trainee's part.
    pub portrait: Option<Portrait>,
    /// Whether an earlier line has the same portrait.
    pub again: bool,
    /// Whether the mood is the same as on that line.
    pub same: bool,
}

/// A model as pages show it. Lists have the model's order, as the page code finds entries by position.
#[derive(Debug, Clone, Serialize)]
pub struct Model {
    /// The name of its file.
    pub id: String,
    /// For people.
    pub title: String,
    /// In order.
    pub skills: Vec<ModelSkill>,
    /// In order.
    pub slips: Vec<Slip>,
    /// From the highest to the lowest.
    pub bands: Vec<Band>,
    /// From the highest to the lowest.
    pub skill_levels: Vec<Level>,
    /// The sentence about a skill that came too early, with `{skill}` and `{needs}`.
    pub order_says: String,
    /// The highest final after serious misconduct.
    pub cap_serious: u8,
    /// The highest final after critical misconduct.
    pub cap_critical: u8,
    /// The lowest final that passes.
    pub pass_score: u8,
    /// The lowest final for mastery.
    pub mastery_score: u8,
    /// The lowest score of every skill for mastery.
    pub mastery_every_skill: u8,
}

/// A skill of a model; `hue` as in [`SkillTag`].
#[derive(Debug, Clone, Serialize)]
pub struct ModelSkill {
    /// As in the model.
    pub id: String,
    /// For people.
    pub name: String,
    /// 1 to 8.
    pub hue: usize,
    /// What ratings 0 to 3 look like.
    pub levels: Vec<String>,
}

/// A moment of the story.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Node {
    /// The trainee chooses.
    Decision(Box<Decision>),
    /// The story ends.
    Ending(Box<Ending>),
}

/// A moment at which the trainee chooses.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// As in its file.
    pub id: String,
    /// `KEY-ID`: its `id` attribute, to which links on the page lead.
    pub anchor: String,
    /// Whether the story starts here.
    pub first: bool,
    /// How many decisions precede it in the author's order, plus one.
    pub number: usize,
    /// Scene and messages, in order.
    pub lines: Vec<StoryLine>,
    /// Only if the author set it: a key of `strings.mood`.
    pub mood: Option<String>,
    /// What is seen.
    pub media: Option<Image>,
    /// The skills that it tests, one or two.
    pub tests: Vec<SkillTag>,
    /// The side of acting: `fix`, `inform` and so on.
    pub facet: Option<String>,
    /// The hint in practice.
    pub hint_html: Option<String>,
    /// In the author's order.
    pub choices: Vec<Choice>,
}

/// Words or an act that the trainee may choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// As in its file; by default `a`, `b`, `c` by position.
    pub id: String,
    /// `KEY-NODE_CHOICE`: the anchor of the reply.
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
    /// The condition in words, if the choice is gated.
    pub when: Option<String>,
    /// Why it is closed, in the author's words; inline HTML.
    pub closed_html: Option<String>,
    /// The consequence.
    pub reply: Vec<StoryLine>,
    /// The coaching; HTML with `<p>`.
    pub why_html: String,
    /// The ways, in order; the last has no `when`. Empty for the last choice of a drill.
    pub then: Vec<Way>,
    /// Whether it is rated 3 on everything that is tested, without slip or cap.
    pub strongest: bool,
}

/// A way.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// The anchor of the node it leads to.
    pub anchor: String,
    /// The condition in words ("you had promised a van").
    pub when: Option<String>,
}

/// An ending.
#[derive(Debug, Clone, Serialize)]
pub struct Ending {
    /// As in its file.
    pub id: String,
    /// `KEY-ID`.
    pub anchor: String,
    /// `good`, `mixed` or `poor`. A drill's own ending has the id `end` and no text.
    pub ending: String,
    /// For people; empty for a drill's own ending.
    pub title: String,
    /// How it ends.
    pub text_html: String,
    /// What is seen.
    pub media: Option<Image>,
}
