//! How long it takes to read 100,000 result codes, to replay and to count them: prints a table, asserts nothing.
//! `cargo bench --bench results`.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::path::Path;
use std::time::Instant;

use amends::load;
use amends::results::{Library, Text};
use scenario_wasm::Session;
use scenario_wasm::code::{self, Manner, Name, Reporting};

const CODES: u32 = 100_000;

fn main() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut settings = load::settings(site).expect("the course has settings");
    let paths = std::fs::read_dir(site.join("content/scenarios")).expect("the course has scenarios");
    let mut paths: Vec<_> = paths.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let singles = paths.iter().map(|path| load::scenario(path).expect("it is read"));
    let mut scenarios: Vec<_> = singles.filter_map(|single| single.scenario).collect();
    println!("code length in symbols, by scenario (reporting: full; shortest and longest of 200 plays)");
    for (scenario, _) in &scenarios {
        let lengths = (0..200).map(|seed| {
            let code = code(&settings.id, scenario, seed, Reporting::Full);
            code.split('~').next().unwrap_or_default().chars().filter(|letter| *letter != '-').count()
        });
        let lengths: Vec<usize> = lengths.collect();
        println!("  {:<34} {:?} to {:?}", scenario.slug, lengths.iter().min(), lengths.iter().max());
    }
    for (reporting, name) in
        [(Reporting::Minimal, "minimal"), (Reporting::Scores, "scores"), (Reporting::Full, "full")]
    {
        settings.reporting = reporting;
        let codes = (0..CODES).map(|seed| {
            let (scenario, _) = &scenarios[seed as usize % scenarios.len()];
            code(&settings.id, scenario, seed, reporting) + "\n"
        });
        let text = Text { name: "codes".into(), text: codes.collect() };
        let library = Library { settings, scenarios, lessons: Vec::new() };
        let shelf = library.shelf();
        let start = Instant::now();
        let class = library.class(&shelf, std::slice::from_ref(&text));
        println!(
            "{name:<8} {} codes read, replayed and counted in {:.3} s",
            class.rows.len(),
            start.elapsed().as_secs_f64()
        );
        drop(shelf);
        let Library { settings: same, scenarios: kept, .. } = library;
        (settings, scenarios) = (same, kept);
    }
}

/// The code of a play that the seed decides.
fn code(course: &str, scenario: &amends::course::Scenario, seed: u32, reporting: Reporting) -> String {
    let mut session = Session::start(&scenario.story.engine);
    let mut number = seed.wrapping_mul(0x9e37_79b1) | 1;
    while session.decision().is_some() {
        let open: Vec<usize> =
            (0..).zip(session.view().open).filter_map(|(at, open)| open.then_some(at)).collect();
        number = number.wrapping_mul(0x915f_77f5).wrapping_add(1);
        let chosen = open[(number >> 8) as usize % open.len()];
        session.choose(chosen).expect("it is open");
    }
    let manner = Manner { challenge: true, seed, seconds: Some(300) };
    let who = format!("p{}", seed % 5_000);
    code::encode(Name::new(course, &scenario.slug), &session, reporting, manner, &who)
        .expect("it is finished")
}
