//! `amends results`: what a class did, from the codes that it sent.

use std::fs::File;
#[cfg(feature = "tables")]
use std::io::IsTerminal as _;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use scenario_wasm::class::Class;
use scenario_wasm::code::Reporting;

use crate::check::ClassPlays;
use crate::diag::render::counted;
use crate::diag::signs::{visible, visible_line};
use crate::diag::suggest::hint;
use crate::files::Files;
use crate::load::{LoadOptions, Loaded, load};
use crate::results::people::{self, Listed};
#[cfg(feature = "tables")]
use crate::results::workbook;
use crate::results::{Library, Lines, Report, Sessions, Text, Told, texts, turns};
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
    #[cfg(feature = "tables")]
    if args.format == ResultsFormat::Xlsx && args.output.is_none() && io::stdout().is_terminal() {
        return Err(
            "a workbook is nothing for a terminal; write it to a file with --output class.xlsx".into()
        );
    }
    let loaded = load_course(&args.site.site)?;
    let library = Library::of(&loaded);
    let (shown, outcome) = match args {
        Results { explain: Some(code), .. } => explain(&library, code, args.format)?,
        Results { session, .. } if !session.is_empty() => sessions(&library, args, talk)?,
        Results {
            format: ResultsFormat::Csv | ResultsFormat::Ndjson, person: None, roster: None, ..
        } if !args.people => {
            return lines(&library, args, talk);
        }
        _ => class(&loaded, &library, args, talk)?,
    };
    match &args.output {
        Some(path) => std::fs::write(path, shown).map_err(|source| Error::new("write", path, source))?,
        None => {
            // As it is: a workbook is no text.
            let mut out = io::stdout().lock();
            out.write_all(&shown)?;
            out.flush()?;
        }
    }
    Ok(outcome)
}

/// A class of any size, a line a code.
fn lines(library: &Library, args: &Results, talk: Talk) -> Result<Outcome, Failure> {
    let (texts, scenarios) = (read_all(&args.files)?, library.code_scenarios());
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    let lines = Lines::read(&scenarios, &texts, &names, library.rule());
    let (count, report) = (lines.count(), Report::new(library, &lines.rest, &texts, None));
    let to: Box<dyn io::Write> = match &args.output {
        Some(path) => Box::new(File::create(path).map_err(|source| Error::new("write", path, source))?),
        None => Box::new(io::stdout().lock()),
    };
    let mut to = BufWriter::new(to);
    let written = if args.format == ResultsFormat::Csv { lines.csv(&mut to) } else { lines.ndjson(&mut to) };
    let written = written.and_then(|()| to.flush());
    match &args.output {
        Some(path) => written.map_err(|source| Error::new("write", path, source))?,
        None => written?,
    }
    Ok(told(&report, count, &names, talk))
}

/// Tells what was read and what was not.
fn told(report: &Report, count: usize, names: &[&str], talk: Talk) -> Outcome {
    unread(report);
    let failed = report.troubles.len();
    if count + failed == 0 {
        anstream::eprintln!("error: there is no result code in {}", names.join(", "));
    }
    if !talk.quiet {
        anstream::eprintln!("{} read", counted(count, "result"));
        if failed > 0 {
            anstream::eprintln!("{} could not be read", counted(failed, "code"));
        }
    }
    if count == 0 || failed > 0 { Outcome::Faulty } else { Outcome::Done }
}

/// The report of a class.
fn class(
    loaded: &Loaded,
    library: &Library,
    args: &Results,
    talk: Talk,
) -> Result<(Vec<u8>, Outcome), Failure> {
    let texts = read_all(&args.files)?;
    let list = args.roster.as_ref().map(read).transpose()?;
    let list: Option<Vec<Listed>> =
        list.map(|texts| texts.iter().flat_map(|text| people::listed(&text.text)).collect());
    let scenarios = library.code_scenarios();
    let class = library.class(&scenarios, &texts);
    let mut report = Report::new(library, &class, &texts, list.as_deref());
    report.person = args.person.as_deref().map(|name| person(library, &class, name)).transpose()?;
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    let table = match &report.person {
        Some(plays) => turns(plays),
        None => report.people(|played| &played.slug),
    };
    let shown = match args.format {
        ResultsFormat::Human => match &report.person {
            Some(plays) => human(plays).into_bytes(),
            None => visible(&report.human(args.people)).into_owned().into_bytes(),
        },
        ResultsFormat::Csv => table.csv().into_bytes(),
        ResultsFormat::Ndjson => table.ndjson().into_bytes(),
        ResultsFormat::Json => {
            let mut json = class.json(&scenarios);
            // What the desk reads, and what it works out or is not asked for.
            json.pop();
            write!(json, ",\"people\":{}", serde_json::to_string(&report.people)?)?;
            write!(json, ",\"roster\":{}", serde_json::to_string(&report.roster)?)?;
            writeln!(json, ",\"person\":{}}}", serde_json::to_string(&report.person)?)?;
            json
        }
        ResultsFormat::Html => {
            let themes = loaded.themes.as_ref().map_err(Clone::clone)?;
            report.html(themes.first().expect("a site has a language"))?.into_bytes()
        }
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx if report.person.is_some() => workbook(&report.course, &[table])?,
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx => workbook(&report.course, &report.tables())?,
    };
    Ok((shown, told(&report, report.rows.len(), &names, talk)))
}

/// The plays of somebody who is asked for by name.
fn person(library: &Library, class: &Class, name: &str) -> Result<Vec<Told>, Failure> {
    if library.settings.reporting != Reporting::Full {
        return Err(
            "what somebody chose is only in codes of a course with `reporting: full` in site.yaml".into()
        );
    }
    let rows = class.rows.iter().filter(|row| people::key(&row.who) == people::key(name));
    let plays: Vec<Told> = rows.map(|row| library.told(row)).collect();
    if plays.is_empty() {
        let names = class.rows.iter().map(|row| row.who.as_str());
        return Err(format!("nobody named {name} has sent a code: {}", hint(name, names)).into());
    }
    Ok(plays)
}

fn human(plays: &[Told]) -> String {
    let plays: Vec<String> = plays.iter().map(Told::human).collect();
    visible(&plays.join("\n")).into_owned()
}

/// What a single code says.
fn explain(library: &Library, code: &str, format: ResultsFormat) -> Result<(Vec<u8>, Outcome), Failure> {
    let texts = [Text { name: "code".to_owned(), text: code.to_owned() }];
    let class = library.class(&library.code_scenarios(), &texts);
    unread(&Report::new(library, &class, &texts, None));
    if class.rows.is_empty() && class.unread.is_empty() {
        return Err(format!("this is no result code: {code}").into());
    }
    let plays: Vec<Told> = class.rows.iter().map(|row| library.told(row)).collect();
    let outcome = if class.unread.is_empty() { Outcome::Done } else { Outcome::Faulty };
    let shown = match format {
        ResultsFormat::Human => human(&plays),
        ResultsFormat::Json => serde_json::to_string(&plays)? + "\n",
        _ => return Err("what one code says is shown with --format human or json".into()),
    };
    Ok((shown.into_bytes(), outcome))
}

/// Two sessions side by side.
fn sessions(library: &Library, args: &Results, talk: Talk) -> Result<(Vec<u8>, Outcome), Failure> {
    let [one, other] = args.session.as_slice() else {
        return Err("two sessions are compared: --session before=one.txt --session after=two.txt".into());
    };
    let mut outcome = Outcome::Done;
    let mut session = |given: &str| -> Result<(String, Report), Failure> {
        let (label, path) = given
            .split_once('=')
            .ok_or_else(|| format!("the session `{given}` has no label; write it as before={given}"))?;
        let texts = read(&PathBuf::from(path))?;
        let class = library.class(&library.code_scenarios(), &texts);
        let report = Report::new(library, &class, &texts, None);
        unread(&report);
        if !talk.quiet {
            anstream::eprintln!("{label}: {} read", counted(report.rows.len(), "result"));
        }
        if report.rows.is_empty() || !report.troubles.is_empty() {
            outcome = Outcome::Faulty;
        }
        Ok((label.to_owned(), report))
    };
    let ((before, first), (after, second)) = (session(one)?, session(other)?);
    let sessions = Sessions::of([before, after], &[first, second]);
    let shown = match args.format {
        ResultsFormat::Human => visible(&sessions.human()).into_owned(),
        ResultsFormat::Json => serde_json::to_string(&sessions)? + "\n",
        ResultsFormat::Csv => sessions.table().csv(),
        ResultsFormat::Ndjson => sessions.table().ndjson(),
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx => {
            return Ok((workbook(&library.settings.title, &[sessions.table()])?, outcome));
        }
        ResultsFormat::Html => {
            return Err("two sessions are no page; leave out --format html, or ask for xlsx or csv".into());
        }
    };
    Ok((shown.into_bytes(), outcome))
}

/// What a class played, from files with codes; nothing where there are no files. What could not be read is told, and does not
/// count.
pub(super) fn plays(site: &Files, files: &[PathBuf], talk: Talk) -> Result<ClassPlays, Failure> {
    if files.is_empty() {
        return Ok(ClassPlays::default());
    }
    let texts = read_all(files)?;
    let loaded = load(site, &LoadOptions { without_lints: true, ..LoadOptions::default() });
    let library = Library::of(&loaded);
    let class = library.class(&library.code_scenarios(), &texts);
    unread(&Report::new(&library, &class, &texts, None));
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

/// The texts of all files.
pub(super) fn read_all(files: &[PathBuf]) -> Result<Vec<Text>, Failure> {
    files.iter().map(read).collect::<Result<Vec<_>, _>>().map(|texts| texts.into_iter().flatten().collect())
}

/// The texts of a file, or of what comes in.
fn read(path: &PathBuf) -> Result<Vec<Text>, Failure> {
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        io::stdin().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(path).map(|read| bytes = read)
    };
    done.map_err(|source| Error::new("read", path, source))?;
    let name = path.display().to_string();
    texts(&name, &bytes).map_err(|says| format!("{name}: {says}").into())
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
