//! Flags: what is read must be set somewhere, and nothing is set and cleared at once.

use std::collections::BTreeSet;

use scenario_wasm::graph::MAX_FLAGS;

use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::gate::RawGate;
use crate::parse::scenario::RawStory;

/// Looks at every flag of a story.
pub(super) fn check(story: &RawStory, diags: &mut Diagnostics) {
    let set: BTreeSet<&str> =
        story.choices().flat_map(|choice| &choice.sets).map(|flag| flag.value.as_str()).collect();
    for choice in story.choices() {
        for flag in choice.gates().flat_map(RawGate::flags) {
            if !set.contains(flag.value.as_str()) {
                let message = format!("no choice sets the flag `{}`, so this never changes", flag.value);
                diags
                    .push(Diagnostic::error(Code::FlagNeverSet, flag.span, message).hint(remedy(flag, &set)));
            }
        }
        for flag in &choice.clears {
            if choice.sets.iter().any(|other| other.value == flag.value) {
                let message = format!("this choice sets `{}` and also clears it", flag.value);
                diags.push(
                    Diagnostic::error(Code::FlagSetAndCleared, flag.span, message)
                        .hint("keep one of the two"),
                );
            } else if !set.contains(flag.value.as_str()) {
                let message = format!("there is no flag called `{}`", flag.value);
                diags.push(Diagnostic::error(Code::UnknownName, flag.span, message).hint(remedy(flag, &set)));
            }
        }
    }
    for (flag, _) in &story.flags {
        if !set.contains(flag.value.as_str()) {
            let message = format!("there is no flag called `{}`", flag.value);
            diags.push(Diagnostic::error(Code::UnknownName, flag.span, message).hint(remedy(flag, &set)));
        }
    }
    if set.len() > MAX_FLAGS {
        let message = format!("the story has {} flags; the limit is {MAX_FLAGS}", set.len());
        diags.push(
            Diagnostic::error(Code::TooLarge, story.span, message)
                .hint("use one flag for what is always set together"),
        );
    }
}

fn remedy(flag: &At<String>, set: &BTreeSet<&str>) -> String {
    match nearest(&flag.value, set.iter().copied()) {
        Some(best) => format!("did you mean `{best}`?"),
        None => format!("add `sets: [{}]` to the choice that should be remembered", flag.value),
    }
}
