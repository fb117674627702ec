//! Sorts a site's files by kind, from their paths alone: the first stage.

use std::path::{Path, PathBuf};

use memchr::memmem;

use crate::language::is_language;

/// The folders of `content` that hold lessons, scenarios and models.
pub const FOLDERS: [&str; 3] = ["lessons", "scenarios", "models"];

/// The files of a site, each list sorted by path.
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
    /// Everything below a folder of `content` that has a language as its name.
    pub translations: Vec<PathBuf>,
    /// Markdown and YAML in places where none is expected.
    pub misplaced: Vec<PathBuf>,
    /// Files that are not read because their names are misspelled: `02-own.MD`, `site.yml`, `late.yaml.txt`.
    pub misnamed: Vec<Misnamed>,
    /// Pictures, sound, handouts: everything else, except for hidden folders.
    pub assets: Vec<PathBuf>,
}

/// A file that is not read because of the spelling of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misnamed {
    /// Its actual path.
    pub path: PathBuf,
    /// The path at which it would be read.
    pub proper: PathBuf,
}

impl SiteFiles {
    /// Moves scenarios among the models, models among the scenarios, and lessons among both to the misplaced files. `kind`
    /// judges a file by its text.
    pub(crate) fn remove_misfiled(&mut self, kind: impl Fn(&Path) -> Option<FileKind>) {
        let mut misplaced = Vec::new();
        for (list, other) in [(&mut self.scenarios, FileKind::Model), (&mut self.models, FileKind::Scenario)]
        {
            let (of_other, others) = std::mem::take(list).into_iter().partition(|path| match kind(path) {
                Some(kind) => kind == other || kind == FileKind::Lesson,
                None => false,
            });
            *list = others;
            misplaced.extend::<Vec<PathBuf>>(of_other);
        }
        self.misplaced.extend(misplaced);
    }

    /// Sorts these paths by kind; they are relative to the site and in order.
    pub fn sort<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        let mut files = Self::default();
        paths.into_iter().for_each(|path| files.add(path));
        files
    }

    /// Keeps only the settings, the models, and the scenario at `path`, which may be anywhere.
    pub(crate) fn keep_scenario(&mut self, path: &Path) {
        let models = std::mem::take(&mut self.models);
        let config = self.config.take();
        *self = Self { config, models, scenarios: vec![path.to_owned()], ..Self::default() };
    }

    fn add(&mut self, path: &str) {
        let role = Role::of(path);
        let proper = proper_name(path).filter(|_| !matches!(role, Role::Ignored));
        if let Some(proper) = proper.filter(|proper| Role::of(proper).is_read()) {
            self.misnamed.push(Misnamed { path: path.into(), proper: proper.into() });
            return;
        }
        let path = PathBuf::from(path);
        match role {
            Role::Config => self.config = Some(path),
            Role::Home => self.home = Some(path),
            Role::Objectives => self.objectives = Some(path),
            Role::Lesson => self.lessons.push(path),
            Role::Module => self.modules.push(path),
            Role::Scenario => self.scenarios.push(path),
            Role::Model => self.models.push(path),
            Role::Translation => self.translations.push(path),
            Role::Misplaced => self.misplaced.push(path),
            Role::Asset => self.assets.push(path),
            Role::Theme | Role::ThemeAsset | Role::Ignored => {}
        }
    }
}

/// What a file is, from its path.
enum Role {
    Config,
    Home,
    Objectives,
    Lesson,
    Module,
    Scenario,
    Model,
    Translation,
    Misplaced,
    Asset,
    /// The manifest or a strings file of a theme.
    Theme,
    /// Any other file of a theme.
    ThemeAsset,
    /// Hidden, or not a part of the course.
    Ignored,
}

impl Role {
    fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        let parts = match parts.as_slice() {
            ["content", below @ ..] => below,
            ["site.yaml"] => return Self::Config,
            ["themes", _, "theme.yaml"] => return Self::Theme,
            ["themes", _, "strings", words] if words.ends_with(".yaml") => return Self::Theme,
            ["themes", ..] => return Self::ThemeAsset,
            [name] if is_source(Path::new(name)) || proper_name(name).is_some() => return Self::Misplaced,
            ["lessons" | "scenarios" | "models", ..] if is_source(Path::new(path)) => return Self::Misplaced,
            _ => return Self::Ignored,
        };
        if parts.last().is_some_and(|name| name.starts_with('.')) {
            return Self::Ignored;
        }
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        let yaml = matches!(extension, Some("yaml" | "yml"));
        let markdown = extension == Some("md");
        match parts {
            [language, _, ..] if (markdown || yaml) && is_language(language) => Self::Translation,
            ["index.md"] => Self::Home,
            ["objectives.yaml"] => Self::Objectives,
            ["lessons", _, "index.md"] => Self::Module,
            ["lessons", "index.md"] => Self::Misplaced,
            ["lessons", _] | ["lessons", _, _] if markdown => Self::Lesson,
            ["scenarios", _] if yaml => Self::Scenario,
            ["models", _] if yaml => Self::Model,
            _ if markdown || yaml => Self::Misplaced,
            _ if parts.iter().any(|part| part.starts_with('.')) => Self::Ignored,
            _ if is_source(Path::new(path)) => Self::Misplaced,
            _ => Self::Asset,
        }
    }

    /// Whether its text is read, so that its name must be right.
    fn is_read(&self) -> bool {
        !matches!(self, Self::Misplaced | Self::Asset | Self::ThemeAsset | Self::Ignored)
    }
}

/// The kind of a file, judged by its text and not by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Markdown with a title.
    Lesson,
    /// Nodes.
    Scenario,
    /// Skills, without nodes.
    Model,
}

impl FileKind {
    /// `None` if it looks like none of these.
    pub fn of(path: &Path, text: &[u8]) -> Option<Self> {
        let has =
            |key: &str| memmem::find_iter(text, key.as_bytes()).any(|at| at == 0 || text[at - 1] == b'\n');
        let extension = path.extension()?.to_str()?;
        match proper_extension(extension)? {
            "md" => (text.starts_with(b"---") && has("title:")).then_some(Self::Lesson),
            _ if has("nodes:") => (has("start:") || has("customer:")).then_some(Self::Scenario),
            _ if has("skills:") && has("bands:") => Some(Self::Model),
            _ => (has("title:") && is_page(text)).then_some(Self::Lesson),
        }
    }

    /// The folder in which it belongs.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Lesson => "content/lessons",
            Self::Scenario => "content/scenarios",
            Self::Model => "content/models",
        }
    }
}

/// Whether there is text below front matter.
fn is_page(text: &[u8]) -> bool {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    lines.next() == Some(b"---") && lines.any(|line| line == b"---") && lines.any(|line| !line.is_empty())
}

/// Whether it is Markdown or YAML, however the extension is spelled: such a file is not an asset.
pub fn is_source(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    proper_extension(extension).is_some()
}

/// For a document, such as `.docx`, in a folder of lessons, scenarios or models: the extension that files have there.
pub fn meant_extension(path: &str) -> Option<&'static str> {
    const DOCUMENTS: [&str; 17] = [
        "adoc", "bak", "doc", "docx", "htm", "html", "json", "mdx", "odt", "old", "orig", "org", "pages",
        "rst", "rtf", "toml", "txt",
    ];
    let extension = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
    let is_document = DOCUMENTS.contains(&extension.as_str()) || extension.ends_with('~');
    let folder = path.strip_prefix("content/")?.split('/').find(|part| !is_language(part))?;
    match folder {
        "lessons" if is_document => Some(".md"),
        "scenarios" | "models" if is_document => Some(".yaml"),
        _ => None,
    }
}

/// Whether it is a lock file, which `check` maintains in `content`: it is read, and never published.
pub fn is_lock(path: &Path) -> bool {
    path.parent() == Some(Path::new("content"))
        && path.extension().is_some_and(|extension| extension == "lock")
}

/// Whether a file of this name, at the root of a site, is `site.yaml` or a misspelling of it.
pub fn may_be_settings(name: &str) -> bool {
    name == "site.yaml" || proper_name(name).is_some_and(|proper| proper == "site.yaml")
}

fn proper_extension(extension: &str) -> Option<&'static str> {
    let known = [
        ("md", "md"),
        ("markdown", "md"),
        ("mdown", "md"),
        ("mdwn", "md"),
        ("mkd", "md"),
        ("mkdn", "md"),
        ("yaml", "yaml"),
        ("yml", "yml"),
    ];
    known.into_iter().find(|(each, _)| extension.eq_ignore_ascii_case(each)).map(|(_, proper)| proper)
}

/// Files that have a fixed name.
const FIXED_NAMES: [&str; 4] = ["index.md", "objectives.yaml", "site.yaml", "theme.yaml"];

/// The path with the proper spelling, if its own is different.
fn proper_name(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    // Notepad adds `.txt` to the name.
    let ends_in_txt = name.len() > 4
        && name.is_char_boundary(name.len() - 4)
        && name[name.len() - 4..].eq_ignore_ascii_case(".txt");
    let own = if ends_in_txt { &name[..name.len() - 4] } else { name };
    let (stem, extension) = own.rsplit_once('.')?;
    let extension = proper_extension(extension)?;
    let single = FIXED_NAMES.into_iter().find(|single| {
        let (own, kind) = single.split_once('.').unwrap_or_default();
        stem.eq_ignore_ascii_case(own) && (kind == extension || (kind, extension) == ("yaml", "yml"))
    });
    let words = folder.starts_with("themes/") && folder.ends_with("/strings");
    let proper = match single {
        Some(single) => single.to_owned(),
        None if words => format!("{stem}.yaml"),
        None => format!("{stem}.{extension}"),
    };
    let path = if folder.is_empty() { proper.clone() } else { format!("{folder}/{proper}") };
    (proper != name).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::SiteFiles;

    #[test]
    fn a_misspelled_name_is_found_with_the_right_one() {
        let found = |path: &str| {
            let found = SiteFiles::sort([path]).misnamed;
            found.first().map(|each| each.proper.to_string_lossy().into_owned())
        };
        for (path, proper) in [
            ("content/lessons/02-own.MD", "content/lessons/02-own.md"),
            ("content/lessons/own/02-own.markdown", "content/lessons/own/02-own.md"),
            ("content/lessons/own/Index.Md", "content/lessons/own/index.md"),
            ("content/scenarios/hot.YAML", "content/scenarios/hot.yaml"),
            ("content/scenarios/hot.yaml.txt", "content/scenarios/hot.yaml"),
            ("content/models/ours.Yml", "content/models/ours.yml"),
            ("content/de/lessons/01-hear.MD", "content/de/lessons/01-hear.md"),
            ("content/INDEX.md", "content/index.md"),
            ("content/objectives.yml", "content/objectives.yaml"),
            ("site.yml", "site.yaml"),
            ("Site.yaml.TXT", "site.yaml"),
            ("themes/ours/theme.yml", "themes/ours/theme.yaml"),
            ("themes/ours/strings/de.yml", "themes/ours/strings/de.yaml"),
        ] {
            assert_eq!(found(path).as_deref(), Some(proper), "{path}");
        }
        for path in [
            "content/lessons/02-own.md",
            "content/scenarios/hot.yml",
            "content/lessons/a/b/NOTE.MD",
            "content/notes.txt",
            "content/.hidden/a.MD",
            "content/scenarios/.late.yaml.txt",
            "site.yaml",
            "notes.md",
        ] {
            assert_eq!(found(path), None, "{path}");
        }
    }
}
