//! Fingerprints: short numbers that change with the thing they identify. They catch accidents, not intent.
//!
//! Written field by field, so that a story keeps its fingerprint even if the engine's types, its wire format or the
//! compiler change. Version 1 of the codes reads a story in the order of its file ([`in_order`]); version 2 uses only ids
//! ([`by_ids`]).

use alloc::vec::Vec;

use crate::gate::{Compare, Gate, Op};
use crate::graph::{Cap, Choice, Decision, Graph, MAX_FLAGS, Node};
use crate::model::Model;

/// The number of possible fingerprints.
pub(crate) const RANGE: u32 = 1 << 24;

/// 64-bit FNV-1a by Fowler, Noll and Vo, with a final mixing step.
#[derive(Clone, Copy)]
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    #[inline(never)]
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    #[inline(never)]
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        bytes.iter().for_each(|byte| self.byte(*byte));
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, number: u64) {
        number.to_le_bytes().iter().for_each(|byte| self.byte(*byte));
    }

    fn mixed(self) -> u64 {
        let mixed = (self.0 ^ self.0 >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ mixed >> 33
    }

    pub(crate) fn end(self) -> u32 {
        (self.mixed() >> 40) as u32
    }
}

/// The complete hash of some texts.
pub(crate) fn hash(texts: &[&[u8]]) -> u64 {
    let mut hash = Hash::new();
    texts.iter().for_each(|text| hash.bytes(text));
    hash.mixed()
}

/// The fingerprint of a list of ids.
pub(crate) fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> u32 {
    let mut hash = Hash::new();
    ids.for_each(|id| hash.bytes(id.as_bytes()));
    hash.end()
}

/// The fingerprint of a story in the order of its file: of everything that routes or scores, including ids. No prose, no
/// former ids.
pub(crate) fn in_order(graph: &Graph) -> u32 {
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
        self.thresholds(model);
    }

    /// The part of a model that is only numbers.
    fn thresholds(&mut self, model: &Model) {
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
        self.cap_and_goodwill(choice);
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

    fn cap_and_goodwill(&mut self, choice: &Choice) {
        self.byte(match choice.cap {
            None => 0,
            Some(Cap::Serious) => 1,
            Some(Cap::Critical) => 2,
        });
        match choice.goodwill {
            None => self.byte(0),
            Some(change) => self.bytes(&change.to_le_bytes()),
        }
    }

    fn gate(&mut self, gate: &Gate) {
        self.number(gate.0.len() as u64);
        for op in &gate.0 {
            match *op {
                Op::Flag(flag) => self.bytes(&[0, flag]),
                Op::Goodwill(compare, number) => {
                    self.bytes(&[1, number_of(compare), number]);
                }
                Op::Not => self.bytes(&[2]),
                Op::All(count) => self.bytes(&[3, count]),
                Op::Any(count) => self.bytes(&[4, count]),
            }
        }
    }
}

fn number_of(compare: Compare) -> u8 {
    match compare {
        Compare::Less => 0,
        Compare::AtMost => 1,
        Compare::More => 2,
        Compare::AtLeast => 3,
        Compare::Equal => 4,
    }
}

/// The fingerprint of a story independent of the order of its file: of the same things, each by id.
pub(crate) fn by_ids(graph: &Graph) -> u32 {
    let named = Named { graph, flags: core::array::from_fn(|flag| flag_name(graph, flag)) };
    let whole = text(&graph.nodes[0].id)
        .and(named.model())
        .and(named.skills(graph.already))
        .and(u64::from(graph.goodwill))
        .and(sum(graph.nodes.iter().map(|node| named.node(node))));
    whole.end()
}

/// The hash of an id, to be continued.
#[inline(never)]
fn text(id: &str) -> Hash {
    let mut hash = Hash::new();
    hash.bytes(id.as_bytes());
    hash
}

impl Hash {
    /// Adds a number: a small one, or another hash.
    #[inline(never)]
    fn and(mut self, number: u64) -> Self {
        self.number(number);
        self
    }

    fn and_bytes(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |hash, byte| hash.and(u64::from(*byte)))
    }
}

/// The hash of things without an order.
fn sum(hashes: impl Iterator<Item = Hash>) -> u64 {
    hashes.fold(0, |sum, hash| sum.wrapping_add(hash.mixed()))
}

/// The positions of the bits that are set.
fn bits(set: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |bit| set >> bit & 1 == 1)
}

/// Identifies a flag by the choices that set and clear it. Flags set and cleared by the same choices are always equal.
fn flag_name(graph: &Graph, flag: usize) -> Hash {
    let touched = graph.nodes.iter().flat_map(|node| {
        let choices = node.decision.iter().flat_map(|decision| &decision.choices);
        choices.filter_map(move |choice| {
            let does = (choice.sets >> flag & 1) << 1 | choice.clears >> flag & 1;
            (does != 0).then(|| text(&node.id).and(text(&choice.id).mixed()).and(does))
        })
    });
    Hash::new().and(sum(touched))
}

/// A story in which everything is identified by id.
struct Named<'a> {
    graph: &'a Graph,
    flags: [Hash; MAX_FLAGS],
}

impl Named<'_> {
    fn skill(&self, at: u8) -> Hash {
        text(&self.graph.model.skills[usize::from(at)].id)
    }

    fn skills(&self, set: u16) -> u64 {
        sum(bits(u64::from(set)).map(|at| self.skill(at as u8)))
    }

    fn flags(&self, set: u64) -> u64 {
        sum(bits(set).map(|at| self.flags[at]))
    }

    fn model(&self) -> u64 {
        let model = &self.graph.model;
        let skills = model.skills.iter().map(|skill| {
            // Each need is a set of skills, any of which is enough.
            let needs = skill.needs.iter().map(|any| Hash::new().and(self.skills(*any)));
            text(&skill.id).and(u64::from(skill.weight)).and(sum(needs))
        });
        let slips = model.slips.iter().map(|slip| text(&slip.id).and(self.skill(slip.skill).mixed()));
        let (numerator, denominator) = model.out_of_order;
        let mut hash = Hash::new().and(sum(skills)).and(sum(slips)).and_bytes(&[numerator, denominator]);
        hash.thresholds(model);
        hash.mixed()
    }

    fn node(&self, node: &Node) -> Hash {
        let Some(decision) = &node.decision else { return text(&node.id) };
        let tests = decision.tests.iter().map(|skill| self.skill(*skill));
        let choices = decision.choices.iter().map(|choice| self.choice(decision, choice));
        text(&node.id).and(u64::from(decision.free_order)).and(sum(tests)).and(sum(choices))
    }

    fn choice(&self, decision: &Decision, choice: &Choice) -> Hash {
        let ratings = decision.tests.iter().zip(&choice.ratings);
        let ratings = ratings.map(|(skill, rating)| self.skill(*skill).and(u64::from(*rating)));
        let slips = choice.slips.iter().map(|slip| text(&self.graph.model.slips[usize::from(*slip)].id));
        let mut hash = text(&choice.id).and(sum(ratings)).and(sum(slips));
        hash.cap_and_goodwill(choice);
        let hash =
            hash.and(self.flags(choice.sets)).and(self.flags(choice.clears)).and(self.gate(&choice.when));
        // The first condition that holds decides, so their order matters.
        let hash =
            choice.ways.iter().fold(hash, |hash, (gate, to)| hash.and(self.gate(gate)).and(self.target(*to)));
        hash.and(self.target(choice.then))
    }

    fn target(&self, node: u16) -> u64 {
        text(&self.graph.nodes[usize::from(node)].id).mixed()
    }

    /// The operands of `all` and `any` have no order.
    fn gate(&self, gate: &Gate) -> u64 {
        let mut stack: Vec<Hash> = Vec::new();
        for op in &gate.0 {
            let hash = Hash::new();
            let (hash, count) = match *op {
                Op::Flag(flag) => (hash.and(self.flags[usize::from(flag)].mixed()), 0),
                Op::Goodwill(compare, number) => (hash.and_bytes(&[1, number_of(compare), number]), 0),
                Op::Not => (hash.and(2), 1),
                Op::All(count) => (hash.and(3), usize::from(count)),
                Op::Any(count) => (hash.and(4), usize::from(count)),
            };
            let operands = stack.len().saturating_sub(count);
            let hash = hash.and(sum(stack.drain(operands..)));
            stack.push(hash);
        }
        stack.pop().map_or(0, Hash::mixed)
    }
}
