//! What is wrong with raw files beyond their syntax: unknown names, and stories that cannot be played.
//!
//! The third stage, with one file per family of checks. Every family adds to the [`Diagnostics`] and runs whether or not
//! another found errors, except for `play`, which needs a compiled story.
//!
//! Weaknesses of a sound story are found by `lint` and its families: `structure`, `scoring`, `danger`, `plays`, `gates`,
//! `choices`, `tells`, `habits`, `text`, `wording`, `pronouns`, `feedback`; `played`, if people have played; and `library`,
//! for all scenarios together.

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

/// Checks that a story is structurally sound, except for what only the compiled story can show.
pub fn story(story: &RawStory, model: Option<&Model>, diags: &mut Diagnostics) {
    if let Some(model) = model {
        names::check(story, model, diags);
    }
    names::targets(story, diags);
    shape::check(story, model, diags);
    flags::check(story, diags);
    graph::check(story, diags);
}
