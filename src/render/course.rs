//! The course as lists: lessons by module, scenarios, and what links to what. Every URL is relative to a page.

use super::Purpose;
use super::page::{Home, LessonLink, ModuleList, ScenarioLink, SkillTag};
use crate::course::{Channel, Course, Failure, Model};
use crate::markdown::{Writer, relative};

/// The part of a course that a build shows.
pub(super) struct Scope<'a> {
    pub(super) course: &'a Course,
    /// Indices of the lessons that have pages, in course order.
    pub(super) lessons: Vec<usize>,
}

/// How many hues a theme has for skills.
const HUES: usize = 8;

impl<'a> Scope<'a> {
    pub(super) fn new(course: &'a Course, purpose: Purpose) -> Self {
        let lessons = course.lessons.iter().enumerate();
        let shown = lessons.filter(|(_, lesson)| purpose == Purpose::Serve || !lesson.draft);
        Self { course, lessons: shown.map(|(at, _)| at).collect() }
    }

    /// Lesson `at`, linked to from a page in `folder`. It must have a page.
    pub(super) fn lesson_link(&self, folder: &str, at: usize) -> LessonLink {
        let lesson = &self.course.lessons[at];
        LessonLink {
            slug: lesson.slug.clone(),
            url: relative(folder, &format!("lessons/{}/index.html", lesson.slug)),
            number: self.number(at),
            title: lesson.title.clone(),
            summary: lesson.summary.clone(),
            minutes: lesson.minutes,
        }
    }

    /// The lesson's place in the course, from 1.
    pub(super) fn number(&self, at: usize) -> usize {
        self.lessons.iter().take_while(|&&lesson| lesson != at).count() + 1
    }

    /// Scenario `at`, linked to from a page in `folder`.
    pub(super) fn scenario_link(&self, folder: &str, at: usize) -> ScenarioLink {
        let scenario = &self.course.scenarios[at];
        ScenarioLink {
            slug: scenario.slug.clone(),
            url: relative(folder, &format!("scenarios/{}/index.html", scenario.slug)),
            title: scenario.title.clone(),
            summary: scenario.summary.clone(),
            failure: failure(scenario.failure).to_owned(),
            channel: channel(scenario.channel).to_owned(),
            difficulty: scenario.difficulty,
            minutes: scenario.minutes,
        }
    }

    /// The lessons by module, each module where its first lesson stands.
    pub(super) fn modules(&self, folder: &str) -> Vec<ModuleList> {
        let mut lists: Vec<(Option<usize>, ModuleList)> = Vec::new();
        for &at in &self.lessons {
            let module = self.course.lessons[at].module;
            let known = lists.iter().position(|(other, _)| *other == module);
            let list = known.unwrap_or_else(|| {
                lists.push((module, self.module(module)));
                lists.len() - 1
            });
            lists[list].1.lessons.push(self.lesson_link(folder, at));
        }
        lists.into_iter().map(|(_, list)| list).collect()
    }

    fn module(&self, module: Option<usize>) -> ModuleList {
        let module = module.map(|at| &self.course.modules[at]);
        ModuleList {
            title: module.map(|module| module.title.clone()).unwrap_or_default(),
            summary: module.map(|module| module.summary.clone()).unwrap_or_default(),
            body_html: String::new(),
            lessons: Vec::new(),
        }
    }

    /// The home page, where modules are introduced in full.
    pub(super) fn home(&self, writer: &mut Writer<'_>) -> Home {
        let home = &self.course.home;
        let mut modules = self.modules("");
        for module in &self.course.modules {
            let html = writer.html(&module.body);
            if let Some(list) = modules.iter_mut().find(|list| list.title == module.title) {
                list.body_html = html;
            }
        }
        Home {
            title: home.title.clone(),
            summary: home.summary.clone(),
            body_html: writer.html(&home.body),
            modules,
            scenarios: (0..self.course.scenarios.len()).map(|at| self.scenario_link("", at)).collect(),
        }
    }

    /// The sentences of some objectives.
    pub(super) fn objectives(&self, objectives: &[usize]) -> Vec<String> {
        objectives.iter().map(|&at| self.course.objectives[at].says.clone()).collect()
    }

    /// The skills that a dialogue can show: those of the model that a course starts with.
    pub(super) fn dialogue_skills(&self) -> Vec<SkillTag> {
        let models = &self.course.models;
        let model = models.iter().find(|model| model.id == "leaa").or(models.first());
        model.map(tags).unwrap_or_default()
    }
}

/// Every skill of a model as a tag.
pub(super) fn tags(model: &Model) -> Vec<SkillTag> {
    let skills = model.skills.iter().enumerate();
    skills
        .map(|(at, skill)| SkillTag { id: skill.id.clone(), name: skill.name.clone(), hue: hue(at) })
        .collect()
}

/// The hue of the skill at a place of its model.
pub(super) fn hue(at: usize) -> usize {
    at % HUES + 1
}

/// The key of `strings.failure`.
pub(super) fn failure(failure: Failure) -> &'static str {
    match failure {
        Failure::Unavailable => "unavailable",
        Failure::Late => "late",
        Failure::Incorrect => "incorrect",
        Failure::Uncaring => "uncaring",
    }
}

/// The key of `strings.channel`.
pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Email => "email",
        Channel::Chat => "chat",
        Channel::Social => "social",
        Channel::InPerson => "in_person",
    }
}
