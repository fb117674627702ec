//! `amends map`: a scenario as a picture, or as text for a program that draws.

use crate::map;
use crate::prove::Routed;
use crate::shell::cli::{Map, MapFormat, Talk};
use crate::shell::cmd::chosen::Chosen;
use crate::shell::cmd::{Failure, Outcome};

/// Runs it.
///
/// # Errors
///
/// If the scenario cannot be found or read.
pub fn run(args: &Map, talk: Talk) -> Result<Outcome, Failure> {
    let chosen = Chosen::load(&args.scenario, &args.site.site)?;
    let Some((scenario, model)) = chosen.scenario() else { return Ok(chosen.unsound(talk)) };
    let map = map::Map::of(scenario, model, &Routed::of(&scenario.story.engine).routes);
    anstream::print!(
        "{}",
        match args.format {
            MapFormat::Svg => map.svg(args.direction),
            MapFormat::Dot => map.dot(args.direction),
            MapFormat::Mermaid => map.mermaid(args.direction),
        }
    );
    Ok(Outcome::Done)
}
