//! `amends new`: creates a course that builds and teaches the formats by example, or adds to one: a scenario, a lesson, a
//! model, the files that publish it, the settings of an editor.

mod course;
mod extras;
mod piece;

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::cli::{Global, New};
use crate::shell::cmd::{Failure, Outcome, note};
use crate::shell::error::Error;

/// Why `--ci` needs a repository: whatever a workflow installs runs with all of its permissions.
const UNPUBLISHED: &str = "amends is not in any registry yet, so a workflow that installs it from one could get a \
    stranger's program; say what to build it from: --git https://example.org/amends.git --rev COMMIT";

/// A file to be created: its path relative to the course, and its bytes.
type File = (String, Vec<u8>);

/// Runs the command.
///
/// # Errors
/// If a file already exists, or one cannot be written.
pub fn run(args: &New, global: Global) -> Result<Outcome, Failure> {
    let say = |line: String| note(global, line);
    if let Some(piece) = &args.piece {
        let (path, note) = piece::add(piece)?;
        say(format!("made {}", path.display()));
        note.into_iter().for_each(say);
        return Ok(Outcome::Done);
    }
    let here = PathBuf::from(".");
    let dir = args.dir.as_ref().unwrap_or(&here);
    let mut files = Vec::new();
    if args.dir.is_some() {
        files.extend(course::files(dir, args.full));
    }
    if args.dir.is_some() || args.editor {
        files.extend(extras::editor());
    }
    if let Some(host) = args.ci {
        let (Some(git), Some(commit)) = (&args.git, &args.rev) else { return Err(UNPUBLISHED.into()) };
        files.extend(extras::workflow(host, git, commit));
    }
    write(dir, &files)?;
    if args.dir.is_some() {
        say(format!("made a course in {}", dir.display()));
        say(format!("see it with: amends serve --site {} --open", pasted(dir)));
    } else {
        files.iter().for_each(|(path, _)| say(format!("made {path}")));
    }
    if let Some(host) = args.ci {
        say(extras::next(host).to_owned());
    }
    Ok(Outcome::Done)
}

/// A path that can be pasted into a command.
pub(in crate::shell) fn pasted(path: &Path) -> String {
    let shown = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "._-/\\:~+,@%".contains(c);
    match shown.chars().all(is_plain) {
        true => shown,
        false if cfg!(windows) => format!("\"{shown}\""),
        false => format!("'{}'", shown.replace('\'', "'\\''")),
    }
}

/// Writes files into `dir`, or none at all if one of them exists.
fn write(dir: &Path, files: &[File]) -> Result<(), Failure> {
    if let Some(path) = files.iter().map(|(path, _)| dir.join(path)).find(|path| path.exists()) {
        let path = path.display();
        return Err(format!("{path} already exists, and nothing is overwritten; choose another name").into());
    }
    for (path, bytes) in files {
        write_file(&dir.join(path), bytes)?;
    }
    Ok(())
}

/// Writes a file, and creates the folders above it.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|source| Error::new("create", folder, source))?;
    fs::write(path, bytes).map_err(|source| Error::new("write", path, source))
}

/// "late-deliveries" becomes "Late deliveries".
fn title(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
