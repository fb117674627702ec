//! The stages in their order: from a folder to an [`Output`]. `build` writes what comes out, `serve` holds it.

use std::fmt;
use std::path::Path;

use crate::check::FirstTries;
use crate::diag::Severity;
use crate::discover::{Found, discover};
use crate::load::{self, Loaded, Memo};
use crate::output::{Memory, Output, Shelf};
use crate::render::{self, Purpose};
use crate::shell::error;
use crate::theme;

/// What came of a site.
#[derive(Debug)]
pub struct Made {
    /// What was read, and what is wrong with it.
    pub loaded: Loaded,
    /// The site, if nothing is wrong with it that would stop a build.
    pub output: Option<Output>,
}

/// What is no fault of the content.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Unreadable(error::Error),
    /// The theme is at fault.
    Theme(theme::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::Theme(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<error::Error> for Error {
    fn from(error: error::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<theme::Error> for Error {
    fn from(error: theme::Error) -> Self {
        Self::Theme(error)
    }
}

/// Makes the site in the folder `site`. Under `strict` a warning stops it as an error does.
///
/// # Errors
/// When a file cannot be read, or the theme fails.
pub fn make(site: &Path, purpose: Purpose, strict: bool) -> Result<Made, Error> {
    make_onto((site, || discover(site)), (purpose, strict), (&Memory, None), &Memo::default())
}

/// The same with pages put on a shelf as they are made, for a site that will stand at `url` whatever its settings say, and
/// with what is known already, such as which files there are. If no output comes of it, what was put on the shelf is no good.
///
/// # Errors
/// As of [`make`].
pub fn make_onto(
    (site, find): (&Path, impl FnOnce() -> error::Result<Found> + Send),
    (purpose, strict): (Purpose, bool),
    (shelf, url): (&dyn Shelf, Option<&str>),
    memo: &Memo,
) -> Result<Made, Error> {
    let mut draft = load::draft((site, find), memo, &FirstTries::default())?;
    if let Some(url) = url {
        draft.course.settings.url = Some(url.to_owned());
        for course in &mut draft.course.translations {
            course.settings.url = Some(url.to_owned());
        }
    }
    if draft.diags.has_errors() {
        return Ok(Made { loaded: draft.checked(), output: None });
    }
    let themes = std::mem::replace(&mut draft.themes, Ok(Vec::new()));
    let rendered = themes.and_then(|themes| {
        let what = (purpose, draft.pages());
        let rendered = render::render(&draft.course, &draft.sources, &draft.assets, &themes, what, shelf)?;
        Ok((rendered, themes))
    });
    let ((output, looked), themes) = match rendered {
        Ok(rendered) => rendered,
        Err(error) => {
            // What is wrong with the content comes first.
            let loaded = draft.checked();
            return if loaded.course.is_some() {
                Err(error.into())
            } else {
                Ok(Made { loaded, output: None })
            };
        }
    };
    let mut loaded = draft.finish(looked);
    // Dressed as the site asks: who makes a single page again needs it.
    loaded.themes = Ok(themes);
    let stops = if strict { Severity::Warning } else { Severity::Error };
    let stopped = loaded.diagnostics.iter().any(|each| each.severity >= stops);
    Ok(Made { loaded, output: output.filter(|_| !stopped) })
}
