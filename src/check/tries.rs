//! What a class played, for the family `played`: first tries, since anyone playing again knows the answers; and the results
//! that an edit affects.

use std::collections::BTreeMap;

/// A play: node and choice of each step, by index into the engine's graph.
pub type Play = Vec<(u16, u8)>;

/// What a class played, by the slug of its scenario.
pub type ClassPlays = BTreeMap<String, Played>;

/// What a class played of one scenario.
#[derive(Debug, Default)]
pub struct Played {
    /// Everybody's first try on the current version of the scenario.
    pub first_tries: Vec<Play>,
    /// Results with choices that no longer exist: `codes.txt:3`.
    pub lost: Vec<String>,
    /// Results whose choices now score differently: `codes.txt:3 from 100 to 41`.
    pub rescored: Vec<String>,
}
