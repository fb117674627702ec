//! The scenario that `play`, `prove`, `map` and `script` are about.
//!
//! They accept any sound story, whatever else is wrong in the course.

use std::path::{Path, PathBuf};

use crate::course::{Model, Scenario};
use crate::diag::render;
use crate::diag::suggest::hint;
use crate::load::{LoadOptions, Loaded, load};
use crate::path::stem;
use crate::shell::cli::Global;
use crate::shell::cmd::{Failure, Outcome, note};
use crate::shell::disk::{self, FoundScenario};
use crate::site_files::SiteFiles;
use crate::theme::{Strings, Theme};

/// A scenario with the site around it.
pub(super) struct Chosen {
    loaded: Loaded,
    path: PathBuf,
}

impl Chosen {
    /// Loads a file if `wanted` looks like one, else a scenario of the site by name.
    pub(super) fn load(wanted: &str, site: &Path) -> Result<Self, Failure> {
        let FoundScenario { files, path } = find(wanted, site)?;
        let options = LoadOptions { scenario: Some(&path), ..LoadOptions::without_lints() };
        Ok(Self { loaded: load(&files, &options), path })
    }

    /// The same, but if it is a page of a site, with all other pages of the site.
    pub(super) fn among_others(wanted: &str, site: &Path) -> Result<Self, Failure> {
        let FoundScenario { files, path } = find(wanted, site)?;
        let loaded = load(&files, &LoadOptions::without_lints());
        if loaded.files.scenarios.contains(&path) {
            Ok(Self { loaded, path })
        } else {
            Self::load(wanted, site)
        }
    }

    /// The site.
    pub(super) fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// The scenario and its model, if its story is sound.
    pub(super) fn scenario(&self) -> Option<(&Scenario, &Model)> {
        self.loaded.playable(&self.path)
    }

    /// The files that contain its nodes, as paths in the site, if its story is sound.
    pub(super) fn files(&self) -> Option<Vec<&Path>> {
        let of_model = |path: &&Path| !self.loaded.files.models.iter().any(|model| model == path);
        let parts = self.loaded.parts(&self.path).iter().map(PathBuf::as_path).filter(of_model);
        self.scenario().map(|_| [self.path.as_path()].into_iter().chain(parts).collect())
    }

    /// The folder that these paths are relative to, if `wanted` was looked up in `site`.
    pub(super) fn root(&self, wanted: &str, site: &Path) -> PathBuf {
        let file = std::path::absolute(wanted).unwrap_or_default();
        let above = file.ancestors().nth(self.path.iter().count()).filter(|_| file.ends_with(&self.path));
        above.unwrap_or(site).to_owned()
    }

    /// The words of the site's theme.
    pub(super) fn strings(&self) -> Result<&Strings, Failure> {
        let themes = self.loaded.themes.as_ref().map_err(Clone::clone)?;
        Ok(themes.first().map(Theme::strings).expect("a site has a language"))
    }

    /// Reports why the scenario cannot be played.
    pub(super) fn unsound(&self, global: Global) -> Outcome {
        unsound(&self.loaded, &self.path, global)
    }
}

/// Reports why a scenario cannot be played. Uses stderr, so that a program that reads the result finds nothing.
pub(super) fn unsound(loaded: &Loaded, path: &Path, global: Global) -> Outcome {
    let diagnostics = loaded.report_scenario(path);
    anstream::eprint!("{}", render::human(&diagnostics, &loaded.sources));
    note(global, render::summary(&diagnostics));
    Outcome::Faulty
}

fn find(wanted: &str, site: &Path) -> Result<FoundScenario, Failure> {
    let path = Path::new(wanted);
    let is_markdown = path.extension().is_some_and(|extension| extension == "md");
    let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let is_gone = || !path.exists() && site.join("site.yaml").is_file();
    if is_yaml && !is_gone() || path.is_file() && !is_markdown {
        return Ok(disk::scenario(path)?);
    }
    let files = disk::read(site)?;
    let all = SiteFiles::sort(files.paths());
    let name = if is_yaml && path.iter().count() == 1 { stem(path) } else { wanted.to_owned() };
    if let Some(path) = all.scenarios.iter().find(|path| stem(path) == name) {
        return Ok(FoundScenario { path: path.clone(), files });
    }
    let slugs: Vec<String> = all.scenarios.iter().map(|path| stem(path)).collect();
    let hint = hint(wanted, slugs.iter().map(String::as_str));
    let is_lesson = |lesson: &PathBuf| stem(lesson) == stem(path) && (is_markdown || stem(path) == wanted);
    if all.lessons.iter().any(is_lesson) {
        return Err(format!("`{wanted}` is a lesson, and this command is about a scenario: {hint}").into());
    }
    Err(format!("there is no scenario `{wanted}` in {}: {hint}", site.join("content/scenarios").display())
        .into())
}
