//! What sets the best of several apart, learned from examples: the conditional logit (McFadden 1974), after one step of
//! Newton's method from equal probabilities.
//!
//! In a decision d with k rows x_i of marks, the model gives row i the probability exp(w x_i) / sum_j exp(w x_j). The
//! gradient of the log-likelihood at w = 0 is g = sum_d (mean of the best rows - mean of all rows), and the negative Hessian
//! is H = sum_d (1/k) sum_i (x_i - mean)(x_i - mean)'. The step is w = (H + r diag H)^-1 g, with a ridge r (Hoerl and
//! Kennard 1970) against collinear marks. Marks are centered within their decision, so that only differences inside a
//! decision count, and the ridge follows each mark's own spread, so that units do not matter.
//!
//! One step is enough to pick by, and equals Fisher's linear discriminant within decisions. It has two virtues here: H and g
//! are sums over decisions, so the contribution of some can be subtracted again; and everything is addition, multiplication
//! and division, which give the same bits on every platform. Picks never depend on a system's `exp`.

/// How much of each mark's own spread is added to it.
const RIDGE: f64 = 1.0;

/// A spread up to this is zero except for rounding.
const NO_SPREAD: f64 = 1e-9;

/// The sums that decisions add up to.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence<const N: usize> {
    /// The negative Hessian, H.
    spread: Box<[[f64; N]; N]>,
    /// The gradient, g.
    pull: [f64; N],
}

impl<const N: usize> Default for Evidence<N> {
    fn default() -> Self {
        Self { spread: Box::new([[0.0; N]; N]), pull: [0.0; N] }
    }
}

impl<const N: usize> Evidence<N> {
    /// Adds a decision: the marks of each of its rows, and which of them are best.
    pub fn decision(&mut self, rows: &[[f64; N]], best: &[bool]) {
        let count = rows.len() as f64;
        let bests = best.iter().filter(|best| **best).count().max(1) as f64;
        let mean: [f64; N] = std::array::from_fn(|at| rows.iter().map(|row| row[at]).sum::<f64>() / count);
        for (row, best) in rows.iter().zip(best) {
            let own: [f64; N] = std::array::from_fn(|at| row[at] - mean[at]);
            for (at, spread) in self.spread.iter_mut().enumerate() {
                spread.iter_mut().zip(&own).for_each(|(sum, other)| *sum += own[at] * other / count);
                self.pull[at] += if *best { own[at] / bests } else { 0.0 };
            }
        }
    }

    /// Adds other sums if `sign` is 1, and subtracts them if it is -1.
    pub fn add(&mut self, other: &Self, sign: f64) {
        let pairs = self.spread.iter_mut().flatten().zip(other.spread.iter().flatten());
        pairs.for_each(|(sum, more)| *sum += sign * more);
        self.pull.iter_mut().zip(&other.pull).for_each(|(sum, more)| *sum += sign * more);
    }

    /// The weight of each mark in favor of a row.
    pub fn weights(&self) -> [f64; N] {
        let (mut rows, mut sums) = (self.spread.clone(), self.pull);
        for at in 0..N {
            let own = rows[at][at];
            rows[at][at] = if own > NO_SPREAD { own * (1.0 + RIDGE) } else { 1.0 };
        }
        // With its ridge the matrix is positive definite, so elimination needs no pivots.
        for at in 0..N {
            for below in at + 1..N {
                let factor = rows[below][at] / rows[at][at];
                for column in at..N {
                    rows[below][column] -= factor * rows[at][column];
                }
                sums[below] -= factor * sums[at];
            }
        }
        let mut weights = [0.0; N];
        for at in (0..N).rev() {
            let known: f64 = (at + 1..N).map(|column| rows[at][column] * weights[column]).sum();
            weights[at] = (sums[at] - known) / rows[at][at];
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_solve_the_equations_of_one_step() {
        // Two marks. Centered: (1, 0), (-1, 0) and (1, 1), (-1, -1); the best is the first row each time. H = [2 1; 1 1],
        // with its ridge [4 1; 1 2], and g = (2, 1), so w = (3/7, 2/7).
        let mut seen = Evidence::default();
        seen.decision(&[[3.0, 5.0], [1.0, 5.0]], &[true, false]);
        seen.decision(&[[2.0, 2.0], [0.0, 0.0]], &[true, false]);
        let [first, second] = seen.weights();
        assert!((first - 3.0 / 7.0).abs() < 1e-12 && (second - 2.0 / 7.0).abs() < 1e-12, "{first} {second}");
    }

    #[test]
    fn removing_an_example_undoes_adding_it() {
        let (mut all, mut one, mut other) = (Evidence::default(), Evidence::default(), Evidence::default());
        one.decision(&[[0.1, 7.0, 0.0], [0.3, 0.2, 0.0], [0.7, 0.1, 0.0]], &[true, false, false]);
        other.decision(&[[1.0, 0.0, 0.3], [0.0, 0.3, 0.1]], &[false, true]);
        all.add(&one, 1.0);
        all.add(&other, 1.0);
        all.add(&other, -1.0);
        let pairs = all.weights().into_iter().zip(one.weights());
        assert!(pairs.into_iter().all(|(left, own)| (left - own).abs() < 1e-9));
        assert_eq!(one.weights()[2].to_bits(), 0.0_f64.to_bits(), "a mark that never differs weighs nothing");
    }

    #[test]
    fn two_best_choices_share_the_pull() {
        let mut seen = Evidence::default();
        seen.decision(&[[1.0], [1.0], [-2.0]], &[true, true, false]);
        // H = (1 + 1 + 4) / 3 = 2, with its ridge 4, and g = 1.
        assert!((seen.weights()[0] - 0.25).abs() < 1e-12);
    }
}
