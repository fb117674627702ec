//! `amends data-sheet`: prints what a course stores about a trainee, where and for how long, on one page for a works
//! council or a data protection officer. It describes this build, and gives no legal advice.

use crate::course::{Certificate, Reporting, Settings};
use crate::shell::cli::DataSheet;
use crate::shell::cmd::{Failure, Outcome, load_without_lints};

/// Runs the command.
///
/// # Errors
/// If the settings cannot be read.
pub fn run(args: &DataSheet) -> Result<Outcome, Failure> {
    let site = &args.site.site;
    if !site.join("site.yaml").is_file() {
        return Err(format!("there is no site.yaml in {}", site.display()).into());
    }
    anstream::print!("{}", sheet(&load_without_lints(site)?.course.settings));
    Ok(Outcome::Done)
}

/// The page, as Markdown.
fn sheet(settings: &Settings) -> String {
    let Settings { title, id, .. } = settings;
    let (name, carries, seen) = match settings.reporting {
        Reporting::Minimal => (
            "minimal",
            "whether the challenge was passed, the final score and its band",
            "These are the trainee's word: nothing can check them, and reports call them unverified.",
        ),
        Reporting::Scores => (
            "scores",
            "whether the challenge was passed, the final score, its band and the score of each skill",
            "These are the trainee's word: nothing can check them, and reports call them unverified.",
        ),
        Reporting::Full => (
            "full",
            "the result of the challenge, every choice, the seed of their order and a coarse duration",
            "The choices are replayed, which gives scores, order errors and slips. Figures about single choices are left out for groups under five; each play has a line of its own, and can be viewed turn by turn under its name.",
        ),
    };
    let platform = match settings.reporting {
        Reporting::Minimal => "completion, success and score",
        Reporting::Scores => "completion, success, score and the score of each skill",
        Reporting::Full => {
            "completion, success, score, the score of each skill and each choice of the challenge that counts"
        }
    };
    let rule = match settings.certificate {
        Certificate::First => "the first finished challenge counts",
        Certificate::Best => "the best finished challenge counts",
    };
    let desk = if settings.desk {
        "On the site's page `desk/`, or with `amends results`. The page works in the trainer's browser; it sends nothing and stores nothing."
    } else {
        "With `amends results` on the trainer's own computer. This site has no page for it (`desk: false`)."
    };
    format!(
        "# Data sheet: {title}

Reporting of this course: **{name}** (`reporting` in `site.yaml`). Certificate: {rule}.

| what | where | when | how long |
|---|---|---|---|
| choices, mode, time, seed and version of an unfinished run | the trainee's browser (`sessionStorage`, `localStorage`, names beginning with `amends:{id}:`) | from the first choice | until the run ends or is restarted, or the data is deleted |
| attempts: choices, mode, scores, band, date, seconds, version, result code of the one that counts | the trainee's browser (`localStorage`) | at the end of each play | until deleted |
| lessons marked as done, answers to the questions after a play | the trainee's browser (`localStorage`) | when the trainee does so | until deleted |
| a name for the certificate | the trainee's browser (`localStorage`) | if the trainee types one | until deleted |
| a copy of the course's pages, without media | the trainee's browser (its cache for offline) | after the first visit, over https | until deleted |

*My record* shows all of it, exports it to a file, and deletes it (\"Delete my data on this device\"). Nothing is stored
before the first act that needs it. The site sends nothing: it has no server of its own, no account, no cookies, no
tracking, and requests nothing from elsewhere. The web server that hosts it may keep access logs; that is up to its operator.

## What reaches a trainer

Nothing, unless the trainee sends a result code. A code of this course carries {carries}; also which scenario and which
version of it, a random number, and a name if the trainee types one. {seen} A code shows
what was chosen or said to be reached, never who did it.

Codes are read here: {desk} Whoever receives codes decides how long to keep them and who sees them; from then on they
are data about an employee.

Before a play, the page of each scenario says what its code will contain.

## In a learning platform

A package (`amends export`) stores nothing in the trainee's browser; with cmi5 the platform's token is in the tab's storage
until the session ends. The platform gets, from the first act of a trainee on: {platform}; and, so that a trainee can go on, of each
scenario the play that counts, the best, the last and the current one (choices, mode, scores, minute, seconds), and the lessons
that are done. Practice is not reported; answers and a name are not passed on. How long it keeps them is up to its operator.
"
    )
}
