//! Renews what README and docs show of the program: the output of commands, the tables of the bench, and the pictures.
//!
//! A block of text after `<!-- amends ARGUMENTS: lines 3 to 5 -->` contains those lines of the command's output in the
//! included course. A table takes its figures from the table of `target/bench.md` with the same first cell, if there is
//! one. All of it is about the included course: run this after an edit to that course.

use std::path::Path;

use crate::shell::{self, Done, list, read, root, write};
use crate::{test, tools};

/// Renews everything.
pub(crate) fn run() -> Done {
    let program = test::program()?;
    let bench = read(&shell::target().join("bench.md")).unwrap_or_default();
    let docs = list(&root().join("docs"))?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"));
    for path in [root().join("README.md")].into_iter().chain(docs) {
        let text = tables(&outputs(&read(&path)?, &program)?, &bench);
        write(&path, text)?;
    }
    tools::node()?;
    shell::run("node", [root().join("tests/browser/pictures.mjs"), program, tools::chromium()?])
}

/// Renews the blocks that are marked as the output of a command.
fn outputs(text: &str, program: &Path) -> Done<String> {
    let (mut renewed, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("<!-- amends ") {
        let parsed = || {
            let (mark, after) = after.split_once(" -->\n```text\n")?;
            let (command, lines) = mark.split_once(": lines ")?;
            let (first, last) = lines.split_once(" to ")?;
            let lines = first.parse::<usize>().ok()?..=last.parse::<usize>().ok()?;
            Some((mark, command, lines, after.split_once("```\n")?.1))
        };
        let (mark, command, lines, after) =
            parsed().ok_or("a comment that marks the output of a command is malformed")?;
        let printed = shell::output(program, command.split(' '))?;
        let printed = String::from_utf8_lossy(&printed);
        let shown = (1..)
            .zip(printed.lines())
            .filter(|(at, _)| lines.contains(at))
            .map(|(_, line)| format!("{line}\n"));
        renewed += &format!("{before}<!-- amends {mark} -->\n```text\n{}```\n", shown.collect::<String>());
        rest = after;
    }
    Ok(renewed + rest)
}

/// Replaces each table by the table of the bench with the same first cell, if there is one.
fn tables(text: &str, bench: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let cell = paragraph.strip_prefix("| ").and_then(|row| row.split(" |").next());
        let begin = cell.map(|cell| format!("| {cell} |"));
        let same =
            bench.split("\n\n").find(|table| begin.as_ref().is_some_and(|begin| table.starts_with(begin)));
        same.map_or(paragraph, |table| table.trim_end())
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
