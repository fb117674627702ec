//! Tests that the names of packages agree with the release workflow and with `cargo binstall`.

use super::VERSION;
use super::system::{NAMES, SYSTEMS};
use crate::shell::{cargo, output, read, root};

#[test]
fn every_system_is_released_on_its_own_runner() {
    let workflow = read(&root().join(".github/workflows/release.yml")).unwrap();
    let after = |line: &str| Some(line.split_once("system: ")?.1.trim_end_matches(" }").to_owned());
    assert_eq!(workflow.lines().filter_map(after).collect::<Vec<_>>(), NAMES);
    assert!(workflow.contains("run: cargo xtask dist --test ${{ matrix.system }}\n"));
    assert!(workflow.contains("files: target/packages/*\n"));
}

#[test]
fn binstall_finds_each_archive_and_the_program_in_it() {
    let known = output(cargo(), ["metadata", "--format-version", "1", "--no-deps"]).unwrap();
    let known: serde_json::Value = serde_json::from_slice(&known).unwrap();
    let packages = known["packages"].as_array().unwrap();
    let amends = packages.iter().find(|package| package["name"] == "amends").unwrap();
    let systems = amends["metadata"]["binstall"]["overrides"].as_object().unwrap();
    assert_eq!(systems.len(), SYSTEMS.len());
    for system in &SYSTEMS {
        let word = |key: &str| {
            let ending = if system.is_windows() { ".exe" } else { "" };
            let names = [("name", "amends"), ("version", VERSION), ("bin", "amends"), ("binary-ext", ending)];
            let text = systems[system.triple][key].as_str().unwrap().to_owned();
            names.iter().fold(text, |text, (name, value)| text.replace(&format!("{{ {name} }}"), value))
        };
        let archive = system.archive();
        assert_eq!(word("pkg-url"), format!("{{ repo }}/releases/download/v{VERSION}/{archive}"));
        let (folder, format) = match archive.strip_suffix(".zip") {
            Some(folder) => (folder, "zip"),
            None => (archive.strip_suffix(".tar.gz").unwrap(), "tgz"),
        };
        assert_eq!(word("bin-dir"), format!("{folder}/{}", system.program()));
        assert_eq!(word("pkg-fmt"), format);
    }
}
