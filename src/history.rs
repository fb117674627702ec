//! `content/history.lock`: every published version of a scenario, so that a result code can be replayed on the version on
//! which it was played. Contains ids and rules, no prose. This module only converts from and to text; the file is read and
//! written elsewhere.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scenario_wasm as engine;
use scenario_wasm::code::Fingerprint;

use crate::course::{Course, Scenario};

/// Its path, relative to the site.
pub const PATH: &str = "content/history.lock";

const HEAD: &str = "# Written by `amends check --update-proof`; not to be edited by hand. A line for each version that was published, by name and fingerprint. Results rest on them: keep them all.\n";

/// Versions of scenarios, by their names at the time and their fingerprints.
#[derive(Debug, Clone, Default)]
pub struct History(BTreeMap<(String, String), engine::Scenario>);

impl History {
    /// Reads a file. Also returns the lines, from 0, that are invalid.
    pub fn read(text: &str) -> (Self, Vec<usize>) {
        let (mut history, mut unread) = (Self::default(), Vec::new());
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().map(str::trim_end).enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            match version(line) {
                Some((slug, scenario)) => history.add(slug, &scenario),
                None => unread.push(at),
            }
        }
        (history, unread)
    }

    /// The same with the current version of every scenario in a course, except for drafts.
    #[must_use]
    pub fn with(mut self, course: &Course) -> Self {
        for scenario in course.scenarios.iter().filter(|scenario| !scenario.draft) {
            self.add(&scenario.slug, &scenario.story.engine);
        }
        self
    }

    fn add(&mut self, slug: &str, scenario: &engine::Scenario) {
        self.0.entry(key(slug, scenario)).or_insert_with(|| scenario.clone());
    }

    /// Whether it contains the current version of a scenario.
    pub fn has(&self, scenario: &Scenario) -> bool {
        self.0.contains_key(&key(&scenario.slug, &scenario.story.engine))
    }

    /// Every version, under its name at the time.
    pub fn versions(&self) -> impl Iterator<Item = (&str, &engine::Scenario)> {
        self.0.iter().map(|((slug, _), scenario)| (slug.as_str(), scenario))
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let lines = self.0.iter().map(|((slug, print), scenario)| {
            format!("{slug} {print} {}\n", STANDARD.encode(scenario.to_bytes()))
        });
        [HEAD.to_owned()].into_iter().chain(lines).collect()
    }
}

fn key(slug: &str, scenario: &engine::Scenario) -> (String, String) {
    (slug.to_owned(), Fingerprint::of(scenario).to_string())
}

/// The version on a line.
fn version(line: &str) -> Option<(&str, engine::Scenario)> {
    let mut words = line.split(' ');
    let (slug, print, rules) = (words.next()?, words.next()?, words.next()?);
    let scenario = engine::Scenario::from_bytes(&STANDARD.decode(rules).ok()?).ok()?;
    (words.next().is_none() && Fingerprint::of(&scenario).to_string() == print).then_some((slug, scenario))
}
