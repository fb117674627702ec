//! `amends new`: a small course that builds, and that teaches the formats by example.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rust_embed::Embed;

use crate::cli::{New, Talk};
use crate::cmd::{Failure, Outcome};
use crate::error::Error;
use crate::parse;

/// The course inside the binary.
#[derive(Embed)]
#[folder = "scaffold/"]
struct Scaffold;

/// What stands in the scaffold where the course's own id and title belong.
const ID: &str = "my-course";
const TITLE: &str = "My course";

/// A file is already there.
#[derive(Debug)]
struct Exists(PathBuf);

impl fmt::Display for Exists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is already there, and nothing is written over it; name a new folder", self.0.display())
    }
}

impl std::error::Error for Exists {}

/// Runs it.
///
/// # Errors
///
/// If a file is already there, or one cannot be written.
pub fn run(args: &New, talk: Talk) -> Result<Outcome, Failure> {
    make(&args.dir)?;
    if !talk.quiet {
        let dir = args.dir.display();
        anstream::eprintln!("made a course in {dir}");
        anstream::eprintln!("see it with: amends serve --site {dir} --open");
    }
    Ok(Outcome::Done)
}

/// Writes the scaffold into `dir`, or nothing at all if one of its files is already there.
fn make(dir: &Path) -> Result<(), Failure> {
    let mut paths: Vec<_> = Scaffold::iter().collect();
    paths.sort();
    if let Some(there) = paths.iter().map(|path| dir.join(path.as_ref())).find(|path| path.exists()) {
        return Err(Exists(there).into());
    }
    let id = id(dir);
    for path in paths {
        let Some(file) = Scaffold::get(&path) else { continue };
        let target = dir.join(path.as_ref());
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|source| Error::new("create", folder, source))?;
        let text = String::from_utf8_lossy(&file.data);
        let text =
            if path == "site.yaml" { text.replace(ID, &id).replace(TITLE, &title(&id)) } else { text.into() };
        fs::write(&target, text).map_err(|source| Error::new("write", &target, source))?;
    }
    Ok(())
}

/// The course's id, from the name of its folder.
fn id(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name().map(|name| parse::slug(&name.to_string_lossy())).unwrap_or_default();
    if parse::is_id(&name) { name } else { ID.to_owned() }
}

/// "late-deliveries" becomes "Late deliveries".
fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
