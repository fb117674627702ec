//! First tries: what people chose when they played a scenario for the first time, for the family `played`. Anyone
//! playing again knows the answers.

use std::collections::BTreeMap;

/// A play: node and choice of each step, by their places in the engine's graph.
pub type Play = Vec<(u16, u8)>;

/// By the slug of its scenario, everybody's first try.
#[derive(Debug, Default)]
pub struct FirstTries(BTreeMap<String, Vec<Play>>);

impl FirstTries {
    /// Those of a scenario.
    #[must_use]
    pub fn at(&self, slug: &str) -> &[Play] {
        self.0.get(slug).map_or(&[], Vec::as_slice)
    }

    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// From slugs and plays.
impl FromIterator<(String, Play)> for FirstTries {
    fn from_iter<I: IntoIterator<Item = (String, Play)>>(plays: I) -> Self {
        let mut tries = Self::default();
        plays.into_iter().for_each(|(slug, play)| tries.0.entry(slug).or_default().push(play));
        tries
    }
}
