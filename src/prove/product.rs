//! Routing states times whatever can still affect the score: all plays at once, scores included.

use rustc_hash::FxHashMap;
use scenario_wasm::explore::Reach;
use scenario_wasm::scale::Tally;

use crate::prove::ahead::{Ahead, Key};
use crate::prove::share::Share;

/// Every state, and how states lead to one another.
#[derive(Debug)]
pub(super) struct Product<'a> {
    ahead: Ahead<'a>,
    keys: Vec<Key>,
    /// Routing state and number, in an order in which every way leads to a later one.
    pub(super) order: Vec<(u32, u32)>,
    /// By state: where its ways begin in `targets`, as many as its routing state has edges, and in the same order.
    starts: Vec<usize>,
    targets: Vec<u32>,
    /// By state: the state and the choice from which it was first found.
    parents: Vec<(u32, u8)>,
}

/// A state in which plays end.
pub(super) struct End<N> {
    /// Index of the ending in the graph.
    pub(super) node: usize,
    pub(super) state: u32,
    /// Its share of random play, as a numerator.
    pub(super) share: N,
}

impl<'a> Product<'a> {
    /// `None` if there are more states than `limit`.
    pub(super) fn explore(reach: &Reach, ahead: Ahead<'a>, limit: usize) -> Option<Self> {
        // By routing state: what is known about it so far. Dropped once it has been processed.
        let mut known: Vec<FxHashMap<Key, u32>> = vec![FxHashMap::default(); reach.states().len()];
        let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); reach.states().len()];
        waiting[0].push(0);
        let mut all = Self {
            keys: vec![ahead.start()],
            ahead,
            order: Vec::new(),
            starts: vec![0],
            targets: Vec::new(),
            parents: vec![(0, 0)],
        };
        for &routing in reach.order() {
            known[routing as usize] = FxHashMap::default();
            for here in std::mem::take(&mut waiting[routing as usize]) {
                all.order.push((routing, here));
                all.starts[here as usize] = all.targets.len();
                for (at, edge) in reach.edges(routing).iter().enumerate() {
                    let key = all.ahead.after(all.keys[here as usize], routing, at, edge.to);
                    let to = *known[edge.to as usize].entry(key).or_insert_with(|| {
                        let number = u32::try_from(all.keys.len()).unwrap_or(u32::MAX);
                        all.keys.push(key);
                        all.starts.push(0);
                        all.parents.push((here, edge.choice));
                        waiting[edge.to as usize].push(number);
                        number
                    });
                    all.targets.push(to);
                }
                if all.keys.len() > limit {
                    return None;
                }
            }
        }
        Some(all)
    }

    /// The number of states.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// What the plays that reach a state have lost and met of the skills in question.
    pub(super) fn tally(&self, state: u32) -> Tally {
        self.ahead.tally(self.keys[state as usize])
    }

    /// Where the `edge`th way leads.
    pub(super) fn to(&self, state: u32, edge: usize) -> u32 {
        self.targets[self.starts[state as usize] + edge]
    }

    /// The states in which plays end, with their shares of random play over the denominator `whole`.
    pub(super) fn ends<N: Share>(&self, reach: &Reach, whole: N) -> Vec<End<N>> {
        let mut shares = vec![N::default(); self.len()];
        shares[0] = whole;
        let mut ends = Vec::new();
        for &(routing, here) in &self.order {
            // No way leads back to a state.
            let share = std::mem::take(&mut shares[here as usize]);
            let count = reach.edges(routing).len();
            if count == 0 {
                ends.push(End {
                    node: usize::from(reach.states()[routing as usize].node),
                    state: here,
                    share,
                });
                continue;
            }
            let each = share / count as u128;
            (0..count).for_each(|edge| shares[self.to(here, edge) as usize] += &each);
        }
        ends
    }

    /// Choices that lead to a state.
    pub(super) fn play(&self, mut state: u32) -> Vec<usize> {
        let mut play = Vec::new();
        while state != 0 {
            let (from, choice) = self.parents[state as usize];
            play.push(usize::from(choice));
            state = from;
        }
        play.reverse();
        play
    }
}
