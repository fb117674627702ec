//! The one recipe that turns a file into a lesson with its drills, and the order of lessons.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::subject::Subject;
use crate::compile::{KnownIds, LessonPlace};
use crate::course::{Channel, Drill, Lesson};
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostics};
use crate::load::address::{by_name, name};
use crate::load::scenarios::{CompileContext, known_model};
use crate::parse::At;
use crate::parse::front_matter::{cut, says_draft};
use crate::parse::lesson::RawLesson;
use crate::source::FileId;
use crate::{check, compile, parse};

/// The scenarios that lessons can name, by slug.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownScenarios<'a> {
    /// All of them, with or without errors.
    pub(super) all: &'a [String],
    /// Those without errors, in course order.
    pub(super) compiled: &'a [String],
}

/// A lesson that was compiled and whose drills were linted.
#[derive(Debug, Default)]
pub(super) struct CompiledLesson {
    /// Only if the lints of a library will read it.
    pub(super) raw: Option<RawLesson>,
    pub(super) aliases: Vec<At<String>>,
    pub(super) is_draft: bool,
    /// `None` if it has errors.
    pub(super) lesson: Option<Arc<Lesson>>,
    pub(super) diagnostics: Diagnostics,
}

/// Parses and compiles the file of a lesson.
pub(super) fn compile_lesson(
    path: &Path,
    file: FileId,
    place: LessonPlace,
    context: &CompileContext<'_>,
    scenarios: KnownScenarios<'_>,
) -> CompiledLesson {
    let mut diagnostics = Diagnostics::default();
    let text = context.sources.text(file);
    let Some(raw) = parse::lesson::parse(file, text, &mut diagnostics) else {
        let is_draft = says_draft(cut(text).yaml.map_or(text, |yaml| &text[yaml]));
        return CompiledLesson { is_draft, diagnostics, ..CompiledLesson::default() };
    };
    let objectives = context.known_objectives(&raw.objectives, &mut diagnostics);
    check::course::names("scenario", &raw.scenarios, scenarios.all, &mut diagnostics);
    // If a model failed to compile, its skills are unknown.
    if context.models.iter().filter(|model| model.file.is_some()).count() == context.model_files.len() {
        let skills = context.models.iter().flat_map(|model| &model.skills).map(|skill| skill.id.clone());
        let taught: Vec<_> = raw.teaches.iter().map(|(skill, _)| skill.clone()).collect();
        check::course::names("skill", &taught, &skills.collect::<Vec<_>>(), &mut diagnostics);
    }
    let drills = drills(&raw, path, context, &mut diagnostics);
    let known = KnownIds { objectives, scenarios: scenarios.compiled };
    let lesson = compile::lesson(&raw, place, drills, known, context.sources);
    if let Some((linter, lesson)) = context.linter.zip(lesson.as_ref()) {
        check::course::minutes(&raw, text, linter.context.limits, &mut diagnostics);
        for raw in &raw.drills {
            if let Some(drill) = lesson.drills.get(&raw.at) {
                let subject = Subject::drill(&raw.story, &drill.story, linter.context);
                check::lint::drill(&subject, &mut diagnostics);
            }
        }
    }
    CompiledLesson {
        aliases: raw.aliases.clone(),
        is_draft: raw.draft,
        raw: context.keeps_raw.then_some(raw),
        lesson: lesson.map(Arc::new),
        diagnostics,
    }
}

fn drills(
    raw: &RawLesson,
    path: &Path,
    context: &CompileContext<'_>,
    diags: &mut Diagnostics,
) -> BTreeMap<usize, Drill> {
    let mut drills = BTreeMap::new();
    for drill in &raw.drills {
        known_model(&drill.story, context.model_files, diags);
        check::lint::allowed(&drill.story, &[], diags);
        let Some(story) = compile::story(&drill.story, context.models, path, context.sources, diags) else {
            continue;
        };
        let title = drill.title.as_ref().map(|title| title.value.clone());
        let channel = drill.story.channel.as_ref().map_or(Channel::InPerson, |channel| channel.value);
        drills.insert(drill.at, Drill { title, channel, story });
    }
    drills
}

/// The lessons in the order of `site.yaml`, then all others by the names of their files.
pub(super) fn in_order(
    mut lessons: Vec<PathBuf>,
    wanted: &[At<String>],
    diags: &mut Diagnostics,
) -> Vec<PathBuf> {
    lessons.sort_by(|one, other| by_name(one, other));
    if wanted.is_empty() {
        return lessons;
    }
    let names: Vec<String> = lessons.iter().map(|path| name(path)).collect();
    let mut placed = vec![false; names.len()];
    let mut order: Vec<PathBuf> = Vec::new();
    for wish in wanted {
        // Two files can have the same name in `site.yaml`; it refers to the first.
        match names.iter().position(|name| *name == wish.value) {
            Some(at) if placed[at] => {
                let message = format!("`{}` is in the list twice", wish.value);
                diags.error(Code::DuplicateId, wish.span, message, "keep one of the two");
            }
            Some(at) => {
                placed[at] = true;
                order.push(lessons[at].clone());
            }
            None => {
                let message = format!("there is no lesson called `{}`", wish.value);
                let hint = hint(&wish.value, names.iter().map(String::as_str));
                diags.error(Code::UnknownName, wish.span, message, hint);
            }
        }
    }
    let rest = lessons.iter().zip(&placed).filter(|(_, placed)| !**placed);
    order.extend(rest.map(|(path, _)| path.clone()));
    order
}
