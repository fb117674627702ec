//! A whole site.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::asset::Assets;
use crate::course::{Channel, Course, Drill, Lesson, Model, Module, Scenario};
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::discover::{Found, discover};
use crate::error::{Error, Result};
use crate::load::address::{Addresses, folder, name, of_lesson, unnumbered};
use crate::load::typed::Typed;
use crate::load::{Loaded, models, read, single, stem};
use crate::parse::At;
use crate::parse::config::RawConfig;
use crate::parse::lesson::{RawIndex, RawLesson};
use crate::parse::objectives::RawObjective;
use crate::parse::scenario::RawScenario;
use crate::prove::lock::{self, Lock};
use crate::source::{FileId, SourceMap, Span};
use crate::{check, compile, parse, render};

/// Reads, checks and compiles a site.
///
/// # Errors
///
/// If a folder or file cannot be read. What is wrong inside them is in the diagnostics.
pub fn load(site: &Path) -> Result<Loaded> {
    let found = discover(site)?;
    let mut loading = Loading {
        site,
        found,
        sources: SourceMap::default(),
        diags: Diagnostics::default(),
        typed: Typed::default(),
    };
    let course = loading.course()?;
    let Loading { sources, mut diags, found, typed, .. } = loading;
    typed.lint(&course, &sources, &mut diags);
    kept(site, &course, &mut diags)?;
    let assets = Assets::read(site)?;
    // What compiled is looked through even if other files have errors: all faults in one run. A link to a file
    // that could not be compiled is sound: the file has its own diagnostics.
    let pages = found.lessons.iter().chain(&found.scenarios).map(PathBuf::as_path);
    let used = render::check(&course, &sources, &assets, pages, &mut diags);
    let mut sources = sources;
    if !diags.has_errors() {
        unused(&assets, &used, &mut sources, &mut diags);
    }
    let course = (!diags.has_errors()).then_some(course);
    let diagnostics = diags.sorted(&sources);
    Ok(Loaded { sources, assets, diagnostics, course })
}

/// Tells files that no page shows or links to. A page with an error may be the one that does.
fn unused(assets: &Assets, used: &BTreeSet<String>, sources: &mut SourceMap, diags: &mut Diagnostics) {
    for path in assets.paths().filter(|path| *path != lock::PATH && !used.contains(*path)) {
        let file = sources.add(path, String::new());
        let message = "no page shows this file or links to it, so it is not published";
        let told = check::lint::found(Code::UnusedFile, Span::new(file, 0, 0), message.to_owned());
        diags.push(told.hint("link to it from a page, or take it out of the content folder"));
    }
}

/// Tells what has changed since the figures were kept, where a site keeps them.
fn kept(site: &Path, course: &Course, diags: &mut Diagnostics) -> Result<()> {
    let path = site.join(lock::PATH);
    if !path.is_file() {
        return Ok(());
    }
    let text = std::fs::read_to_string(&path).map_err(|source| Error::new("read", &path, source))?;
    let (before, now) = (Lock::read(&text), Lock::of(course));
    for scenario in &course.scenarios {
        if let Some(change) = now.change(&before, &scenario.slug) {
            let told = check::lint::found(Code::ProofChanged, Span::new(scenario.file, 0, 0), change);
            diags.push(told.hint(
                "if that is what you meant, run `amends check --update-proof` and commit `content/proof.lock`",
            ));
        }
    }
    Ok(())
}

struct Loading<'a> {
    site: &'a Path,
    found: Found,
    sources: SourceMap,
    diags: Diagnostics,
    typed: Typed,
}

/// A scenario's file before it is compiled.
struct Script {
    path: PathBuf,
    slug: String,
    raw: Option<RawScenario>,
}

impl Loading<'_> {
    /// All that compiled; with errors among the diagnostics it has holes.
    fn course(&mut self) -> Result<Course> {
        let config = self.config()?;
        let settings = compile::settings(config.as_ref());
        let objectives = self.objectives()?;
        let ids: Vec<String> = objectives.iter().map(|objective| objective.id.value.clone()).collect();
        let paths = self.found.models.clone();
        let models = models(self.site, &paths, &mut self.sources, &mut self.diags)?;
        let scripts = self.scripts()?;
        // By file, not by what compiled: a scenario with errors is still there to be linked to.
        let slugs: Vec<String> = scripts.iter().map(|script| script.slug.clone()).collect();
        let mut scenarios = self.scenarios(&scripts, &models, &ids)?;
        scenarios.sort_by(|a, b| {
            (a.difficulty.unwrap_or(u8::MAX), &a.slug).cmp(&(b.difficulty.unwrap_or(u8::MAX), &b.slug))
        });
        let order: Vec<String> = scenarios.iter().map(|scenario| scenario.slug.clone()).collect();
        let (modules, lessons) = self.lessons(config.as_ref(), &models, &ids, (&slugs, &order))?;
        let home = self.found.home.clone().map(|path| self.index(&path)).transpose()?.flatten();
        let home = compile::home(home.as_ref(), &settings, &self.sources);
        self.typed.config = config;
        let compiled = compile::objectives(&objectives);
        self.typed.objectives = objectives;
        let objectives = compiled;
        Ok(Course { settings, home, modules, lessons, scenarios, objectives, models })
    }

    fn read(&mut self, path: &Path) -> Result<FileId> {
        read(self.site, path, &mut self.sources, &mut self.diags)
    }

    fn config(&mut self) -> Result<Option<RawConfig>> {
        let Some(path) = self.found.config.clone() else {
            let file = self.sources.add("site.yaml", String::new());
            let fault = Diagnostic::error(
                Code::MissingFile,
                Span::new(file, 0, 0),
                "there is no `site.yaml` in this folder",
            );
            let hint =
                "go to the folder of a course, or name it with `--site`; a first line `title: ...` makes one";
            self.diags.push(fault.hint(hint));
            return Ok(None);
        };
        let file = self.read(&path)?;
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

    /// Parses every file among the scenarios, but for those that another includes.
    fn scripts(&mut self) -> Result<Vec<Script>> {
        let mut parsed = Vec::new();
        for path in self.found.scenarios.clone() {
            let mut diags = Diagnostics::default();
            let file = read(self.site, &path, &mut self.sources, &mut diags)?;
            let raw = parse::scenario::parse(file, self.sources.text(file), &mut diags);
            parsed.push((path, file, raw, diags));
        }
        let included: BTreeSet<PathBuf> = parsed
            .iter()
            .filter_map(|(path, _, raw, _)| Some((path, raw.as_ref()?)))
            .flat_map(|(path, raw)| raw.includes.iter().map(move |name| compile::beside(path, &name.value)))
            .collect();
        self.strays(&included);
        let (mut scripts, mut addresses) = (Vec::new(), Addresses::default());
        for (path, file, raw, diags) in parsed {
            if included.contains(&path) {
                continue;
            }
            self.diags.append(diags);
            let slug = stem(&path);
            addresses.claim(&slug, file, &self.sources, &mut self.diags);
            scripts.push(Script { path, slug, raw });
        }
        for alias in scripts.iter().flat_map(|script| script.raw.iter().flat_map(|raw| &raw.aliases)) {
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
        scripts: &[Script],
        models: &[Model],
        objectives: &[String],
    ) -> Result<Vec<Scenario>> {
        let mut scenarios = Vec::new();
        for script in scripts {
            let Some(mut raw) = script.raw.clone() else { continue };
            single::include(self.site, &script.path, &mut raw, &mut self.sources, &mut self.diags)?;
            check::course::names("objective", &raw.objectives, objectives, &mut self.diags);
            single::known_model(&raw.story, &self.found.models, &mut self.diags);
            check::lint::allowed(&raw.story, &raw.allow, &mut self.diags);
            let story = compile::story(&raw.story, models, &script.path, &mut self.diags);
            if let Some(story) = &story {
                check::expect::check(&raw.expect, &story.engine, &models[story.model], &mut self.diags);
            }
            scenarios
                .extend(story.and_then(|story| compile::scenario(&raw, &script.slug, story, objectives)));
            self.typed.scenarios.push(raw);
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
        let mut lessons = Vec::new();
        let mut addresses = Addresses::default();
        for path in self.in_order(config) {
            let file = self.read(&path)?;
            let (slug, module) = of_lesson(&path, &modules);
            addresses.claim(&slug, file, &self.sources, &mut self.diags);
            let Some(raw) = parse::lesson::parse(file, self.sources.text(file), &mut self.diags) else {
                continue;
            };
            check::course::names("objective", &raw.objectives, objectives, &mut self.diags);
            check::course::names("scenario", &raw.scenarios, known, &mut self.diags);
            let drills = self.drills(&raw, models, &path);
            lessons.extend(compile::lesson(&raw, (slug, module), drills, (objectives, order), &self.sources));
            self.typed.lessons.push(raw);
        }
        for alias in self.typed.lessons.iter().flat_map(|raw| &raw.aliases) {
            addresses.lead(alias, &self.sources, &mut self.diags);
        }
        Ok((modules, lessons))
    }

    fn drills(&mut self, raw: &RawLesson, models: &[Model], path: &Path) -> Vec<(usize, Drill)> {
        let mut drills = Vec::new();
        for drill in &raw.drills {
            single::known_model(&drill.story, &self.found.models, &mut self.diags);
            check::lint::allowed(&drill.story, &[], &mut self.diags);
            let Some(story) = compile::story(&drill.story, models, path, &mut self.diags) else { continue };
            let title = drill.title.as_ref().map(|title| title.value.clone());
            let channel = drill.story.channel.as_ref().map_or(Channel::InPerson, |channel| channel.value);
            drills.push((drill.at, Drill { title, channel, story }));
        }
        drills
    }

    /// Every folder that holds lessons or has a page of its own.
    fn modules(&mut self) -> Result<Vec<Module>> {
        let folders: BTreeSet<PathBuf> =
            self.found.lessons.iter().chain(&self.found.modules).filter_map(|path| folder(path)).collect();
        let mut modules = Vec::new();
        for folder in folders {
            let path = folder.join("index.md");
            let raw = if self.found.modules.contains(&path) { self.index(&path)? } else { None };
            let slug = unnumbered(&folder.file_name().unwrap_or_default().to_string_lossy());
            modules.push(compile::module(raw.as_ref(), &slug, &self.sources));
        }
        Ok(modules)
    }

    /// The order of `site.yaml`, then all others by file name.
    fn in_order(&mut self, config: Option<&RawConfig>) -> Vec<PathBuf> {
        let wanted: &[At<String>] = config.map_or(&[], |config| &config.lessons);
        let names: Vec<String> = self.found.lessons.iter().map(|path| name(path)).collect();
        let mut order: Vec<PathBuf> = Vec::new();
        for wish in wanted {
            match names.iter().position(|name| *name == wish.value) {
                Some(at) if order.contains(&self.found.lessons[at]) => {
                    let message = format!("`{}` is in the list twice", wish.value);
                    self.diags.push(
                        Diagnostic::error(Code::DuplicateId, wish.span, message).hint("keep one of the two"),
                    );
                }
                Some(at) => order.push(self.found.lessons[at].clone()),
                None => {
                    let message = format!("there is no lesson called `{}`", wish.value);
                    let hint = hint(&wish.value, names.iter().map(String::as_str));
                    self.diags.push(Diagnostic::error(Code::UnknownName, wish.span, message).hint(hint));
                }
            }
        }
        let rest: Vec<PathBuf> =
            self.found.lessons.iter().filter(|path| !order.contains(path)).cloned().collect();
        order.extend(rest);
        order
    }
}
