//! What can still affect a score: the key by which states with equal prospects are merged.
//!
//! For each skill these are its losses and the chances met. A loss beyond the whole makes no difference, nor does a chance
//! beyond par. What lies ahead is known, too: chances that no remaining way can make up for are already lost, and those that
//! every way makes up for are as good as met. So plays that differ only in when their losses become certain are one.

use scenario_wasm::explore::Reach;
use scenario_wasm::graph::Cap;
use scenario_wasm::scale::{Scale, Tally, Track};
use scenario_wasm::{Graph, Scenario};

use crate::prove::step::{Steps, plus};

/// What states are merged by: the losses and chances of some skills, and possibly the cap.
#[derive(Debug)]
pub(super) struct Ahead<'a> {
    scale: &'a Scale,
    /// The skills in question, with their fields in a key.
    fields: Vec<Field>,
    /// The position of the cap in a key; `None` if caps are ignored.
    cap: Option<u32>,
    /// By routing state, by field, in one row.
    chances: Vec<Chances>,
    /// What the choices add, by field.
    steps: Steps,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    skill: usize,
    par: u32,
    whole: u32,
    /// The position of the loss, then its number of bits; the chances met follow it.
    at: u32,
    loss_bits: u32,
    met_bits: u32,
}

/// The fewest and the most chances of a skill that lie ahead.
#[derive(Debug, Clone, Copy, Default)]
struct Chances {
    fewest: u32,
    most: u32,
}

/// A state's losses, chances and cap in one number.
pub(super) type Key = u128;

impl<'a> Ahead<'a> {
    /// A key over these skills, all of which count. `None` if it does not fit.
    pub(super) fn new(
        scenario: &'a Scenario,
        reach: &Reach,
        skills: Vec<usize>,
        capped: bool,
    ) -> Option<Self> {
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
        self.merged(0, |_| Track::default())
    }

    /// The key after the `edge`th way out of a routing state, into `to`.
    pub(super) fn after(&self, key: Key, from: u32, edge: usize, to: u32) -> Key {
        let step = self.steps.at(from, edge);
        let next = self.merged(to, |field| plus(self.fields[field].read(key), step.tracks[field]));
        match self.cap {
            // None is 0, serious 1, critical 2.
            Some(at) => next | (key >> at).max(step.cap.map_or(0, |cap| cap as u128 + 1)) << at,
            None => next,
        }
    }

    fn merged(&self, state: u32, track: impl Fn(usize) -> Track) -> Key {
        let chances = &self.chances[state as usize * self.fields.len()..];
        let fields = self.fields.iter().zip(chances).enumerate();
        fields.fold(0, |key, (at, (field, chances))| {
            key | field.write(field.merged(track(at), *chances, self.scale.mark))
        })
    }

    /// A key as a tally of the skills in question.
    pub(super) fn tally(&self, key: Key) -> Tally {
        let mut tally = Tally::default();
        for field in &self.fields {
            tally.skills[field.skill] = field.read(key);
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
    fn read(self, key: Key) -> Track {
        let bits = |at: u32, count: u32| (key >> at) as u32 & ((1 << count) - 1);
        Track { loss: bits(self.at, self.loss_bits), met: bits(self.at + self.loss_bits, self.met_bits) }
    }

    fn write(self, track: Track) -> Key {
        (Key::from(track.met) << self.loss_bits | Key::from(track.loss)) << self.at
    }

    /// The loss and the chances met, equal for all states with the same prospects.
    fn merged(self, Track { mut loss, met }: Track, chances: Chances, mark: u32) -> Track {
        let mut met = met.min(self.par);
        let missed = self.par.saturating_sub(met + chances.most);
        loss += 3 * mark * missed;
        met += missed;
        if met + chances.fewest >= self.par {
            met = self.par;
        }
        if loss >= self.whole { Track { loss: self.whole, met: self.par } } else { Track { loss, met } }
    }
}

/// By routing state, by field, in one row.
fn chances(graph: &Graph, reach: &Reach, fields: &[Field]) -> Vec<Chances> {
    let mut all = vec![Chances::default(); reach.states().len() * fields.len()];
    for &number in reach.order().iter().rev() {
        let node = usize::from(reach.states()[number as usize].node);
        let Some(decision) = &graph.nodes[node].decision else { continue };
        for (at, field) in fields.iter().enumerate() {
            let here = u32::from(decision.tests.iter().any(|skill| usize::from(*skill) == field.skill));
            let ways = reach.edges(number).iter().map(|edge| all[edge.to as usize * fields.len() + at]);
            let ahead = ways
                .reduce(|a, b| Chances { fewest: a.fewest.min(b.fewest), most: a.most.max(b.most) })
                .unwrap_or_default();
            all[number as usize * fields.len() + at] =
                Chances { fewest: ahead.fewest + here, most: ahead.most + here };
        }
    }
    all
}
