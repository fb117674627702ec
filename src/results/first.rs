//! The first tries of a class, for the checks that read them.

use std::collections::BTreeMap;

use crate::results::Library;

/// A play: nodes, and the places of the choices taken there.
pub type Steps = Vec<(u16, u8)>;

/// By scenario, the first try of everybody: who plays again knows the answers.
#[derive(Debug, Default)]
pub struct FirstTries(BTreeMap<String, Vec<Steps>>);

impl FirstTries {
    /// Of the plays that were replayed on the scenarios as they are now.
    #[must_use]
    pub fn of(library: &Library, class: &scenario_wasm::class::Class) -> Self {
        let shelf = library.shelf();
        let mut all: BTreeMap<String, Vec<Steps>> = BTreeMap::new();
        for row in class.rows.iter().filter(|row| row.attempt == 1 && !row.result.moved) {
            if !row.result.steps.is_empty() {
                all.entry(shelf.slug(row.scenario).to_owned()).or_default().push(row.result.steps.clone());
            }
        }
        Self(all)
    }

    /// Those of a scenario.
    #[must_use]
    pub fn at(&self, slug: &str) -> &[Steps] {
        self.0.get(slug).map_or(&[], Vec::as_slice)
    }

    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}
