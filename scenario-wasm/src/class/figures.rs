//! Figures over the attempts that count, added play by play, so that no play is kept.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::ops::Deref;

use super::{DecisionStats, Group, MIN_GROUP, PlayResult, Row, Scenarios, Spread, Teach};
use crate::graph::Node;
use crate::scenario::Scenario;

/// The figures so far.
#[derive(Debug)]
pub struct Figures<'a, S> {
    scenarios: &'a Scenarios<S>,
    /// By index of the scenario.
    tallies: Vec<Tally>,
    /// Over all scenarios; skills with the same id are the same skill.
    skills: Vec<(&'a str, Scores)>,
}

/// The figures of one scenario.
#[derive(Debug, Clone, Default)]
struct Tally {
    passed: usize,
    finals: Scores,
    /// By skill of the model.
    skills: Vec<Scores>,
    replayed: usize,
    /// By node and choice.
    chosen: Vec<Vec<usize>>,
    early: Vec<((u16, u8), usize)>,
    slips: Vec<(u8, usize)>,
    endings: Vec<(u16, usize)>,
}

/// The number of plays with each score, 0 to 100: sorting a list would cost a tenth of the browser's module, and keep all
/// scores.
#[derive(Debug, Clone, Default)]
struct Scores(Vec<usize>);

impl<'a, S: Deref<Target = Scenario>> Figures<'a, S> {
    /// Without any plays.
    pub fn new(scenarios: &'a Scenarios<S>) -> Self {
        Self { scenarios, tallies: vec![Tally::default(); scenarios.len()], skills: Vec::new() }
    }

    /// Adds a row if it counts.
    pub fn add(&mut self, row: &Row) {
        if !row.counts {
            return;
        }
        let graph = self.scenarios.scenario(row.scenario).graph();
        for (skill, score) in &row.result.skills {
            let id = graph.model.skills[*skill].id.as_str();
            let known = self.skills.iter().position(|(known, _)| *known == id);
            let place = known.unwrap_or_else(|| {
                self.skills.push((id, Scores::default()));
                self.skills.len() - 1
            });
            self.skills[place].1.add(*score);
        }
        self.tallies[row.scenario].add(&row.result, &graph.nodes);
    }

    /// The scenarios that were played, the skills over all scenarios, and what to teach next.
    pub fn end(self) -> (Vec<Group>, Vec<(String, Spread)>, Teach) {
        let all = self.tallies.into_iter().enumerate();
        let groups: Vec<Group> = all
            .filter_map(|(at, tally)| tally.group(at, &self.scenarios.scenario(at).graph().nodes))
            .collect();
        let skills: Vec<(String, Spread)> =
            self.skills.into_iter().map(|(id, scores)| (id.into(), scores.spread())).collect();
        let teach = Teach { skill: weakest(&skills), decision: hardest(&groups) };
        (groups, skills, teach)
    }
}

impl Tally {
    fn add(&mut self, play: &PlayResult, nodes: &[Node]) {
        self.passed += usize::from(play.pass);
        self.finals.add(play.final_);
        for (skill, score) in &play.skills {
            if self.skills.len() <= *skill {
                self.skills.resize(*skill + 1, Scores::default());
            }
            self.skills[*skill].add(*score);
        }
        if play.steps.is_empty() {
            return;
        }
        self.replayed += 1;
        if self.chosen.is_empty() {
            let choices = |node: &Node| node.decision.as_ref().map_or(0, |met| met.choices.len());
            self.chosen = nodes.iter().map(|node| vec![0; choices(node)]).collect();
        }
        for (node, choice, _) in &play.steps {
            self.chosen[usize::from(*node)][usize::from(*choice)] += 1;
        }
        count(&mut self.early, &play.early);
        count(&mut self.slips, &play.slips);
        count(&mut self.endings, play.ending.as_slice());
    }

    /// `None` if nobody played.
    fn group(self, scenario: usize, nodes: &[Node]) -> Option<Group> {
        let finals = self.finals.spread();
        let skills = self.skills.iter().map(Scores::spread).enumerate();
        let mut group = Group {
            scenario,
            count: finals.count,
            passed: self.passed,
            finals,
            skills: skills.filter(|(_, spread)| spread.count > 0).collect(),
            replayed: self.replayed,
            hidden: self.replayed < MIN_GROUP,
            ..Group::default()
        };
        if !group.hidden {
            group.decisions = decisions(&self.chosen, nodes);
            let early = by_count(self.early).into_iter();
            group.early = early.map(|((node, skill), count)| (node, skill, count)).collect();
            group.slips = by_count(self.slips);
            group.endings = by_count(self.endings);
        }
        (group.count > 0).then_some(group)
    }
}

impl Scores {
    fn add(&mut self, score: u8) {
        self.0.resize(256, 0);
        self.0[usize::from(score)] += 1;
    }

    fn spread(&self) -> Spread {
        let count: usize = self.0.iter().sum();
        if count == 0 {
            return Spread::default();
        }
        let rank = |quarters: usize| {
            let (mut left, mut score) = ((count * quarters).div_ceil(4).max(1), 0);
            while left > self.0[score] {
                left -= self.0[score];
                score += 1;
            }
            score as u8
        };
        let sum: usize = self.0.iter().enumerate().map(|(score, count)| score * count).sum();
        let mean = (20 * sum + count) / (2 * count);
        Spread { count, mean: mean as u32, ranks: [0, 1, 2, 3, 4].map(rank) }
    }
}

/// Counts the items of a play; repeated ones count once.
fn count<T: Copy + PartialEq>(counts: &mut Vec<(T, usize)>, things: &[T]) {
    for (place, thing) in things.iter().enumerate() {
        if !things[..place].contains(thing) {
            match counts.iter_mut().find(|(known, _)| known == thing) {
                Some((_, count)) => *count += 1,
                None => counts.push((*thing, 1)),
            }
        }
    }
}

/// The most common first.
fn by_count<T: Copy + Ord>(counts: Vec<(T, usize)>) -> Vec<(T, usize)> {
    let mut common: Vec<(T, usize)> = Vec::new();
    for (thing, count) in counts {
        let place =
            common.partition_point(|(other, many)| (Reverse(*many), *other) < (Reverse(count), thing));
        common.insert(place, (thing, count));
    }
    common
}

fn decisions(chosen: &[Vec<usize>], nodes: &[Node]) -> Vec<DecisionStats> {
    let mut met = Vec::new();
    for (node, chosen) in chosen.iter().enumerate() {
        let count: usize = chosen.iter().sum();
        if let Some(decision) = &nodes[node].decision
            && count > 0
        {
            let worst = (0..).zip(chosen).filter(|(choice, _)| decision.is_worst(*choice));
            let worst = worst.map(|(_, count)| count).sum();
            let choices = (count >= MIN_GROUP).then(|| (chosen.clone(), worst));
            met.push(DecisionStats { node: node as u16, count, choices });
        }
    }
    met
}

fn weakest(skills: &[(String, Spread)]) -> Option<usize> {
    let weakest = skills.iter().enumerate().min_by_key(|(_, (_, spread))| spread.mean)?;
    (weakest.1.1.mean < 1000).then_some(weakest.0)
}

fn hardest(groups: &[Group]) -> Option<(usize, usize)> {
    let all = groups.iter().enumerate().filter_map(|(at, group)| Some((at, group.hardest()?)));
    let stats = |(group, decision): &(usize, usize)| &groups[*group].decisions[*decision];
    all.max_by(|one, other| stats(one).by_hardness(stats(other)))
}
