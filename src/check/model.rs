//! Whether a model is usable: its skills exist, and its bands cover every score.

use scenario_wasm::model::MAX_SKILLS;

use crate::check::names::unknown;
use crate::diag::{Code, Diagnostics};
use crate::parse::At;
use crate::parse::model::{RawModel, RawSkill};

/// Checks a model by itself.
pub fn check(model: &RawModel, diags: &mut Diagnostics) {
    let skills: Vec<&str> = model.skills.iter().map(|skill| skill.id.value.as_str()).collect();
    let mut look = |name: &At<String>| {
        if !skills.contains(&name.value.as_str()) {
            diags.push(unknown("skill", name, skills.iter().copied()));
        }
    };
    model.skills.iter().flat_map(|skill| skill.needs.iter().flatten()).for_each(&mut look);
    model.slips.iter().filter_map(|slip| slip.skill.as_ref()).for_each(&mut look);
    model.skills.iter().for_each(|skill| needs_itself(skill, diags));
    size(model, diags);
    falling("bands", model.bands.iter().map(|band| &band.from), diags);
    falling("skill_levels", model.skill_levels.iter().map(|level| &level.from), diags);
}

fn needs_itself(skill: &RawSkill, diags: &mut Diagnostics) {
    for any in &skill.needs {
        if let [only] = any.as_slice()
            && only.value == skill.id.value
        {
            let message = format!("`{}` needs itself, so it could never come first", only.value);
            diags.error(Code::BadValue, only.span, message, "name the skills that come before it");
        }
    }
}

fn size(model: &RawModel, diags: &mut Diagnostics) {
    if model.skills.len() > MAX_SKILLS {
        let message = format!("the model has {} skills; the limit is {MAX_SKILLS}", model.skills.len());
        let first = model.skills[MAX_SKILLS].id.span;
        diags.error(Code::TooLarge, first, message, "join skills that are rated alike");
    }
    if model.slips.len() > usize::from(u8::MAX) {
        let message = format!("the model has {} slips; the limit is 255", model.slips.len());
        let first = model.slips[usize::from(u8::MAX)].id.span;
        diags.error(Code::TooLarge, first, message, "join slips that do the same harm");
    }
}

/// Checks that the weights can be read as percent.
pub fn weights(model: &RawModel, diags: &mut Diagnostics) {
    let weights = || model.skills.iter().filter_map(|skill| skill.weight.as_ref());
    for weight in weights().filter(|weight| !(10..=50).contains(&weight.value)) {
        let message = format!("a weight of {} is outside 10 to 50", weight.value);
        diags.lint(Code::Weights, weight.span, message, "change it, and adjust the others by the difference");
    }
    let sum: u32 = weights().map(|weight| u32::from(weight.value)).sum();
    if let Some(last) = weights().next_back().filter(|_| sum != 100) {
        let hint = "make them add up to 100, so that each reads as a percentage";
        diags.lint(Code::Weights, last.span, format!("the weights add up to {sum}, not 100"), hint);
    }
}

/// Checks that levels fall from the highest to 0, so that every score has its words.
fn falling<'a>(key: &str, from: impl Iterator<Item = &'a At<u8>>, diags: &mut Diagnostics) {
    let from: Vec<&At<u8>> = from.collect();
    for pair in from.windows(2).filter(|pair| pair[0].value <= pair[1].value) {
        let message = format!(
            "`{key}` must go from the highest to the lowest, but {} comes after {}",
            pair[1].value, pair[0].value
        );
        diags.error(Code::BadValue, pair[1].span, message, "put the lines in order");
    }
    // An empty list has been reported.
    if let Some(last) = from.last().filter(|last| last.value != 0) {
        let message =
            format!("the last of `{key}` must be `from: 0`, or the lowest scores would have no text");
        diags.error(Code::BadValue, last.span, message, "add a line `from: 0`");
    }
}
