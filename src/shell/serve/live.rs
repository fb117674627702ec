//! The site as it is now, and the pages that look at it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::broadcast;

use super::kept::{Kept, Page};
use crate::load::Loaded;
use crate::output::Output;
use crate::pipeline;

/// What happened, for the terminal.
#[derive(Debug)]
pub enum News<'a> {
    /// The pages of the files that changed were made. The whole site follows.
    Touched {
        /// Paths whose bytes changed.
        changed: Vec<String>,
        /// How long it took.
        took: Duration,
    },
    /// The site was made.
    Made {
        /// What was read; it may hold warnings.
        loaded: &'a Loaded,
        /// Paths whose bytes changed.
        changed: Vec<String>,
        /// How long it took.
        took: Duration,
    },
    /// The content has faults; the last good site is still shown.
    Faulty {
        /// What was read, with the faults.
        loaded: &'a Loaded,
    },
    /// A file could not be read, or the theme failed; the last good site is still shown.
    Failed {
        /// Why.
        error: &'a pipeline::Error,
    },
}

/// What open pages are told.
#[derive(Debug, Clone)]
pub(super) enum Message {
    /// These files have other bytes now.
    Changed(Vec<String>),
    /// This is wrong, and what is shown is older.
    Faults(String),
    /// Nothing is wrong any more.
    Mended,
}

/// Shared by the thread that makes the site and those that answer.
#[derive(Debug)]
pub(super) struct Live {
    state: RwLock<State>,
    kept: Mutex<Kept>,
    /// A page that is open twice is here twice.
    viewed: Mutex<Vec<String>>,
    messages: broadcast::Sender<Message>,
}

/// The site as it is now.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// The last good one, if there was any.
    pub(super) output: Option<Output>,
    /// What is wrong with what came after.
    pub(super) faults: Option<String>,
    /// Counts the good ones.
    pub(super) version: u64,
    /// Since a file changed: the pages that were made after it. The others may say what it said before.
    pub(super) fresh: Option<BTreeSet<String>>,
}

/// A page that somebody looks at, for as long as this is held.
#[derive(Debug)]
pub(super) struct Viewer {
    live: Arc<Live>,
    page: String,
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let mut viewed = self.live.viewed();
        if let Some(at) = viewed.iter().position(|page| *page == self.page) {
            viewed.swap_remove(at);
        }
    }
}

impl Live {
    pub(super) fn new() -> Self {
        // A page that falls so far behind is told to load again.
        let (messages, _) = broadcast::channel(64);
        // Pages that were open before a restart must not take the first count for theirs.
        let version = u64::from(std::process::id()) * 1_000_000;
        let state = RwLock::new(State { version, ..State::default() });
        Self { state, kept: Mutex::default(), viewed: Mutex::default(), messages }
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the site was made from. Whoever looks does so alone.
    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn viewed(&self) -> MutexGuard<'_, Vec<String>> {
        self.viewed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that somebody looks at a page.
    pub(super) fn view(self: &Arc<Self>, page: String) -> Viewer {
        self.viewed().push(page.clone());
        Viewer { live: Arc::clone(self), page }
    }

    /// Every page that somebody looks at.
    pub(super) fn seen(&self) -> BTreeSet<String> {
        self.viewed().iter().cloned().collect()
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Message> {
        self.messages.subscribe()
    }

    /// Puts a new site in the place of the old, and gives the paths that changed.
    pub(super) fn replace(&self, output: Output) -> Vec<String> {
        // Only the thread that calls this takes pages away, so what is compared here holds below.
        let before = self.read(|state| state.output.clone()).unwrap_or_default();
        let changed = output.changed(&before);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let mended = state.faults.take().is_some();
        state.fresh = None;
        if !changed.is_empty() {
            state.version += 1;
        }
        state.output = Some(output);
        drop(state);
        // Nobody may be listening, and that is no fault.
        if mended {
            let _ = self.messages.send(Message::Mended);
        }
        if !changed.is_empty() {
            let _ = self.messages.send(Message::Changed(changed.clone()));
        }
        changed
    }

    /// From here on a page may be old until it is made again.
    pub(super) fn wither(&self) {
        self.state.write().unwrap_or_else(PoisonError::into_inner).fresh = Some(BTreeSet::new());
    }

    /// Makes the page at `path` again if it may be old.
    pub(super) fn freshen(&self, path: &str) {
        let is_old = self.read(|state| state.fresh.as_ref().is_some_and(|fresh| !fresh.contains(path)));
        if is_old && path.ends_with(".html") {
            let kept = self.kept();
            if let Some(pages) = kept.pages(&[path.to_owned()]) {
                self.patch(pages);
            }
        }
    }

    /// Puts some pages in the place of the old, and gives the paths that changed.
    pub(super) fn patch(&self, pages: Vec<Page>) -> Vec<String> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = Vec::new();
        if let Some(fresh) = &mut state.fresh {
            fresh.extend(pages.iter().map(|(path, _)| path.clone()));
        }
        if let Some(output) = &mut state.output {
            for (path, bytes) in pages {
                if output.get(&path) != Some(&bytes) {
                    output.insert(path.as_str(), bytes);
                    changed.push(path);
                }
            }
        }
        if !changed.is_empty() {
            state.version += 1;
            drop(state);
            let _ = self.messages.send(Message::Changed(changed.clone()));
        }
        changed
    }

    /// Keeps the old site and shows what is wrong with the new.
    pub(super) fn fail(&self, faults: String) {
        self.state.write().unwrap_or_else(PoisonError::into_inner).faults = Some(faults.clone());
        let _ = self.messages.send(Message::Faults(faults));
    }
}
