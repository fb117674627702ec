//! Shares of random play as whole numbers over one denominator that fits every play.
//!
//! Random play takes each open choice with equal probability, so a play's share is one over the product of the numbers of
//! choices open along it. A common multiple of all these products divides without a remainder at every choice.

use std::ops::{AddAssign, Div};

use num_bigint::BigUint;
use num_traits::Pow;
use scenario_wasm::explore::Reach;

/// The numerator of a share.
pub(super) trait Share:
    Clone + Default + Into<BigUint> + Div<u128, Output = Self> + for<'n> AddAssign<&'n Self>
{
}

impl Share for BigUint {}
impl Share for u128 {}

/// The least common denominator of all plays.
pub(super) fn denominator(reach: &Reach) -> BigUint {
    // A decision has at most 255 choices.
    let is_prime = |number: &u32| (2..*number).all(|divisor| !number.is_multiple_of(divisor));
    let primes = (2..256).filter(is_prime);
    primes.map(|prime| BigUint::from(prime).pow(most(reach, prime))).product()
}

/// How often, at most, a prime divides the numbers of open choices along a play.
fn most(reach: &Reach, prime: u32) -> u32 {
    let mut before = vec![0; reach.states().len()];
    let mut most = 0;
    for &state in reach.order() {
        let edges = reach.edges(state);
        let power = before[state as usize] + power(edges.len(), prime);
        for edge in edges {
            before[edge.to as usize] = power.max(before[edge.to as usize]);
        }
        most = power.max(most);
    }
    most
}

/// How often a prime divides a number of choices.
fn power(choices: usize, prime: u32) -> u32 {
    let (mut rest, prime) = (choices, prime as usize);
    let mut power = 0;
    while rest > 0 && rest.is_multiple_of(prime) {
        (rest, power) = (rest / prime, power + 1);
    }
    power
}
