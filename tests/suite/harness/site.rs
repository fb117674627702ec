//! A folder with the files of a site: created by a test, copied, or one of the repository, which tests only read.

use std::fs;
use std::path::{Path, PathBuf};

use amends::address::Purpose;
use amends::diag::Severity;
use amends::load::{LoadOptions, load};
use amends::shell::disk;
use tempfile::TempDir;

use super::{Checked, Pages, Run, Served, Workspace};

/// The root of the repository, which contains the included course.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A site in a folder.
pub(crate) struct Site {
    path: PathBuf,
    /// Removed on drop, if the folder is temporary.
    _folder: Option<TempDir>,
}

impl Site {
    /// A site that has only settings, with lints off.
    pub(crate) fn new() -> Self {
        Self::empty().config("title: T\nid: t\nlints: off\n")
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().to_owned(), _folder: Some(folder) }
    }

    /// A site of `tests/sites`, in place.
    pub(crate) fn fixture(name: &str) -> Self {
        Self::at(repository().join("tests/sites").join(name))
    }

    /// The included course, in place.
    pub(crate) fn shipped() -> Self {
        Self::at(repository().to_owned())
    }

    /// A site in a folder that outlives it.
    pub(crate) fn at(path: PathBuf) -> Self {
        Self { path, _folder: None }
    }

    /// A copy of a folder of the repository, for changes.
    pub(crate) fn copy(folder: impl AsRef<Path>) -> Self {
        let (site, from) = (Self::empty(), repository().join(folder));
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.unwrap();
            let to = site.path.join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(&to).unwrap();
            } else {
                fs::copy(entry.path(), &to).unwrap();
            }
        }
        site
    }

    /// The course that `amends new` writes.
    pub(crate) fn scaffold() -> Self {
        let site = Self::empty();
        site.amends(&["new", "."]).exits(0);
        site
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds this `site.yaml`.
    pub(crate) fn config(self, text: &str) -> Self {
        self.file("site.yaml", text)
    }

    /// Adds a lesson: `01-one` gets the title `One`, unless its text starts with front matter.
    pub(crate) fn lesson(self, name: &str, text: &str) -> Self {
        self.put_lesson(name, text);
        self
    }

    /// Adds a scenario.
    pub(crate) fn scenario(self, slug: &str, text: &str) -> Self {
        self.file(&format!("content/scenarios/{slug}.yaml"), text)
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.put(path, bytes);
        self
    }

    /// Writes a file, whether or not it exists.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        assert!(!self.path.starts_with(repository()), "tests do not write to the repository");
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Writes a lesson as [`Site::lesson`] does.
    pub(crate) fn put_lesson(&self, name: &str, text: &str) {
        let title = name.rsplit('/').next().unwrap().trim_start_matches(|c: char| !c.is_alphabetic());
        let head = format!("---\ntitle: {}{}\n---\n\n", title[..1].to_uppercase(), &title[1..]);
        let head = if text.starts_with("---\n") { "" } else { &head };
        self.put(&format!("content/lessons/{name}.md"), format!("{head}{text}\n"));
    }

    /// Replaces the first occurrence of a text in a file, which must contain it.
    #[track_caller]
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}");
        self.put(path, text.replacen(old, new, 1));
    }

    /// Adds a symbolic link.
    pub(crate) fn link(&self, path: &str, to: &str) {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(to, path).unwrap();
    }

    /// Removes a file.
    #[track_caller]
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path.join(path)).unwrap();
    }

    /// The text of a file.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The paths of all files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        self.files_below("")
    }

    /// The paths of the files that a course is loaded from, apart from its themes.
    pub(crate) fn sources(&self) -> Vec<String> {
        [self.files_below("site.yaml"), self.files_below("content")].concat()
    }

    fn files_below(&self, path: &str) -> Vec<String> {
        let all =
            walkdir::WalkDir::new(self.path.join(path)).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = all.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| entry.path().strip_prefix(&self.path).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect()
    }

    /// Whether a file exists.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.path.join(path).is_file()
    }

    /// Runs the program in the folder.
    pub(crate) fn amends(&self, arguments: &[&str]) -> Run {
        super::amends(arguments, &self.path)
    }

    /// Loads and checks the site.
    pub(crate) fn check(&self) -> Checked {
        let loaded = load(&disk::read(&self.path).unwrap(), &LoadOptions::default());
        let findings = amends::render::findings(&loaded);
        Checked::of(loaded, findings)
    }

    /// The published pages; there must be no error or warning.
    #[track_caller]
    pub(crate) fn build(&self) -> Pages {
        let (checked, pages) = self.render(Purpose::Publish).unwrap_or_else(|error| panic!("{error}"));
        let problems = checked.diagnostics().iter().filter(|each| each.severity > Severity::Info).count();
        assert_eq!(problems, 0, "{}", checked.short());
        pages.expect("a site without errors has pages")
    }

    /// The pages that `serve` shows.
    #[track_caller]
    pub(crate) fn preview(&self) -> Pages {
        let (checked, pages) = self.render(Purpose::Serve).unwrap_or_else(|error| panic!("{error}"));
        pages.unwrap_or_else(|| panic!("{}", checked.short()))
    }

    /// The report, and the pages if there is no error; `Err` if the theme fails.
    pub(crate) fn render(&self, purpose: Purpose) -> Result<(Checked, Option<Pages>), String> {
        Workspace::new().render_for(self, purpose)
    }

    /// Serves the site.
    pub(crate) fn serve(self) -> Served {
        Served::start(self)
    }
}
