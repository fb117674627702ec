//! Shares of random play as whole numbers: a numerator for each state, over a denominator that all of its plays fit.
//!
//! Random play takes each open choice alike. The share of a state is a sum over the plays that lead to it, and each
//! of these has the product of the numbers of open choices below its line. So each state gets the least common
//! multiple of these products once, and from then on only whole numbers are added: no fraction is ever reduced.
//! The denominators are products of a few small primes, and are kept as the powers of these: a common multiple is then
//! the greater power of each, and a quotient their difference. Numerators have a fixed number of 64-bit limbs, because
//! a million of them side by side are fast and a million allocations are not.

use num_bigint::BigUint;
use num_traits::{One, Pow, ToPrimitive};
use rustc_hash::FxHashMap;
use scenario_wasm::explore::Reach;

use crate::prove::figure::{Figure, Method};

/// The denominators of the routing states, and what leads from one to the next.
#[derive(Debug)]
pub(super) struct Shares {
    /// A multiple of all denominators, and of the number of open choices below them.
    pub(super) whole: BigUint,
    /// How many limbs hold any numerator.
    pub(super) limbs: usize,
    /// What numerators are multiplied with on a way from one state to another: few, met again and again.
    factors: Vec<Vec<u64>>,
    /// By state: where its ways begin in `ways`.
    starts: Vec<u32>,
    /// By state, by edge: its factor.
    ways: Vec<u32>,
    /// What numerators are multiplied with to stand over `whole`.
    lifts: Vec<BigUint>,
    /// By state: its lift.
    lifted: Vec<u32>,
}

impl Shares {
    pub(super) fn new(reach: &Reach) -> Self {
        let counts = Counts::of(reach);
        let kinds = counts.primes.len();
        // By state, by prime: its power in the denominator.
        let mut under = vec![0u16; reach.states().len() * kinds];
        let mut whole = vec![0u16; kinds];
        for &state in reach.order() {
            let (edges, from) = (reach.edges(state), state as usize * kinds);
            for at in 0..kinds {
                let below = under[from + at] + counts.power(edges.len(), at);
                for edge in edges {
                    let to = &mut under[edge.to as usize * kinds + at];
                    *to = below.max(*to);
                }
                if edges.is_empty() {
                    whole[at] = whole[at].max(below);
                }
            }
        }
        let (mut starts, mut ways) = (Vec::new(), Vec::new());
        let (mut factors, mut lifts, mut sizes) =
            (Numbers::default(), Numbers::default(), Numbers::default());
        let mut lifted = Vec::new();
        let mut powers = vec![0u16; kinds];
        for state in (0..).take(reach.states().len()) {
            let (edges, from) = (reach.edges(state), state as usize * kinds);
            starts.push(u32::try_from(ways.len()).unwrap_or(u32::MAX));
            for edge in edges {
                for (at, power) in powers.iter_mut().enumerate() {
                    let below = under[from + at] + counts.power(edges.len(), at);
                    *power = under[edge.to as usize * kinds + at] - below;
                }
                ways.push(factors.number(&powers, &counts));
            }
            // Every state leads to an ending, whose denominator is a multiple of its own.
            powers.iter_mut().enumerate().for_each(|(at, power)| *power = whole[at] - under[from + at]);
            lifted.push(lifts.number(&powers, &counts));
            sizes.number(&under[from..from + kinds], &counts);
        }
        let bits = sizes.all.iter().map(BigUint::bits).max().unwrap_or(1);
        Self {
            whole: counts.product(&whole),
            limbs: usize::try_from(bits.div_ceil(64)).unwrap_or(1),
            factors: factors.all.iter().map(BigUint::to_u64_digits).collect(),
            starts,
            ways,
            lifts: lifts.all,
            lifted,
        }
    }

    /// What a numerator is multiplied with on the `edge`th way out of a state.
    pub(super) fn factor(&self, state: u32, edge: usize) -> &[u64] {
        &self.factors[self.ways[self.starts[state as usize] as usize + edge] as usize]
    }

    /// A numerator of a state as one over `whole`.
    pub(super) fn lifted(&self, state: u32, numerator: &[u64]) -> BigUint {
        number(numerator) * &self.lifts[self.lifted[state as usize] as usize]
    }

    /// The same as a small number, which it is if `whole` is one.
    pub(super) fn small(&self, state: u32, numerator: &[u64]) -> u128 {
        let lift = &self.lifts[self.lifted[state as usize] as usize];
        let numerator = numerator.iter().rev().fold(0, |number, limb| number << 64 | u128::from(*limb));
        numerator * lift.to_u128().unwrap_or_default()
    }

    /// A share over `whole`.
    pub(super) fn figure(&self, numerator: BigUint) -> Figure {
        Figure::new(numerator, self.whole.clone(), Method::Exact)
    }
}

/// The numbers of open choices that occur, in primes.
struct Counts {
    /// Those that divide one of them.
    primes: Vec<usize>,
    /// By number of choices, by prime: its power.
    powers: Vec<Vec<u16>>,
}

impl Counts {
    fn of(reach: &Reach) -> Self {
        let mut occurs = vec![false; 256];
        for state in (0..).take(reach.states().len()) {
            occurs[reach.edges(state).len()] = true;
        }
        let is_prime = |number: &usize| (2..*number).all(|divisor| !number.is_multiple_of(divisor));
        let divides = |prime: &usize| (1..256).any(|count| occurs[count] && count % prime == 0);
        let primes: Vec<usize> = (2..256).filter(is_prime).filter(divides).collect();
        let power = |count: usize, prime: usize| {
            let mut rest = count;
            let mut power = 0;
            while rest > 0 && rest.is_multiple_of(prime) {
                (rest, power) = (rest / prime, power + 1);
            }
            power
        };
        let powers = (0..256).map(|count| primes.iter().map(|&prime| power(count, prime)).collect());
        Self { powers: powers.collect(), primes }
    }

    fn power(&self, count: usize, prime: usize) -> u16 {
        self.powers[count][prime]
    }

    fn product(&self, powers: &[u16]) -> BigUint {
        let each = self.primes.iter().zip(powers).map(|(&prime, &power)| BigUint::from(prime).pow(power));
        each.fold(BigUint::one(), |product, power| product * power)
    }
}

/// Numbers that are given as powers, each made once.
#[derive(Default)]
struct Numbers {
    known: FxHashMap<Box<[u16]>, u32>,
    all: Vec<BigUint>,
}

impl Numbers {
    fn number(&mut self, powers: &[u16], counts: &Counts) -> u32 {
        if let Some(known) = self.known.get(powers) {
            return *known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(counts.product(powers));
        self.known.insert(powers.into(), number);
        number
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
