//! What style gives away over a course: whether a reader trained on the other pages finds the best choices of a scenario.
//!
//! Not a part of [`lint`](super::lint): it needs the whole course, and one edit changes its findings everywhere. So nothing
//! of it is cached, and it runs last.

use crate::course::Course;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::limits::Limits;
use crate::prove::style::TooFew;
use crate::prove::{Proving, StyleProof};
use crate::source::{FileId, Span};

/// Where to report what style gives away.
#[derive(Debug)]
pub struct StyleLints {
    /// The place for findings about the course, if it is checked as a library.
    pub library: Option<Span>,
    /// The titles of scenarios that do not allow the finding.
    pub titles: Vec<(FileId, Span)>,
}

const HINT: &str = "let a fact of the story decide: give a weak choice the rhythm of the best one, and a best one theirs; `amends prove` names the marks that lead most";

impl StyleLints {
    /// Trains a reader on all other pages for each page.
    pub fn check(&self, course: &Course, proving: &Proving, limits: &Limits, diags: &mut Diagnostics) {
        for scenario in &course.scenarios {
            let title = self.titles.iter().find(|(file, _)| *file == scenario.file);
            let style = title.and_then(|(_, title)| Some((*title, proving.style(scenario).ok()?)));
            let Some((title, StyleProof { reading, played, .. })) = style else { continue };
            if reading.chance() < limits.style_chance || played.pass {
                let passes =
                    if played.pass { format!(", and passes with {}", played.rounded) } else { String::new() };
                let message = format!(
                    "a reader of style finds the best choice in {} of {} decisions, where chance would give {:.1} ({}){passes}",
                    reading.hits,
                    reading.decisions,
                    reading.due(),
                    odds(reading.chance())
                );
                diags.lint(Code::StyleTell, title, message, HINT);
            }
        }
        if let Some(library) = self.library {
            whole(proving, library, limits, diags);
        }
    }
}

/// The probability of an accident, in words.
pub(super) fn odds(chance: f64) -> String {
    if chance < 0.0001 { "p < 0.0001".to_owned() } else { format!("p = {chance:.4}") }
}

fn whole(proving: &Proving, library: Span, limits: &Limits, diags: &mut Diagnostics) {
    match proving.whole() {
        Ok(reading) if reading.share() > limits.style_share && reading.chance() < limits.style_chance => {
            let message = format!(
                "over {} decisions a reader of style finds the best choice in {}, where chance would give {:.0}",
                reading.decisions,
                reading.hits,
                reading.due()
            );
            diags.lint(Code::StyleTell, library, message, HINT);
        }
        Ok(_) => {}
        Err(TooFew { elsewhere, needed }) => {
            let message = format!(
                "whether style gives best choices away cannot be said: it takes {needed} decisions on other pages, and there are {elsewhere}"
            );
            let found = Diagnostic::lint(Code::StyleTell, library, message);
            diags.push(found.note().hint("write more scenarios, or lower `style-decisions` under `lints`"));
        }
    }
}
