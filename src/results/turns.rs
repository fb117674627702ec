//! A play turn by turn: what was said, what was chosen, and its rating. Only if a course reports choices.

use std::fmt::Write as _;

use scenario_wasm::class::Row;
use serde::Serialize;

use super::{Library, first_words, opening};

/// A decision, and what was chosen there.
#[derive(Debug, Serialize)]
pub struct Turn {
    /// The decision's id.
    pub node: String,
    /// Its first words.
    pub says: String,
    /// The id of the choice.
    pub choice: String,
    /// Its first words.
    pub chosen: String,
    /// `3`, or `3/1` if two skills are tested.
    pub rating: String,
    /// The skills that came too early.
    pub early: Vec<String>,
}

/// A play in the course's words.
#[derive(Debug, Serialize)]
pub struct PlayInWords {
    /// The scenario's title.
    pub scenario: String,
    /// Its slug.
    pub slug: String,
    /// As typed; may be empty.
    pub who: String,
    /// Rounded.
    pub last: u8,
    /// Whether it passed.
    pub pass: bool,
    /// The skills in the code.
    pub skills: Vec<(String, u8)>,
    /// Whether it was replayed.
    pub verified: bool,
    /// Whether it was played on another version of the scenario.
    pub moved: bool,
    /// The upper bound of the duration, if the code carries it.
    pub minutes: Option<u32>,
    /// Empty if the course does not report choices.
    pub turns: Vec<Turn>,
}

impl Library {
    /// A play in words.
    pub fn in_words(&self, row: &Row) -> PlayInWords {
        let (scenario, model) = &self.scenarios[row.scenario];
        let nodes = &scenario.story.engine.graph().nodes;
        let turns = row.result.steps.iter().filter_map(|(node, choice, _)| {
            let decision = scenario.story.decision(&nodes[usize::from(*node)].id)?;
            let chosen = decision.choices.get(usize::from(*choice))?;
            let early = row.result.early.iter().filter(|(at, _)| at == node);
            let ratings: Vec<String> = chosen.ratings.iter().map(u8::to_string).collect();
            Some(Turn {
                node: decision.id.clone(),
                says: first_words(decision),
                choice: chosen.id.clone(),
                chosen: opening(&chosen.text),
                rating: ratings.join("/"),
                early: early.map(|(_, skill)| model.skills[usize::from(*skill)].name.clone()).collect(),
            })
        });
        let result = &row.result;
        PlayInWords {
            scenario: scenario.title.clone(),
            slug: scenario.slug.clone(),
            who: row.who.clone(),
            last: result.final_,
            pass: result.pass,
            skills: result
                .skills
                .iter()
                .map(|(at, score)| (model.skills[*at].name.clone(), *score))
                .collect(),
            verified: result.verified,
            moved: result.moved,
            minutes: result.duration.and_then(scenario_wasm::code::CoarseDuration::minutes),
            turns: turns.collect(),
        }
    }
}

impl PlayInWords {
    /// The play for a terminal.
    pub fn human(&self) -> String {
        let who = if self.who.is_empty() { "no name" } else { &self.who };
        let pass = if self.pass { "passed" } else { "not yet passed" };
        let mut text = format!("{who}: {} ({}), {} of 100, {pass}\n", self.scenario, self.slug, self.last);
        let skills: Vec<String> = self.skills.iter().map(|(name, score)| format!("{name} {score}")).collect();
        if !skills.is_empty() {
            let _ = writeln!(text, "  {}", skills.join(", "));
        }
        text.push_str(match (self.verified, self.moved) {
            (true, false) => "  Replayed from the choices in the code.\n",
            (true, true) => "  Played on another version of the scenario.\n",
            (false, _) => "  Unverified: the code claims this result, and nothing can check it.\n",
        });
        if let Some(minutes) = self.minutes {
            let _ = writeln!(text, "  It took {minutes} min at most.");
        }
        for (at, turn) in (1..).zip(&self.turns) {
            let Turn { node, says, choice, chosen, rating, early } = turn;
            let _ = writeln!(text, "{at:>3}. `{node}`: {says}\n     `{choice}`, rated {rating}: {chosen}");
            if !early.is_empty() {
                let _ = writeln!(text, "     too early: {}", early.join(", "));
            }
        }
        text
    }
}
