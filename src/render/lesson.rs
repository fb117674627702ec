//! A lesson's page.

use super::course::Scope;
use super::page::{Block, Lesson, Story};
use super::story::{Setting, story};
use crate::markdown::{Piece, Writer};

/// Lesson `at` on its page in `folder`.
pub(super) fn lesson(scope: &Scope<'_>, at: usize, folder: &str, writer: &mut Writer<'_>) -> Lesson {
    let lesson = &scope.course.lessons[at];
    let body = writer.lesson(lesson, &|| scope.dialogue_skills(lesson.language.as_ref()));
    if lesson.language.is_none() {
        writer.check_taught(lesson);
    }
    let (mut blocks, mut drills) = (Vec::new(), 0);
    for piece in body.pieces {
        match piece {
            Piece::Prose(html) => blocks.push(Block::Prose { html }),
            Piece::Dialogue(lines) => blocks.push(Block::Dialogue { lines }),
            Piece::Drill(start) => {
                // A drill that could not be read has its own diagnostics, and the lesson then has no page.
                let Some(drill) = lesson.drills.get(&start) else { continue };
                drills += 1;
                let setting = Setting {
                    key: format!("{}d{drills}", writer.prefix()),
                    drill: true,
                    channel: drill.channel,
                };
                let story = story(scope, lesson.language.as_ref(), &drill.story, setting, writer);
                let story = Box::new(Story { title: drill.title.clone(), ..story });
                blocks.push(Block::Drill { story });
            }
        }
    }
    let place = scope.number(at) - 1;
    let neighbor = |place: Option<usize>| {
        let lesson = place.and_then(|place| scope.lessons.get(place))?;
        Some(scope.neighbor(folder, *lesson))
    };
    // Drafts are left out.
    let shown = lesson.scenarios.iter().filter(|at| scope.scenarios.binary_search(at).is_ok());
    Lesson {
        slug: lesson.slug.clone(),
        number: place + 1,
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        minutes: lesson.minutes,
        draft: lesson.draft,
        objectives: scope.objectives(&lesson.objectives, lesson.language.as_ref()),
        blocks,
        drills,
        scenarios: shown.map(|&at| scope.scenario_link(folder, at)).collect(),
        previous: neighbor(place.checked_sub(1)),
        next: neighbor(Some(place + 1)),
        contents: body.contents,
    }
}
