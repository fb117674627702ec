//! Two tests whether a habit is more than chance: is the best choice the longest too often, and is it in one place too
//! often? And the correlation that shows whether a key is right. [`logit`] learns what sets the best apart.
//!
//! The tests are exact up to floating point. The first is the one-sided binomial test, with a separate probability for each
//! trial (a decision with three choices has 1/3, one with four 1/4), so its distribution is the Poisson binomial, summed by
//! dynamic programming. The second is Pearson's chi-square; its upper tail for n degrees of freedom comes from the
//! recurrence of the incomplete gamma function (Abramowitz and Stegun 26.4.4 and 26.4.5).

pub mod logit;

/// The probability of at least `hits` hits, if trial i hits with probability `chances[i]`.
pub fn at_least(hits: usize, chances: &[f64]) -> f64 {
    // law[k]: the probability of k hits so far.
    let mut law = vec![1.0];
    for chance in chances {
        law.push(0.0);
        for k in (0..law.len()).rev() {
            let from_below = if k == 0 { 0.0 } else { law[k - 1] * chance };
            law[k] = law[k] * (1.0 - chance) + from_below;
        }
    }
    law.iter().skip(hits).sum::<f64>().min(1.0)
}

/// Pearson's chi-square of observed against expected counts, and the probability of this value or a larger one. Positions
/// with an expected count of zero are left out; `None` if fewer than two are left.
pub fn chi_square(observed: &[f64], expected: &[f64]) -> Option<(f64, f64)> {
    let cells: Vec<(f64, f64)> = observed
        .iter()
        .copied()
        .zip(expected.iter().copied())
        .filter(|(_, expected)| *expected > 0.0)
        .collect();
    let free = cells.len().checked_sub(1).filter(|free| *free > 0)?;
    let sum = cells.iter().map(|(seen, expected)| (seen - expected).powi(2) / expected).sum();
    Some((sum, upper_tail(sum, free)))
}

/// The point-biserial correlation of a hit with a score, which is Pearson's with one binary variable. With M the mean scores
/// of hits and misses, s the deviation of all scores (over n) and p the share of hits, it is (M1 - M0) / s * sqrt(p (1 -
/// p)). `None` if all hit, none does, or all scores are equal.
pub fn point_biserial(all: &[(bool, f64)]) -> Option<f64> {
    let count = all.len() as f64;
    let mean = |hit: bool| {
        let own: Vec<f64> = all.iter().filter(|each| each.0 == hit).map(|each| each.1).collect();
        (!own.is_empty()).then(|| own.iter().sum::<f64>() / own.len() as f64)
    };
    let (hits, misses) = (mean(true)?, mean(false)?);
    let middle = all.iter().map(|each| each.1).sum::<f64>() / count;
    let deviation = (all.iter().map(|each| (each.1 - middle).powi(2)).sum::<f64>() / count).sqrt();
    let share = all.iter().filter(|each| each.0).count() as f64 / count;
    (deviation > 1e-12).then(|| (hits - misses) / deviation * (share * (1.0 - share)).sqrt())
}

/// The probability that chi-square with `free` degrees of freedom is at least `x`.
fn upper_tail(x: f64, free: usize) -> f64 {
    let half = x / 2.0;
    // Q(1/2, h) = erfc(sqrt h), Q(1, h) = exp(-h), and Q(a + 1, h) = Q(a, h) + h^a exp(-h) / gamma(a + 1).
    let (mut at, mut tail, mut gamma) = if free % 2 == 1 {
        (0.5, libm::erfc(half.sqrt()), std::f64::consts::PI.sqrt() / 2.0)
    } else {
        (1.0, (-half).exp(), 1.0)
    };
    while at + 0.25 < free as f64 / 2.0 {
        tail += half.powf(at) * (-half).exp() / gamma;
        at += 1.0;
        gamma *= at;
    }
    tail.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, known: f64) {
        assert!((found - known).abs() < 5e-4, "{found} is not {known}");
    }

    #[test]
    fn binomial_tails() {
        near(at_least(0, &[0.25; 8]), 1.0);
        near(at_least(8, &[0.5; 8]), 1.0 / 256.0);
        // 1 - P(X <= 5) for n = 10, p = 1/4.
        near(at_least(6, &[0.25; 10]), 0.0197);
        near(at_least(1, &[0.5, 0.25]), 1.0 - 0.5 * 0.75);
        near(at_least(3, &[0.5, 0.25]), 0.0);
    }

    #[test]
    fn chi_square_tails_as_in_the_tables() {
        // The 5 % points of 1 to 4 degrees of freedom.
        for (free, x) in [(1, 3.841), (2, 5.991), (3, 7.815), (4, 9.488), (5, 11.070)] {
            near(upper_tail(x, free), 0.05);
        }
        let (sum, chance) = chi_square(&[30.0, 10.0, 20.0], &[20.0, 20.0, 20.0]).unwrap();
        near(sum, 10.0);
        near(chance, 0.0067);
        assert_eq!(chi_square(&[3.0], &[3.0]), None);
    }

    #[test]
    fn point_biserial_is_pearsons() {
        // Hits 8, 9, 7, misses 4, 6: by Pearson's formula over (1, 8), (1, 9), (1, 7), (0, 4), (0, 6).
        let all = [(true, 8.0), (true, 9.0), (true, 7.0), (false, 4.0), (false, 6.0)];
        near(point_biserial(&all).unwrap(), 0.854_2);
        assert_eq!(point_biserial(&[(true, 1.0), (true, 2.0)]), None);
        assert_eq!(point_biserial(&[(true, 1.0), (false, 1.0)]), None);
    }
}
