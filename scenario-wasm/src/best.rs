//! The best final that is still reachable. Exact, because every state keeps all futures that no other one beats.
//!
//! A future is what is lost, met and capped from a state to an ending. A future that loses no more in any skill, meets no
//! fewer of its chances and is capped no lower is at least as good after every past, so the other can be dropped.

use alloc::vec;
use alloc::vec::Vec;

use crate::error::Error;
use crate::explore::Reach;
use crate::fraction::Fraction;
use crate::report::Method;
use crate::scale::{Scale, Tally};
use crate::scenario::Scenario;
use crate::state::State;

/// The most futures that are kept before only a bound is given.
const LIMIT: usize = 200_000;

/// All futures of a scenario, computed once for all of its plays. The default knows none, for callers who need only the
/// score; what is still reachable is then a bound.
#[derive(Debug, Default)]
pub struct Futures {
    /// The states, and the futures kept for each. `None` if there are too many.
    known: Option<(Reach, Vec<Vec<Tally>>)>,
}

impl Futures {
    /// All futures, or none if there are too many.
    pub fn of(scenario: &Scenario) -> Self {
        let known = scenario.reach(LIMIT);
        let known = known.and_then(|reach| Ok((fronts(scenario, &reach)?, reach)));
        Self { known: known.ok().map(|(fronts, reach)| (reach, fronts)) }
    }

    /// The best final after a past that led to `state`.
    pub(crate) fn best(&self, scenario: &Scenario, state: State, past: &Tally) -> (Fraction, Method) {
        let (scale, model) = (scenario.scale(), &scenario.graph().model);
        let mut best = None;
        if let Some((reach, fronts)) = &self.known
            && let Some(number) = reach.number(scenario.routing(state))
        {
            for future in &fronts[number as usize] {
                best = best.max(Some(scale.last(model, &scale.closed(past.plus(future)))));
            }
        }
        match best {
            Some(units) => (scale.points(units), Method::Exact),
            // Assumes that nothing more is lost and no chance is missed.
            None => (scale.points(scale.last(model, past)), Method::Bound),
        }
    }
}

/// For every state, the futures that no other beats.
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
                        .for_each(|future| insert(&mut front, step.plus(future).within(scale)));
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

/// Adds a future unless a kept one is as good; drops those that it beats.
fn insert(front: &mut Vec<Tally>, new: Tally) {
    if !front.iter().any(|kept| kept.beats(&new)) {
        front.retain(|kept| !new.beats(kept));
        front.push(new);
    }
}

impl Tally {
    /// The sum of both.
    fn plus(&self, other: &Self) -> Self {
        let mut sum = *self;
        for (sum, more) in sum.skills.iter_mut().zip(&other.skills) {
            sum.loss += more.loss;
            sum.met += more.met;
        }
        sum.cap = sum.cap.max(other.cap);
        sum
    }

    /// Drops what cannot make a difference: losses beyond the maximum, chances beyond par.
    fn within(mut self, scale: &Scale) -> Self {
        for (skill, par) in scale.par.iter().enumerate() {
            let track = &mut self.skills[skill];
            track.loss = track.loss.min(scale.whole(skill));
            track.met = track.met.min(u32::from(*par));
        }
        self
    }

    /// Whether it is at least as good after every past.
    fn beats(&self, other: &Self) -> bool {
        let mut tracks = self.skills.iter().zip(&other.skills);
        // `None`, no cap, is the smallest.
        self.cap <= other.cap && tracks.all(|(a, b)| a.loss <= b.loss && a.met >= b.met)
    }
}
