//! From the files of a site to a course: runs every stage up to `compile` over every file.
//!
//! All commands share it. There is always a course; anything with errors is left out of it and reported.

mod address;
mod blame;
mod lessons;
mod library;
mod linter;
mod loading;
mod scenarios;
mod themes;
mod translations;
mod words;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::asset::Assets;
use crate::check::ClassPlays;
use crate::check::style::StyleLints;
use crate::check::subject::LintContext;
use crate::course::{Course, Model, Scenario};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::files::{Content, Files};
use crate::history::History;
use crate::limits::Limits;
use crate::markdown::{ExternalLink, PageFindings};
use crate::parse::allow::RawAllow;
use crate::path::stem;
use crate::prove::{LIMIT, Proving};
use crate::site_files::{SiteFiles, is_lock, meant_extension};
use crate::source::{FileId, MAX_BYTES, SourceMap, Span, Unread};
use crate::theme::{self, Theme};
use crate::{check, compile, parse};

use library::LibraryLints;
pub use workspace::Workspace;

/// The options of [`load`].
#[derive(Debug, Clone, Copy, Default)]
pub struct LoadOptions<'a> {
    /// The address of the site, overriding its settings.
    pub url: Option<&'a str>,
    /// The theme, overriding the settings.
    pub theme: Option<&'a str>,
    /// The only scenario to load, by its path: lessons and other scenarios are ignored.
    pub scenario: Option<&'a Path>,
    /// A language to load the course in, in addition to those in its settings.
    pub language: Option<&'a str>,
    /// Leaves out the lints, most of which need a proof of each scenario.
    pub without_lints: bool,
    /// What a class played, for the lints that read it.
    pub plays: Option<&'a ClassPlays>,
}

impl LoadOptions<'_> {
    /// For commands that report no weaknesses.
    pub fn without_lints() -> Self {
        Self { without_lints: true, ..Self::default() }
    }
}

/// Everything that loading a site produces.
#[derive(Debug)]
pub struct Loaded {
    /// Every file that was read.
    pub sources: SourceMap,
    /// The kind of each file; a file that a scenario includes is not a scenario.
    pub files: SiteFiles,
    /// Pictures and other files of the content.
    pub assets: Assets,
    /// What is wrong or weak, except for what only rendering can find.
    pub diagnostics: Diagnostics,
    /// The theme in each language of the site, the site's own first.
    pub themes: Result<Vec<Theme>, theme::Error>,
    /// Everything that compiled. If there are errors among the diagnostics, it has holes.
    pub course: Course,
    /// The lesson and scenario files that are drafts.
    pub drafts: Vec<PathBuf>,
    /// The published versions.
    pub history: History,
    /// The threshold of each lint, whether or not lints were asked for.
    pub limits: Limits,
    /// What the lints of style need; `None` if lints were not asked for.
    style: Option<StyleLints>,
    /// What the lints of a library need, if the course is one.
    library: Option<LibraryLints>,
    /// What `site.yaml` allows.
    allowed: Vec<RawAllow>,
    scenario_files: Vec<ScenarioFile>,
    /// Proving reads every page, so it happens only on demand, and once.
    proving: OnceLock<Proving>,
}

/// The file of a scenario, with or without errors.
#[derive(Debug)]
struct ScenarioFile {
    file: FileId,
    /// The files that it depends on: those that it includes, and its model's file.
    parts: Vec<PathBuf>,
    is_playable: bool,
}

/// Everything to report about a site.
#[derive(Debug)]
pub struct Report {
    /// Sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The links that lead out of the course, each place only once.
    pub external: Vec<ExternalLink>,
    /// The files of drafts: faults there stop nothing.
    drafts: BTreeSet<FileId>,
}

impl Report {
    /// The findings outside of drafts.
    pub fn published(&self) -> Vec<Diagnostic> {
        let all = self.diagnostics.iter().filter(|each| !self.drafts.contains(&each.span.file));
        all.cloned().collect()
    }

    /// Whether there is an error outside of drafts.
    pub fn has_errors(&self) -> bool {
        self.stops(false)
    }

    /// Whether the findings keep a site from being built: errors do, and under `strict` warnings, too. A draft never does.
    pub fn stops(&self, strict: bool) -> bool {
        let least = if strict { Severity::Warning } else { Severity::Error };
        self.diagnostics.iter().any(|each| each.severity >= least && !self.drafts.contains(&each.span.file))
    }
}

/// The model that exists even if a site has none of its own.
const EMBEDDED_MODEL: &str = include_str!("load/models/leaa.en.yaml");

/// Reads, checks and compiles a site.
pub fn load(files: &Files, options: &LoadOptions<'_>) -> Loaded {
    Workspace::default().load(files, options)
}

impl Loaded {
    /// Whether no error is outside of drafts, so that the published site has no holes.
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(|each| each.severity == Severity::Error && !self.is_of_draft(each))
    }

    /// Every file that gets a page once it is free of errors and correctly named. A link to one that failed to compile is
    /// valid: the file has its own diagnostics.
    pub(crate) fn page_files(&self) -> impl Iterator<Item = &Path> {
        let misnamed = self.files.misnamed.iter().map(|each| &each.path);
        self.files.lessons.iter().chain(&self.files.scenarios).chain(misnamed).map(PathBuf::as_path)
    }

    /// All diagnostics, with the findings of rendering.
    pub fn report(&self, findings: PageFindings) -> Report {
        let mut all = self.diagnostics.clone();
        findings.diagnostics.into_iter().for_each(|each| all.push(each));
        if let Some(library) = &self.library {
            let Self { course, sources, limits, .. } = self;
            let context = LintContext::new(&course.settings, &course.models, sources, limits);
            library.check(context, &mut all);
        }
        if self.is_sound() {
            // An edit to one page changes what style gives away on all others, so this waits until the page is out.
            self.style
                .iter()
                .for_each(|lints| lints.check(&self.course, self.proving(), &self.limits, &mut all));
        }
        if !all.has_errors() {
            // A page with an error may be the one that uses the file.
            let used = |path: &&str| findings.assets.values().any(|source| source == path);
            let brand = |path: &&str| self.course.settings.brand.pictures().any(|picture| picture == path);
            for path in self.assets.paths().filter(|path| !used(path) && !brand(path)) {
                let Some(file) = self.sources.find(Path::new(path)).filter(|_| !is_lock(Path::new(path)))
                else {
                    continue;
                };
                let place = Span::new(file, 0, 0);
                if let Some(kind) = meant_extension(path) {
                    let hint = format!(
                        "put its text into a file that ends in `{kind}`, link to it from a page, or take it out of the content folder"
                    );
                    all.lint(Code::MisplacedFile, place, "nothing reads this file", hint);
                    continue;
                }
                let message = "no page shows this file or links to it, so it is not published";
                let hint = "link to it from a page, or take it out of the content folder";
                all.lint(Code::UnusedFile, place, message.to_owned(), hint);
            }
        }
        self.scripted(&findings.assets, &mut all);
        // The same text may be on more than one page.
        let mut external = findings.external;
        external.sort_by_key(|link| link.span);
        external.dedup();
        let diagnostics = all.sorted(&self.sources);
        let of_drafts = diagnostics.iter().filter(|each| self.is_of_draft(each));
        let drafts = of_drafts.map(|each| each.span.file).collect();
        Report { diagnostics, external, drafts }
    }

    /// What all proofs of the course share.
    pub fn proving(&self) -> &Proving {
        self.proving.get_or_init(|| Proving::new(&self.course, &self.limits, LIMIT))
    }

    /// Warns of published files that run scripts, unless that is allowed.
    fn scripted(&self, used: &BTreeMap<String, String>, diags: &mut Diagnostics) {
        let used: BTreeSet<&str> = used.values().map(String::as_str).collect();
        let mut scripted = used.into_iter().filter(|path| self.assets.is_scripted(path)).peekable();
        let (known, others): (Vec<&RawAllow>, Vec<&RawAllow>) =
            self.allowed.iter().partition(|each| each.code.value == Code::ScriptedFile.name());
        for other in others {
            let message = format!("`{}` cannot be allowed for a whole site", other.code.value);
            let hint = format!("allow it where it is reported; here it can be `{}`", Code::ScriptedFile);
            diags.error(Code::UnknownName, other.code.span, message, hint);
        }
        if known.is_empty() {
            for file in scripted.filter_map(|path| self.sources.find(Path::new(path))) {
                let message = "this file runs scripts, which can read and change everything that the course stores in a browser";
                let hint = "take the scripts out, or link to it on another site; if you know who wrote it, write `allow: { scripted-file: \"why\" }` in site.yaml";
                diags.lint(Code::ScriptedFile, Span::new(file, 0, 0), message, hint);
            }
        } else if scripted.peek().is_none() {
            for unused in known {
                let message = "`scripted-file` is allowed here, but nothing here needs it";
                diags.lint(Code::UnusedAllow, unused.code.span, message, "remove the line");
            }
        }
    }

    /// The scenario at `path` with its model, if its story is sound, whatever else is wrong in the site.
    pub fn playable(&self, path: &Path) -> Option<(&Scenario, &Model)> {
        let file = self.scenario_file(path).filter(|file| file.is_playable)?.file;
        let scenario = self.course.scenarios.iter().find(|scenario| scenario.file == file)?;
        Some((scenario, &self.course.models[scenario.story.model]))
    }

    /// The files that the scenario at `path` depends on: those that it includes, and its model's file.
    pub fn parts(&self, path: &Path) -> &[PathBuf] {
        self.scenario_file(path).map_or(&[][..], |file| &file.parts)
    }

    /// The report on a scenario's file and those that it depends on.
    pub fn report_scenario(&self, path: &Path) -> Vec<Diagnostic> {
        let parts = self.parts(path);
        let is_own = |each: &&Diagnostic| {
            let file = self.sources.path(each.span.file);
            file == path || parts.iter().any(|part| part == file)
        };
        let mut own = Diagnostics::default();
        self.diagnostics.iter().filter(is_own).for_each(|each| own.push(each.clone()));
        own.sorted(&self.sources)
    }

    fn scenario_file(&self, path: &Path) -> Option<&ScenarioFile> {
        self.scenario_files.iter().find(|each| self.sources.path(each.file) == path)
    }
}

/// Adds a file, and reports it if it is not UTF-8; `None` if it does not exist.
fn read(files: &Files, path: &Path, sources: &mut SourceMap, diags: &mut Diagnostics) -> Option<FileId> {
    Some(add(path, files.get(path)?, sources, diags))
}

fn add(path: &Path, content: &Content, sources: &mut SourceMap, diags: &mut Diagnostics) -> FileId {
    let (file, fault) = sources.add_content(path, content);
    let start = Span::new(file, 0, 0);
    match fault {
        _ if sources.text(file).starts_with("{\\rtf") => {
            sources.add(path, "");
            let message = "this is RTF, in which programs such as TextEdit save formatted text";
            let hint = "save it again as plain text; in TextEdit, choose Format, Make Plain Text first";
            diags.error(Code::Encoding, start, message, hint);
            diags.silence(file);
        }
        None => {}
        Some(Unread::Encoding(span)) => {
            let hint = "in your editor, save it again with the encoding UTF-8";
            diags.error(Code::Encoding, span, "this file is not saved as UTF-8", hint);
        }
        Some(Unread::Binary(at)) => {
            let message = format!("this is not a text file: byte {} is a NUL", at + 1);
            let hint = "if it is text, save it again with the encoding UTF-8; if not, move it out of here";
            diags.error(Code::Encoding, start, message, hint);
            diags.silence(file);
        }
        Some(Unread::TooLong) => {
            let message =
                format!("this file has more than {} MB, and nothing of it was read", MAX_BYTES >> 20);
            diags.error(Code::TooLarge, start, message, "if it is the right file, split it into several");
            diags.silence(file);
        }
    }
    file
}

/// Reads, checks and compiles one model; `None` if it has errors. With `lints`, its weights are checked, too.
fn model(id: &str, file: FileId, lints: bool, sources: &SourceMap, diags: &mut Diagnostics) -> Option<Model> {
    let mut found = Diagnostics::default();
    let raw = parse::model::parse(file, sources.text(file), &mut found);
    if let Some(raw) = &raw {
        check::model::check(raw, &mut found);
    }
    let sound = found.meaning_errors() == 0;
    diags.append(found);
    let raw = raw.filter(|_| sound)?;
    let model = compile::model::model(id, &raw)?;
    if lints {
        check::model::weights(&raw, diags);
    }
    Some(model)
}

/// The models in these files, plus LEAA if it is not among them.
fn models(
    files: &Files,
    paths: &[PathBuf],
    lints: bool,
    sources: &mut SourceMap,
    diags: &mut Diagnostics,
) -> Vec<Model> {
    let mut models = Vec::new();
    for path in paths {
        let Some(file) = read(files, path, sources, diags) else { continue };
        models.extend(model(&stem(path), file, lints, sources, diags));
    }
    if !paths.iter().any(|path| stem(path) == compile::DEFAULT_MODEL) {
        let file = sources.add("models/leaa.yaml", EMBEDDED_MODEL.to_owned());
        let leaa = model(compile::DEFAULT_MODEL, file, false, sources, diags);
        models.extend(leaa.map(|leaa| Model { file: None, ..leaa }));
    }
    models
}
