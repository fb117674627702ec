//! Scores being added up, play by play or state by state: over all plays, or over a sample.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use scenario_wasm::scale::Tally;
use scenario_wasm::{Fraction, Scenario};

use crate::prove::figure::{Figure, Method};
use crate::prove::score::{Range, Scores, Verdict};
use crate::prove::share::Share;
use crate::prove::skill::SkillFigures;

/// The scores of plays.
pub(super) struct Scored {
    /// The final. The best after each choice and the dominance of choices are not among the sums.
    pub(super) finals: Scores,
    /// In each skill that counts.
    pub(super) skills: Vec<SkillFigures>,
}

/// The sums. Shares have one common denominator.
pub(super) struct Sums<'a, N> {
    scenario: &'a Scenario,
    /// The skills that count.
    skills: &'a [usize],
    /// By skill that counts, by what is left of it.
    left: Vec<BTreeMap<u32, N>>,
    /// By final in units.
    finals: BTreeMap<u64, N>,
    endings: BTreeMap<usize, (u64, u64)>,
    bands: Vec<N>,
    pass: N,
    mastery: N,
}

impl<'a, N: Share> Sums<'a, N> {
    pub(super) fn new(scenario: &'a Scenario, skills: &'a [usize]) -> Self {
        Self {
            scenario,
            skills,
            left: vec![BTreeMap::new(); skills.len()],
            finals: BTreeMap::new(),
            endings: BTreeMap::new(),
            bands: vec![N::default(); scenario.graph().model.bands.len()],
            pass: N::default(),
            mastery: N::default(),
        }
    }

    /// Adds plays that end at a node with a tally, forfeits charged.
    pub(super) fn add(&mut self, ending: usize, tally: &Tally, share: &N) {
        let (scale, verdict) = (self.scenario.scale(), Verdict::of(self.scenario, tally));
        for (left, &skill) in self.left.iter_mut().zip(self.skills) {
            *left.entry(scale.whole(skill).saturating_sub(tally.skills[skill].loss)).or_default() += share;
        }
        *self.finals.entry(verdict.units).or_default() += share;
        let range = self.endings.entry(ending).or_insert((verdict.units, verdict.units));
        *range = (range.0.min(verdict.units), range.1.max(verdict.units));
        self.bands[verdict.band] += share;
        if verdict.pass {
            self.pass += share;
        }
        if verdict.mastery {
            self.mastery += share;
        }
    }

    /// The figures, over the denominator of the shares.
    pub(super) fn close(self, whole: &BigUint, method: Method) -> Scored {
        let scale = self.scenario.scale();
        let points = |units: u64| Figure::new(units, scale.point, method);
        let share = |share: N| Figure::new(share, whole.clone(), method);
        let skills = self.skills.iter().zip(self.left).map(|(&skill, left)| {
            let left = left.into_iter().map(|(left, share)| (left, share.into())).collect();
            SkillFigures::of(skill, scale.whole(skill), left, whole, method)
        });
        let mut histogram: BTreeMap<u64, N> = BTreeMap::new();
        let mut sum = BigUint::default();
        let lowest = self.finals.keys().next().copied().unwrap_or_default();
        for (units, share) in self.finals {
            *histogram.entry(scale.points(units).rounded()).or_default() += &share;
            sum += share.into() * units;
        }
        let range = |(min, max)| Range { min: points(min), max: points(max) };
        let finals = Scores {
            min: points(lowest),
            // A flawless play exists, and scores 100.
            max: Figure::from(Fraction::new(100, 1)),
            mean: Figure::new(sum, whole * scale.point, method),
            histogram: histogram.into_iter().map(|(score, sum)| (score, share(sum))).collect(),
            endings: self.endings.into_iter().map(|(node, ends)| (node, range(ends))).collect(),
            bands: self.bands.into_iter().map(share).collect(),
            pass: share(self.pass),
            mastery: share(self.mastery),
            best: Vec::new(),
            dominance: None,
        };
        Scored { skills: skills.collect(), finals }
    }
}
