//! The program as people and pipelines run it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The result of a run.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    /// Asserts that standard error contains this.
    #[track_caller]
    pub(crate) fn err_has(self, part: &str) -> Self {
        assert!(self.err.contains(part), "no {part:?} in\n{}", self.err);
        self
    }
}

/// The program with some arguments, to be run in a folder.
pub(crate) fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command.args(arguments).current_dir(folder);
    command
}

/// Runs the program.
pub(crate) fn amends(arguments: &[&str], folder: &Path) -> Run {
    run(&mut command(arguments, folder), "")
}

/// Runs any command to its end, with this standard input.
pub(crate) fn run(command: &mut Command, input: &str) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Copies a program to where a test runs it.
///
/// Another process writes the file: if this process had it open for writing, so would any process that another test starts at
/// that moment, and Linux does not run a file that is open for writing.
pub(crate) fn copy_program(from: &Path, to: &Path) {
    run(Command::new("cp").args([from, to]), "").exits(0);
}

/// Writes a shell script that a test runs, with another process as in [`copy_program`].
pub(crate) fn write_program(path: &Path, lines: &str) {
    let write = r#"cat > "$0" && chmod +x "$0""#;
    run(Command::new("sh").args(["-c", write]).arg(path), &format!("#!/bin/sh\n{lines}\n")).exits(0);
}
