//! The one integration binary: a module for each area.

mod shipped;
