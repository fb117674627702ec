//! Gates: conditions over flags and goodwill.
//!
//! A gate is a little program in postfix order rather than a tree: it evaluates without recursion, so that no
//! depth of nesting, honest or hostile, can exhaust a stack.

use serde::{Deserialize, Serialize};

/// A condition. An empty program always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gate(pub Vec<Op>);

/// One step of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// Pushes whether the flag is set.
    Flag(u8),
    /// Pushes whether goodwill compares so with the number.
    Goodwill(Compare, u8),
    /// Negates the last.
    Not,
    /// Replaces the last N by whether all hold.
    All(u8),
    /// Replaces the last N by whether any holds.
    Any(u8),
}

/// How goodwill is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compare {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
}
