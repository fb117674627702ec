//! A lesson's page.

use std::collections::BTreeMap;

use super::course::Scope;
use super::page::{Block, Lesson, Portrait, SpokenLine, Story};
use super::story::{StoryPlacement, portrait, story};
use crate::course::Speaker;
use crate::markdown::{DialogueLine, Piece, Writer};

/// Lesson `at` on its page in `folder`.
pub(super) fn lesson(scope: &Scope<'_>, at: usize, folder: &str, writer: &mut Writer<'_>) -> Lesson {
    let lesson = &scope.course.lessons[at];
    let body = writer.lesson(lesson, &|| scope.dialogue_skills(lesson.language.as_ref()));
    if lesson.language.is_none() {
        writer.check_taught(lesson);
    }
    let portraits = lesson.portraits.iter().filter_map(|(name, Speaker { portrait: of, span })| {
        Some((name.as_str(), portrait(scope, of, *span, writer)?))
    });
    let portraits: BTreeMap<_, _> = portraits.collect();
    let (mut blocks, mut drills) = (Vec::new(), 0);
    for piece in body.pieces {
        match piece {
            Piece::Prose(html) => blocks.push(Block::Prose { html }),
            Piece::Dialogue(lines) => blocks.push(Block::Dialogue { lines: spoken(lines, &portraits) }),
            Piece::Drill(start) => {
                // A drill that could not be read has diagnostics of its own, and the lesson then has no page.
                let Some(drill) = lesson.drills.get(&start) else { continue };
                drills += 1;
                let placement = StoryPlacement {
                    key: format!("{}d{drills}", writer.prefix()),
                    drill: true,
                    channel: drill.channel,
                };
                let story = story(scope, lesson.language.as_ref(), &drill.story, placement, writer);
                let story = Box::new(Story { title: drill.title.clone(), ..story });
                blocks.push(Block::Drill { story });
            }
        }
    }
    let position = scope.number(at) - 1;
    let neighbor = |position: Option<usize>| {
        let lesson = position.and_then(|position| scope.lessons.get(position))?;
        Some(scope.neighbor(folder, *lesson))
    };
    // Without drafts, which are not in the scope.
    let shown = lesson.scenarios.iter().filter(|at| scope.scenarios.binary_search(at).is_ok());
    Lesson {
        slug: lesson.slug.clone(),
        number: position + 1,
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        minutes: lesson.minutes,
        draft: lesson.draft,
        objectives: scope.objectives(&lesson.objectives, lesson.language.as_ref()),
        blocks,
        drills,
        scenarios: shown.map(|&at| scope.scenario_link(folder, at)).collect(),
        previous: neighbor(position.checked_sub(1)),
        next: neighbor(Some(position + 1)),
        contents: body.contents,
    }
}

/// The lines of a dialogue, with the portraits of the customers.
fn spoken(lines: Vec<DialogueLine>, portraits: &BTreeMap<&str, Portrait>) -> Vec<SpokenLine> {
    let mut moods = BTreeMap::new();
    let lines = lines.into_iter().map(|line| {
        let portrait = portraits.get(line.speaker.as_str()).filter(|_| !line.you).cloned();
        let before = portrait.as_ref().and_then(|_| moods.insert(line.speaker.clone(), line.mood));
        SpokenLine { portrait, again: before.is_some(), same: before == Some(line.mood), line }
    });
    lines.collect()
}
