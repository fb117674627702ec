//! The packages for each channel: their files and metadata.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::VERSION;
use super::notices;
use super::pack::Files;
use super::system::System;
use crate::shell::{Done, read_bytes, root};

const ABOUT: &str =
    "Turns Markdown lessons and YAML branching scenarios about service failure into a static training site";
const LICENSE: &str = "MIT OR Apache-2.0";

/// The files that accompany the program in every package.
const DOCUMENTS: [&str; 5] = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE"];
pub(super) const NOTICES: &str = "THIRD-PARTY.txt";

/// A file to be published.
pub(super) struct Package {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Package {
    /// Its line in `SHA256SUMS`.
    pub(super) fn sum(&self) -> String {
        let digest = Sha256::digest(&self.bytes);
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{digits}  {}\n", self.name)
    }
}

/// Every package for a system, the archive first.
pub(super) fn all(system: &System, program: &[u8]) -> Done<Vec<Package>> {
    let own = DOCUMENTS.iter().try_fold(Files::default(), |files, name| {
        Ok::<_, String>(files.with(*name, read_bytes(&root().join(name))?))
    })?;
    let documents = own.clone().with(NOTICES, notices::text(system)?);
    let files = documents.clone().with_program(system.program(), program);
    let mut packages = vec![
        archive(system, files.clone())?,
        wheel(system, &documents, program)?,
        npm(system, files)?,
        npm_launcher(own)?,
    ];
    if let Some(architecture) = system.debian {
        packages.push(debian(architecture, documents, program)?);
    }
    Ok(packages)
}

fn archive(system: &System, mut files: Files) -> Done<Package> {
    if system.is_windows() {
        files = files.with("start.cmd", read_bytes(&root().join("packages/start.cmd"))?);
    }
    let folder = format!("amends-{VERSION}-{}", system.name);
    let files = files.below(&folder, Files::default());
    let bytes = if system.is_windows() { files.zip()? } else { files.tar_gz()? };
    Ok(Package { name: system.archive(), bytes })
}

fn wheel(system: &System, documents: &Files, program: &[u8]) -> Done<Package> {
    let (name, tags) = (format!("amends-{VERSION}"), system.wheel);
    let metadata = format!(
        "Metadata-Version: 2.4\nName: amends\nVersion: {VERSION}\nSummary: {ABOUT}\nLicense-Expression: {LICENSE}\n"
    );
    let tagged: String = tags.iter().map(|tag| format!("Tag: py3-none-{tag}\n")).collect();
    let information = format!("{name}.dist-info");
    let mut files = documents.clone().below(&format!("{information}/licenses"), Files::default());
    files = files
        .with(format!("{information}/METADATA"), metadata)
        .with(
            format!("{information}/WHEEL"),
            format!("Wheel-Version: 1.0\nGenerator: xtask\nRoot-Is-Purelib: false\n{tagged}"),
        )
        .with_program(format!("{name}.data/scripts/{}", system.program()), program);
    let record = format!("{information}/RECORD");
    let lines: String = files
        .iter()
        .map(|(path, bytes)| {
            let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(bytes));
            format!("{path},sha256={digest},{}\n", bytes.len())
        })
        .collect();
    let files = files.with(record.clone(), format!("{lines}{record},,\n"));
    Ok(Package { name: format!("{name}-py3-none-{}.whl", tags.join(".")), bytes: files.zip()? })
}

/// The npm package with the program for one system.
fn npm(system: &System, files: Files) -> Done<Package> {
    let (os, cpu) = system.npm;
    let name = system.npm_name();
    let metadata = json!({
        "name": name, "version": VERSION, "description": ABOUT, "license": LICENSE, "os": [os], "cpu": [cpu],
    });
    npm_package(&name, files, &metadata)
}

/// The npm package that runs the program of the system's package. It does not name that package as a dependency until both are
/// published: until then, the name may belong to a stranger.
fn npm_launcher(documents: Files) -> Done<Package> {
    let files = documents.with("amends.js", read_bytes(&root().join("packages/npm/amends.js"))?);
    let metadata = json!({
        "name": "amends", "version": VERSION, "description": ABOUT, "license": LICENSE, "bin": { "amends": "amends.js" },
    });
    npm_package("amends", files, &metadata)
}

fn npm_package(name: &str, files: Files, metadata: &serde_json::Value) -> Done<Package> {
    let files = files.with("package.json", format!("{metadata:#}\n")).below("package", Files::default());
    Ok(Package { name: npm_file(name), bytes: files.tar_gz()? })
}

pub(super) fn npm_file(name: &str) -> String {
    format!("{name}-{VERSION}.tgz")
}

fn debian(architecture: &str, documents: Files, program: &[u8]) -> Done<Package> {
    let control = format!(
        "Package: amends\nVersion: {VERSION}\nArchitecture: {architecture}\nSection: text\nPriority: optional\n\
         Maintainer: amends contributors <amends@example.org>\nDescription: {ABOUT}\n"
    );
    let control = Files::default().with("control", control).tar_gz()?;
    let program = Files::default().with_program("usr/bin/amends", program);
    let data = documents.with("copyright", read_bytes(&root().join("LICENSE-MIT"))?);
    let data = data.below("usr/share/doc/amends", program).tar_gz()?;
    let mut bytes = b"!<arch>\n".to_vec();
    for (name, part) in
        [("debian-binary", b"2.0\n".to_vec()), ("control.tar.gz", control), ("data.tar.gz", data)]
    {
        let head = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, part.len());
        bytes.extend(head.bytes().chain(part));
        if bytes.len() % 2 == 1 {
            bytes.push(b'\n');
        }
    }
    Ok(Package { name: format!("amends_{VERSION}_{architecture}.deb"), bytes })
}
