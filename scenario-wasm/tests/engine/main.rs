//! The engine against its contract: the worked case to the digit, and every statement about scores on thousands of generated
//! scenarios. Every run is the same: each scenario comes from a numbered seed.

// Clippy does not treat the helpers of tests as tests.
#![allow(clippy::unwrap_used)]

mod build;
mod classes;
mod codes;
mod exploring;
mod generated;
mod names;
mod oracle;
mod playing;
mod statements;
mod wire;
mod worked_case;
