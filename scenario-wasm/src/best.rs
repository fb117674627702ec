//! The best final still reachable: exact, by keeping from every state only the futures that no other beats.
//!
//! A future is what is lost, met and capped from a state to an ending. One that loses no more in any skill, meets
//! no fewer of its chances and is capped no lower is at least as good after every past, so the other can go.

use alloc::vec;
use alloc::vec::Vec;

use crate::error::Error;
use crate::explore::Reach;
use crate::fraction::Fraction;
use crate::graph::Cap;
use crate::scale::{Scale, Tally};
use crate::scenario::Scenario;
use crate::state::State;

/// How many futures may be kept before only a bound is given.
const LIMIT: usize = 200_000;

/// The best final still reachable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Best {
    /// It can be reached.
    Exact(Fraction),
    /// There were too many futures to look at: it is no more than this.
    Bound(Fraction),
}

/// The futures from every state that a play can still come to.
#[derive(Debug)]
pub(crate) struct Futures<'a> {
    scenario: &'a Scenario,
    /// The states, and the futures kept from each. None where there were too many.
    known: Option<(Reach, Vec<Vec<Tally>>)>,
}

impl<'a> Futures<'a> {
    /// All futures from a state on.
    pub(crate) fn new(scenario: &'a Scenario, from: State) -> Self {
        let known = Reach::new(scenario, from, LIMIT, |_| true);
        let known = known.and_then(|reach| Ok((fronts(scenario, &reach)?, reach)));
        Self { scenario, known: known.ok().map(|(fronts, reach)| (reach, fronts)) }
    }

    /// The best final after a past that led to `state`, a state that is reachable from the first.
    pub(crate) fn best(&self, state: State, past: &Tally) -> Best {
        let (scale, model) = (self.scenario.scale(), &self.scenario.graph().model);
        let state = self.scenario.routing(state);
        let futures = self.known.as_ref().and_then(|(reach, fronts)| {
            let number = reach.states().iter().position(|known| *known == state)?;
            Some(&fronts[number])
        });
        let last = |tally: Tally| scale.last(model, &scale.closed(tally));
        let exact = futures.and_then(|futures| futures.iter().map(|future| last(past.plus(future))).max());
        // Without futures: nothing more is lost, and no chance is missed.
        exact.map_or_else(
            || Best::Bound(scale.points(scale.last(model, past))),
            |units| Best::Exact(scale.points(units)),
        )
    }
}

/// From every state the futures that no other beats.
fn fronts(scenario: &Scenario, reach: &Reach) -> Result<Vec<Vec<Tally>>, Error> {
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let mut fronts: Vec<Vec<Tally>> = vec![Vec::new(); reach.states().len()];
    let mut total = 0;
    for &number in reach.order().iter().rev() {
        let mut front = Vec::new();
        let node = &graph.nodes[usize::from(reach.states()[number as usize].node)];
        match &node.decision {
            None => front.push(Tally::default()),
            Some(decision) => {
                for edge in reach.edges(number) {
                    let taken = (decision, &decision.choices[usize::from(edge.choice)]);
                    let step = scale.add(&graph.model, Tally::default(), taken, edge.in_order);
                    fronts[edge.to as usize]
                        .iter()
                        .for_each(|future| keep(&mut front, step.plus(future).within(scale)));
                }
            }
        }
        total += front.len();
        if total > LIMIT {
            return Err(Error::TooLarge);
        }
        fronts[number as usize] = front;
    }
    Ok(fronts)
}

/// Adds a future unless one that is kept is as good; drops those that it beats.
fn keep(front: &mut Vec<Tally>, new: Tally) {
    if !front.iter().any(|kept| kept.beats(&new)) {
        front.retain(|kept| !new.beats(kept));
        front.push(new);
    }
}

impl Tally {
    /// Both, one after the other.
    fn plus(&self, other: &Self) -> Self {
        let mut sum = *self;
        sum.loss.iter_mut().zip(other.loss).for_each(|(sum, more)| *sum += more);
        sum.met.iter_mut().zip(other.met).for_each(|(sum, more)| *sum += more);
        sum.cap = sum.cap.max(other.cap);
        sum
    }

    /// Without what can make no difference: losses past the whole, chances past par.
    fn within(mut self, scale: &Scale) -> Self {
        for skill in 0..scale.par.len() {
            self.loss[skill] = self.loss[skill].min(scale.whole(skill));
            self.met[skill] = self.met[skill].min(scale.par[skill]);
        }
        self
    }

    /// At least as good after every past.
    fn beats(&self, other: &Self) -> bool {
        let less_lost = self.loss.iter().zip(&other.loss).all(|(a, b)| a <= b);
        let more_met = self.met.iter().zip(&other.met).all(|(a, b)| a >= b);
        less_lost && more_met && ceiling(self.cap) >= ceiling(other.cap)
    }
}

/// A number that falls with the severity of a cap.
fn ceiling(cap: Option<Cap>) -> u8 {
    match cap {
        None => 2,
        Some(Cap::Serious) => 1,
        Some(Cap::Critical) => 0,
    }
}
