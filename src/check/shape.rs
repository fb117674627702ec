//! The shape of decisions: how many choices they have, and how these are rated and named.

use crate::course::Model;
use crate::diag::suggest::listed;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::parse::At;
use crate::parse::choice::{RawChoice, RawRate};
use crate::parse::node::{RawDecision, RawNode};
use crate::parse::scenario::RawStory;

/// The most slips that the engine accepts for a choice.
const MAX_SLIPS: usize = scenario_wasm::model::MAX_SKILLS;

/// Checks each decision by itself.
pub(super) fn check(story: &RawStory, model: Option<&Model>, diags: &mut Diagnostics) {
    for (node, decision) in story.decisions() {
        count(node, decision, story.whole, diags);
        ids(decision, diags);
        strongest(node, decision, diags);
        let is_known = |name: &At<String>| {
            model.is_none_or(|model| model.skills.iter().any(|skill| skill.id == name.value))
        };
        for choice in &decision.choices {
            // An unknown skill is reported as that.
            let each = match &choice.rate {
                Some(RawRate::Each(each, _)) => each.as_slice(),
                _ => &[],
            };
            if decision.tests.iter().chain(each.iter().map(|(skill, _)| skill)).all(is_known) {
                rates(decision, choice, diags);
            }
            if let Some(model) = model {
                slips(decision, choice, model, diags);
            }
        }
    }
}

fn count(node: &RawNode, decision: &RawDecision, whole: bool, diags: &mut Diagnostics) {
    let count = decision.choices.len();
    let message = |words: &str| format!("`{}` has {words}, but a decision needs 2 to 5", node.id.value);
    // Others may be among those that could not be read.
    if count == 1 && whole {
        let hint = "add what a person under pressure might say here, and why it falls short";
        diags.error(Code::TooFewChoices, node.id.span, message("one choice"), hint);
    } else if count > 5 {
        let hint = "keep those that a trainee would really think of";
        diags.error(Code::TooManyChoices, node.id.span, message(&format!("{count} choices")), hint);
    }
}

fn ids(decision: &RawDecision, diags: &mut Diagnostics) {
    let mut seen: Vec<&At<String>> = Vec::new();
    let ids = decision.choices.iter().map(|choice| &choice.id);
    for id in ids.chain(decision.choices.iter().flat_map(|choice| &choice.was)) {
        match seen.iter().find(|other| other.value == id.value) {
            Some(first) => diags.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    id.span,
                    format!("two choices here are called `{}`", id.value),
                )
                .label(first.span, "the first")
                .hint("a choice without `id` is called a, b or c by its position; give each its own `id`"),
            ),
            None => seen.push(id),
        }
    }
}

fn strongest(node: &RawNode, decision: &RawDecision, diags: &mut Diagnostics) {
    // A choice whose rating could not be read may be it.
    let rating = |choice: &RawChoice, test: &At<String>| {
        choice.rate.as_ref().map_or(Some(3), |rate| rate.of(&test.value, decision.tests.len()).or(Some(3)))
    };
    let best = |choice: &RawChoice| decision.tests.iter().all(|test| rating(choice, test) == Some(3));
    if decision.choices.is_empty() || decision.choices.iter().any(best) {
        return;
    }
    let tests = decision.tests.iter().map(|test| test.value.as_str()).collect::<Vec<_>>().join(" and ");
    let message = format!("no choice at `{}` is rated 3 in {tests}", node.id.value);
    let fault = Diagnostic::error(Code::NoStrongestChoice, node.id.span, message);
    let sum = |choice: &&RawChoice| {
        decision.tests.iter().filter_map(|test| rating(choice, test)).map(u32::from).sum::<u32>()
    };
    let line = "write the line that a colleague at their best would say here, and rate it 3";
    // The first of equals, in reading order.
    diags.push(match decision.choices.iter().rev().max_by_key(sum) {
        Some(near) => fault.hint(format!("{line}; `{}` comes closest so far", near.id.value)),
        None => fault.hint(line),
    });
}

fn rates(decision: &RawDecision, choice: &RawChoice, diags: &mut Diagnostics) {
    let (Some(rate), false) = (&choice.rate, decision.tests.is_empty()) else { return };
    let tests: Vec<&str> = decision.tests.iter().map(|test| test.value.as_str()).collect();
    // With the ratings that are there: a remedy must not turn a weak choice into a strong one.
    let stated = |test: &str| match rate {
        RawRate::One(rating) => Some(rating.value),
        RawRate::Each(each, _) => {
            let named = each.iter().find(|(skill, _)| skill.value == test);
            let other = || each.iter().find(|(skill, _)| !tests.contains(&skill.value.as_str()));
            named.or_else(other).map(|(_, rating)| rating.value)
        }
        RawRate::Bare(..) => None,
    };
    let rating = |test: &str| stated(test).map_or("...".to_owned(), |rating| rating.to_string());
    let remedy = match tests.as_slice() {
        [one] => format!("write `rate: {}`, for {one}", rating(one)),
        many => {
            let each: Vec<String> = many.iter().map(|test| format!("{test}: {}", rating(test))).collect();
            format!("write `rate: {{ {} }}`, with a rating from 0 to 3 for each", each.join(", "))
        }
    };
    let fault = |span, message| Diagnostic::error(Code::RatingMismatch, span, message).hint(remedy.clone());
    match rate {
        RawRate::One(rating) if tests.len() > 1 => {
            diags.push(fault(
                rating.span,
                format!("this decision tests {} skills, but the choice has one rating", tests.len()),
            ));
        }
        RawRate::One(_) => {}
        RawRate::Bare(ratings, span) => {
            let each = tests.iter().zip(ratings).map(|(test, rating)| format!("{test}: {}", rating.value));
            let hint = match ratings.len() == tests.len() {
                true => format!("write `rate: {{ {} }}`", each.collect::<Vec<_>>().join(", ")),
                false => remedy.clone(),
            };
            diags.push(
                fault(*span, "it is not stated which skills these ratings are for".to_owned()).hint(hint),
            );
        }
        RawRate::Each(each, span) => {
            for (skill, _) in each.iter().filter(|(skill, _)| !tests.contains(&skill.value.as_str())) {
                let message = format!(
                    "`{}` is rated here, but the decision tests {}",
                    skill.value,
                    listed(tests.iter().copied())
                );
                diags.push(fault(skill.span, message));
            }
            for test in tests.iter().filter(|test| !each.iter().any(|(skill, _)| skill.value == **test)) {
                diags.push(fault(
                    *span,
                    format!("`{test}` is tested here, but this choice has no rating for it"),
                ));
            }
        }
    }
}

fn slips(decision: &RawDecision, choice: &RawChoice, model: &Model, diags: &mut Diagnostics) {
    for slip in &choice.slips {
        let known = model.rules.slips.iter().find(|known| known.id == slip.value);
        let Some(owner) = known.map(|known| model.skills[usize::from(known.skill)].id.as_str()) else {
            continue;
        };
        let rated = choice.rate.as_ref().and_then(|rate| rate.of(owner, decision.tests.len()));
        let tested = decision.tests.iter().any(|test| test.value == owner);
        if tested && rated == Some(3) {
            let message = format!("`{}` harms {owner}, but this choice is rated 3 in {owner}", slip.value);
            diags.error(Code::SlipRatedThree, slip.span, message, "lower the rating, or remove the slip");
        }
    }
    if let Some(slip) = choice.slips.get(MAX_SLIPS) {
        let message = format!("a choice has at most {MAX_SLIPS} slips");
        diags.error(Code::TooLarge, slip.span, message, "name the ones that matter most");
    }
    for (at, slip) in choice.slips.iter().enumerate() {
        if choice.slips[..at].iter().any(|other| other.value == slip.value) {
            let message = format!("`{}` is named twice here", slip.value);
            diags.error(Code::BadValue, slip.span, message, "name it once");
        }
    }
}
