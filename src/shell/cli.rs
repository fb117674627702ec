//! The command line: its commands, options and help.
#![expect(
    missing_docs,
    reason = "a flattened group is said by its type, and a comment here would change the help"
)]

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::map::Direction;
use crate::package::Standard;
use crate::schema::File;

/// The version and commit of this program, for reports of problems.
static BUILT: LazyLock<String> = LazyLock::new(|| {
    let parts = [
        ("fast", cfg!(feature = "fast")),
        ("export", cfg!(feature = "export")),
        ("network", cfg!(feature = "network")),
        ("mail", cfg!(feature = "mail")),
        ("tables", cfg!(feature = "tables")),
    ];
    let features: String =
        parts.iter().filter(|(_, has)| *has).map(|(name, _)| format!(", {name}")).collect();
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("AMENDS_TARGET"));
    format!("{version}\nfeatures: shell{features}\ntarget: {target}")
});

/// Turn Markdown lessons and YAML scenarios into a training site.
#[derive(Debug, Parser)]
#[command(version, long_version = BUILT.as_str(), about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub talk: Talk,
}

/// Options of every command.
#[derive(Debug, Clone, Copy, Args)]
pub struct Talk {
    /// Print only results and errors.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to use color.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site.
    Build(Build),
    /// Ask for a name, create or open the course of that name in your Documents, and show it in the browser.
    Start,
    /// Show the site while you write, and reload it when you save.
    Serve(Serve),
    /// Report faults in the content.
    Check(Check),
    /// Create a package for a learning platform (SCORM or cmi5), or a zip of the site.
    Export(Export),
    /// Explain a code of `check`.
    Explain(Explain),
    /// Start a new course, or add to one.
    New(New),
    /// Play a scenario in the terminal.
    Play(Play),
    /// Print figures over all plays of a scenario.
    Prove(Prove),
    /// Read result codes and report what a class did.
    Results(Results),
    /// Print what a course stores about trainees, where and how long.
    DataSheet(DataSheet),
    /// Add ids to the choices of a scenario that have none, so that results last when choices change places.
    Ids(Ids),
    /// Draw a scenario: its moments, its choices, and where plays go.
    Map(Map),
    /// List what is translated into a language; start a translation, or mark it as up to date.
    Translate(Translate),
    /// Print a whole scenario for somebody to read: every moment, choice, rating, reply and reason.
    Script(Script),
    /// Print the JSON Schema of a kind of file, for an editor.
    Schema(Schema),
}

/// The course that a command is about.
#[derive(Debug, Clone, Args)]
pub struct Site {
    /// The folder of the course.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub site: PathBuf,
}

/// `amends build`
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub site: Site,
    /// The folder to write the site to [default: public, in the course's folder].
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The public address of the site, for absolute URLs [default: `url` in site.yaml].
    #[arg(long, value_name = "URL", value_parser = address)]
    pub url: Option<String>,
    /// Let warnings stop it, too.
    #[arg(long)]
    pub strict: bool,
}

/// Accepts what `site.yaml` accepts as `url`.
fn address(typed: &str) -> Result<String, String> {
    match crate::parse::config::fault_of_address(typed) {
        None => Ok(typed.to_owned()),
        Some(fault) => Err(format!("it {}; {}", fault.says, fault.hint.replace('`', ""))),
    }
}

/// The port that `serve` tries first.
pub const PORT: u16 = 4000;

/// `amends serve`
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub site: Site,
    /// The port; the next free one if it is taken.
    #[arg(long, short, default_value_t = PORT)]
    pub port: u16,
    /// The address to listen on. 0.0.0.0 shows the course, drafts and all, to everyone on your network.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
    /// Open it in the browser.
    #[arg(long)]
    pub open: bool,
}

/// `amends check`
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub site: Site,
    /// How to show the findings.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Let warnings fail it, too.
    #[arg(long)]
    pub strict: bool,
    /// Also check links to other servers.
    #[arg(long)]
    pub external: bool,
    /// Keep the main figures of every scenario in `content/proof.lock`, so that the next edit shows what it changes, and its
    /// rules in `content/history.lock`, so that results last through edits. Run it before you publish.
    #[arg(long)]
    pub update_proof: bool,
    /// Also check what people chose, and which of their results an edit affects: a file with result codes; - reads standard
    /// input. Can be given more than once.
    #[arg(long, value_name = "FILE")]
    pub results: Vec<PathBuf>,
}

/// `amends export`
#[derive(Debug, Args)]
pub struct Export {
    /// The format that the platform accepts.
    #[arg(value_enum)]
    pub format: Package,
    /// Scenarios to include, by name [default: the whole course].
    #[arg(value_name = "SLUG")]
    pub scenarios: Vec<String>,
    #[command(flatten)]
    pub site: Site,
    /// The file to write [default: named after the course and the format, here].
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Make each scenario a part of its own, with a status and a score of its own; lessons are left out.
    #[arg(long)]
    pub multi_sco: bool,
    /// Include only one language of the course [default: all of them].
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The theme; compact suits a small frame [default: as in site.yaml].
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// A folder with the standard's schema files, to include, too.
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
}

/// The formats of `amends export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Package {
    /// SCORM 1.2: nearly every platform accepts it.
    Scorm12,
    /// SCORM 2004, 4th edition.
    Scorm2004,
    /// cmi5, for platforms with a statement store (xAPI).
    Cmi5,
    /// The site itself, for any web server.
    Zip,
}

impl Package {
    /// `None` for the site itself.
    pub fn standard(self) -> Option<Standard> {
        match self {
            Self::Scorm12 => Some(Standard::Scorm12),
            Self::Scorm2004 => Some(Standard::Scorm2004),
            Self::Cmi5 => Some(Standard::Cmi5),
            Self::Zip => None,
        }
    }
}

/// `amends explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// A code, as `check` shows it in brackets; without one, lists them all.
    pub code: Option<String>,
}

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines at fault.
    Human,
    /// One line each: file, line, column, code, message.
    Short,
    /// For programs.
    Json,
    /// Annotations of a pull request, read by GitHub from a job's output.
    Github,
    /// SARIF 2.1.0, for code scanning services.
    Sarif,
}

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

/// `amends play`
#[derive(Debug, Args)]
pub struct Play {
    /// A scenario of the course, or the file of one.
    #[arg(value_name = "SLUG|FILE.yaml")]
    pub scenario: String,
    #[command(flatten)]
    pub site: Site,
    /// Play these choices at once and show the report: ids, with commas between them.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub choices: Option<Vec<String>>,
    /// How to show the report of `--choices`.
    #[arg(long, value_enum, default_value_t = ReportFormat::Human, requires = "choices")]
    pub format: ReportFormat,
    /// No coaching, no way back, shuffled choices.
    #[arg(long, conflicts_with = "choices")]
    pub challenge: bool,
    /// The seed of the shuffle. Of `--choices`: of the result code, so that equal plays have codes of their own [default
    /// there: from the name].
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u32>,
    /// Whose play `--choices` is, for the result code.
    #[arg(long, requires = "choices")]
    pub name: Option<String>,
}

/// `amends prove`
#[derive(Debug, Args)]
pub struct Prove {
    /// A scenario of the course, or the file of one [default: every scenario of the course].
    #[arg(value_name = "SLUG|FILE.yaml")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub site: Site,
    /// How to show the proof.
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub format: ReportFormat,
    /// Final scores are exact up to this many states, and sampled beyond.
    #[arg(long, value_name = "STATES", default_value_t = crate::prove::LIMIT)]
    pub limit: usize,
}

/// `amends results`
#[derive(Debug, Args)]
pub struct Results {
    /// Files with codes: lists, tables, workbooks, exports, mails; - reads standard input.
    #[arg(value_name = "FILE", required_unless_present_any = ["explain", "session"])]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub site: Site,
    /// How to show the report.
    #[arg(long, value_enum, default_value_t = ResultsFormat::Human)]
    pub format: ResultsFormat,
    /// Write the report to a file.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A list of names, each optionally followed by a comma and a group: shows who has sent nothing.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// Show what this person chose, turn by turn, in a course with `reporting: full`.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["roster", "people"])]
    pub person: Option<String>,
    /// Show a line for each person; in CSV and NDJSON, instead of one for each code. So does --roster.
    #[arg(long)]
    pub people: bool,
    /// Explain this one code.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "person", "people", "roster", "session"])]
    pub explain: Option<String>,
    /// Compare two sessions, each with a label: --session before=one.txt --session after=two.txt.
    #[arg(long, value_name = "LABEL=FILE", conflicts_with_all = ["files", "person", "people", "roster"])]
    pub session: Vec<String>,
}

/// `amends ids`
#[derive(Debug, Args)]
pub struct Ids {
    /// A scenario of the course, or the file of one.
    #[arg(value_name = "SLUG|FILE.yaml")]
    pub scenario: String,
    #[command(flatten)]
    pub site: Site,
}

/// `amends data-sheet`
#[derive(Debug, Args)]
pub struct DataSheet {
    #[command(flatten)]
    pub site: Site,
}

/// How a class report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResultsFormat {
    /// A table and sentences.
    Human,
    /// The table, for a spreadsheet.
    Csv,
    /// For programs.
    Json,
    /// For programs that read line by line: the `rows` of JSON, one per line.
    Ndjson,
    /// A page of its own.
    Html,
    /// A workbook.
    #[cfg(feature = "tables")]
    Xlsx,
}

/// `amends map`
#[derive(Debug, Args)]
pub struct Map {
    /// A scenario of the course, or the file of one.
    #[arg(value_name = "SLUG|FILE.yaml")]
    pub scenario: String,
    #[command(flatten)]
    pub site: Site,
    /// The format of the drawing.
    #[arg(long, value_enum, default_value_t = MapFormat::Svg)]
    pub format: MapFormat,
    /// The direction of the story.
    #[arg(long, value_enum, default_value_t = Direction::Down)]
    pub direction: Direction,
    /// Show what a class chose: a file with result codes. Can be given more than once.
    #[arg(long, value_name = "FILE")]
    pub results: Vec<PathBuf>,
}

/// The format of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MapFormat {
    /// A picture for any browser.
    Svg,
    /// For Graphviz.
    Dot,
    /// For Markdown with diagrams.
    Mermaid,
}

/// `amends translate`
#[derive(Debug, Args)]
pub struct Translate {
    /// The language, such as de or pt-BR.
    pub language: String,
    /// An original, such as content/lessons/01-hear.md, or its translation: starts the translation.
    pub file: Option<PathBuf>,
    /// Starts every translation that is missing.
    #[arg(long, conflicts_with = "file")]
    pub all: bool,
    /// Mark it as up to date with the current original.
    #[arg(long, requires = "file")]
    pub done: bool,
    #[command(flatten)]
    pub site: Site,
}

/// `amends script`
#[derive(Debug, Args)]
pub struct Script {
    /// A scenario of the course, or the file of one.
    #[arg(value_name = "SLUG|FILE.yaml")]
    pub scenario: String,
    #[command(flatten)]
    pub site: Site,
}

/// `amends schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// The kind of file.
    #[arg(value_enum, required_unless_present = "site")]
    pub file: Option<File>,
    /// Include the names of the course in this folder. Without a kind of file, renew the schemas for its editor.
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
}

/// How a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// In sentences.
    Human,
    /// For programs.
    Json,
}
