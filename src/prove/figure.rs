//! A figure of a proof: its exact value, and how it was found.

use num_bigint::BigUint;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::ToPrimitive;

/// An exact fraction without a sign, however large.
pub type Exact = Ratio<BigUint>;

/// How a figure was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// By covering every play, with equal plays merged.
    Exact,
    /// There are too many plays: the true figure is not beyond this one.
    Bound,
    /// There are too many plays: from a number of random ones.
    Sampled,
}

/// A number and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// In lowest terms. For a sampled figure, exactly the result of the sample.
    pub exact: Exact,
    /// How it was found.
    pub method: Method,
}

impl Method {
    /// As programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Bound => "bound",
            Self::Sampled => "sampled",
        }
    }
}

impl Figure {
    /// `numerator / denominator`, which is at least 1.
    pub fn new(numerator: impl Into<BigUint>, denominator: impl Into<BigUint>, method: Method) -> Self {
        let (over, under): (BigUint, BigUint) = (numerator.into(), denominator.into());
        // Most are small, and reduce much faster like this.
        let exact = match (over.to_u128(), under.to_u128()) {
            (Some(over), Some(under)) if under > 0 => {
                let common = over.gcd(&under);
                Ratio::new_raw((over / common).into(), (under / common).into())
            }
            _ => Ratio::new(over, under),
        };
        Self { exact, method }
    }

    /// In ten-thousandths, halves up: what is shown as four decimals.
    pub fn ten_thousandths(&self) -> u64 {
        let (over, under) = (self.exact.numer() * 20_000u32 + self.exact.denom(), self.exact.denom() * 2u32);
        over.div_floor(&under).to_u64().unwrap_or(u64::MAX)
    }

    /// Rounded to four decimals.
    pub fn decimal(&self) -> f64 {
        self.ten_thousandths().to_f64().unwrap_or(f64::MAX) / 10_000.0
    }

    /// As a share, in percent. A share above zero is never shown as zero, and one below all never as all.
    pub fn percent(&self) -> String {
        match self.ten_thousandths() {
            0 if self.exceeds(0, 1) => "< 0.01 %".to_owned(),
            0 => "0 %".to_owned(),
            10_000 if self.exact.numer() < self.exact.denom() => "> 99.99 %".to_owned(),
            10_000 => "100 %".to_owned(),
            all @ (1..100 | 9_995..10_000) => format!("{}.{:02} %", all / 100, all % 100),
            all => {
                let tenths = (all + 5) / 10;
                format!("{}.{} %", tenths / 10, tenths % 10)
            }
        }
    }

    /// Whether it is more than `over / under`, compared exactly.
    pub fn exceeds(&self, over: u32, under: u32) -> bool {
        self.exact.numer() * under > self.exact.denom() * over
    }
}

/// An engine's fraction as a figure that is exact.
impl From<scenario_wasm::Fraction> for Figure {
    fn from(fraction: scenario_wasm::Fraction) -> Self {
        Self::new(fraction.numerator(), fraction.denominator(), Method::Exact)
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Method};

    #[test]
    fn decimals_are_rounded_halves_up() {
        let decimal = |over: u32, under: u32| Figure::new(over, under, Method::Exact).decimal();
        assert_eq!([decimal(35, 6144), decimal(1, 20_000), decimal(0, 3)], [0.0057, 0.0001, 0.0]);
    }

    #[test]
    fn a_share_is_neither_shown_as_nothing_nor_as_all() {
        let percent = |over: u32, under: u32| Figure::new(over, under, Method::Exact).percent();
        for (over, under, shown) in [
            (0, 1, "0 %"),
            (1, 100_000, "< 0.01 %"),
            (3, 10_000, "0.03 %"),
            (1, 8, "12.5 %"),
            (12_37, 10_000, "12.4 %"),
            (9_994, 10_000, "99.9 %"),
            (9_997, 10_000, "99.97 %"),
            (99_999, 100_000, "> 99.99 %"),
            (7, 7, "100 %"),
        ] {
            assert_eq!(percent(over, under), shown, "{over}/{under}");
        }
    }

    #[test]
    fn comparisons_are_exact() {
        let third = Figure::new(1u32, 3u32, Method::Exact);
        assert!(third.exceeds(33, 100) && !third.exceeds(1, 3));
    }
}
