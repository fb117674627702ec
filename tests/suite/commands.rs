//! The commands as people and programs run them. Each `tests/commands/*.case` is a series of steps in one folder: it copies a
//! site, changes files, runs `amends`, and contains the complete output of each run. `AMENDS_BLESS=1 cargo test` writes the
//! actual output, to be reviewed before it is committed.
//!
//! | section | what it does |
//! |---|---|
//! | `>>> base FOLDER` | copies a folder of the repository |
//! | `>>> add`, `edit`, `remove` | changes a file, as in the cases of diagnostics |
//! | `>>> type` | is the standard input of the next run |
//! | `>>> amends ARGUMENTS` | runs the program; contains its exit code if that is not 0, its output and, after `! `, its standard error |
//! | `>>> amends ARGUMENTS > FILE` | the same, with the output in a file below `tests` |
//! | `>>> text FILE` | contains the text of a file |
//! | `>>> files` | contains the names of all files |

use std::fmt::Write as _;
use std::fs;

use rayon::prelude::*;

use crate::harness::{Run, Site, command, repository, run};
use crate::{blessed, diagnostics};

#[test]
fn cases_match_exactly() {
    let folder = repository().join("tests/commands");
    let names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.len() > 10, "only {} cases were found", names.len());
    let wrong: Vec<String> =
        names.par_iter().filter_map(|name| check_case(name.to_str().unwrap()).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check_case(name: &str) -> Result<(), String> {
    let path = format!("commands/{name}");
    let case = fs::read_to_string(blessed::tests().join(&path)).unwrap();
    let mut sections = case.split(">>> ");
    let mut actual = sections.next().unwrap().to_owned();
    let (mut site, mut typed) = (Site::empty(), "");
    for section in sections {
        let (head, body) = section.split_once('\n').unwrap();
        let (kind, rest) = head.split_once(' ').unwrap_or((head, ""));
        writeln!(actual, ">>> {head}").unwrap();
        match kind {
            "base" => site = Site::copy(rest),
            "type" => typed = body,
            "amends" => {
                let (arguments, file) =
                    rest.split_once(" > ").map_or((rest, None), |(a, file)| (a, Some(file)));
                let mut run = run(&mut command(&split(arguments), site.path()), std::mem::take(&mut typed));
                if let Some(file) = file {
                    blessed::compare(file, &std::mem::take(&mut run.out))?;
                }
                actual += &transcript(&run, &site);
                continue;
            }
            "text" => {
                actual += &site.read(rest);
                continue;
            }
            "files" => {
                site.files().iter().for_each(|path| writeln!(actual, "{path}").unwrap());
                continue;
            }
            _ => diagnostics::apply_change(&site, kind, rest, body),
        }
        actual += body;
    }
    blessed::compare(&path, &actual)
}

/// Splits arguments at spaces, except in quotation marks.
fn split(arguments: &str) -> Vec<&str> {
    let parts = arguments.split('"').enumerate();
    parts
        .flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
        .collect()
}

/// The output of a run, without what differs between runs or themes: the folder, durations, numbers of files.
fn transcript(run: &Run, site: &Site) -> String {
    let mut shown = String::new();
    if run.code != Some(0) {
        writeln!(shown, "exit {}", run.code.unwrap()).unwrap();
    }
    shown += &run.out;
    if !shown.is_empty() && !shown.ends_with('\n') {
        shown.push('\n');
    }
    run.err.lines().for_each(|line| writeln!(shown, "! {line}").unwrap());
    let units = [" ms ", " files ", " changed"];
    let lines =
        shown.lines().map(|line| units.iter().fold(line.trim_end().to_owned(), without_number) + "\n");
    lines.collect::<String>().replace(site.path().to_str().unwrap(), "SITE")
}

/// A line with N in place of the number before a unit, unless the number is 0.
fn without_number(line: String, unit: &&str) -> String {
    let Some((before, after)) = line.split_once(unit) else { return line };
    let rest = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if matches!(&before[rest.len()..], "" | "0") { line } else { format!("{rest}N{unit}{after}") }
}
