//! The scores of all plays, as figures; and the score of one play.

use std::collections::BTreeMap;

use scenario_wasm::Scenario;
use scenario_wasm::scale::Tally;

use crate::prove::figure::Figure;

/// The final scores of all plays.
#[derive(Debug, Clone)]
pub struct Scores {
    /// The lowest.
    pub min: Figure,
    /// The highest: 100, since every scenario has a flawless play.
    pub max: Figure,
    /// Under random play.
    pub mean: Figure,
    /// Shares of random play by rounded final; only those that occur.
    pub histogram: BTreeMap<u64, Figure>,
    /// By node of the graph: the finals with which an ending is reached.
    pub endings: BTreeMap<usize, Range>,
    /// Shares of random play, by the model's bands.
    pub bands: Vec<Figure>,
    /// Share of random play that passes.
    pub pass: Figure,
    /// Share of random play that is mastery.
    pub mastery: Figure,
    /// The best final still reachable after each choice that a play can take, by node and choice.
    pub best: Vec<BestAfter>,
    /// Where a stronger choice leaves less within reach than a weaker one; `None` if there are too many states.
    pub dominance: Option<Vec<Dominance>>,
}

/// From the lowest to the highest final.
#[derive(Debug, Clone)]
pub struct Range {
    /// The lowest.
    pub min: Figure,
    /// The highest.
    pub max: Figure,
}

/// The best final still possible after a choice, whatever came before it.
#[derive(Debug, Clone)]
pub struct BestAfter {
    /// Index of the node in the graph.
    pub node: usize,
    /// Index of the choice.
    pub choice: usize,
    /// The final.
    pub best: Figure,
}

/// Two choices of one decision, after the same play: the one rated no lower on any tested skill, with no more slips and no
/// heavier cap, leaves a lower best final than the other.
#[derive(Debug, Clone)]
pub struct Dominance {
    /// Index of the node in the graph.
    pub node: usize,
    /// Index of the choice that is rated higher.
    pub stronger: usize,
    /// Index of the choice that is rated lower.
    pub weaker: usize,
    /// The best final after the stronger.
    pub after_stronger: Figure,
    /// The best final after the weaker, which is higher.
    pub after_weaker: Figure,
    /// The choices that lead to the decision: of all such plays, one with the widest gap.
    pub play: Vec<usize>,
}

/// The score of one complete play.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verdict {
    /// The final, in the scale's units.
    pub(super) units: u64,
    pub(super) band: usize,
    pub(super) pass: bool,
    pub(super) mastery: bool,
}

impl Verdict {
    /// From a tally with the forfeits charged.
    pub(super) fn of(scenario: &Scenario, tally: &Tally) -> Self {
        let (model, scale) = (&scenario.graph().model, scenario.scale());
        let units = scale.last(model, tally);
        let last = scale.points(units).rounded();
        let reaches = |score: u64, least: u8| score >= u64::from(least);
        let mut pass = tally.cap.is_none() && reaches(last, model.pass.score);
        let mut mastery = reaches(last, model.mastery.score);
        for (skill, par) in scale.par.iter().enumerate().filter(|(_, par)| **par > 0) {
            let score = scale.skill(tally, skill).rounded();
            let floor = if *par == 1 { model.pass.single_chance } else { model.pass.every_skill };
            pass &= reaches(score, floor);
            mastery &= reaches(score, model.mastery.every_skill);
        }
        let band = model.bands.iter().position(|from| reaches(last, *from)).unwrap_or_default();
        Self { units, band, pass, mastery: pass && mastery }
    }
}
