//! x
#![allow(missing_docs)]
pub mod asset;
pub mod course;
pub mod diag;
pub mod error;
pub mod markdown;
pub mod output;
pub mod render;
pub mod source;
pub mod theme;
pub mod write;
