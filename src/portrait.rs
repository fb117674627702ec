//! Portraits that the program draws: a theme's `portrait.svg` combines parts into a person, once for each mood. The parts
//! are from Open Peeps, made by `cargo xtask portraits`.

#[rustfmt::skip]
mod art;

use serde::Serialize;

pub use art::{BEARDS, BUSTS, EYEWEAR, FACES, HEADS};

/// The names of the colors of hair. A theme defines these colors and those of clothes.
pub const HAIR: &[&str] = &["ink", "brown", "rust", "straw", "ash"];

/// The names of the colors of clothes.
pub const CLOTH: &[&str] = &["glaze", "mist", "slate", "paper", "gray"];

/// A person in a portrait. Each part is its drawing; an unused part is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Person {
    /// Head and hair.
    pub head: &'static str,
    /// From 1, the lightest, to 5.
    pub skin: u8,
    /// One of [`HAIR`].
    pub hair: String,
    /// Beard or mustache.
    pub beard: &'static str,
    /// Glasses.
    pub eyewear: &'static str,
    /// The shoulders, and the clothes on them.
    pub bust: &'static str,
    /// One of [`CLOTH`].
    pub color: String,
}
