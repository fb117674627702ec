//! The folder of a site on the disk, read into [`Files`].

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::files::{Files, Refusal, Stored};
use crate::parallel;
use crate::path::slashed;
use crate::shell::cmd::new::pasted;
use crate::shell::error::{Error, Result};
use crate::site_files::{self, FileKind, is_lock, is_source, may_be_settings};
use crate::source::MAX_BYTES;

/// The folders that hold a site's files.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// Reads every file of a site.
///
/// # Errors
/// If a folder cannot be listed or a file cannot be read.
pub fn read(site: &Path) -> Result<Files> {
    refuse_part(site)?;
    let mut found = Found::new(site);
    found.settings()?;
    FOLDERS.iter().try_for_each(|folder| found.below(&site.join(folder), usize::MAX))?;
    found.read()
}

/// Refuses a folder inside of a course, whose files would all seem to be in the wrong place.
///
/// # Errors
/// Where the course is.
pub fn refuse_part(site: &Path) -> Result<()> {
    match above(site) {
        Some(says) => Err(Error::new("find a course in", site, io::Error::new(ErrorKind::NotFound, says))),
        None => Ok(()),
    }
}

/// For a folder inside of a course: where the course is.
fn above(site: &Path) -> Option<String> {
    let whole = site.canonicalize().ok().filter(|whole| !whole.join("site.yaml").exists())?;
    let is_around = |folder: &Path| {
        let own = FOLDERS.iter().any(|own| whole.starts_with(folder.join(own)));
        own && folder.join("site.yaml").is_file()
    };
    let (depth, course) = whole.ancestors().enumerate().find(|(_, folder)| is_around(folder))?;
    Some(match site == Path::new(".") {
        true => {
            format!("this is inside of a course; go to its folder with `cd {}`", vec![".."; depth].join("/"))
        }
        false => format!("it is inside of a course; name that one: `--site {}`", pasted(course)),
    })
}

/// A picture, a video or a handout: read when a page uses it.
#[derive(Debug)]
struct OnDisk(PathBuf);

impl Stored for OnDisk {
    fn open(&self) -> io::Result<Box<dyn io::Read>> {
        match File::open(&self.0) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(io::Error::other(Error::new("read", &self.0, error))),
        }
    }
}

/// Whether only pages use a file: it is below `content`, and is not Markdown, YAML or a lock file of `check`.
fn is_media(path: &Path) -> bool {
    path.starts_with("content") && !is_source(path) && !is_lock(path)
}

/// Reads files again that may have changed, and removes those that are gone. After a change of a folder, or if one file may
/// have two paths, reads everything.
///
/// # Errors
/// As of [`read`].
pub fn update(site: &Path, changed: &[PathBuf], files: &mut Files) -> Result<()> {
    let is_file = |path: &PathBuf| fs::symlink_metadata(site.join(path)).is_ok_and(|found| found.is_file());
    let is_known_file = |path: &PathBuf| files.contains(path) && is_file(path);
    if !files.linked.is_empty() || changed.is_empty() || !changed.iter().all(is_known_file) {
        *files = read(site)?;
        return Ok(());
    }
    for path in changed {
        match is_media(path) {
            true => files.store(slashed(path), Arc::new(OnDisk(site.join(path)))),
            false => files.insert(slashed(path), bytes(&site.join(path))?),
        }
    }
    Ok(())
}

/// The files found so far. A symbolic link is followed if its target is inside the site.
struct Found<'a> {
    site: &'a Path,
    /// The real paths of the site's folder and of those below it that may be links themselves.
    roots: Vec<PathBuf>,
    files: Vec<PathBuf>,
    refused: Vec<(PathBuf, Refusal)>,
    linked: Vec<PathBuf>,
    /// Whether to skip what cannot be listed, since it may be irrelevant.
    skips_unlisted: bool,
}

impl<'a> Found<'a> {
    fn new(site: &'a Path) -> Self {
        let folders = FOLDERS.map(|folder| site.join(folder));
        let roots =
            [site.to_path_buf()].into_iter().chain(folders).filter_map(|root| root.canonicalize().ok());
        Self {
            site,
            roots: roots.collect(),
            files: Vec::new(),
            refused: Vec::new(),
            linked: Vec::new(),
            skips_unlisted: false,
        }
    }

    /// Finds `site.yaml`, and files and folders with nearly such a name, to report them.
    fn settings(&mut self) -> Result<()> {
        let entries =
            fs::read_dir(self.site).map_err(|source| Error::new("open the folder", self.site, source))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = FOLDERS.contains(&name.to_ascii_lowercase().as_str());
            // On a file system that ignores case, the folder has been found under its own name.
            if is_folder && !self.site.join(name.to_ascii_lowercase()).exists() {
                self.refused.push((name.into(), Refusal::Capitals));
            } else if may_be_settings(&name) {
                self.below(&entry.path(), 0)?;
            } else if is_source(Path::new(&name)) {
                self.outside_of_content(&entry.path(), 0)?;
            } else if site_files::FOLDERS.contains(&name.as_str()) {
                self.outside_of_content(&entry.path(), 2)?;
            }
        }
        Ok(())
    }

    /// Finds lessons, scenarios and models outside of `content`, to report them.
    fn outside_of_content(&mut self, top: &Path, depth: usize) -> Result<()> {
        let mut found = Self::new(self.site);
        found.below(top, depth)?;
        let is_meant = |path: &PathBuf| {
            is_source(path)
                && bytes(&self.site.join(path)).is_ok_and(|text| FileKind::of(path, &text).is_some())
        };
        self.files.extend(found.files.into_iter().filter(is_meant));
        Ok(())
    }

    /// Finds everything at `top` and up to `depth` folders below it.
    fn below(&mut self, top: &Path, depth: usize) -> Result<()> {
        let mut entries = WalkDir::new(top).max_depth(depth).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.path_is_symlink() && !self.holds(entry.path()) => {
                    self.refuse(entry.path(), Refusal::Outside);
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    if entry.path_is_symlink() {
                        self.linked.extend(entry.path().canonicalize());
                    }
                    if entry.file_type().is_file() {
                        self.files.extend(inside(self.site, entry.path()));
                    } else if !entry.file_type().is_dir() {
                        self.refuse(entry.path(), Refusal::Special);
                    }
                }
                Err(fault) => self.fault(top, fault)?,
            }
        }
        Ok(())
    }

    /// Whether the real path is inside the site.
    fn holds(&self, path: &Path) -> bool {
        path.canonicalize().is_ok_and(|real| self.roots.iter().any(|root| real.starts_with(root)))
    }

    fn refuse(&mut self, path: &Path, why: Refusal) {
        // An editor may mark an open file with a hidden link that leads nowhere.
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        self.linked.push(path.to_path_buf());
        self.refused.extend(inside(self.site, path).filter(|_| !is_hidden).map(|path| (path, why)));
    }

    /// Handles what cannot be read: a link that leads nowhere or in a circle, or an error.
    fn fault(&mut self, top: &Path, fault: walkdir::Error) -> Result<()> {
        let path = fault.path().unwrap_or(top).to_path_buf();
        let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
        match &fault {
            _ if fault.loop_ancestor().is_some() => self.refuse(&path, Refusal::Circular),
            _ if is_link => self.refuse(&path, Refusal::Dangling),
            _ if self.skips_unlisted || path == top && !path.exists() => {}
            _ => return Err(Error::new("list", path, fault.into())),
        }
        Ok(())
    }

    fn read(self) -> Result<Files> {
        let (media, texts): (Vec<PathBuf>, Vec<PathBuf>) =
            self.files.into_iter().partition(|path| is_media(path));
        let read = parallel::map(texts, |path| Ok((slashed(&path), bytes(&self.site.join(&path))?)));
        let mut files = read.into_iter().collect::<Result<Files>>()?;
        media.iter().for_each(|path| files.store(slashed(path), Arc::new(OnDisk(self.site.join(path)))));
        self.refused.into_iter().for_each(|(path, why)| files.refuse(slashed(&path), why));
        files.linked = self.linked;
        Ok(files)
    }
}

fn inside(site: &Path, path: &Path) -> Option<PathBuf> {
    path.strip_prefix(site).ok().map(Path::to_owned)
}

/// The bytes of a file; of a text file, no more than it takes to see that it is too long.
fn bytes(path: &Path) -> Result<Vec<u8>> {
    let limit = if is_source(path) { MAX_BYTES + 1 } else { u64::MAX };
    let found = path.metadata().ok();
    // Reading a pipe would wait, perhaps forever.
    if found.as_ref().is_some_and(|found| !found.is_file()) {
        let source = std::io::Error::new(ErrorKind::InvalidInput, "it is not a regular file");
        return Err(Error::new("read", path, source));
    }
    let mut bytes = Vec::with_capacity(found.map_or(0, |found| found.len().min(MAX_BYTES)) as usize);
    let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map_err(|source| Error::new("read", path, source))?;
    Ok(bytes)
}

/// A scenario on the disk, with the site around it.
#[derive(Debug)]
pub struct FoundScenario {
    /// Every file of the site; if the scenario is outside of a site, the files beside it.
    pub files: Files,
    /// Relative to the site.
    pub path: PathBuf,
}

/// Finds the file of a scenario, inside of a site or not.
///
/// # Errors
/// If it or the site around it cannot be read.
pub fn scenario(path: &Path) -> Result<FoundScenario> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(site) = whole.ancestors().skip(1).find(|folder| folder.join("site.yaml").is_file()) {
        let (mut files, inside) = (read(site)?, whole.strip_prefix(site).unwrap_or(&whole).to_path_buf());
        if !files.contains(&inside) {
            files.insert(slashed(&inside), bytes(&whole)?);
        }
        return Ok(FoundScenario { files, path: inside });
    }
    let folder = whole.parent().unwrap_or(Path::new(""));
    let mut found = Found { skips_unlisted: true, ..Found::new(folder) };
    found.below(folder, 2)?;
    found.files.retain(|path| is_source(path));
    let mut files = found.read()?;
    let path = whole.strip_prefix(folder).unwrap_or(&whole).to_path_buf();
    files.insert(slashed(&path), bytes(&whole)?);
    Ok(FoundScenario { files, path })
}
