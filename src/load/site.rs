//! A whole site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::asset::Assets;
use crate::check::FirstTries;
use crate::course::{Channel, Course, Drill, Lesson, Model, Module, Scenario, Settings};
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::discover::{Found, discover};
use crate::load::address::{Addresses, by_name, folder, name, of_lesson, unnumbered};
use crate::load::memo::Memo;
use crate::load::themes::{pictures, themes};
use crate::load::translations::Translating;
use crate::load::typed::{self, Asked, Desk, Typed};
use crate::load::{Loaded, keep, models, read, read_all, single, stem};
use crate::parse::At;
use crate::parse::config::RawConfig;
use crate::parse::lesson::{RawIndex, RawLesson};
use crate::parse::objectives::RawObjective;
use crate::parse::scenario::RawScenario;
use crate::prove::lock::{self, Figures, Lock};
use crate::render::{self, Looked};
use crate::shell::error::{Error, Result};
use crate::shell::theme_files;
use crate::source::{Fetched, FileId, SourceMap, Span};
use crate::theme::{self, Strings, Theme};
use crate::{check, compile, parse};

/// Reads, checks and compiles a site.
///
/// # Errors
///
/// If a folder or file cannot be read. What is wrong inside them is in the diagnostics.
pub fn load(site: &Path) -> Result<Loaded> {
    load_with(site, &Memo::default(), &FirstTries::default())
}

/// The same with what is known already, and with what people have played.
///
/// # Errors
///
/// As of [`load`].
pub fn load_with(site: &Path, memo: &Memo, tries: &FirstTries) -> Result<Loaded> {
    Ok(draft((site, || discover(site)), memo, tries)?.checked())
}

/// Goes as far as [`load`], but for the texts: who renders the course reads them as Markdown anyway. `find` tells which files
/// there are.
///
/// # Errors
///
/// As of [`load`].
pub(crate) fn draft(
    (site, find): (&Path, impl FnOnce() -> Result<Found> + Send),
    memo: &Memo,
    tries: &FirstTries,
) -> Result<Draft> {
    let lock = site.join(lock::PATH);
    let lock = if lock.is_file() { Some(lock) } else { None };
    let mut loading = Loading {
        site,
        found: Found::default(),
        asked: Asked { kept: lock.is_some(), memo, tries },
        sources: SourceMap::default(),
        diags: Diagnostics::default(),
        typed: Typed::default(),
    };
    let config = loading.config()?;
    let settings = compile::settings(config.as_ref());
    // To read a theme takes as long as to read a small course.
    let (course, themed) = rayon::join(
        || {
            loading.found = find()?;
            loading.course(config.as_ref(), settings.clone())
        },
        || {
            let mut diags = Diagnostics::default();
            let files = theme_files::read(site)?;
            Ok((themes(&files, &settings, config.as_ref(), &mut diags), diags))
        },
    );
    let (course, (themes, told)) = (course?, themed?);
    let Loading { sources, mut diags, found, typed, .. } = loading;
    diags.append(told);
    let desk = Desk::new(config.as_ref(), &settings, (&course.models, &sources));
    let figures = match desk.as_ref().zip(config.as_ref()) {
        Some((desk, config)) => typed.lint(&course, (desk, config), &mut diags),
        None => BTreeMap::new(),
    };
    if let Some(path) = lock {
        kept(&path, &course, figures, &mut diags)?;
    }
    let assets = Assets::read(site, &found.assets)?;
    pictures(config.as_ref(), &assets, &mut diags);
    Ok(Draft { found, sources, assets, diags, themes, course })
}

/// A site whose texts nobody has looked at yet.
#[derive(Debug)]
pub(crate) struct Draft {
    found: Found,
    pub(crate) sources: SourceMap,
    pub(crate) assets: Assets,
    pub(crate) diags: Diagnostics,
    /// As in [`Loaded`].
    pub(crate) themes: std::result::Result<Vec<Theme>, theme::Error>,
    /// All that compiled; with errors among the diagnostics it has holes.
    pub(crate) course: Course,
}

impl Draft {
    /// Every file that has a page once it is free of faults. A link to one that could not be compiled is sound: the
    /// file has its own diagnostics.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &Path> {
        self.found.lessons.iter().chain(&self.found.scenarios).map(PathBuf::as_path)
    }

    /// Looks through the texts. What compiled is looked through even if other files have errors: all faults in one run.
    pub(crate) fn checked(self) -> Loaded {
        let looked =
            render::check(&self.course, &self.sources, &self.assets, &Strings::english(), self.pages());
        self.finish(looked)
    }

    /// With what is wrong with the texts.
    pub(crate) fn finish(self, looked: Looked) -> Loaded {
        let Self { mut sources, assets, mut diags, themes, course, .. } = self;
        // A text stands on more than one page.
        let mut external = looked.external;
        external.sort_by_key(|(_, span)| *span);
        external.dedup();
        looked.faults.into_iter().for_each(|fault| diags.push(fault));
        if !diags.has_errors() {
            let mut used: BTreeSet<String> = looked.assets.into_values().collect();
            used.extend(course.settings.brand.pictures().cloned());
            unused(&assets, &used, &mut sources, &mut diags);
        }
        let course = (!diags.has_errors()).then_some(course);
        let diagnostics = diags.sorted(&sources);
        Loaded { sources, assets, diagnostics, themes, external, course }
    }
}

/// Tells files that no page shows or links to. A page with an error may be the one that does.
fn unused(assets: &Assets, used: &BTreeSet<String>, sources: &mut SourceMap, diags: &mut Diagnostics) {
    for path in assets.paths().filter(|path| *path != lock::PATH && !used.contains(*path)) {
        let file = sources.add(path, String::new());
        let message = "no page shows this file or links to it, so it is not published";
        let told = Diagnostic::lint(Code::UnusedFile, Span::new(file, 0, 0), message.to_owned());
        diags.push(told.hint("link to it from a page, or take it out of the content folder"));
    }
}

/// Tells what has changed since the figures were kept at `path`.
fn kept(
    path: &Path,
    course: &Course,
    figures: BTreeMap<FileId, Figures>,
    diags: &mut Diagnostics,
) -> Result<()> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::new("read", path, source))?;
    let (before, now) = (Lock::read(&text), Lock::with(course, figures));
    for scenario in &course.scenarios {
        if let Some(change) = now.change(&before, &scenario.slug) {
            let told = Diagnostic::lint(Code::ProofChanged, Span::new(scenario.file, 0, 0), change);
            diags.push(told.hint(
                "if that is what you meant, run `amends check --update-proof` and commit `content/proof.lock`",
            ));
        }
    }
    Ok(())
}

/// The settings, the models and the ids of the objectives.
type About<'a> = (&'a Settings, &'a [Model], &'a [String]);

struct Loading<'a> {
    site: &'a Path,
    found: Found,
    asked: Asked<'a>,
    sources: SourceMap,
    diags: Diagnostics,
    typed: Typed,
}

/// A file among the scenarios. Whether it is one, or a part of another, is known when all have been read.
struct Script {
    path: PathBuf,
    file: FileId,
    /// What is wrong with it as typed.
    told: Diagnostics,
    includes: Vec<At<String>>,
    aliases: Vec<At<String>>,
    stage: Option<Stage>,
}

/// How far a scenario has come.
enum Stage {
    /// It waits for what it includes.
    Typed(Box<RawScenario>),
    Made(Box<Made>),
}

/// A scenario that was compiled and looked through.
struct Made {
    file: FileId,
    /// As typed, if anybody still needs it.
    raw: Option<RawScenario>,
    /// If it compiled.
    scenario: Option<Scenario>,
    told: Diagnostics,
    found: Option<typed::Found>,
}

/// Makes scenarios out of what was typed.
struct Maker<'a> {
    models: &'a [Model],
    /// Files of models, read or not.
    paths: &'a [PathBuf],
    objectives: &'a [String],
    sources: &'a SourceMap,
    desk: Option<Desk<'a>>,
    asked: Asked<'a>,
    /// Whether what was typed is needed again.
    keeps: bool,
}

impl Maker<'_> {
    fn make(&self, path: &Path, raw: RawScenario) -> Made {
        let mut told = Diagnostics::default();
        check::course::names("objective", &raw.objectives, self.objectives, &mut told);
        single::known_model(&raw.story, self.paths, &mut told);
        check::lint::allowed(&raw.story, &raw.allow, &mut told);
        let story = compile::story(&raw.story, self.models, (path, self.sources), &mut told);
        if let Some(story) = &story {
            check::expect::check(&raw.expect, &story.engine, &self.models[story.model], &mut told);
        }
        let scenario = story.and_then(|story| compile::scenario(&raw, &stem(path), story, self.objectives));
        let found = match (&self.desk, &scenario) {
            (Some(desk), Some(scenario)) => Some(desk.look(&raw, scenario, self.asked)),
            _ => None,
        };
        Made { file: raw.file, raw: self.keeps.then_some(raw), scenario, told, found }
    }
}

impl Loading<'_> {
    /// All that compiled; with errors among the diagnostics it has holes.
    fn course(&mut self, config: Option<&RawConfig>, settings: Settings) -> Result<Course> {
        let objectives = self.objectives()?;
        let ids: Vec<String> = objectives.iter().map(|objective| objective.id.value.clone()).collect();
        let paths = self.found.models.clone();
        let models = models(self.site, &paths, &mut self.sources, &mut self.diags)?;
        let about = (&settings, models.as_slice(), ids.as_slice());
        let scripts = self.scripts(config, about)?;
        // By file, not by what compiled: a scenario with errors is still there to be linked to.
        let slugs: Vec<String> = scripts.iter().map(|script| stem(&script.path)).collect();
        let mut scenarios = self.scenarios(scripts, config, about)?;
        scenarios.sort_by(|a, b| {
            (a.difficulty.unwrap_or(u8::MAX), &a.slug).cmp(&(b.difficulty.unwrap_or(u8::MAX), &b.slug))
        });
        let order: Vec<String> = scenarios.iter().map(|scenario| scenario.slug.clone()).collect();
        let (modules, lessons) = self.lessons(config, &models, &ids, (&slugs, &order))?;
        let home = self.found.home.clone().map(|path| self.index(&path)).transpose()?.flatten();
        let home = compile::home(home.as_ref(), &settings, &self.sources);
        let compiled = compile::objectives(&objectives);
        self.typed.objectives = objectives;
        let objectives = compiled;
        let translations = Vec::new();
        let mut course =
            Course { settings, home, modules, lessons, scenarios, objectives, models, translations };
        course.translations = self.translations(&course, config)?;
        Ok(course)
    }

    /// The course in the other languages that `site.yaml` names.
    fn translations(&mut self, course: &Course, config: Option<&RawConfig>) -> Result<Vec<Course>> {
        let named = config.map(|config| config.languages.clone()).unwrap_or_default();
        let first = &course.settings.language;
        let others: Vec<At<String>> = named.into_iter().filter(|language| language.value != *first).collect();
        let (sources, diags) = (&mut self.sources, &mut self.diags);
        Translating { site: self.site, found: &self.found.translations, sources, diags }.all(course, &others)
    }

    fn read(&mut self, path: &Path) -> Result<FileId> {
        read(self.site, path, &mut self.sources, &mut self.diags)
    }

    fn config(&mut self) -> Result<Option<RawConfig>> {
        let path = Path::new("site.yaml");
        if !self.site.join(path).is_file() {
            let file = self.sources.add(path, String::new());
            let fault = Diagnostic::error(
                Code::MissingFile,
                Span::new(file, 0, 0),
                "there is no `site.yaml` in this folder",
            );
            let hint =
                "go to the folder of a course, or name it with `--site`; a first line `title: ...` makes one";
            self.diags.push(fault.hint(hint));
            return Ok(None);
        }
        let file = self.read(path)?;
        Ok(parse::config::parse(file, self.sources.text(file), &mut self.diags))
    }

    fn objectives(&mut self) -> Result<Vec<RawObjective>> {
        let Some(path) = self.found.objectives.clone() else { return Ok(Vec::new()) };
        let file = self.read(&path)?;
        Ok(parse::objectives::parse(file, self.sources.text(file), &mut self.diags))
    }

    fn index(&mut self, path: &Path) -> Result<Option<RawIndex>> {
        let file = self.read(path)?;
        Ok(parse::lesson::parse_index(file, self.sources.text(file), &mut self.diags))
    }

    fn maker<'m>(
        &'m self,
        config: Option<&'m RawConfig>,
        (settings, models, objectives): About<'m>,
    ) -> Maker<'m> {
        let sources = &self.sources;
        let desk = Desk::new(config, settings, (models, sources));
        let keeps = config.is_some_and(|config| config.library.is_some());
        Maker { models, paths: &self.found.models, objectives, sources, desk, asked: self.asked, keeps }
    }

    /// Reads every file among the scenarios, and gives those that no other includes.
    fn scripts(&mut self, config: Option<&RawConfig>, about: About<'_>) -> Result<Vec<Script>> {
        let fetched: Vec<_> =
            self.found.scenarios.par_iter().map(|path| Fetched::read(self.site, path)).collect();
        let mut files = Vec::new();
        for (path, fetched) in self.found.scenarios.iter().zip(fetched) {
            let mut diags = Diagnostics::default();
            files.push((path.clone(), keep(path, fetched?, &mut self.sources, &mut diags), diags));
        }
        let (sources, maker) = (&self.sources, self.maker(config, about));
        let read = files.into_par_iter().map(|(path, file, mut told)| {
            let raw = parse::scenario::parse(file, sources.text(file), &mut told);
            let (includes, aliases) =
                raw.as_ref().map(|raw| (raw.includes.clone(), raw.aliases.clone())).unwrap_or_default();
            let stage = raw.map(|raw| match includes.is_empty() {
                true => Stage::Made(Box::new(maker.make(&path, raw))),
                false => Stage::Typed(Box::new(raw)),
            });
            Script { path, file, told, includes, aliases, stage }
        });
        let read: Vec<Script> = read.collect();
        let included: BTreeSet<PathBuf> = read
            .iter()
            .flat_map(|Script { path, includes, .. }| {
                includes.iter().map(move |name| compile::beside(path, &name.value))
            })
            .collect();
        self.strays(&included);
        let (mut scripts, mut addresses) = (Vec::new(), Addresses::default());
        for mut script in read.into_iter().filter(|script| !included.contains(&script.path)) {
            self.diags.append(std::mem::take(&mut script.told));
            addresses.claim(&stem(&script.path), script.file, &self.sources, &mut self.diags);
            scripts.push(script);
        }
        for alias in scripts.iter().flat_map(|script| &script.aliases) {
            addresses.lead(alias, &self.sources, &mut self.diags);
        }
        Ok(scripts)
    }

    /// Files that nothing reads, unless a scenario includes them.
    fn strays(&mut self, included: &BTreeSet<PathBuf>) {
        for path in self.found.stray.iter().filter(|path| !included.contains(*path)) {
            let file = self.sources.add(path, String::new());
            let fault =
                Diagnostic::error(Code::MisplacedFile, Span::new(file, 0, 0), "nothing reads this file")
                    .warning();
            self.diags.push(fault.hint(
                "lessons stand in `content/lessons` or one folder below, scenarios in `content/scenarios`, models in `content/models`",
            ));
        }
    }

    fn scenarios(
        &mut self,
        scripts: Vec<Script>,
        config: Option<&RawConfig>,
        about: About<'_>,
    ) -> Result<Vec<Scenario>> {
        let mut whole = Vec::new();
        for Script { path, stage, .. } in scripts {
            let Some(mut stage) = stage else { continue };
            if let Stage::Typed(raw) = &mut stage {
                single::include(self.site, &path, raw, &mut self.sources, &mut self.diags)?;
            }
            whole.push((path, stage));
        }
        let maker = self.maker(config, about);
        let made = whole.into_par_iter().map(|(path, stage)| match stage {
            Stage::Typed(raw) => Box::new(maker.make(&path, *raw)),
            Stage::Made(made) => made,
        });
        let made: Vec<Box<Made>> = made.collect();
        let mut scenarios = Vec::new();
        for made in made {
            let Made { file, raw, scenario, told, found } = *made;
            self.diags.append(told);
            scenarios.extend(scenario);
            self.typed.scenarios.extend(raw);
            self.typed.found.extend(found.map(|found| (file, found)));
        }
        Ok(scenarios)
    }

    fn lessons(
        &mut self,
        config: Option<&RawConfig>,
        models: &[Model],
        objectives: &[String],
        (known, order): (&[String], &[String]),
    ) -> Result<(Vec<Module>, Vec<Lesson>)> {
        let modules = self.modules()?;
        let paths = self.in_order(config);
        let files = read_all(self.site, &paths, &mut self.sources, &mut self.diags)?;
        let known_modules: BTreeMap<&str, usize> =
            modules.iter().enumerate().rev().map(|(at, module)| (module.slug.as_str(), at)).collect();
        let named: Vec<_> = paths.par_iter().map(|path| of_lesson(path, &known_modules)).collect();
        let library = config.is_some_and(|config| config.library.is_some());
        let mut addresses = Addresses::with_capacity(paths.len());
        let mut places = Vec::with_capacity(paths.len());
        for ((path, &file), (slug, module)) in paths.iter().zip(&files).zip(named) {
            addresses.claim(&slug, file, &self.sources, &mut self.diags);
            places.push((path, file, slug, module));
        }
        let compiled = places.into_par_iter().with_max_len(64).map(|(path, file, slug, module)| {
            let mut diags = Diagnostics::default();
            let Some(mut raw) = parse::lesson::parse(file, self.sources.text(file), &mut diags) else {
                return (None, None, diags);
            };
            check::course::names("objective", &raw.objectives, objectives, &mut diags);
            check::course::names("scenario", &raw.scenarios, known, &mut diags);
            let drills = self.drills(&raw, models, path, &mut diags);
            let lesson = compile::lesson(&raw, (slug, module), drills, (objectives, order), &self.sources);
            let aliases = std::mem::take(&mut raw.aliases);
            let needed = library || !raw.drills.is_empty();
            (lesson, Some((aliases, needed.then_some(raw))), diags)
        });
        let compiled: Vec<_> = compiled.collect();
        let (mut lessons, mut aliases) = (Vec::with_capacity(compiled.len()), Vec::new());
        for (lesson, typed, diags) in compiled {
            self.diags.append(diags);
            lessons.extend(lesson);
            let Some((former, raw)) = typed else { continue };
            aliases.extend(former);
            self.typed.lessons.extend(raw);
        }
        for alias in &aliases {
            addresses.lead(alias, &self.sources, &mut self.diags);
        }
        Ok((modules, lessons))
    }

    fn drills(
        &self,
        raw: &RawLesson,
        models: &[Model],
        path: &Path,
        diags: &mut Diagnostics,
    ) -> Vec<(usize, Drill)> {
        let mut drills = Vec::new();
        for drill in &raw.drills {
            single::known_model(&drill.story, &self.found.models, diags);
            check::lint::allowed(&drill.story, &[], diags);
            let Some(story) = compile::story(&drill.story, models, (path, &self.sources), diags) else {
                continue;
            };
            let title = drill.title.as_ref().map(|title| title.value.clone());
            let channel = drill.story.channel.as_ref().map_or(Channel::InPerson, |channel| channel.value);
            drills.push((drill.at, Drill { title, channel, story }));
        }
        drills
    }

    /// Every folder that holds lessons or has a page of its own.
    fn modules(&mut self) -> Result<Vec<Module>> {
        let mut folders: Vec<&Path> =
            self.found.lessons.iter().chain(&self.found.modules).filter_map(|path| folder(path)).collect();
        // To compare paths takes long, and neighbors share theirs.
        folders.dedup_by_key(|folder| folder.as_os_str());
        let folders: BTreeSet<PathBuf> = folders.into_iter().map(Path::to_owned).collect();
        let pages: BTreeSet<PathBuf> = self.found.modules.iter().cloned().collect();
        let mut modules = Vec::new();
        for folder in folders {
            let path = folder.join("index.md");
            let raw = if pages.contains(&path) { self.index(&path)? } else { None };
            let slug = unnumbered(&folder.file_name().unwrap_or_default().to_string_lossy());
            modules.push(compile::module(raw.as_ref(), &slug, &self.sources));
        }
        Ok(modules)
    }

    /// The order of `site.yaml`, then all others by file name.
    fn in_order(&mut self, config: Option<&RawConfig>) -> Vec<PathBuf> {
        let wanted: &[At<String>] = config.map_or(&[], |config| &config.lessons);
        // They are found by their letters.
        self.found.lessons.sort_by(|one, other| by_name(one, other));
        if wanted.is_empty() {
            return self.found.lessons.clone();
        }
        let names: Vec<String> = self.found.lessons.iter().map(|path| name(path)).collect();
        // Two files can have one name in `site.yaml`; the first is meant.
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            places.entry(name).or_insert(at);
        }
        let mut placed = vec![false; names.len()];
        let mut order: Vec<PathBuf> = Vec::new();
        for wish in wanted {
            match places.get(wish.value.as_str()) {
                Some(&at) if placed[at] => {
                    let message = format!("`{}` is in the list twice", wish.value);
                    self.diags.push(
                        Diagnostic::error(Code::DuplicateId, wish.span, message).hint("keep one of the two"),
                    );
                }
                Some(&at) => {
                    placed[at] = true;
                    order.push(self.found.lessons[at].clone());
                }
                None => {
                    let message = format!("there is no lesson called `{}`", wish.value);
                    let hint = hint(&wish.value, names.iter().map(String::as_str));
                    self.diags.push(Diagnostic::error(Code::UnknownName, wish.span, message).hint(hint));
                }
            }
        }
        let rest = self.found.lessons.iter().zip(&placed).filter(|(_, placed)| !**placed);
        order.extend(rest.map(|(path, _)| path.clone()));
        order
    }
}
