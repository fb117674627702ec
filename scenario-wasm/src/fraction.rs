//! Exact non-negative fractions in lowest terms, for every score and every cost.

use core::fmt;

/// A fraction of two whole numbers, always in lowest terms. Displayed as `1505/18`, or `50` if it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    /// `numerator / denominator`, reduced. The denominator is at least 1.
    pub fn new(numerator: u64, denominator: u64) -> Self {
        let common = gcd(numerator, denominator).max(1);
        Self { numerator: numerator / common, denominator: (denominator / common).max(1) }
    }

    /// The numerator.
    pub fn numerator(self) -> u64 {
        self.numerator
    }

    /// The denominator.
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// The nearest whole number, rounding half up: floor(x + 1/2).
    pub fn rounded(self) -> u64 {
        // Cannot overflow: only the remainder decides.
        let (whole, rest) = (self.numerator / self.denominator, self.numerator % self.denominator);
        whole + u64::from(rest >= self.denominator - rest)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.numerator)?;
        if self.denominator > 1 {
            write!(f, "/{}", self.denominator)?;
        }
        Ok(())
    }
}

/// The greatest common divisor; gcd(0, n) is n.
pub(crate) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::Fraction;

    #[test]
    fn shows_lowest_terms() {
        assert_eq!(Fraction::new(3010, 36).to_string(), "1505/18");
        assert_eq!(Fraction::new(100, 2).to_string(), "50");
        assert_eq!(Fraction::new(0, 7).to_string(), "0");
    }

    #[test]
    fn rounds_halves_up() {
        for (numerator, denominator, expected) in
            [(1, 2, 1), (1, 3, 0), (2, 3, 1), (5, 2, 3), (7, 1, 7), (0, 9, 0)]
        {
            assert_eq!(
                Fraction::new(numerator, denominator).rounded(),
                expected,
                "{numerator}/{denominator}"
            );
        }
    }
}
