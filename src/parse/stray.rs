//! Nodes that stand in the wrong place: a node that is indented too far is a key of the node above it, and one at the margin is a
//! key of the scenario. Each is reported once, and put where it was meant to be.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::yaml::{Entry, Kind, Value};

/// What a decision or an ending has.
const KEYS: [&str; 14] = [
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
    let Value { span, kind: Kind::Map(entries), cut } = story else { return story };
    let has_nodes = entries.iter().any(|entry| entry.key.value == "nodes");
    let is_stray = |entry: &Entry| has_nodes && entry.key.value != "nodes" && is_node(&entry.value);
    let (strays, mut entries): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_stray);
    if let Some(Entry { value: Value { kind: Kind::Map(nodes), .. }, .. }) =
        entries.iter_mut().find(|entry| entry.key.value == "nodes")
    {
        let first = nodes.first().map(|node| node.key.value.clone());
        *nodes = std::mem::take(nodes).into_iter().flat_map(|node| apart(node, Some(&mut *diags))).collect();
        for stray in strays {
            let name = &stray.key.value;
            let below = first.as_ref().map_or("its first line".to_owned(), |first| format!("`{first}`"));
            let message = format!("`{name}` stands outside of `nodes`, as far left as `nodes` itself");
            let fault = Diagnostic::error(Code::UnknownKey, stray.key.span, message);
            diags.push(fault.hint(format!("start it directly below {below}, with its own lines further in")));
            nodes.extend(apart(stray, None));
        }
    }
    Value { span, kind: Kind::Map(entries), cut }
}

fn is_node(value: &Value) -> bool {
    let Kind::Map(entries) = &value.kind else { return false };
    let has = |key: &str| entries.iter().any(|entry| entry.key.value == key);
    has("choices") || has("ending") || has("says") || has("scene")
}

/// A node, and those that stand in it as if they were its keys. Below one that is out of place itself they follow from that,
/// and are not reported.
fn apart(node: Entry, mut diags: Option<&mut Diagnostics>) -> Vec<Entry> {
    let Value { kind: Kind::Map(entries), span, cut } = node.value else { return vec![node] };
    let (mut own, mut others) = (Vec::<Entry>::new(), Vec::new());
    let mut entries = entries.into_iter();
    while let Some(entry) = entries.next() {
        let is_known = KEYS.contains(&entry.key.value.as_str());
        // Only its name stands too far in: its lines continue those of the node above, with the same keys.
        let is_name = matches!(entry.value.kind, Kind::Empty)
            && entries
                .as_slice()
                .iter()
                .any(|next| own.iter().any(|known| known.key.value == next.key.value));
        if is_known || !is_name && !is_node(&entry.value) {
            own.push(entry);
            continue;
        }
        if let Some(diags) = &mut diags {
            let (name, above) = (&entry.key.value, &node.key.value);
            let message = format!(
                "`{name}` is indented further than `{above}`, so YAML reads it as a part of `{above}`"
            );
            let fault = Diagnostic::error(Code::UnknownKey, entry.key.span, message);
            diags.push(fault.hint(format!("start it directly below `{above}`, as far to the left")));
        }
        let stray = match is_name {
            true => {
                Entry { value: Value::new(entry.value.span, Kind::Map(entries.by_ref().collect())), ..entry }
            }
            false => entry,
        };
        others.extend(apart(stray, diags.as_deref_mut()));
    }
    let node = Entry { key: node.key, value: Value { span, kind: Kind::Map(own), cut } };
    [node].into_iter().chain(others).collect()
}

/// Whether two nodes have one name, so that one of them is not read.
pub(super) fn has_twins(story: &Value) -> bool {
    let Kind::Map(entries) = &story.kind else { return false };
    let nodes = entries.iter().find(|entry| entry.key.value == "nodes").map(|entry| &entry.value.kind);
    let Some(Kind::Map(nodes)) = nodes else { return false };
    let names: BTreeSet<&str> = nodes.iter().map(|node| node.key.value.as_str()).collect();
    names.len() < nodes.len()
}
