//! The one integration binary: a module for each area.
// The functions that tests share are tests, too, and clippy does not know.
#![allow(clippy::unwrap_used)]

mod blessed;
mod commands;
mod diagnostics;
mod formats;
mod map;
mod parse;
mod play;
mod prove;
mod schema;
mod serve;
mod shipped;
mod sites;
mod texts;
mod write;
