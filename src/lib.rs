//! amends turns Markdown lessons and YAML branching scenarios about service failure into a static training site, in
//! which a trainee's choices are scored against a recovery model.
//!
//! # The flow
//!
//! ```text
//! Files -> load: parse -> check -> compile -> lint -> Loaded -> render -> Sink
//! ```
//!
//! The core takes the files of a site as path and bytes ([`files::Files`]), makes a course of them ([`load`]), and renders it
//! page by page to a [`sink::Sink`]. Around it stands the shell, which reads a folder, watches it, writes another and talks to
//! people. There is one way to load, one recipe for a scenario, one for a lesson, and one loop that renders.
//!
//! # The core
//!
//! | room | what it holds |
//! |---|---|
//! | [`files`], [`site_files`], [`path`] | the files of a site, and which is what |
//! | [`source`] | the text of every file, and places in it |
//! | [`diag`] | faults: codes, places, remedies, and how they look |
//! | [`parse`] | text to raw values with spans; collects every fault, never stops at the first |
//! | [`schema`] | the keys of every file, and the names that a site has, for editors |
//! | [`check`], [`limits`], [`measure`], [`statistics`] | what is wrong or weak; thresholds in one table; words, sentences and reading grade; the tests of balance, and what sets the best of several apart |
//! | [`compile`] | raw values to the course, and each story to the engine's graph |
//! | [`course`] | the course: resolved and immutable |
//! | [`load`] | files to a course; what was compiled is kept for the next load |
//! | [`portrait`] | what customers are drawn of |
//! | [`translate`] | the words of a course in other languages |
//! | [`prove`], [`map`] | what all plays of a story come to, as figures with their method; a story drawn |
//! | [`results`] | result codes as a class report |
//! | [`history`] | the versions of scenarios that were published, kept for result codes |
//! | [`address`], [`asset`], [`markdown`], [`theme`], [`render`] | a course to pages, and the names that files are published under |
//! | [`package`] | a course for a learning platform: its manifest, and what is kept of a trainee |
//! | [`search`] | what can be found, as an index in classic scripts |
//! | [`sink`], [`fingerprint`], [`parallel`] | where pages go; digests in names; work side by side |
//!
//! The engine that routes and scores is the crate `scenario-wasm`: linked here, it proves a course; compiled to
//! WebAssembly, it plays the course in the browser. The project's chores are in `xtask`.
//!
//! # The shell
//!
//! `shell` (a default feature) is everything that touches the world: the command line, the disk, the network, the server, the
//! clock. Nothing in the core uses it.
//!
//! # What never happens
//!
//! - The core touches no disk, no network, no environment, no clock and no thread of its own: it compiles for
//!   `wasm32-unknown-unknown` without features, and clippy forbids it the rest. Only [`parallel`] knows rayon.
//! - Only `shell::disk` reads a site, only `shell::write` writes one; of the commands `new` makes sites, `translate` begins
//!   translations, and `check` writes `content/proof.lock` and `content/history.lock` when asked to. `shell::editor` keeps the
//!   schemas of an editor up to date.
//! - Only `shell::external` goes out to the network, and only for `check --external`.
//! - Only `shell::cmd` prints.
//! - The same files give the same bytes.
//! - No float comes near a score.
//! - A template gets a typed struct, never a loose map.
//! - No rooms hang in a circle.

pub mod address;
pub mod asset;
pub mod check;
pub mod compile;
pub mod course;
pub mod diag;
pub mod files;
pub mod fingerprint;
pub mod history;
pub mod limits;
pub mod load;
pub mod map;
pub mod markdown;
pub mod measure;
pub mod package;
pub mod parallel;
pub mod parse;
pub mod path;
pub mod portrait;
pub mod prove;
pub mod render;
pub mod results;
pub mod schema;
pub mod search;
#[cfg(feature = "shell")]
pub mod shell;
pub mod sink;
pub mod site_files;
pub mod source;
pub mod statistics;
pub mod theme;
pub mod translate;
