//! What every target does with its bytes: the stages that a file of a site goes through, in memory, up to what a
//! trainer would be shown. Whatever the bytes are, nothing may panic, hang or eat up the memory.

use std::path::Path;
use std::sync::LazyLock;

use amends::asset::Assets;
use amends::compile;
use amends::course::{Course, Drill, Lesson, Model, Scenario};
use amends::diag::{Diagnostics, render};
use amends::parse;
use amends::source::{FileId, SourceMap};
use amends::theme::Theme;

/// The words that texts are read with.
static THEME: LazyLock<Theme> =
    LazyLock::new(|| Theme::load(Path::new("."), "default", "en").expect("the built-in theme loads"));

const LEAA: &str = include_str!("../../content/models/leaa.yaml");

/// A file of a site, and what is reported of it.
pub struct File {
    /// Its text, and that of nothing else.
    pub sources: SourceMap,
    /// Itself.
    pub id: FileId,
    /// The faults.
    pub diags: Diagnostics,
}

impl File {
    /// Text as it would be read from the disk; `None` for what never gets as far as a parser.
    pub fn new(path: &str, bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
        let mut sources = SourceMap::default();
        let id = sources.add(path, text.to_owned());
        Some(Self { sources, id, diags: Diagnostics::default() })
    }

    /// The faults in every form that people or programs read.
    pub fn report(self) {
        let diagnostics = self.diags.sorted(&self.sources);
        let _drawn = render::human(&diagnostics, &self.sources);
        let _listed = render::json(&diagnostics, &self.sources);
    }

    /// A scenario, parsed, checked and compiled.
    pub fn scenario(&mut self) -> Option<Scenario> {
        let raw = parse::scenario::parse(self.id, self.sources.text(self.id), &mut self.diags)?;
        let models = [leaa()];
        let path = Path::new("content/scenarios/fuzz.yaml");
        let story = compile::story(&raw.story, &models, (path, &self.sources), &mut self.diags)?;
        compile::scenario(&raw, "fuzz", story, &[])
    }

    /// A lesson with its drills.
    pub fn lesson(&mut self) -> Option<Lesson> {
        let raw = parse::lesson::parse(self.id, self.sources.text(self.id), &mut self.diags)?;
        let (models, path) = ([leaa()], Path::new("content/lessons/fuzz.md"));
        let mut drills = Vec::new();
        for drill in &raw.drills {
            if let Some(story) = compile::story(&drill.story, &models, (path, &self.sources), &mut self.diags)
            {
                let channel = drill.story.channel.as_ref().map(|channel| channel.value);
                let channel = channel.unwrap_or(amends::course::Channel::InPerson);
                drills.push((drill.at, Drill { title: None, channel, story }));
            }
        }
        compile::lesson(&raw, ("fuzz".into(), None), drills, (&[], &[]), &self.sources)
    }

    /// Looks through the texts of the course that these are all of.
    pub fn texts(&mut self, lessons: Vec<Lesson>, scenarios: Vec<Scenario>) {
        let settings = compile::settings(None);
        let home = compile::home(None, &settings, &self.sources);
        let (modules, objectives, models) = (Vec::new(), Vec::new(), vec![leaa()]);
        let translations = Vec::new();
        let course = Course { settings, home, modules, lessons, scenarios, objectives, models, translations };
        let (assets, none) = (Assets::default(), std::iter::empty());
        let looked = amends::render::check(&course, &self.sources, &assets, THEME.strings(), none);
        looked.faults.into_iter().for_each(|fault| self.diags.push(fault));
    }
}

/// The model that every story falls back to.
fn leaa() -> Model {
    let (mut sources, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = sources.add("models/leaa.yaml", LEAA.to_owned());
    let raw = parse::model::parse(file, LEAA, &mut diags);
    raw.and_then(|raw| compile::model::model(compile::DEFAULT_MODEL, &raw))
        .expect("the shipped model compiles")
}
