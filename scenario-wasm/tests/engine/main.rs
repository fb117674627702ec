//! The engine against its contract: the worked case to the digit, and every statement about scores on thousands of
//! generated scenarios. Nothing is drawn by chance: each scenario comes from a numbered seed.

// The functions that tests share are tests, too, and clippy does not know.
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
