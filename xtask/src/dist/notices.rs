//! The license texts of everything in the program, one crate after the other.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::system::System;
use crate::shell::{self, Done, cargo, output, root};

/// How the names of files with a license or a notice begin, in lowercase.
const FILES: [&str; 7] = ["license", "licence", "copying", "notice", "unlicense", "copyright", "authors"];

/// All license texts, for a program built on this machine for this system.
pub(super) fn text(system: &System) -> Done<String> {
    let mut all = String::from("amends contains the following; each part has its own license.\n");
    section(&mut all, "amends", &shell::read(&root().join("NOTICE"))?);
    section(&mut all, "The Rust standard library", &mit("The Rust Project Developers")?);
    if system.is_static() {
        section(&mut all, "musl, the C library", &mit("2005-2020 Rich Felker and others")?);
    }
    if system.target().ends_with("windows-gnu") {
        let copyright = Path::new("/usr/share/doc/mingw-w64-common/copyright");
        section(&mut all, "MinGW-w64, the C library for Windows", &shell::read(copyright)?);
    }
    Ok(all + &crates(system)?)
}

/// The license texts of the crates.
///
/// # Errors
/// If a crate has no license text, and its license is not MIT with named authors.
pub(super) fn crates(system: &System) -> Done<String> {
    let mut all = String::new();
    for package in packages(system)? {
        let word = |key: &str| package[key].as_str().unwrap_or_default();
        let name = format!("{} {} ({})", word("name"), word("version"), word("license"));
        let folder = Path::new(word("manifest_path")).parent().unwrap_or(Path::new(""));
        let mut texts = String::new();
        for path in shell::list(folder)?.iter().filter(|path| path.is_file() && is_notice(path)) {
            writeln!(texts, "{}", shell::read(path)?.trim()).expect("writing to a string cannot fail");
        }
        if texts.is_empty() {
            let authors = package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let authors: Vec<&str> = authors.collect();
            if !word("license").contains("MIT") || authors.is_empty() {
                return Err(format!("{name} has no text of its license"));
            }
            texts = mit(&authors.join(", "))?;
        }
        section(&mut all, &name, &texts);
    }
    Ok(all)
}

fn section(all: &mut String, name: &str, text: &str) {
    write!(all, "\n{}\n{name}\n\n{}\n", "-".repeat(78), text.trim())
        .expect("writing to a string cannot fail");
}

fn is_notice(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    FILES.iter().any(|file| name.starts_with(file))
}

/// The text of the MIT license with another holder.
fn mit(holder: &str) -> Done<String> {
    let text = shell::read(&root().join("LICENSE-MIT"))?;
    let lines = text.lines().map(|line| match line.starts_with("Copyright") {
        true => format!("Copyright (c) {holder}"),
        false => line.to_owned(),
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// The external crates that are compiled into the program, by name.
fn packages(system: &System) -> Done<Vec<Value>> {
    let arguments = ["metadata", "--locked", "--format-version", "1", "--filter-platform", system.target()];
    let arguments = arguments.iter().chain(system.features());
    let known: Value =
        serde_json::from_slice(&output(cargo(), arguments)?).map_err(|error| error.to_string())?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes = list(&known["resolve"]["nodes"]);
    let mut open = vec![known["resolve"]["root"].clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id.as_str().unwrap_or_default().to_owned()) {
            continue;
        }
        let Some(node) = nodes.iter().find(|node| node["id"] == id) else { continue };
        for each in list(&node["deps"]) {
            // A dependency only of tests or build scripts is not in the program.
            if list(&each["dep_kinds"]).iter().any(|kind| kind["kind"].is_null()) {
                open.push(each["pkg"].clone());
            }
        }
    }
    let packages = list(&known["packages"]).into_iter();
    let is_included = |package: &Value| {
        // The repository's own crates have its licenses.
        seen.contains(package["id"].as_str().unwrap_or_default()) && !package["source"].is_null()
    };
    Ok(packages.filter(is_included).collect())
}
