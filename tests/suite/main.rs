//! The one integration binary: a module for each area.

mod blessed;
mod commands;
mod serve;
mod shipped;
mod sites;
mod write;
