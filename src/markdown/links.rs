//! The targets of links: the page of each source file, and the anchors on it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{heading, lesson_options, parse_events};
use crate::course::{Course, Lesson, Scenario};
use crate::path::slashed;
use crate::source::{FileId, SourceMap, Span};

/// Every source file with a page.
#[derive(Debug, Default)]
pub struct Links {
    /// By the path of the source file.
    pub(super) targets: FxHashMap<String, Target>,
    /// Files without a page because they failed to compile.
    pub(super) expected: FxHashSet<String>,
    /// The folder of the translated files, such as `content/de/`; `None` for the original course.
    translation_folder: Option<String>,
}

/// The page of a source file.
#[derive(Debug)]
pub(super) struct Target {
    /// Its path in the site: `lessons/listen/index.html`.
    pub(super) page: String,
    pub(super) anchors: Anchors,
    /// Whether only drafts can link to it.
    pub(super) draft: bool,
}

/// The anchors on a page, read when a link needs one: most links lead to a page as a whole.
#[derive(Debug)]
pub(super) struct Anchors {
    source: AnchorSource,
    /// From the anchor that authors write to the id on the page.
    known: OnceLock<BTreeMap<String, String>>,
}

/// What a page's anchors are made from.
#[derive(Debug)]
enum AnchorSource {
    /// The headings of a lesson whose text is at this place.
    Headings(Span),
    /// The ids of a scenario's nodes.
    Moments(Vec<String>),
}

impl Default for AnchorSource {
    fn default() -> Self {
        Self::Moments(Vec::new())
    }
}

impl Target {
    fn new(page: String, source: AnchorSource) -> Self {
        Self { page, anchors: Anchors { source, known: OnceLock::new() }, draft: false }
    }

    fn lesson(course: &Course, lesson: &Lesson) -> Self {
        let page = format!("{}lessons/{}/index.html", course.settings.folder(), lesson.slug);
        Self { draft: lesson.draft, ..Self::new(page, AnchorSource::Headings(lesson.body.span)) }
    }

    fn scenario(course: &Course, scenario: &Scenario) -> Self {
        let page = format!("{}scenarios/{}/index.html", course.settings.folder(), scenario.slug);
        Self { draft: scenario.draft, ..Self::new(page, moments(scenario)) }
    }
}

impl Anchors {
    /// From the anchor that authors write to the id on the page.
    pub(super) fn known(&self, sources: &SourceMap) -> &BTreeMap<String, String> {
        self.known.get_or_init(|| match &self.source {
            AnchorSource::Headings(span) => {
                let text = sources.text(span.file).get(span.start as usize..span.end as usize);
                let ids = heading::Ids::of(&parse_events(text.unwrap_or_default(), lesson_options()));
                ids.iter().map(|each| (heading::folded(&each.id), each.id.clone())).collect()
            }
            AnchorSource::Moments(ids) => ids.iter().map(|id| (id.clone(), format!("s-{id}"))).collect(),
        })
    }
}

impl Links {
    /// The pages of a course, including drafts.
    pub fn new(course: &Course, sources: &SourceMap) -> Self {
        let folder = course.settings.folder();
        let translation_folder = (!folder.is_empty()).then(|| format!("content/{folder}"));
        let mut links = Self { translation_folder, ..Self::default() };
        let intros = course.modules.iter().map(|module| &module.body).chain([&course.home.body]);
        for body in intros.filter(|body| body.span.end > 0) {
            links.add(
                sources,
                body.span.file,
                Target::new(format!("{folder}index.html"), AnchorSource::default()),
            );
        }
        let lessons = course.lessons.iter().map(|lesson| (lesson.file, Target::lesson(course, lesson)));
        let scenarios = course.scenarios.iter();
        let scenarios = scenarios.map(|scenario| (scenario.file, Target::scenario(course, scenario)));
        for (file, target) in lessons.chain(scenarios) {
            links.add(sources, file, target);
        }
        links
    }

    fn add(&mut self, sources: &SourceMap, file: FileId, target: Target) {
        self.targets.insert(slashed(sources.path(file)), target);
    }

    /// The page of a source file. In a translated course, a file and its translation have the same page.
    pub(super) fn target(&self, source: &str) -> Option<&Target> {
        self.targets.get(source).or_else(|| self.targets.get(&self.counterpart(source)?))
    }

    /// The translation of an original, or the original of a translation.
    pub(super) fn counterpart(&self, source: &str) -> Option<String> {
        let folder = self.translation_folder.as_ref()?;
        match source.strip_prefix(folder.as_str()) {
            Some(rest) => Some(format!("content/{rest}")),
            None => Some(format!("{folder}{}", source.strip_prefix("content/")?)),
        }
    }

    /// Whether a file, whose page belongs to a translated course, is an original without a translation.
    pub(super) fn is_untranslated(&self, source: &str) -> bool {
        self.translation_folder.as_ref().is_some_and(|folder| !source.starts_with(folder.as_str()))
    }

    /// Also allows links to files that have no page yet because they failed to compile.
    #[must_use]
    pub fn expecting<'p>(self, pages: impl Iterator<Item = &'p Path>) -> Self {
        Self { expected: pages.map(slashed).collect(), ..self }
    }
}

/// The anchors of a scenario: links name a node.
fn moments(scenario: &Scenario) -> AnchorSource {
    AnchorSource::Moments(scenario.story.nodes.iter().map(|node| node.id().to_owned()).collect())
}
