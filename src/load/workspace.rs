//! A site that is loaded repeatedly: keeps what was compiled from each file, keyed by its source texts, and relinks the
//! course each time. The first load compiles everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::asset::Assets;
use crate::compile::LessonPlace;
use crate::course::{Course, Module, Scenario, Settings};
use crate::files::{Content, Files};
use crate::load::address::of_lesson;
use crate::load::lessons::{CompiledLesson, KnownScenarios, compile_lesson, in_order};
use crate::load::loading::{Compiled, Loading};
use crate::load::scenarios::{CompiledScenario, ParsedScenario, compile_scenario, parse_scenario};
use crate::load::themes::{pictures, themes};
use crate::load::words::words;
use crate::load::{LoadOptions, Loaded, ScenarioFile};
use crate::parse::objectives::RawObjective;
use crate::source::{Excerpt, SourceMap};
use crate::theme::ThemeFiles;
use crate::{compile, parallel};

/// What earlier loads of a site left.
#[derive(Debug, Default)]
pub struct Workspace {
    sources: SourceMap,
    /// Everything that scenarios were compiled against, besides their texts.
    scenario_context: String,
    scenarios: BTreeMap<PathBuf, Cached<Vec<Option<Excerpt>>, CompiledScenario>>,
    /// The same, for lessons.
    lesson_context: String,
    lessons: BTreeMap<PathBuf, Cached<(Excerpt, LessonPlace), CompiledLesson>>,
}

/// What was compiled from a file, and its sources.
#[derive(Debug)]
struct Cached<K, T> {
    made_of: K,
    compiled: Arc<T>,
}

/// The progress of a scenario's file.
enum Progress {
    Known(Arc<CompiledScenario>),
    Parsed(Box<ParsedScenario>),
}

impl Workspace {
    /// Reads, checks and compiles a site: everything the first time, then only what has changed.
    pub fn load(&mut self, files: &Files, options: &LoadOptions<'_>) -> Loaded {
        let mut loading = Loading::new(files, options, &mut self.sources);
        let objectives = loading.read_objectives(&mut self.sources);
        let id = |objective: &RawObjective| objective.id.value.clone();
        loading.objectives = objectives.as_ref().map(|all| all.iter().map(id).collect());
        loading.load_models(&mut self.sources);
        let scripts = self.scenarios(&mut loading);
        let (slugs, scenarios) = loading.by_difficulty(&scripts, &self.sources);
        let modules = loading.modules(&mut self.sources);
        let pages = self.lessons(&mut loading, &modules, (&slugs, &scenarios));
        let lessons = loading.addressed(&pages, &self.sources);
        let home = loading.site.home.clone().and_then(|path| loading.index(&path, &mut self.sources));
        let objectives = objectives.unwrap_or_default();
        let routes = loading.routes(&pages, &slugs, &scenarios);
        let mut course = Course {
            home: compile::home(home.as_ref(), &loading.settings, &self.sources),
            settings: Settings { routes, ..loading.settings.clone() },
            modules,
            lessons,
            scenarios,
            objectives: compile::objectives(&objectives),
            models: loading.models.clone(),
            translations: Vec::new(),
        };
        course.translations = loading.translations(&course, &mut self.sources);
        let faulty = words(files, &mut self.sources, &mut loading.diags);
        let themes = themes(
            &theme_files(files, &faulty),
            &loading.with_asked_language(&course.settings),
            loading.config.as_ref(),
            &mut loading.diags,
        );
        let assets = Assets::of(files, &loading.site.assets);
        for path in &loading.site.assets {
            self.sources.add(path, "");
        }
        let history = loading.history(&mut self.sources);
        loading.compare_figures(&course, &scripts, &history);
        pictures(loading.config.as_ref(), &assets, &mut loading.diags);
        let scenario_files = scripts.iter().map(|(_, file, compiled)| ScenarioFile {
            file: *file,
            parts: compiled.includes.iter().chain(&compiled.model).cloned().collect(),
            is_playable: compiled.is_playable,
        });
        let written = pages.iter().filter(|(.., compiled)| compiled.is_draft).map(|(path, ..)| path.clone());
        let scripted =
            scripts.iter().filter(|(.., compiled)| compiled.is_draft).map(|(path, ..)| path.clone());
        let drafts = written.chain(scripted).collect();
        let style = loading.style(&scripts);
        let library = loading.library(&scripts, &pages, objectives);
        loading.site.scenarios = scripts.iter().map(|(path, ..)| path.clone()).collect();
        Loaded {
            scenario_files: scenario_files.collect(),
            sources: self.sources.clone(),
            files: loading.site,
            assets,
            limits: loading.config.as_ref().and_then(|config| config.lints.clone()).unwrap_or_default(),
            style,
            library,
            history,
            diagnostics: loading.diags,
            themes,
            course,
            drafts,
            proving: OnceLock::new(),
            allowed: loading.config.map(|config| config.allow).unwrap_or_default(),
        }
    }

    /// Every scenario that no other one includes.
    fn scenarios(&mut self, loading: &mut Loading<'_>) -> Compiled<CompiledScenario> {
        let context = loading.context(&self.sources);
        if context != self.scenario_context {
            self.scenarios.clear();
            self.scenario_context = context;
        }
        let files = loading.read_all(&loading.site.scenarios.clone(), &mut self.sources);
        for kept in self.scenarios.values() {
            loading.read_all(&kept.compiled.includes, &mut self.sources);
        }
        let begun = parallel::map(files, |(path, file)| {
            let kept = self.scenarios.get(&path);
            let known = kept.filter(|kept| {
                texts(&path, &kept.compiled.includes, loading.files, &self.sources) == kept.made_of
            });
            let progress = match known {
                Some(kept) => Progress::Known(Arc::clone(&kept.compiled)),
                None => Progress::Parsed(Box::new(parse_scenario(file, &self.sources))),
            };
            (path, file, progress)
        });
        let included: BTreeSet<PathBuf> = begun
            .iter()
            .flat_map(|(path, _, progress)| match progress {
                Progress::Known(compiled) => compiled.includes.clone(),
                Progress::Parsed(parsed) => parsed.includes(path),
            })
            .collect();
        loading.read_all(&included.iter().cloned().collect::<Vec<_>>(), &mut self.sources);
        loading.report_misplaced(&included, &mut self.sources);
        let context = loading.compile_context(&self.sources);
        let stands_alone = |progress: &Progress| match progress {
            Progress::Known(compiled) => compiled.stands_alone,
            Progress::Parsed(parsed) => parsed.raw.as_ref().is_some_and(|raw| raw.stands_alone),
        };
        // A scenario that cannot be read may include any file of nodes.
        let is_unread =
            |progress: &Progress| matches!(progress, Progress::Parsed(parsed) if parsed.raw.is_none());
        let may_be_included = begun.iter().any(|(.., progress)| is_unread(progress));
        let is_own = |path: &PathBuf, progress: &Progress| {
            stands_alone(progress) || is_unread(progress) || !may_be_included && !included.contains(path)
        };
        let begun = begun.into_iter().filter(|(path, _, progress)| is_own(path, progress)).collect();
        let compiled = parallel::map(begun, |(path, file, progress)| match progress {
            Progress::Known(compiled) => (path, file, compiled),
            Progress::Parsed(parsed) => {
                let compiled = compile_scenario(&path, *parsed, &context);
                (path, file, Arc::new(compiled))
            }
        });
        self.scenarios = compiled
            .iter()
            .map(|(path, _, compiled)| {
                let made_of = texts(path, &compiled.includes, loading.files, &self.sources);
                (path.clone(), Cached { made_of, compiled: Arc::clone(compiled) })
            })
            .collect();
        compiled
    }

    /// Every lesson, in course order.
    fn lessons(
        &mut self,
        loading: &mut Loading<'_>,
        modules: &[Module],
        (slugs, scenarios): (&[String], &[Arc<Scenario>]),
    ) -> Compiled<CompiledLesson> {
        let order: Vec<String> = scenarios.iter().map(|scenario| scenario.slug.clone()).collect();
        let context = format!("{} {slugs:?} {order:?}", self.scenario_context);
        if context != self.lesson_context {
            self.lessons.clear();
            self.lesson_context = context;
        }
        let wanted = loading.config.as_ref().map(|config| config.lessons.clone()).unwrap_or_default();
        let paths = in_order(loading.site.lessons.clone(), &wanted, &mut loading.diags);
        let files = loading.read_all(&paths, &mut self.sources);
        let modules: BTreeMap<&str, usize> =
            modules.iter().enumerate().rev().map(|(at, module)| (module.slug.as_str(), at)).collect();
        let context = loading.compile_context(&self.sources);
        let known = KnownScenarios { all: slugs, compiled: &order };
        let compiled = parallel::map(files, |(path, file)| {
            let place = of_lesson(&path, &modules);
            let made_of = (self.sources.whole(file), place.clone());
            let kept = self.lessons.get(&path).filter(|kept| kept.made_of == made_of);
            let compiled = kept.map_or_else(
                || Arc::new(compile_lesson(&path, file, place, &context, known)),
                |kept| Arc::clone(&kept.compiled),
            );
            (path, file, made_of, compiled)
        });
        self.lessons.clear();
        let mut lessons = Vec::new();
        for (path, file, made_of, compiled) in compiled {
            self.lessons.insert(path.clone(), Cached { made_of, compiled: Arc::clone(&compiled) });
            lessons.push((path, file, compiled));
        }
        lessons
    }
}

/// The source texts of a scenario: its own, and those of its includes.
fn texts(path: &Path, includes: &[PathBuf], files: &Files, sources: &SourceMap) -> Vec<Option<Excerpt>> {
    let all = std::iter::once(path).chain(includes.iter().map(PathBuf::as_path));
    all.map(|path| sources.find(path).filter(|_| files.contains(path)).map(|file| sources.whole(file)))
        .collect()
}

/// The files of the site's own themes; those in `faulty` are empty.
fn theme_files(files: &Files, faulty: &BTreeSet<String>) -> ThemeFiles {
    let own = files.below("themes/").map(|(path, content)| (format!("themes/{path}"), content));
    let own = own.filter(|(_, content)| !matches!(content, Content::Refused(_)));
    own.filter_map(|(path, content)| {
        // Emptied, not removed: a theme with only this file would not exist.
        let bytes =
            if faulty.contains(&path) { b"{}".as_slice().into() } else { content.read().ok()?.into() };
        Some((path, bytes))
    })
    .collect()
}
