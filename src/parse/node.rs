//! Nodes of a story as typed: decisions with their choices, and endings.
#![expect(missing_docs, reason = "a field is the key of its name, as the author typed it")]

use scenario_wasm::{Cap, Mood};

use crate::course::{EndingKind, Form};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::decode::{
    Reader, bad, boolean, check_id, entries, id, list, number, one_of, picture, text, word_of, wrong,
};
use crate::parse::gate::{RawGate, gate};
use crate::parse::yaml::{Kind, Value};
use crate::parse::{At, RawPicture};
use crate::source::Span;

/// A node under its name.
#[derive(Debug, Clone)]
pub struct RawNode {
    pub id: At<String>,
    pub kind: RawKind,
}

#[derive(Debug, Clone)]
pub enum RawKind {
    Decision(Box<RawDecision>),
    Ending(Box<RawEnding>),
}

#[derive(Debug, Clone)]
pub struct RawDecision {
    pub scene: Option<At<String>>,
    pub says: Option<At<String>>,
    pub mood: Option<At<Mood>>,
    pub media: Option<RawPicture>,
    pub tests: Vec<At<String>>,
    pub facet: Option<At<String>>,
    pub free_order: Option<At<String>>,
    pub hint: Option<At<String>>,
    pub choices: Vec<RawChoice>,
    pub allow: Vec<RawAllow>,
}

#[derive(Debug, Clone)]
pub struct RawChoice {
    /// As typed, or the letter of its place; then the span is where the choice begins.
    pub id: At<String>,
    pub was: Vec<At<String>>,
    pub form: Option<(Form, At<String>)>,
    pub short: Option<At<String>>,
    pub rate: Option<RawRate>,
    pub slips: Vec<At<String>>,
    pub cap: Option<At<Cap>>,
    pub act: Option<At<String>>,
    pub trap: Option<At<String>>,
    pub goodwill: Option<At<i8>>,
    pub boundary: bool,
    pub hard_truth: bool,
    pub short_term: bool,
    pub sets: Vec<At<String>>,
    pub clears: Vec<At<String>>,
    pub when: Option<At<RawGate>>,
    pub closed: Option<At<String>>,
    pub reply: Option<At<String>>,
    pub why: Option<At<String>>,
    /// The last has no condition. Empty if it is missing or could not be read.
    pub then: Vec<RawWay>,
    pub allow: Vec<RawAllow>,
}

impl RawChoice {
    /// Its conditions: its own, and those of its ways on.
    pub fn gates(&self) -> impl Iterator<Item = &RawGate> {
        let ways = self.then.iter().filter_map(|way| way.when.as_ref());
        self.when.iter().chain(ways).map(|at| &at.value)
    }
}

/// `rate: 3`, or `rate: { act: 3, apologize: 2 }`.
#[derive(Debug, Clone)]
pub enum RawRate {
    One(At<u8>),
    Each(Vec<(At<String>, At<u8>)>, Span),
}

impl RawRate {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::One(rating) => rating.span,
            Self::Each(_, span) => *span,
        }
    }

    /// The rating in one of `tests` skills.
    #[must_use]
    pub fn of(&self, skill: &str, tests: usize) -> Option<u8> {
        match self {
            Self::One(rating) => (tests == 1).then_some(rating.value),
            Self::Each(each, _) => {
                each.iter().find(|(name, _)| name.value == skill).map(|(_, rating)| rating.value)
            }
        }
    }
}

#[derive(Debug, Clone)]
pub struct RawWay {
    pub when: Option<At<RawGate>>,
    pub to: At<String>,
}

#[derive(Debug, Clone)]
pub struct RawEnding {
    pub ending: Option<At<EndingKind>>,
    pub title: Option<At<String>>,
    pub text: Option<At<String>>,
    pub media: Option<RawPicture>,
}

/// A lint that the author has set aside, with the reason.
#[derive(Debug, Clone)]
pub struct RawAllow {
    pub code: At<String>,
    pub reason: At<String>,
}

pub(crate) const MOODS: &[(&str, Mood)] = &[
    ("furious", Mood::Furious),
    ("angry", Mood::Angry),
    ("frustrated", Mood::Frustrated),
    ("settled", Mood::Settled),
    ("won_back", Mood::WonBack),
];
pub(crate) const CAPS: &[(&str, Cap)] = &[("serious", Cap::Serious), ("critical", Cap::Critical)];
pub(crate) const FACETS: &[&str] = &["fix", "inform", "escalate", "follow_up", "learn", "prevent"];
pub(crate) const ACTS: &[&str] =
    &["listen", "empathize", "apologize", "act", "escalate", "compensate", "defend", "deflect", "stall"];
pub(crate) const TRAPS: &[&str] = &[
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

/// Whether a choice may leave out `then`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A scenario: every choice says where it leads.
    Scenario,
    /// A drill: without `then` it goes on to the next decision, or to the end.
    Drill,
}

/// What stands under `nodes`.
pub(super) fn nodes(shape: Shape) -> impl FnOnce(&Value, &str, &mut Diagnostics) -> Option<Vec<RawNode>> {
    move |value, key, diags| {
        let entries = entries(value, &format!("`{key}`"), diags)?;
        let read = entries.iter().filter_map(|entry| {
            check_id(&entry.key, "the name of a node", diags);
            node(shape, &entry.key, &entry.value, diags)
        });
        Some(read.collect())
    }
}

fn node(shape: Shape, id: &At<String>, value: &Value, diags: &mut Diagnostics) -> Option<RawNode> {
    let Kind::Map(keys) = &value.kind else {
        diags.push(Diagnostic {
            span: id.span,
            ..wrong(value, &format!("the node `{}` must be a list of `key: value` lines", id.value))
        });
        return None;
    };
    let has = |name: &str| keys.iter().any(|entry| entry.key.value == name);
    let is_ending = has("ending") || (has("text") && !has("choices") && !has("tests"));
    let kind = if is_ending { ending(id, value, diags)? } else { decision(shape, id, value, diags)? };
    Some(RawNode { id: id.clone(), kind })
}

fn decision(shape: Shape, id: &At<String>, value: &Value, diags: &mut Diagnostics) -> Option<RawKind> {
    let mut reader = Reader::open(value, "a decision", id.span, diags)?;
    if reader.peek("scene").is_none() && reader.peek("says").is_none() {
        let fault = Diagnostic::error(Code::MissingKey, id.span, "a decision has neither `says` nor `scene`");
        reader
            .diags
            .push(fault.hint("add `says: ...` for the customer's words, or `scene: ...` for what is seen"));
    }
    let decision = RawDecision {
        scene: reader.get("scene", text),
        says: reader.get("says", text),
        mood: reader.get("mood", one_of(MOODS)),
        media: reader.get("media", picture),
        tests: reader.need("tests", tests).unwrap_or_default(),
        facet: reader.get("facet", word_of(FACETS)),
        free_order: reader.get("free_order", text),
        hint: reader.get("hint", text),
        choices: reader.need("choices", choices(shape)).unwrap_or_default(),
        allow: reader.get("allow", allow).unwrap_or_default(),
    };
    reader.get("note", text);
    reader.close();
    Some(RawKind::Decision(Box::new(decision)))
}

fn tests(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<At<String>>> {
    let tests = list(text)(value, key, diags)?;
    if tests.is_empty() || tests.len() > 2 {
        diags.push(bad(
            value.span,
            "a decision tests one or two skills".to_owned(),
            "write `tests: [listen]`",
        ));
        return None;
    }
    if tests.len() == 2 && tests[0].value == tests[1].value {
        let message = format!("`{}` is tested twice here", tests[1].value);
        diags.push(bad(tests[1].span, message, "name it once"));
        return None;
    }
    Some(tests)
}

fn choices(shape: Shape) -> impl FnOnce(&Value, &str, &mut Diagnostics) -> Option<Vec<RawChoice>> {
    move |value, key, diags| {
        let Kind::List(items) = &value.kind else {
            let fault = wrong(value, &format!("`{key}` must be a list"));
            diags.push(fault.hint("begin each choice with a hyphen: `- say: ...`"));
            return None;
        };
        if items.is_empty() {
            let fault =
                Diagnostic::error(Code::MissingKey, value.span, "a decision without choices decides nothing");
            diags.push(fault.hint("add two to five of them, each with a hyphen: `- say: ...`"));
        }
        let read = items.iter().enumerate().filter_map(|(place, item)| choice(shape, place, item, diags));
        Some(read.collect())
    }
}

/// `a`, `b`, `c` by place; after `z` comes `a1`.
fn letter(place: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(place % 26).expect("below 26"));
    match place / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

fn choice(shape: Shape, place: usize, value: &Value, diags: &mut Diagnostics) -> Option<RawChoice> {
    let mut reader = Reader::open(value, "a choice", value.span, diags)?;
    let id = reader.get("id", id).unwrap_or_else(|| At::new(letter(place), value.span));
    // Of two ratings nobody knows which is meant: mostly two choices were written as one.
    let rated_twice = matches!(&value.kind, Kind::Map(all) if all.iter().filter(|entry| entry.key.value == "rate").count() > 1);
    let choice = RawChoice {
        id,
        was: reader.get("was", list(text)).unwrap_or_default(),
        form: form(&mut reader, value.span),
        short: reader.get("short", text),
        rate: reader.need("rate", rate).filter(|_| !rated_twice),
        slips: reader.get("slips", list(text)).unwrap_or_default(),
        cap: reader.get("cap", one_of(CAPS)),
        act: reader.get("move", word_of(ACTS)),
        trap: reader.get("trap", word_of(TRAPS)),
        goodwill: reader.get("goodwill", number(-100..=100)),
        boundary: reader.get("boundary", boolean).is_some_and(|flag| flag.value),
        hard_truth: reader.get("hard_truth", boolean).is_some_and(|flag| flag.value),
        short_term: reader.get("short_term", boolean).is_some_and(|flag| flag.value),
        sets: reader.get("sets", list(id_of_flag)).unwrap_or_default(),
        clears: reader.get("clears", list(id_of_flag)).unwrap_or_default(),
        when: reader.get("when", gated),
        closed: reader.get("closed", text),
        reply: reader.need("reply", text),
        why: reader.need("why", text),
        then: match shape {
            Shape::Scenario => reader.need("then", then),
            Shape::Drill => reader.get("then", then),
        }
        .unwrap_or_default(),
        allow: reader.get("allow", allow).unwrap_or_default(),
    };
    reader.close();
    Some(choice)
}

fn form(reader: &mut Reader<'_, '_>, span: Span) -> Option<(Form, At<String>)> {
    let both = reader.peek("say").is_some() && reader.peek("do").is_some();
    let neither = reader.peek("say").is_none() && reader.peek("do").is_none();
    let say = reader.get("say", text).map(|text| (Form::Say, text));
    let act = reader.get("do", text).map(|text| (Form::Do, text));
    if both {
        let at = act.as_ref().map_or(span, |(_, text)| text.span);
        reader.diags.push(bad(
            at,
            "a choice has both `say` and `do`".to_owned(),
            "keep `say` for words or `do` for an act",
        ));
    } else if neither {
        let fault = Diagnostic::error(Code::MissingKey, span, "a choice has neither `say` nor `do`");
        reader.diags.push(fault.hint("add `say: ...` for words, or `do: ...` for an act"));
    }
    say.or(act)
}

fn id_of_flag(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<String>> {
    let flag = id(value, key, diags)?;
    if flag.value == "not" || flag.value == "goodwill" {
        let message = format!("a flag cannot be called `{}`", flag.value);
        diags.push(bad(
            flag.span,
            message,
            "that word has a meaning of its own in conditions; choose another",
        ));
    }
    Some(flag)
}

fn rate(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<RawRate> {
    let Kind::Map(_) = &value.kind else {
        return number(0..=3)(value, key, diags).map(RawRate::One);
    };
    let entries = entries(value, "`rate`", diags)?;
    let each: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), number(0..=3)(&entry.value, &entry.key.value, diags)?)))
        .collect();
    // One that could not be read has been told; a half map would be told a second time.
    (each.len() == entries.len()).then_some(RawRate::Each(each, value.span))
}

fn then(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<RawWay>> {
    let Kind::List(items) = &value.kind else {
        return Some(vec![RawWay { when: None, to: text(value, key, diags)? }]);
    };
    let ways: Vec<RawWay> = items.iter().map(|item| way(item, key, diags)).collect::<Option<_>>()?;
    let sound = ways
        .split_last()
        .is_some_and(|(last, rest)| last.when.is_none() && rest.iter().all(|way| way.when.is_some()));
    if !sound {
        let hint =
            "write `then: [ { when: FLAG, to: NODE }, NODE ]`: conditions first, the last a plain node";
        diags.push(bad(
            value.span,
            "of the ways on, each but the last has a condition, and the last has none".to_owned(),
            hint,
        ));
    }
    // Also if it is wrong: the nodes are led to all the same.
    Some(ways)
}

fn gated(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<At<RawGate>> {
    gate(value, key, diags).map(|gate| At::new(gate, value.span))
}

fn way(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<RawWay> {
    let Kind::Map(_) = &value.kind else {
        return Some(RawWay { when: None, to: text(value, key, diags)? });
    };
    let mut reader = Reader::open(value, "a way on", value.span, diags)?;
    let when = reader.need("when", gated);
    let to = reader.need("to", text);
    reader.close();
    Some(RawWay { when: Some(when?), to: to? })
}

fn ending(id: &At<String>, value: &Value, diags: &mut Diagnostics) -> Option<RawKind> {
    let mut reader = Reader::open(value, "an ending", id.span, diags)?;
    let ending = RawEnding {
        ending: reader.need("ending", one_of(EndingKind::NAMES)),
        title: reader.need("title", text),
        text: reader.need("text", text),
        media: reader.get("media", picture),
    };
    reader.close();
    Some(RawKind::Ending(Box::new(ending)))
}

/// `allow: { code: REASON }`.
pub(super) fn allow(value: &Value, key: &str, diags: &mut Diagnostics) -> Option<Vec<RawAllow>> {
    let entries = entries(value, &format!("`{key}`"), diags)?;
    let read = entries.iter().filter_map(|entry| {
        let reason = text(&entry.value, &entry.key.value, diags)?;
        Some(RawAllow { code: entry.key.clone(), reason })
    });
    Some(read.collect())
}
