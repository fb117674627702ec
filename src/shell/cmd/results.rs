//! `amends results`: what a class did, from the codes that it sent.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use scenario_wasm::code::Reporting;

use crate::check::ClassPlays;
use crate::diag::render::counted;
use crate::diag::signs::{visible, visible_line};
use crate::files::Files;
use crate::load::{LoadOptions, Loaded, load};
use crate::results::{Library, Report, Text, text};
use crate::shell::cli::{Results, ResultsFormat, Talk};
use crate::shell::cmd::{Failure, Outcome};
use crate::shell::disk;
use crate::shell::error::Error;

/// Runs it. The report is the result; what could not be read is talk, one line each, and makes it faulty.
///
/// # Errors
///
/// If a file or the course cannot be read.
pub fn run(args: &Results, talk: Talk) -> Result<Outcome, Failure> {
    let texts: Vec<Text> = args.files.iter().map(read).collect::<Result<_, Error>>()?;
    let loaded = load_course(&args.site.site)?;
    let library = Library::of(&loaded);
    let scenarios = library.code_scenarios();
    let class = library.class(&scenarios, &texts);
    let report = Report::new(&library, &class, &texts);
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    let shown = match args.format {
        ResultsFormat::Human => visible(&report.human()).into_owned(),
        ResultsFormat::Csv => class.csv(&scenarios, &names),
        ResultsFormat::Json => String::from_utf8(class.json(&scenarios)).expect("texts are UTF-8") + "\n",
        ResultsFormat::Html => {
            let themes = loaded.themes.as_ref().map_err(Clone::clone)?;
            report.html(themes.first().expect("a site has a language"))?
        }
    };
    anstream::print!("{shown}");
    io::stdout().flush()?;
    unread(&report);
    if report.rows.is_empty() && report.troubles.is_empty() {
        anstream::eprintln!("error: there is no result code in {}", names.join(", "));
    }
    let faulty = report.rows.is_empty() || !report.troubles.is_empty();
    if !talk.quiet {
        anstream::eprintln!("{} read", counted(report.rows.len(), "result"));
        if !report.troubles.is_empty() {
            anstream::eprintln!("{} could not be read", counted(report.troubles.len(), "code"));
        }
    }
    Ok(if faulty { Outcome::Faulty } else { Outcome::Done })
}

/// What a class played, from files with codes; nothing where there are no files. What could not be read is told, and does not
/// count.
pub(super) fn plays(site: &Files, files: &[PathBuf], talk: Talk) -> Result<ClassPlays, Failure> {
    if files.is_empty() {
        return Ok(ClassPlays::default());
    }
    let texts: Vec<Text> = files.iter().map(read).collect::<Result<_, Error>>()?;
    let loaded = load(site, &LoadOptions { without_lints: true, ..LoadOptions::default() });
    let library = Library::of(&loaded);
    let class = library.class(&library.code_scenarios(), &texts);
    unread(&Report::new(&library, &class, &texts));
    let plays = library.plays(&class, &texts);
    if !talk.quiet {
        let (count, all) = (plays.count(), class.rows.len());
        let tries = if count == 1 { "first try" } else { "first tries" };
        anstream::eprintln!("{count} {tries} of {} can be looked at", counted(all, "result"));
        if count == 0 && all > 0 && library.settings.reporting != Reporting::Full {
            anstream::eprintln!("what was chosen is in codes of a course with `reporting: full`");
        }
    }
    Ok(plays)
}

/// Tells what looked like a code and could not be read.
fn unread(report: &Report) {
    for told in &report.troubles {
        let line = format!("{}: error: {} ({})", told.place, told.says, told.code);
        anstream::eprintln!("{}", visible_line(&line));
    }
}

/// A file, or what comes in.
fn read(path: &PathBuf) -> Result<Text, Error> {
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        io::stdin().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(path).map(|read| bytes = read)
    };
    done.map_err(|source| Error::new("read", path, source))?;
    Ok(Text { name: path.display().to_string(), text: text(&bytes) })
}

/// The course that gave the codes.
fn load_course(site: &Path) -> Result<Loaded, Failure> {
    if !site.join("site.yaml").is_file() {
        return Err(format!(
            "there is no site.yaml in {}: codes are read with the course that gave them",
            site.display()
        )
        .into());
    }
    let options = LoadOptions { without_lints: true, ..LoadOptions::default() };
    let loaded = load(&disk::read(site)?, &options);
    for path in loaded.files.scenarios.iter().filter(|path| loaded.playable(path).is_none()) {
        anstream::eprintln!(
            "{}: error: its codes cannot be read before its errors are mended; see `amends check`",
            path.display()
        );
    }
    Ok(loaded)
}
