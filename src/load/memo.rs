//! What was found out about scenarios before: their proofs and the lints that read them are most of a check's work, and
//! most scenarios are as they were.
//!
//! Keyed by all that goes in: the text, what the engine makes of it, the models, the thresholds, and the program itself.
//! So an entry is never wrong, only missing: the file can be deleted at any time, and two processes that write it leave
//! the whole of one of them. It holds what the last run used, so it does not grow.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::diag::{Code, Diagnostic, Diagnostics, Label, Severity};
use crate::prove::lock::Figures;
use crate::source::{FileId, Span};

/// What is known, and where it is kept between runs, if it is.
#[derive(Debug, Default)]
pub struct Memo {
    path: Option<PathBuf>,
    known: BTreeMap<String, Entry>,
    /// Of this run.
    used: Mutex<BTreeMap<String, Entry>>,
}

/// What the lints told of a scenario, and its figures if they are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    told: Vec<Told>,
    figures: Option<Figures>,
}

/// A diagnostic whose places are all in the scenario's own file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Told {
    code: String,
    /// 0 for a note, 1 for a warning, 2 for an error.
    severity: u8,
    message: String,
    span: (u32, u32),
    here: String,
    labels: Vec<(u32, u32, String)>,
    hint: Option<String>,
}

impl Memo {
    /// What was kept of the site in the folder of the user's caches: `AMENDS_CACHE`, or the system's own. Without any,
    /// or with `AMENDS_CACHE` empty, nothing is kept.
    #[must_use]
    pub fn of(site: &Path) -> Self {
        place(site, "").map(Self::at).unwrap_or_default()
    }

    /// What was kept in the file at `path`. One that cannot be read or understood holds nothing.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        let text = std::fs::read(&path).unwrap_or_default();
        let known = serde_json::from_slice(&text).unwrap_or_default();
        Self { path: Some(path), known, used: Mutex::default() }
    }

    /// Keeps what this run used. Who may not write there goes on without.
    pub fn save(self) {
        let used = self.used.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = self.path.filter(|_| used != self.known) else { return };
        if let Ok(text) = serde_json::to_vec(&used) {
            put(&path, &text);
        }
    }

    /// What is known under `key`, as told of `file`.
    pub(super) fn recall(&self, key: &str, file: FileId) -> Option<(Diagnostics, Option<Figures>)> {
        let entry = self.used().get(key).or_else(|| self.known.get(key)).cloned()?;
        let told = entry.told.iter().map(|told| told.diagnostic(file)).collect::<Option<Vec<_>>>()?;
        let mut diags = Diagnostics::default();
        told.into_iter().for_each(|told| diags.push(told));
        self.used().insert(key.to_owned(), entry.clone());
        Some((diags, entry.figures))
    }

    /// Takes down what was told of `file`, unless it tells of others, too.
    pub(super) fn keep(&self, key: String, file: FileId, (diags, figures): (&Diagnostics, &Option<Figures>)) {
        let told = diags.iter().map(|each| Told::of(each, file)).collect::<Option<Vec<_>>>();
        if let Some(told) = told {
            self.used().insert(key, Entry { told, figures: figures.clone() });
        }
    }

    fn used(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The key of what these parts make. It is another one for another build of the program.
pub(super) fn key(parts: &[&[u8]]) -> String {
    let mut all = Sha256::new();
    for part in [env!("CARGO_PKG_VERSION").as_bytes()].iter().chain(parts) {
        all.update((part.len() as u64).to_le_bytes());
        all.update(part);
    }
    hex(&all.finalize())
}

/// What tells this program from others of its version: while one works on it there are many.
pub(crate) fn program() -> String {
    let found = std::env::current_exe().and_then(std::fs::metadata);
    found.map_or_else(|_| String::new(), |found| format!("{} {:?}", found.len(), found.modified().ok()))
}

/// Where something about a site is kept between runs: None if nothing is.
pub(crate) fn place(site: &Path, what: &str) -> Option<PathBuf> {
    let whole = site.canonicalize().unwrap_or_else(|_| site.to_owned());
    let name = hex(&Sha256::digest(format!("{}{what}", whole.to_string_lossy())));
    Some(folder()?.join(format!("{name}.json")))
}

/// Puts a text there. Read by another process, the file is the old one or the new one.
pub(crate) fn put(path: &Path, text: &[u8]) {
    let Some(folder) = path.parent() else { return };
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| tempfile::NamedTempFile::new_in(folder))
        .and_then(|file| std::fs::write(file.path(), text).map(|()| file));
    if let Ok(file) = written {
        let _ = file.persist(path);
    }
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Where the system wants caches.
fn folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from);
    if let Some(folder) = set("AMENDS_CACHE") {
        return Some(folder).filter(|folder| !folder.as_os_str().is_empty());
    }
    let caches = match std::env::consts::OS {
        "windows" => set("LOCALAPPDATA"),
        "macos" => set("HOME").map(|home| home.join("Library/Caches")),
        _ => set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache"))),
    };
    caches.filter(|folder| folder.is_absolute()).map(|folder| folder.join("amends"))
}

impl Told {
    fn of(each: &Diagnostic, file: FileId) -> Option<Self> {
        let own = |span: Span| (span.file == file).then_some((span.start, span.end));
        let labels = each.labels.iter().map(|label| {
            let (start, end) = own(label.span)?;
            Some((start, end, label.text.clone()))
        });
        Some(Self {
            code: each.code.name().to_owned(),
            severity: each.severity as u8,
            message: each.message.clone(),
            span: own(each.span)?,
            here: each.here.clone(),
            labels: labels.collect::<Option<_>>()?,
            hint: each.hint.clone(),
        })
    }

    fn diagnostic(&self, file: FileId) -> Option<Diagnostic> {
        let span = |start: u32, end: u32| Span { file, start, end };
        let label =
            |(start, end, text): &(u32, u32, String)| Label { span: span(*start, *end), text: text.clone() };
        Some(Diagnostic {
            code: Code::of(&self.code)?,
            severity: match self.severity {
                0 => Severity::Info,
                1 => Severity::Warning,
                _ => Severity::Error,
            },
            message: self.message.clone(),
            span: span(self.span.0, self.span.1),
            here: self.here.clone(),
            labels: self.labels.iter().map(label).collect(),
            hint: self.hint.clone(),
        })
    }
}
