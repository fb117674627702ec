//! The course in one further language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::NAMED;
use crate::course::{Course, Drill, Home, Lesson, Model, Module, Scenario, Text};
use crate::diag::suggest::first_of;
use crate::diag::{Code, Diagnostics};
use crate::files::Files;
use crate::load::read;
use crate::parse::At;
use crate::parse::lesson::{RawTranslation, parse_translation};
use crate::parse::yaml;
use crate::source::{FileId, SourceMap, Span};
use crate::translate::words::Words;
use crate::translate::{self, Visitor};

/// A course being translated into one language.
pub(super) struct Translation<'a> {
    pub(super) files: &'a Files,
    pub(super) language: &'a str,
    pub(super) found: &'a [PathBuf],
    pub(super) sources: &'a mut SourceMap,
    pub(super) diags: &'a mut Diagnostics,
    pub(super) used: &'a mut BTreeSet<PathBuf>,
    /// Originals without a translation.
    pub(super) missing: Vec<String>,
}

impl Translation<'_> {
    /// The whole course, with everything that is translated completely.
    pub(super) fn course(&mut self, original: &Course) -> Course {
        let mut course = original.clone();
        course.settings.language = self.language.to_owned();
        for model in &mut course.models {
            let played = original.uses(&model.id);
            self.model(model, played);
        }
        self.objectives(&mut course);
        self.home(&mut course.home);
        self.settings(&mut course);
        for module in &mut course.modules {
            self.module(module);
        }
        for lesson in &mut course.lessons {
            self.lesson(Arc::make_mut(lesson));
        }
        for scenario in &mut course.scenarios {
            self.scenario(Arc::make_mut(scenario));
        }
        course
    }

    /// The translation of the file at the path of an original, if there is one.
    fn file(&mut self, original: &Path) -> Option<FileId> {
        let rest = original.strip_prefix("content").unwrap_or(original);
        let path = Path::new("content").join(self.language).join(rest);
        if !self.found.contains(&path) {
            return None;
        }
        self.used.insert(path.clone());
        read(self.files, &path, self.sources, self.diags)
    }

    /// The same, but reports a missing one, together with all others.
    fn expected(&mut self, original: &Path) -> Option<FileId> {
        let file = self.file(original);
        if file.is_none() {
            self.missing.push(crate::path::slashed(original));
        }
        file
    }

    /// A copy of an item with the words of a file, if the file has all of them.
    fn worded<T: Clone>(&mut self, thing: &T, file: FileId, see: fn(&mut T, &mut Visitor<'_>)) -> Option<T> {
        let text = self.sources.text(file);
        let value = yaml::parse_file(file, text, self.diags)?;
        let words = Words::of(&value, self.diags);
        let mut own = thing.clone();
        let now = translate::stamp(|each| see(&mut own.clone(), each));
        self.stale(file, words.source.as_ref(), &now);
        let missing = words.apply(|each| see(&mut own, each), self.diags);
        self.whole(file, &missing).then_some(own)
    }

    fn stale(&mut self, file: FileId, kept: Option<&At<String>>, now: &str) {
        let (span, says) = match kept {
            Some(kept) if kept.value == now => return,
            Some(kept) => (kept.span, "the original has changed since this was translated"),
            None => (Span::new(file, 0, 0), "the version of the original that this translates is not stated"),
        };
        let path = self.sources.path(file).display().to_string();
        let help = format!(
            "compare the two, then run `amends translate {} {path} --done`, which writes `source: {now}`",
            self.language
        );
        self.diags.lint(Code::StaleTranslation, span, says, help);
    }

    /// Whether nothing is missing; reports it otherwise.
    fn whole(&mut self, file: FileId, missing: &[String]) -> bool {
        if !missing.is_empty() {
            let verb = if missing.len() == 1 { "has" } else { "have" };
            let says = format!("{} {verb} no translation here", first_of(missing, NAMED));
            let help = "until nothing is missing, the page is in the language of the original";
            self.diags.warning(Code::MissingTranslation, Span::new(file, 0, 0), says, help);
        }
        missing.is_empty()
    }

    fn settings(&mut self, course: &mut Course) {
        let Some(file) = self.expected(Path::new("site.yaml")) else { return };
        let Some(own) = self.worded(&course.settings, file, translate::settings) else { return };
        // Without its own home page, a site is introduced by its settings.
        if course.home.body.span == Span::default() {
            course.home.title.clone_from(&own.title);
        }
        course.settings = own;
    }

    fn model(&mut self, model: &mut Model, played: bool) {
        let path = PathBuf::from(format!("content/models/{}.yaml", model.id));
        let own = self.file(&path);
        let built_in = || {
            let (_, text) =
                translate::BUILT_IN_MODELS.iter().find(|(language, _)| *language == self.language)?;
            (model.id == crate::compile::DEFAULT_MODEL).then_some(*text)
        };
        let file = match (own, built_in()) {
            (Some(file), _) => Some(file),
            (None, Some(text)) => {
                let source = translate::stamp(|see| translate::model(&mut model.clone(), see));
                // If the site has its own version of the model, this is not its translation.
                let file = self.sources.add(format!("models/{}/leaa.yaml", self.language), text.to_owned());
                text.contains(&format!("source: {source}\n")).then_some(file)
            }
            (None, None) => None,
        };
        let Some(file) = file else {
            if played {
                self.missing.push(crate::path::slashed(&path));
            }
            return;
        };
        if let Some(own) = self.worded(model, file, translate::model) {
            *model = own;
        }
    }

    fn objectives(&mut self, course: &mut Course) {
        if course.objectives.is_empty() {
            return;
        }
        let Some(file) = self.expected(Path::new("content/objectives.yaml")) else { return };
        let put = self.worded(&course.objectives, file, |objectives, see| {
            for objective in objectives {
                see(&format!("{}.says", objective.id), false, translate::Word::Line(&mut objective.says));
            }
        });
        course.objectives = put.unwrap_or_else(|| course.objectives.clone());
    }

    /// A page in Markdown: its front matter and its text.
    fn page(
        &mut self,
        file: FileId,
        (title, summary, body): (&str, &str, &str),
        begun: &str,
    ) -> Option<RawTranslation> {
        let raw = parse_translation(file, self.sources.text(file), self.diags)?;
        self.stale(file, raw.source.as_ref(), &translate::page_stamp(title, summary, body));
        let lacks = [("title", title, &raw.title), ("summary", summary, &raw.summary)].into_iter();
        let lacks = lacks.filter(|(_, original, own)| !original.is_empty() && own.is_none());
        let mut missing: Vec<String> = lacks.map(|(name, ..)| name.to_owned()).collect();
        let own = self.sources.text(file)[raw.body.clone()].trim();
        if own.is_empty() && !body.trim().is_empty()
            || own == begun.trim() && begun.contains(char::is_alphabetic)
        {
            missing.push("the text".to_owned());
        }
        self.whole(file, &missing).then_some(raw)
    }

    fn text(&self, raw: &RawTranslation) -> Text {
        let markdown = self.sources.text(raw.file)[raw.body.clone()].to_owned();
        Text { markdown: markdown.into(), span: Span::new(raw.file, raw.body.start, raw.body.end) }
    }

    fn home(&mut self, home: &mut Home) {
        if home.body.span == Span::default() && home.body.markdown.is_empty() {
            return;
        }
        let Some(file) = self.expected(Path::new("content/index.md")) else { return };
        let Home { title, summary, body, language, .. } = home;
        self.introduction(file, title, summary, body, language);
    }

    fn module(&mut self, module: &mut Module) {
        if module.body.span == Span::default() {
            return;
        }
        let original = self.sources.path(module.body.span.file).to_path_buf();
        let Some(file) = self.expected(&original) else { return };
        let Module { title, summary, body, language, .. } = module;
        self.introduction(file, title, summary, body, language);
    }

    /// The texts of a page without drills.
    fn introduction(
        &mut self,
        file: FileId,
        title: &mut String,
        summary: &mut String,
        body: &mut Text,
        language: &mut Option<String>,
    ) {
        let begun = translate::page_skeleton(&body.markdown, &BTreeMap::new(), 0);
        let Some(raw) = self.page(file, (title, summary, &body.markdown), &begun) else { return };
        *body = self.text(&raw);
        *language = Some(self.language.to_owned());
        *summary = raw.summary.map(|at| at.value).unwrap_or_default();
        *title = raw.title.map(|at| at.value).unwrap_or_default();
    }

    fn lesson(&mut self, lesson: &mut Lesson) {
        let original = self.sources.path(lesson.file).to_path_buf();
        let Some(file) = self.expected(&original) else { return };
        let (title, summary, body) = (&lesson.title, &lesson.summary, &lesson.body);
        let begun = translate::page_skeleton(&body.markdown, &lesson.drills, body.span.start as usize);
        let Some(raw) = self.page(file, (title, summary, &body.markdown), &begun) else { return };
        let Some(drills) = self.drills(lesson, &raw) else { return };
        lesson.body = self.text(&raw);
        lesson.drills = drills;
        lesson.file = file;
        lesson.language = Some(self.language.to_owned());
        lesson.summary = raw.summary.map(|at| at.value).unwrap_or_default();
        lesson.title = raw.title.map(|at| at.value).unwrap_or_default();
    }

    /// The drills of the original, in order, with the words from the translation's blocks.
    fn drills(&mut self, lesson: &Lesson, raw: &RawTranslation) -> Option<BTreeMap<usize, Drill>> {
        if raw.drills.len() != lesson.drills.len() {
            let says = format!(
                "the original has {} drills, and this translation {}",
                lesson.drills.len(),
                raw.drills.len()
            );
            let help = "each drill is a block of its own, in the same order, with only its words";
            self.diags.error(Code::BadValue, Span::new(raw.file, 0, 0), says, help);
            return None;
        }
        let mut drills = BTreeMap::new();
        for (drill, (at, value)) in lesson.drills.values().zip(&raw.drills) {
            let mut own = drill.clone();
            let words = Words::of(value, self.diags);
            let missing = words.apply(|see| translate::drill(&mut own, see), self.diags);
            if !self.whole(raw.file, &missing) {
                return None;
            }
            drills.insert(*at, own);
        }
        Some(drills)
    }

    fn scenario(&mut self, scenario: &mut Scenario) {
        let original = self.sources.path(scenario.file).to_path_buf();
        let Some(file) = self.expected(&original) else { return };
        if let Some(own) = self.worded(scenario, file, translate::scenario) {
            *scenario = Scenario { file, language: Some(self.language.to_owned()), ..own };
        }
    }
}
