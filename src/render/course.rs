//! The course as lists: lessons by module, scenarios, and the links between them. Every URL is relative to a page.

use std::cmp::Reverse;

use scenario_wasm::Mood;

use super::Purpose;
use super::catalog::routes;
use super::page::{Home, LessonLink, ModuleList, Neighbor, Record, RecordSkill, ScenarioLink};
use super::portrait::Portraits;
use super::story::taste;
use crate::address::relative;
use crate::compile::DEFAULT_MODEL;
use crate::course::{Course, Model, Scenario, Story};
use crate::markdown::{SkillTag, Writer};

/// With more lessons than this, the home page folds its modules.
const MAX_UNFOLDED_LESSONS: usize = 60;

/// With more than twice as many scenarios, the home page shows only this many at first.
const SHOWN_SCENARIOS: usize = 12;

/// The part of a course, in one language, that a build shows.
pub(super) struct Scope<'a> {
    pub(super) course: &'a Course,
    /// The course that this one was translated from; the same course if it is the original.
    pub(super) original: &'a Course,
    /// The folder of its pages: empty, or ending in a slash.
    pub(super) folder: String,
    /// Indices of the lessons that have pages, in course order.
    pub(super) lessons: Vec<usize>,
    /// Indices of the scenarios that have pages, the easier ones first.
    pub(super) scenarios: Vec<usize>,
    /// Whether it is part of a package.
    pub(super) packaged: bool,
    /// Whether each scenario is self-contained, and the build has no other pages.
    pub(super) standalone: bool,
    /// By lesson of the course: its position in `lessons`, from 1; 0 for one without a page.
    numbers: Vec<usize>,
    /// Whether there is a page with all lessons.
    pub(super) print: bool,
    /// Whether the site has a search, which it lacks under `serve`.
    pub(super) search: bool,
    /// The URL of the site, ending in a slash; `None` under `serve`.
    pub(super) base: Option<String>,
    /// By scenario of the course: the lessons in `lessons` that lead to it, in course order.
    pub(super) lessons_by_scenario: Vec<Vec<usize>>,
    /// The files of portraits; empty until the site sets them.
    pub(super) portraits: Portraits,
    /// The models that score the scenarios, LEAA first: dialogues can show their skills.
    pub(super) models: Vec<usize>,
}

/// A course with more lessons than this has no page to print: it is a library, which nobody prints as a whole.
const MAX_PRINTED_LESSONS: usize = 300;

/// The number of hues that a theme has for skills.
const HUES: usize = 8;

impl<'a> Scope<'a> {
    /// What a build for this purpose shows of `course`, which was translated from `original` or is the original itself.
    pub(super) fn of(original: &'a Course, course: &'a Course, purpose: Purpose) -> Self {
        let lessons = course.lessons.iter().enumerate();
        let shown = lessons.filter(|(_, lesson)| purpose == Purpose::Serve || !lesson.draft);
        let lessons: Vec<usize> = shown.map(|(at, _)| at).collect();
        let scenarios = course.scenarios.iter().enumerate();
        let shown = scenarios.filter(|(_, scenario)| purpose == Purpose::Serve || !scenario.draft);
        let scenarios = shown.map(|(at, _)| at).collect();
        let mut numbers = vec![0; course.lessons.len()];
        let mut lessons_by_scenario = vec![Vec::new(); course.scenarios.len()];
        for (at, &lesson) in lessons.iter().enumerate() {
            numbers[lesson] = at + 1;
            for &scenario in &course.lessons[lesson].scenarios {
                if lessons_by_scenario[scenario].last() != Some(&lesson) {
                    lessons_by_scenario[scenario].push(lesson);
                }
            }
        }
        let whole = purpose.is_published() && !purpose.is_standalone();
        let print = whole && (1..=MAX_PRINTED_LESSONS).contains(&lessons.len());
        let search = whole && course.settings.search;
        let url = original.settings.url.as_ref().filter(|_| purpose == Purpose::Publish);
        let base = url.map(|url| format!("{}/", url.trim_end_matches('/')));
        let folder = course.settings.folder();
        let is_other = |&model: &usize| course.models[model].id != DEFAULT_MODEL;
        let mut models: Vec<usize> = course.scenarios.iter().map(|scenario| scenario.story.model).collect();
        if models.is_empty() {
            models.extend(0..course.models.len());
        }
        models.sort_by_key(|model| (is_other(model), *model));
        models.dedup();
        let portraits = Portraits::default();
        Self {
            course,
            original,
            folder,
            lessons,
            scenarios,
            packaged: matches!(purpose, Purpose::Package { .. }),
            standalone: purpose.is_standalone(),
            numbers,
            lessons_by_scenario,
            print,
            search,
            base,
            portraits,
            models,
        }
    }

    /// Lesson `at`, as a link from a page in `folder`. It must have a page.
    pub(super) fn lesson_link(&self, folder: &str, at: usize) -> LessonLink {
        let lesson = &self.course.lessons[at];
        LessonLink {
            slug: lesson.slug.clone(),
            url: self.lesson_url(folder, &lesson.slug),
            number: self.number(at),
            lang: self.lang(lesson.language.as_ref()),
            title: lesson.title.clone(),
            summary: lesson.summary.clone(),
            minutes: lesson.minutes,
        }
    }

    /// Lesson `at` as the previous or next one, linked from a page in `folder`.
    pub(super) fn neighbor(&self, folder: &str, at: usize) -> Neighbor {
        let lesson = &self.course.lessons[at];
        Neighbor {
            url: self.lesson_url(folder, &lesson.slug),
            lang: self.lang(lesson.language.as_ref()),
            title: lesson.title.clone(),
        }
    }

    fn lesson_url(&self, folder: &str, slug: &str) -> String {
        relative(folder, &[&self.folder, "lessons/", slug, "/index.html"].concat())
    }

    /// The lesson's position in the course, from 1.
    pub(super) fn number(&self, at: usize) -> usize {
        self.numbers[at]
    }

    /// Scenario `at`, as a link from a page in `folder`.
    pub(super) fn scenario_link(&self, folder: &str, at: usize) -> ScenarioLink {
        let scenario = &self.course.scenarios[at];
        let portrait = scenario.story.customer.portrait.as_ref();
        ScenarioLink {
            slug: scenario.slug.clone(),
            url: relative(folder, &format!("{}scenarios/{}/index.html", self.folder, scenario.slug)),
            lang: self.lang(scenario.language.as_ref()),
            title: scenario.title.clone(),
            summary: scenario.summary.clone(),
            failure: scenario.failure.clone(),
            failure_name: self.failure_name(scenario),
            channel: scenario.channel.name().to_owned(),
            difficulty: scenario.difficulty,
            minutes: scenario.minutes,
            customer: scenario.story.customer.name.clone(),
            portrait: portrait.and_then(|portrait| self.portraits.on_page_in(folder, portrait)),
            skills: self.skills_by_weight(&scenario.story),
            mood: Mood::of(scenario.story.engine.graph().goodwill).name().to_owned(),
        }
    }

    /// The ids of the skills that a story scores, those with the most points in its flawless play first.
    fn skills_by_weight(&self, story: &Story) -> Vec<String> {
        let skills = self.course.models[story.model].skills.iter().zip(story.engine.par());
        let mut skills: Vec<_> = skills.filter(|(_, par)| **par > 0).collect();
        skills.sort_by_key(|(_, par)| Reverse(**par));
        skills.into_iter().map(|(skill, _)| skill.id.clone()).collect()
    }

    /// The name that a scenario's model gives to what went wrong.
    pub(super) fn failure_name(&self, scenario: &Scenario) -> Option<String> {
        self.course.models[scenario.story.model].failure_name(&scenario.failure).map(str::to_owned)
    }

    /// Every scenario that has a page, as a link from a page in `folder`.
    pub(super) fn scenario_links(&self, folder: &str) -> Vec<ScenarioLink> {
        self.scenarios.iter().map(|&at| self.scenario_link(folder, at)).collect()
    }

    /// The lessons by module, each module at the position of its first lesson.
    pub(super) fn modules(&self, folder: &str) -> Vec<ModuleList> {
        self.modules_with_indices(folder).into_iter().map(|(_, list)| list).collect()
    }

    /// The same with each module's position in the course.
    pub(super) fn modules_with_indices(&self, folder: &str) -> Vec<(Option<usize>, ModuleList)> {
        let mut lists: Vec<(Option<usize>, ModuleList)> = Vec::new();
        for &at in &self.lessons {
            let module = self.course.lessons[at].module;
            // Searched from the end: the lessons of a module usually follow each other.
            let known = lists.iter().rposition(|(other, _)| *other == module);
            let list = known.unwrap_or_else(|| {
                lists.push((module, self.module(module)));
                lists.len() - 1
            });
            lists[list].1.lessons.push(self.lesson_link(folder, at));
        }
        lists
    }

    fn module(&self, module: Option<usize>) -> ModuleList {
        let module = module.map(|at| &self.course.modules[at]);
        ModuleList {
            lang: module.and_then(|module| self.lang(module.language.as_ref())),
            title: module.map(|module| module.title.clone()).unwrap_or_default(),
            summary: module.map(|module| module.summary.clone()).unwrap_or_default(),
            body_html: String::new(),
            lessons: Vec::new(),
        }
    }

    /// The home page, where each module has its introduction.
    pub(super) fn home(&self, writer: &mut Writer<'_>) -> Home {
        let home = &self.course.home;
        // Includes modules without lessons, so that faults in their texts are reported.
        let bodies: Vec<String> =
            self.course.modules.iter().map(|module| writer.html(&module.body)).collect();
        let modules = self.modules_with_indices(&self.folder).into_iter().map(|(module, list)| {
            let body_html = module.map(|at| bodies[at].clone()).unwrap_or_default();
            ModuleList { body_html, ..list }
        });
        Home {
            lang: self.lang(home.language.as_ref()),
            title: home.title.clone(),
            summary: home.summary.clone(),
            body_html: writer.html(&home.body),
            taste: if self.packaged { None } else { taste(self, writer) },
            skills: self.skills(writer),
            start: self
                .lessons
                .first()
                .map(|&at| self.lesson_url(&self.folder, &self.course.lessons[at].slug)),
            modules: modules.collect(),
            folds: self.lessons.len() > MAX_UNFOLDED_LESSONS,
            scenarios: self.scenario_links(&self.folder),
            shown: (self.scenarios.len() > 2 * SHOWN_SCENARIOS).then_some(SHOWN_SCENARIOS),
            routes: routes(self, &self.folder),
            print: self.print.then(|| "print/index.html".to_owned()),
        }
    }

    /// The page for the trainee's record, in `folder`.
    pub(super) fn record(&self, folder: &str, writer: &Writer<'_>) -> Record {
        Record {
            lessons: self.lessons.iter().map(|&at| self.course.lessons[at].slug.clone()).collect(),
            scenarios: self.scenario_links(folder),
            prints: self.scenarios.iter().map(|&at| self.course.scenarios[at].story.print()).collect(),
            skills: self.skills(writer),
        }
    }

    /// Every skill that a scenario tests, each once, grouped by model; the model of the most scenarios comes first.
    fn skills(&self, writer: &Writer<'_>) -> Vec<RecordSkill> {
        let mut skills: Vec<RecordSkill> = Vec::new();
        let mut uses = vec![0_usize; self.course.models.len()];
        let mut stories: Vec<&Story> =
            self.scenarios.iter().map(|&at| &self.course.scenarios[at].story).collect();
        for story in &stories {
            uses[story.model] += 1;
        }
        stories.sort_by_key(|story| (Reverse(uses[story.model]), story.model));
        for story in stories {
            // A skill that the flawless play never tests has no score.
            let model = &self.course.models[story.model];
            let tested = skill_tags(model).into_iter().zip(story.engine.par());
            for (tag, _) in tested.filter(|(_, par)| **par > 0) {
                match skills.iter_mut().find(|known| known.tag.id == tag.id) {
                    Some(known) => known.scenarios += 1,
                    None => {
                        let url = self.url_where_taught(&tag.id, writer);
                        skills.push(RecordSkill { tag, family: model.title.clone(), scenarios: 1, url });
                    }
                }
            }
        }
        skills
    }

    /// The URL, relative to this page, of the first place that is declared to teach a skill.
    pub(super) fn url_where_taught(&self, skill: &str, writer: &Writer<'_>) -> Option<String> {
        let lessons = self.lessons.iter().map(|&at| &self.course.lessons[at]);
        let mut all = lessons.flat_map(|lesson| lesson.teaches.iter().map(move |taught| (lesson, taught)));
        let (lesson, taught) = all.find(|(_, taught)| taught.skill == skill)?;
        writer.url_where_taught(lesson, taught)
    }

    /// The sentences of some objectives, for a page in this language.
    pub(super) fn objectives(&self, objectives: &[usize], language: Option<&String>) -> Vec<String> {
        objectives.iter().map(|&at| self.course_for(language).objectives[at].says.clone()).collect()
    }

    /// The course whose words a page uses: the translated one for a page in `language`, the original for an untranslated
    /// page (`None`).
    pub(super) fn course_for(&self, language: Option<&String>) -> &'a Course {
        if language.is_some() { self.course } else { self.original }
    }

    /// The language of a title, for pages in a language other than the original's; `language` is `None` if the title is not
    /// translated.
    fn lang(&self, language: Option<&String>) -> Option<String> {
        let translated = !self.folder.is_empty();
        translated.then(|| language.unwrap_or(&self.original.settings.language).clone())
    }

    /// The skills that a dialogue can show. If two models have a skill with the same id, the first one counts.
    pub(super) fn dialogue_skills(&self, language: Option<&String>) -> Vec<SkillTag> {
        let models = &self.course_for(language).models;
        let mut skills: Vec<SkillTag> = Vec::new();
        for skill in self.models.iter().flat_map(|&model| skill_tags(&models[model])) {
            if !skills.iter().any(|known| known.id == skill.id) {
                skills.push(skill);
            }
        }
        skills
    }
}

/// Every skill of a model as a tag.
pub(super) fn skill_tags(model: &Model) -> Vec<SkillTag> {
    let skills = model.skills.iter().enumerate();
    skills
        .map(|(at, skill)| SkillTag { id: skill.id.clone(), name: skill.name.clone(), hue: hue(at) })
        .collect()
}

/// The hue of the skill at this position in its model.
pub(super) fn hue(at: usize) -> usize {
    at % HUES + 1
}
