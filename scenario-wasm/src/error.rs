//! Why a graph cannot be played, and why a choice was refused.

use alloc::vec::Vec;

/// Why a graph cannot be played. Nodes and choices are indices into the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The bytes are not a graph of this version.
    Bytes,
    /// The graph breaks a rule of its form, which the text names.
    Malformed(&'static str),
    /// A play can reach a decision at which no choice is open.
    DeadEnd {
        /// The decision.
        node: usize,
        /// The choices that lead there.
        play: Vec<usize>,
    },
    /// No play is flawless.
    NoFlawless {
        /// The furthest decision that a flawless play reaches but cannot pass.
        node: usize,
        /// The tested skills whose needs are not open there. Empty if no open choice is rated 3 in all tested skills
        /// without a slip or cap.
        skills: Vec<usize>,
        /// The choices that lead there.
        play: Vec<usize>,
    },
    /// More reachable states than the limit.
    TooLarge,
    /// Weights and par have no common unit that fits 53 bits, so the score could not be exact.
    TooFine,
}

/// Why a choice was refused; the session stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The conversation has ended.
    Over,
    /// There is no such choice here.
    Unknown,
    /// Its gate does not hold.
    Closed,
}
