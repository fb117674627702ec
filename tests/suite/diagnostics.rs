//! What `check` says, to the letter. Each `tests/diagnostics/*.case` changes the small course in `base`, each
//! `lints/*.case` the course that `amends new` writes, which has nothing to tell. A case holds the text that must come out; `AMENDS_BLESS=1 cargo test` writes what does come out, to be read before it is committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use amends::diag::{Code, Diagnostic, render};
use amends::load::{Loaded, load};
use tempfile::TempDir;

pub(crate) fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// A case: what it shows and what it changes, and what is expected.
struct Case {
    input: String,
    expected: String,
}

const SHORT: &str = ">>> short\n";

fn read(path: &Path) -> Case {
    let text = fs::read_to_string(path).unwrap();
    let at = text.find(SHORT).unwrap_or(text.len());
    Case { input: text[..at].to_owned(), expected: text[at..].to_owned() }
}

/// Every change of every case by itself, with the case's name; those that change what another made are left out.
pub(crate) fn sections() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(cases()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ext| ext != "case") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case = read(&path);
        let parts = case.input.split(">>> ").skip(1).map(|part| format!(">>> {part}"));
        all.extend(parts.filter(|part| stands_alone(part)).map(|part| (name.clone(), part)));
    }
    all
}

fn stands_alone(section: &str) -> bool {
    let (head, body) = section.trim_start_matches(">>> ").split_once('\n').unwrap();
    let Some(path) = head.strip_prefix("edit ") else { return true };
    let (old, _) = body.split_once("\n===\n").unwrap();
    fs::read_to_string(cases().join("base").join(path)).is_ok_and(|text| text.contains(old))
}

/// Every case, with the course that it changes.
fn all() -> Vec<(PathBuf, PathBuf)> {
    let scaffold = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffold");
    let mut all = Vec::new();
    for (folder, base) in [(cases(), cases().join("base")), (cases().join("lints"), scaffold)] {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|ext| ext == "case"));
        all.extend(files.map(|path| (path, base.clone())));
    }
    all.sort();
    all
}

/// Makes the site of a case.
pub(crate) fn make(base: &Path, input: &str) -> TempDir {
    let site = TempDir::new().unwrap();
    copy(base, site.path());
    for section in input.split(">>> ").skip(1) {
        let (head, body) = section.split_once('\n').unwrap();
        let (kind, path) = head.split_once(' ').unwrap();
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match kind {
            "add" => fs::write(path, body).unwrap(),
            "remove" => fs::remove_file(path).unwrap(),
            // One byte that is no UTF-8, which this file could not hold itself.
            "bytes" => {
                fs::write(path, body.replace("\\xe9", "\u{e9}").chars().map(|c| c as u8).collect::<Vec<u8>>())
                    .unwrap()
            }
            "edit" => {
                let (old, new) = body.split_once("\n===\n").unwrap();
                let text = fs::read_to_string(&path).unwrap();
                assert!(text.contains(old), "the base has no {old:?}");
                fs::write(path, text.replacen(old, new.strip_suffix('\n').unwrap(), 1)).unwrap();
            }
            other => panic!("no such section: {other}"),
        }
    }
    site
}

/// Copies a folder and all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn shown(loaded: &Loaded) -> String {
    let human = render::human(&loaded.diagnostics, &loaded.sources);
    let human = anstream::adapter::strip_str(&human).to_string();
    let lines: Vec<&str> = human.lines().map(str::trim_end).collect();
    format!(
        "{SHORT}{}>>> human\n{}\n",
        render::short(&loaded.diagnostics, &loaded.sources),
        lines.join("\n").trim_end()
    )
}

#[test]
fn cases_come_out_to_the_letter() {
    let bless = std::env::var_os("AMENDS_BLESS").is_some();
    let files = all();
    assert!(files.len() > 90, "the cases are gone");
    let mut wrong = String::new();
    for (path, base) in files {
        let case = read(&path);
        let loaded = load(make(&base, &case.input).path()).unwrap();
        assert!(
            loaded.course.is_none()
                || loaded.diagnostics.iter().all(|each| each.severity < amends::diag::Severity::Error)
        );
        let found = shown(&loaded);
        if bless {
            fs::write(&path, format!("{}{found}", case.input)).unwrap();
        } else if found != case.expected {
            let diff = similar::TextDiff::from_lines(&case.expected, &found);
            wrong += &format!("{}\n{}\n", path.display(), diff.unified_diff());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_case() {
    let mut told: BTreeSet<Code> = BTreeSet::new();
    for (path, base) in all() {
        told.extend(codes(&load(make(&base, &read(&path).input).path()).unwrap().diagnostics));
    }
    told.extend(codes(&load(too_fine().path()).unwrap().diagnostics));
    told.extend(codes(&crate::external::all()));
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|code| !told.contains(code)).map(|code| code.name()).collect();
    assert_eq!(missing, [""; 0]);
}

fn codes(diagnostics: &[Diagnostic]) -> impl Iterator<Item = Code> + '_ {
    diagnostics.iter().map(|each| each.code)
}

/// Sixteen skills whose counts are different primes have no common unit; nobody would write that by hand.
fn too_fine() -> TempDir {
    let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    let skills = (0..primes.len())
        .map(|at| format!("  s{at}: {{ name: S, weight: {}, levels: [a, b, c, d] }}\n", 997 - at));
    let model =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/models/leaa.yaml")).unwrap();
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
    make(
        &cases().join("base"),
        &format!(">>> add content/models/fine.yaml\n{model}>>> add content/scenarios/fine.yaml\n{scenario}"),
    )
}
