//! A class as JSON: what the desk reads and what `amends results --format json` prints, byte for byte.

use alloc::vec::Vec;
use core::ops::Deref;

use super::{Class, DecisionStats, Group, PlayResult, Reason, Row, Scenarios, Spread, UnreadCode};
use crate::code::{CoarseDuration, Fault, Reporting, Said};
use crate::graph::Node;
use crate::json::{Json, Value, With, list};
use crate::scenario::Scenario;

impl Class {
    /// The class as JSON. Nodes, choices, skills and slips are ids; scenarios are slugs.
    pub fn json<S: Deref<Target = Scenario>>(&self, scenarios: &Scenarios<S>) -> Vec<u8> {
        Json::of(|json| {
            object!(json, {
                reporting: scenarios.reporting().name(),
                rows: list(&self.rows, |json, each| row(json, each, each.file, scenarios)),
                troubles: list(&self.unread, |json, each| unread(json, each, scenarios)),
                repeated: self.repeated,
                scenarios: list(&self.groups, |json, each| group(json, each, scenarios)),
                skills: list(&self.skills, |json, (id, spread)| skill(json, id, spread)),
                teach: With(|json: &mut Json| {
                    object!(json, {
                        skill: self.teach.skill.map(|skill| &self.skills[skill].0),
                        decision: self.teach.decision.map(|(at, decision)| {
                            let group = &self.groups[at];
                            let nodes = &scenarios.scenario(group.scenario).graph().nodes;
                            With(move |json: &mut Json| {
                                object!(json, {
                                    scenario: scenarios.slug(group.scenario),
                                    node: nodes[usize::from(group.decisions[decision].node)].id,
                                });
                            })
                        }),
                    });
                }),
            });
        })
    }
}

/// A single row as JSON, with the name of its text instead of an index.
pub fn row_json<S: Deref<Target = Scenario>>(
    of: &Row,
    file: Option<&str>,
    scenarios: &Scenarios<S>,
) -> Vec<u8> {
    Json::of(|json| match file {
        Some(file) => row(json, of, Quoted(file), scenarios),
        None => row(json, of, of.file, scenarios),
    })
}

impl Class {
    /// What was chosen in a row, decision by decision, as JSON with ids, and the goodwill after it. Empty if the course does not report choices.
    pub fn turns<S: Deref<Target = Scenario>>(&self, row: usize, scenarios: &Scenarios<S>) -> Vec<u8> {
        let row = self.rows.get(row);
        let steps = row.map(|row| row.result.steps.as_slice()).unwrap_or_default();
        Json::of(|json| {
            list(steps, |json, (node, choice, goodwill)| {
                let node =
                    &scenarios.scenario(row.map_or(0, |row| row.scenario)).graph().nodes[usize::from(*node)];
                let choices = node.decision.as_ref().map(|decision| &decision.choices);
                let choice = choices.map(|choices| &choices[usize::from(*choice)].id);
                object!(json, { node: node.id, choice: choice, goodwill: *goodwill });
            })
            .write(json);
        })
    }
}

names! {
    Reporting { Minimal = "minimal", Scores = "scores", Full = "full" }
}

impl Reason {
    /// The reason in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread(Fault::Newer) => "newer",
            Self::Unread(Fault::Checksum | Fault::Shape) => "checksum",
            Self::Unread(Fault::Content | Fault::Path | Fault::Moved) => "content",
            Self::Unread(Fault::Nameless) => "nameless",
            Self::Unknown => "unknown",
            Self::Moved(_) => "moved",
            Self::Path(_) => "path",
            Self::Borrowed { .. } => "borrowed",
        }
    }
}

/// A text, escaped so that it is safe in a script, too.
struct Quoted<'a>(&'a str);

impl Value for Quoted<'_> {
    fn write(&self, json: &mut Json) {
        json.0.push(b'"');
        for byte in self.0.bytes() {
            match byte {
                b'"' | b'\\' => json.0.extend([b'\\', byte]),
                0..0x20 | b'<' | b'>' | b'&' => {
                    json.0.extend_from_slice(b"\\u00");
                    json.0
                        .extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
                }
                _ => json.0.push(byte),
            }
        }
        json.0.extend_from_slice(b"\",");
    }
}

/// An object with a number for each id.
fn counts<'a>(of: impl Iterator<Item = (&'a str, usize)> + Clone) -> impl Value {
    With(move |json: &mut Json| {
        json.open(b'{');
        for (id, count) in of.clone() {
            json.key(id);
            count.write(json);
        }
        json.close(b'}');
    })
}

fn row<S: Deref<Target = Scenario>>(json: &mut Json, row: &Row, file: impl Value, scenarios: &Scenarios<S>) {
    let PlayResult { final_, pass, mastery, band, skills, verified, moved, now, duration, .. } = &row.result;
    let model = &scenarios.scenario(row.scenario).graph().model;
    object!(json, {
        file: file,
        line: row.line,
        who: Quoted(&row.who),
        scenario: scenarios.slug(row.scenario),
        final: final_,
        skills: counts(skills.iter().map(|(skill, score)| (&*model.skills[*skill].id, usize::from(*score)))),
        band: band,
        pass: pass,
        mastery: mastery,
        attempt: row.attempt,
        attempts: row.attempts,
        counts: row.counts,
        verified: verified,
        moved: moved,
        now: now.map(|Said { final_, pass, band }| With(move |json: &mut Json| {
            object!(json, { final: final_, pass: pass, band: band.map(usize::from) });
        })),
        minutes: duration.and_then(CoarseDuration::minutes),
        turns: row.result.steps.len(),
        code: Quoted(&row.code),
    });
}

fn unread<S: Deref<Target = Scenario>>(json: &mut Json, unread: &UnreadCode, scenarios: &Scenarios<S>) {
    json.open(b'{');
    members!(json, { file: unread.file, line: unread.line, reason: unread.reason.name() });
    match unread.reason {
        Reason::Moved(place) | Reason::Path(place) => members!(json, { scenario: scenarios.slug(place) }),
        Reason::Borrowed { file, line } => members!(json, { of_file: file, of_line: line }),
        _ => {}
    }
    members!(json, { code: Quoted(&unread.code) });
    json.close(b'}');
}

fn group<S: Deref<Target = Scenario>>(json: &mut Json, group: &Group, scenarios: &Scenarios<S>) {
    let graph = scenarios.scenario(group.scenario).graph();
    let id = |node: u16| graph.nodes[usize::from(node)].id.as_str();
    let skill_id = |skill: usize| graph.model.skills[skill].id.as_str();
    object!(json, {
        scenario: scenarios.slug(group.scenario),
        count: group.count,
        passed: group.passed,
        finals: With(|json: &mut Json| {
            json.open(b'{');
            spread(json, &group.finals);
            json.close(b'}');
        }),
        skills: list(&group.skills, |json, (at, spread)| skill(json, skill_id(*at), spread)),
        replayed: group.replayed,
        hidden: group.hidden,
        decisions: list(&group.decisions, |json, each| {
            decision(json, each, &graph.nodes[usize::from(each.node)]);
        }),
        hardest: group.hardest().map(|at| id(group.decisions[at].node)),
        early: list(&group.early, |json, (node, skill, count)| {
            object!(json, { node: id(*node), skill: skill_id(usize::from(*skill)), count: count });
        }),
        slips: list(&group.slips, |json, (slip, count)| {
            object!(json, { slip: graph.model.slips[usize::from(*slip)].id, count: count });
        }),
        endings: list(&group.endings, |json, (node, count)| {
            object!(json, { node: id(*node), count: count });
        }),
    });
}

fn decision(json: &mut Json, stats: &DecisionStats, node: &Node) {
    let ids = node.decision.iter().flat_map(|decision| &decision.choices).map(|choice| choice.id.as_str());
    let chosen = stats.choices.iter().flat_map(|(counts, _)| counts.iter().copied());
    object!(json, { node: node.id, count: stats.count, worst: stats.worst(), choices: counts(ids.zip(chosen)) });
}

fn skill(json: &mut Json, id: &str, of: &Spread) {
    json.open(b'{');
    members!(json, { skill: id });
    spread(json, of);
    json.close(b'}');
}

/// The members of a spread, written into an open object.
fn spread(json: &mut Json, Spread { count, mean, ranks }: &Spread) {
    let [lowest, quarter, middle, three_quarters, highest] = ranks;
    members!(json, {
        count: count,
        mean_tenths: mean,
        lowest: lowest,
        quarter: quarter,
        middle: middle,
        three_quarters: three_quarters,
        highest: highest,
    });
}
