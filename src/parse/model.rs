//! `content/models/ID.yaml` as typed: a recovery model, its words and its rules.

use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::collection::{list, list_or, names};
use crate::parse::decode::{Decode, Field, custom, naming};
use crate::parse::id::check_name;
use crate::parse::mapping::keyed;
use crate::parse::scalar::{NAME, Name, Number, Pattern, Text, number};
use crate::parse::yaml::{self, Kind, Value};
use crate::source::{FileId, Span};

/// Reads a model's file.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<RawModel> {
    let value = yaml::parse_file(file, text, diags)?;
    RawModel::KEYS.read_at(&value, value.span, diags)
}

const FRACTION: Pattern = Pattern("^\\s*[0-9]{1,3}\\s*(/\\s*[0-9]{1,3}\\s*)?$");
const POINTS: Number<u8> = number(0..=100);

keyed! {
    /// A recovery model: skills in order, named harms, bands, and the rules of scoring.
    #[derive(Debug, Clone)]
    pub struct RawModel ["model", "a model"] |reader| {
        /// Its file.
        pub file: FileId => reader.span().file,
        /// Its start.
        pub span: Span => reader.span(),
        /// Its name.
        pub title: Option<At<String>> = need(Text),
        /// What a rating is worth if it comes before what it needs: 1/2.
        pub out_of_order: Option<At<(u8, u8)>> = need(FRACTION.and_then(fraction)),
        /// In the order in which they are practiced.
        pub skills: Vec<RawSkill> = need(skills()).unwrap_or_default(),
        /// Named harms.
        pub slips: Vec<RawSlip> = may(slips()).unwrap_or_default(),
        /// Kinds of failure by name, each as people read it. Without them: unavailable, late, incorrect, uncaring.
        pub failures: Vec<(At<String>, At<String>)> = may(failures()).unwrap_or_default(),
        /// Ceilings of the final score.
        pub caps: Option<RawCaps> = need(RawCaps::KEYS.and_then(in_order)),
        /// From the highest; the last starts at 0.
        pub bands: Vec<RawBand> = need(list(RawBand::KEYS).not_empty()).unwrap_or_default(),
        /// A skill's score in words, from the highest; {skill} is filled in.
        pub skill_levels: Vec<RawLevel> = need(list(RawLevel::KEYS).not_empty()).unwrap_or_default(),
        /// Shown for a rating that came too early; {skill} and {needs} are filled in.
        pub order_says: Option<At<String>> = need(Text),
        /// When a play passes; all scores are compared rounded.
        pub pass: Option<RawPass> = need(RawPass::KEYS),
        /// When a passed play is mastery.
        pub mastery: Option<RawMastery> = need(RawMastery::KEYS),
        /// How a choice moves the customer's goodwill.
        pub goodwill: Option<RawGoodwill> = need(RawGoodwill::KEYS),
    }
}

keyed! {
    /// One dimension of the model.
    #[derive(Debug, Clone)]
    pub struct RawSkill ["skill", "a skill"] |reader| {
        /// Its name in scenarios.
        pub id: At<String> => reader.name.clone(),
        /// As people read it.
        pub name: Option<At<String>> = need(Text),
        /// Its share of the final score; only ratios count.
        pub weight: Option<At<u16>> = need(number(1..=1000)),
        /// Skills that must be opened first; of a list among them, any one.
        pub needs: Vec<Vec<At<String>>> = may(list(need())).unwrap_or_default(),
        /// What a rating of 0, 1, 2 and 3 looks like.
        pub levels: Vec<At<String>> = need(list(Text).between(4, 4).and_then(four_levels)).unwrap_or_default(),
    }
}

keyed! {
    /// A named harm.
    #[derive(Debug, Clone)]
    pub struct RawSlip ["slip", "a slip"] |reader| {
        /// Its name in scenarios.
        pub id: At<String> => reader.name.clone(),
        /// The skill that it harms.
        pub skill: Option<At<String>> = need(Name.naming(naming::SKILL)),
        /// As people read it.
        pub name: Option<At<String>> = need(Text),
        /// The debrief's words for the trainee: "You cut in."
        pub says: Option<At<String>> = need(Text),
    }
}

keyed! {
    /// Ceilings of the final score.
    #[derive(Debug, Clone)]
    pub struct RawCaps ["caps", "`caps`"] |reader| {
        /// The most that a play with serious misconduct can score.
        pub serious: At<u8> = need(POINTS) else None,
        /// The same for critical misconduct, no higher.
        pub critical: At<u8> = need(POINTS) else None,
    }
}

keyed! {
    /// A band of the final score.
    #[derive(Debug, Clone)]
    pub struct RawBand ["band", "a band"] |reader| {
        /// The lowest rounded final in it.
        pub from: At<u8> = need(POINTS) else None,
        /// As people read it.
        pub name: At<String> = need(Text) else None,
        /// What it says about the conversation.
        pub means: At<String> = need(Text) else None,
    }
}

keyed! {
    /// A skill's score in words.
    #[derive(Debug, Clone)]
    pub struct RawLevel ["level", "a level"] |reader| {
        /// The lowest rounded score that it applies to.
        pub from: At<u8> = need(POINTS) else None,
        /// The sentence.
        pub says: At<String> = need(Text) else None,
    }
}

keyed! {
    /// When a play is passed.
    #[derive(Debug, Clone)]
    pub struct RawPass ["pass", "`pass`"] |reader| {
        /// The lowest final.
        pub score: At<u8> = need(POINTS) else None,
        /// The lowest score of every skill that counts.
        pub every_skill: At<u8> = need(POINTS) else None,
        /// The same for a skill that a flawless play meets once.
        pub single_chance: At<u8> = need(POINTS) else None,
    }
}

keyed! {
    /// When a passed play is mastery.
    #[derive(Debug, Clone)]
    pub struct RawMastery ["mastery", "`mastery`"] |reader| {
        /// The lowest final.
        pub score: At<u8> = need(POINTS) else None,
        /// The lowest score of every skill that counts.
        pub every_skill: At<u8> = need(POINTS) else None,
    }
}

keyed! {
    /// How a choice moves the customer's goodwill.
    #[derive(Debug, Clone)]
    pub struct RawGoodwill ["goodwill", "`goodwill`"] |reader| {
        /// For a rating of 0, 1, 2 and 3; of two ratings, the mean.
        pub by_rating: [At<i8>; 4] = need(list(CHANGE).between(4, 4).and_then(by_rating)) else None,
        /// For each slip.
        pub slip: At<i8> = need(CHANGE) else None,
        /// For serious misconduct.
        pub serious: At<i8> = need(CHANGE) else None,
        /// For critical misconduct.
        pub critical: At<i8> = need(CHANGE) else None,
    }
}

const CHANGE: Number<i8> = number(-100..=100);

/// `1/2`, `0` or `1`: what a rating is worth if it comes too early.
fn fraction(typed: At<String>, field: &Field<'_>, diags: &mut Diagnostics) -> Option<At<(u8, u8)>> {
    let (top, bottom) = typed.value.split_once('/').unwrap_or((&typed.value, "1"));
    match (top.trim().parse::<u8>(), bottom.trim().parse::<u8>()) {
        (Ok(top), Ok(bottom)) if bottom > 0 && top <= bottom => Some(At::new((top, bottom), typed.span)),
        _ => {
            let message =
                format!("`{}` must be a fraction from 0 to 1, but this is {}", field.key, typed.value);
            diags.error(Code::BadValue, typed.span, message, "write it like `1/2`");
            None
        }
    }
}

fn skills() -> impl Decode<Output = Vec<RawSkill>> {
    let named = || names(NAME, RawSkill::KEYS).checked(|id, diags| check_name(id, "a skill", diags));
    let read = move |value: &Value, key: &str, diags: &mut Diagnostics| {
        if matches!(&value.kind, Kind::Map(skills) if skills.is_empty()) {
            let message = "a model without skills measures nothing";
            let hint = "write at least one below it: its id, and below that `name`, `weight` and `levels`";
            diags.error(Code::MissingKey, value.span, message, hint);
        }
        named().read(value, key, diags).map(values)
    };
    custom(read, move |definitions| named().schema(definitions))
}

fn slips() -> impl Decode<Output = Vec<RawSlip>> {
    names(NAME, RawSlip::KEYS).checked(|id, diags| check_name(id, "a slip", diags)).map(values)
}

fn failures() -> impl Decode<Output = Vec<(At<String>, At<String>)>> {
    names(NAME, Text).checked(|id, diags| check_name(id, "a failure", diags))
}

/// Values that contain their own names.
fn values<T>(named: Vec<(At<String>, T)>) -> Vec<T> {
    named.into_iter().map(|(_, value)| value).collect()
}

fn four_levels(
    levels: Vec<At<String>>,
    field: &Field<'_>,
    diags: &mut Diagnostics,
) -> Option<Vec<At<String>>> {
    if levels.len() != 4 {
        let message = format!("`levels` has {} lines, but there are four ratings", levels.len());
        diags.error(Code::BadValue, field.span, message, "write one line each for the ratings 0, 1, 2 and 3");
    }
    Some(levels)
}

/// A skill, or a list of skills of which any one is enough.
fn need() -> impl Decode<Output = Vec<At<String>>> {
    let any_of = list(Name.naming(naming::SKILL)).between(1, 0).and_then(|skills, field, diags| {
        if skills.is_empty() {
            let message = format!("an empty list in `{}` can never be met", field.key);
            diags.error(Code::BadValue, field.span, message, "name a skill, or remove it");
            return None;
        }
        Some(skills)
    });
    list_or(any_of, Name.naming(naming::SKILL).map(|skill| vec![skill]))
}

fn in_order(caps: RawCaps, _: &Field<'_>, diags: &mut Diagnostics) -> Option<RawCaps> {
    let RawCaps { serious, critical } = &caps;
    if critical.value > serious.value {
        let message = format!(
            "the cap for critical misconduct, {}, is higher than the one for serious misconduct, {}",
            critical.value, serious.value
        );
        let hint = "critical misconduct is worse, so its cap is the lower one";
        diags.error(Code::BadValue, critical.span, message, hint);
    }
    Some(caps)
}

fn by_rating(changes: Vec<At<i8>>, field: &Field<'_>, diags: &mut Diagnostics) -> Option<[At<i8>; 4]> {
    let count = changes.len();
    let changes = <[At<i8>; 4]>::try_from(changes).ok();
    if changes.is_none() {
        let message = format!("`{}` has {count} numbers, but there are four ratings", field.key);
        diags.error(
            Code::BadValue,
            field.span,
            message,
            "write one number each for the ratings 0, 1, 2 and 3",
        );
    }
    changes
}
