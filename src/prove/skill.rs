//! What random play scores in each skill: exact, over routing states times the losses in that one skill.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use scenario_wasm::{Fraction, Scenario};

use crate::prove::Routed;
use crate::prove::ahead::Ahead;
use crate::prove::figure::{Exact, Figure, Method};
use crate::prove::product::Product;

/// With more states of one skill than this, they are not merged one by one.
const LIMIT: usize = 1_000_000;

/// The scores of one skill.
#[derive(Debug, Clone)]
pub struct SkillFigures {
    /// Index of the model's skill; it counts.
    pub skill: usize,
    /// Under random play, out of 100.
    pub mean: Figure,
    /// Shares of random play by rounded score; only those that occur.
    pub histogram: BTreeMap<u64, Figure>,
}

/// The scores of the skills that count, in the model's order. `None` if there are too many states.
pub(super) fn skills(routed: &Routed<'_>) -> Option<Vec<SkillFigures>> {
    routed.counting().into_iter().map(|skill| one(routed, skill)).collect()
}

fn one(routed: &Routed<'_>, skill: usize) -> Option<SkillFigures> {
    let Routed { scenario, reach, whole, .. } = routed;
    let scale = scenario.scale();
    let product = Product::explore(reach, Ahead::new(scenario, reach, vec![skill], false)?, LIMIT)?;
    let mut scores: BTreeMap<u32, BigUint> = BTreeMap::new();
    for end in product.ends(reach, whole.clone()) {
        let tally = scale.closed(product.tally(end.state));
        let left = scale.whole(skill).saturating_sub(tally.skills[skill].loss);
        *scores.entry(left).or_default() += end.share;
    }
    Some(SkillFigures::of(skill, scale.whole(skill), scores, whole, Method::Exact))
}

impl SkillFigures {
    /// From the shares of what was left of the skill's `whole`, over a common denominator.
    pub(super) fn of(
        skill: usize,
        whole: u32,
        scores: BTreeMap<u32, BigUint>,
        under: &BigUint,
        method: Method,
    ) -> Self {
        let mut histogram: BTreeMap<u64, BigUint> = BTreeMap::new();
        let mut sum = BigUint::default();
        for (left, share) in scores {
            sum += &share * left;
            let score = Fraction::new(100 * u64::from(left), u64::from(whole));
            *histogram.entry(score.rounded()).or_default() += share;
        }
        let share = |share: BigUint| Figure::new(share, under.clone(), method);
        Self {
            skill,
            mean: Figure::new(sum * 100u32, under * whole, method),
            histogram: histogram.into_iter().map(|(score, sum)| (score, share(sum))).collect(),
        }
    }
}

/// The mean of the final before caps: the weighted mean of the skills' means.
pub(super) fn raw(scenario: &Scenario, skills: &[SkillFigures]) -> Figure {
    let weight = |skill: &SkillFigures| BigUint::from(scenario.graph().model.skills[skill.skill].weight);
    let weights: BigUint = skills.iter().map(weight).sum();
    let sum = skills.iter().fold(Exact::default(), |sum, skill| sum + &skill.mean.exact * weight(skill));
    let method = skills.iter().map(|skill| skill.mean.method).max().unwrap_or(Method::Exact);
    Figure { exact: sum / weights, method }
}
