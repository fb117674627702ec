//! The options of `amends results`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Site;

/// `amends results`
#[derive(Debug, Args)]
pub struct Results {
    /// Files with codes: lists, tables, workbooks, exports, emails; - reads standard input.
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
