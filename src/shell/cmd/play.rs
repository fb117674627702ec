//! `amends play`: a scenario in the terminal, or the report of one run.
//!
//! Plays whatever is structurally sound, whatever else is wrong in the course.

mod debrief;
mod json;
mod ledger;
mod text;
mod turns;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use scenario_wasm::{Refused, Session};

use crate::course::{Choice, Decision, Ending, Model, Scenario};
use crate::diag::suggest::hint;
use crate::discover::discover;
use crate::load;
use crate::shell::cli::{Play, ReportFormat, Talk};
use crate::shell::cmd::{Failure, Outcome, unsound};
use crate::shell::theme_files;
use crate::theme::{Strings, Theme};

/// A play in the terminal: the engine's session and everything it is told with.
struct Stage<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    strings: &'a Strings,
}

/// A session over the scenario of a stage.
type Run<'a> = Session<&'a scenario_wasm::Scenario>;

/// Runs it.
///
/// # Errors
///
/// If the scenario cannot be found or read.
pub fn run(args: &Play, talk: Talk) -> Result<Outcome, Failure> {
    let path = find(&args.scenario, &args.site.site)?;
    let single = load::scenario(&path)?;
    let Some((scenario, model)) = &single.scenario else {
        return Ok(unsound(&single, talk));
    };
    let theme =
        Theme::load(&theme_files::read(&single.site)?, &single.settings.theme, &single.settings.language)?;
    let stage = Stage { scenario, model, strings: theme.strings() };
    match &args.choices {
        Some(choices) => stage.report(choices, args.format),
        None => turns::play(&stage, args, talk),
    }
}

/// A file if it looks like one, else a scenario of the site.
pub(super) fn find(wanted: &str, site: &Path) -> Result<PathBuf, Failure> {
    let path = Path::new(wanted);
    let yaml = path.extension().is_some_and(|ext| ext == "yaml" || ext == "yml");
    if yaml || path.is_file() {
        return Ok(path.to_path_buf());
    }
    let scenarios = discover(site)?.scenarios;
    let slug = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(found) = scenarios.iter().find(|path| slug(path) == wanted) {
        return Ok(site.join(found));
    }
    let slugs: Vec<String> = scenarios.iter().map(slug).collect();
    let hint = hint(wanted, slugs.iter().map(String::as_str));
    Err(format!("there is no scenario `{wanted}` in {}: {hint}", site.join("content/scenarios").display())
        .into())
}

impl<'a> Stage<'a> {
    fn start(&self) -> Run<'a> {
        Session::start(&self.scenario.story.engine)
    }

    /// Plays the choices and prints the report; a choice that does not fit is an error, and then nothing is printed.
    fn report(&self, choices: &[String], format: ReportFormat) -> Result<Outcome, Failure> {
        let mut run = self.start();
        for id in choices.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
            if let Err(refused) = run.choose_id(id) {
                anstream::eprintln!("error: {}", self.refusal(&run, id, refused));
                return Ok(Outcome::Faulty);
            }
        }
        let report = match format {
            ReportFormat::Json => json::report(self, &run),
            ReportFormat::Human => debrief::report(self, &run),
        };
        anstream::print!("{report}");
        io::stdout().flush()?;
        Ok(Outcome::Done)
    }

    /// Why a choice does not fit, with the decision and what is open there.
    fn refusal(&self, run: &Run<'_>, id: &str, refused: Refused) -> String {
        let at = self.node_id(run.view().at);
        let open =
            self.open(run).into_iter().map(|(_, choice)| choice.id.as_str()).collect::<Vec<_>>().join(", ");
        match refused {
            Refused::Over => format!("the conversation has ended at `{at}`, and `{id}` is left over"),
            Refused::Unknown => format!("the decision `{at}` has no choice `{id}`; open there: {open}"),
            Refused::Closed => {
                format!("the choice `{id}` of the decision `{at}` is closed here; open there: {open}")
            }
        }
    }

    /// The id of a node of the graph.
    fn node_id(&self, at: usize) -> &'a str {
        &self.scenario.story.engine.graph().nodes[at].id
    }

    /// The decision at a node of the graph.
    fn decision(&self, at: usize) -> Option<&'a Decision> {
        self.scenario.story.decision(self.node_id(at))
    }

    /// The ending at a node of the graph.
    fn ending(&self, at: usize) -> Option<&'a Ending> {
        self.scenario.story.ending(self.node_id(at))
    }

    /// The choices that are open, with their places.
    fn open(&self, run: &Run<'_>) -> Vec<(usize, &'a Choice)> {
        let view = run.view();
        let choices = self.decision(view.at).map_or(&[][..], |decision| &decision.choices);
        choices.iter().enumerate().filter(|(place, _)| view.open[*place]).collect()
    }

    /// Goodwill in words: "angry (32)".
    fn goodwill(&self, run: &Run<'_>) -> String {
        let view = run.view();
        format!("{} ({})", self.strings.get(&format!("mood.{}", view.mood.name())), view.goodwill)
    }
}
