//! What a launch page knows about its part of a package, and the proof that the state stored for a trainee fits into the
//! limit of the platform. The format of the state, from which the lengths here follow, is in `scenario-wasm/page/state.ts`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::{Error, Standard};
use crate::course::{Course, Node, Scenario};
use crate::fingerprint::digest;

/// The number of finished plays that are stored for a scenario: the one that counts, the best and the last. All other
/// lengths are in characters.
const FINISHED: usize = 3;
/// The flags, tries, seed and minute of a play, and its separator.
const PLAY: usize = 1 + 1 + 6 + 5 + 1;
/// The final and the seconds of a finished play.
const RESULT: usize = 2 + 3;
/// The version, the rank and the score, and their separator from the rest.
const HEAD: usize = 1 + 1 + 2 + 1;
/// The short name of a scenario.
const KEY: usize = 4;
/// The short name of a scenario's table of choices.
const TABLE: usize = 3;
/// The short name of a lesson.
const LESSON: usize = 3;

/// The session of a part, as its launch page reads it.
#[derive(Serialize)]
pub(super) struct Session<'a> {
    standard: &'static str,
    iri: String,
    start: String,
    certificate: &'static str,
    on_fail: &'static str,
    reporting: &'static str,
    pub(super) scenarios: Vec<PackagedScenario<'a>>,
    /// Slugs, with their short names in the state.
    lessons: Vec<(&'a str, String)>,
}

/// A scenario in a part.
#[derive(Serialize)]
pub(super) struct PackagedScenario<'a> {
    slug: &'a str,
    key: String,
    table: String,
    choices: Vec<&'a str>,
    pub(super) model: &'a str,
    mark: u8,
    /// The ids of the skills that count.
    pub(super) skills: Vec<&'a str>,
    /// The most choices in a play.
    #[serde(skip)]
    longest: usize,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        course: &'a Course,
        standard: Standard,
        start: String,
        scenarios: Vec<&'a Scenario>,
        lessons: Vec<&'a str>,
    ) -> Self {
        let settings = &course.settings;
        Self {
            standard: standard.name(),
            iri: iri(course),
            start,
            certificate: settings.certificate.name(),
            on_fail: settings.on_fail.name(),
            reporting: settings.reporting.name(),
            scenarios: scenarios
                .into_iter()
                .map(|scenario| PackagedScenario::new(course, scenario))
                .collect(),
            lessons: lessons.into_iter().map(|slug| (slug, short_key(slug, LESSON))).collect(),
        }
    }

    /// As JSON for a script element.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("a table of texts is JSON").replace('<', "\\u003c")
    }

    /// Every objective, by its id, in order of first appearance.
    pub(super) fn objectives(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for scenario in &self.scenarios {
            for skill in &scenario.skills {
                let id = format!("{}-{skill}", scenario.model);
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        all
    }

    /// Proves that the state stored for a trainee fits into `room` characters, whatever is played.
    pub(super) fn fits(&self, room: usize) -> Result<(), Error> {
        let longest = self.scenarios.iter().max_by_key(|scenario| scenario.max_state_length());
        let all = HEAD
            + LESSON * self.lessons.len()
            + self.scenarios.iter().map(PackagedScenario::max_state_length).sum::<usize>();
        match longest {
            _ if all <= room => Ok(()),
            Some(longest) => Err(Error::TooLong {
                slug: longest.slug.to_owned(),
                takes: longest.max_state_length(),
                all,
                room,
            }),
            None => Err(Error::TooLong { slug: "lessons".to_owned(), takes: all - HEAD, all, room }),
        }
    }
}

impl<'a> PackagedScenario<'a> {
    fn new(course: &'a Course, scenario: &'a Scenario) -> Self {
        let story = &scenario.story;
        let model = &course.models[story.model];
        let mut choices: Vec<&str> = Vec::new();
        for node in &story.nodes {
            let Node::Decision(decision) = node else { continue };
            for choice in &decision.choices {
                if !choices.contains(&choice.id.as_str()) {
                    choices.push(&choice.id);
                }
            }
        }
        // A skill that the flawless play never tests has no score.
        let counted = model.skills.iter().zip(story.engine.par()).filter(|(_, par)| **par > 0);
        Self {
            slug: &scenario.slug,
            key: short_key(&scenario.slug, KEY),
            table: short_key(&choices.join(","), TABLE),
            longest: longest(&story.nodes, story.start, &mut vec![None; story.nodes.len()]),
            choices,
            model: &model.id,
            mark: model.rules.pass.score,
            skills: counted.map(|(skill, _)| skill.id.as_str()).collect(),
        }
    }

    /// The most characters that its plays take in a state.
    fn max_state_length(&self) -> usize {
        let run = self.longest * if self.choices.len() > 64 { 2 } else { 1 };
        let finished = PLAY + RESULT + 2 * self.skills.len() + run;
        1 + KEY + TABLE + FINISHED * finished + PLAY + run
    }
}

/// The most decisions on a way from a node to an ending, as if all choices were open. Ends because a story never returns to
/// a node. `known` keeps the results by node.
fn longest(nodes: &[Node], at: usize, known: &mut Vec<Option<usize>>) -> usize {
    if let Some(known) = known[at] {
        return known;
    }
    let Node::Decision(decision) = &nodes[at] else { return 0 };
    let ways = decision.choices.iter().flat_map(|choice| &choice.then);
    let onward = ways.map(|way| longest(nodes, way.to, known)).max().unwrap_or_default();
    *known[at].insert(onward + 1)
}

/// A short name of `count` characters, derived from a long one.
fn short_key(name: &str, count: usize) -> String {
    let mut text = URL_SAFE_NO_PAD.encode(digest(name.as_bytes()));
    text.truncate(count);
    text
}

/// The IRI of the course in statements. It is made from the course's id, so it does not depend on an address.
pub(super) fn iri(course: &Course) -> String {
    format!("urn:x-amends:{}", course.settings.id)
}
