//! Results without a server: turns the codes that trainees send into a class report.
//!
//! The engine reads codes and counts (`scenario_wasm::class`), for the terminal and the desk alike; this room adds the
//! course's words, and the formats of `amends results`.

mod filtered;
mod human;
mod intake;
pub mod people;
mod reading;
mod report;
mod sessions;
mod table;
mod tables;
mod turns;
#[cfg(feature = "tables")]
mod workbook;

use std::borrow::Cow;
use std::sync::Arc;

use scenario_wasm::class::{Reason, Row, Rule, Scenarios, UnreadCode};
use scenario_wasm::code::unescaped;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::check::ClassPlays;
use crate::course::{Certificate, Model, Scenario, Settings};
use crate::history::History;
use crate::load::Loaded;

use filtered::unfiltered;
pub use intake::{text, texts};
pub use reading::Reading;
pub use report::{Report, UnreadLine, troubles};
pub(crate) use report::{first_words, opening};
pub use sessions::Sessions;
pub use table::Table;
pub use tables::turns;
pub use turns::{PlayInWords, Turn};
#[cfg(feature = "tables")]
pub use workbook::Book;

/// What it takes to read codes: the scenarios of a course, and its settings.
#[derive(Debug)]
pub struct Library {
    /// Of the course.
    pub settings: Settings,
    /// The sound ones, each with its model.
    pub scenarios: Vec<(Arc<Scenario>, Model)>,
    /// Its lessons.
    pub lessons: Vec<Opener>,
    /// The published versions.
    pub history: History,
}

/// A lesson and the scenarios that it leads to.
#[derive(Debug, Clone)]
pub struct Opener {
    /// The page's heading.
    pub title: String,
    /// By slug.
    pub scenarios: Vec<String>,
}

/// A text with codes.
#[derive(Debug)]
pub struct Text {
    /// Its source.
    pub name: String,
    /// Any text.
    pub text: String,
}

/// The names of these texts.
pub fn names(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.name.as_str()).collect()
}

impl Library {
    /// The library of a site. A scenario that is not sound has no codes.
    pub fn of(loaded: &Loaded) -> Self {
        let course = &loaded.course;
        let own = |scenario: &&Arc<Scenario>| loaded.playable(loaded.sources.path(scenario.file)).is_some();
        let scenarios = course.scenarios.iter().filter(own);
        let scenarios =
            scenarios.map(|scenario| (Arc::clone(scenario), course.models[scenario.story.model].clone()));
        let lessons = course.lessons.iter().filter(|lesson| !lesson.draft).map(|lesson| Opener {
            title: lesson.title.clone(),
            scenarios: lesson.scenarios.iter().map(|&at| course.scenarios[at].slug.clone()).collect(),
        });
        Self {
            scenarios: scenarios.collect(),
            lessons: lessons.collect(),
            history: loaded.history.clone(),
            settings: course.settings.clone(),
        }
    }

    /// The scenarios under the names that codes carry.
    pub fn code_scenarios(&self) -> Scenarios<&scenario_wasm::Scenario> {
        let mut scenarios = Scenarios::new(self.settings.reporting);
        for (scenario, _) in &self.scenarios {
            let aliases = scenario.aliases.iter().map(String::as_str);
            scenarios.add(&self.settings.id, &scenario.slug, aliases, &scenario.story.engine);
        }
        for (slug, version) in self.history.versions() {
            scenarios.add_before(&self.settings.id, slug, version);
        }
        scenarios
    }

    /// Which attempt counts.
    pub fn rule(&self) -> Rule {
        match self.settings.certificate {
            Certificate::First => Rule::First,
            Certificate::Best => Rule::Best,
        }
    }

    /// What the class played, for `check`.
    pub fn plays(&self, reading: &mut Reading<'_>) -> ClassPlays {
        let scenarios = self.code_scenarios();
        let mut plays = ClassPlays::default();
        let names = reading.names;
        reading.each(|Row { scenario, result, attempt, file, line, .. }| {
            let played = plays.entry(scenarios.slug(*scenario).to_owned()).or_default();
            let has_choices = !result.steps.is_empty();
            if has_choices && !result.moved && *attempt == 1 {
                played
                    .first_tries
                    .push(result.steps.iter().map(|(node, choice, _)| (*node, *choice)).collect());
            }
            let place = || format!("{}:{line}", names[*file]);
            // Codes that carry choices also carry the time.
            if result.moved && !has_choices && result.duration.is_some() {
                played.lost.push(place());
            }
            if let Some(now) = result.now.filter(|now| (now.final_, now.pass) != (result.final_, result.pass))
            {
                played.rescored.push(format!("{} from {} to {}", place(), result.final_, now.final_));
            }
        });
        for unread in &reading.class.unread {
            if let Reason::Moved(scenario) = unread.reason {
                let place = format!("{}:{}", names[unread.file], unread.line);
                plays.entry(scenarios.slug(scenario).to_owned()).or_default().lost.push(place);
            }
        }
        plays
    }
}

/// Passes on every code in a text, whatever happened to its names on the way.
fn read(
    scenarios: &Scenarios<&scenario_wasm::Scenario>,
    file: usize,
    text: &str,
    code: impl FnMut(Result<Row, UnreadCode>),
) {
    let text = unfiltered(text);
    let plain = unescaped(&text);
    if plain.is_ascii() {
        return scenarios.read(file, &plain, &[]).for_each(code);
    }
    // Nearly every text is composed already, and a class of a million should not be copied.
    let composed = if is_nfc(&plain) { Cow::Borrowed(&*plain) } else { Cow::Owned(plain.nfc().collect()) };
    let decomposed: String = plain.nfd().collect();
    scenarios.read(file, &composed, &[&plain, &decomposed]).for_each(code);
}
