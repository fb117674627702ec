//! Definitions of link labels, `[label]: address`. No page shows them, so one that nothing uses has no effect.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs, Tag};

use super::stray_markup::{MarkupFault, ParsedText};
use crate::diag::suggest::nearest;

/// A definition.
pub(super) struct Definition {
    pub(super) label: String,
    /// Whether it has no target, as in `[//]: # (a note for authors)`.
    is_note: bool,
    range: Range<usize>,
}

/// The definitions that take effect, in order: of two with the same label, the first.
pub(super) fn definitions(found: &RefDefs<'_>) -> Vec<Definition> {
    let each = found.iter().map(|(label, definition)| Definition {
        label: label.to_owned(),
        is_note: matches!(&*definition.dest, "" | "#"),
        range: definition.span.clone(),
    });
    let mut all: Vec<Definition> = each.collect();
    all.sort_by_key(|each| each.range.start);
    all
}

/// The faults of definitions that nothing uses, and of repeated ones.
pub(super) fn faults(parsed: &ParsedText<'_>) -> Vec<MarkupFault> {
    if parsed.definitions.is_empty() {
        return Vec::new();
    }
    let mut used: BTreeSet<String> =
        parsed.events.iter().filter_map(|(event, _)| label(event)).map(folded).collect();
    let labels = || parsed.definitions.iter().map(|each| &*each.label);
    // A misspelled reference is reported where it is, with the right label.
    used.extend(parsed.undefined.iter().filter_map(|each| nearest(&each.label, labels())).map(folded));
    let unused =
        parsed.definitions.iter().filter(|each| !each.is_note && !used.contains(&folded(&each.label)));
    let unused = unused.map(|Definition { label, range, .. }| {
        let says = format!("nothing here uses `[{label}]`, so its address is on no page");
        let hint = format!("write `[words][{label}]` where the link belongs, or remove the line");
        MarkupFault::new(range.clone(), says, hint)
    });
    unused.chain(repeated(parsed)).collect()
}

/// The faults of definitions of a label that is already defined, which Markdown drops.
fn repeated(parsed: &ParsedText<'_>) -> Vec<MarkupFault> {
    let known: BTreeSet<String> =
        parsed.definitions.iter().filter(|each| !each.is_note).map(|each| folded(&each.label)).collect();
    // Whatever Markdown does not drop is covered by an event or a definition.
    let leaves = parsed.events.iter().filter(|(event, _)| !matches!(event, Event::Start(_) | Event::End(_)));
    let mut covered: Vec<Range<usize>> = leaves.map(|(_, range)| range.clone()).collect();
    covered.extend(parsed.definitions.iter().map(|each| each.range.clone()));
    covered.sort_by_key(|range| range.start);
    let is_covered = |at: usize| {
        let before = covered.partition_point(|range| range.start <= at);
        before > 0 && covered[before - 1].end > at
    };
    let mut found = Vec::new();
    let mut start = 0;
    for line in parsed.text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>']);
        let at = start + line.len() - words.len();
        start += line.len();
        let Some((label, _)) = words.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
            continue;
        };
        if known.contains(&folded(label)) && !is_covered(at) {
            let says = format!("`[{label}]` is defined twice, and the first definition counts");
            let hint = "remove one of the two, or give this one another name";
            found.push(MarkupFault::new(at..at + words.trim_end().len(), says, hint));
        }
    }
    found
}

/// The label that a link or a picture refers to.
fn label<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) = event else {
        return None;
    };
    matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut).then_some(&**id)
}

/// A label as Markdown compares it.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
