//! The one integration binary: a module for each area.
// A test says by panicking what is wrong.
#![allow(clippy::unwrap_used)]

mod diagnostics;
mod shipped;
mod site;
