//! The core needs no disk: from files in memory it makes what `build` writes, natively and as a WebAssembly module. The host of
//! a module can also count instructions, which shows that time is linear in what an author writes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use amends::address::Purpose;
use amends::diag::render::short;
use amends::files::Files;
use amends::load::{LoadOptions, load};
use amends::prove::lock::Lock;
use amends::render::render;
use amends::sink::{Memory, Output};

use crate::harness::{Site, repository};
use crate::wasm::{Host, metered, module};

/// The files of the included course.
fn course() -> Vec<(String, Vec<u8>)> {
    read(&Site::shipped(), Site::sources)
}

/// Some files of a site.
fn read(site: &Site, paths: fn(&Site) -> Vec<String>) -> Vec<(String, Vec<u8>)> {
    let read = |path: String| {
        let bytes = std::fs::read(site.path().join(&path)).unwrap();
        (path, bytes)
    };
    paths(site).into_iter().map(read).collect()
}

/// What the module makes of files, made natively: the site, the diagnostics and the proofs.
fn make_natively(files: Vec<(String, Vec<u8>)>) -> Output {
    let loaded = load(&files.into_iter().collect::<Files>(), &LoadOptions::default());
    let sink = Memory::default();
    let findings = render(&loaded, Purpose::Publish, &sink).unwrap();
    let report = loaded.report(findings);
    let mut output = sink.into_output();
    output.insert("diagnostics".to_owned(), short(&report.diagnostics, &loaded.sources).into_bytes());
    output.insert("proofs".to_owned(), Lock::of(&loaded.course).text().into_bytes());
    output
}

#[test]
fn files_in_memory_make_the_site_that_build_writes() {
    let public = Site::empty();
    Site::shipped().amends(&["build", "--quiet", "--output", public.path().to_str().unwrap()]).exits(0);
    let mut written = BTreeMap::from_iter(read(&public, Site::files));
    written.remove(".amends-manifest").unwrap();
    let mut made = make_natively(course());
    assert!(made.remove("proofs").is_some() && made.remove("diagnostics").is_some());
    assert_same(&made, &written);
}

#[test]
fn a_webassembly_host_makes_the_same_site() {
    let mut host = Host::new(&module(&core()));
    let files = course();
    let length = make(&mut host, &files);
    let pull = host.function("pull");
    let bytes: Vec<u8> =
        (0..length).map(|at| u8::try_from(host.call_typed::<u32, u32>(&pull, at)).unwrap()).collect();
    let mut rest = bytes.as_slice();
    let mut part = || {
        let (length, after) = rest.split_first_chunk()?;
        let (part, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        rest = after;
        Some(part.to_vec())
    };
    let made: BTreeMap<String, Vec<u8>> =
        std::iter::from_fn(|| Some((String::from_utf8(part()?).unwrap(), part()?))).collect();
    assert_same(&made, &make_natively(files));
}

/// Passes files to the module and makes it render. Returns the length of its output.
fn make(host: &mut Host, files: &[(String, Vec<u8>)]) -> u32 {
    let (push, make) = (host.function("push"), host.function("make"));
    for part in files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]) {
        for byte in u32::try_from(part.len()).unwrap().to_le_bytes().iter().chain(part) {
            host.call_typed::<u32, ()>(&push, u32::from(*byte));
        }
    }
    host.call_typed::<(), u32>(&make, ())
}

/// The path and text of a file with this many things of a kind.
type Repeated = fn(usize) -> (&'static str, String);

/// What an author can write many of. Each once took quadratic time, or is similar to something that did.
const KINDS: [(&str, Repeated); 18] = [
    ("equal headings", |n| lesson("## A\n\n".repeat(n))),
    ("own ids of headings", |n| lesson(each(n, |at| format!("## A {{#a{at}}}\n\n")))),
    ("footnotes", |n| lesson(each(n, |at| format!("A[^{at}]\n\n[^{at}]: B\n\n")))),
    ("marks without a footnote", |n| lesson("A[^b] ".repeat(n))),
    ("links to headings", |n| lesson(format!("## A\n\n{}", "[a](#a) ".repeat(n)))),
    ("bare addresses", |n| lesson(each(n, |at| format!("https://example.org/{at} ")))),
    ("references to nothing", |n| lesson("[a][b] [c] (d.md) (e)[f.md] ".repeat(n))),
    ("almost links, on one line", |n| lesson("[a](b c.md d [e](f.md [g]".repeat(n))),
    ("syntax of other programs, on one line", |n| lesson("{{ == ** ~~ :a ~b ^[ $ %% `".repeat(n))),
    ("blocks that nothing closes", |n| lesson("> ```\n> a\n\n".repeat(n))),
    ("definitions", |n| lesson("A\n: B\n\n:c\n\n".repeat(n))),
    ("speakers", |n| lesson(format!("```dialogue\n{}```\n", each(n, |at| format!("A{at}: B\nC\n"))))),
    ("a list on one line", |n| ("site.yaml", format!("title: T\nlessons: [{}a]\n", "a,".repeat(n)))),
    ("includes", |n| {
        let names = each(n, |at| format!("  - x{at}.yaml\n"));
        ("content/scenarios/a.yaml", format!("title: A\nincludes:\n{names}"))
    }),
    ("words of the interface", |n| {
        ("themes/default/strings/en.yaml", each(n, |at| format!("own{at}: A {{word}}\n")))
    }),
    ("words without blanks", |n| lesson("\u{e01}\u{e34}\u{e19}".repeat(n))),
    ("nodes", |n| {
        let to = |at: usize| if at < n { format!("n{at}") } else { "end".to_owned() };
        let node = |at| format!("  n{at}: {}\n", decision(&[(3, to(2 * at + 1)), (0, to(2 * at + 2))]));
        scenario(&each(n, node))
    }),
    ("choices", |n| {
        let choices = [(3, "end".to_owned())].into_iter().cycle().take(n).collect::<Vec<_>>();
        scenario(&format!("  n0: {}\n", decision(&choices)))
    }),
];

/// A decision with choices, given by their ratings and targets.
fn decision(choices: &[(u8, String)]) -> String {
    let choice =
        |(rate, to): &(u8, String)| format!("{{ say: A, rate: {rate}, reply: A, why: A, then: {to} }}");
    let choices = choices.iter().map(choice).collect::<Vec<_>>().join(", ");
    format!("{{ says: A, tests: [listen], choices: [{choices}] }}")
}

fn scenario(nodes: &str) -> (&'static str, String) {
    let head = "title: A\nsummary: A\nrole: A\ngoal: A\nfailure: late\nchannel: phone\ncustomer: { name: A, goodwill: 50 }\nstart: n0\n";
    let end = "  end: { ending: good, title: A, text: A }\n";
    ("content/scenarios/a.yaml", format!("{head}nodes:\n{nodes}{end}"))
}

fn lesson(text: String) -> (&'static str, String) {
    ("content/lessons/01-one.md", format!("---\ntitle: One\n---\n{text}\n"))
}

fn each(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// Asserts that the second half of an input takes about as many instructions as the first. Instructions do not depend on other
/// load on the machine.
#[track_caller]
pub(crate) fn assert_linear(name: &str, work: impl FnMut(usize) -> u64) {
    let [few, more, most] = [500, 1_000, 2_000].map(work);
    let (first, second) = ((more - few) as f64 * 2.0, (most - more) as f64);
    assert!(second < first * 1.25, "{name}: {few}, {more}, {most} instructions");
}

#[test]
fn loading_and_rendering_take_linear_time() {
    let module = metered(&core());
    for (name, repeated) in KINDS {
        assert_linear(name, |count: usize| {
            let (path, text) = repeated(count);
            let mut files: BTreeMap<&str, String> = BTreeMap::new();
            files.insert("site.yaml", "title: T\nlints: off\n".to_owned());
            files.insert(path, text);
            let mut host = Host::new(&module);
            make(
                &mut host,
                &files
                    .into_iter()
                    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
                    .collect::<Vec<_>>(),
            );
            host.instructions()
        });
    }
}

#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    for (path, bytes) in one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

/// Builds the module of the core.
fn core() -> Vec<u8> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--package", "core-wasm", "--profile", "core-wasm"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(target);
    assert!(cargo.current_dir(repository()).status().unwrap().success());
    std::fs::read(target.join("wasm32-unknown-unknown/core-wasm/core_wasm.wasm")).unwrap()
}
