//! The contexts of the desk, where a trainer reads result codes.

use serde::Serialize;

use super::{LessonLink, Model, ScenarioLink};

/// `desk.html`: the data and the words for reading result codes. It contains the ratings of all choices.
#[derive(Debug, Clone, Serialize)]
pub struct Desk {
    /// Every scenario, as a [`DeskScenario`]: they are most of the page, so each is rendered by itself.
    pub scenarios: Vec<tera::Value>,
    /// The models that score them.
    pub models: Vec<Model>,
}

/// A scenario on the desk.
#[derive(Debug, Clone, Serialize)]
pub struct DeskScenario {
    /// As lists show it.
    pub link: ScenarioLink,
    /// Its current name and former ones, separated by commas: the names that codes may contain.
    pub names: String,
    /// The id of its model.
    pub model: String,
    /// The graph for the engine: postcard bytes, as text.
    pub graph: String,
    /// In the order of the graph.
    pub nodes: Vec<DeskNode>,
    /// Lessons that lead to it.
    pub lessons: Vec<LessonLink>,
}

/// A moment of a scenario on the desk.
#[derive(Debug, Clone, Serialize)]
pub struct DeskNode {
    /// As in its file.
    pub id: String,
    /// The first words of a decision; the title of an ending.
    pub says: String,
    /// All the words of a decision.
    pub all: Option<String>,
    /// As its page counts it, from 1; `None` for an ending.
    pub number: Option<usize>,
    /// The skills that it tests, each a [`SkillTag`](crate::markdown::SkillTag) that all moments share.
    pub tests: Vec<tera::Value>,
    /// In the author's order.
    pub choices: Vec<DeskChoice>,
}

/// A choice on the desk.
#[derive(Debug, Clone, Serialize)]
pub struct DeskChoice {
    /// As in its file.
    pub id: String,
    /// What is said or done.
    pub says: String,
    /// 0 to 3, one for each skill that the moment tests.
    pub ratings: Vec<u8>,
    /// `strongest` or `worst`, as the engine defines them; empty otherwise.
    pub worth: String,
}
