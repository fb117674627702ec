//! How often the lints of texts are right, counted on texts that were not used to design them (`tests/texts`): good ones in the
//! style of many authors, and others with every fault. A comment at the end of a line names its faults: `# is: CODE, CODE`.
//!
//! A report is right if its line names the fault, and a false alarm otherwise. `docs/lints.md` has the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use amends::diag::{Code, Severity};

use crate::blessed;
use crate::harness::{Site, between, repository};

const PAGE: &str = "docs/lints.md";

/// The lints that judge the words of a single text, besides those from `moment-length` to `mixed-spelling`. Length, position
/// and rhythm of choices concern several texts: `prove` measures those against chance.
const OTHERS: [Code; 6] = [
    Code::LabelLeak,
    Code::NearDuplicate,
    Code::MixedForm,
    Code::DangerInOrder,
    Code::CapWithoutHarm,
    Code::PrintedRaw,
];

fn judges_a_text(code: Code) -> bool {
    (Code::MomentLength..=Code::MixedSpelling).contains(&code) || OTHERS.contains(&code)
}

/// Faults, by file, line and code.
type Places = BTreeSet<(String, usize, &'static str)>;

/// The faults that the texts declare.
fn declared(site: &Site) -> Places {
    let mut all = Places::new();
    for folder in ["lessons", "scenarios"].map(|name| format!("content/{name}")) {
        for entry in fs::read_dir(site.path().join(&folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            for (at, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
                let Some((_, codes)) = line.split_once("# is: ") else { continue };
                for code in codes.trim_end_matches("-->").split(',') {
                    let code = Code::of(code.trim()).unwrap_or_else(|| panic!("{name}: {code}"));
                    all.insert((name.clone(), at + 1, code.name()));
                }
            }
        }
    }
    all
}

#[test]
fn no_lint_of_texts_has_more_false_alarms_than_faults_found() {
    let site = Site::copy("tests/texts");
    let guide = fs::read_to_string(repository().join("docs/author-guide.md")).unwrap();
    site.put("content/scenarios/guide.yaml", between(&guide, "```yaml\n", "```"));
    let (faults, checked) = (declared(&site), site.check());
    let mut alarms: BTreeMap<(String, usize, &str), &str> = BTreeMap::new();
    for each in checked.diagnostics().iter().filter(|each| judges_a_text(each.code)) {
        let (path, text) = (checked.sources().path(each.span.file), checked.sources().text(each.span.file));
        let line = text[..each.span.start as usize].matches('\n').count() + 1;
        alarms.insert((path.display().to_string(), line, each.code.name()), &each.message);
    }
    let errors: Vec<_> =
        checked.diagnostics().iter().filter(|each| each.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");

    let (mut table, mut wrong) = (String::new(), String::new());
    for code in Code::ALL.iter().filter(|code| judges_a_text(**code)) {
        let has_code = |place: &&(String, usize, &'static str)| place.2 == code.name();
        let committed = faults.iter().filter(has_code).count();
        let found = faults.iter().filter(has_code).filter(|place| alarms.contains_key(place)).count();
        let false_alarms =
            alarms.keys().filter(|place| place.2 == code.name() && !faults.contains(*place)).count();
        let severity = if code.severity() == Severity::Info { "note" } else { "warning" };
        writeln!(table, "| `{code}` | {severity} | {committed} | {found} | {false_alarms} |").unwrap();
        assert!(
            found >= false_alarms || severity == "note",
            "`{code}` has {false_alarms} false alarms for {found} faults found"
        );
    }
    for ((path, line, code), message) in alarms.iter().filter(|(place, _)| !faults.contains(*place)) {
        writeln!(wrong, "{path}:{line}: false alarm[{code}]: {message}").unwrap();
    }
    for (path, line, code) in faults.iter().filter(|place| !alarms.contains_key(place)) {
        writeln!(wrong, "{path}:{line}: missed[{code}]").unwrap();
    }
    blessed::check("texts/wrong.txt", &wrong);
    let page = fs::read_to_string(repository().join(PAGE)).unwrap();
    let (before, rest) = page.split_once("|---|---|---|---|---|\n").unwrap();
    let after = &rest[rest.find("\n\n").map_or(rest.len(), |at| at + 1)..];
    blessed::check(&format!("../{PAGE}"), &format!("{before}|---|---|---|---|---|\n{table}{after}"));
}
