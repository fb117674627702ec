//! The one integration binary: a module for each area.
// A test says by panicking what is wrong.
#![allow(clippy::unwrap_used)]

mod blessed;
mod commands;
mod diagnostics;
mod serve;
mod shipped;
mod site;
mod sites;
mod texts;
mod write;
