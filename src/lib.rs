//! amends turns Markdown lessons and YAML branching scenarios about service failure into a static training site, in
//! which a trainee's choices are scored against a recovery model.
//!
//! # The flow
//!
//! ```text
//! Files -> load: parse -> check -> compile -> lint -> Loaded -> render -> Sink
//! ```
//!
//! The core takes the files of a site as paths and bytes ([`files::Files`]), turns them into a course ([`load`]), and
//! renders it page by page to a [`sink::Sink`]. The shell around it reads a folder, watches it, writes another and talks to
//! people. There is one way to load, one recipe for a scenario, one for a lesson, and one loop that renders.
//!
//! # The core
//!
//! | room | what it holds |
//! |---|---|
//! | [`files`], [`site_files`], [`path`] | the files of a site, and the kind of each |
//! | [`language`] | language tags: what was meant, and which way it is written |
//! | [`source`] | the text of every file, and places in it |
//! | [`diag`] | faults: codes, places, remedies, and how they are printed |
//! | [`parse`] | text to raw values with spans; reports every fault instead of stopping at the first |
//! | [`schema`] | for editors: the keys of every file, and the names that a site defines |
//! | [`check`], [`limits`], [`measure`], [`statistics`] | what is wrong or weak; every threshold in one table; words, sentences and reading grade; tests for position and length, and what sets the best of several choices apart |
//! | [`compile`] | raw values to the course, and each story to the engine's graph |
//! | [`course`] | the course: resolved and immutable |
//! | [`load`] | files to a course; keeps what it compiled for the next load |
//! | [`portrait`] | the parts that customers' faces are drawn from |
//! | [`translate`] | the words of a course in other languages |
//! | [`prove`], [`map`] | figures over all plays of a story, each with its method; a story as a drawing |
//! | [`results`] | result codes as a class report |
//! | [`history`] | the versions of scenarios that were published, kept for result codes |
//! | [`address`], [`asset`], [`markdown`], [`theme`], [`render`] | a course to pages, and the names that files are published under |
//! | [`package`] | a course packed for a learning platform: its manifest, and what the platform stores about a trainee |
//! | [`search`] | the search index, in classic scripts |
//! | [`sink`], [`fingerprint`], [`parallel`] | where pages go; digests in names; parallel work |
//! | `embedded` | the folders that travel inside the program |
//!
//! The engine that routes and scores is the crate `scenario-wasm`: linked here, it proves a course; compiled to
//! WebAssembly, it plays the course in the browser. The project's chores are in `xtask`.
//!
//! # The shell
//!
//! `shell` (a default feature) is everything outside the core: the command line, the disk, the network, the server, the
//! clock. Nothing in the core uses it.
//!
//! # What never happens
//!
//! - The core does not use the disk, the network, the environment, the clock or threads of its own: it compiles for
//!   `wasm32-unknown-unknown` without features, and clippy forbids the rest. Only [`parallel`] uses rayon.
//! - Only `shell::disk` finds the files of a site; pictures and other large ones are read when a page is made, through the
//!   [`files`] that it returned. Only `shell::write` writes a built site.
//! - What authors wrote is changed by three commands only: `ids` adds ids to scenarios, `translate` starts and stamps
//!   translations, and `check` writes `content/proof.lock` and `content/history.lock` on request. `new` and `start` create
//!   sites, `export` and `results --output` write one file each, and `shell::editor` keeps an editor's schemas up to date.
//! - Only `shell::external` asks the network for anything, and only for `check --external`. `shell::serve` listens on it.
//! - Only `shell::cmd` prints.
//! - The same files always give the same bytes.
//! - No score is a float.
//! - A template gets typed structs. Loose are only what a theme defines itself: its words and its options.
//! - No rooms depend on each other in a cycle.

pub mod address;
pub mod asset;
pub mod check;
pub mod compile;
pub mod course;
pub mod diag;
mod embedded;
pub mod files;
pub mod fingerprint;
pub mod history;
pub mod language;
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
