//! Ways and choices in the forms of other tools: recognizes what was meant, and says how to write it.

use std::borrow::Cow;

use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::choice::cut::rejoined;
use crate::parse::choice::{RawWay, is_key};
use crate::parse::entries::in_block;
use crate::parse::yaml::{Entry, Kind, Value};

pub(super) const WAYS: &str =
    "write `then: [ { when: FLAG, to: NODE }, NODE ]`: conditions first, the last a plain node";

/// What other tools call the unconditional way.
const ELSE: [&str; 4] = ["else", "otherwise", "default", "fallback"];

/// How to write ways that were typed as `{ when: heard, to: kept, else: lost }`, `{ heard: kept, else: lost }` or `[[heard,
/// kept], lost]`. `None` for any other form.
pub(super) fn ways(value: &Value) -> Option<String> {
    let (mut open, mut last) = (Vec::new(), None);
    let items = match &value.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut is_odd = !matches!(value.kind, Kind::List(_));
    for item in items {
        match &item.kind {
            Kind::Text(node) => last = Some(node.as_str()),
            Kind::List(pair) => {
                let [when, to] = &pair[..] else { return None };
                open.push((when.word()?, to.word()?));
                is_odd = true;
            }
            Kind::Map(entries) => {
                let otherwise = ELSE.into_iter().find_map(|key| item.get(key));
                if let (Some(when), Some(to)) = (item.get("when"), item.get("to")) {
                    open.push((when.word()?, to.word()?));
                } else if item.get("when").or(item.get("to")).is_some() {
                    return None;
                } else {
                    let pairs = entries.iter().filter(|entry| !ELSE.contains(&&*entry.key.value));
                    for Entry { key, value } in pairs {
                        open.push((key.value.as_str(), value.word()?));
                        is_odd = true;
                    }
                }
                if let Some(node) = otherwise {
                    last = Some(node.word()?);
                    is_odd = true;
                }
            }
            _ => return None,
        }
    }
    (is_odd && !open.is_empty()).then(|| written(&open, last.unwrap_or("NODE")))
}

/// The same for a list of plain nodes: all but the last need a condition, which is left open.
pub(super) fn plain_ways(ways: &[RawWay]) -> String {
    match ways.split_last() {
        Some((last, rest)) if ways.iter().all(|way| way.when.is_none()) => {
            let open: Vec<_> = rest.iter().map(|way| ("FLAG", way.to.value.as_str())).collect();
            written(&open, &last.to.value)
        }
        _ => WAYS.to_owned(),
    }
}

fn written(open: &[(&str, &str)], last: &str) -> String {
    let open: Vec<String> = open.iter().map(|(when, to)| format!("{{ when: {when}, to: {to} }}")).collect();
    let more = if last == "NODE" { ", with the node for all other cases in place of NODE" } else { "" };
    format!("write `then: [{}, {last}]`{more}", open.join(", "))
}

/// The choices of a decision in any form: a list, a mapping by name, or lines without hyphens. Anything but a list is
/// reported, once.
pub(super) fn listed<'v>(value: &'v Value, key: &str, diags: &mut Diagnostics) -> Option<Cow<'v, [Value]>> {
    let (items, first, typed) = match &value.kind {
        Kind::List(items) => {
            let named: Vec<Option<Value>> = items.iter().map(by_name).collect();
            let misread = items.iter().zip(&named).find(|(_, named)| named.is_some());
            let Some(first) = misread.and_then(|(item, _)| Some(&item.entries().first()?.key)) else {
                return spoken(items, key, diags).then(|| rejoined(items, diags));
            };
            let choice = |(named, item): (Option<Value>, &Value)| named.unwrap_or_else(|| item.clone());
            let all = named.into_iter().zip(items).map(choice).collect();
            (all, first.clone(), format!("- {}:", first.value))
        }
        Kind::Map(entries) if entries.is_empty() => return Some(Cow::Borrowed(&[])),
        Kind::Map(entries) if entries.iter().all(|entry| is_choice(&entry.value)) => {
            let named = entries.iter().map(|Entry { key, value }| with_id(key, value)).collect();
            (named, entries[0].key.clone(), format!("{}:", entries[0].key.value))
        }
        Kind::Map(entries) => {
            let (first, parts) = (entries.first()?, split_choices(entries));
            if is_key(&first.key.value) {
                let value = first.value.word().unwrap_or("...");
                let message = "choices are a list, and nothing marks where each one starts";
                let hint = format!(
                    "start each with a hyphen: write `- {0}: {value}` in place of `{0}: {value}`, with its other lines directly below `{0}`",
                    first.key.value
                );
                diags.error(Code::WrongType, first.key.span, message, hint);
                return Some(Cow::Owned(parts));
            }
            (parts, first.key.clone(), format!("{}:", first.key.value))
        }
        _ => {
            let message = format!("`{key}` must be a list");
            let hint = match value.word() {
                Some(words) => format!(
                    "start each choice with a hyphen and a key: `- say: {}`",
                    words.lines().next().unwrap_or_default()
                ),
                None => "start each choice with a hyphen: `- say: ...`".to_owned(),
            };
            diags.error(Code::WrongType, value.span, message, hint);
            return None;
        }
    };
    let hint = match in_block(value) {
        true => format!(
            "write `- id: {}` in place of `{typed}`, with its own lines directly below `id`, and do the same for each choice",
            first.value
        ),
        false => format!(
            "write `[{{ id: {}, ... }}]`: brackets around all choices, braces around each",
            first.value
        ),
    };
    diags.error(Code::WrongType, first.span, "choices are a list, and each has its name in `id`", hint);
    Some(Cow::Owned(items))
}

/// Reports choices that are only words, once. Returns whether there is more to them.
fn spoken(items: &[Value], key: &str, diags: &mut Diagnostics) -> bool {
    let Some(words) =
        items.first().and_then(Value::word).filter(|_| items.iter().all(|item| item.word().is_some()))
    else {
        return true;
    };
    let message =
        format!("`{key}` contains only words, but a choice also needs a rating, a reply and a reason");
    let hint = format!(
        "write `- say: {}`, with its other keys directly below `say`, and do the same for each choice",
        words.lines().next().unwrap_or_default()
    );
    diags.error(Code::WrongType, items[0].span, message, hint);
    false
}

fn is_choice(value: &Value) -> bool {
    value.entries().iter().any(|entry| is_key(&entry.key.value))
}

/// `- ask:` with the keys of the choice below or after it.
fn by_name(item: &Value) -> Option<Value> {
    let (first, rest) = item.entries().split_first().filter(|(first, _)| !is_key(&first.key.value))?;
    match &first.value.kind {
        Kind::Map(_) if rest.is_empty() && is_choice(&first.value) => Some(with_id(&first.key, &first.value)),
        Kind::Empty if !rest.is_empty() => {
            Some(with_id(&first.key, &Value { kind: Kind::Map(rest.to_vec()), ..item.clone() }))
        }
        _ => None,
    }
}

fn with_id(name: &At<String>, choice: &Value) -> Value {
    let id = At::new("id".to_owned(), name.span);
    let id = Entry { key: id, value: Value::new(name.span, Kind::Text(name.value.clone())) };
    Value {
        span: name.span,
        kind: Kind::Map(std::iter::once(id).chain(choice.entries().iter().cloned()).collect()),
        cut: None,
    }
}

/// Lines without hyphens: a choice starts at a name without a value, or where a key is repeated.
fn split_choices(entries: &[Entry]) -> Vec<Value> {
    let mut all: Vec<(Option<&At<String>>, Vec<Entry>)> = Vec::new();
    for entry in entries {
        let is_name = !is_key(&entry.key.value) && matches!(entry.value.kind, Kind::Empty);
        let is_again = |(_, own): &(_, Vec<Entry>)| own.iter().any(|own| own.key.value == entry.key.value);
        if is_name || all.last().is_none_or(is_again) {
            all.push((is_name.then_some(&entry.key), Vec::new()));
        }
        if let Some((_, own)) = all.last_mut().filter(|_| !is_name) {
            own.push(entry.clone());
        }
    }
    let whole = all.into_iter().filter_map(|(name, own)| {
        let span = own.first()?.key.span;
        let choice = Value::new(span, Kind::Map(own));
        Some(name.map_or_else(|| choice.clone(), |name| with_id(name, &choice)))
    });
    whole.collect()
}
