//! Shares of random play as whole numbers: a numerator for each state, over a denominator that all of its plays fit.
//!
//! Random play takes each open choice alike. The share of a state is a sum over the plays that lead to it, and each
//! of these has the product of the numbers of open choices below its line. So each state gets the least common
//! multiple of these products once, and from then on only whole numbers are added: no fraction is ever reduced.
//! Numerators have a fixed number of 64-bit limbs, because a million of them side by side are fast and a million
//! allocations are not.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::One;
use scenario_wasm::explore::Reach;

use crate::prove::figure::{Figure, Method};

/// The denominators of the routing states, and what leads from one to the next.
#[derive(Debug)]
pub(super) struct Shares {
    /// A multiple of all denominators, and of the number of open choices below them.
    pub(super) whole: BigUint,
    /// How many limbs hold any numerator.
    pub(super) limbs: usize,
    /// By state, by edge: what a numerator is multiplied with on the way.
    factors: Vec<Vec<Vec<u64>>>,
    /// By state: what its numerators are multiplied with to stand over `whole`.
    lifts: Vec<BigUint>,
}

impl Shares {
    pub(super) fn new(reach: &Reach) -> Self {
        let mut under = vec![BigUint::one(); reach.states().len()];
        let mut whole = BigUint::one();
        for &state in reach.order() {
            let edges = reach.edges(state);
            if edges.is_empty() {
                whole = whole.lcm(&under[state as usize]);
            }
            let below = &under[state as usize] * edges.len();
            for edge in edges {
                let to = &mut under[edge.to as usize];
                // Most often it fits already, and the common multiple need not be sought.
                if !to.is_multiple_of(&below) {
                    *to = to.lcm(&below);
                }
            }
        }
        let factor = |from: u32, to: u32| {
            let below = &under[from as usize] * reach.edges(from).len();
            (&under[to as usize] / below).to_u64_digits()
        };
        let factors = (0..).take(under.len());
        let factors: Vec<Vec<_>> = factors
            .map(|from| reach.edges(from).iter().map(|edge| factor(from, edge.to)).collect())
            .collect();
        let bits = under.iter().map(BigUint::bits).max().unwrap_or(1);
        // Every state leads to an ending, whose denominator is a multiple of its own.
        let lifts = under.iter().map(|under| &whole / under).collect();
        Self { limbs: usize::try_from(bits.div_ceil(64)).unwrap_or(1), factors, lifts, whole }
    }

    /// What a numerator is multiplied with on the `edge`th way out of a state.
    pub(super) fn factor(&self, state: u32, edge: usize) -> &[u64] {
        &self.factors[state as usize][edge]
    }

    /// A numerator of a state as one over `whole`.
    pub(super) fn lifted(&self, state: u32, numerator: &[u64]) -> BigUint {
        number(numerator) * &self.lifts[state as usize]
    }

    /// A share over `whole`.
    pub(super) fn figure(&self, numerator: BigUint) -> Figure {
        Figure::new(numerator, self.whole.clone(), Method::Exact)
    }
}

/// Many numerators, side by side.
#[derive(Debug)]
pub(super) struct Numerators {
    limbs: usize,
    all: Vec<u64>,
}

impl Numerators {
    /// All zero but for the first, which is one.
    pub(super) fn new(count: usize, limbs: usize) -> Self {
        let mut all = vec![0; count * limbs];
        all[0] = 1;
        Self { limbs, all }
    }

    pub(super) fn get(&self, at: usize) -> &[u64] {
        &self.all[at * self.limbs..][..self.limbs]
    }

    /// Adds the numerator at `from`, multiplied, to the one at `to`.
    pub(super) fn carry(&mut self, from: usize, factor: &[u64], to: usize) {
        let (low, high) = self.all.split_at_mut(from.max(to) * self.limbs);
        let low = &mut low[from.min(to) * self.limbs..][..self.limbs];
        let (from, to) = if from < to { (low, high) } else { (&mut high[..self.limbs], low) };
        for (shift, factor) in factor.iter().enumerate() {
            let mut carry = 0;
            // Limbs past the end are zero: no numerator exceeds its denominator, which fits.
            for (to, from) in to[shift..].iter_mut().zip(from.iter()) {
                let sum = u128::from(*from) * u128::from(*factor) + u128::from(*to) + carry;
                *to = sum as u64;
                carry = sum >> 64;
            }
        }
    }
}

/// Limbs, the lowest first, as one number.
fn number(limbs: &[u64]) -> BigUint {
    let halves = limbs.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]);
    BigUint::new(halves.collect())
}
