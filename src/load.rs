//! From a folder to a course: the stages up to `compile`, run over every file.
//!
//! All that `check`, `build`, `serve` and `play` have in common. A course comes out only if nothing in the site is
//! an error; the diagnostics come out always.

mod address;
mod again;
pub mod memo;
pub mod openers;
pub mod single;
pub mod site;
mod themes;
mod translations;
mod typed;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::asset::Assets;
use crate::course::{Course, Model};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::shell::error::Result;
use crate::shell::external::Link;
use crate::source::{Fetched, FileId, MAX_BYTES, SourceMap, Span, Unread};
use crate::theme::{self, Theme};
use crate::{check, compile, parse};

pub(crate) use again::{Again, again};
pub use memo::Memo;
pub use openers::openers;
pub use single::{Single, scenario, settings};
pub(crate) use site::draft;
pub use site::{load, load_with};

/// What was found in a site.
#[derive(Debug)]
pub struct Loaded {
    /// Every file that was read.
    pub sources: SourceMap,
    /// Pictures and other files of the content.
    pub assets: Assets,
    /// Sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The theme in each language of the site, the site's own first.
    pub themes: std::result::Result<Vec<Theme>, theme::Error>,
    /// The links out of the course: every place once.
    pub external: Vec<Link>,
    /// Only if there is no error.
    pub course: Option<Course>,
}

/// The model that is there even when a site brings none.
const EMBEDDED_MODEL: &str = include_str!("../content/models/leaa.yaml");

/// Takes a file in, telling what is not UTF-8.
fn read(site: &Path, path: &Path, sources: &mut SourceMap, diags: &mut Diagnostics) -> Result<FileId> {
    Ok(keep(path, Fetched::read(site, path)?, sources, diags))
}

/// The same for many, which are read side by side and taken in in their order.
fn read_all(
    site: &Path,
    paths: &[PathBuf],
    sources: &mut SourceMap,
    diags: &mut Diagnostics,
) -> Result<Vec<FileId>> {
    let fetched = paths.par_chunks(64).map(|paths| Fetched::read_all(site, paths));
    let fetched = fetched.collect::<Result<Vec<_>>>()?.into_iter().flatten();
    Ok(paths.iter().zip(fetched).map(|(path, fetched)| keep(path, fetched, sources, diags)).collect())
}

fn keep(path: &Path, fetched: Fetched, sources: &mut SourceMap, diags: &mut Diagnostics) -> FileId {
    let (file, fault) = sources.keep(path, fetched);
    let start = Span::new(file, 0, 0);
    match fault {
        None => {}
        Some(Unread::Encoding(span)) => {
            let fault = Diagnostic::error(Code::Encoding, span, "this file is not saved as UTF-8");
            diags.push(fault.hint("in your editor, save it again with the encoding UTF-8"));
        }
        Some(Unread::Binary(at)) => {
            let message = format!("this file is no text: byte {} is a NUL", at + 1);
            let fault = Diagnostic::error(Code::Encoding, start, message);
            diags.push(
                fault.hint(
                    "if it is text, save it again with the encoding UTF-8; if not, move it out of here",
                ),
            );
            diags.silence(file);
        }
        Some(Unread::TooLong) => {
            let message =
                format!("this file has more than {} MB, and nothing of it was read", MAX_BYTES >> 20);
            let fault = Diagnostic::error(Code::TooLarge, start, message);
            diags.push(fault.hint("is it the right file? If so, make several of it"));
            diags.silence(file);
        }
    }
    file
}

/// The file's name without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads, checks and compiles one model; `None` if it has errors.
fn model(id: &str, file: FileId, sources: &SourceMap, diags: &mut Diagnostics) -> Option<Model> {
    let mut found = Diagnostics::default();
    let raw = parse::model::parse(file, sources.text(file), &mut found);
    if let Some(raw) = &raw {
        check::model::check(raw, &mut found);
    }
    let sound = found.misreadings() == 0;
    diags.append(found);
    raw.filter(|_| sound).and_then(|raw| compile::model::model(id, &raw))
}

/// The models of some files, and LEAA if it is not among them.
fn models(
    site: &Path,
    paths: &[PathBuf],
    sources: &mut SourceMap,
    diags: &mut Diagnostics,
) -> Result<Vec<Model>> {
    let mut models = Vec::new();
    for path in paths {
        let file = read(site, path, sources, diags)?;
        models.extend(model(&stem(path), file, sources, diags));
    }
    if !paths.iter().any(|path| stem(path) == compile::DEFAULT_MODEL) {
        let file = sources.add("models/leaa.yaml", EMBEDDED_MODEL.to_owned());
        let leaa = model(compile::DEFAULT_MODEL, file, sources, diags);
        models.extend(leaa.map(|leaa| Model { file: None, ..leaa }));
    }
    Ok(models)
}
