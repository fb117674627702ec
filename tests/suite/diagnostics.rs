//! The exact reports of `check`. Each `tests/diagnostics/*.case`, `texts/*.case` and `mistakes/*.case` changes the small
//! course in `base`; each `lints/*.case` and `trial/*.case` changes the course that `amends new` writes, in which nothing is
//! reported. A case contains the expected report; `AMENDS_BLESS=1 cargo test` writes the actual one, to be reviewed before it
//! is committed.
//!
//! The cases of `mistakes` are typical of people used to a word processor, another format or another language. Each has one
//! fault, and its fix (`>>> mend`) does exactly what the remedy says.
//!
//! The cases of `trial` are the errors of a trainer who had never seen YAML, fixed (`>>> mend`) by somebody who had read only
//! the report.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use amends::diag::{Code, Diagnostic, Severity};

use crate::blessed;
use crate::harness::{Checked, Site, repository};

/// The small course that most cases change.
pub(crate) const BASE: &str = "tests/diagnostics/base";

const SHORT: &str = ">>> short\n";

/// A case: a site, the changes to it, and the expected report.
struct Case {
    path: PathBuf,
    base: &'static str,
    input: String,
    expected: String,
}

/// The cases in a folder below `tests/diagnostics`, which change the site in `base`.
fn read_cases(folder: &str, base: &'static str) -> Vec<Case> {
    let paths = fs::read_dir(repository().join("tests/diagnostics").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|ext| ext == "case"));
    let case = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let (input, expected) = text.split_at(text.find(SHORT).unwrap_or(text.len()));
        let (input, expected) = (input.to_owned(), expected.to_owned());
        Case { path, base, input, expected }
    };
    paths.map(case).collect()
}

fn all_cases() -> Vec<Case> {
    let folders =
        [("", BASE), ("texts", BASE), ("mistakes", BASE), ("lints", "scaffold"), ("trial", "scaffold")];
    folders.into_iter().flat_map(|(folder, base)| read_cases(folder, base)).collect()
}

/// Each change of each case, with the case's name, except for changes to text that an earlier change of the case adds.
pub(crate) fn single_changes() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for case in read_cases("", BASE) {
        let name = case.path.file_stem().unwrap().to_string_lossy().into_owned();
        let parts = case.input.split(">>> ").skip(1).map(|part| format!(">>> {part}"));
        all.extend(parts.filter(|part| stands_alone(part)).map(|part| (name.clone(), part)));
    }
    all
}

fn stands_alone(section: &str) -> bool {
    let (head, body) = section.trim_start_matches(">>> ").split_once('\n').unwrap();
    let Some(path) = head.strip_prefix("edit ") else { return true };
    let (old, _) = body.split_once("\n===\n").unwrap();
    fs::read_to_string(repository().join(BASE).join(path)).is_ok_and(|text| text.contains(old))
}

/// The site of a case.
pub(crate) fn site_of(base: &str, input: &str) -> Site {
    changed(base, input, |kind| kind != "mend")
}

/// The site of a case, with some of its changes.
fn changed(base: &str, input: &str, wanted: impl Fn(&str) -> bool) -> Site {
    let site = Site::copy(base);
    for section in input.split(">>> ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap();
        let (kind, path) = head.split_once(' ').unwrap();
        if wanted(kind) {
            apply_change(&site, kind, path, body);
        }
    }
    site
}

/// Makes one change of a case.
pub(crate) fn apply_change(site: &Site, kind: &str, path: &str, body: &str) {
    match kind {
        "add" => site.put(path, body),
        "remove" => site.remove(path),
        "link" => site.link(path, body.trim_end()),
        // A byte that is not UTF-8, which this file could not contain.
        "bytes" => {
            let text = body.replace("\\xe9", "\u{e9}");
            site.put(path, text.chars().map(|c| c as u8).collect::<Vec<u8>>());
        }
        "edit" | "mend" => {
            let (old, new) = body.split_once("\n===\n").unwrap();
            site.edit(path, old, new.strip_suffix('\n').unwrap());
        }
        other => panic!("no such section: {other}"),
    }
}

#[test]
fn cases_match_exactly_and_every_code_has_one() {
    let (mut wrong, mut reported) = (Vec::new(), BTreeSet::new());
    for case in all_cases() {
        let checked = site_of(case.base, &case.input).check();
        let is_error = |each: &Diagnostic| each.severity == Severity::Error;
        assert_eq!(checked.is_sound(), !checked.diagnostics().iter().any(is_error));
        let (input, short, human) = (&case.input, checked.short(), checked.human());
        let actual = format!("{input}{SHORT}{short}>>> human\n{}\n", human.trim_end());
        let path = case.path.strip_prefix(blessed::tests()).unwrap();
        wrong.extend(blessed::compare(path.to_str().unwrap(), &actual).err());
        reported.extend(codes(checked.diagnostics()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    reported.extend(codes(too_fine().check().diagnostics()));
    reported.extend(codes(&crate::external::diagnostics()));
    // Codes that need people's plays have their cases in `played`.
    let missing = Code::ALL.iter().filter(|code| !reported.contains(code) && !code.is_of_plays());
    let missing: Vec<&str> = missing.map(|code| code.name()).collect();
    assert_eq!(missing, [""; 0]);
}

/// Once every fix of a case is made, nothing is left to report.
#[test]
fn following_the_report_fixes_everything() {
    let mistakes = read_cases("mistakes", BASE);
    for case in &mistakes {
        let short = case.expected.strip_prefix(SHORT).unwrap().split(">>> human").next().unwrap();
        assert_eq!(short.lines().count(), 1, "{}: one mistake, one fault", case.path.display());
    }
    let trials = read_cases("trial", "scaffold");
    assert!(
        trials.len() >= 20 && mistakes.len() >= 40,
        "{} trials, {} mistakes",
        trials.len(),
        mistakes.len()
    );
    for case in trials.into_iter().chain(mistakes) {
        let name = case.path.display();
        assert!(case.input.contains(">>> mend "), "{name} has no fix");
        assert!(case.expected.contains("= help: "), "{name} has no remedy");
        let left = changed(case.base, &case.input, |_| true).check();
        assert_eq!(left.short(), "", "{name}");
    }
}

/// Replacing a fault by the quoted part of its remedy removes the fault, and adds none to its line.
#[test]
fn a_remedy_can_be_typed_literally() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for case in ["", "mistakes"].into_iter().flat_map(|folder| read_cases(folder, BASE)) {
        let checked = site_of(case.base, &case.input).check();
        for fault in checked.diagnostics() {
            let (path, text) =
                (checked.sources().path(fault.span.file), checked.sources().text(fault.span.file));
            let (start, end) = (fault.span.start as usize, fault.span.end as usize);
            let Some(typed) = replacement(fault, &text[..start], &text[start..end]) else { continue };
            let mended = site_of(case.base, &case.input);
            mended.put(path.to_str().unwrap(), format!("{}{typed}{}", &text[..start], &text[end..]));
            let line = text[..start].matches('\n').count();
            let left = mended.check();
            let here = |checked: &Checked| -> Vec<String> {
                let is_here = |each: &&Diagnostic| {
                    let text = checked.sources().text(each.span.file);
                    // Expectations are checked only once the whole course can be read.
                    checked.sources().path(each.span.file) == path
                        && text[..each.span.start as usize].matches('\n').count() == line
                        && each.code != Code::ExpectationFailed
                };
                checked.diagnostics().iter().filter(is_here).map(|each| each.message.clone()).collect()
            };
            let (before, after) = (here(&checked), here(&left));
            let new = after.iter().filter(|message| !before.contains(message) || **message == fault.message);
            wrong.extend(new.map(|message| format!("{}: {typed:?} gives {message}", case.path.display())));
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 30, "only {tried} remedies were tried");
}

/// The replacement that a remedy suggests for the fault, if it suggests nothing else.
fn replacement(fault: &Diagnostic, before: &str, typed: &str) -> Option<String> {
    let hint = fault.hint.as_deref()?;
    let meant = hint.strip_prefix("did you mean `").and_then(|rest| rest.split_once("`?"));
    let write = hint
        .strip_prefix("write `")
        .and_then(|rest| rest.split_once('`'))
        .filter(|(_, rest)| rest.is_empty());
    let (word, _) = meant.or(write)?;
    // The span of a value in brackets is only its start.
    if typed.is_empty() || typed.starts_with(['{', '[']) || word.contains("...") {
        return None;
    }
    match word.split_once(": ").filter(|(key, _)| !key.contains(['{', ' '])) {
        // The remedy names the key as well, but the fault is only its value.
        Some((key, value)) => before.trim_end().ends_with(&format!("{key}:")).then(|| value.to_owned()),
        // The remedy replaces the whole fault, or only the comment in it.
        None => Some(match typed.split_once('#').filter(|_| word.starts_with('#')) {
            Some((value, _)) => format!("{value}{word}"),
            None => word.to_owned(),
        }),
    }
}

fn codes(diagnostics: &[Diagnostic]) -> impl Iterator<Item = Code> + '_ {
    diagnostics.iter().map(|each| each.code)
}

/// Scores of sixteen skills, each tested a different prime number of times, have no common unit. No author would write this.
fn too_fine() -> Site {
    let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    let skills = (0..primes.len())
        .map(|at| format!("  s{at}: {{ name: S, weight: {}, levels: [a, b, c, d] }}\n", 997 - at));
    let model = Site::fixture("course").read("content/models/heard.yaml");
    let (before, rest) = model.split_once("skills:\n").unwrap();
    let (_, after) = rest.split_once("\ncaps:").unwrap();
    let model = format!("{before}skills:\n{}\ncaps:{after}", skills.collect::<String>());

    let tests: Vec<usize> = primes.iter().enumerate().flat_map(|(at, count)| vec![at; *count]).collect();
    let node = |(at, skill): (usize, &usize)| {
        let next = if at + 1 == tests.len() { "end".to_owned() } else { format!("n{}", at + 1) };
        let choice =
            |rate: u8| format!("      - {{ say: So., rate: {rate}, reply: So., why: So., then: {next} }}\n");
        format!("  n{at}:\n    says: So.\n    tests: [s{skill}]\n    choices:\n{}{}", choice(3), choice(0))
    };
    let nodes: String = tests.iter().enumerate().map(node).collect();
    let head = "title: A\nsummary: A\nrole: A\ngoal: A\nfailure: late\nchannel: phone\ncustomer: { name: A, goodwill: 30 }\nmodel: fine\nstart: n0\n";
    let scenario = format!("{head}nodes:\n{nodes}  end: {{ ending: good, title: So, text: So. }}\n");
    site_of(
        BASE,
        &format!(">>> add content/models/fine.yaml\n{model}>>> add content/scenarios/fine.yaml\n{scenario}"),
    )
}
