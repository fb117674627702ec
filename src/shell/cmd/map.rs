//! `amends map`: draws a scenario as a picture, or as text for a drawing program.

use scenario_wasm::class::MIN_GROUP;

use crate::map;
use crate::prove::Routed;
use crate::results::{Library, Reading, names};
use crate::shell::cli::{Global, Map, MapFormat};
use crate::shell::cmd::chosen::Chosen;
use crate::shell::cmd::results::read_all;
use crate::shell::cmd::{Failure, Outcome};

/// Runs the command.
///
/// # Errors
/// If the scenario cannot be found or read.
pub fn run(args: &Map, global: Global) -> Result<Outcome, Failure> {
    let chosen = Chosen::load(&args.scenario, &args.site.site)?;
    let Some((scenario, model)) = chosen.scenario() else { return Ok(chosen.unsound(global)) };
    let mut map = map::Map::of(scenario, model, &Routed::of(&scenario.story.engine).routes);
    if !args.results.is_empty() {
        let (texts, library) = (read_all(&args.results)?, Library::of(chosen.loaded()));
        let (scenarios, names) = (library.code_scenarios(), names(&texts));
        let mut reading = Reading::new(&scenarios, &texts, &names, library.rule());
        reading.figures(|_| ());
        let groups = &reading.class.groups;
        let group = groups.iter().find(|group| scenarios.slug(group.scenario) == scenario.slug);
        match group.filter(|group| !group.hidden) {
            Some(group) => map.show_class(group),
            None => {
                let few = format!(
                    "fewer than {MIN_GROUP} plays of this scenario can be replayed, so nothing is said about choices"
                );
                return Err(few.into());
            }
        }
    }
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
