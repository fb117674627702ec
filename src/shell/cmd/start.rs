//! `amends start`: from a name to a course in the browser, for people who open the program and type nothing.

use std::io::{BufRead, IsTerminal, stdin};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use crate::parse;
use crate::shell::cli::{Global, New, PORT, Serve, Site};
use crate::shell::cmd::{Failure, Outcome, new, serve};

/// The default name of a course.
const NAME: &str = "My course";

/// Runs the command until Ctrl-C, or until its window is closed.
///
/// # Errors
/// If there is no folder for courses, or the course cannot be created or shown. If a window may close with the program,
/// reports the error itself and waits.
pub fn run(global: Global) -> Result<Outcome, Failure> {
    let done = begin(global);
    match done {
        Err(failure) if stdin().is_terminal() => {
            anstream::eprintln!("error: {failure}\n\nEnter closes this window.");
            let _ = stdin().lock().lines().next();
            Ok(Outcome::Unable)
        }
        done => done,
    }
}

fn begin(global: Global) -> Result<Outcome, Failure> {
    if std::env::current_exe().is_ok_and(|program| is_in_archive(&program, &std::env::temp_dir())) {
        return Err("amends is still inside its ZIP file, where it cannot work: first choose *Extract all* for that file, then \
                    open amends in the new folder"
            .into());
    }
    let documents =
        documents().ok_or("your Documents folder was not found; use `amends new` in any other folder")?;
    let course = ask(&documents)?;
    if !course.join("site.yaml").is_file() {
        new::run(&New { dir: Some(course.clone()), ..New::default() }, Global { quiet: true, ..global })?;
    }
    anstream::eprintln!(
        "\nThe course is in {}. Change its files with any editor, and leave this window open meanwhile: closing it ends amends. \
         The course stays.\n",
        course.display()
    );
    let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
    serve::run(&Serve { site: Site { site: course }, port: PORT, host, open: true }, global)
}

/// Asks until a name is valid.
fn ask(documents: &Path) -> Result<PathBuf, Failure> {
    anstream::eprintln!(
        "What is your course called? One of that name in {} is opened again.",
        documents.display()
    );
    let mut lines = stdin().lock().lines();
    loop {
        anstream::eprint!("Name [{NAME}]: ");
        let typed = lines.next().ok_or("no name was typed")??;
        let name = if typed.trim().is_empty() { NAME } else { typed.trim() };
        let course = documents.join(name);
        let fault = if name.starts_with('.')
            || name.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c))
        {
            "a name must not start with a dot or contain any of these characters: / \\ : * ? \" < > |"
                .to_owned()
        } else if let Some(unfit) = parse::unfit_name(&name.to_lowercase()) {
            unfit
        } else if course.exists() && !course.join("site.yaml").is_file() {
            format!("{} already exists, but is not a course", course.display())
        } else {
            return Ok(course);
        };
        anstream::eprintln!("{fault}; type another one");
    }
}

/// Whether the program is running out of an archive that a viewer has unpacked to a temporary folder.
fn is_in_archive(program: &Path, temporary: &Path) -> bool {
    let is_archive = |part: &std::ffi::OsStr| part.to_string_lossy().to_lowercase().contains(".zip");
    program.strip_prefix(temporary).is_ok_and(|inside| inside.iter().any(is_archive))
}

/// The folder in which people look for their documents.
#[cfg(windows)]
fn documents() -> Option<PathBuf> {
    known_folders::get_known_folder_path(known_folders::KnownFolder::Documents)
}

/// The folder in which people look for their documents.
#[cfg(not(windows))]
fn documents() -> Option<PathBuf> {
    let home = std::env::home_dir().filter(|home| home.is_dir())?;
    let documents = home.join("Documents");
    Some(if documents.is_dir() { documents } else { home })
}
