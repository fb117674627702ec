//! The rules that keep a play from indexing out of range, looping or overflowing.
//!
//! The compiler keeps them by construction; bytes from elsewhere may not, so every graph is checked.

use crate::error::Error;
use crate::graph::{Choice, Decision, Graph, MAX_FLAGS};
use crate::model::{MAX_SKILLS, Model};

/// Checks every index, set and order in the graph.
pub(crate) fn check(graph: &Graph) -> Result<(), Error> {
    check_graph(graph).map_err(Error::Malformed)
}

/// The rule that is broken, if any.
type Checked = Result<(), &'static str>;

fn check_graph(graph: &Graph) -> Checked {
    check_model(&graph.model)?;
    require(graph.nodes.len() <= usize::from(u16::MAX), "at most 65,535 nodes")?;
    require(graph.nodes.first().is_some_and(|node| node.decision.is_some()), "the first node is a decision")?;
    require(graph.goodwill <= 100, "goodwill is at most 100")?;
    require(usize::from(graph.flags) <= MAX_FLAGS, "at most 64 flags")?;
    require(
        fits(u64::from(graph.already), graph.model.skills.len()),
        "skills opened already are the model's",
    )?;
    for (at, node) in graph.nodes.iter().enumerate() {
        if let Some(decision) = &node.decision {
            check_decision(graph, at, decision)?;
        }
    }
    Ok(())
}

fn check_model(model: &Model) -> Checked {
    let count = model.skills.len();
    let (numerator, denominator) = model.out_of_order;
    require((1..=MAX_SKILLS).contains(&count), "1 to 16 skills")?;
    require(numerator <= denominator && denominator > 0, "the order factor is at most 1")?;
    for skill in &model.skills {
        require(skill.weight > 0, "weights are positive")?;
        require(
            skill.needs.iter().all(|any| *any != 0 && fits(u64::from(*any), count)),
            "needs name skills",
        )?;
    }
    require(model.slips.len() <= usize::from(u8::MAX), "at most 255 slips")?;
    require(model.slips.iter().all(|slip| usize::from(slip.skill) < count), "slips belong to skills")?;
    require(
        model.caps[1] <= model.caps[0] && model.caps[0] <= 100,
        "critical is capped no higher than serious",
    )?;
    let mut above = 101;
    for from in &model.bands {
        require(*from < above, "bands fall")?;
        above = *from;
    }
    require(above == 0, "the lowest band is from 0")
}

fn check_decision(graph: &Graph, at: usize, decision: &Decision) -> Checked {
    let mut tested = 0u16;
    for skill in &decision.tests {
        require(usize::from(*skill) < graph.model.skills.len(), "tested skills are the model's")?;
        require(tested >> skill & 1 == 0, "a skill is tested once")?;
        tested |= 1 << skill;
    }
    require(tested != 0, "a decision tests a skill")?;
    require((1..=usize::from(u8::MAX)).contains(&decision.choices.len()), "1 to 255 choices")?;
    decision.choices.iter().try_for_each(|choice| check_choice(graph, at, decision, choice))
}

fn check_choice(graph: &Graph, at: usize, decision: &Decision, choice: &Choice) -> Checked {
    require(choice.ratings.len() == decision.tests.len(), "ratings stand for the tested skills")?;
    require(choice.ratings.iter().all(|rating| *rating <= 3), "ratings are 0 to 3")?;
    require(
        choice.slips.iter().all(|slip| usize::from(*slip) < graph.model.slips.len()),
        "slips are the model's",
    )?;
    require(choice.slips.len() <= MAX_SKILLS, "at most 16 slips in a choice")?;
    require(fits(choice.sets | choice.clears, usize::from(graph.flags)), "flags are the story's")?;
    let later = |to: u16| usize::from(to) > at && usize::from(to) < graph.nodes.len();
    let (mut programs, mut forward) = (choice.when.is_program(graph.flags), later(choice.then));
    for (gate, to) in &choice.ways {
        programs &= gate.is_program(graph.flags);
        forward &= later(*to);
    }
    require(programs, "gates are programs over the story's flags")?;
    require(forward, "ways lead to later nodes")
}

/// Whether a set has only members below `count`.
fn fits(set: u64, count: usize) -> bool {
    count >= 64 || set >> count == 0
}

fn require(holds: bool, rule: &'static str) -> Checked {
    // Nobody reads the text in the browser.
    let rule = if cfg!(feature = "player") { "" } else { rule };
    if holds { Ok(()) } else { Err(rule) }
}
