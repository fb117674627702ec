//! The command line: its commands, options and help.
#![expect(
    missing_docs,
    reason = "the type documents a flattened group, and a comment on the field would change the help"
)]

mod export;
mod new;
mod results;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::map::Direction;
use crate::schema::SchemaFile;

pub use export::{Export, Package};
pub use new::{Host, New, Piece};
pub use results::{Results, ResultsFormat};

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
    pub global: Global,
}

/// Options of every command.
#[derive(Debug, Clone, Copy, Args)]
pub struct Global {
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
    Ids(OneScenario),
    /// Draw a scenario: its moments, its choices, and where plays go.
    Map(Map),
    /// List what is translated into a language; start a translation, or mark it as up to date.
    Translate(Translate),
    /// Print a whole scenario for somebody to read: every moment, choice, rating, reply and reason.
    Script(OneScenario),
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

/// The scenario that a command is about.
#[derive(Debug, Args)]
pub struct OneScenario {
    /// A scenario of the course, or the file of one.
    #[arg(value_name = "SLUG|FILE.yaml")]
    pub scenario: String,
    #[command(flatten)]
    pub site: Site,
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
    /// Stop on warnings, too.
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
    /// Fail on warnings, too.
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
    /// The seed of the shuffle; with `--choices`, that of the result code, so that equal plays have different codes [default
    /// with `--choices`: made from the name].
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u32>,
    /// The name of the person who plays `--choices`, for the result code.
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

/// `amends data-sheet`
#[derive(Debug, Args)]
pub struct DataSheet {
    #[command(flatten)]
    pub site: Site,
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

/// `amends schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// The kind of file.
    #[arg(value_enum, required_unless_present = "site")]
    pub file: Option<SchemaFile>,
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
