//! What a customer looks like, as typed: drawn from parts, or a picture of the author's own.

use serde_json::json;

use crate::diag::Code;
use crate::parse::At;
use crate::parse::collection::{list, list_or};
use crate::parse::decode::{Decode, custom};
use crate::parse::mapping::keyed;
use crate::parse::picture::RawPicture;
use crate::parse::scalar::{Word, Words, number};
use crate::parse::yaml::Kind;
use crate::portrait::{BEARDS, BUSTS, CLOTH, EYEWEAR, HAIR, HEADS};

/// What a customer looks like.
#[derive(Debug, Clone)]
pub enum RawPortrait {
    /// One person, or a group of two or three.
    Drawn(Vec<RawPerson>),
    /// A file of the author's.
    Picture(RawPicture),
}

keyed! {
    /// A person who is drawn from parts.
    #[derive(Debug, Clone)]
    pub struct RawPerson ["person", "a portrait"] |reader| {
        /// Head and hair.
        pub head: At<&'static str> = need(Words(HEADS)) else None,
        /// 1, the lightest, to 5.
        pub skin: At<u8> = need(number(1..=5)) else None,
        /// The color of the hair; by default ink.
        pub hair: Option<At<String>> = may(Word(HAIR)),
        /// Beard or moustache.
        pub beard: Option<At<&'static str>> = may(Words(BEARDS)),
        /// Glasses.
        pub eyewear: Option<At<&'static str>> = may(Words(EYEWEAR)),
        /// Clothes; by default crew.
        pub wears: Option<At<&'static str>> = may(Words(BUSTS)),
        /// The color of the clothes; by default glaze.
        pub color: Option<At<String>> = may(Word(CLOTH)),
    }
}

/// A list is a group; a mapping with the key of a file or its description is a picture.
pub(super) fn portrait() -> impl Decode<Output = RawPortrait> {
    let group = custom(
        |value, key, diags| {
            if let Kind::List(people) = &value.kind
                && !(2..=3).contains(&people.len())
            {
                let message = format!("a group has two or three people, but this has {}", people.len());
                diags.error(
                    Code::BadValue,
                    value.span,
                    message,
                    "draw two or three; a single one needs no `-`",
                );
                return None;
            }
            list(RawPerson::KEYS).read(value, key, diags).map(RawPortrait::Drawn)
        },
        |definitions| list(RawPerson::KEYS).between(2, 3).schema(definitions),
    );
    let one = custom(
        |value, key, diags| {
            let is_picture = ["image", "alt"].iter().any(|key| value.get(key).is_some());
            match is_picture {
                true => RawPicture::KEYS.read(value, key, diags).map(RawPortrait::Picture),
                false => RawPerson::KEYS.read(value, key, diags).map(|one| RawPortrait::Drawn(vec![one])),
            }
        },
        |definitions| json!({ "anyOf": [RawPerson::KEYS.schema(definitions), RawPicture::KEYS.schema(definitions)] }),
    );
    list_or(group, one)
}
