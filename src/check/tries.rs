//! What a class played, for the family `played`: first tries, since anyone playing again knows the answers; and what an edit
//! does to the results that there are.

use std::collections::BTreeMap;

/// A play: node and choice of each step, by their places in the engine's graph.
pub type Play = Vec<(u16, u8)>;

/// What a class played, by the slug of its scenario.
#[derive(Debug, Default)]
pub struct ClassPlays(BTreeMap<String, Played>);

/// What a class played of one scenario.
#[derive(Debug, Default)]
pub struct Played {
    /// Everybody's first try on the scenario as it is.
    pub first_tries: Vec<Play>,
    /// The results whose choices are no longer all there: `codes.txt:3`.
    pub lost: Vec<String>,
    /// The results to which the same choices no longer come: `codes.txt:3 from 100 to 41`.
    pub rescored: Vec<String>,
}

impl ClassPlays {
    /// Of a scenario, if it was played.
    pub fn at(&self, slug: &str) -> Option<&Played> {
        self.0.get(slug)
    }

    /// Of a scenario that was played.
    pub fn of(&mut self, slug: &str) -> &mut Played {
        self.0.entry(slug.to_owned()).or_default()
    }

    /// How many first tries there are in all.
    pub fn count(&self) -> usize {
        self.0.values().map(|played| played.first_tries.len()).sum()
    }
}
