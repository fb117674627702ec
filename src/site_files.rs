//! Which of a site's files is what, by its path alone: the first stage.

use std::path::{Path, PathBuf};

use crate::path::is_language;

/// The files of a site, each list in the order of paths.
#[derive(Debug, Clone, Default)]
pub struct SiteFiles {
    /// `site.yaml`
    pub config: Option<PathBuf>,
    /// `content/index.md`
    pub home: Option<PathBuf>,
    /// `content/objectives.yaml`
    pub objectives: Option<PathBuf>,
    /// `content/lessons/*.md` and `content/lessons/*/*.md`, without the modules' own pages.
    pub lessons: Vec<PathBuf>,
    /// `content/lessons/*/index.md`
    pub modules: Vec<PathBuf>,
    /// `content/scenarios/*.yaml`
    pub scenarios: Vec<PathBuf>,
    /// `content/models/*.yaml`
    pub models: Vec<PathBuf>,
    /// Whatever stands below a folder of `content` that is named as a language.
    pub translations: Vec<PathBuf>,
    /// Markdown and YAML in places where none is looked for.
    pub misplaced: Vec<PathBuf>,
    /// Pictures, sound, handouts: everything else, except what stands in a hidden folder.
    pub assets: Vec<PathBuf>,
}

impl SiteFiles {
    /// Sorts these paths, which are relative to the site and in order.
    pub fn sort<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        let mut files = Self::default();
        paths.into_iter().for_each(|path| files.add(path));
        files
    }

    /// Leaves out lessons, and every scenario but the one at `path`, which may stand anywhere.
    pub(crate) fn keep_scenario(&mut self, path: &Path) {
        let models = std::mem::take(&mut self.models);
        let config = self.config.take();
        *self = Self { config, models, scenarios: vec![path.to_owned()], ..Self::default() };
    }

    fn add(&mut self, path: &str) {
        let parts: Vec<&str> = path.split('/').collect();
        let parts = match parts.as_slice() {
            ["content", below @ ..] => below,
            ["site.yaml"] => return self.config = Some(path.into()),
            _ => return,
        };
        if parts.last().is_some_and(|name| name.starts_with('.')) {
            return;
        }
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        let yaml = matches!(extension, Some("yaml" | "yml"));
        let markdown = extension == Some("md");
        let path = PathBuf::from(path);
        match parts {
            [language, _, ..] if (markdown || yaml) && is_language(language) => self.translations.push(path),
            ["index.md"] => self.home = Some(path),
            ["objectives.yaml"] => self.objectives = Some(path),
            ["lessons", _, "index.md"] => self.modules.push(path),
            ["lessons", "index.md"] => self.misplaced.push(path),
            ["lessons", _] | ["lessons", _, _] if markdown => self.lessons.push(path),
            ["scenarios", _] if yaml => self.scenarios.push(path),
            ["models", _] if yaml => self.models.push(path),
            _ if markdown || yaml => self.misplaced.push(path),
            _ if has_source_extension(&path) || parts.iter().any(|part| part.starts_with('.')) => {}
            _ => self.assets.push(path),
        }
    }
}

/// Whether it has the extension of a file that is read, whatever its case: such a file is no asset.
fn has_source_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "yaml", "yml"].iter().any(|source| extension.eq_ignore_ascii_case(source))
}
