//! `expect` as typed: plays with an expected result, and statements about all plays.

use crate::parse::At;
use crate::parse::collection::{list, names};
use crate::parse::mapping::{Mapping, keyed};
use crate::parse::reader::Reader;
use crate::parse::scalar::{Bool, NAME, Name, Text, number};
use crate::parse::yaml::Kind;
use crate::source::Span;

/// One entry.
#[derive(Debug, Clone)]
pub enum RawExpect {
    /// A play with its expected result.
    Play(Box<RawPlay>),
    /// Holds in no play.
    Never(RawStatement),
    /// Holds in every play.
    Always(RawStatement),
    /// Holds of random play.
    Share(RawShare),
}

keyed! {
    /// A play and its expected result; only the keys that are there are compared.
    #[derive(Debug, Clone)]
    pub struct RawPlay |reader| {
        /// The start of the entry.
        pub span: Span => reader.span(),
        /// One choice id for each decision met, from the start.
        pub path: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// The rounded final score of that play.
        pub score: Option<At<u8>> = may(number(0..=100)),
        /// Its band.
        pub band: Option<At<String>> = may(Text),
        /// The ending that it reaches.
        pub ending: Option<At<String>> = may(Name),
        /// Whether it passes.
        pub pass: Option<At<bool>> = may(Bool),
        /// Whether it is mastery.
        pub mastery: Option<At<bool>> = may(Bool),
        /// The rounded scores of some skills.
        pub skills: Vec<(At<String>, At<u8>)> = may(names(NAME, number(0..=100))).unwrap_or_default(),
    }
}

keyed! {
    /// Whether a choice is taken before a skill is opened or a node is met.
    #[derive(Debug, Clone)]
    pub struct RawStatement ["statement", "a statement"] |reader| {
        /// NODE/CHOICE
        pub choice: At<String> = need(Name) else None,
        /// A skill, or a node.
        pub before: At<String> = need(Name) else None,
    }
}

keyed! {
    /// The share of random plays that reach a band.
    #[derive(Debug, Clone)]
    pub struct RawShare ["share", "a share"] |reader| where has_a_bound {
        /// The name of the band.
        pub band: At<String> = need(Text) else None,
        /// In percent.
        pub at_least: Option<At<u8>> = may(number(0..=100)),
        /// In percent.
        pub at_most: Option<At<u8>> = may(number(0..=100)),
    }
}

fn has_a_bound(reader: &mut Reader<'_, '_>) {
    reader.any_of(
        &["at_least", "at_most"],
        "a share has neither `at_least` nor `at_most`",
        "write `at_most: 10` for at most 10 % of random play",
    );
}

pub(super) const EXPECT: Mapping<RawExpect> = Mapping {
    name: "expectation",
    what: "an expectation",
    says: "One play and its result, or a statement about all plays.",
    keys: |reader| {
        let keys = &["path", "never", "always", "share"];
        if reader.one_of(keys) != 1 {
            reader.report_none(
                keys,
                "an expectation has exactly one of `path`, `never`, `always` and `share`",
                "write `path: [choice, choice]` with what is expected of that play",
            );
        }
        let play = RawPlay::ask(reader)
            .filter(|_| reader.value("path").is_some_and(|path| matches!(path.kind, Kind::List(_))));
        let never = reader.may("never", RawStatement::KEYS, "Holds in no play.");
        let share = reader.may("share", RawShare::KEYS, "Holds of random play.");
        let always = reader.may("always", RawStatement::KEYS, "Holds in every play that takes the choice.");
        let statement = never.map(RawExpect::Never).or(always.map(RawExpect::Always));
        let statement = statement.or(share.map(RawExpect::Share));
        statement.or(play.map(|play| RawExpect::Play(Box::new(play))))
    },
};
