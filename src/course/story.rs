//! Playable stories: the words of a scenario or a drill. Everything that routes and scores is in the engine's form of a
//! story.

use std::collections::BTreeMap;

use scenario_wasm::code::Fingerprint;

use super::Text;
use crate::portrait::Person;
use crate::source::Span;

/// A playable story: the body of a scenario, or a drill. The words are here; everything that routes and scores is in
/// `engine`, whose nodes and choices have the same ids.
#[derive(Debug, Clone)]
pub struct Story {
    /// Index into [`Course::models`](super::Course::models).
    pub model: usize,
    /// Whom the trainee talks to.
    pub customer: Customer,
    /// Flags in words, where the author gave them: "you had promised a van".
    pub flags: BTreeMap<String, String>,
    /// In the author's order, without unreachable nodes of an include. `start` is an index into it.
    pub nodes: Vec<Node>,
    /// Where it begins.
    pub start: usize,
    /// The same story in the engine's form.
    pub engine: scenario_wasm::Scenario,
}

impl Story {
    /// The fingerprint of everything that routes and scores.
    pub fn print(&self) -> String {
        Fingerprint::of(&self.engine).to_string()
    }

    /// The engine's form of a decision: the same choices, in the same order.
    pub fn rules(&self, decision: &Decision) -> &scenario_wasm::Decision {
        let node = self.engine.graph().nodes.iter().find(|node| node.id == decision.id);
        node.and_then(|node| node.decision.as_ref()).expect("a story's decisions are its engine's")
    }

    /// The number of the decision at this index of `nodes` among all decisions, in the author's order and from 1.
    pub fn decision_number(&self, at: usize) -> usize {
        self.nodes[..at].iter().filter(|node| matches!(node, Node::Decision(_))).count() + 1
    }

    /// The decision of that id.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.nodes.iter().find_map(|node| match node {
            Node::Decision(decision) if decision.id == id => Some(decision),
            _ => None,
        })
    }

    /// The ending of that id.
    pub fn ending(&self, id: &str) -> Option<&Ending> {
        self.nodes.iter().find_map(|node| match node {
            Node::Ending(ending) if ending.id == id => Some(ending),
            _ => None,
        })
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
    pub portrait: Option<Portrait>,
}

/// What a customer looks like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Portrait {
    /// Drawn in each mood; a group is drawn without faces.
    Drawn(Vec<Person>),
    /// The author's own picture.
    Picture(Picture),
}

/// A picture with its alternative text. `path` is relative to the content folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

impl Node {
    /// Unique in the story.
    pub fn id(&self) -> &str {
        match self {
            Self::Decision(decision) => &decision.id,
            Self::Ending(ending) => &ending.id,
        }
    }
}

/// A moment at which the trainee chooses.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Unique in the story.
    pub id: String,
    /// What the trainee sees and hears.
    pub scene: Option<Text>,
    /// What the customer says.
    pub says: Option<Text>,
    /// Only if the author set it; by default it follows goodwill.
    pub mood: Option<scenario_wasm::Mood>,
    /// A picture of the moment.
    pub media: Option<Picture>,
    /// Indices into the model's skills.
    pub tests: Vec<usize>,
    /// Which side of acting it tests.
    pub facet: Option<String>,
    /// Help in practice mode.
    pub hint: Option<Text>,
    /// Two to five.
    pub choices: Vec<Choice>,
    /// The place of its name.
    pub span: Span,
}

/// Words or an act that the trainee may choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Unique in the decision.
    pub id: String,
    /// Whether `text` is said or done.
    pub form: Form,
    /// What is said or done.
    pub text: Text,
    /// What was done, in the past tense, at most nine words; if it is missing, `text` is quoted.
    pub short: Option<String>,
    /// 0 to 3, parallel to the decision's `tests`.
    pub ratings: Vec<u8>,
    /// Ids of the model's slips.
    pub slips: Vec<String>,
    /// What kind of act it is (`move`).
    pub act: Option<String>,
    /// Why a weak choice is tempting.
    pub trap: Option<String>,
    /// Whether goodwill may fall although it is strong.
    pub hard_truth: bool,
    /// Whether goodwill may rise although it is weak.
    pub short_term: bool,
    /// Flags that it sets.
    pub sets: Vec<String>,
    /// Flags that it clears, after setting.
    pub clears: Vec<String>,
    /// What happens next in the story.
    pub reply: Text,
    /// The coaching.
    pub why: Text,
    /// The condition under which it is open; `None` if always.
    pub when: Option<Condition>,
    /// Why it is closed, in the author's words.
    pub closed: Option<Text>,
    /// Its ways, in the order in which they are tried; the last has no condition.
    pub then: Vec<Way>,
    /// The place of its id, or of its start.
    pub span: Span,
}

named! {
    /// Whether a choice is said or done.
    Form {
        /// Words.
        Say = "say",
        /// An act.
        Do = "do",
    }
}

impl Choice {
    /// Whether its own condition or that of one of its ways reads the flag.
    pub fn reads(&self, flag: &str) -> bool {
        let ways = self.then.iter().filter_map(|way| way.when.as_ref());
        self.when.iter().chain(ways).any(|condition| condition.reads(flag))
    }
}

/// A condition in the form that is put into words for readers; the engine has its own.
#[derive(Debug, Clone)]
pub enum Condition {
    /// A flag is set; [`Story::flags`] has it in words.
    Flag(String),
    /// Goodwill compared with a number.
    Goodwill(scenario_wasm::Compare, u8),
    /// The condition does not hold.
    Not(Box<Condition>),
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
}

impl Condition {
    /// Whether it reads the flag.
    pub fn reads(&self, flag: &str) -> bool {
        match self {
            Self::Flag(name) => name == flag,
            Self::Goodwill(..) => false,
            Self::Not(inner) => inner.reads(flag),
            Self::All(each) | Self::Any(each) => each.iter().any(|inner| inner.reads(flag)),
        }
    }
}

/// A way: its target and its condition.
#[derive(Debug, Clone)]
pub struct Way {
    /// Index into [`Story::nodes`].
    pub to: usize,
    /// The first way whose condition holds is taken; `None` for the last.
    pub when: Option<Condition>,
}

/// An ending of the story.
#[derive(Debug, Clone)]
pub struct Ending {
    /// Unique in the story.
    pub id: String,
    /// How well it ends.
    pub kind: EndingKind,
    /// Its heading.
    pub title: String,
    /// What happened afterward.
    pub text: Text,
    /// A picture.
    pub media: Option<Picture>,
    /// The place of its name.
    pub span: Span,
}

named! {
    /// How well a story ends.
    EndingKind {
        /// Mended.
        Good = "good",
        /// Mended in part.
        Mixed = "mixed",
        /// Lost.
        Poor = "poor",
    }
}
