//! The engine of amends: it routes, scores and explains a play, exactly.
//!
//! One crate for both sides. The generator links it to prove a course at build time; compiled to WebAssembly it
//! plays the course in the browser. It knows no file, no YAML, no HTML and no DOM, and no floating-point number
//! comes near a score.
//!
//! | room | what it holds |
//! |---|---|
//! | [`model`] | a recovery model as data |
//! | [`graph`], [`gate`] | a story as data: what travels to the browser |
//! | `wire` | its bytes |
//! | `letters` | bytes as text, as they travel inside a page or a script |
//! | `valid`, [`scenario`] | a story that has been checked, and what follows from it |
//! | [`state`] | what one choice does |
//! | [`scale`], [`fraction`] | the arithmetic of a score |
//! | [`session`] | a play |
//! | [`report`], [`ledger`] | what a play is worth, and why |
//! | [`explore`], [`best`] | all plays at once |
//! | [`json`] | what the browser reads |
//! | [`code`] | result codes, and where they stand in any text |
//! | [`class`] | what a class did: a line for each code, and the figures |
//! | [`shuffle`], [`mood`] | the order of choices; goodwill in a word |
//! | `bindings` | the whole surface to JavaScript, in the browser only |
//!
//! Codes and classes are left out of the player's module, which has no room for them; the feature `results` makes another
//! module that has them. Without the feature `player` this is a library for any target.

// Without std the module for the browser is smaller by a third: no panic messages, no hooks, no threads.
#![no_std]

extern crate alloc;

// Before what its macros write.
#[macro_use]
pub mod json;

pub mod best;
#[cfg(feature = "player")]
mod bindings;
#[cfg(any(not(feature = "player"), feature = "results"))]
pub mod class;
#[cfg(any(not(feature = "player"), feature = "results"))]
pub mod code;
pub mod error;
pub mod explore;
pub mod fraction;
pub mod gate;
pub mod graph;
pub mod ledger;
#[cfg(not(feature = "player"))]
pub mod letters;
pub mod model;
pub mod mood;
pub mod report;
pub mod scale;
pub mod scenario;
pub mod session;
pub mod shuffle;
pub mod state;
mod valid;
mod wire;

pub use best::Futures;
pub use error::{Error, Refused};
pub use fraction::Fraction;
pub use gate::{Compare, Gate, Op};
pub use graph::{Cap, Choice, Decision, Graph, Node};
pub use ledger::{Kind, Line};
pub use model::{GoodwillRule, MasteryRule, Model, PassRule, Skill, Slip};
pub use mood::Mood;
pub use report::{Method, Report, Score, SkillScore, StepReport};
pub use scenario::Scenario;
pub use session::{Session, View};
pub use shuffle::order;
pub use state::State;
