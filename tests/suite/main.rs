//! The one integration binary: a module for each area.

mod blessed;
mod shipped;
mod sites;
mod write;
