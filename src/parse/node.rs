//! Nodes of a story as typed: decisions and endings.

use scenario_wasm::Mood;
use serde_json::json;

use crate::course::EndingKind;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::allow::{RawAllow, allow};
use crate::parse::choice::{RawChoice, choices};
use crate::parse::collection::{list, named};
use crate::parse::decode::{Decode, Field, custom, naming};
use crate::parse::entries::{entries, no_mapping};
use crate::parse::id::check_id;
use crate::parse::mapping::{Mapping, keyed};
use crate::parse::picture::RawPicture;
use crate::parse::reader::Reader;
use crate::parse::scalar::{ID, Name, Plain, Text, Word, Words};
use crate::parse::yaml::{Entry, Kind, Value};
use crate::source::Span;

/// A node under its name.
#[derive(Debug, Clone)]
pub struct RawNode {
    /// The name.
    pub id: At<String>,
    /// Its contents.
    pub kind: RawKind,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum RawKind {
    /// The trainee chooses.
    Decision(Box<RawDecision>),
    /// The conversation is over.
    Ending(Box<RawEnding>),
    /// Unreadable, which has been reported; only its name is known.
    Unread,
}

keyed! {
    /// A moment at which the trainee chooses.
    #[derive(Debug, Clone)]
    pub struct RawDecision |reader, shape: Shape| where shows_something {
        /// What the trainee sees and hears, in Markdown.
        pub scene: Option<At<String>> = may(Text),
        /// What the customer says, in Markdown.
        pub says: Option<At<String>> = may(Text),
        /// How the customer looks and sounds. By default it follows goodwill.
        pub mood: Option<At<Mood>> = may(Words(MOODS)),
        /// A picture of the moment.
        pub media: Option<RawPicture> = may(RawPicture::KEYS),
        /// The one or two skills that are rated here.
        pub tests: Vec<At<String>> = need(list(Name.naming(naming::SKILL)).between(1, 2).and_then(tests)).unwrap_or_default(),
        /// Which side of acting it is about. Under `safety` the order of skills does not matter.
        pub facet: Option<At<String>> = may(Word(FACETS)),
        /// Why the order of skills does not matter here.
        pub free_order: Option<At<String>> = may(Text),
        /// Help in practice mode.
        pub hint: Option<At<String>> = may(Text),
        /// What the trainee may say or do: two to five choices, at least one of them rated 3.
        pub choices: Vec<RawChoice> = need(choices(shape)).unwrap_or_default(),
        /// Checks to ignore here, each with the reason.
        pub allow: Vec<RawAllow> = may(allow()).unwrap_or_default(),
        /// For yourself; never published.
        pub note: Option<At<String>> = may(Text),
    }
}

fn shows_something(reader: &mut Reader<'_, '_>) {
    reader.any_of(
        &["scene", "says"],
        "a decision has neither `says` nor `scene`",
        "add `says: ...` for the customer's words, or `scene: ...` for what is seen",
    );
}

keyed! {
    /// An end of the conversation.
    #[derive(Debug, Clone)]
    pub struct RawEnding ["ending", "an ending"] |reader| {
        /// How it feels.
        pub ending: Option<At<EndingKind>> = need(Words(EndingKind::NAMES)),
        /// A heading.
        pub title: Option<At<String>> = need(Plain),
        /// How it went on afterward, in Markdown.
        pub text: Option<At<String>> = need(Text),
        /// A picture.
        pub media: Option<RawPicture> = may(RawPicture::KEYS),
    }
}

/// The facet of a moment at which somebody may come to harm.
const SAFETY: &str = "safety";

impl RawDecision {
    /// Whether order does not count here: for a stated reason, or because somebody may come to harm.
    pub fn waives_order(&self) -> bool {
        self.free_order.is_some() || self.facet.as_ref().is_some_and(|facet| facet.value == SAFETY)
    }
}

const MOODS: &[(&str, Mood)] = &[
    ("furious", Mood::Furious),
    ("angry", Mood::Angry),
    ("frustrated", Mood::Frustrated),
    ("settled", Mood::Settled),
    ("won_back", Mood::WonBack),
];
const FACETS: &[&str] = &["fix", "inform", "escalate", "follow_up", "learn", "prevent", SAFETY];

/// Whether a choice may leave out `then`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A scenario: `then` is required.
    Scenario,
    /// A drill: without `then`, a choice leads to the next decision, or to the end.
    Drill,
}

/// The value of `nodes`.
pub(super) fn nodes(shape: Shape) -> impl Decode<Output = Vec<RawNode>> {
    let read = move |value: &Value, key: &str, diags: &mut Diagnostics| {
        let entries = entries(value, &format!("`{key}`"), diags)?;
        let read = entries.iter().map(|entry| {
            check_id(&entry.key, "the name of a node", diags);
            let kind = node(shape, entry, diags).unwrap_or(RawKind::Unread);
            RawNode { id: entry.key.clone(), kind }
        });
        Some(read.collect())
    };
    custom(read, move |definitions| {
        let any = [decision(shape).schema(definitions), RawEnding::KEYS.schema(definitions)];
        named(ID, &json!({ "anyOf": any }))
    })
}

fn node(shape: Shape, entry: &Entry, diags: &mut Diagnostics) -> Option<RawKind> {
    let Kind::Map(keys) = &entry.value.kind else {
        let what = format!("the node `{}`", entry.key.value);
        let form = "write below it, indented further, what a decision has (`says`, `tests` and `choices`) or an ending (`ending`, `title` and `text`)";
        diags.push(Diagnostic { span: entry.key.span, ..no_mapping(&entry.value, &what, form) });
        return None;
    };
    if let Some((ending, span, hint)) = whole_ending(keys) {
        diags.error(Code::WrongType, span, "`ending` is one word, and says how it feels", hint);
        let value = Value { kind: Kind::Map(ending), ..entry.value.clone() };
        return node(shape, &Entry { key: entry.key.clone(), value }, diags);
    }
    let has = |name: &str| keys.iter().any(|entry| entry.key.value == name);
    if has("ending") || (has("text") && !has("choices") && !has("tests")) {
        return RawEnding::KEYS.read_entry(entry, diags).map(|ending| RawKind::Ending(Box::new(ending)));
    }
    decision(shape).read_entry(entry, diags).map(|decision| RawKind::Decision(Box::new(decision)))
}

/// The keys of an ending that is written below `ending`, or whose kind is a key; with what to write instead.
fn whole_ending(keys: &[Entry]) -> Option<(Vec<Entry>, Span, String)> {
    let kind_of = |word: &str| EndingKind::NAMES.iter().map(|(name, _)| *name).find(|name| *name == word);
    let own = |name: &str| keys.iter().find(|entry| entry.key.value == name);
    let (entry, kind, inner) = if let Some(ending) = own("ending") {
        let Kind::Map(below) = &ending.value.kind else { return None };
        let (kind, inner) = match &below[..] {
            [one] if kind_of(&one.key.value).is_some() => {
                let Kind::Map(inner) = &one.value.kind else { return None };
                (one.key.value.clone(), inner.clone())
            }
            _ => {
                let said = |entry: &&Entry| matches!(&*entry.key.value, "kind" | "type" | "mood" | "ending");
                let kind = below.iter().find(said)?;
                let inner = below.iter().filter(|entry| !said(entry)).cloned().collect();
                (kind.value.word()?.to_owned(), inner)
            }
        };
        (ending, kind, inner)
    } else {
        let entry = keys.iter().find(|entry| kind_of(&entry.key.value).is_some())?;
        let title = Entry { key: At::new("title".to_owned(), entry.key.span), value: entry.value.clone() };
        let inner = (own("title").is_none() && entry.value.word().is_some()).then_some(title);
        (entry, entry.key.value.clone(), inner.into_iter().collect())
    };
    let key = At::new("ending".to_owned(), entry.key.span);
    let ending = Entry { key, value: Value::new(entry.value.span, Kind::Text(kind.clone())) };
    let names: Vec<String> =
        inner.iter().map(|entry: &Entry| format!("`{}: ...`", entry.key.value)).collect();
    let hint = match &names[..] {
        [] => format!("write `ending: {kind}`"),
        names => format!("write `ending: {kind}`, and directly below it {}", names.join(" and ")),
    };
    let others = keys.iter().filter(|other| other.key.value != entry.key.value).cloned();
    Some((std::iter::once(ending).chain(inner).chain(others).collect(), entry.key.span, hint))
}

/// A decision of a scenario or a drill.
const fn decision(shape: Shape) -> Mapping<RawDecision> {
    Mapping {
        name: "decision",
        what: "a decision",
        says: "A moment at which the trainee chooses.",
        keys: match shape {
            Shape::Scenario => |reader| RawDecision::ask(reader, Shape::Scenario),
            Shape::Drill => |reader| RawDecision::ask(reader, Shape::Drill),
        },
    }
}

fn tests(tests: Vec<At<String>>, field: &Field<'_>, diags: &mut Diagnostics) -> Option<Vec<At<String>>> {
    match tests.as_slice() {
        [_] => Some(tests),
        [first, second] if first.value != second.value => Some(tests),
        [_, second] => {
            let message = format!("`{}` is tested twice here", second.value);
            diags.error(Code::BadValue, second.span, message, "name it once");
            None
        }
        _ => {
            diags.error(
                Code::BadValue,
                field.span,
                "a decision tests one or two skills",
                "write `tests: [listen]`",
            );
            None
        }
    }
}
