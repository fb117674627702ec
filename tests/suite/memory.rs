//! The core needs no disk: from files in memory it makes what `build` writes, natively and as a WebAssembly module.

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
use walkdir::WalkDir;

use crate::harness::{Site, repository};
use crate::wasm::{Host, module};

/// The files of the course that ships.
fn course() -> Vec<(String, Vec<u8>)> {
    let all = ["site.yaml", "content"].into_iter().flat_map(|root| WalkDir::new(repository().join(root)));
    let files = all.map(Result::unwrap).filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(repository()).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    });
    files.collect()
}

/// What the module gives out: the site, and what else comes of it.
fn native(files: Vec<(String, Vec<u8>)>) -> Output {
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
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    Site::shipped().amends(&["build", "--quiet", "--output", public.to_str().unwrap()]).ends(0);
    let written = WalkDir::new(&public).into_iter().map(Result::unwrap);
    let written = written.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&public).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    });
    let mut written: BTreeMap<String, Vec<u8>> = written.collect();
    written.remove(".amends-manifest").unwrap();
    let mut made = native(course());
    assert!(made.remove("proofs").is_some() && made.remove("diagnostics").is_some());
    assert_same(&made, &written);
}

#[test]
fn a_webassembly_host_makes_the_same() {
    let mut host = Host::new(&module(&std::fs::read(build()).unwrap()));
    let (push, make, pull) = (host.function("push"), host.function("make"), host.function("pull"));
    let files = course();
    for part in files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]) {
        for byte in u32::try_from(part.len()).unwrap().to_le_bytes().iter().chain(part) {
            host.quick::<u32, ()>(&push, u32::from(*byte));
        }
    }
    let length = host.quick::<(), u32>(&make, ());
    let bytes: Vec<u8> =
        (0..length).map(|at| u8::try_from(host.quick::<u32, u32>(&pull, at)).unwrap()).collect();
    let mut rest = bytes.as_slice();
    let mut part = || {
        let (length, after) = rest.split_first_chunk()?;
        let (part, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        rest = after;
        Some(part.to_vec())
    };
    let made: BTreeMap<String, Vec<u8>> =
        std::iter::from_fn(|| Some((String::from_utf8(part()?).unwrap(), part()?))).collect();
    assert_same(&made, &native(files));
}

#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    for (path, bytes) in one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

/// Builds the module of the core, and gives its path.
fn build() -> std::path::PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--package", "core-wasm", "--profile", "core-wasm"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(target);
    assert!(cargo.current_dir(repository()).status().unwrap().success());
    target.join("wasm32-unknown-unknown/core-wasm/core_wasm.wasm")
}
