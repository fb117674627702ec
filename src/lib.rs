//! amends turns Markdown lessons and YAML branching scenarios about service failure into a static training site.
//!
//! ```text
//! discover -> parse -> check -> compile -> render -> Output -> write
//! ```
#![allow(missing_docs)]

pub mod asset;
pub mod check;
pub mod cli;
pub mod cmd;
pub mod compile;
pub mod course;
pub mod diag;
pub mod discover;
pub mod error;
pub mod load;
pub mod map;
pub mod markdown;
pub mod output;
pub mod parse;
pub mod pipeline;
pub mod prove;
pub mod render;
pub mod schema;
pub mod serve;
pub mod source;
pub mod theme;
pub mod watch;
pub mod write;
