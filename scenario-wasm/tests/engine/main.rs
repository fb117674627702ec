//! The engine against its contract: the worked case to the digit, and every statement about scores on thousands of
//! generated scenarios. Nothing is drawn by chance: each scenario comes from a numbered seed.

mod build;
mod exploring;
mod generated;
mod oracle;
mod playing;
mod statements;
mod wire;
mod worked_case;
