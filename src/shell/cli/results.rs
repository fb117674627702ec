//! The options of `amends results`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Site;

/// The endings of files that a report can be written to.
#[cfg(feature = "tables")]
const ENDINGS: [&str; 6] = ["txt", "csv", "json", "ndjson", "html", "xlsx"];
#[cfg(not(feature = "tables"))]
const ENDINGS: [&str; 5] = ["txt", "csv", "json", "ndjson", "html"];

/// `amends results`
#[derive(Debug, Args)]
pub struct Results {
    /// Files with codes: lists, tables, workbooks, exports, emails; - reads standard input.
    #[arg(value_name = "FILE", required_unless_present_any = ["explain", "session"])]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub site: Site,
    /// How to show the report [default: as the name of the output ends, or human].
    #[arg(long, value_enum)]
    pub format: Option<ResultsFormat>,
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

impl Results {
    /// The requested format, or the one that the name of the output stands for.
    ///
    /// # Errors
    /// If that name is one of a document that is not among the formats.
    pub fn format(&self) -> Result<ResultsFormat, String> {
        let ending = self.output.as_deref().and_then(Path::extension).unwrap_or_default();
        let ending = ending.to_string_lossy().to_lowercase();
        let cannot = format!(
            "a report cannot be written as .{ending}; end the name in one of .{}, or say how to show it with --format",
            ENDINGS.join(", .")
        );
        Ok(match (self.format, ending.as_str()) {
            (Some(format), _) => format,
            (None, "csv") => ResultsFormat::Csv,
            (None, "json") => ResultsFormat::Json,
            (None, "ndjson" | "jsonl") => ResultsFormat::Ndjson,
            (None, "html" | "htm") => ResultsFormat::Html,
            #[cfg(feature = "tables")]
            (None, "xlsx") => ResultsFormat::Xlsx,
            #[cfg(not(feature = "tables"))]
            (None, "xlsx") => return Err(cannot),
            (None, "xls" | "ods" | "doc" | "docx" | "odt" | "pdf") => {
                return Err(cannot);
            }
            _ => ResultsFormat::Human,
        })
    }

    /// Every file that is read.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        let sessions = self.session.iter().filter_map(|session| session.split_once('='));
        let files = self.files.iter().chain(&self.roster).map(PathBuf::as_path);
        files.chain(sessions.map(|(_, path)| Path::new(path)))
    }
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
