//! The engine of amends: it routes, scores and explains a play, exactly.
//!
//! One crate for both sides. The generator links it to prove a course at build time; compiled to WebAssembly, it plays the
//! course in the browser. It has no files, YAML, HTML or DOM, and no score is a floating-point number.
//!
//! | room | what it holds |
//! |---|---|
//! | [`model`] | a recovery model as data |
//! | [`graph`], [`gate`] | a story as data, which the browser gets |
//! | `wire` | its bytes |
//! | `letters` | bytes as text, as they travel inside a page or a script |
//! | `valid`, [`scenario`] | a checked story, and everything derived from it |
//! | [`state`] | the effect of a choice |
//! | [`scale`], [`fraction`] | the arithmetic of a score |
//! | [`session`] | a play |
//! | [`report`], [`ledger`] | what a play is worth, and why |
//! | [`explore`], [`best`] | all plays at once |
//! | [`json`] | views and reports for the browser |
//! | [`code`] | result codes, and finding them in any text |
//! | [`class`] | what a class did: a row for each code, and the figures |
//! | [`shuffle`], [`mood`] | the order of choices; goodwill in a word |
//! | `bindings` | the whole interface to JavaScript, only in the browser |
//!
//! The player's module has no room for codes and classes; the feature `results` builds another module that contains them.
//! Without the feature `player` this is a library for any target.

// Without std, the browser's module is a third smaller: no panic messages, no hooks, no threads.
#![no_std]

extern crate alloc;

// First, because its macros are used below.
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
