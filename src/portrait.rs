//! Portraits that the program draws: a person is put together of parts, once for each mood, by a theme's `portrait.svg`. The
//! parts are Open Peeps, as `cargo xtask portraits` made them.

#[rustfmt::skip]
mod art;

use serde::Serialize;

pub use art::{BEARDS, BUSTS, EYEWEAR, FACES, HEADS};

/// The colors of hair. A theme mixes them, as it does those of cloth.
pub const HAIR: &[&str] = &["ink", "brown", "rust", "straw", "ash"];

/// The colors of cloth.
pub const CLOTH: &[&str] = &["glaze", "mist", "slate", "paper", "gray"];

/// Somebody in a portrait. Each part is its drawing; one that is not worn is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Person {
    /// With its hair.
    pub head: &'static str,
    /// From 1, the lightest, to 5.
    pub skin: u8,
    /// One of [`HAIR`].
    pub hair: String,
    /// Beard or moustache.
    pub beard: &'static str,
    /// Glasses.
    pub eyewear: &'static str,
    /// The shoulders, and what is worn on them.
    pub bust: &'static str,
    /// One of [`CLOTH`].
    pub color: String,
}
