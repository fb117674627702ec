//! The only integration test binary, with a module for each area.
// Clippy does not treat the helpers of tests as tests.
#![allow(clippy::unwrap_used)]

mod agreement;
mod alarms;
mod around;
mod blessed;
mod codes;
mod commands;
mod diagnostics;
mod docs;
mod external;
mod formats;
mod forms;
#[path = "../../scenario-wasm/tests/engine/generated.rs"]
mod generated;
mod harness;
mod hostile;
mod languages;
mod links;
mod map;
mod markdown;
mod media;
mod memory;
mod moments;
mod names;
mod parse;
mod play;
mod played;
#[path = "../../scenario-wasm/tests/engine/playing.rs"]
mod playing;
mod portraits;
mod prove;
mod reload;
mod results;
mod rooms;
mod safety;
mod scaffold;
mod schema;
mod script;
mod search;
mod serve;
mod shipped;
mod sites;
mod style;
mod wasm;
mod write;
