//! A scenario as a map: its moments in story order, its choices with their ratings, and where plays go.
//!
//! Uses the figures of `prove`: the width of a way is its share of random play, and the ways of the flawless play stand out.
//! All formats draw the same map. Only `layout` uses the crate that places boxes.

mod dot;
mod layout;
mod mermaid;
mod svg;

use scenario_wasm::class::Group;

use crate::course::{Choice, Decision, Ending, EndingKind, Model, Node, Scenario};
use crate::markdown::plain::plain;
use crate::prove::Routes;

/// The direction of the story on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "shell", derive(clap::ValueEnum))]
pub enum Direction {
    /// From top to bottom: as narrow as a phone.
    Down,
    /// From left to right, for a wide screen or sheet.
    Right,
}

/// A scenario, ready to be drawn.
#[derive(Debug)]
pub struct Map {
    title: String,
    /// In the order of the engine's nodes.
    moments: Vec<MapNode>,
    ways: Vec<Edge>,
}

/// A moment as a box of the map.
#[derive(Debug)]
struct MapNode {
    id: String,
    /// The tested skills, and whether their order is waived; the title of an ending.
    says: String,
    /// How an ending feels; `None` for a decision.
    ending: Option<EndingKind>,
    /// The share of random plays that reach it, as text; for a class, how many reached it.
    share: String,
    choices: Vec<ChoiceRow>,
}

/// A choice in its box.
#[derive(Debug)]
struct ChoiceRow {
    id: String,
    /// `3`, or `3/1` for two tested skills.
    rating: String,
    /// The mean rating, rounded down, which sets its color.
    level: u8,
    says: String,
}

/// A line from a choice to a box.
#[derive(Debug)]
struct Edge {
    from: usize,
    choice: usize,
    to: usize,
    /// Share of random play, in ten-thousandths.
    share: u64,
    /// The same, as text.
    percent: String,
    flawless: bool,
}

impl Map {
    /// The map of a scenario.
    pub fn of(scenario: &Scenario, model: &Model, routes: &Routes) -> Self {
        let nodes = &scenario.story.engine.graph().nodes;
        let moments = nodes.iter().enumerate().filter_map(|(at, node)| {
            let share = routes.nodes[at].share.percent();
            Some(match scenario.story.nodes.iter().find(|each| each.id() == node.id)? {
                Node::Decision(decision) => {
                    let waived = node.decision.as_ref().is_some_and(|rules| rules.free_order);
                    MapNode::decision(decision, model, waived, share)
                }
                Node::Ending(ending) => MapNode::ending(ending, share),
            })
        });
        let mut ways = Vec::new();
        for (from, node) in routes.nodes.iter().enumerate() {
            for (choice, figures) in node.choices.iter().enumerate() {
                ways.extend(figures.ways.iter().map(|(to, way)| {
                    let (share, percent) = (way.share.ten_thousandths(), way.share.percent());
                    Edge { from, choice, to: *to, share, percent, flawless: way.flawless }
                }));
            }
        }
        Self { title: scenario.title.clone(), moments: moments.collect(), ways }
    }

    /// Shows a class instead of random play: how many reached each moment, and how many took each choice, unless too few
    /// did.
    pub fn show_class(&mut self, class: &Group) {
        for (at, moment) in self.moments.iter_mut().enumerate() {
            let met = class.decisions.iter().find(|met| usize::from(met.node) == at);
            let ended = class.endings.iter().find(|(node, _)| usize::from(*node) == at);
            let count = met.map(|met| met.count).or(ended.map(|(_, count)| *count)).unwrap_or_default();
            moment.share = format!("{count} of {}", class.replayed);
            let chosen = met.and_then(|met| met.choices.as_ref()).map(|(chosen, _)| chosen.as_slice());
            for (choice, count) in moment.choices.iter_mut().zip(chosen.unwrap_or_default()) {
                choice.says = format!("{count} × {}", choice.says);
            }
        }
    }
}

impl MapNode {
    fn decision(decision: &Decision, model: &Model, waived: bool, share: String) -> Self {
        let skills = decision.tests.iter().map(|skill| model.skills[*skill].name.as_str());
        let skills = skills.chain(waived.then_some("in any order"));
        Self {
            id: decision.id.clone(),
            says: skills.collect::<Vec<_>>().join(", "),
            ending: None,
            share,
            choices: decision.choices.iter().map(ChoiceRow::of).collect(),
        }
    }

    fn ending(ending: &Ending, share: String) -> Self {
        let (id, says) = (ending.id.clone(), ending.title.clone());
        Self { id, says, ending: Some(ending.kind), share, choices: Vec::new() }
    }
}

impl ChoiceRow {
    fn of(choice: &Choice) -> Self {
        let ratings: Vec<String> = choice.ratings.iter().map(u8::to_string).collect();
        let count = u8::try_from(choice.ratings.len()).unwrap_or(1).max(1);
        Self {
            id: choice.id.clone(),
            rating: ratings.join("/"),
            level: choice.ratings.iter().sum::<u8>() / count,
            says: choice.short.clone().unwrap_or_else(|| plain(&choice.text.markdown)),
        }
    }
}

impl Edge {
    /// From 1 for a way that hardly any random play takes, to 9 for one that all plays take.
    fn width(&self) -> u64 {
        1 + (self.share * 8 + 5_000) / 10_000
    }
}

/// At most `width` characters; a cut is marked.
fn cut(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= width {
        return line;
    }
    line.chars().take(width - 1).collect::<String>().trim_end().to_owned() + "…"
}
