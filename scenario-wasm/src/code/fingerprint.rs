//! Fingerprints: short numbers that change when the thing does. They catch accidents, not intent.
//!
//! Written out field by field, so that the fingerprint of a story stays what it is when the engine's own types, its wire
//! format or the compiler change.

use crate::gate::{Compare, Gate, Op};
use crate::graph::{Cap, Choice, Decision, Graph};
use crate::model::Model;

/// How many values a fingerprint can have.
pub(crate) const RANGE: u32 = 1 << 24;

/// Fowler, Noll and Vo's FNV-1a of 64 bits, mixed once more at the end.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        bytes.iter().for_each(|byte| self.byte(*byte));
    }

    fn number(&mut self, number: u64) {
        number.to_le_bytes().iter().for_each(|byte| self.byte(*byte));
    }

    fn end(self) -> u32 {
        let mixed = (self.0 ^ self.0 >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        ((mixed ^ mixed >> 33) >> 40) as u32
    }
}

/// The fingerprint of a list of ids.
pub(crate) fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> u32 {
    let mut hash = Hash::new();
    ids.for_each(|id| hash.bytes(id.as_bytes()));
    hash.end()
}

/// The fingerprint of a story: of all that routes or scores, ids included. No prose, and no former ids.
pub(crate) fn graph(graph: &Graph) -> u32 {
    let mut hash = Hash::new();
    hash.model(&graph.model);
    hash.byte(graph.goodwill);
    hash.number(u64::from(graph.already));
    hash.number(graph.nodes.len() as u64);
    for node in &graph.nodes {
        hash.bytes(node.id.as_bytes());
        match &node.decision {
            None => hash.byte(0),
            Some(decision) => hash.decision(decision),
        }
    }
    hash.end()
}

impl Hash {
    fn model(&mut self, model: &Model) {
        self.number(model.skills.len() as u64);
        for skill in &model.skills {
            self.bytes(skill.id.as_bytes());
            self.number(u64::from(skill.weight));
            self.number(skill.needs.len() as u64);
            skill.needs.iter().for_each(|need| self.number(u64::from(*need)));
        }
        self.bytes(&[model.out_of_order.0, model.out_of_order.1]);
        self.number(model.slips.len() as u64);
        for slip in &model.slips {
            self.bytes(slip.id.as_bytes());
            self.byte(slip.skill);
        }
        self.bytes(&model.caps);
        self.bytes(&model.bands);
        self.bytes(&[model.pass.score, model.pass.every_skill, model.pass.single_chance]);
        self.bytes(&[model.mastery.score, model.mastery.every_skill]);
        let goodwill = &model.goodwill;
        let moves = goodwill.by_rating.iter().chain([&goodwill.slip, &goodwill.serious, &goodwill.critical]);
        moves.for_each(|change| self.byte(change.to_le_bytes()[0]));
    }

    fn decision(&mut self, decision: &Decision) {
        self.byte(if decision.free_order { 2 } else { 1 });
        self.bytes(&decision.tests);
        self.number(decision.choices.len() as u64);
        decision.choices.iter().for_each(|choice| self.choice(choice));
    }

    fn choice(&mut self, choice: &Choice) {
        self.bytes(choice.id.as_bytes());
        self.bytes(&choice.ratings);
        self.bytes(&choice.slips);
        self.byte(match choice.cap {
            None => 0,
            Some(Cap::Serious) => 1,
            Some(Cap::Critical) => 2,
        });
        match choice.goodwill {
            None => self.byte(0),
            Some(change) => self.bytes(&change.to_le_bytes()),
        }
        self.number(choice.sets);
        self.number(choice.clears);
        self.gate(&choice.when);
        self.number(choice.ways.len() as u64);
        for (gate, to) in &choice.ways {
            self.gate(gate);
            self.number(u64::from(*to));
        }
        self.number(u64::from(choice.then));
    }

    fn gate(&mut self, gate: &Gate) {
        self.number(gate.0.len() as u64);
        for op in &gate.0 {
            match *op {
                Op::Flag(flag) => self.bytes(&[0, flag]),
                Op::Goodwill(compare, number) => {
                    let compare = match compare {
                        Compare::Less => 0,
                        Compare::AtMost => 1,
                        Compare::More => 2,
                        Compare::AtLeast => 3,
                        Compare::Equal => 4,
                    };
                    self.bytes(&[1, compare, number]);
                }
                Op::Not => self.bytes(&[2]),
                Op::All(count) => self.bytes(&[3, count]),
                Op::Any(count) => self.bytes(&[4, count]),
            }
        }
    }
}
