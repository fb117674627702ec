//! `amends results`: what a class did, from the codes that it sent.

#[cfg(feature = "tables")]
use std::io::IsTerminal as _;
use std::io::{self, Read as _, Write as _};
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
use crate::results::{Library, Report, Sessions, Text, Told, texts};
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
    let loaded = load_course(&args.site.site)?;
    let library = Library::of(&loaded);
    let (shown, outcome) = match args {
        Results { explain: Some(code), .. } => explain(&library, code)?,
        Results { session, .. } if !session.is_empty() => sessions(&library, args, talk)?,
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
    let report = Report::new(library, &class, &texts, list.as_deref());
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    let person = args.person.as_deref().map(|name| person(library, &class, name)).transpose()?;
    let shown = match args.format {
        ResultsFormat::Human => match &person {
            Some(plays) => human(plays).into_bytes(),
            None => visible(&report.human()).into_owned().into_bytes(),
        },
        ResultsFormat::Csv => class.csv(&scenarios, &names).into_bytes(),
        ResultsFormat::Json => {
            let mut json = class.json(&scenarios);
            if list.is_some() || person.is_some() {
                // What the desk reads, and what it is not asked for.
                json.pop();
                write!(json, ",\"roster\":{}", serde_json::to_string(&report.roster)?)?;
                write!(json, ",\"person\":{}}}", serde_json::to_string(&person)?)?;
            }
            json.push(b'\n');
            json
        }
        ResultsFormat::Html => {
            let themes = loaded.themes.as_ref().map_err(Clone::clone)?;
            report.html(themes.first().expect("a site has a language"))?.into_bytes()
        }
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx if args.output.is_none() && io::stdout().is_terminal() => {
            return Err(
                "a workbook is nothing for a terminal; write it to a file with --output class.xlsx".into()
            );
        }
        #[cfg(feature = "tables")]
        ResultsFormat::Xlsx => report.workbook()?,
    };
    unread(&report);
    if report.rows.is_empty() && report.troubles.is_empty() {
        anstream::eprintln!("error: there is no result code in {}", names.join(", "));
    }
    if !talk.quiet {
        anstream::eprintln!("{} read", counted(report.rows.len(), "result"));
        if !report.troubles.is_empty() {
            anstream::eprintln!("{} could not be read", counted(report.troubles.len(), "code"));
        }
    }
    let faulty = report.rows.is_empty() || !report.troubles.is_empty();
    Ok((shown, if faulty { Outcome::Faulty } else { Outcome::Done }))
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
fn explain(library: &Library, code: &str) -> Result<(Vec<u8>, Outcome), Failure> {
    let texts = [Text { name: "code".to_owned(), text: code.to_owned() }];
    let class = library.class(&library.code_scenarios(), &texts);
    unread(&Report::new(library, &class, &texts, None));
    if class.rows.is_empty() && class.unread.is_empty() {
        return Err(format!("this is no result code: {code}").into());
    }
    let plays: Vec<Told> = class.rows.iter().map(|row| library.told(row)).collect();
    let outcome = if class.unread.is_empty() { Outcome::Done } else { Outcome::Faulty };
    Ok((human(&plays).into_bytes(), outcome))
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
        _ => return Err("two sessions are shown with --format human or json".into()),
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
