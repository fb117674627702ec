//! Names across files: objectives, scenarios and routes; and whether a lesson takes as long as it says.

use crate::check::names::{is_known, unknown};
use crate::diag::render::counted;
use crate::diag::{Code, Diagnostics};
use crate::limits::Limits;
use crate::measure::{has_more_words, words};
use crate::parse::At;
use crate::parse::config::RawRoute;
use crate::parse::lesson::RawLesson;

/// Reports each of `names` that is not `known`.
pub fn names(what: &str, names: &[At<String>], known: &[String], diags: &mut Diagnostics) {
    let known = || known.iter().map(String::as_str);
    for name in names.iter().filter(|name| !is_known(&name.value, known())) {
        diags.push(unknown(what, name, known()));
    }
}

/// Reports routes that are empty, name the same thing twice, or name something unknown.
pub fn routes(
    routes: &[(At<String>, RawRoute)],
    lessons: &[String],
    scenarios: &[String],
    diags: &mut Diagnostics,
) {
    for (id, route) in routes {
        names("lesson", &route.lessons, lessons, diags);
        names("scenario", &route.scenarios, scenarios, diags);
        for list in [&route.lessons, &route.scenarios] {
            let is_again = |at: &usize| list[..*at].iter().any(|other| other.value == list[*at].value);
            for name in (0..list.len()).filter(is_again).map(|at| &list[at]) {
                let message = format!("`{}` is in the list twice", name.value);
                diags.error(Code::DuplicateId, name.span, message, "keep one of the two");
            }
        }
        if route.lessons.is_empty() && route.scenarios.is_empty() && route.whole {
            let message = format!("the route `{}` leads to no lesson and no scenario", id.value);
            let hint = "list some under `lessons` or `scenarios`, or remove the route";
            diags.error(Code::MissingKey, id.span, message, hint);
        }
    }
}

/// Words that people read in a minute.
const READ: f64 = 230.0;

/// Notes a lesson that claims to take far longer or shorter than its words and drills do; `text` is its file.
pub fn minutes(raw: &RawLesson, text: &str, limits: &Limits, diags: &mut Diagnostics) {
    let Some(minutes) = &raw.minutes else { return };
    let (text, says) = (&text[raw.body.clone()], f64::from(minutes.value));
    let decisions: usize = raw.drills.iter().map(|drill| drill.story.decisions().count()).sum();
    // Nearly every lesson fits, and then not all of its words need to be counted: each takes two bytes or more.
    let most_words = says * limits.lesson_minutes * READ;
    // A short text may be meant for reflection.
    let least_words = (says / limits.lesson_minutes - decisions as f64 - 1.0) * READ;
    if text.len() as f64 / 2.0 < most_words && has_more_words(text, least_words as usize) {
        return;
    }
    let words = words(text);
    let read = words as f64 / READ;
    if words as f64 > most_words || (words as f64) < least_words {
        let takes = (read + decisions as f64).ceil().max(1.0);
        let (words, decisions) = (counted(words, "word"), counted(decisions, "decision"));
        let message =
            format!("a lesson of {words} and {decisions} takes about {takes} min, but this says {says}");
        let hint = format!("write `minutes: {takes}`, or more if trainees do something else in it, too");
        diags.lint(Code::LessonMinutes, minutes.span, message, hint);
    }
}
