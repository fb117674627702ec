//! The systems that the program is packed for, and how to build for each: with the system's own tools on the system itself;
//! elsewhere with MinGW for Windows, and with Zig for the others.

use std::env::consts::{ARCH, OS};
use std::ffi::OsStr;
use std::path::PathBuf;

use super::VERSION;
use crate::shell::{self, Done, cargo, run_with};
use crate::test::FULL;
use crate::tools;

/// A system that the program is packed for.
pub(super) struct System {
    /// Its name in `std` and in the names of packages.
    pub(super) name: &'static str,
    pub(super) triple: &'static str,
    pub(super) wheel: &'static [&'static str],
    pub(super) npm: (&'static str, &'static str),
    pub(super) debian: Option<&'static str>,
}

pub(super) const NAMES: [&str; 5] =
    ["linux-x86_64", "linux-aarch64", "macos-aarch64", "macos-x86_64", "windows-x86_64"];

pub(super) const SYSTEMS: [System; 5] = [
    System {
        name: NAMES[0],
        triple: "x86_64-unknown-linux-musl",
        wheel: &["manylinux2014_x86_64", "musllinux_1_1_x86_64"],
        npm: ("linux", "x64"),
        debian: Some("amd64"),
    },
    System {
        name: NAMES[1],
        triple: "aarch64-unknown-linux-musl",
        wheel: &["manylinux2014_aarch64", "musllinux_1_1_aarch64"],
        npm: ("linux", "arm64"),
        debian: Some("arm64"),
    },
    System {
        name: NAMES[2],
        triple: "aarch64-apple-darwin",
        wheel: &["macosx_11_0_arm64"],
        npm: ("darwin", "arm64"),
        debian: None,
    },
    System {
        name: NAMES[3],
        triple: "x86_64-apple-darwin",
        wheel: &["macosx_11_0_x86_64"],
        npm: ("darwin", "x64"),
        debian: None,
    },
    System {
        name: NAMES[4],
        triple: "x86_64-pc-windows-msvc",
        wheel: &["win_amd64"],
        npm: ("win32", "x64"),
        debian: None,
    },
];

/// The features in place of `full` if a Mac's own libraries are not available.
const WITHOUT_FRAMEWORKS: &str =
    "amends/fast,amends/export,amends/network,amends/mail,amends/tables,amends/without-system";

/// The oldest macOS that the program runs on, as its wheels state; by default, Zig builds only for recent ones.
const OLDEST_MAC: &str = "11.0";

impl System {
    /// Whether it is the system of this machine.
    pub(super) fn is_here(&self) -> bool {
        self.name == format!("{OS}-{ARCH}")
    }

    pub(super) fn is_static(&self) -> bool {
        self.triple.ends_with("musl")
    }

    pub(super) fn is_windows(&self) -> bool {
        self.program().ends_with(".exe")
    }

    /// The file name of the program.
    pub(super) fn program(&self) -> &'static str {
        if self.triple.contains("windows") { "amends.exe" } else { "amends" }
    }

    /// The file name of the archive.
    pub(super) fn archive(&self) -> String {
        let ending = if self.is_windows() { "zip" } else { "tar.gz" };
        format!("amends-{VERSION}-{}.{ending}", self.name)
    }

    pub(super) fn npm_name(&self) -> String {
        format!("amends-{}-{}", self.npm.0, self.npm.1)
    }

    /// Cargo's name of the target on this machine. Only Windows itself has the libraries of Microsoft's compiler.
    pub(super) fn target(&self) -> &'static str {
        if self.is_windows() && !self.is_here() { "x86_64-pc-windows-gnu" } else { self.triple }
    }

    /// The features of a build on this machine.
    pub(super) fn features(&self) -> &'static [&'static str] {
        match self.triple.ends_with("darwin") && OS != "macos" {
            true => &["--no-default-features", "--features", WITHOUT_FRAMEWORKS],
            false => &["--features", FULL],
        }
    }

    /// Builds the program, and returns its path.
    pub(super) fn build(&self, profile: &str) -> Done<PathBuf> {
        let target = self.target();
        tools::target(target)?;
        let what = ["--locked", "--profile", profile, "--bin", "amends", "--target", target];
        let what = what.iter().chain(self.features());
        if self.is_static() && self.is_here() {
            tools::musl()?;
            let compiler = format!("CC_{}", target.replace('-', "_"));
            run_with(cargo(), ["build"].iter().chain(what), &[(&compiler, OsStr::new("musl-gcc"))])?;
        } else if self.is_here() || self.is_windows() {
            if !self.is_here() {
                tools::mingw()?;
            }
            shell::run(cargo(), ["build"].iter().chain(what))?;
        } else {
            let zig = tools::zig()?;
            let environment =
                [("PYTHONPATH", zig.as_os_str()), ("MACOSX_DEPLOYMENT_TARGET", OsStr::new(OLDEST_MAC))];
            run_with(zig.join("bin/cargo-zigbuild"), ["zigbuild"].iter().chain(what), &environment)?;
        }
        Ok(shell::target().join(target).join(profile).join(self.program()))
    }
}
