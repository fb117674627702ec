//! Text becomes raw structures: as typed, with spans, nothing resolved.
//!
//! Second stage, after `discover`. Every parser here is total: it takes any text, adds what is wrong to the
//! [`crate::diag::Diagnostics`], and returns what it could make out. A required thing that is missing is `None` and has been told.

pub mod brand;
pub mod config;
mod decode;
pub mod expect;
pub mod front_matter;
pub mod gate;
pub mod lesson;
pub mod model;
pub mod node;
pub mod objectives;
mod origin;
pub mod scenario;
mod slip;
mod syntax;
pub mod yaml;

use crate::source::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// As typed.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> At<T> {
    /// Puts the two together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A picture with its alternative text; the path is as typed, relative to the file it stands in.
#[derive(Debug, Clone)]
pub struct RawPicture {
    /// The path.
    pub image: At<String>,
    /// What it shows, for those who cannot see it.
    pub alt: At<String>,
}

pub(crate) use decode::{is_id, slug};
