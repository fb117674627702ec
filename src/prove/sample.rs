//! The scores of many random plays, for scenarios with too many states to explore. The same seed gives the same plays.

use num_bigint::BigUint;
use scenario_wasm::Scenario;
use scenario_wasm::explore::Reach;
use scenario_wasm::scale::Tally;

use crate::parallel;
use crate::prove::Routed;
use crate::prove::bound;
use crate::prove::figure::Method;
use crate::prove::score::Scores;
use crate::prove::step::{Steps, plus};
use crate::prove::sums::{Scored, Sums};

/// The number of plays drawn.
pub const PLAYS: u32 = 100_000;

/// The number that one core draws at a time, each batch from its own seed.
const BATCH: u32 = 5_000;

/// The scores of [`PLAYS`] random plays.
pub(super) fn all(routed: &Routed<'_>) -> Scored {
    let Routed { scenario, reach, .. } = routed;
    let steps = Steps::new(scenario, reach, routed.counting());
    let batches = parallel::map((0..PLAYS / BATCH).collect(), |batch| {
        let mut draw = Draw(u64::from(batch) + 1);
        (0..BATCH).map(|_| play(scenario, reach, &steps, &mut draw)).collect::<Vec<_>>()
    });
    let mut sums = Sums::new(scenario, &steps.skills);
    for (ending, tally) in batches.into_iter().flatten() {
        sums.add(ending, &tally, &1u128);
    }
    let Scored { finals, skills } = sums.close(&BigUint::from(PLAYS), Method::Sampled);
    Scored { finals: Scores { best: bound::best(scenario, reach, &steps), ..finals }, skills }
}

/// Draws a play: its ending, and what was lost, forfeits included.
fn play(scenario: &Scenario, reach: &Reach, steps: &Steps, draw: &mut Draw) -> (usize, Tally) {
    let (mut number, mut tally) = (0, Tally::default());
    while let edges @ [_, ..] = reach.edges(number) {
        let at = draw.below(edges.len());
        let step = steps.at(number, at);
        for (skill, track) in steps.skills.iter().zip(step.tracks) {
            tally.skills[*skill] = plus(tally.skills[*skill], *track);
        }
        tally.cap = tally.cap.max(step.cap);
        number = edges[at].to;
    }
    (usize::from(reach.states()[number as usize].node), scenario.scale().closed(tally))
}

/// Steele, Lea and Flood's SplitMix64.
struct Draw(u64);

impl Draw {
    /// A number below `below`, which is so small that the bias of a remainder does not show.
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % below as u64) as usize
    }
}
