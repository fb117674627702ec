//! Turns text into raw structures: as typed, with spans, nothing resolved.
//!
//! The second stage, after `site_files`. Every parser here is total: it takes any text, adds faults to the
//! [`crate::diag::Diagnostics`], and returns what it could read. A required part that is missing is `None` and has been
//! reported.
//!
//! The keys of each mapping are listed once, in a table (`mapping`) that `amends schema` also prints.

pub mod allow;
pub mod brand;
pub mod choice;
mod collection;
pub mod config;
mod decode;
mod entries;
pub mod expect;
pub mod front_matter;
pub mod gate;
mod id;
pub mod ids;
pub mod lesson;
mod lookalike;
mod mapping;
mod misplaced_nodes;
mod mistake;
pub mod model;
pub mod node;
pub mod objectives;
mod origin;
mod picture;
mod portrait;
mod reader;
mod scalar;
pub mod scenario;
mod syntax;
mod tree;
mod written;
pub mod yaml;

use crate::source::Span;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// As typed.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> At<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

pub(crate) use decode::{Definitions, naming};
pub(crate) use id::{is_id, slug, unfit_name};
pub use picture::RawPicture;
pub use portrait::{RawPerson, RawPortrait};
pub(crate) use scalar::is_one_of;
pub(crate) use written::as_yaml;
