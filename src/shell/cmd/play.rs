//! `amends play`: plays a scenario in the terminal, or prints the report of given choices.
//!
//! Accepts any sound story, whatever else is wrong in the course.

mod debrief;
mod json;
mod ledger;
mod text;
mod turns;

use std::io::{self, Write};

use scenario_wasm::code::{self, PlayInfo, ScenarioKey};
use scenario_wasm::{Refused, Session};
use unicode_normalization::UnicodeNormalization as _;

use crate::course::{Choice, Decision, Ending, Model, Scenario, Settings};
use crate::diag::controls::visible;
use crate::shell::cli::{Global, Play, ReportFormat};
use crate::shell::cmd::chosen::Chosen;
use crate::shell::cmd::{Failure, Outcome};
use crate::theme::Strings;

/// A scenario with everything that it takes to tell it in the terminal.
struct Context<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    strings: &'a Strings,
    settings: &'a Settings,
}

/// A play of that scenario.
type Run<'a> = Session<&'a scenario_wasm::Scenario>;

/// Runs the command.
///
/// # Errors
/// If the scenario cannot be found or read.
pub fn run(args: &Play, global: Global) -> Result<Outcome, Failure> {
    let chosen = Chosen::load(&args.scenario, &args.site.site)?;
    let Some((scenario, model)) = chosen.scenario() else { return Ok(chosen.unsound(global)) };
    let settings = &chosen.loaded().course.settings;
    let context = Context { scenario, model, strings: chosen.strings()?, settings };
    match &args.choices {
        Some(choices) => context.report(choices, args),
        None => turns::play(&context, args, global),
    }
}

impl<'a> Context<'a> {
    fn start(&self) -> Run<'a> {
        Session::start(&self.scenario.story.engine)
    }

    /// Plays the choices and prints the report. A choice that does not fit is an error, and nothing is printed.
    fn report(&self, choices: &[String], args: &Play) -> Result<Outcome, Failure> {
        let mut run = self.start();
        for id in choices.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
            if let Err(refused) = run.choose_id(id) {
                anstream::eprintln!("error: {}", self.refusal(&run, id, refused));
                return Ok(Outcome::Faulty);
            }
        }
        let report = match args.format {
            ReportFormat::Json => json::report(self, &run, self.code(&run, args)),
            ReportFormat::Human => visible(&debrief::report(self, &run)).into_owned(),
        };
        anstream::print!("{report}");
        io::stdout().flush()?;
        Ok(Outcome::Done)
    }

    /// The result code that a trainee of this name would get for such a challenge; `None` before its end.
    fn code(&self, run: &Run<'_>, args: &Play) -> Option<String> {
        let name: String = args.name.as_deref().unwrap_or_default().nfc().collect();
        let of_name =
            || name.bytes().fold(1, |seed: u32, byte| seed.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let seed = args.seed.unwrap_or_else(of_name);
        let info = PlayInfo { challenge: true, seed, seconds: None };
        let key = ScenarioKey::new(&self.settings.id, &self.scenario.slug);
        code::encode(key, run, self.settings.reporting, info, &name)
    }

    /// Why a choice does not fit, with the decision and its open choices.
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

    /// The open choices, with their indices.
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
