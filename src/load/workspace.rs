//! A site that is loaded repeatedly: keeps what was compiled from each file, keyed by its source texts, and relinks the
//! course each time. The first load compiles everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::asset::Assets;
use crate::check::style::StyleLints;
use crate::check::subject::LintContext;
use crate::compile::LessonPlace;
use crate::course::{Course, Lesson, Model, Module, Route, Scenario, Settings};
use crate::diag::controls::is_obeyed;
use crate::diag::suggest::nearest;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::files::{Content, Files, Refusal};
use crate::history::{self, History};
use crate::load::address::{Addresses, folder, name, of_lesson, unnumbered};
use crate::load::lessons::{CompiledLesson, KnownScenarios, compile_lesson, in_order};
use crate::load::library::LibraryLints;
use crate::load::linter::{self, Linter};
use crate::load::scenarios::{
    CompileContext, CompiledScenario, ParsedScenario, compile_scenario, parse_scenario,
};
use crate::load::themes::{pictures, themes};
use crate::load::translations::Translating;
use crate::load::words::words;
use crate::load::{LoadOptions, Loaded, ScenarioFile, models, read};
use crate::parse::At;
use crate::parse::config::RawConfig;
use crate::parse::lesson::RawIndex;
use crate::parse::objectives::RawObjective;
use crate::path::stem;
use crate::prove::lock::{self, Lock};
use crate::site_files::{Kind, Misnamed, SiteFiles};
use crate::source::{Excerpt, FileId, SourceMap, Span};
use crate::theme::ThemeFiles;
use crate::{check, compile, parallel, parse};

/// The folders inside `content`.
const FOLDERS: [&str; 3] = ["lessons", "scenarios", "models"];

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

/// The files of scenarios or lessons, each with what was compiled from it.
type Compiled<T> = Vec<(PathBuf, FileId, Arc<T>)>;

/// One load of a workspace.
struct Loading<'a> {
    files: &'a Files,
    site: SiteFiles,
    options: &'a LoadOptions<'a>,
    config: Option<RawConfig>,
    diags: Diagnostics,
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
        let mut settings = compile::settings(loading.config.as_ref());
        settings.url = options.url.map(str::to_owned).or(settings.url);
        if let Some(theme) = options.theme {
            theme.clone_into(&mut settings.theme);
        }
        let objectives = loading.objectives(&mut self.sources);
        let id = |objective: &RawObjective| objective.id.value.clone();
        let ids: Option<Vec<String>> = objectives.as_ref().map(|all| all.iter().map(id).collect());
        let (ids, objectives) = (ids.as_deref(), objectives.unwrap_or_default());
        let models = models(files, &loading.site.models, &mut self.sources, &mut loading.diags);
        let scripts = self.scenarios(&mut loading, &settings, &models, ids);
        let (slugs, scenarios) = loading.in_difficulty(&scripts, &self.sources);
        let modules = loading.modules(&mut self.sources);
        let pages = self.lessons(&mut loading, &settings, &models, ids, &modules, (&slugs, &scenarios));
        let lessons = loading.addressed(&pages, &self.sources);
        let home = loading.site.home.clone().and_then(|path| loading.index(&path, &mut self.sources));
        let home = compile::home(home.as_ref(), &settings, &self.sources);
        let compiled = compile::objectives(&objectives);
        settings.routes = loading.routes(&pages, &slugs, &scenarios);
        let translations = Vec::new();
        let mut course = Course {
            settings,
            home,
            modules,
            lessons,
            scenarios,
            objectives: compiled,
            models,
            translations,
        };
        course.translations = loading.translations(&course, &mut self.sources);
        loading.lint_models(&course, &self.sources);
        let faulty = words(files, &mut self.sources, &mut loading.diags);
        let themes = themes(
            &theme_files(files, &faulty),
            &loading.spoken(&course.settings),
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
    fn scenarios(
        &mut self,
        loading: &mut Loading<'_>,
        settings: &Settings,
        models: &[Model],
        objectives: Option<&[String]>,
    ) -> Compiled<CompiledScenario> {
        let context = loading.context(settings, models, objectives, &self.sources);
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
        loading.misplaced(&included, &mut self.sources);
        let context = loading.compile_context(settings, models, objectives, &self.sources);
        let stands_alone = |progress: &Progress| match progress {
            Progress::Known(compiled) => compiled.stands_alone,
            Progress::Parsed(parsed) => parsed.raw.as_ref().is_some_and(|raw| raw.stands_alone),
        };
        let begun = begun
            .into_iter()
            .filter(|(path, _, progress)| !included.contains(path) || stands_alone(progress))
            .collect();
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
        settings: &Settings,
        models: &[Model],
        objectives: Option<&[String]>,
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
        let context = loading.compile_context(settings, models, objectives, &self.sources);
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

/// The kind of a file, judged by its text.
fn kind(files: &Files, path: &Path) -> Option<Kind> {
    Kind::of(path, &files.get(path)?.read().ok()?)
}

/// The source texts of a scenario: its own, and those of its includes.
fn texts(path: &Path, includes: &[PathBuf], files: &Files, sources: &SourceMap) -> Vec<Option<Excerpt>> {
    let own = Path::to_path_buf(path);
    let all = [&own].into_iter().chain(includes);
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

impl<'a> Loading<'a> {
    fn new(files: &'a Files, options: &'a LoadOptions<'a>, sources: &mut SourceMap) -> Self {
        let mut site = SiteFiles::sort(files.paths());
        site.set_apart(|path| kind(files, path));
        if let Some(scenario) = options.scenario {
            site.keep_scenario(scenario);
        }
        let mut loading = Self { files, site, options, config: None, diags: Diagnostics::default() };
        loading.refused(sources);
        loading.named(sources);
        loading.config = loading.config(sources);
        loading
    }

    /// Reports file names that would break a list or a terminal line.
    fn named(&mut self, sources: &mut SourceMap) {
        // Faults in a page's name are reported with its address.
        let is_page = |path: &str| {
            self.site.lessons.iter().chain(&self.site.scenarios).any(|page| page == Path::new(path))
        };
        for path in self.files.paths().filter(|path| path.contains(is_obeyed) && !is_page(path)) {
            let start = Span::new(sources.add(Path::new(path), ""), 0, 0);
            let message = format!("the name `{path}` holds a sign that nobody can see");
            let hint = "rename the file or its folder: letters, digits and hyphens fit everywhere";
            self.diags.error(Code::BadId, start, message, hint);
        }
    }

    fn read_all(&mut self, paths: &[PathBuf], sources: &mut SourceMap) -> Vec<(PathBuf, FileId)> {
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
            let fault = Diagnostic::error(Code::MissingFile, Span::new(file, 0, 0), says);
            let nearly = self.site.misnamed.iter().position(|each| each.proper == path);
            let hint = match nearly.map(|at| self.site.misnamed.remove(at)) {
                Some(nearly) => format!("rename `{}` to `site.yaml`", nearly.path.display()),
                None => {
                    "go to the folder of a course, or name it with `--site`; a first line `title: ...` makes one"
                        .to_owned()
                }
            };
            self.diags.push(fault.hint(hint));
            return None;
        };
        parse::config::parse(file, sources.text(file), &mut self.diags)
    }

    /// `None` if their file has errors, so that nobody knows which ones exist.
    fn objectives(&mut self, sources: &mut SourceMap) -> Option<Vec<RawObjective>> {
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

    fn index(&mut self, path: &Path, sources: &mut SourceMap) -> Option<RawIndex> {
        let file = read(self.files, path, sources, &mut self.diags)?;
        parse::lesson::parse_index(file, sources.text(file), &mut self.diags)
    }

    fn compile_context<'n>(
        &'n self,
        settings: &Settings,
        models: &'n [Model],
        objectives: Option<&'n [String]>,
        sources: &'n SourceMap,
    ) -> CompileContext<'n> {
        let limits = self.config.as_ref().and_then(|config| config.lints.as_ref());
        let limits = limits.filter(|_| !self.options.without_lints);
        CompileContext {
            models,
            model_files: &self.site.models,
            objectives,
            sources,
            files: self.files,
            linter: limits.map(|limits| Linter {
                context: LintContext {
                    models,
                    sources,
                    limits,
                    english: settings.is_english(),
                    reports: settings.reports(),
                },
                keeps_figures: self.files.contains(Path::new(lock::PATH)),
                plays: self.options.plays,
            }),
            keeps_raw: self.config.as_ref().is_some_and(|config| config.library.is_some()),
        }
    }

    /// Everything in [`CompileContext`], as one text to compare.
    fn context(
        &self,
        settings: &Settings,
        models: &[Model],
        objectives: Option<&[String]>,
        sources: &SourceMap,
    ) -> String {
        let CompileContext { linter, keeps_raw, model_files, .. } =
            self.compile_context(settings, models, objectives, sources);
        let limits = linter.map(|Linter { context, keeps_figures, .. }| {
            (context.limits, context.english, context.reports, keeps_figures)
        });
        let texts = models.iter().map(|model| model.file.map(|file| sources.text(file)));
        format!("{limits:?} {keeps_raw} {model_files:?} {objectives:?} {:?}", texts.collect::<Vec<_>>())
    }

    /// Reports symbolic links that are not followed, and anything that is not a file.
    fn refused(&mut self, sources: &mut SourceMap) {
        for (path, refusal) in self.files.refused() {
            let file = sources.add(path, "");
            let rename = format!("rename it to `{}`", path.to_ascii_lowercase());
            let (says, hint) = match refusal {
                Refusal::Outside => (
                    "this is a symbolic link that leads out of the site",
                    "put a copy of what it leads to in its place, or point it to a place inside the site's folder",
                ),
                Refusal::Dangling => (
                    "this is a symbolic link that leads to nothing",
                    "remove it, or point it to a file that is there",
                ),
                Refusal::Capitals => (
                    "nothing reads this folder: its name would have to be in lowercase letters",
                    rename.as_str(),
                ),
                Refusal::Special => (
                    "this is a pipe, a socket or a device, and only files are read",
                    "take it out of this folder",
                ),
                Refusal::Circular => (
                    "this is a symbolic link to a folder that it stands in",
                    "remove it, or point it to another folder",
                ),
            };
            let code = match refusal {
                Refusal::Capitals | Refusal::Special => Code::MisplacedFile,
                _ => Code::RefusedLink,
            };
            let fault = Diagnostic {
                severity: code.severity(),
                ..Diagnostic::error(code, Span::new(file, 0, 0), says)
            };
            self.diags.push(fault.hint(hint));
            self.diags.silence(file);
        }
    }

    /// Reports files that nothing reads, unless a scenario includes them.
    fn misplaced(&mut self, included: &BTreeSet<PathBuf>, sources: &mut SourceMap) {
        for Misnamed { path, proper } in
            self.site.misnamed.iter().filter(|each| !included.contains(&each.path))
        {
            let start = Span::new(sources.add(path, ""), 0, 0);
            let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (old, new) = (name(path), name(proper));
            let message = format!("nothing reads this file: its name would have to be `{new}`");
            let hint = match () {
                () if self.files.contains(proper) => {
                    format!("there is a `{new}` beside it; remove one of the two, or give it another name")
                }
                () if old.to_ascii_lowercase().ends_with(".txt") => format!(
                    "some editors add `.txt`; rename it to `{new}` where the whole name is shown (in the Explorer of Windows: View, File name extensions)"
                ),
                () => format!("rename it to `{new}`"),
            };
            self.diags.warning(Code::MisplacedFile, start, message, hint);
        }
        for path in self.site.misplaced.iter().filter(|path| !included.contains(*path)) {
            let start = Span::new(sources.add(path, ""), 0, 0);
            let fault = Diagnostic::error(Code::MisplacedFile, start, "nothing reads this file").warning();
            let folder = path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
            let near = folder.and_then(|name| Some((nearest(&name, FOLDERS)?, name)));
            let kind = kind(self.files, path).filter(|kind| !path.starts_with(kind.folder()));
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let single = (path.parent() == Some(Path::new("content")))
                .then(|| nearest(&name, ["objectives.yaml", "index.md"]));
            self.diags.push(fault.hint(match (near.filter(|(near, name)| *near != name.as_str()), single.flatten()) {
                (Some((near, _)), _) if path.components().count() > 2 => format!("rename its folder to `content/{near}`"),
                (_, Some(single)) => format!("rename it to `{single}`"),
                _ if path == Path::new("content/site.yaml") => "move it out of `content`, so that it stands beside it".to_owned(),
                _ if kind.is_some() => format!("move it to `{}`", kind.map_or("", Kind::folder)),
                _ => "lessons stand in `content/lessons` or one folder below, scenarios in `content/scenarios`, models in `content/models`".to_owned(),
            }));
        }
    }

    /// Adds the diagnostics and addresses of scenarios. Returns the slugs of all of them, and those that compiled, easier
    /// ones first.
    fn in_difficulty(
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
            addresses.lead(alias, sources, &mut self.diags);
        }
        // By file, not by what compiled: a scenario with errors is still a valid target of links.
        let misnamed = self.site.misnamed.iter().map(|each| &each.proper);
        let misnamed = misnamed.filter(|path| path.starts_with("content/scenarios"));
        let slugs = compiled.iter().map(|(path, ..)| path).chain(misnamed).map(|path| stem(path)).collect();
        let mut scenarios: Vec<Arc<Scenario>> =
            compiled.iter().filter_map(|(.., compiled)| compiled.scenario.clone()).collect();
        scenarios.sort_by(|a, b| {
            (a.difficulty.unwrap_or(u8::MAX), &a.slug).cmp(&(b.difficulty.unwrap_or(u8::MAX), &b.slug))
        });
        (slugs, scenarios)
    }

    /// Adds the diagnostics and addresses of lessons, and returns those that compiled.
    fn addressed(&mut self, compiled: &Compiled<CompiledLesson>, sources: &SourceMap) -> Vec<Arc<Lesson>> {
        let mut addresses = Addresses::default();
        for (path, file, compiled) in compiled {
            self.diags.append(compiled.diagnostics.clone());
            let place = of_lesson(path, &BTreeMap::new());
            addresses.claim(&place.slug, *file, sources, &mut self.diags);
        }
        for alias in compiled.iter().flat_map(|(.., compiled)| &compiled.aliases) {
            addresses.lead(alias, sources, &mut self.diags);
        }
        compiled.iter().filter_map(|(.., compiled)| compiled.lesson.clone()).collect()
    }

    /// The routes in `site.yaml`.
    fn routes(
        &mut self,
        pages: &Compiled<CompiledLesson>,
        slugs: &[String],
        scenarios: &[Arc<Scenario>],
    ) -> Vec<Route> {
        let Some(config) = &self.config else { return Vec::new() };
        let lessons: Vec<String> = pages.iter().map(|(path, ..)| name(path)).collect();
        check::course::routes(&config.routes, &lessons, slugs, &mut self.diags);
        let compiled = pages.iter().filter(|(.., compiled)| compiled.lesson.is_some());
        let lessons: Vec<String> = compiled.map(|(path, ..)| name(path)).collect();
        let scenarios: Vec<String> = scenarios.iter().map(|scenario| scenario.slug.clone()).collect();
        compile::routes(&config.routes, &lessons, &scenarios)
    }

    /// Every folder that has lessons or its own page.
    fn modules(&mut self, sources: &mut SourceMap) -> Vec<Module> {
        let pages = self.site.lessons.iter().chain(&self.site.modules);
        let folders: BTreeSet<PathBuf> = pages.filter_map(|path| folder(path)).map(Path::to_owned).collect();
        let taught: BTreeSet<&Path> = self.site.lessons.iter().filter_map(|path| folder(path)).collect();
        for path in
            self.site.modules.iter().filter(|path| !path.parent().is_some_and(|at| taught.contains(at)))
        {
            let start = Span::new(sources.add(path, ""), 0, 0);
            let message = "no lesson stands in this folder, so the text is not shown";
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
    fn spoken(&self, settings: &Settings) -> Settings {
        let mut spoken = settings.clone();
        let asked = self.options.language.filter(|asked| !settings.languages.iter().any(|own| own == asked));
        spoken.languages.extend(asked.map(str::to_owned));
        spoken
    }

    /// The course in the other languages of `site.yaml`, and in the requested one.
    fn translations(&mut self, course: &Course, sources: &mut SourceMap) -> Vec<Course> {
        let config = self.config.as_ref();
        let named = config.map(|config| config.languages.clone()).unwrap_or_default();
        let place = config.map_or_else(Span::default, |config| Span::new(config.file, 0, 0));
        let at = |language: &String| {
            let named = named.iter().find(|named| named.value == *language);
            named.cloned().unwrap_or_else(|| At::new(language.clone(), place))
        };
        let others: Vec<At<String>> =
            self.spoken(&course.settings).languages.iter().skip(1).map(at).collect();
        let (found, diags) = (&self.site.translations, &mut self.diags);
        Translating { files: self.files, found, sources, diags }.all(course, &others)
    }

    fn lint_models(&mut self, course: &Course, sources: &SourceMap) {
        if self.compile_context(&course.settings, &course.models, None, sources).linter.is_some() {
            linter::models(&course.models, sources, &mut self.diags);
        }
    }

    /// What the lints of a library need, if the course is judged as one.
    fn library(
        &self,
        scenarios: &Compiled<CompiledScenario>,
        lessons: &Compiled<CompiledLesson>,
        objectives: Vec<RawObjective>,
    ) -> Option<LibraryLints> {
        let config = self.config.as_ref()?;
        let span = config.library.filter(|_| config.lints.is_some() && !self.options.without_lints)?;
        Some(LibraryLints {
            span,
            scenarios: scenarios.iter().map(|(.., each)| Arc::clone(each)).collect(),
            lessons: lessons.iter().map(|(.., each)| Arc::clone(each)).collect(),
            objectives: objectives.into_iter().map(|objective| objective.id).collect(),
        })
    }

    /// What the lints of style need, if lints are asked for.
    fn style(&self, scenarios: &Compiled<CompiledScenario>) -> Option<StyleLints> {
        let config =
            self.config.as_ref().filter(|config| config.lints.is_some() && !self.options.without_lints)?;
        let titles = scenarios.iter().filter_map(|(_, file, each)| Some((*file, each.style?)));
        Some(StyleLints { library: config.library, titles: titles.collect() })
    }

    /// The published versions. An unreadable line stops a build: otherwise results would be lost.
    fn history(&mut self, sources: &mut SourceMap) -> History {
        let path = Path::new(history::PATH);
        let Some(content) = self.files.get(path) else { return History::default() };
        let text = String::from_utf8_lossy(&content.read().unwrap_or_default()).into_owned();
        let (history, unread) = History::read(&text);
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        if !unread.is_empty() {
            let file = sources.add(path, text);
            for at in unread {
                let message = "this line is no version of a scenario";
                let hint = "bring the line back as it was committed; after a merge keep the lines of both sides, and nothing else";
                self.diags.error(Code::BadValue, Span::new(file, starts[at], starts[at]), message, hint);
            }
        }
        history
    }

    /// Reports what has changed since `content/proof.lock` was written.
    fn compare_figures(
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
            let says = "this version of the scenario is not kept yet, so results could not be read once it is edited again";
            let unkept = || (!is_kept).then(|| says.to_owned());
            if let Some(change) = now.change(&before, &scenario.slug).or_else(unkept) {
                let hint =
                    "if that is what you meant, run `amends check --update-proof` and commit what it writes";
                self.diags.lint(Code::ProofChanged, Span::new(scenario.file, 0, 0), change, hint);
            }
        }
    }
}
