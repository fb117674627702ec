//! Choices of a decision as typed.

mod cut;
mod meant;

use std::sync::LazyLock;

use scenario_wasm::Cap;
use serde_json::{Map, Value as Json, json};

use crate::course::Form;
use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::allow::{RawAllow, allow};
use crate::parse::collection::{list, list_or, map_or, names};
use crate::parse::decode::{Decode, Definitions, custom, naming, wrong};
use crate::parse::entries::entries;
use crate::parse::gate::{RawGate, gate};
use crate::parse::mapping::{Mapping, keyed};
use crate::parse::node::Shape;
use crate::parse::reader::Reader;
use crate::parse::scalar::{Id, NAME, Name, Plain, Text, Word, Words, number};
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

keyed! {
    /// Words or an act that the trainee may choose.
    #[derive(Debug, Clone)]
    pub struct RawChoice |reader, shape: Shape| {
        /// Its name within the decision; by default a, b, c by position.
        pub id: At<String> = may(Id).unwrap_or(At::new(String::new(), reader.span())),
        /// Whether it has an id of its own.
        pub has_id: bool => reader.value("id").is_some(),
        /// Former names, under which old results still find it.
        pub was: Vec<At<String>> = may(list(Name)).unwrap_or_default(),
        /// Words or an act.
        pub form: Option<(Form, At<String>)> => form(reader),
        /// What was done, in the past tense, at most nine words: "promised a van before asking".
        pub short: Option<At<String>> = may(Plain),
        /// 0 to 3 in the tested skill; if two are tested, one rating for each: { listen: 1, act: 3 }.
        pub rate: Option<RawRate> = need(rate()),
        /// Named harms, as in the model.
        pub slips: Vec<At<String>> = may(list(Name.naming(naming::SLIP)).between(0, 16)).unwrap_or_default(),
        /// A ceiling on the final score, for conduct that no good remedy averages out.
        pub cap: Option<At<Cap>> = may(Words(CAPS)),
        /// The kind of act.
        pub act: Option<At<String>> => reader.may("move", Word(ACTS), "What kind of act it is."),
        /// Why a weak choice tempts.
        pub trap: Option<At<String>> = may(Word(TRAPS)),
        /// Replaces the computed change of goodwill.
        pub goodwill: Option<At<i8>> = may(number(-100..=100)),
        /// It sets a limit for somebody who is abusive.
        pub boundary: bool = flag(),
        /// Goodwill may fall although the choice is strong.
        pub hard_truth: bool = flag(),
        /// Goodwill may rise although the choice is weak.
        pub short_term: bool = flag(),
        /// Flags that it sets, for later conditions.
        pub sets: Vec<At<String>> = may(list(flag())).unwrap_or_default(),
        /// Flags that it clears, after setting.
        pub clears: Vec<At<String>> = may(list(flag().naming(naming::FLAG))).unwrap_or_default(),
        /// When it can be chosen: a flag, `not FLAG`, `goodwill < 40`, or { all: [..] }, { any: [..] }, { not: .. }.
        pub when: Option<At<RawGate>> = may(gate()),
        /// Why it cannot be chosen, shown while the condition does not hold.
        pub closed: Option<At<String>> = may(Text),
        /// What happens next in the story.
        pub reply: Option<At<String>> = need(Text),
        /// The coaching: what it does to the customer, and why.
        pub why: Option<At<String>> = need(Text),
        /// The next node; or [{ when: CONDITION, to: NODE }, NODE], where only the last has no condition.
        pub then: Vec<RawWay> = need_if(shape == Shape::Scenario, then()).unwrap_or_default(),
        /// Checks to ignore here, each with the reason.
        pub allow: Vec<RawAllow> = may(allow()).unwrap_or_default(),
    }
}

impl RawChoice {
    /// Its conditions: its own, and those of its ways.
    pub fn gates(&self) -> impl Iterator<Item = &RawGate> {
        let ways = self.then.iter().filter_map(|way| way.when.as_ref());
        self.when.iter().chain(ways).map(|at| &at.value)
    }
}

/// `rate: 3`, or `rate: { act: 3, apologize: 2 }`.
#[derive(Debug, Clone)]
pub enum RawRate {
    /// On the one skill that is tested.
    One(At<u8>),
    /// By skill; the span is that of the whole mapping.
    Each(Vec<(At<String>, At<u8>)>, Span),
    /// A list that does not say which rating belongs to which skill.
    Bare(Vec<At<u8>>, Span),
}

impl RawRate {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Self::One(rating) => rating.span,
            Self::Each(_, span) | Self::Bare(_, span) => *span,
        }
    }

    /// The rating in one of `tests` skills.
    pub fn of(&self, skill: &str, tests: usize) -> Option<u8> {
        match self {
            Self::One(rating) => (tests == 1).then_some(rating.value),
            Self::Each(each, _) => {
                each.iter().find(|(name, _)| name.value == skill).map(|(_, rating)| rating.value)
            }
            Self::Bare(..) => None,
        }
    }
}

keyed! {
    /// A conditional way.
    #[derive(Debug, Clone)]
    pub struct ConditionalWay ["way", "a way"] |reader| {
        /// Evaluated in the state after the choice. The first way that is open is taken.
        pub when: At<RawGate> = need(gate()) else None,
        /// The next node.
        pub to: At<String> = need(Name.naming(naming::NODE)) else None,
    }
}

/// A way, conditional or not.
#[derive(Debug, Clone)]
pub struct RawWay {
    /// When it is open.
    pub when: Option<At<RawGate>>,
    /// The next node.
    pub to: At<String>,
}

const CAPS: &[(&str, Cap)] = &[("serious", Cap::Serious), ("critical", Cap::Critical)];
const ACTS: &[&str] =
    &["listen", "empathize", "apologize", "act", "escalate", "compensate", "defend", "deflect", "stall"];
const TRAPS: &[&str] = &[
    "partly_right",
    "right_act_wrong_time",
    "token",
    "policy_shield",
    "blame",
    "minimize",
    "over_promise",
    "stall",
    "pass_parcel",
    "over_compensate",
    "script",
];

/// The value of `choices`.
pub(super) fn choices(shape: Shape) -> impl Decode<Output = Vec<RawChoice>> {
    let choice = choice(shape);
    let read = move |value: &Value, key: &str, diags: &mut Diagnostics| {
        let items = meant::listed(value, key, diags)?;
        if items.is_empty() {
            let empty = if matches!(value.kind, Kind::Map(_)) { "{}" } else { "[]" };
            let hint = format!(
                "remove `{empty}`, and add two to five choices below, each with a hyphen: `- say: ...`"
            );
            diags.error(Code::MissingKey, value.span, "a decision without choices decides nothing", hint);
        }
        let read = items.iter().enumerate().filter_map(|(place, item)| {
            let mut read = choice.read(item, key, diags)?;
            if read.id.value.is_empty() {
                read.id.value = letter(place);
            }
            // Usually two choices were written as one, and nobody knows which rating counts.
            read.rate = read.rate.filter(|_| !is_rated_twice(item));
            Some(read)
        });
        Some(read.collect())
    };
    custom(read, move |definitions| list(self::choice(shape)).between(2, 5).schema(definitions))
}

/// Whether choices have a key of this name.
pub(super) fn is_key(name: &str) -> bool {
    static SCHEMA: LazyLock<Map<String, Json>> =
        LazyLock::new(|| choice(Shape::Scenario).describe(&mut Definitions::new()));
    SCHEMA["properties"].get(name).is_some()
}

fn is_rated_twice(choice: &Value) -> bool {
    choice.entries().iter().filter(|entry| entry.key.value == "rate").count() > 1
}

/// The default id at a position: `a`, `b`, `c`; `a1` follows `z`.
pub(super) fn letter(place: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(place % 26).expect("below 26"));
    match place / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// A choice of a scenario or a drill. If it has no id, the id is empty.
const fn choice(shape: Shape) -> Mapping<RawChoice> {
    Mapping {
        name: "choice",
        what: "a choice",
        says: "Words or an act that the trainee may choose.",
        keys: match shape {
            Shape::Scenario => |reader| RawChoice::ask(reader, Shape::Scenario),
            Shape::Drill => |reader| RawChoice::ask(reader, Shape::Drill),
        },
    }
}

/// Exactly one of `say` and `do`.
fn form(reader: &mut Reader<'_, '_>) -> Option<(Form, At<String>)> {
    let keys = &["say", "do"];
    let count = reader.one_of(keys);
    let say = reader.may("say", Text, "The words; or else write `do`.");
    let act = reader.may("do", Text, "The act; or else write `say`.");
    if count == 2 {
        let span = act.as_ref().map_or(reader.span(), |act| act.span);
        let hint = "keep `say` for words or `do` for an act";
        reader.diags.error(Code::BadValue, span, "a choice has both `say` and `do`", hint);
    } else if count == 0 {
        let hint = "add `say: ...` for words, or `do: ...` for an act";
        reader.report_none(keys, "a choice has neither `say` nor `do`", hint);
    }
    say.map(|text| (Form::Say, text)).or(act.map(|text| (Form::Do, text)))
}

/// The name of a flag that conditions can use.
fn flag() -> impl Decode<Output = At<String>> {
    Id.and_then(|flag, _, diags| {
        if flag.value == "not" || flag.value == "goodwill" {
            let message = format!("a flag cannot be called `{}`", flag.value);
            let hint = "that word has its own meaning in conditions; choose another name";
            diags.error(Code::BadValue, flag.span, message, hint);
        }
        Some(flag)
    })
}

fn rate() -> impl Decode<Output = RawRate> {
    let one = custom(rate_one, |definitions| number(0..=3u8).schema(definitions));
    let each = custom(rate_each, |definitions| names(NAME, number(0..=3u8)).schema(definitions));
    map_or(each, one)
}

fn rate_one(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<RawRate> {
    let pairs: Option<Vec<String>> = match &value.kind {
        Kind::List(items)
            if items.len() > 1 && items.iter().all(|item| matches!(item.kind, Kind::Bare(_))) =>
        {
            let ratings = list(number(0..=3u8)).read(value, key, diags)?;
            return (ratings.len() == items.len()).then_some(RawRate::Bare(ratings, value.span));
        }
        Kind::List(items) => items.iter().map(rated).collect(),
        Kind::Text(text) => text.split([',', ';']).map(spelled).collect(),
        _ => None,
    };
    let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else {
        return number(0..=3).read(value, key, diags).map(RawRate::One);
    };
    let fault = wrong(value, &format!("`{key}` must be a number, or one for each skill"));
    diags.push(fault.hint(format!("write `{key}: {{ {} }}`", pairs.join(", "))));
    None
}

/// The ratings of `- act: 3` in braces.
fn rated(item: &Value) -> Option<String> {
    let [Entry { key, value: Value { kind: Kind::Bare(number), .. } }] = item.entries() else { return None };
    Some(format!("{}: {number}", key.value))
}

/// The same for `act 3` or `act = 3`.
fn spelled(text: &str) -> Option<String> {
    let (skill, number) = text.trim().rsplit_once([' ', '='])?;
    let skill = skill.trim().trim_end_matches('=').trim_end();
    number.parse::<u8>().ok()?;
    (!skill.is_empty() && !skill.contains(' ')).then(|| format!("{skill}: {number}"))
}

fn rate_each(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<RawRate> {
    let entries = entries(value, &format!("`{key}`"), diags)?;
    let rating = |entry: &&Entry| Some((entry.key.clone(), number(0..=3).read_entry(entry, diags)?));
    let each: Vec<_> = entries.iter().filter_map(rating).collect();
    // An unreadable rating has been reported; an incomplete set would be reported again.
    (each.len() == entries.len()).then_some(RawRate::Each(each, value.span))
}

fn then() -> impl Decode<Output = Vec<RawWay>> {
    list_or(custom(ways, ways_schema), plain().map(|way| vec![way]))
}

/// The entry of `{ to: NODE }`, which is the same as a plain NODE.
fn only_to(value: &Value) -> Option<&Entry> {
    match value.entries() {
        [entry] if entry.key.value == "to" => Some(entry),
        _ => None,
    }
}

/// The ways, or `None` if any of them is unreadable.
fn ways(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<RawWay>> {
    let Kind::List(items) = &value.kind else { return None };
    if let Some(hint) = meant::ways(value) {
        let message = "a way is the name of a node, or a condition with `when` and `to`";
        diags.error(Code::WrongType, value.span, message, hint);
        return None;
    }
    let mut read = |item: &Value| match (&item.kind, only_to(item)) {
        (Kind::Map(_), None) => conditional().read(item, key, diags),
        _ => plain().read(item, key, diags),
    };
    let ways: Vec<RawWay> = items.iter().map(&mut read).collect::<Option<_>>()?;
    let sound = ways
        .split_last()
        .is_some_and(|(last, rest)| last.when.is_none() && rest.iter().all(|way| way.when.is_some()));
    if !sound {
        let message = "every way except the last needs a condition, and the last must have none";
        diags.error(Code::BadValue, value.span, message, meant::plain_ways(&ways));
    }
    // Even if the list is wrong: its nodes are still reachable.
    Some(ways)
}

/// Exactly one has no condition. A schema of this kind cannot say that it must be the last.
fn ways_schema(definitions: &mut Definitions) -> Json {
    let (conditional, last) = (conditional().schema(definitions), plain().schema(definitions));
    json!({
        "type": "array",
        "items": { "anyOf": [conditional, last] },
        "contains": last,
        "minContains": 1,
        "maxContains": 1,
    })
}

/// A conditional way.
fn conditional() -> impl Decode<Output = RawWay> {
    ConditionalWay::KEYS.map(|way| RawWay { when: Some(way.when), to: way.to })
}

/// An unconditional way.
fn plain() -> impl Decode<Output = RawWay> {
    custom(plain_way, |definitions| Name.schema(definitions)).naming(naming::NODE)
}

fn plain_way(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<RawWay> {
    if let Some(entry) = only_to(value) {
        let to = Name.read_entry(entry, diags)?;
        let message = "a way without a condition is the name of a node and nothing else";
        let hint = format!("write `{}` without `to:`, as in `{key}: {}`", to.value, to.value);
        diags.error(Code::WrongType, entry.key.span, message, hint);
        return Some(RawWay { when: None, to });
    }
    if let Kind::Map(_) = value.kind {
        let fault = wrong(value, &format!("`{key}` must be the name of a node, or a list"));
        diags.push(fault.hint(meant::ways(value).unwrap_or_else(|| meant::WAYS.to_owned())));
        return None;
    }
    Name.read(value, key, diags).map(|to| RawWay { when: None, to })
}
