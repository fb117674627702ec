//! Routing states times what of the score can still make a difference: every play at once, scores included.

use rustc_hash::FxHashMap;
use scenario_wasm::explore::Reach;
use scenario_wasm::scale::Tally;

use crate::prove::ahead::{Ahead, Key};
use crate::prove::share::{Numerators, Shares};

/// Every state, and how they lead to one another.
#[derive(Debug)]
pub(super) struct Product<'a> {
    ahead: Ahead<'a>,
    keys: Vec<Key>,
    /// Routing state and number, in an order in which every way leads to a later one.
    pub(super) order: Vec<(u32, u32)>,
    /// By state: where its ways on begin in `targets`, as many and in the order of its routing state's edges.
    starts: Vec<usize>,
    targets: Vec<u32>,
    /// By state: the state and the choice from which it was first found.
    parents: Vec<(u32, u8)>,
}

impl<'a> Product<'a> {
    /// `None` if there are more states than `limit`.
    pub(super) fn explore(reach: &Reach, ahead: Ahead<'a>, limit: usize) -> Option<Self> {
        // By routing state: what is known of it so far. Dropped once it has been gone through.
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

    /// How many states there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// What the plays that come to a state have lost and met of the skills that are looked at.
    pub(super) fn tally(&self, state: u32) -> Tally {
        self.ahead.tally(self.keys[state as usize])
    }

    /// Where the `edge`th way on leads.
    pub(super) fn to(&self, state: u32, edge: usize) -> u32 {
        self.targets[self.starts[state as usize] + edge]
    }

    /// By state: its share of random play.
    pub(super) fn numerators(&self, reach: &Reach, shares: &Shares) -> Numerators {
        let mut numerators = Numerators::new(self.len(), shares.limbs);
        for &(routing, here) in &self.order {
            for edge in 0..reach.edges(routing).len() {
                let to = self.to(here, edge);
                numerators.carry(here as usize, shares.factor(routing, edge), to as usize);
            }
        }
        numerators
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
