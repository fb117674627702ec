//! What all plays score: exact, over routing states times all losses and the cap.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use num_bigint::BigUint;
use num_traits::ToPrimitive;
use scenario_wasm::explore::Reach;
use scenario_wasm::{Choice, Decision, Fraction, Scenario};

use crate::prove::ahead::Ahead;
use crate::prove::figure::{Figure, Method};
use crate::prove::product::Product;
use crate::prove::routes::decisions;
use crate::prove::score::{BestAfter, Dominance, Range, Scores, Verdict};
use crate::prove::share::Shares;
use crate::prove::skill::SkillFigures;

/// The scores of all plays, and those of each skill; `None` if there are more states than `limit`.
pub(super) fn scores(
    scenario: &Scenario,
    reach: &Reach,
    shares: &Shares,
    limit: usize,
) -> Option<(Scores, Vec<SkillFigures>)> {
    let skills: Vec<usize> = (0..scenario.par().len()).filter(|skill| scenario.par()[*skill] > 0).collect();
    let ahead = Ahead::new(scenario, reach, &skills, true)?;
    let product = Product::explore(reach, &ahead, limit)?;
    let numerators = product.numerators(reach, shares);
    let known = (&ahead, &product);
    // No sum of shares is more than the whole, which most of all scenarios have in a machine word.
    let (sums, figures) = match shares.whole.to_u128() {
        Some(_) => added(scenario, reach, known, (&skills, &shares.whole), |routing, here| {
            shares.small(routing, numerators.get(here as usize))
        }),
        None => added(scenario, reach, known, (&skills, &shares.whole), |routing, here| {
            shares.lifted(routing, numerators.get(here as usize))
        }),
    };
    let (best, dominance) = prospects(scenario, reach, known);
    Some((Scores { best, dominance: Some(dominance), ..sums }, figures))
}

/// The sums of all plays, whose shares of `whole` are told by their last state.
fn added<N: Share>(
    scenario: &Scenario,
    reach: &Reach,
    (ahead, product): (&Ahead<'_>, &Product),
    (skills, whole): (&[usize], &BigUint),
    share: impl Fn(u32, u32) -> N,
) -> (Scores, Vec<SkillFigures>) {
    let (mut sums, scale) = (Sums::new(scenario), scenario.scale());
    // What the plays leave of each skill: all losses are at hand, so no skill need be explored by itself.
    let mut left: Vec<BTreeMap<u32, N>> = vec![BTreeMap::new(); skills.len()];
    for &(routing, here) in &product.order {
        if reach.edges(routing).is_empty() {
            let tally = scale.closed(ahead.tally(product.key(here)));
            let verdict = Verdict::of(scenario, &tally);
            let share = share(routing, here);
            for (left, &skill) in left.iter_mut().zip(skills) {
                *left.entry(scale.whole(skill).saturating_sub(tally.skills[skill].loss)).or_default() +=
                    &share;
            }
            sums.add(usize::from(reach.states()[routing as usize].node), &verdict, &share);
        }
    }
    let figures = skills.iter().zip(left).map(|(&skill, left)| {
        let left = left.into_iter().map(|(left, share)| (left, share.into())).collect();
        SkillFigures::of(skill, scale.whole(skill), left, (whole, Method::Exact))
    });
    (sums.close(whole, Method::Exact), figures.collect())
}

/// A number that shares are added up in.
pub(super) trait Share: Clone + Default + Into<BigUint> + for<'n> AddAssign<&'n Self> {}

impl Share for BigUint {}
impl Share for u128 {}

/// Scores while they are added up. Shares have one common denominator.
pub(super) struct Sums<'a, N> {
    scenario: &'a Scenario,
    /// By final in units.
    finals: BTreeMap<u64, N>,
    endings: BTreeMap<usize, (u64, u64)>,
    bands: Vec<N>,
    pass: N,
    mastery: N,
}

impl<'a, N: Share> Sums<'a, N> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let bands = vec![N::default(); scenario.graph().model.bands.len()];
        let (finals, endings) = (BTreeMap::new(), BTreeMap::new());
        Self { scenario, finals, endings, bands, pass: N::default(), mastery: N::default() }
    }

    pub(super) fn add(&mut self, ending: usize, verdict: &Verdict, share: &N) {
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

    pub(super) fn close(self, whole: &BigUint, method: Method) -> Scores {
        let scale = self.scenario.scale();
        let points = |units: u64| Figure::new(units, scale.point, method);
        let share = |share: N| Figure::new(share, whole.clone(), method);
        let mut histogram: BTreeMap<u64, N> = BTreeMap::new();
        let mut sum = BigUint::default();
        let lowest = self.finals.keys().next().copied().unwrap_or_default();
        for (units, share) in self.finals {
            *histogram.entry(scale.points(units).rounded()).or_default() += &share;
            sum += share.into() * units;
        }
        Scores {
            min: points(lowest),
            // A flawless play exists, and scores 100.
            max: Figure::from(Fraction::new(100, 1)),
            mean: Figure::new(sum, whole * scale.point, method),
            histogram: histogram.into_iter().map(|(score, sum)| (score, share(sum))).collect(),
            endings: self
                .endings
                .into_iter()
                .map(|(node, (min, max))| (node, Range { min: points(min), max: points(max) }))
                .collect(),
            bands: self.bands.into_iter().map(share).collect(),
            pass: share(self.pass),
            mastery: share(self.mastery),
            best: Vec::new(),
            dominance: None,
        }
    }
}

/// The best final after each choice, and where a stronger choice leaves less to reach than a weaker one.
fn prospects(
    scenario: &Scenario,
    reach: &Reach,
    (ahead, product): (&Ahead<'_>, &Product),
) -> (Vec<BestAfter>, Vec<Dominance>) {
    let (graph, scale) = (scenario.graph(), scenario.scale());
    let pairs: BTreeMap<usize, Vec<(u8, u8)>> =
        decisions(graph).map(|(node, decision)| (node, pairs(decision))).collect();
    let mut values = vec![0u64; product.len()];
    let mut best: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    // By node, stronger and weaker choice.
    let mut worst: BTreeMap<(usize, u8, u8), Gap> = BTreeMap::new();
    for &(routing, here) in product.order.iter().rev() {
        let edges = reach.edges(routing);
        if edges.is_empty() {
            let tally = scale.closed(ahead.tally(product.key(here)));
            values[here as usize] = scale.last(&graph.model, &tally);
            continue;
        }
        let node = usize::from(reach.states()[routing as usize].node);
        let value = |at: usize| values[product.to(here, at) as usize];
        for (at, edge) in edges.iter().enumerate() {
            let best = best.entry((node, usize::from(edge.choice))).or_default();
            *best = value(at).max(*best);
        }
        let place = |choice: u8| edges.iter().position(|edge| edge.choice == choice);
        for &(stronger, weaker) in &pairs[&node] {
            let (Some(strong), Some(weak)) = (place(stronger), place(weaker)) else { continue };
            let (strong, weak) = (value(strong), value(weak));
            let known = worst.get(&(node, stronger, weaker)).map_or(0, Gap::width);
            if weak.saturating_sub(strong) > known {
                worst.insert((node, stronger, weaker), Gap { at: here, strong, weak });
            }
        }
        values[here as usize] = (0..edges.len()).map(value).max().unwrap_or_default();
    }
    let best = best.into_iter().map(|((node, choice), units)| BestAfter {
        node,
        choice,
        best: Figure::from(scale.points(units)),
    });
    let dominance = worst.into_iter().map(|((node, stronger, weaker), Gap { at, strong, weak })| Dominance {
        node,
        stronger: usize::from(stronger),
        weaker: usize::from(weaker),
        after_stronger: Figure::from(scale.points(strong)),
        after_weaker: Figure::from(scale.points(weak)),
        play: product.play(at),
    });
    (best.collect(), dominance.collect())
}

/// Where a stronger choice leaves less to reach than a weaker one, and what it leaves.
struct Gap {
    at: u32,
    strong: u64,
    weak: u64,
}

impl Gap {
    fn width(&self) -> u64 {
        self.weak - self.strong
    }
}

/// Pairs of choices of which the first is nowhere weaker than the second, and somewhere stronger.
fn pairs(decision: &Decision) -> Vec<(u8, u8)> {
    let no_weaker = |a: &Choice, b: &Choice| {
        let mut ratings = a.ratings.iter().zip(&b.ratings);
        ratings.all(|(a, b)| a >= b) && a.slips.len() <= b.slips.len() && a.cap <= b.cap
    };
    let mut pairs = Vec::new();
    for (a, one) in (0..).zip(&decision.choices) {
        for (b, other) in (0..).zip(&decision.choices) {
            if no_weaker(one, other) && !no_weaker(other, one) {
                pairs.push((a, b));
            }
        }
    }
    pairs
}
