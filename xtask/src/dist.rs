//! `cargo xtask dist`: the program as people install it, from one build: a static one for Linux on x86_64, in an archive, a Debian
//! package, a wheel for PyPI and two packages for npm, each with the licenses of all that is in it; and tried where nothing is.

mod notices;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::shell::{self, Done, cargo, root, run, run_with, say, write};
use crate::test::FULL;
use crate::tools;

pub(crate) const TARGET: &str = "x86_64-unknown-linux-musl";

/// The most that the program may weigh.
const BUDGET: usize = 16_000_000;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const ABOUT: &str =
    "Turns Markdown lessons and YAML branching scenarios about service failure into a static training site";
const LICENSE: &str = "MIT OR Apache-2.0";

/// What stands beside the program in every package.
const BESIDE: [&str; 5] = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE"];
const NOTICES: &str = "THIRD-PARTY.txt";

/// Builds and packs; with `try_all`, installs each package where no network is asked, and plays a course with it.
pub(crate) fn run_all(try_all: bool) -> Done {
    let program = build()?;
    let folder = shell::target().join("packages");
    shell::remove(&folder)?;
    let files = folder.join("files");
    shell::copy_into(&program, &files, "amends")?;
    for name in BESIDE {
        shell::copy_into(&root().join(name), &files, name)?;
    }
    write(&files.join(NOTICES), notices::text(TARGET)?)?;
    let packages = [archive(&folder)?, debian(&folder)?, wheel(&folder)?];
    let packages: Vec<PathBuf> = packages.into_iter().chain(npm(&folder)?).collect();
    let sums = shell::output("sha256sum", packages.iter().map(PathBuf::as_path))?;
    let sums = String::from_utf8_lossy(&sums).replace(&format!("{}/", folder.display()), "");
    write(&folder.join("SHA256SUMS"), &sums)?;
    for package in &packages {
        let size = shell::read_bytes(package)?.len();
        say(&format!("{size:>12}  {}", package.display()));
    }
    if try_all { tried(&folder, &packages) } else { Ok(()) }
}

/// The texts of all licenses are there; no compiler is needed to see it.
pub(crate) fn check_notices() -> Done {
    notices::text(TARGET).map(drop)
}

fn build() -> Done<PathBuf> {
    tools::musl()?;
    let program = ["build", "--locked", "--profile", "dist", "--features", FULL, "--bin", "amends"];
    let compiler = [("CC_x86_64_unknown_linux_musl", OsStr::new("musl-gcc"))];
    run_with(cargo(), program.into_iter().chain(["--target", TARGET]), &compiler)?;
    let program = shell::target().join(TARGET).join("dist/amends");
    let bytes = shell::read_bytes(&program)?;
    say(&format!("{:>12}  the program, of at most {BUDGET}", bytes.len()));
    if bytes.len() > BUDGET {
        return Err(format!("the program is larger than {BUDGET} bytes"));
    }
    if bytes.windows(5).any(|part| part == b"/ld-m" || part == b"/ld-l") {
        return Err("the program is not static: it asks for a loader".to_owned());
    }
    Ok(program)
}

/// Packs with a program that takes the folder of the packages as its working folder.
fn pack(folder: &Path, line: &str) -> Done {
    let line = format!("cd '{}' && {line}", folder.display());
    run("sh", ["-c", &line])
}

fn archive(folder: &Path) -> Done<PathBuf> {
    let name = format!("amends-{VERSION}-linux-x86_64");
    shell::copy(&folder.join("files"), &folder.join(&name))?;
    let tar = "tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -czf";
    pack(folder, &format!("{tar} {name}.tar.gz {name} && rm -r {name}"))?;
    Ok(folder.join(format!("{name}.tar.gz")))
}

fn debian(folder: &Path) -> Done<PathBuf> {
    let (tree, name) = (folder.join("deb"), format!("amends_{VERSION}_amd64.deb"));
    let control = format!(
        "Package: amends\nVersion: {VERSION}\nArchitecture: amd64\nSection: text\nPriority: optional\n\
         Maintainer: amends contributors <amends@example.org>\nDescription: {ABOUT}\n"
    );
    write(&tree.join("DEBIAN/control"), control)?;
    shell::copy_into(&folder.join("files/amends"), &tree.join("usr/bin"), "amends")?;
    let papers = tree.join("usr/share/doc/amends");
    for name in BESIDE.iter().chain(&[NOTICES]) {
        shell::copy_into(&folder.join("files").join(name), &papers, name)?;
    }
    shell::copy_into(&root().join("LICENSE-MIT"), &papers, "copyright")?;
    pack(folder, &format!("dpkg-deb --root-owner-group --build deb {name} && rm -r deb"))?;
    Ok(folder.join(name))
}

fn wheel(folder: &Path) -> Done<PathBuf> {
    const TAG: &str = "py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64";
    let (tree, name) = (folder.join("wheel"), format!("amends-{VERSION}"));
    let information = tree.join(format!("{name}.dist-info"));
    let metadata = format!(
        "Metadata-Version: 2.4\nName: amends\nVersion: {VERSION}\nSummary: {ABOUT}\nLicense-Expression: {LICENSE}\n"
    );
    write(&information.join("METADATA"), metadata)?;
    let tags = ["py3-none-manylinux2014_x86_64", "py3-none-musllinux_1_1_x86_64"];
    let tags: String = tags.iter().map(|tag| format!("Tag: {tag}\n")).collect();
    write(
        &information.join("WHEEL"),
        format!("Wheel-Version: 1.0\nGenerator: xtask\nRoot-Is-Purelib: false\n{tags}"),
    )?;
    for name in BESIDE.iter().chain(&[NOTICES]) {
        shell::copy_into(&folder.join("files").join(name), &information.join("licenses"), name)?;
    }
    shell::copy_into(&folder.join("files/amends"), &tree.join(format!("{name}.data/scripts")), "amends")?;
    let tool = tools::wheel()?;
    pack(
        folder,
        &format!("PYTHONPATH='{}' python3 -m wheel pack --dest-dir . wheel && rm -r wheel", tool.display()),
    )?;
    Ok(folder.join(format!("{name}-{TAG}.whl")))
}

fn npm(folder: &Path) -> Done<[PathBuf; 2]> {
    const SYSTEM: &str = "amends-linux-x64";
    let common = json!({ "version": VERSION, "description": ABOUT, "license": LICENSE });
    let with = |more: serde_json::Value| {
        let mut package = common.clone();
        package.as_object_mut().expect("it is one").extend(more.as_object().cloned().unwrap_or_default());
        format!("{package:#}\n")
    };
    let (front, system) = (folder.join("npm/amends"), folder.join("npm").join(SYSTEM));
    shell::copy(&folder.join("files"), &system)?;
    write(&system.join("package.json"), with(json!({ "name": SYSTEM, "os": ["linux"], "cpu": ["x64"] })))?;
    for name in BESIDE.iter().chain(&[NOTICES]) {
        shell::copy_into(&folder.join("files").join(name), &front, name)?;
    }
    shell::copy_into(&root().join("packages/npm/amends.js"), &front, "amends.js")?;
    // It does not ask npm for the other one, as it will once both are published: until then that name may be a stranger's.
    let package = json!({ "name": "amends", "bin": { "amends": "amends.js" } });
    write(&front.join("package.json"), with(package))?;
    pack(folder, &format!("npm pack --silent ./npm/amends ./npm/{SYSTEM} && rm -r npm"))?;
    Ok(["amends", SYSTEM].map(|name| folder.join(format!("{name}-{VERSION}.tgz"))))
}

/// Installs each package as its users do, without a network, and makes, checks, builds and plays a course.
fn tried(folder: &Path, packages: &[PathBuf]) -> Done {
    let [archive, debian, wheel, front, system] = packages else {
        return Err("packages are missing".to_owned());
    };
    let [archive, debian, wheel, front, system] =
        [archive, debian, wheel, front, system].map(|path| path.display());
    let offline = "--prefix . --offline --ignore-scripts --no-audit --no-fund";
    let ways = [
        ("archive", format!("tar -xzf {archive} --strip-components 1"), "amends", "."),
        ("debian", format!("dpkg-deb -x {debian} ."), "usr/bin/amends", "usr/share/doc/amends"),
        (
            "wheel",
            format!("python3 -m venv . && bin/python -m pip install --quiet --no-index {wheel}"),
            "bin/amends",
            "lib/python3*/site-packages/amends-*.dist-info/licenses",
        ),
        (
            "npm",
            format!("npm install --silent {offline} {front} {system}"),
            "node_modules/.bin/amends",
            "node_modules/amends-linux-x64",
        ),
    ];
    for (name, install, program, papers) in ways {
        let place = folder.join("try").join(name);
        write(&place.join("home/.keep"), "")?;
        let course = "./course --quiet && $AMENDS check --strict --site course && $AMENDS build --strict --site course";
        let play = "$AMENDS play cold-dinner --site course --choices ask,home,own,now,call-you,ring";
        // The licenses of what is inside go with it wherever it is installed.
        let papers = format!("grep -q '^rustls ' {papers}/{NOTICES} && test -e {papers}/LICENSE-MIT");
        let line = format!(
            "export HOME=$PWD/home && {install} && {papers} && AMENDS=$PWD/{program} && $AMENDS new {course} && {play}"
        );
        pack(&place, &format!("{line} > played.txt"))?;
    }
    shell::remove(&folder.join("try"))
}
