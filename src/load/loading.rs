//! One load of a workspace: everything besides lessons and scenarios, and how all of it becomes a course.

mod unread;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::style::StyleLints;
use crate::check::subject::LintContext;
use crate::course::{Course, Lesson, Model, Module, Route, Scenario, Settings};
use crate::diag::{Code, Diagnostics};
use crate::files::Files;
use crate::history::{self, History};
use crate::limits::Limits;
use crate::load::address::{Addresses, folder, name, of_lesson, unnumbered};
use crate::load::lessons::CompiledLesson;
use crate::load::library::LibraryLints;
use crate::load::linter::Linter;
use crate::load::scenarios::{CompileContext, CompiledScenario};
use crate::load::translations::Translating;
use crate::load::{LoadOptions, models, read};
use crate::parse::At;
use crate::parse::config::RawConfig;
use crate::parse::lesson::RawIndex;
use crate::parse::objectives::RawObjective;
use crate::path::stem;
use crate::prove::lock::{self, Lock};
use crate::site_files::SiteFiles;
use crate::source::{FileId, SourceMap, Span};
use crate::{check, compile, parse};

/// The files of scenarios or lessons, each with what was compiled from it.
pub(super) type Compiled<T> = Vec<(PathBuf, FileId, Arc<T>)>;

/// One load of a workspace.
pub(super) struct Loading<'a> {
    pub(super) files: &'a Files,
    pub(super) site: SiteFiles,
    pub(super) options: &'a LoadOptions<'a>,
    pub(super) config: Option<RawConfig>,
    pub(super) settings: Settings,
    pub(super) models: Vec<Model>,
    /// The ids of the objectives, if their file can be read.
    pub(super) objectives: Option<Vec<String>>,
    pub(super) diags: Diagnostics,
}

impl<'a> Loading<'a> {
    pub(super) fn new(files: &'a Files, options: &'a LoadOptions<'a>, sources: &mut SourceMap) -> Self {
        let mut site = SiteFiles::sort(files.paths());
        site.remove_misfiled(|path| unread::kind(files, path));
        if let Some(scenario) = options.scenario {
            site.keep_scenario(scenario);
        }
        let mut loading = Self {
            files,
            site,
            options,
            config: None,
            settings: compile::settings(None),
            models: Vec::new(),
            objectives: None,
            diags: Diagnostics::default(),
        };
        loading.report_refused(sources);
        loading.report_names(sources);
        loading.config = loading.config(sources);
        loading.settings = loading.settings();
        loading
    }

    /// The settings, with what the caller overrides.
    fn settings(&self) -> Settings {
        let mut settings = compile::settings(self.config.as_ref());
        settings.url = self.options.url.map(str::to_owned).or(settings.url);
        if let Some(theme) = self.options.theme {
            theme.clone_into(&mut settings.theme);
        }
        settings
    }

    /// The threshold of each lint, if lints are asked for.
    fn limits(&self) -> Option<&Limits> {
        let limits = self.config.as_ref().and_then(|config| config.lints.as_ref());
        limits.filter(|_| !self.options.without_lints)
    }

    /// Reads and compiles the models.
    pub(super) fn load_models(&mut self, sources: &mut SourceMap) {
        let lints = self.limits().is_some();
        self.models = models(self.files, &self.site.models, lints, sources, &mut self.diags);
    }

    pub(super) fn read_all(&mut self, paths: &[PathBuf], sources: &mut SourceMap) -> Vec<(PathBuf, FileId)> {
        let mut read_in = Vec::with_capacity(paths.len());
        for path in paths {
            let file = read(self.files, path, sources, &mut self.diags);
            read_in.extend(file.map(|file| (path.clone(), file)));
        }
        read_in
    }

    fn config(&mut self, sources: &mut SourceMap) -> Option<RawConfig> {
        let path = Path::new("site.yaml");
        let Some(file) = read(self.files, path, sources, &mut self.diags) else {
            let file = sources.add(path, "");
            let says = "there is no `site.yaml` in this folder";
            let nearly = self.site.misnamed.iter().position(|each| each.proper == path);
            let hint = match nearly.map(|at| self.site.misnamed.remove(at)) {
                Some(nearly) => format!("rename `{}` to `site.yaml`", nearly.path.display()),
                None => {
                    "go to the folder of a course, or name it with `--site`; a `site.yaml` with the line `title: ...` makes a folder a course"
                        .to_owned()
                }
            };
            self.diags.error(Code::MissingFile, Span::new(file, 0, 0), says, hint);
            return None;
        };
        parse::config::parse(file, sources.text(file), &mut self.diags)
    }

    /// `None` if their file has errors, so that nobody knows which ones exist.
    pub(super) fn read_objectives(&mut self, sources: &mut SourceMap) -> Option<Vec<RawObjective>> {
        // Read despite its misspelled name, or every objective would be reported as unknown.
        let misnamed =
            self.site.misnamed.iter().find(|each| each.proper == Path::new("content/objectives.yaml"));
        let path = self.site.objectives.as_ref().or(misnamed.map(|each| &each.path)).cloned();
        let Some(file) = path.and_then(|path| read(self.files, &path, sources, &mut self.diags)) else {
            return Some(Vec::new());
        };
        let read = parse::objectives::parse(file, sources.text(file), &mut self.diags);
        read.filter(|_| !self.diags.is_silent(file))
    }

    pub(super) fn index(&mut self, path: &Path, sources: &mut SourceMap) -> Option<RawIndex> {
        let file = read(self.files, path, sources, &mut self.diags)?;
        parse::lesson::parse_index(file, sources.text(file), &mut self.diags)
    }

    pub(super) fn compile_context<'n>(&'n self, sources: &'n SourceMap) -> CompileContext<'n> {
        CompileContext {
            models: &self.models,
            model_files: &self.site.models,
            objectives: self.objectives.as_deref(),
            sources,
            files: self.files,
            linter: self.limits().map(|limits| Linter {
                context: LintContext::new(&self.settings, &self.models, sources, limits),
                keeps_figures: self.files.contains(Path::new(lock::PATH)),
                plays: self.options.plays,
            }),
            keeps_raw: self.config.as_ref().is_some_and(|config| config.library.is_some()),
        }
    }

    /// Everything in [`CompileContext`], as one text to compare.
    pub(super) fn context(&self, sources: &SourceMap) -> String {
        let CompileContext { models, model_files, objectives, linter, keeps_raw, .. } =
            self.compile_context(sources);
        let limits = linter.map(|Linter { context, keeps_figures, .. }| {
            (context.limits, context.english, context.reports, keeps_figures)
        });
        let texts = models.iter().map(|model| model.file.map(|file| sources.text(file)));
        format!("{limits:?} {keeps_raw} {model_files:?} {objectives:?} {:?}", texts.collect::<Vec<_>>())
    }

    /// Adds the diagnostics and addresses of scenarios. Returns the slugs of all of them, and those that compiled, easier
    /// ones first.
    pub(super) fn by_difficulty(
        &mut self,
        compiled: &Compiled<CompiledScenario>,
        sources: &SourceMap,
    ) -> (Vec<String>, Vec<Arc<Scenario>>) {
        let mut addresses = Addresses::default();
        for (path, file, compiled) in compiled {
            self.diags.append(compiled.diagnostics.clone());
            addresses.claim(&stem(path), *file, sources, &mut self.diags);
        }
        for alias in compiled.iter().flat_map(|(.., compiled)| &compiled.aliases) {
            addresses.redirect(alias, sources, &mut self.diags);
        }
        // By file, not by what compiled: a scenario with errors is still a valid target of links.
        let misnamed = self.site.misnamed.iter().map(|each| &each.proper);
        let misnamed = misnamed.filter(|path| path.starts_with("content/scenarios"));
        let slugs = compiled.iter().map(|(path, ..)| path).chain(misnamed).map(|path| stem(path)).collect();
        let mut scenarios: Vec<Arc<Scenario>> =
            compiled.iter().filter_map(|(.., compiled)| compiled.scenario.clone()).collect();
        scenarios.sort_by_cached_key(|each| (each.difficulty.unwrap_or(u8::MAX), each.slug.clone()));
        (slugs, scenarios)
    }

    /// Adds the diagnostics and addresses of lessons, and returns those that compiled.
    pub(super) fn addressed(
        &mut self,
        compiled: &Compiled<CompiledLesson>,
        sources: &SourceMap,
    ) -> Vec<Arc<Lesson>> {
        let mut addresses = Addresses::default();
        for (path, file, compiled) in compiled {
            self.diags.append(compiled.diagnostics.clone());
            let place = of_lesson(path, &BTreeMap::new());
            addresses.claim(&place.slug, *file, sources, &mut self.diags);
        }
        for alias in compiled.iter().flat_map(|(.., compiled)| &compiled.aliases) {
            addresses.redirect(alias, sources, &mut self.diags);
        }
        compiled.iter().filter_map(|(.., compiled)| compiled.lesson.clone()).collect()
    }

    /// The routes in `site.yaml`.
    pub(super) fn routes(
        &mut self,
        pages: &Compiled<CompiledLesson>,
        slugs: &[String],
        scenarios: &[Arc<Scenario>],
    ) -> Vec<Route> {
        let Some(config) = self.config.as_ref().filter(|config| !config.routes.is_empty()) else {
            return Vec::new();
        };
        let lessons: Vec<String> = pages.iter().map(|(path, ..)| name(path)).collect();
        check::course::routes(&config.routes, &lessons, slugs, &mut self.diags);
        let compiled = pages.iter().filter(|(.., compiled)| compiled.lesson.is_some());
        let lessons: Vec<String> = compiled.map(|(path, ..)| name(path)).collect();
        let scenarios: Vec<String> = scenarios.iter().map(|scenario| scenario.slug.clone()).collect();
        compile::routes(&config.routes, &lessons, &scenarios)
    }

    /// Every folder that has lessons or its own page.
    pub(super) fn modules(&mut self, sources: &mut SourceMap) -> Vec<Module> {
        let pages = self.site.lessons.iter().chain(&self.site.modules);
        let folders: BTreeSet<PathBuf> = pages.filter_map(|path| folder(path)).map(Path::to_owned).collect();
        let taught: BTreeSet<&Path> = self.site.lessons.iter().filter_map(|path| folder(path)).collect();
        for path in
            self.site.modules.iter().filter(|path| !path.parent().is_some_and(|at| taught.contains(at)))
        {
            let start = Span::new(sources.add(path, ""), 0, 0);
            let message = "this folder contains no lesson, so the text is not shown";
            let hint = "put a lesson beside it, or move the text to `content/index.md`";
            self.diags.lint(Code::MisplacedFile, start, message, hint);
        }
        let modules = folders.into_iter().map(|folder| {
            let path = folder.join("index.md");
            let raw = if self.site.modules.contains(&path) { self.index(&path, sources) } else { None };
            let slug = unnumbered(&folder.file_name().unwrap_or_default().to_string_lossy());
            compile::module(raw.as_ref(), &slug, sources)
        });
        modules.collect()
    }

    /// The settings, in the requested language.
    pub(super) fn with_asked_language(&self, settings: &Settings) -> Settings {
        let mut spoken = settings.clone();
        let asked = self.options.language.filter(|asked| !settings.languages.iter().any(|own| own == asked));
        spoken.languages.extend(asked.map(str::to_owned));
        spoken
    }

    /// The course in the other languages of `site.yaml`, and in the requested one.
    pub(super) fn translations(&mut self, course: &Course, sources: &mut SourceMap) -> Vec<Course> {
        let config = self.config.as_ref();
        let named = config.map(|config| config.languages.clone()).unwrap_or_default();
        let place = config.map_or_else(Span::default, |config| Span::new(config.file, 0, 0));
        let at = |language: &String| {
            let named = named.iter().find(|named| named.value == *language);
            named.cloned().unwrap_or_else(|| At::new(language.clone(), place))
        };
        let others: Vec<At<String>> =
            self.with_asked_language(&course.settings).languages.iter().skip(1).map(at).collect();
        let (found, diags) = (&self.site.translations, &mut self.diags);
        Translating { files: self.files, found, sources, diags }.all(course, &others)
    }

    /// What the lints of a library need, if the course is judged as one.
    pub(super) fn library(
        &self,
        scenarios: &Compiled<CompiledScenario>,
        lessons: &Compiled<CompiledLesson>,
        objectives: Vec<RawObjective>,
    ) -> Option<LibraryLints> {
        self.limits()?;
        let span = self.config.as_ref()?.library?;
        Some(LibraryLints {
            span,
            scenarios: scenarios.iter().map(|(.., each)| Arc::clone(each)).collect(),
            lessons: lessons.iter().map(|(.., each)| Arc::clone(each)).collect(),
            objectives: objectives.into_iter().map(|objective| objective.id).collect(),
        })
    }

    /// What the lints of style need, if lints are asked for.
    pub(super) fn style(&self, scenarios: &Compiled<CompiledScenario>) -> Option<StyleLints> {
        self.limits()?;
        let titles = scenarios.iter().filter_map(|(_, file, each)| Some((*file, each.style?)));
        Some(StyleLints { library: self.config.as_ref()?.library, titles: titles.collect() })
    }

    /// The published versions. An unreadable line stops a build: otherwise results would be lost.
    pub(super) fn history(&mut self, sources: &mut SourceMap) -> History {
        let path = Path::new(history::PATH);
        let Some(content) = self.files.get(path) else { return History::default() };
        let text = String::from_utf8_lossy(&content.read().unwrap_or_default()).into_owned();
        let (history, unread) = History::read(&text);
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        if !unread.is_empty() {
            let file = sources.add(path, text);
            for at in unread {
                let message = "this line is not a version of a scenario";
                let hint = "restore the line as it was committed; after a merge, keep the lines of both sides and nothing else";
                self.diags.error(Code::BadValue, Span::new(file, starts[at], starts[at]), message, hint);
            }
        }
        history
    }

    /// Reports what has changed since `content/proof.lock` was written.
    pub(super) fn compare_figures(
        &mut self,
        course: &Course,
        scenarios: &Compiled<CompiledScenario>,
        history: &History,
    ) {
        let Some(content) = self.files.get(Path::new(lock::PATH)).filter(|_| !self.options.without_lints)
        else {
            return;
        };
        let known = scenarios.iter().filter_map(|(_, file, each)| Some((*file, each.figures.clone()?)));
        let before = Lock::read(&String::from_utf8_lossy(&content.read().unwrap_or_default()));
        let now = Lock::with(course, known.collect());
        for scenario in &course.scenarios {
            let is_kept =
                scenario.draft || !self.files.contains(Path::new(history::PATH)) || history.has(scenario);
            let says = "this version of the scenario is not recorded yet, so its results will be unreadable once it is edited again";
            let unkept = || (!is_kept).then(|| says.to_owned());
            if let Some(change) = now.change(&before, &scenario.slug).or_else(unkept) {
                let hint = "if you intend this, run `amends check --update-proof` and commit what it writes";
                self.diags.lint(Code::ProofChanged, Span::new(scenario.file, 0, 0), change, hint);
            }
        }
    }
}
