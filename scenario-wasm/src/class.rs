//! What a class did: a line for each code, and the figures over them. The one definition, for the terminal and for
//! the desk.
//!
//! Who it is about decides what is shown: a course that reports little has no more in here, whatever a code carries,
//! and figures about single choices are left out for groups under [`LEAST`].

mod csv;
mod json;
mod shelf;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Deref;

pub use shelf::{Played, Reason, Row, Shelf, Trouble};

use crate::graph::Decision;
use crate::scenario::Scenario;

/// Of fewer people than this no figure about single choices is given.
pub const LEAST: usize = 5;

/// Which attempt of a person at a scenario counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The first, in the order of the texts.
    First,
    /// The one with the highest final; of equals the first.
    Best,
}

/// What a class did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// One for each play.
    pub rows: Vec<Row>,
    /// What could not be read, in the order of the texts.
    pub troubles: Vec<Trouble>,
    /// How many codes stood there more than once.
    pub repeated: usize,
    /// The scenarios that were played.
    pub groups: Vec<Group>,
    /// Over all scenarios, by the id of the skill.
    pub skills: Vec<(String, Spread)>,
    /// What to teach next.
    pub teach: Teach,
}

/// What to teach next: nothing where nothing is known.
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
    /// Its place on the shelf.
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
    /// Those that were met, in the order of the graph.
    pub decisions: Vec<Met>,
    /// Node, skill, and how many plays were too early there; the most common first.
    pub early: Vec<(u16, u8, usize)>,
    /// Slip, and how many plays had it; the most common first.
    pub slips: Vec<(u8, usize)>,
    /// Node, and how many plays ended there; the most common first.
    pub endings: Vec<(u16, usize)>,
}

/// A decision, and what was chosen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Its node.
    pub node: u16,
    /// How many plays came to it.
    pub count: usize,
    /// How many took each choice, and how many a worst one; nothing where too few came to it.
    pub choices: Option<(Vec<usize>, usize)>,
}

/// How scores are spread: by the nearest rank, so that each is a score that somebody has.
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
        shelf: &Shelf<S>,
        codes: impl IntoIterator<Item = Result<Row, Trouble>>,
        rule: Rule,
    ) -> Self {
        let (mut rows, mut troubles, mut repeated) = (Vec::<Row>::new(), Vec::new(), 0);
        let mut seen = BTreeMap::<String, usize>::new();
        for code in codes {
            let row = match code {
                Ok(row) => row,
                Err(trouble) => {
                    troubles.push(trouble);
                    continue;
                }
            };
            match seen.get(play_of(&row.code)) {
                None => {
                    seen.insert(play_of(&row.code).into(), rows.len());
                    rows.push(row);
                }
                Some(first) if is_same(&rows[*first].who, &row.who) => repeated += 1,
                Some(first) => {
                    let reason = Reason::Borrowed { file: rows[*first].file, line: rows[*first].line };
                    troubles.push(Trouble { file: row.file, line: row.line, code: row.code, reason });
                }
            }
        }
        attempts(&mut rows, rule);
        let groups = groups(shelf, &rows);
        let skills = skills(shelf, &rows);
        let teach = Teach { skill: weakest(&skills), decision: hardest(&groups) };
        Self { rows, troubles, repeated, groups, skills, teach }
    }
}

impl Group {
    /// Of the decisions, that at which the largest share chose worst; of equals the one that more met.
    #[must_use]
    pub fn hardest(&self) -> Option<usize> {
        let shares =
            self.decisions.iter().enumerate().filter_map(|(at, met)| Some((at, met.count, met.worst()?)));
        let hardest = shares.max_by(|one, other| {
            let share = (one.2 * other.1).cmp(&(other.2 * one.1));
            share.then(one.1.cmp(&other.1)).then(other.0.cmp(&one.0))
        });
        hardest.filter(|(_, _, worst)| *worst > 0).map(|(at, _, _)| at)
    }
}

impl Met {
    /// How many took a worst choice.
    #[must_use]
    pub fn worst(&self) -> Option<usize> {
        self.choices.as_ref().map(|(_, worst)| *worst)
    }
}

/// What tells a play from any other: its code without checksum and name.
fn play_of(code: &str) -> &str {
    let symbols = code.split('~').next().unwrap_or_default();
    // Six symbols, and the hyphens that may stand between them.
    let mut left = 6;
    let end = symbols.char_indices().rev().find(|(_, letter)| {
        left -= i32::from(*letter != '-');
        left == 0
    });
    &symbols[..end.map_or(0, |(at, _)| at)]
}

fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Numbers the attempts of each person at each scenario, and marks the one that counts.
fn attempts(rows: &mut [Row], rule: Rule) {
    let mut by = BTreeMap::<(String, usize), Vec<usize>>::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.who.is_empty()) {
        by.entry((row.who.to_ascii_lowercase(), row.scenario)).or_default().push(at);
    }
    for all in by.values() {
        let best = || all.iter().copied().rev().max_by_key(|at| rows[*at].result.last);
        let counts = if rule == Rule::Best { best() } else { all.first().copied() };
        for (place, at) in all.iter().enumerate() {
            rows[*at].attempt = place + 1;
            rows[*at].attempts = all.len();
            rows[*at].counts = Some(*at) == counts;
        }
    }
}

fn counted(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| row.counts)
}

fn groups<S: Deref<Target = Scenario>>(shelf: &Shelf<S>, rows: &[Row]) -> Vec<Group> {
    let mut by: Vec<Vec<&Played>> = vec![Vec::new(); shelf.len()];
    counted(rows).for_each(|row| by[row.scenario].push(&row.result));
    let played = by.into_iter().enumerate().filter(|(_, plays)| !plays.is_empty());
    played.map(|(scenario, plays)| group(scenario, shelf.scenario(scenario), &plays)).collect()
}

fn group(at: usize, scenario: &Scenario, plays: &[&Played]) -> Group {
    let skills = (0..scenario.graph().model.skills.len()).filter_map(|skill| {
        let scores = plays.iter().flat_map(|played| &played.skills).filter(|(which, _)| *which == skill);
        let spread = Spread::of(scores.map(|(_, score)| *score));
        (spread.count > 0).then_some((skill, spread))
    });
    let replayed: Vec<&Played> = plays.iter().copied().filter(|played| !played.steps.is_empty()).collect();
    let mut group = Group {
        scenario: at,
        count: plays.len(),
        passed: plays.iter().filter(|played| played.pass).count(),
        finals: Spread::of(plays.iter().map(|played| played.last)),
        skills: skills.collect(),
        replayed: replayed.len(),
        hidden: replayed.len() < LEAST,
        ..Group::default()
    };
    if !group.hidden {
        group.decisions = decisions(scenario, &replayed);
        group.early = common(replayed.iter().map(|played| played.early.clone()))
            .into_iter()
            .map(|((node, skill), count)| (node, skill, count))
            .collect();
        group.slips =
            common(replayed.iter().map(|played| played.slips.iter().map(|(_, slip)| *slip).collect()));
        group.endings = common(replayed.iter().map(|played| played.ending.into_iter().collect()));
    }
    group
}

/// How many plays have each thing, the most common first. A play that has it twice counts once.
fn common<T: Copy + Ord>(plays: impl Iterator<Item = Vec<T>>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::<T, usize>::new();
    for things in plays {
        for (place, thing) in things.iter().enumerate() {
            if !things[..place].contains(thing) {
                *counts.entry(*thing).or_default() += 1;
            }
        }
    }
    let mut common: Vec<(T, usize)> = Vec::new();
    for (thing, count) in counts {
        let place = common.partition_point(|(_, other)| *other >= count);
        common.insert(place, (thing, count));
    }
    common
}

fn decisions(scenario: &Scenario, plays: &[&Played]) -> Vec<Met> {
    let nodes = &scenario.graph().nodes;
    let mut chosen: Vec<Vec<usize>> =
        nodes.iter().map(|node| vec![0; choices(node.decision.as_ref())]).collect();
    for (node, choice) in plays.iter().flat_map(|played| &played.steps) {
        chosen[usize::from(*node)][usize::from(*choice)] += 1;
    }
    let mut met = Vec::new();
    for (node, chosen) in chosen.into_iter().enumerate() {
        let count: usize = chosen.iter().sum();
        if let Some(decision) = &nodes[node].decision
            && count > 0
        {
            let worst = worst(decision).map(|choice| chosen[choice]).sum();
            met.push(Met { node: node as u16, count, choices: (count >= LEAST).then_some((chosen, worst)) });
        }
    }
    met
}

fn choices(decision: Option<&Decision>) -> usize {
    decision.map_or(0, |decision| decision.choices.len())
}

/// The choices with the lowest sum of ratings, where not all have the same.
fn worst(decision: &Decision) -> impl Iterator<Item = usize> + '_ {
    let sum =
        |choice: usize| decision.choices[choice].ratings.iter().map(|rating| u32::from(*rating)).sum::<u32>();
    let all = 0..decision.choices.len();
    let (least, most) = (all.clone().map(sum).min(), all.clone().map(sum).max());
    all.filter(move |choice| least < most && Some(sum(*choice)) == least)
}

/// Over all scenarios: a skill is the same where its id is.
fn skills<S: Deref<Target = Scenario>>(shelf: &Shelf<S>, rows: &[Row]) -> Vec<(String, Spread)> {
    let mut by: Vec<(String, Vec<u8>)> = Vec::new();
    for row in counted(rows) {
        let model = &shelf.scenario(row.scenario).graph().model;
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
    all.max_by(|one, other| {
        let met = |(group, decision): &(usize, usize)| &groups[*group].decisions[*decision];
        let (one, other) = (met(one), met(other));
        let (a, b) = (one.worst().unwrap_or_default(), other.worst().unwrap_or_default());
        (a * other.count).cmp(&(b * one.count)).then(one.count.cmp(&other.count))
    })
}
