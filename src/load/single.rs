//! One scenario by itself: what `play` needs, whatever else is wrong in the site.

use std::path::{Path, PathBuf};

use crate::compile::{self, beside};
use crate::course::{Model, Scenario, Settings};
use crate::diag::suggest::hint;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::discover::discover;
use crate::load::{models, read, stem};
use crate::parse;
use crate::parse::scenario::{RawScenario, RawStory};
use crate::shell::error::Result;
use crate::source::SourceMap;

/// One scenario and what was found in its file.
#[derive(Debug)]
pub struct Single {
    /// The folder of the site around it, or its own.
    pub site: PathBuf,
    /// Those of the site around it, as far as they can be read.
    pub settings: Settings,
    /// Every file that was read.
    pub sources: SourceMap,
    /// Sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that it takes nodes from, relative to the site.
    pub includes: Vec<PathBuf>,
    /// With the model that it is scored by, if it is structurally sound.
    pub scenario: Option<(Scenario, Model)>,
}

/// Reads the scenario at `path`. Its model comes from the site around it; outside of any site there is LEAA alone.
///
/// # Errors
///
/// If a file cannot be read.
pub fn scenario(path: &Path) -> Result<Single> {
    let (site, path) = around(path);
    let (mut sources, mut diags) = (SourceMap::default(), Diagnostics::default());
    let file = read(&site, &path, &mut sources, &mut diags)?;
    let raw = parse::scenario::parse(file, sources.text(file), &mut diags);
    let (mut scenario, mut includes) = (None, Vec::new());
    if let Some(mut raw) = raw {
        includes.extend(raw.includes.iter().map(|name| beside(&path, &name.value)));
        include(&site, &path, &mut raw, &mut sources, &mut diags)?;
        let found = discover(&site)?.models;
        known_model(&raw.story, &found, &mut diags);
        // Only its own: a fault in another model is none of its business.
        let own = raw.story.model.as_ref().map_or(compile::DEFAULT_MODEL, |model| &model.value);
        let found: Vec<PathBuf> = found.into_iter().filter(|path| stem(path) == own).collect();
        let models = models(&site, &found, &mut sources, &mut diags)?;
        let story = compile::story(&raw.story, &models, (&path, &sources), &mut diags);
        let compiled = story.and_then(|story| compile::scenario(&raw, &stem(&path), story, &[]));
        scenario = compiled.filter(|_| !diags.has_errors()).map(|compiled| {
            let model = models.into_iter().nth(compiled.story.model).expect("compile found the model");
            (compiled, model)
        });
    }
    let settings = settings(&site)?;
    let diagnostics = diags.sorted(&sources);
    Ok(Single { site, settings, sources, diagnostics, includes, scenario })
}

/// The settings of the site; what is wrong with them is told elsewhere.
///
/// # Errors
///
/// If the file cannot be read.
pub fn settings(site: &Path) -> Result<Settings> {
    let (mut sources, mut unheard) = (SourceMap::default(), Diagnostics::default());
    let path = Path::new("site.yaml");
    if !site.join(path).is_file() {
        return Ok(compile::settings(None));
    }
    let file = read(site, path, &mut sources, &mut unheard)?;
    let raw = parse::config::parse(file, sources.text(file), &mut unheard);
    Ok(compile::settings(raw.as_ref()))
}

/// The site that a file stands in, and its path from there; the file's own folder if there is none.
fn around(path: &Path) -> (PathBuf, PathBuf) {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let site = whole.ancestors().skip(1).find(|folder| folder.join("site.yaml").is_file());
    let site = site.or(whole.parent()).unwrap_or(Path::new("")).to_path_buf();
    let rest = whole.strip_prefix(&site).map_or_else(|_| whole.clone(), Path::to_path_buf);
    (site, rest)
}

/// Adds the nodes of included files to a scenario's own.
pub(super) fn include(
    site: &Path,
    path: &Path,
    raw: &mut RawScenario,
    sources: &mut SourceMap,
    diags: &mut Diagnostics,
) -> Result<()> {
    for name in &raw.includes {
        let wanted = beside(path, &name.value);
        if !site.join(&wanted).is_file() {
            let message = format!("there is no file `{}`", wanted.display());
            let fault = Diagnostic::error(Code::MissingFile, name.span, message);
            diags.push(fault.hint("a path in `includes` begins at the folder of this file"));
            raw.story.whole = false;
            continue;
        }
        let before = diags.misreadings();
        let file = read(site, &wanted, sources, diags)?;
        for node in parse::scenario::parse_include(file, sources.text(file), diags) {
            match raw.story.nodes.iter().find(|known| known.id.value == node.id.value) {
                Some(first) => diags.push(
                    Diagnostic::error(
                        Code::IncludeClash,
                        node.id.span,
                        format!("`{}` is here a second time", node.id.value),
                    )
                    .label(first.id.span, "the first")
                    .hint("rename one of the two"),
                ),
                None => raw.story.nodes.push(node),
            }
        }
        raw.story.whole &= diags.misreadings() == before;
    }
    Ok(())
}

/// Tells a model that no file is named after.
pub(super) fn known_model(story: &RawStory, paths: &[PathBuf], diags: &mut Diagnostics) {
    let Some(name) = &story.model else { return };
    let mut known: Vec<String> = paths.iter().map(|path| stem(path)).collect();
    known.push(compile::DEFAULT_MODEL.to_owned());
    known.sort();
    known.dedup();
    if !known.contains(&name.value) {
        let message = format!("there is no model called `{}`", name.value);
        let hint = hint(&name.value, known.iter().map(String::as_str));
        diags.push(Diagnostic::error(Code::UnknownName, name.span, message).hint(hint));
    }
}
