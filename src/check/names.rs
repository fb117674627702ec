//! Unknown names: skills and slips that the model does not have, nodes that do not exist.

use std::collections::BTreeSet;

use crate::course::Model;
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse;
use crate::parse::At;
use crate::parse::choice::RawRate;
use crate::parse::node::RawKind;
use crate::parse::scenario::RawStory;

/// "there is no skill called `lisen`".
pub(super) fn unknown<'a>(
    what: &str,
    name: &At<String>,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("there is no {what} called `{}`", name.value);
    Diagnostic::error(Code::UnknownName, name.span, message).hint(hint(&name.value, known))
}

/// Checks the names that a model defines.
pub(super) fn check(story: &RawStory, model: &Model, diags: &mut Diagnostics) {
    let skills: Vec<&str> = model.skills.iter().map(|skill| skill.id.as_str()).collect();
    let slips: Vec<&str> = model.slips.iter().map(|slip| slip.id.as_str()).collect();
    let mut look = |what, name: &At<String>, known: &[&str]| {
        if !known.contains(&name.value.as_str()) {
            diags.push(unknown(what, name, known.iter().copied()));
        }
    };
    for skill in &story.already {
        look("skill", skill, &skills);
    }
    for (_, decision) in story.decisions() {
        for skill in &decision.tests {
            look("skill", skill, &skills);
        }
        for choice in &decision.choices {
            for slip in &choice.slips {
                look("slip", slip, &slips);
            }
            // A skill that the model has but this decision does not test is reported by `shape`.
            if let Some(RawRate::Each(each, _)) = &choice.rate {
                each.iter().for_each(|(skill, _)| look("skill", skill, &skills));
            }
        }
    }
}

/// Whether a name is known, or would be if a known one followed the rule for names: breaking it is reported there.
pub(super) fn is_known<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    known.into_iter().any(|other| other == name || !parse::is_id(other) && parse::slug(other) == name)
}

/// At most this many unknown nodes are reported, as each is compared with all known ones.
pub(super) const MAX_UNKNOWN: usize = 200;

/// Checks the names of nodes in `start` and `then`.
pub(super) fn targets(story: &RawStory, diags: &mut Diagnostics) {
    if story.lacks_nodes || story.nodes.is_empty() && !story.whole {
        return;
    }
    let known: BTreeSet<&str> = story.nodes.iter().map(|node| node.id.value.as_str()).collect();
    if let Some(start) = &story.start {
        match story.nodes.iter().find(|node| node.id.value == start.value) {
            None if is_known(&start.value, known.iter().copied()) => {}
            None => diags.push(unknown("node", start, known.iter().copied())),
            Some(node) if matches!(node.kind, RawKind::Ending(_)) => {
                let message = format!("the story starts at `{}`, which is an ending", start.value);
                diags.error(Code::BadValue, start.span, message, "start at a decision");
            }
            Some(_) => {}
        }
    }
    let odd: Vec<&str> = known.iter().copied().filter(|name| !parse::is_id(name)).collect();
    let is_known = |name: &str| known.contains(name) || is_known(name, odd.iter().copied());
    let ways = story.choices().flat_map(|choice| &choice.then);
    for way in ways.filter(|way| !is_known(&way.to.value)).take(MAX_UNKNOWN) {
        diags.push(unknown("node", &way.to, known.iter().copied()));
    }
}
