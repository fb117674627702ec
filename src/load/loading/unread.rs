//! Files that nothing reads, because of their place, their name or what they are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Loading;
use crate::diag::Code;
use crate::diag::controls::is_hidden_control;
use crate::diag::suggest::nearest;
use crate::files::{Files, Refusal};
use crate::path::stem;
use crate::site_files::{FOLDERS, FileKind, Misnamed};
use crate::source::{SourceMap, Span};

/// The kind of a file, judged by its text.
pub(super) fn kind(files: &Files, path: &Path) -> Option<FileKind> {
    FileKind::of(path, &files.get(path)?.read().ok()?)
}

/// For a file that is deeper in the folder of its kind than anything is read: the folder in which it would be.
fn shallower(path: &Path, kind: Option<FileKind>) -> Option<PathBuf> {
    let is_markdown = path.extension().is_some_and(|ending| ending == "md");
    let depth = match kind {
        _ if is_markdown && path.starts_with("content/lessons") => 3,
        Some(kind @ (FileKind::Scenario | FileKind::Model)) if path.starts_with(kind.folder()) => 2,
        _ => return None,
    };
    let folder: PathBuf = path.iter().take(depth).collect();
    (path.parent() != Some(&*folder)).then_some(folder)
}

impl Loading<'_> {
    /// Reports file names that would break a list or a terminal line.
    pub(super) fn report_names(&mut self, sources: &mut SourceMap) {
        // Faults in a page's name are reported with its address.
        let is_page = |path: &str| {
            self.site.lessons.iter().chain(&self.site.scenarios).any(|page| page == Path::new(path))
        };
        for path in self.files.paths().filter(|path| path.contains(is_hidden_control) && !is_page(path)) {
            let start = Span::new(sources.add(Path::new(path), ""), 0, 0);
            let message = format!("the name `{path}` contains an invisible character");
            let hint = "rename the file or its folder: letters, digits and hyphens work everywhere";
            self.diags.error(Code::BadId, start, message, hint);
        }
    }

    /// Reports symbolic links that are not followed, and anything that is not a file.
    pub(super) fn report_refused(&mut self, sources: &mut SourceMap) {
        for (path, refusal) in self.files.refused() {
            let file = sources.add(path, "");
            let rename = format!("rename it to `{}`", path.to_ascii_lowercase());
            let (says, hint) = match refusal {
                Refusal::Outside => (
                    "this is a symbolic link to a place outside of the site",
                    "replace it with a copy of its target, or point it to a place inside the site's folder",
                ),
                Refusal::Dangling => (
                    "this is a symbolic link to a file that does not exist",
                    "remove it, or point it to a file that exists",
                ),
                Refusal::Capitals => {
                    ("nothing reads this folder: its name must be in lowercase", rename.as_str())
                }
                Refusal::Special => (
                    "this is a pipe, a socket or a device, and only files are read",
                    "take it out of this folder",
                ),
                Refusal::Circular => (
                    "this is a symbolic link to a folder that contains it",
                    "remove it, or point it to another folder",
                ),
            };
            let code = match refusal {
                Refusal::Capitals | Refusal::Special => Code::MisplacedFile,
                _ => Code::RefusedLink,
            };
            self.diags.lint(code, Span::new(file, 0, 0), says, hint);
            self.diags.silence(file);
        }
    }

    /// Reports files that nothing reads, unless a scenario includes them.
    pub(in crate::load) fn report_misplaced(
        &mut self,
        included: &BTreeSet<PathBuf>,
        sources: &mut SourceMap,
    ) {
        for Misnamed { path, proper } in
            self.site.misnamed.iter().filter(|each| !included.contains(&each.path))
        {
            let start = Span::new(sources.add(path, ""), 0, 0);
            let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (old, new) = (name(path), name(proper));
            let message = format!("nothing reads this file: its name must be `{new}`");
            let hint = match () {
                () if self.files.contains(proper) => {
                    format!("`{new}` is beside it; remove one of the two, or give it another name")
                }
                () if old.to_ascii_lowercase().ends_with(".txt") => format!(
                    "some editors add `.txt`; rename it to `{new}` where the whole name is shown (in the Windows Explorer: View, File name extensions)"
                ),
                () => format!("rename it to `{new}`"),
            };
            self.diags.warning(Code::MisplacedFile, start, message, hint);
        }
        for path in self.site.misplaced.iter().filter(|path| !included.contains(*path)) {
            let start = Span::new(sources.add(path, ""), 0, 0);
            let folder = path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
            let near = folder.and_then(|name| Some((nearest(&name, FOLDERS)?, name)));
            let found = kind(self.files, path);
            let kind = found.filter(|kind| !path.starts_with(kind.folder()));
            let is_page = found == Some(FileKind::Lesson)
                && path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let single = (path.parent() == Some(Path::new("content")))
                .then(|| nearest(&name, ["objectives.yaml", "index.md"]));
            let hint = match (near.filter(|(near, name)| *near != name.as_str()), single.flatten()) {
                (Some((near, _)), _) if path.components().count() > 2 => format!("rename its folder to `content/{near}`"),
                (_, Some(single)) => format!("rename it to `{single}`"),
                _ if path == Path::new("content/site.yaml") => "move it out of `content`, to the folder above".to_owned(),
                _ if path == Path::new("content/lessons/index.md") => {
                    "if it is a lesson, rename it to `introduction.md`; the first page of the course is `content/index.md`".to_owned()
                }
                _ if is_page && path.starts_with("content/lessons") => {
                    format!("it is a lesson: rename it to `{}.md`", stem(path))
                }
                _ if is_page => format!("it is a lesson: move it to `content/lessons/{}.md`", stem(path)),
                _ if kind.is_some() => format!("move it to `{}`", kind.map_or("", FileKind::folder)),
                _ if let Some(folder) = shallower(path, found) => {
                    format!("it is below too many folders; move it to `{}`", folder.display())
                }
                _ => "lessons belong in `content/lessons` or a folder in it, scenarios in `content/scenarios`, models in `content/models`".to_owned(),
            };
            self.diags.warning(Code::MisplacedFile, start, "nothing reads this file", hint);
        }
    }
}
