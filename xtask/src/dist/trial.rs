//! Installs each package as its users do, without a network, and creates, checks, builds and plays a course with it. For
//! another system it tests only the archive, if an emulator on this machine can run the program.

use std::env::consts::OS;
use std::path::Path;

use super::packages::{NOTICES, Package};
use super::system::System;
use crate::shell::{self, Done, root, run, write};
use crate::tools;

/// Tests the packages, and returns how each was tested, in order.
pub(super) fn all(system: &System, folder: &Path, packages: &[Package]) -> Done<Vec<&'static str>> {
    let place = folder.join("try").join(system.name);
    let (runner, how) = match system.name {
        _ if system.is_here() => ("", "installed offline, and played a course"),
        "linux-aarch64" if OS == "linux" => (tools::qemu()?, "played a course under QEMU"),
        "windows-x86_64" if OS == "linux" => (wine(&place.join("0"))?, "played a course under Wine"),
        _ => return Ok(vec!["not run here"; packages.len()]),
    };
    let installs_all = system.is_here() && OS == "linux";
    let trials = packages.iter().enumerate().map(|(at, package)| {
        if at > 0 && !installs_all {
            return Ok("has the same program as the archive");
        }
        try_one(system, runner, &place.join(at.to_string()), folder, package).map(|()| how)
    });
    let trials = trials.collect::<Done<_>>()?;
    shell::remove(&folder.join("try"))?;
    Ok(trials)
}

/// Tests a package in the folder `place`.
fn try_one(system: &System, runner: &str, place: &Path, folder: &Path, package: &Package) -> Done {
    let file = |name: &str| format!("'{}'", folder.join(name).display());
    let own = file(&package.name);
    let name = |ending: &str| package.name.strip_suffix(ending).map(str::to_owned);
    let (install, program, documents) = if let Some(below) = name(".tar.gz") {
        (format!("tar -xzf {own}"), format!("{below}/amends"), below)
    } else if let Some(below) = name(".zip") {
        (format!("unzip -q {own}"), format!("{below}/amends.exe"), below)
    } else if name(".deb").is_some() {
        (format!("dpkg-deb -x {own} ."), "usr/bin/amends".to_owned(), "usr/share/doc/amends".to_owned())
    } else if name(".whl").is_some() {
        let documents = "lib/python3*/site-packages/amends-*.dist-info/licenses".to_owned();
        let pip = "python3 -m venv . && bin/python -m pip install --quiet --no-index";
        (format!("{pip} {own}"), "bin/amends".to_owned(), documents)
    } else {
        let [launcher, program_package] =
            ["amends", &system.npm_name()].map(|name| file(&super::packages::npm_file(name)));
        let npm = "npm install --silent --prefix . --offline --ignore-scripts --no-audit --no-fund";
        let documents = format!("node_modules/{}", system.npm_name());
        (format!("{npm} {launcher} {program_package}"), "node_modules/.bin/amends".to_owned(), documents)
    };
    write(&place.join("home/.keep"), "")?;
    let lines = [
        "export HOME=$PWD/home".to_owned(),
        install,
        // The licenses must be installed with the program.
        format!("grep -q '^rustls ' {documents}/{NOTICES}; test -e {documents}/LICENSE-MIT"),
        format!("amends() {{ {runner} ./{program} \"$@\"; }}"),
        "amends new --quiet course; amends check --strict --site course; amends build --strict --site course"
            .to_owned(),
        "amends play cold-dinner --site course --choices ask,home,own,now,call-you,ring > played.txt"
            .to_owned(),
        "grep -q . played.txt; test -e course/public/index.html".to_owned(),
    ];
    run("sh", ["-c", &format!("set -e\ncd '{}'\n{}", place.display(), lines.join("\n"))])
}

/// The command of Wine. Adds a library beside the program that Windows has and Debian's Wine lacks.
fn wine(place: &Path) -> Done<&'static str> {
    tools::wine()?;
    std::fs::create_dir_all(place).map_err(|error| format!("cannot make {}: {error}", place.display()))?;
    let (from, to) = (root().join("xtask/src/dist/bcryptprimitives.c"), place.join("bcryptprimitives.dll"));
    let arguments =
        ["-shared".as_ref(), "-o".as_ref(), to.as_os_str(), from.as_os_str(), "-ladvapi32".as_ref()];
    run(tools::MINGW, arguments)?;
    Ok("WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=' WINEPATH=$PWD wine")
}
