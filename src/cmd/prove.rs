//! `amends prove`: what all plays of a scenario come to.
//!
//! Like `play` it takes whatever is structurally sound, whatever else is wrong in the course.

mod human;
mod json;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scenario_wasm::State;

use crate::cli::{Prove, ReportFormat, Talk};
use crate::cmd::{Failure, Outcome, play};
use crate::course::{Model, Scenario};
use crate::diag::render;
use crate::discover::discover;
use crate::load::{self, Single};
use crate::prove::Proof;

/// A scenario and its proof.
struct Proved {
    scenario: Scenario,
    model: Model,
    proof: Proof,
}

impl Proved {
    /// The id of a node of the graph.
    fn node(&self, at: usize) -> &str {
        &self.scenario.story.engine.graph().nodes[at].id
    }

    /// The id of a choice.
    fn choice(&self, node: usize, choice: usize) -> &str {
        let decision = self.scenario.story.engine.graph().nodes[node].decision.as_ref();
        decision.map_or("", |decision| &decision.choices[choice].id)
    }

    /// The ids of the choices of a play from the start.
    fn play(&self, play: &[usize]) -> Vec<&str> {
        let graph = self.scenario.story.engine.graph();
        let mut state = State::start(graph);
        let ids = play.iter().map_while(|choice| {
            let decision = graph.nodes[usize::from(state.node)].decision.as_ref()?;
            let choice = &decision.choices[*choice];
            state = state.step(&graph.model, decision, choice).next;
            Some(choice.id.as_str())
        });
        ids.collect()
    }
}

/// Runs it.
///
/// # Errors
///
/// If a scenario cannot be found or read.
pub fn run(args: &Prove, talk: Talk) -> Result<Outcome, Failure> {
    let singles = match &args.scenario {
        Some(wanted) => vec![load::scenario(&play::find(wanted, &args.site.site)?)?],
        None => all(&args.site.site)?.into_iter().map(|(single, _)| single).collect(),
    };
    let (mut proved, mut outcome) = (Vec::new(), Outcome::Done);
    for single in singles {
        let Some((scenario, model)) = single.scenario else {
            // To stderr: a program that reads the proof must find nothing where there is none.
            anstream::eprint!("{}", render::human(&single.diagnostics, &single.sources));
            if !talk.quiet {
                anstream::eprintln!("{}", render::summary(&single.diagnostics));
            }
            outcome = Outcome::Faulty;
            continue;
        };
        let proof = Proof::of(&scenario.story, args.limit);
        proved.push(Proved { scenario, model, proof });
    }
    match args.format {
        ReportFormat::Human => anstream::print!("{}", human::proofs(&proved)),
        ReportFormat::Json => anstream::print!("{}", json::proofs(&proved, args.scenario.is_some())),
    }
    Ok(outcome)
}

/// Every scenario of a site but the files that one takes nodes from.
pub(super) fn all(site: &Path) -> Result<Vec<(Single, PathBuf)>, Failure> {
    let mut singles = Vec::new();
    for path in discover(site)?.scenarios {
        singles.push((load::scenario(&site.join(&path))?, path));
    }
    let included: BTreeSet<PathBuf> =
        singles.iter().flat_map(|(single, _)| single.includes.iter().cloned()).collect();
    let own = singles.into_iter().filter(|(_, path)| !included.contains(path));
    Ok(own.collect())
}
