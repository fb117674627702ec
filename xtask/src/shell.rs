//! Files, other programs and the terminal: errors name the file or program, and no other module prints.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The result of a chore: a value, or the reason for failure.
pub(crate) type Done<T = ()> = Result<T, String>;

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the root").to_path_buf()
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs this.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// Prints a line.
#[allow(clippy::print_stderr, reason = "no other function prints")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

/// Runs a program in the root with its output shown, and fails if the program fails.
pub(crate) fn run<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Done {
    run_with(program, arguments, &[])
}

/// The same with additional environment variables.
pub(crate) fn run_with<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
    environment: &[(&str, &OsStr)],
) -> Done {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).envs(environment.iter().copied());
    say(&format!("> {}", displayed(&command)));
    let status =
        command.status().map_err(|error| format!("cannot run `{}`: {error}", displayed(&command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", displayed(&command))) }
}

/// Runs a program in the root and returns its output.
pub(crate) fn output<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Done<Vec<u8>> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    let output =
        command.output().map_err(|error| format!("cannot run `{}`: {error}", displayed(&command)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let error = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed: {}\n{error}", displayed(&command), output.status))
}

/// Writes a file, and creates its folder if needed.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Done {
    let failed = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, bytes).map_err(failed)
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Done<String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Reads a file.
pub(crate) fn read_bytes(path: &Path) -> Done<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The paths in a folder, sorted.
pub(crate) fn list(folder: &Path) -> Done<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
    });
    let mut paths = entries.map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    paths.sort();
    Ok(paths)
}

/// Copies a file, or a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Done {
    let failed = |error: io::Error| format!("cannot copy {} to {}: {error}", from.display(), to.display());
    if !from.is_dir() {
        return std::fs::copy(from, to).map(drop).map_err(failed);
    }
    std::fs::create_dir_all(to).map_err(failed)?;
    list(from)?.iter().try_for_each(|path| copy(path, &to.join(path.file_name().unwrap_or_default())))
}

/// Copies a file under this name into a folder, which is created if needed.
pub(crate) fn copy_into(file: &Path, folder: &Path, name: &str) -> Done {
    let failed = |error: io::Error| format!("cannot make {}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(failed)?;
    copy(file, &folder.join(name))
}

/// Removes a folder, if it exists.
pub(crate) fn remove(folder: &Path) -> Done {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Whether a program can be run.
pub(crate) fn exists(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn displayed(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
