//! Nodes in the wrong place or form. Nodes in a list are read by their `id`; a node that is indented too far is read as a
//! key of the node above it, and one at the margin as a key of the scenario. Each is reported once and moved to where it
//! belongs.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::entries::under_names;
use crate::parse::yaml::{Entry, Kind, Value};

/// The keys of decisions and endings.
pub(super) const KEYS: [&str; 14] = [
    "scene",
    "says",
    "mood",
    "media",
    "tests",
    "facet",
    "free_order",
    "hint",
    "choices",
    "allow",
    "note",
    "ending",
    "title",
    "text",
];

/// The same story with all its nodes below `nodes`.
pub(super) fn gathered(story: Value, diags: &mut Diagnostics) -> Value {
    if story.get("nodes").is_none() {
        return story;
    }
    let Value { span, kind: Kind::Map(mut entries), cut } = story else { return story };
    if let Some(nodes) = nodes(&mut entries)
        && let Some((mapping, span, hint)) = under_names(nodes, |key| KEYS.contains(&key))
    {
        diags.error(Code::WrongType, span, "nodes are named, not listed", hint);
        *nodes = mapping;
    }
    entries = below_nodes(entries, diags);
    let is_misplaced = |entry: &Entry| entry.key.value != "nodes" && is_node(&entry.value);
    let (misplaced, mut entries): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_misplaced);
    if let Some(Value { kind: Kind::Map(nodes), .. }) = nodes(&mut entries) {
        let first = nodes.first().map(|node| node.key.value.clone());
        *nodes = with_their_keys(std::mem::take(nodes), diags);
        *nodes =
            std::mem::take(nodes).into_iter().flat_map(|node| split_nodes(node, Some(&mut *diags))).collect();
        for node in misplaced {
            let name = &node.key.value;
            let below = first.as_ref().map_or("its first line".to_owned(), |first| format!("`{first}`"));
            let message = format!("`{name}` is outside of `nodes`, as far left as `nodes` itself");
            let hint = format!("start it directly below {below}, with its own lines indented further");
            diags.error(Code::UnknownKey, node.key.span, message, hint);
            nodes.extend(split_nodes(node, None));
        }
    }
    Value { span, kind: Kind::Map(entries), cut }
}

/// The value of `nodes`.
fn nodes(entries: &mut [Entry]) -> Option<&mut Value> {
    entries.iter_mut().find(|entry| entry.key.value == "nodes").map(|entry| &mut entry.value)
}

/// Moves keys that are as far left as nodes into the node above: `choices`, `title` and the like are not names of nodes.
fn with_their_keys(all: Vec<Entry>, diags: &mut Diagnostics) -> Vec<Entry> {
    let mut nodes: Vec<Entry> = Vec::new();
    for entry in all {
        let is_misplaced = bit(&entry.key) != 0 && !is_node(&entry.value);
        match nodes.last_mut() {
            Some(Entry { key, value: Value { kind: Kind::Map(own), .. } }) if is_misplaced => {
                let (name, below) = (&entry.key.value, own.last().map_or("...", |last| &last.key.value));
                let message =
                    format!("`{name}` starts as far left as the node `{}` that it belongs to", key.value);
                let hint = format!("start it directly below `{below}`");
                diags.error(Code::UnknownKey, entry.key.span, message, hint);
                own.push(entry);
            }
            _ => nodes.push(entry),
        }
    }
    nodes
}

/// Moves nodes from below another key, such as `endings`, to `nodes`.
fn below_nodes(entries: Vec<Entry>, diags: &mut Diagnostics) -> Vec<Entry> {
    let holds_nodes = |entry: &Entry| {
        let below = entry.value.entries();
        entry.key.value != "nodes"
            && !is_node(&entry.value)
            && !below.is_empty()
            && below.iter().all(|node| is_node(&node.value))
    };
    let (others, mut entries): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(holds_nodes);
    for Entry { key, value } in others {
        let message = "all nodes belong below `nodes`, endings and decisions alike";
        let hint =
            format!("move what is below `{0}` to the end of `nodes`, and remove the line `{0}:`", key.value);
        diags.error(Code::UnknownKey, key.span, message, hint);
        if let Some(Value { kind: Kind::Map(nodes), .. }) = nodes(&mut entries)
            && let Kind::Map(more) = value.kind
        {
            nodes.extend(more);
        }
    }
    entries
}

fn is_node(value: &Value) -> bool {
    ["choices", "ending", "says", "scene"].iter().any(|key| value.get(key).is_some())
}

/// Splits a node from those that were read as its keys. Without `diags` they follow from a fault that is already reported.
fn split_nodes(node: Entry, mut diags: Option<&mut Diagnostics>) -> Vec<Entry> {
    let Value { kind: Kind::Map(entries), span, cut } = node.value else { return vec![node] };
    let whole = |key, entries| Entry { key, value: Value { span, kind: Kind::Map(entries), cut } };
    let (above, mut nodes, mut inner) = (node.key.value.clone(), Vec::new(), Vec::new());
    let (mut name, mut own) = (node.key, Vec::<Entry>::new());
    // The last key without a value that no node has: it may be the name of another node, whose lines follow.
    let (mut header, mut seen) = (None, 0);
    for entry in entries {
        let known = bit(&entry.key);
        if known == 0 && is_node(&entry.value) {
            report(&entry.key, &above, diags.as_deref_mut());
            inner.extend(split_nodes(entry, diags.as_deref_mut()));
            continue;
        }
        // A repeated key, or an ending's key beside a decision's, belongs to another node.
        let is_of_another = seen & known != 0 || is_mixed(seen | known);
        if let Some(at) = header.take_if(|_| is_of_another) {
            let lines = own.split_off(at + 1);
            let next = own.pop().map_or_else(|| name.clone(), |header| header.key);
            report(&next, &above, diags.as_deref_mut());
            seen = lines.iter().fold(0, |seen, line| seen | bit(&line.key));
            nodes.push(whole(std::mem::replace(&mut name, next), std::mem::replace(&mut own, lines)));
        }
        if known == 0 && matches!(entry.value.kind, Kind::Empty) {
            header = Some(own.len());
        }
        seen |= known;
        own.push(entry);
    }
    nodes.push(whole(name, own));
    nodes.extend(inner);
    nodes
}

/// The bit of one of [`KEYS`]; 0 for any other key.
fn bit(key: &At<String>) -> u16 {
    KEYS.iter().position(|known| *known == key.value).map_or(0, |at| 1 << at)
}

/// Whether no single node has all of these keys.
fn is_mixed(keys: u16) -> bool {
    let any = |of: &[&str]| KEYS.iter().enumerate().any(|(at, key)| keys >> at & 1 == 1 && of.contains(key));
    any(&["ending", "title", "text"]) && any(&["scene", "says", "tests", "choices"])
}

fn report(name: &At<String>, above: &str, diags: Option<&mut Diagnostics>) {
    let Some(diags) = diags else { return };
    let message = format!(
        "`{}` is indented further than `{above}`, so YAML reads it as a part of `{above}`",
        name.value
    );
    let hint = format!("start it directly below `{above}`, as far to the left");
    diags.error(Code::UnknownKey, name.span, message, hint);
}

/// Whether two nodes have the same name, so that one of them is not read.
pub(super) fn has_repeated_names(story: &Value) -> bool {
    let nodes = story.get("nodes").map_or(&[][..], Value::entries);
    let names: BTreeSet<&str> = nodes.iter().map(|node| node.key.value.as_str()).collect();
    names.len() < nodes.len()
}
