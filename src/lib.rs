//! amends turns Markdown lessons and YAML branching scenarios about service failure into a static training site, in
//! which a trainee's choices are scored against a recovery model.
//!
//! # The flow
//!
//! ```text
//! discover -> parse -> check -> compile -> render -> Output -> write
//! ```
//!
//! Each stage makes the type that the next one takes, so nothing can be called out of order. [`load`] goes as far as a
//! [`course::Course`], and looks through its texts; [`pipeline`] leaves that to `render`, which reads them anyway, and
//! goes on to an [`output::Output`], an ordered map from path to bytes, which `build` writes, `serve` serves and tests
//! compare. There is one way to render. `build` takes each page as soon as it is made, so that a large course is never
//! held as a whole.
//!
//! # The rooms
//!
//! | room | what it holds |
//! |---|---|
//! | [`shell::cli`], [`shell::cmd`] | the command line; one file a command |
//! | [`source`] | the text of every file, and places in it |
//! | [`diag`] | faults: codes, places, remedies, and how they look |
//! | [`discover`], [`asset`], [`shell::theme_files`] | which files there are |
//! | [`address`] | paths and URLs in the site |
//! | [`parse`] | text to raw values with spans; collects every fault, never stops at the first |
//! | [`check`], [`limits`], [`measure`], [`statistics`] | what is wrong or weak; thresholds in one table; words, sentences and reading grade; the tests of balance |
//! | [`prove`] | what all plays of a story come to, as figures with their method |
//! | [`results`] | result codes as a class report, and as first tries for `check` |
//! | [`schema`] | the keys of every file, for editors |
//! | [`compile`] | raw values to the course, and each story to the engine's graph |
//! | [`course`] | the course: resolved and immutable |
//! | [`load`] | a folder to a course; what is known from earlier runs; one file again |
//! | [`translate`] | the words of a course in other languages |
//! | [`markdown`], [`theme`], [`render`] | a course to pages, and the names that files are published under |
//! | [`search`] | what can be found, as an index in classic scripts |
//! | [`pipeline`], [`output`], [`shell::write`] | pages to a folder |
//! | [`standing`] | whether the site in a folder is already what its sources make |
//! | [`shell::watch`], [`shell::serve`] | pages to a browser, again at each save |
//! | [`shell::external`] | links that lead out of the course, asked for one by one |
//! | [`shell::error`] | failures of the environment |
//!
//! The engine that routes and scores is the crate `scenario-wasm`: linked here, it proves a course; compiled to
//! WebAssembly, it plays the course in the browser. The project's chores are in `xtask`.
//!
//! # What never happens
//!
//! - No rooms hang in a circle: each uses others in one direction alone.
//! - Only `discover`, `asset`, `load`, `theme_files`, `write`, `standing`, `serve` and `watch` touch the disk; and of the
//!   commands `new`, which makes sites, `translate`, which begins translations, `check`, which writes
//!   `content/proof.lock` when asked to, and `results` and `check --results`, which read the files that they are given.
//! - Only `external` goes out to the network, and only for `check --external`.
//! - Only `cmd` prints.
//! - `parse`, `check`, `compile` and `render` know no clock and no chance: the same input gives the same bytes.
//! - No float comes near a score.
//! - A template gets a typed struct, never a loose map.

pub mod address;
pub mod asset;
pub mod check;
pub mod compile;
pub mod course;
pub mod diag;
pub mod discover;
pub mod limits;
pub mod load;
pub mod map;
pub mod markdown;
pub mod measure;
pub mod output;
pub mod parse;
pub mod pipeline;
pub mod prove;
pub mod render;
pub mod results;
pub mod schema;
pub mod search;
pub mod shell;
pub mod source;
pub mod standing;
pub mod statistics;
pub mod theme;
pub mod translate;
