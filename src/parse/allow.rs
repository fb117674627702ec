//! `allow: { CODE: REASON }`: lints that the author suppresses.

use crate::parse::At;
use crate::parse::collection::names;
use crate::parse::decode::Decode;
use crate::parse::scalar::{ID, Text};

/// A lint that is suppressed, with the reason.
#[derive(Debug, Clone)]
pub struct RawAllow {
    /// The name of its code.
    pub code: At<String>,
    /// Why it does not apply here.
    pub reason: At<String>,
}

pub(super) fn allow() -> impl Decode<Output = Vec<RawAllow>> {
    names(ID, Text).and_then(|allowed, _, _| {
        Some(allowed.into_iter().map(|(code, reason)| RawAllow { code, reason }).collect())
    })
}
