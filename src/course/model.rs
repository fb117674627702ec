//! A recovery model: the words, and the rules as the engine knows them.

use crate::source::FileId;

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
    /// What can go wrong, if the model has words of its own for it.
    pub failures: Vec<Failure>,
    /// From the highest `from` to the lowest.
    pub bands: Vec<Band>,
    /// From the highest `from` to the lowest; `says` may hold `{skill}`.
    pub skill_levels: Vec<Level>,
    /// With `{skill}` and `{needs}`.
    pub order_says: String,
    /// The rules, as the engine knows them.
    pub rules: scenario_wasm::Model,
}

/// What can go wrong where a model has no `failures`; themes have the words for these.
pub(crate) const FAILURES: [&str; 4] = ["unavailable", "late", "incorrect", "uncaring"];

impl Model {
    /// What a scenario may name as its failure.
    pub fn failures(&self) -> Vec<&str> {
        let own = self.failures.iter().map(|failure| failure.id.as_str());
        if self.failures.is_empty() { FAILURES.to_vec() } else { own.collect() }
    }

    /// The model's own name of a failure; themes name the others.
    pub fn failure_name(&self, id: &str) -> Option<&str> {
        self.failures.iter().find(|failure| failure.id == id).map(|failure| failure.name.as_str())
    }

    /// The skill that acts: the one called `act`, else the last.
    pub fn acting(&self) -> &Skill {
        let act = self.skills.iter().find(|skill| skill.id == "act");
        act.or(self.skills.last()).expect("a model has skills")
    }
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
    /// How the debrief says it.
    pub says: String,
}

/// A kind of failure that a model names itself.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What scenarios name it by.
    pub id: String,
    /// As people read it.
    pub name: String,
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
