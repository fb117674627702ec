//! Flags: one that is read must be set somewhere, and no choice sets and clears the same one.

use std::collections::BTreeSet;

use scenario_wasm::graph::MAX_FLAGS;

use crate::check::names::{MAX_UNKNOWN, is_known};
use crate::diag::suggest::{did_you_mean, nearest};
use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::choice::RawChoice;
use crate::parse::gate::RawGate;
use crate::parse::scenario::RawStory;

/// Checks every flag of a story.
pub(super) fn check(story: &RawStory, diags: &mut Diagnostics) {
    let mut set: BTreeSet<&str> =
        story.choices().flat_map(|choice| &choice.sets).map(|flag| flag.value.as_str()).collect();
    if !story.flags.is_empty() {
        undeclared(story, &mut set, diags);
    }
    for choice in story.choices() {
        // A choice that could not be read may set it.
        for flag in choice.gates().filter(|_| story.whole && !story.lacks_nodes).flat_map(RawGate::flags) {
            if !is_known(&flag.value, set.iter().copied()) {
                let message = format!("no choice sets the flag `{}`, so this never changes", flag.value);
                diags.error(Code::FlagNeverSet, flag.span, message, remedy(flag, &set));
            }
        }
        for flag in &choice.clears {
            if choice.sets.iter().any(|other| other.value == flag.value) {
                let message = format!("this choice sets `{}` and also clears it", flag.value);
                diags.error(Code::FlagSetAndCleared, flag.span, message, "keep one of the two");
            } else if !set.contains(flag.value.as_str()) {
                let message = format!("there is no flag called `{}`", flag.value);
                diags.error(Code::UnknownName, flag.span, message, remedy(flag, &set));
            }
        }
    }
    for (flag, _) in &story.flags {
        if !set.contains(flag.value.as_str()) {
            let message = format!("there is no flag called `{}`", flag.value);
            diags.error(Code::UnknownName, flag.span, message, remedy(flag, &set));
        }
    }
    if set.len() > MAX_FLAGS {
        let message = format!("the story has {} flags; the limit is {MAX_FLAGS}", set.len());
        diags.error(Code::TooLarge, story.span, message, "use one flag for what is always set together");
    }
}

/// If the story lists its flags, one that is set but not listed is a typo. The flag that was probably meant counts as set.
fn undeclared<'a>(story: &'a RawStory, set: &mut BTreeSet<&'a str>, diags: &mut Diagnostics) {
    let declared: BTreeSet<&str> = story.flags.iter().map(|(flag, _)| flag.value.as_str()).collect();
    let gates = story.choices().flat_map(RawChoice::gates);
    let read: BTreeSet<&str> = gates.flat_map(RawGate::flags).map(|flag| flag.value.as_str()).collect();
    let flags = story.choices().flat_map(|choice| &choice.sets);
    for flag in flags.filter(|flag| !declared.contains(flag.value.as_str())).take(MAX_UNKNOWN) {
        let name = flag.value.as_str();
        let unset = declared.iter().copied().filter(|declared| !set.contains(declared));
        let near = nearest(name, unset).or_else(|| nearest(name, declared.iter().copied()));
        // If this name is set and read, the typo is in its line below `flags`.
        if read.contains(name) && near.is_some_and(|near| !read.contains(near) && !set.contains(near)) {
            continue;
        }
        let add = format!("say what it means in a line `{name}: ...` below `flags`");
        let hint = match near {
            Some(near) => format!("did you mean `{near}`? If not, {add}"),
            None => add,
        };
        let message = format!("`flags` does not list `{name}`");
        diags.error(Code::UnknownName, flag.span, message, hint);
        set.extend(near);
    }
}

fn remedy(flag: &At<String>, set: &BTreeSet<&str>) -> String {
    let otherwise = format!("add `sets: [{}]` to the choice that should be remembered", flag.value);
    did_you_mean(&flag.value, set.iter().copied(), otherwise)
}
