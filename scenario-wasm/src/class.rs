//! What a class did: a line for each code, and the figures over them. The one definition, for the terminal and for
//! the desk.
//!
//! How much a course reports decides what is in here, whatever a code carries; figures about single choices are left out
//! for groups under [`MIN_GROUP`].

mod attempts;
mod csv;
mod json;
mod scenarios;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};
use core::ops::Deref;

pub use attempts::Attempts;
pub use csv::{Columns, csv_line};
pub use json::row_json;
pub use scenarios::{PlayResult, Reason, Row, Scenarios, StatedResult, UnreadCode};

use crate::scenario::Scenario;

/// Figures about single choices need at least this many plays.
pub const MIN_GROUP: usize = 5;

/// Which attempt of a person at a scenario counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The first, in the order of the texts.
    First,
    /// The one with the highest final; of equals the first.
    Best,
}

/// What a class did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Class {
    /// One for each play.
    pub rows: Vec<Row>,
    /// What could not be read, in the order of the texts.
    pub unread: Vec<UnreadCode>,
    /// How many codes stood there more than once.
    pub repeated: usize,
    /// The scenarios that were played.
    pub groups: Vec<Group>,
    /// Over all scenarios, by the id of the skill.
    pub skills: Vec<(String, Spread)>,
    /// What to teach next.
    pub teach: Teach,
}

/// What to teach next, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teach {
    /// The skill with the lowest mean, if that is below 100: its place in [`Class::skills`].
    pub skill: Option<usize>,
    /// Where most chose worst: the place in [`Class::groups`], and in its decisions.
    pub decision: Option<(usize, usize)>,
}

/// The figures of one scenario, over the attempts that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Its place in [`Scenarios`].
    pub scenario: usize,
    /// How many attempts count.
    pub count: usize,
    /// How many of them are passed.
    pub passed: usize,
    /// The finals.
    pub finals: Spread,
    /// By skill of the model.
    pub skills: Vec<(usize, Spread)>,
    /// How many of them were replayed: what follows is about those.
    pub replayed: usize,
    /// Whether they are too few for what follows, which is then empty.
    pub hidden: bool,
    /// The decisions that plays met, in the order of the graph.
    pub decisions: Vec<DecisionStats>,
    /// Node, skill, and how many plays were out of order there; the most common first.
    pub early: Vec<(u16, u8, usize)>,
    /// Slip, and how many plays had it; the most common first.
    pub slips: Vec<(u8, usize)>,
    /// Node, and how many plays ended there; the most common first.
    pub endings: Vec<(u16, usize)>,
}

/// A decision, and what was chosen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionStats {
    /// Its node.
    pub node: u16,
    /// How many plays came to it.
    pub count: usize,
    /// How many took each choice, and how many a worst one; `None` where too few came to it.
    pub choices: Option<(Vec<usize>, usize)>,
}

/// How scores are spread. Quartiles are taken by nearest rank, so each is a score that a play has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many.
    pub count: usize,
    /// In tenths, halves up.
    pub mean: u32,
    /// The lowest, the lower quarter, the middle, the upper quarter, the highest.
    pub ranks: [u8; 5],
}

impl Spread {
    /// Counted, not sorted: a sort alone would take a tenth of the module for the browser.
    fn of(scores: impl Iterator<Item = u8>) -> Self {
        let (mut counts, mut count, mut sum) = ([0usize; 256], 0, 0);
        for score in scores {
            counts[usize::from(score)] += 1;
            count += 1;
            sum += usize::from(score);
        }
        if count == 0 {
            return Self::default();
        }
        let rank = |quarters: usize| {
            let (mut left, mut score) = ((count * quarters).div_ceil(4).max(1), 0);
            while left > counts[score] {
                left -= counts[score];
                score += 1;
            }
            score as u8
        };
        let mean = (20 * sum + count) / (2 * count);
        Self { count, mean: mean as u32, ranks: [0, 1, 2, 3, 4].map(rank) }
    }
}

impl Class {
    /// The class of these codes, in the order of the texts.
    pub fn of<S: Deref<Target = Scenario>>(
        scenarios: &Scenarios<S>,
        codes: impl IntoIterator<Item = Result<Row, UnreadCode>>,
        rule: Rule,
    ) -> Self {
        let (mut rows, mut unread, mut repeated) = (Vec::<Row>::new(), Vec::new(), 0);
        let mut attempts = Attempts::new(rule);
        for code in codes {
            match code.and_then(|row| attempts.stand(row)) {
                Ok(Some(row)) => rows.push(row),
                Ok(None) => repeated += 1,
                Err(code) => unread.push(code),
            }
        }
        rows.iter_mut().for_each(|row| attempts.number(row));
        let groups = groups(scenarios, &rows);
        let skills = skills(scenarios, &rows);
        let teach = Teach { skill: weakest(&skills), decision: hardest(&groups) };
        Self { rows, unread, repeated, groups, skills, teach }
    }
}

impl Group {
    /// Of the decisions, that at which the largest share chose worst; of equals the one that more met.
    #[must_use]
    pub fn hardest(&self) -> Option<usize> {
        let met = self.decisions.iter().enumerate().rev();
        let hard = met.filter(|(_, stats)| stats.worst() > Some(0));
        hard.max_by(|(_, one), (_, other)| one.by_hardness(other)).map(|(at, _)| at)
    }
}

impl DecisionStats {
    /// How many took a worst choice.
    #[must_use]
    pub fn worst(&self) -> Option<usize> {
        self.choices.as_ref().map(|(_, worst)| *worst)
    }

    /// By the share that took a worst choice, then by how many came to it.
    fn by_hardness(&self, other: &Self) -> Ordering {
        let worst = |stats: &Self| stats.worst().unwrap_or_default();
        (worst(self) * other.count).cmp(&(worst(other) * self.count)).then(self.count.cmp(&other.count))
    }
}

fn counted(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| row.counts)
}

fn groups<S: Deref<Target = Scenario>>(scenarios: &Scenarios<S>, rows: &[Row]) -> Vec<Group> {
    let mut by: Vec<Vec<&PlayResult>> = vec![Vec::new(); scenarios.len()];
    counted(rows).for_each(|row| by[row.scenario].push(&row.result));
    let played = by.into_iter().enumerate().filter(|(_, plays)| !plays.is_empty());
    played.map(|(scenario, plays)| group(scenario, scenarios.scenario(scenario), &plays)).collect()
}

fn group(at: usize, scenario: &Scenario, plays: &[&PlayResult]) -> Group {
    let skills = (0..scenario.graph().model.skills.len()).filter_map(|skill| {
        let scores = plays.iter().flat_map(|played| &played.skills).filter(|(which, _)| *which == skill);
        let spread = Spread::of(scores.map(|(_, score)| *score));
        (spread.count > 0).then_some((skill, spread))
    });
    let replayed: Vec<&PlayResult> =
        plays.iter().copied().filter(|played| !played.steps.is_empty()).collect();
    let mut group = Group {
        scenario: at,
        count: plays.len(),
        passed: plays.iter().filter(|played| played.pass).count(),
        finals: Spread::of(plays.iter().map(|play| play.final_)),
        skills: skills.collect(),
        replayed: replayed.len(),
        hidden: replayed.len() < MIN_GROUP,
        ..Group::default()
    };
    if !group.hidden {
        group.decisions = decisions(scenario, &replayed);
        group.early = common(replayed.iter().map(|played| played.early.clone()))
            .into_iter()
            .map(|((node, skill), count)| (node, skill, count))
            .collect();
        group.slips = common(replayed.iter().map(|played| played.slips.clone()));
        group.endings = common(replayed.iter().map(|played| played.ending.into_iter().collect()));
    }
    group
}

/// How many plays have each thing, the most common first. A play that has it twice counts once.
fn common<T: Copy + Ord>(plays: impl Iterator<Item = Vec<T>>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for things in plays {
        for (place, thing) in things.iter().enumerate() {
            if !things[..place].contains(thing) {
                match counts.iter_mut().find(|(known, _)| known == thing) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((*thing, 1)),
                }
            }
        }
    }
    let mut common: Vec<(T, usize)> = Vec::new();
    for (thing, count) in counts {
        let place =
            common.partition_point(|(other, many)| (Reverse(*many), *other) < (Reverse(count), thing));
        common.insert(place, (thing, count));
    }
    common
}

fn decisions(scenario: &Scenario, plays: &[&PlayResult]) -> Vec<DecisionStats> {
    let nodes = &scenario.graph().nodes;
    let mut chosen: Vec<Vec<usize>> =
        nodes.iter().map(|node| vec![0; node.decision.as_ref().map_or(0, |met| met.choices.len())]).collect();
    for (node, choice) in plays.iter().flat_map(|played| &played.steps) {
        chosen[usize::from(*node)][usize::from(*choice)] += 1;
    }
    let mut met = Vec::new();
    for (node, chosen) in chosen.into_iter().enumerate() {
        let count: usize = chosen.iter().sum();
        if let Some(decision) = &nodes[node].decision
            && count > 0
        {
            let worst = (0..).zip(&chosen).filter(|(choice, _)| decision.is_worst(*choice));
            let worst = worst.map(|(_, count)| count).sum();
            let choices = (count >= MIN_GROUP).then_some((chosen, worst));
            met.push(DecisionStats { node: node as u16, count, choices });
        }
    }
    met
}

/// Over all scenarios: a skill is the same where its id is.
fn skills<S: Deref<Target = Scenario>>(scenarios: &Scenarios<S>, rows: &[Row]) -> Vec<(String, Spread)> {
    let mut by: Vec<(String, Vec<u8>)> = Vec::new();
    for row in counted(rows) {
        let model = &scenarios.scenario(row.scenario).graph().model;
        for (skill, score) in &row.result.skills {
            let id = &model.skills[*skill].id;
            match by.iter_mut().find(|(known, _)| known == id) {
                Some((_, scores)) => scores.push(*score),
                None => by.push((id.clone(), vec![*score])),
            }
        }
    }
    by.into_iter().map(|(id, scores)| (id, Spread::of(scores.into_iter()))).collect()
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
