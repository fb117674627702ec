//! Which lessons open a scenario, by the front matter alone: for those who want to know what to read again.

use std::path::Path;

use crate::diag::Diagnostics;
use crate::discover::discover;
use crate::load::read;
use crate::parse;
use crate::results::Opener;
use crate::shell::error::Result;
use crate::source::SourceMap;

/// Every lesson of a site that can be read and is no draft. What is wrong with the others is told elsewhere.
///
/// # Errors
///
/// If a file cannot be read.
pub fn openers(site: &Path) -> Result<Vec<Opener>> {
    let mut openers = Vec::new();
    for path in discover(site)?.lessons {
        let (mut sources, mut unheard) = (SourceMap::default(), Diagnostics::default());
        let file = read(site, &path, &mut sources, &mut unheard)?;
        let Some(raw) = parse::lesson::parse(file, sources.text(file), &mut unheard) else { continue };
        if let Some(title) = raw.title.filter(|_| !raw.draft) {
            let scenarios = raw.scenarios.into_iter().map(|name| name.value).collect();
            openers.push(Opener { title: title.value, scenarios });
        }
    }
    Ok(openers)
}
