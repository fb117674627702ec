//! What of a score so far can still make a difference: the key by which states of equal prospects are merged.
//!
//! Of a skill it is what is lost and how many of its chances were met. A loss past the whole makes no difference,
//! nor does a chance past par. Beyond that, what lies ahead is known: chances that no way on can make up for are
//! lost now already, and those that every way on makes up for are as good as met. So plays whose losses differ in
//! nothing but when they become certain are one.

use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::scale::{Scale, Tally};
use scenario_wasm::{Graph, Scenario};

use crate::prove::step::Steps;

/// What is merged by: the losses and chances of some skills, and maybe the cap.
#[derive(Debug)]
pub(super) struct Ahead<'a> {
    scale: &'a Scale,
    /// The skills that are looked at, with their fields in a key.
    fields: Vec<Field>,
    /// Where the cap stands in a key; nowhere if it is not looked at.
    cap: Option<u32>,
    /// By routing state, by field, in one row: the fewest and the most chances that a way on meets.
    chances: Vec<(u32, u32)>,
    /// What the choices add, by field.
    steps: Steps,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    skill: usize,
    par: u32,
    whole: u32,
    /// Where the loss stands, then how many bits it has; the chances met follow it.
    at: u32,
    loss_bits: u32,
    met_bits: u32,
}

/// A state's losses, chances and cap in one number.
pub(super) type Key = u128;

impl<'a> Ahead<'a> {
    /// A key over these skills, all of which count. `None` if it does not fit.
    pub(super) fn new(scenario: &'a Scenario, reach: &Reach, skills: &[usize], capped: bool) -> Option<Self> {
        let scale = scenario.scale();
        let mut end = 0;
        let fields: Vec<Field> = skills
            .iter()
            .map(|&skill| {
                let (par, whole) = (u32::from(scale.par[skill]), scale.whole(skill));
                let (loss_bits, met_bits) = (whole.ilog2() + 1, par.ilog2() + 1);
                let at = end;
                end += loss_bits + met_bits;
                Field { skill, par, whole, at, loss_bits, met_bits }
            })
            .collect();
        let cap = capped.then_some(end);
        // Two bits for the cap.
        (end + 2 <= u128::BITS).then(|| {
            let chances = chances(scenario.graph(), reach, &fields);
            Self { scale, fields, cap, chances, steps: Steps::new(scenario, reach, skills) }
        })
    }

    /// The key before the first choice.
    pub(super) fn start(&self) -> Key {
        self.merged(0, |_| (0, 0))
    }

    /// The key after the `edge`th way out of a routing state, into `to`.
    pub(super) fn after(&self, key: Key, from: u32, edge: usize, to: u32) -> Key {
        let (adds, cap) = self.steps.at(from, edge);
        let next = self.merged(to, |field| {
            let (loss, met) = self.fields[field].read(key);
            let (lost, meets) = adds[field];
            (loss + lost, met + meets)
        });
        match self.cap {
            // None is 0, serious 1, critical 2.
            Some(at) => next | (key >> at).max(cap.map_or(0, |cap| cap as u128 + 1)) << at,
            None => next,
        }
    }

    fn merged(&self, state: u32, field: impl Fn(usize) -> (u32, u32)) -> Key {
        let mut key = 0;
        let chances = &self.chances[state as usize * self.fields.len()..];
        for (at, known) in self.fields.iter().enumerate() {
            let ((loss, met), (fewest, most)) = (field(at), chances[at]);
            let (loss, met) = known.merged(loss, met, fewest, most, self.scale.mark);
            key |= known.write(loss, met);
        }
        key
    }

    /// What a key says, as a tally of the skills that are looked at.
    pub(super) fn tally(&self, key: Key) -> Tally {
        let mut tally = Tally::default();
        for field in &self.fields {
            let track = &mut tally.skills[field.skill];
            (track.loss, track.met) = field.read(key);
        }
        tally.cap = match self.cap.map(|at| key >> at) {
            Some(1) => Some(Cap::Serious),
            Some(2) => Some(Cap::Critical),
            _ => None,
        };
        tally
    }
}

impl Field {
    fn read(self, key: Key) -> (u32, u32) {
        let bits = |at: u32, count: u32| (key >> at) as u32 & ((1 << count) - 1);
        (bits(self.at, self.loss_bits), bits(self.at + self.loss_bits, self.met_bits))
    }

    fn write(self, loss: u32, met: u32) -> Key {
        (Key::from(met) << self.loss_bits | Key::from(loss)) << self.at
    }

    /// The loss and the chances met of all that have the same prospects.
    fn merged(self, mut loss: u32, met: u32, fewest: u32, most: u32, mark: u32) -> (u32, u32) {
        let mut met = met.min(self.par);
        let missed = self.par.saturating_sub(met + most);
        loss += 3 * mark * missed;
        met += missed;
        if met + fewest >= self.par {
            met = self.par;
        }
        if loss >= self.whole { (self.whole, self.par) } else { (loss, met) }
    }
}

/// By routing state, by field, in one row: the fewest and the most chances that lie ahead.
fn chances(graph: &Graph, reach: &Reach, fields: &[Field]) -> Vec<(u32, u32)> {
    let mut all = vec![(0, 0); reach.states().len() * fields.len()];
    for &number in reach.order().iter().rev() {
        let node = usize::from(reach.states()[number as usize].node);
        let Some(decision) = &graph.nodes[node].decision else { continue };
        for (at, field) in fields.iter().enumerate() {
            let here = u32::from(decision.tests.iter().any(|skill| usize::from(*skill) == field.skill));
            let ways = reach.edges(number).iter().map(|edge| all[edge.to as usize * fields.len() + at]);
            let both: (u32, u32) = ways.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or_default();
            all[number as usize * fields.len() + at] = (both.0 + here, both.1 + here);
        }
    }
    all
}
