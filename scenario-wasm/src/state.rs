//! The state of a play, and the effect of a choice on it.
//!
//! Only this file determines the order of effects: ratings, the skills they open, the order factor, goodwill, `sets`, then
//! `clears`, and finally the ways.

use crate::graph::{Cap, Choice, Decision, Graph};
use crate::model::Model;

/// Everything in a play that routing depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    /// Index of the node.
    pub node: u16,
    /// 0 to 100.
    pub goodwill: u8,
    /// Skills opened so far, as a set.
    pub opened: u16,
    /// Flags set, as a set.
    pub flags: u64,
}

/// The result of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The state after it.
    pub next: State,
    /// The skills, as a set, whose needs were open when it was rated.
    pub in_order: u16,
}

impl State {
    /// The state before the first choice.
    pub fn start(graph: &Graph) -> Self {
        Self { node: 0, goodwill: graph.goodwill, opened: graph.already, flags: 0 }
    }

    /// The effect of `choice`, one of `decision`, in this state. Ignores the choice's own gate.
    pub fn step(self, model: &Model, decision: &Decision, choice: &Choice) -> Step {
        let opened = decision
            .tests
            .iter()
            .zip(&choice.ratings)
            .filter(|(_, rating)| **rating >= 2)
            .fold(self.opened, |set, (skill, _)| set | 1 << skill);
        let in_order = if decision.free_order { u16::MAX } else { model.in_order(opened) };
        let goodwill = goodwill_after(self.goodwill, model, choice);
        let flags = (self.flags | choice.sets) & !choice.clears;
        let way = choice.ways.iter().find(|(gate, _)| gate.holds(flags, goodwill));
        let node = way.map_or(choice.then, |(_, to)| *to);
        Step { next: Self { node, goodwill, opened, flags }, in_order }
    }
}

impl Model {
    /// The skills, as a set, whose needs are all met by the opened ones.
    fn in_order(&self, opened: u16) -> u16 {
        let ready = self
            .skills
            .iter()
            .enumerate()
            .filter(|(_, skill)| skill.needs.iter().all(|any| any & opened != 0));
        ready.fold(0, |set, (skill, _)| set | 1 << skill)
    }
}

/// Goodwill after a choice.
fn goodwill_after(goodwill: u8, model: &Model, choice: &Choice) -> u8 {
    let rule = &model.goodwill;
    let change = choice.goodwill.map_or_else(
        || {
            let count = i32::try_from(choice.ratings.len()).unwrap_or(1).max(1);
            let sum: i32 =
                choice.ratings.iter().map(|rating| i32::from(rule.by_rating[usize::from(*rating)])).sum();
            // The mean, rounded half up: floor(mean + 1/2).
            let by_rating = (2 * sum + count).div_euclid(2 * count);
            let by_slips = i32::from(rule.slip) * i32::try_from(choice.slips.len()).unwrap_or(0);
            let by_cap = match choice.cap {
                None => 0,
                Some(Cap::Serious) => i32::from(rule.serious),
                Some(Cap::Critical) => i32::from(rule.critical),
            };
            by_rating + by_slips + by_cap
        },
        i32::from,
    );
    u8::try_from((i32::from(goodwill) + change).clamp(0, 100)).unwrap_or(100)
}
