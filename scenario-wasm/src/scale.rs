//! The arithmetic of a score: losses in whole numbers, and the one unit in which they become exact points.
//!
//! A loss is counted in 1/q marks, where q is the denominator of the model's order factor. With L the least common multiple
//! of all pars, W the sum of weights and P the par of a skill, one such loss is worth w * 100 * L / P in units of 1 / (3 *
//! q * W * L) points of the final. So fractions appear only at the end, and nothing is rounded.

use alloc::vec::Vec;

use crate::fraction::{Fraction, gcd};
use crate::graph::{Cap, Choice, Decision};
use crate::model::{MAX_SKILLS, Model};

/// Par, and the units that follow from it.
#[derive(Debug, Clone, Default)]
pub struct Scale {
    /// By skill; 0 if a skill does not count.
    pub par: Vec<u16>,
    /// The number of losses in a mark: the denominator of the order factor.
    pub mark: u32,
    /// The number of units in one point of the final.
    pub point: u64,
    /// By skill: how many units of the final one loss takes.
    pub worth: Vec<u64>,
}

/// What a play has lost and met so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// By skill of the model.
    pub skills: [Track; MAX_SKILLS],
    /// The most severe conduct met.
    pub cap: Option<Cap>,
}

/// The same for one skill.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Track {
    /// In 1/q marks.
    pub loss: u32,
    /// The number of decisions met that test it.
    pub met: u32,
}

impl Scale {
    /// `None` if the unit would not fit, or no skill counts.
    pub fn new(model: &Model, par: &[u16]) -> Option<Self> {
        let (mut weights, mut worth) = (0, Vec::new());
        for (skill, par) in model.skills.iter().zip(par) {
            if *par > 0 {
                weights += u64::from(skill.weight);
            }
        }
        let mark = u32::from(model.out_of_order.1);
        // The units in a point, without the common multiple of the pars, which may take the remaining bits: scores are sums
        // up to 100 points, with a factor of ten for tenths.
        let mut point = 3 * u64::from(mark) * weights;
        let mut multiple = 1;
        for par in par.iter().map(|par| u64::from(*par)).filter(|par| *par > 0) {
            let factor = par / gcd(multiple, par);
            if point > (1 << 53) / factor {
                return None;
            }
            point *= factor;
            multiple *= factor;
        }
        for (skill, par) in model.skills.iter().zip(par) {
            worth.push(if *par > 0 {
                100 * u64::from(skill.weight) * (multiple / u64::from(*par))
            } else {
                0
            });
        }
        (point > 0).then(|| Self { par: par.to_vec(), mark, point, worth })
    }

    /// The most that a skill can lose, in 1/q marks.
    pub fn whole(&self, skill: usize) -> u32 {
        3 * self.mark * u32::from(self.par[skill])
    }

    /// The number of decisions testing a skill that were never reached.
    pub fn forfeits(&self, tally: &Tally, skill: usize) -> u32 {
        u32::from(self.par[skill]).saturating_sub(tally.skills[skill].met)
    }

    /// The tally with forfeits charged.
    pub fn closed(&self, mut tally: Tally) -> Tally {
        for skill in 0..self.par.len() {
            tally.skills[skill].loss += 3 * self.mark * self.forfeits(&tally, skill);
        }
        tally
    }

    /// The score of a skill that counts, out of 100.
    pub fn skill(&self, tally: &Tally, skill: usize) -> Fraction {
        let whole = self.whole(skill);
        let left = whole.saturating_sub(tally.skills[skill].loss);
        Fraction::new(100 * u64::from(left), u64::from(whole))
    }

    /// The weighted mean of the skills that count, in units.
    pub fn raw(&self, tally: &Tally) -> u64 {
        let skills = 0..self.par.len();
        skills
            .map(|skill| {
                self.worth[skill] * u64::from(self.whole(skill).saturating_sub(tally.skills[skill].loss))
            })
            .sum()
    }

    /// The final, in units.
    pub fn last(&self, model: &Model, tally: &Tally) -> u64 {
        let raw = self.raw(tally);
        tally.cap.map_or(raw, |cap| raw.min(u64::from(model.ceiling(cap)) * self.point))
    }

    /// Units as points.
    pub fn points(&self, units: u64) -> Fraction {
        Fraction::new(units, self.point)
    }
}

impl Model {
    /// The highest final after such conduct.
    pub fn ceiling(&self, cap: Cap) -> u8 {
        match cap {
            Cap::Serious => self.caps[0],
            Cap::Critical => self.caps[1],
        }
    }
}

/// How much a choice loses in each tested skill, in 1/q marks: for its rating, then for coming too early.
pub fn losses<'a>(
    model: &Model,
    decision: &'a Decision,
    choice: &'a Choice,
    in_order: u16,
) -> impl Iterator<Item = (usize, u32, u32)> + 'a {
    let (factor, mark) = (u32::from(model.out_of_order.0), u32::from(model.out_of_order.1));
    decision.tests.iter().zip(&choice.ratings).map(move |(skill, rating)| {
        let rating = u32::from(*rating);
        let early = if in_order >> skill & 1 == 1 { 0 } else { (mark - factor) * rating };
        (usize::from(*skill), (3 - rating) * mark, early)
    })
}

impl Scale {
    /// The skill that is charged for a slip: `None` if the decision tests its owner (the rating carries it) or no skill
    /// that counts can bear it.
    pub fn charged(&self, model: &Model, decision: &Decision, slip: u8) -> Option<usize> {
        let owner = model.slips[usize::from(slip)].skill;
        if decision.tests.contains(&owner) {
            return None;
        }
        let counts = |skill: &usize| self.par[*skill] > 0;
        let tested = decision.tests.iter().map(|skill| usize::from(*skill));
        [usize::from(owner)].into_iter().chain(tested).find(counts)
    }

    /// The tally after a choice.
    pub fn add(&self, model: &Model, mut tally: Tally, taken: (&Decision, &Choice), in_order: u16) -> Tally {
        let (decision, choice) = taken;
        for (skill, by_rating, early) in losses(model, decision, choice, in_order) {
            tally.skills[skill].met += 1;
            if self.par[skill] > 0 {
                tally.skills[skill].loss += by_rating + early;
            }
        }
        for skill in choice.slips.iter().filter_map(|slip| self.charged(model, decision, *slip)) {
            tally.skills[skill].loss += self.mark;
        }
        tally.cap = tally.cap.max(choice.cap);
        tally
    }
}
