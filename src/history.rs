//! `content/history.lock`: every version of a scenario that was published, kept beside the content, so that a result code can be
//! replayed on the version on which it was played. Ids and rules, no prose. Text in, text out; reading and writing are done
//! elsewhere.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scenario_wasm as engine;
use scenario_wasm::code::Fingerprint;

use crate::course::{Course, Scenario};

/// Where it stands, relative to the site.
pub const PATH: &str = "content/history.lock";

const HEAD: &str = "# Written by `amends check --update-proof`; not to be edited by hand. A line for each version that was published, by name and fingerprint. Results rest on them: keep them all.\n";

/// Versions of scenarios, by the name that each had then and its fingerprint.
#[derive(Debug, Clone, Default)]
pub struct History(BTreeMap<(String, String), engine::Scenario>);

impl History {
    /// What is written in a file, and which of its lines, from 0, are not of its form.
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

    /// The same with every scenario of a course as it is now, drafts left out.
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

    /// Whether a scenario is in it as it is now.
    pub fn has(&self, scenario: &Scenario) -> bool {
        self.0.contains_key(&key(&scenario.slug, &scenario.story.engine))
    }

    /// Every version, under the name that it had then.
    pub fn versions(&self) -> impl Iterator<Item = (&str, &engine::Scenario)> {
        self.0.iter().map(|((slug, _), scenario)| (slug.as_str(), scenario))
    }

    /// As it is written.
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
