//! What is wrong with raw files beyond their syntax: names that lead nowhere, stories that cannot be played.
//!
//! Third stage, one file a family. Every family adds to the [`Diagnostics`] and none depends on another having
//! found nothing, except `play`, which needs the story compiled.
//!
//! What makes a sound story weak is for `lint` and its families: `structure`, `scoring`, `danger`, `plays`, `gates`, `choices`,
//! `tells`, `habits`, `text`, `wording`, `pronouns`, `feedback`, `played` where people have played, and `library` for all scenarios together.

mod choices;
pub mod course;
mod danger;
pub mod expect;
mod feedback;
mod findings;
pub mod flags;
mod gates;
pub mod graph;
mod habits;
pub mod library;
pub mod lint;
pub mod model;
pub mod names;
pub mod play;
mod played;
mod plays;
mod pronouns;
mod scoring;
pub mod shape;
mod statement;
mod structure;
pub mod style;
pub mod subject;
mod tells;
mod text;
mod tries;
mod wording;

pub use tries::{ClassPlays, Play, Played};

use crate::course::Model;
use crate::diag::Diagnostics;
use crate::parse::scenario::RawStory;

/// Everything that makes a story structurally sound, but for what only playing it can show.
pub fn story(story: &RawStory, model: Option<&Model>, diags: &mut Diagnostics) {
    if let Some(model) = model {
        names::check(story, model, diags);
    }
    names::targets(story, diags);
    shape::check(story, model, diags);
    flags::check(story, diags);
    graph::check(story, diags);
}
