//! Turns raw files without errors into the course: names become indices, stories become words and graphs.
//!
//! The fourth stage of loading. A raw value that lacks something required becomes `None`; a diagnostic has reported it.

pub mod model;
mod story;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::check;
use crate::course::{
    Brand, Certificate, Drill, Home, Lesson, Mode, Model, Module, Objective, OnFail, Reporting, Route,
    Scenario, Settings, Speaker, Story, Taught, Text,
};
use crate::diag::Diagnostics;
use crate::diag::suggest::nearest;
use crate::parse::brand::RawBrand;
use crate::parse::config::{RawConfig, RawRoute};
use crate::parse::lesson::{RawIndex, RawLesson};
use crate::parse::objectives::RawObjective;
use crate::parse::scenario::{RawScenario, RawStory};
use crate::parse::{At, RawPortrait};
use crate::path::normal;
use crate::path::slashed;
use crate::source::{SourceMap, Span};

/// The model of a story that names none.
pub const DEFAULT_MODEL: &str = "leaa";

/// Checks a story and makes it playable; `None` if it has errors. `file` is the path of its file; included nodes are in
/// other files of `sources`.
pub fn story(
    raw: &RawStory,
    models: &[Model],
    file: &Path,
    sources: &SourceMap,
    diags: &mut Diagnostics,
) -> Option<Story> {
    let name = raw.model.as_ref().map_or(DEFAULT_MODEL, |model| &model.value);
    let known = models.iter().map(|model| model.id.as_str());
    let at = known.clone().position(|id| id == name);
    // An unknown model has been reported. The names in the story are then checked against the model with the most similar
    // name.
    let names_from = at.or_else(|| {
        let near = nearest(name, known.clone())?;
        known.clone().position(|id| id == near)
    });
    let mut found = Diagnostics::default();
    check::story(raw, names_from.map(|at| &models[at]), &mut found);
    let sound = raw.whole && !found.has_errors();
    diags.append(found);
    let at = at.filter(|_| sound)?;
    let (words, graph) = story::story(raw, models, at, file, sources)?;
    // The engine consumes the graph, so its refusal is reported with the names in this copy.
    match scenario_wasm::Scenario::new(graph.clone()) {
        Ok(engine) => Some(words.with_engine(engine)),
        Err(error) => {
            check::play::refused(&error, &graph, raw, &models[at], diags);
            None
        }
    }
}

/// Makes a path as typed in `file` relative to the content folder, with `/` between its parts.
pub fn in_content(file: &Path, typed: &str) -> String {
    let path = beside(file, typed);
    let parts: Vec<_> =
        path.strip_prefix("content").unwrap_or(&path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Makes a path as typed in `file` relative to the site.
pub fn beside(file: &Path, typed: &str) -> PathBuf {
    normal(&file.parent().unwrap_or(Path::new("")).join(typed))
}

/// A scenario with its story; `objectives` are the ids that the course has.
pub fn scenario(raw: &RawScenario, slug: &str, story: Story, objectives: &[String]) -> Option<Scenario> {
    Some(Scenario {
        language: None,
        file: raw.file,
        slug: slug.to_owned(),
        title: value(&raw.title)?,
        summary: value(&raw.summary)?,
        role: value(&raw.role)?,
        goal: value(&raw.goal)?,
        failure: value(&raw.failure)?,
        channel: raw.story.channel.as_ref()?.value,
        industry: value(&raw.industry),
        difficulty: value(&raw.difficulty),
        minutes: value(&raw.minutes),
        objectives: indices(&raw.objectives, objectives),
        aliases: raw.aliases.iter().map(|alias| alias.value.clone()).collect(),
        draft: raw.draft,
        subject: value(&raw.subject),
        handle: value(&raw.handle),
        likes: value(&raw.likes),
        comments: value(&raw.comments),
        story,
    })
}

/// A lesson's place in the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonPlace {
    /// The page's folder below `lessons/`.
    pub slug: String,
    /// The folder that it is in.
    pub module: Option<usize>,
}

/// The names that lessons can use, in course order.
#[derive(Debug, Clone, Copy)]
pub struct KnownIds<'a> {
    /// Ids of the objectives.
    pub objectives: &'a [String],
    /// Slugs of the scenarios.
    pub scenarios: &'a [String],
}

/// A lesson; `drills` are keyed by the byte at which their block starts.
pub fn lesson(
    raw: &RawLesson,
    place: LessonPlace,
    drills: BTreeMap<usize, Drill>,
    known: KnownIds<'_>,
    sources: &SourceMap,
) -> Option<Lesson> {
    let file = sources.path(raw.file);
    let speaker = |(name, raw): &(At<String>, RawPortrait)| {
        let portrait = story::portrait(file, raw);
        (name.value.clone(), Speaker { portrait, span: name.span })
    };
    Some(Lesson {
        language: None,
        file: raw.file,
        slug: place.slug,
        module: place.module,
        title: value(&raw.title)?,
        summary: value(&raw.summary).unwrap_or_default(),
        minutes: value(&raw.minutes),
        objectives: indices(&raw.objectives, known.objectives),
        teaches: raw.teaches.iter().map(taught).collect(),
        portraits: raw.portraits.iter().map(speaker).collect(),
        scenarios: indices(&raw.scenarios, known.scenarios),
        draft: raw.draft,
        aliases: raw.aliases.iter().map(|alias| alias.value.clone()).collect(),
        body: body(sources, raw.file, &raw.body),
        drills,
    })
}

fn taught((skill, heading): &(At<String>, At<String>)) -> Taught {
    Taught { skill: skill.value.clone(), heading: heading.value.clone(), span: heading.span }
}

/// The home page; without an `index.md`, title and description are those of the settings.
pub fn home(raw: Option<&RawIndex>, settings: &Settings, sources: &SourceMap) -> Home {
    let Some(raw) = raw else {
        return Home {
            language: None,
            title: settings.title.clone(),
            summary: settings.description.clone(),
            body: Text::default(),
        };
    };
    Home {
        language: None,
        title: value(&raw.title).unwrap_or_else(|| settings.title.clone()),
        summary: value(&raw.summary).unwrap_or_default(),
        body: body(sources, raw.file, &raw.body),
    }
}

/// A folder of lessons, named after the folder if it has no `index.md`.
pub fn module(raw: Option<&RawIndex>, slug: &str, sources: &SourceMap) -> Module {
    Module {
        language: None,
        slug: slug.to_owned(),
        title: raw.and_then(|raw| value(&raw.title)).unwrap_or_else(|| slug.replace('-', " ")),
        summary: raw.and_then(|raw| value(&raw.summary)).unwrap_or_default(),
        body: raw.map(|raw| body(sources, raw.file, &raw.body)).unwrap_or_default(),
    }
}

/// The settings with their defaults.
pub fn settings(raw: Option<&RawConfig>) -> Settings {
    let default = RawConfig::default();
    let raw = raw.unwrap_or(&default);
    let title = value(&raw.title).unwrap_or_default();
    let languages = languages(raw);
    Settings {
        has_id: raw.id.is_some(),
        id: value(&raw.id).unwrap_or_else(|| crate::parse::slug(&title)),
        title,
        description: value(&raw.description).unwrap_or_default(),
        language: languages[0].clone(),
        url: value(&raw.url),
        edit: value(&raw.edit),
        search: value(&raw.search).unwrap_or(true),
        theme: value(&raw.theme).unwrap_or_else(|| "default".to_owned()),
        brand: brand(&raw.brand),
        languages,
        feedback: value(&raw.feedback).unwrap_or(Mode::Practice),
        certificate: value(&raw.certificate).unwrap_or(Certificate::First),
        on_fail: value(&raw.on_fail).unwrap_or(OnFail::Failed),
        reporting: value(&raw.reporting).unwrap_or(Reporting::Minimal),
        desk: value(&raw.desk).unwrap_or(true),
        routes: Vec::new(),
    }
}

/// The routes; `lessons` and `scenarios` are the names in the course, in its order.
pub fn routes(raw: &[(At<String>, RawRoute)], lessons: &[String], scenarios: &[String]) -> Vec<Route> {
    let each = raw.iter().map(|(id, raw)| Route {
        id: id.value.clone(),
        title: value(&raw.title).unwrap_or_default(),
        summary: value(&raw.summary).unwrap_or_default(),
        lessons: indices(&raw.lessons, lessons),
        scenarios: indices(&raw.scenarios, scenarios),
    });
    each.collect()
}

/// Every language of the site, that of the originals first: `language`, else the first of `languages`, else English.
fn languages(raw: &RawConfig) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for language in raw.language.iter().chain(&raw.languages) {
        if !all.contains(&language.value) {
            all.push(language.value.clone());
        }
    }
    if all.is_empty() {
        all.push("en".to_owned());
    }
    all
}

fn brand(raw: &RawBrand) -> Brand {
    let picture = |raw: &Option<At<String>>| Some(slashed(&normal(Path::new(&raw.as_ref()?.value))));
    Brand { logo: picture(&raw.logo), preview: picture(&raw.preview), footer: value(&raw.footer) }
}

/// The objectives, in the author's order.
pub fn objectives(raw: &[RawObjective]) -> Vec<Objective> {
    let each = raw.iter().map(|raw| Objective {
        id: raw.id.value.clone(),
        says: value(&raw.says).unwrap_or_default(),
        level: value(&raw.level),
    });
    each.collect()
}

fn value<T: Clone>(at: &Option<At<T>>) -> Option<T> {
    at.as_ref().map(|at| at.value.clone())
}

/// Indices of the known names; unknown ones have been reported.
fn indices(names: &[At<String>], known: &[String]) -> Vec<usize> {
    names.iter().filter_map(|name| known.iter().position(|known| *known == name.value)).collect()
}

fn body(sources: &SourceMap, file: crate::source::FileId, range: &Range<usize>) -> Text {
    let markdown = sources.excerpt(file, range.clone());
    Text { markdown, span: Span::new(file, range.start, range.end) }
}
