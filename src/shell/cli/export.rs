//! The options of `amends export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Site;
use crate::package::Standard;

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
