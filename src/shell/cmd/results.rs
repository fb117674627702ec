//! `amends results`: reports what a class did, from the codes that it sent.

use std::collections::BTreeSet;
#[cfg(feature = "tables")]
use std::io::IsTerminal as _;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use scenario_wasm::code::Reporting;

use crate::check::ClassPlays;
use crate::diag::controls::{visible, visible_line};
use crate::diag::render::counted;
use crate::diag::suggest::hint;
use crate::files::Files;
use crate::history;
use crate::load::{LoadOptions, Loaded, load};
#[cfg(feature = "tables")]
use crate::results::Book;
use crate::results::people::{self, Listed};
use crate::results::{
    Library, PlayInWords, Reading, Report, Sessions, Text, UnreadLine, names, texts, troubles, turns,
};
use crate::shell::cli::{Global, Results, ResultsFormat};
use crate::shell::cmd::{Failure, Outcome, load_without_lints, note};
use crate::shell::error::Error;
use crate::shell::output;
use crate::shell::whole::written;
use crate::source::Span;

/// The output of a report.
type To<'a> = &'a mut (dyn Write + Send);

/// Runs the command. The report is the result. Each unreadable line is listed on stderr and makes the outcome faulty.
///
/// # Errors
/// If a file or the course cannot be read.
pub fn run(args: &Results, global: Global) -> Result<Outcome, Failure> {
    let format = args.format()?;
    #[cfg(feature = "tables")]
    if format == ResultsFormat::Xlsx && args.output.is_none() && io::stdout().is_terminal() {
        return Err(
            "a workbook cannot be shown in a terminal; write it to a file with --output class.xlsx".into()
        );
    }
    if let Some(to) = &args.output {
        output::check(to, &args.site.site, args.inputs())?;
    }
    let loaded = load_course(&args.site.site)?;
    let library = Library::of(&loaded);
    let show = |to: To<'_>| match args {
        Results { explain: Some(code), .. } => explain(&library, code, format, to),
        Results { session, .. } if !session.is_empty() => sessions(&library, args, format, global, to),
        _ => class(&loaded, &library, args, format, global, to),
    };
    match &args.output {
        Some(path) => written(path, |file| {
            show(&mut BufWriter::new(file)).map_err(|failure| match failure.downcast::<io::Error>() {
                Ok(source) => Error::new("write", path, *source).into(),
                Err(failure) => failure,
            })
        }),
        // Written as bytes: a workbook is not text.
        None => show(&mut BufWriter::new(io::stdout())),
    }
}

/// Reports how much was read, and what was not.
fn summary(count: usize, troubles: &[UnreadLine], names: &[&str], global: Global) -> Outcome {
    unread(troubles);
    let failed = troubles.len();
    if count + failed == 0 {
        anstream::eprintln!("error: {}", no_code(names));
    }
    note(global, format_args!("{} read", counted(count, "result")));
    if failed > 0 {
        note(global, format_args!("{} could not be read", counted(failed, "code")));
    }
    if count == 0 || failed > 0 { Outcome::Faulty } else { Outcome::Done }
}

fn no_code(names: &[&str]) -> String {
    format!("there is no result code in {}", names.join(", "))
}

/// The report of a class.
fn class(
    loaded: &Loaded,
    library: &Library,
    args: &Results,
    format: ResultsFormat,
    global: Global,
    to: To<'_>,
) -> Result<Outcome, Failure> {
    let texts = read_all(&args.files)?;
    let list = args.roster.as_ref().map(read).transpose()?;
    let list: Option<Vec<Listed>> =
        list.map(|texts| texts.iter().flat_map(|text| people::listed(&text.text)).collect());
    if let (Some([]), Some(path)) = (list.as_deref(), &args.roster) {
        let path = path.display();
        return Err(format!("there are no names in {path}; write each on a line of its own").into());
    }
    let (scenarios, names) = (library.code_scenarios(), names(&texts));
    let mut reading = Reading::new(&scenarios, &texts, &names, library.rule());
    let by_person = args.people || args.person.is_some() || list.is_some();
    match format {
        ResultsFormat::Csv if !by_person => reading.csv(to)?,
        ResultsFormat::Ndjson if !by_person => reading.ndjson(to)?,
        _ => {
            let mut report = Report::new(library, &mut reading, list.as_deref());
            report.person =
                args.person.as_deref().map(|name| person(library, &mut reading, name)).transpose()?;
            show((loaded, library), args.people, format, &mut reading, report, to)?;
        }
    }
    to.flush()?;
    Ok(summary(reading.count(), &troubles(library, &reading.class, &names), &names, global))
}

/// Prints a report in the requested format.
fn show(
    (loaded, library): (&Loaded, &Library),
    by_person: bool,
    format: ResultsFormat,
    reading: &mut Reading<'_>,
    mut report: Report,
    to: To<'_>,
) -> Result<(), Failure> {
    let table = match &report.person {
        Some(plays) => turns(plays),
        None => report.people(|played| &played.slug),
    };
    match format {
        ResultsFormat::Human => match &report.person {
            Some(plays) => to.write_all(human(plays).as_bytes())?,
            None => report.human(library, reading, by_person, to)?,
        },
        ResultsFormat::Csv => table.csv(to)?,
        ResultsFormat::Ndjson => table.ndjson(to)?,
        ResultsFormat::Json => {
            // The desk reads this much, and computes the rest itself or does not need it.
            reading.json(to)?;
            let Report { people, roster, person, .. } = &report;
            write!(to, ",\"people\":")?;
            serde_json::to_writer(&mut *to, people)?;
            let (roster, person) = (serde_json::to_string(roster)?, serde_json::to_string(person)?);
            writeln!(to, ",\"roster\":{roster},\"person\":{person}}}")?;
        }
        ResultsFormat::Html => {
            let themes = loaded.themes.as_ref().map_err(Clone::clone)?;
            drop(table);
            report.keep(library, reading);
            let page = report.html(themes.first().expect("a site has a language"))?;
            to.write_all(page.as_bytes())?;
        }
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx => {
            let mut book = Book::new(&report.course);
            if report.person.is_some() {
                book.table(table)?;
            } else {
                book.sheet("Plays", &report.columns(), |put| library.each(reading, |row| put(row.cells())))?;
                report.tables().into_iter().try_for_each(|table| book.table(table))?;
            }
            book.save(to)?;
        }
    }
    Ok(())
}

/// The plays of the person who was asked for.
fn person(library: &Library, reading: &mut Reading<'_>, name: &str) -> Result<Vec<PlayInWords>, Failure> {
    if library.settings.reporting != Reporting::Full {
        return Err(
            "what somebody chose is only in codes of a course with `reporting: full` in site.yaml".into()
        );
    }
    let (mut plays, mut others, key) = (Vec::new(), BTreeSet::new(), people::key(name));
    reading.each(|row| {
        if people::key(&row.who) == key {
            plays.push(library.in_words(row));
        } else {
            others.insert(row.who.clone());
        }
    });
    if plays.is_empty() {
        let hint = hint(name, others.iter().map(String::as_str));
        return Err(format!("nobody named {name} has sent a code: {hint}").into());
    }
    Ok(plays)
}

fn human(plays: &[PlayInWords]) -> String {
    let plays: Vec<String> = plays.iter().map(PlayInWords::human).collect();
    visible(&plays.join("\n")).into_owned()
}

/// Explains a single code.
fn explain(library: &Library, code: &str, format: ResultsFormat, to: To<'_>) -> Result<Outcome, Failure> {
    let texts = [Text { name: "code".to_owned(), text: code.to_owned() }];
    let scenarios = library.code_scenarios();
    let mut reading = Reading::new(&scenarios, &texts, &["code"], library.rule());
    let mut plays = Vec::new();
    reading.each(|row| plays.push(library.in_words(row)));
    let failed = troubles(library, &reading.class, reading.names);
    unread(&failed);
    if plays.is_empty() && failed.is_empty() {
        return Err(format!("this is not a result code: {code}").into());
    }
    match format {
        ResultsFormat::Human => to.write_all(human(&plays).as_bytes())?,
        ResultsFormat::Json => writeln!(to, "{}", serde_json::to_string(&plays)?)?,
        _ => return Err("what one code says is shown with --format human or json".into()),
    }
    to.flush()?;
    Ok(if failed.is_empty() { Outcome::Done } else { Outcome::Faulty })
}

/// Compares two sessions.
fn sessions(
    library: &Library,
    args: &Results,
    format: ResultsFormat,
    global: Global,
    to: To<'_>,
) -> Result<Outcome, Failure> {
    let [one, other] = args.session.as_slice() else {
        return Err("give two sessions to compare: --session before=one.txt --session after=two.txt".into());
    };
    let (mut outcome, scenarios) = (Outcome::Done, library.code_scenarios());
    let mut session = |given: &str| -> Result<(String, Report), Failure> {
        let (label, path) = given
            .split_once('=')
            .ok_or_else(|| format!("the session `{given}` has no label; write it as before={given}"))?;
        let texts = read(&PathBuf::from(path))?;
        let names = names(&texts);
        let mut reading = Reading::new(&scenarios, &texts, &names, library.rule());
        let mut report = Report::new(library, &mut reading, None);
        report.keep(library, &mut reading);
        unread(&report.troubles);
        note(global, format_args!("{label}: {} read", counted(report.rows.len(), "result")));
        if report.rows.is_empty() || !report.troubles.is_empty() {
            outcome = Outcome::Faulty;
        }
        Ok((label.to_owned(), report))
    };
    let ((before, first), (after, second)) = (session(one)?, session(other)?);
    let sessions = Sessions::of([before, after], &[first, second]);
    match format {
        ResultsFormat::Human => to.write_all(visible(&sessions.human()).as_bytes())?,
        ResultsFormat::Json => writeln!(to, "{}", serde_json::to_string(&sessions)?)?,
        ResultsFormat::Csv => sessions.table().csv(to)?,
        ResultsFormat::Ndjson => sessions.table().ndjson(to)?,
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx => {
            let mut book = Book::new(&library.settings.title);
            book.table(sessions.table())?;
            book.save(to)?;
        }
        ResultsFormat::Html => {
            return Err(
                "two sessions cannot be shown as a page; ask for --format human, csv, json, ndjson or xlsx"
                    .into(),
            );
        }
    }
    to.flush()?;
    Ok(outcome)
}

/// What a class played, read from files with codes; empty without files. Lists what could not be read, which does not
/// count.
pub(super) fn plays(site: &Files, files: &[PathBuf], global: Global) -> Result<ClassPlays, Failure> {
    if files.is_empty() {
        return Ok(ClassPlays::default());
    }
    let texts = read_all(files)?;
    let loaded = load(site, &LoadOptions::without_lints());
    let library = Library::of(&loaded);
    let (scenarios, names) = (library.code_scenarios(), names(&texts));
    let mut reading = Reading::new(&scenarios, &texts, &names, library.rule());
    let troubles = troubles(&library, &reading.class, &names);
    unread(&troubles);
    let plays = library.plays(&mut reading);
    let count: usize = plays.values().map(|played| played.first_tries.len()).sum();
    let all = reading.count();
    if all == 0 && troubles.is_empty() {
        return Err(no_code(&names).into());
    }
    let tries = if count == 1 { "first try" } else { "first tries" };
    note(global, format_args!("{count} {tries} of {} can be looked at", counted(all, "result")));
    if count == 0 && library.settings.reporting != Reporting::Full {
        note(global, "what was chosen is in codes of a course with `reporting: full`");
    }
    Ok(plays)
}

/// Lists what looked like a code and could not be read.
fn unread(troubles: &[UnreadLine]) {
    for trouble in troubles {
        let line = format!("{}: error: {} ({})", trouble.place, trouble.says, trouble.code);
        anstream::eprintln!("{}", visible_line(&line));
    }
}

/// The texts of all files.
pub(super) fn read_all(files: &[PathBuf]) -> Result<Vec<Text>, Failure> {
    files.iter().map(read).collect::<Result<Vec<_>, _>>().map(|texts| texts.into_iter().flatten().collect())
}

/// The texts of a file, or of standard input.
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

/// The course that the codes are from.
fn load_course(site: &Path) -> Result<Loaded, Failure> {
    if !site.join("site.yaml").is_file() {
        return Err(format!(
            "there is no site.yaml in {}: codes can only be read with the course that they come from",
            site.display()
        )
        .into());
    }
    let loaded = load_without_lints(site)?;
    for path in loaded.files.scenarios.iter().filter(|path| loaded.playable(path).is_none()) {
        anstream::eprintln!(
            "{}: error: its codes cannot be read until its errors are fixed; see `amends check`",
            path.display()
        );
    }
    let in_history = |span: Span| loaded.sources.path(span.file) == Path::new(history::PATH);
    let damaged = loaded.diagnostics.iter().filter(|fault| in_history(fault.span)).count();
    if damaged > 0 {
        anstream::eprintln!(
            "{}: error: {} cannot be read, nor can plays on those versions be replayed; see `amends check`",
            history::PATH,
            counted(damaged, "line")
        );
    }
    Ok(loaded)
}
