//! A recovery model: its words, and its rules in the engine's form.

use serde::Serialize;

use crate::source::FileId;

/// A recovery model. Weights, needs and other rules are in `rules`, which is also in each story's `engine`.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its file; `None` for the one inside the binary.
    pub file: Option<FileId>,
    /// Its id in scenarios.
    pub id: String,
    /// Its name.
    pub title: String,
    /// In order.
    pub skills: Vec<Skill>,
    /// Its slips, which are named harms.
    pub slips: Vec<Slip>,
    /// Kinds of failure, if the model has its own.
    pub failures: Vec<Failure>,
    /// From the highest `from` to the lowest.
    pub bands: Vec<Band>,
    /// From the highest `from` to the lowest; `says` may contain `{skill}`.
    pub skill_levels: Vec<Level>,
    /// Contains `{skill}` and `{needs}`.
    pub order_says: String,
    /// The rules in the engine's form.
    pub rules: scenario_wasm::Model,
}

/// Kinds of failure if a model has no `failures`; themes have the words for them.
pub(crate) const FAILURES: [&str; 4] = ["unavailable", "late", "incorrect", "uncaring"];

impl Model {
    /// The kinds of failure that a scenario can have.
    pub fn failures(&self) -> Vec<&str> {
        let own = self.failures.iter().map(|failure| failure.id.as_str());
        if self.failures.is_empty() { FAILURES.to_vec() } else { own.collect() }
    }

    /// The model's own name of a failure; themes have the names of the others.
    pub fn failure_name(&self, id: &str) -> Option<&str> {
        self.failures.iter().find(|failure| failure.id == id).map(|failure| failure.name.as_str())
    }

    /// The skill of acting: the one called `act`, else the last.
    pub fn acting(&self) -> &Skill {
        let act = self.skills.iter().find(|skill| skill.id == "act");
        act.or(self.skills.last()).expect("a model has skills")
    }
}

/// The words of a skill.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Its id in scenarios.
    pub id: String,
    /// As people read it.
    pub name: String,
    /// What a rating of 0, 1, 2 and 3 looks like.
    pub levels: Vec<String>,
}

/// The words of a slip, a named harm.
#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    /// Its id in scenarios.
    pub id: String,
    /// As people read it.
    pub name: String,
    /// The sentence in the debrief.
    pub says: String,
}

/// A kind of failure that the model defines.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Its id in scenarios.
    pub id: String,
    /// As people read it.
    pub name: String,
}

/// A band of the final score.
#[derive(Debug, Clone, Serialize)]
pub struct Band {
    /// The lowest rounded final in it.
    pub from: u8,
    /// As people read it.
    pub name: String,
    /// What it says about the conversation.
    pub means: String,
}

/// A skill score in words.
#[derive(Debug, Clone, Serialize)]
pub struct Level {
    /// The lowest rounded score that it applies to.
    pub from: u8,
    /// The sentence.
    pub says: String,
}
