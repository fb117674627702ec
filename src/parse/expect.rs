//! `expect` as typed: plays with a known result, and statements about all plays.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::decode::{Reader, boolean, entries, list, number, text};
use crate::parse::yaml::Value;
use crate::source::Span;

/// One entry.
#[derive(Debug, Clone)]
pub enum RawExpect {
    Play(Box<RawPlay>),
    /// Holds in no play.
    Never(RawStatement),
    /// Holds in every play.
    Always(RawStatement),
    /// Holds of random play.
    Share(RawShare),
}

/// `{ band, at_least, at_most }`: how much of random play comes to a band, in percent.
#[derive(Debug, Clone)]
pub struct RawShare {
    pub band: At<String>,
    pub at_least: Option<At<u8>>,
    pub at_most: Option<At<u8>>,
}

/// A play and what is expected of it; what is left out is not looked at.
#[derive(Debug, Clone)]
pub struct RawPlay {
    /// Where the entry begins.
    pub span: Span,
    pub path: Vec<At<String>>,
    /// The rounded final.
    pub score: Option<At<u8>>,
    pub band: Option<At<String>>,
    pub ending: Option<At<String>>,
    pub pass: Option<At<bool>>,
    pub mastery: Option<At<bool>>,
    /// The rounded score of single skills.
    pub skills: Vec<(At<String>, At<u8>)>,
}

/// `{ choice: NODE/CHOICE, before: SKILL or NODE }`: that the choice is taken before the skill is opened or the node is met.
#[derive(Debug, Clone)]
pub struct RawStatement {
    pub choice: At<String>,
    pub before: At<String>,
}

/// Reads one entry.
pub(super) fn expect(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawExpect> {
    let mut reader = Reader::open(value, "an expectation", value.span, diags)?;
    let kinds = ["path", "never", "always", "share"].iter().filter(|key| reader.peek(key).is_some()).count();
    if kinds != 1 {
        let fault = Diagnostic::error(
            Code::MissingKey,
            value.span,
            "an expectation has one of `path`, `never`, `always` or `share`",
        );
        reader.diags.push(fault.hint("write `path: [choice, choice]` with what is expected of that play"));
    }
    let never = reader.get("never", statement);
    let always = reader.get("always", statement);
    let share = reader.get("share", share);
    let path = reader.get("path", list(text));
    let play = RawPlay {
        span: value.span,
        path: path.clone().unwrap_or_default(),
        score: reader.get("score", number(0..=100)),
        band: reader.get("band", text),
        ending: reader.get("ending", text),
        pass: reader.get("pass", boolean),
        mastery: reader.get("mastery", boolean),
        skills: reader.get("skills", skills).unwrap_or_default(),
    };
    reader.close();
    let never = never.map(RawExpect::Never).or(always.map(RawExpect::Always));
    let never = never.or(share.map(RawExpect::Share));
    never.or(path.map(|_| RawExpect::Play(Box::new(play))))
}

fn statement(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawStatement> {
    let mut reader = Reader::open(value, "a statement", value.span, diags)?;
    let choice = reader.need("choice", text);
    let before = reader.need("before", text);
    reader.close();
    Some(RawStatement { choice: choice?, before: before? })
}

fn share(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<RawShare> {
    let mut reader = Reader::open(value, "a share", value.span, diags)?;
    let band = reader.need("band", text);
    let at_least = reader.get("at_least", number(0..=100));
    let at_most = reader.get("at_most", number(0..=100));
    if reader.peek("at_least").is_none() && reader.peek("at_most").is_none() {
        let fault =
            Diagnostic::error(Code::MissingKey, value.span, "a share has neither `at_least` nor `at_most`");
        reader.diags.push(fault.hint("write `at_most: 10` for at most 10 % of random play"));
    }
    reader.close();
    Some(RawShare { band: band?, at_least, at_most })
}

fn skills(value: &Value, _key: &str, diags: &mut Diagnostics) -> Option<Vec<(At<String>, At<u8>)>> {
    let entries = entries(value, "`skills`", diags)?;
    let each = entries.iter().filter_map(|entry| {
        let score = number(0..=100)(&entry.value, &entry.key.value, diags)?;
        Some((entry.key.clone(), score))
    });
    Some(each.collect())
}
