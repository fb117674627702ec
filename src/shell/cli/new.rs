//! The options of `amends new`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Site;

/// `amends new`
#[derive(Debug, Default, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct New {
    #[command(subcommand)]
    pub piece: Option<Piece>,
    /// The folder to create. With `--ci` or `--editor` alone, the course here gets their files.
    #[arg(required_unless_present_any = ["ci", "editor"])]
    pub dir: Option<PathBuf>,
    /// Start with the whole course that is included in amends.
    #[arg(long, requires = "dir")]
    pub full: bool,
    /// Add the files that check the course and publish it there.
    #[arg(long, value_enum, value_name = "HOST")]
    pub ci: Option<Host>,
    /// The repository from which these files build amends.
    #[arg(long, value_name = "URL", requires_all = ["ci", "rev"], value_parser = repository)]
    pub git: Option<String>,
    /// The commit that they build.
    #[arg(long, value_name = "COMMIT", requires = "git", value_parser = commit)]
    pub rev: Option<String>,
    /// Add the settings that tell VS Code the keys of each file; a new course has them.
    #[arg(long)]
    pub editor: bool,
}

/// An address that is safe to put into a shell command.
fn repository(typed: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/@+%".contains(letter);
    if !typed.is_empty() && typed.chars().all(plain) && !typed.starts_with('-') {
        Ok(typed.to_owned())
    } else {
        Err("write it as `https://example.org/amends.git`".to_owned())
    }
}

/// The full hash of a commit, since a branch or a tag can be moved to other code.
fn commit(typed: &str) -> Result<String, String> {
    let is_whole = matches!(typed.len(), 40 | 64) && typed.chars().all(|letter| letter.is_ascii_hexdigit());
    let fault = "write all 40 digits of the commit, as `git rev-parse HEAD` prints them";
    if is_whole { Ok(typed.to_owned()) } else { Err(fault.to_owned()) }
}

/// What can be added to a course.
#[derive(Debug, Subcommand)]
pub enum Piece {
    /// Add a scenario to the course, as a draft.
    Scenario {
        /// Its title, or its address: lowercase letters, digits and hyphens.
        name: String,
        #[command(flatten)]
        site: Site,
    },
    /// Add a lesson to the course, after the others, as a draft.
    Lesson {
        /// Its title, or its address: lowercase letters, digits and hyphens.
        name: String,
        #[command(flatten)]
        site: Site,
    },
    /// Add a recovery model to the course, which starts as a copy of LEAA.
    Model {
        /// Its title, or its name in scenarios: lowercase letters, digits and hyphens.
        name: String,
        #[command(flatten)]
        site: Site,
    },
}

/// Where a course is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// GitHub Pages, by GitHub Actions.
    Github,
    /// GitLab Pages, by GitLab CI.
    Gitlab,
    /// Netlify; other hosts use the same two lines.
    Netlify,
}
