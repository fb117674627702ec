//! The one recipe that turns a file into a scenario: parse, include, check, compile, lint.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::compile::{self, beside};
use crate::course::{Model, Scenario};
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::files::Files;
use crate::load::linter::{LintResult, Linter};
use crate::parse::At;
use crate::parse::front_matter::says_draft;
use crate::parse::is_one_of;
use crate::parse::scenario::{RawScenario, RawStory};
use crate::path::stem;
use crate::prove::lock::Figures;
use crate::source::{FileId, SourceMap, Span};
use crate::{check, parse};

/// What a scenario is compiled against.
#[derive(Debug, Clone, Copy)]
pub(super) struct CompileContext<'a> {
    pub(super) models: &'a [Model],
    /// The files of models, compiled or not.
    pub(super) model_files: &'a [PathBuf],
    /// The ids of the objectives, if their file can be read.
    pub(super) objectives: Option<&'a [String]>,
    pub(super) sources: &'a SourceMap,
    pub(super) files: &'a Files,
    /// `None` if the site has turned lints off.
    pub(super) linter: Option<Linter<'a>>,
    /// Whether the lints of a whole library will read the typed text.
    pub(super) keeps_raw: bool,
}

impl<'a> CompileContext<'a> {
    /// The ids of the objectives; reports each of `named` that is not among them.
    pub(super) fn known_objectives(&self, named: &[At<String>], diags: &mut Diagnostics) -> &'a [String] {
        let Some(known) = self.objectives else { return &[] };
        if known.is_empty() {
            for name in named {
                let message = format!("there is no objective called `{}`, nor any other", name.value);
                let hint = format!(
                    "start the file `content/objectives.yaml` with the line `{}: {{ says: \"...\" }}`",
                    name.value
                );
                diags.error(Code::UnknownName, name.span, message, hint);
            }
        } else {
            check::course::names("objective", named, known, diags);
        }
        known
    }
}

/// A scenario as typed.
#[derive(Debug)]
pub(super) struct ParsedScenario {
    /// `None` if it is not valid YAML.
    pub(super) raw: Option<RawScenario>,
    pub(super) is_draft: bool,
    pub(super) diagnostics: Diagnostics,
}

/// A scenario that was compiled and linted.
#[derive(Debug, Default)]
pub(super) struct CompiledScenario {
    /// With the nodes of its includes; only if the lints of a library will read it.
    pub(super) raw: Option<RawScenario>,
    /// The files that it includes.
    pub(super) includes: Vec<PathBuf>,
    /// Whether it is a scenario of its own even if another one includes it.
    pub(super) stands_alone: bool,
    /// The file of its model, if the site has one.
    pub(super) model: Option<PathBuf>,
    pub(super) aliases: Vec<At<String>>,
    pub(super) is_draft: bool,
    /// `None` if errors keep it from being compiled.
    pub(super) scenario: Option<Arc<Scenario>>,
    /// Whether the story itself is free of errors; faults in objectives or expectations do not count.
    pub(super) is_playable: bool,
    pub(super) figures: Option<Figures>,
    /// Where to report what its style gives away, unless that is allowed.
    pub(super) style: Option<Span>,
    pub(super) diagnostics: Diagnostics,
}

/// Parses the file of a scenario.
pub(super) fn parse_scenario(file: FileId, sources: &SourceMap) -> ParsedScenario {
    let mut diagnostics = Diagnostics::default();
    let text = sources.text(file);
    let raw = parse::scenario::parse(file, text, &mut diagnostics);
    let is_draft = raw.as_ref().map_or_else(|| says_draft(text), |raw| raw.draft);
    ParsedScenario { raw, is_draft, diagnostics }
}

impl ParsedScenario {
    /// The files that it includes.
    pub(super) fn includes(&self, path: &Path) -> Vec<PathBuf> {
        let names = self.raw.iter().flat_map(|raw| &raw.includes);
        names.map(|name| beside(path, &name.value)).collect()
    }
}

/// Compiles and lints a parsed scenario.
pub(super) fn compile_scenario(
    path: &Path,
    parsed: ParsedScenario,
    context: &CompileContext<'_>,
) -> CompiledScenario {
    let includes = parsed.includes(path);
    let ParsedScenario { raw, is_draft, mut diagnostics } = parsed;
    let Some(mut raw) = raw else {
        return CompiledScenario { is_draft, diagnostics, ..CompiledScenario::default() };
    };
    include(path, &mut raw, context, &mut diagnostics);
    known_model(&raw.story, context.model_files, &mut diagnostics);
    let story = compile::story(&raw.story, context.models, path, context.sources, &mut diagnostics);
    let is_playable = !diagnostics.has_errors();
    let objectives = context.known_objectives(&raw.objectives, &mut diagnostics);
    check::lint::allowed(&raw.story, &raw.allow, &mut diagnostics);
    let model = raw.story.model.as_ref().map_or(compile::DEFAULT_MODEL, |model| &model.value);
    if let Some((model, failure)) =
        context.models.iter().find(|each| each.id == model).zip(raw.failure.as_ref())
    {
        is_one_of(&model.failures(), failure, "failure", &mut diagnostics);
    }
    if let Some(story) = &story {
        check::expect::check(&raw.expect, &story.engine, &context.models[story.model], &mut diagnostics);
    }
    let scenario = story.and_then(|story| compile::scenario(&raw, &stem(path), story, objectives));
    let linted =
        context.linter.zip(scenario.as_ref()).map(|(linter, scenario)| linter.scenario(&raw, scenario));
    let LintResult { diagnostics: weak, figures } = linted.unwrap_or_default();
    diagnostics.append(weak);
    let allows_style = raw.allow.iter().any(|allow| allow.code.value == Code::StyleTell.name());
    CompiledScenario {
        includes,
        stands_alone: raw.stands_alone,
        model: model_file(&raw.story, context.model_files),
        aliases: raw.aliases.clone(),
        is_draft,
        style: raw.title.as_ref().filter(|_| !allows_style).map(|title| title.span),
        raw: context.keeps_raw.then_some(raw),
        scenario: scenario.map(Arc::new),
        is_playable,
        figures,
        diagnostics,
    }
}

fn model_file(story: &RawStory, files: &[PathBuf]) -> Option<PathBuf> {
    let id = story.model.as_ref().map_or(compile::DEFAULT_MODEL, |model| &model.value);
    files.iter().find(|file| stem(file) == id).cloned()
}

/// Adds the nodes of included files, which have been read before, to a scenario's own.
fn include(path: &Path, raw: &mut RawScenario, context: &CompileContext<'_>, diags: &mut Diagnostics) {
    let sources = context.sources;
    for name in &raw.includes {
        let wanted = beside(path, &name.value);
        let Some(file) = sources.find(&wanted).filter(|_| context.files.contains(&wanted)) else {
            let leads_out = wanted.is_absolute() || wanted.starts_with("..");
            let message = match leads_out {
                true => format!("`{}` is outside of the site", name.value),
                false => format!("there is no file `{}`", wanted.display()),
            };
            let hint = match name.value.contains('\\') {
                true => format!("did you mean `{}`?", name.value.replace('\\', "/")),
                false => "a path in `includes` starts at the folder of this file".to_owned(),
            };
            diags.error(Code::MissingFile, name.span, message, hint);
            (raw.story.whole, raw.story.lacks_nodes) = (false, true);
            continue;
        };
        let before = diags.meaning_errors();
        let Some(nodes) = parse::scenario::parse_include(file, sources.text(file), diags) else {
            let (is, hint) = match wanted == path {
                true => ("this file itself", "remove it from `includes`"),
                false => (
                    "a scenario of its own",
                    "remove it from `includes`; what both need goes into a third file, below `nodes:`, that both include",
                ),
            };
            let message =
                format!("`{}` is {is}, and only files with nothing but `nodes` can be included", name.value);
            diags.error(Code::BadValue, name.span, message, hint);
            (raw.story.whole, raw.story.lacks_nodes) = (false, true);
            continue;
        };
        for node in nodes {
            match raw.story.nodes.iter().find(|known| known.id.value == node.id.value) {
                Some(first) => diags.push(
                    Diagnostic::error(
                        Code::IncludeClash,
                        node.id.span,
                        format!("`{}` is here for the second time", node.id.value),
                    )
                    .label(first.id.span, "the first")
                    .hint("rename one of the two"),
                ),
                None => raw.story.nodes.push(node),
            }
        }
        let is_read = diags.meaning_errors() == before;
        raw.story.whole &= is_read;
        raw.story.lacks_nodes |= !is_read;
    }
}

/// Reports a model that has no file.
pub(super) fn known_model(story: &RawStory, files: &[PathBuf], diags: &mut Diagnostics) {
    let Some(name) = &story.model else { return };
    let mut known: Vec<String> = files.iter().map(|path| stem(path)).collect();
    known.push(compile::DEFAULT_MODEL.to_owned());
    known.sort();
    known.dedup();
    if !known.contains(&name.value) {
        let message = format!("there is no model called `{}`", name.value);
        let hint = hint(&name.value, known.iter().map(String::as_str));
        diags.error(Code::UnknownName, name.span, message, hint);
    }
}
