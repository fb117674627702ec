//! The site as it is now, and the pages that look at it.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::broadcast;

use super::kept::Kept;
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
}

impl Live {
    pub(super) fn new() -> Self {
        // A page that falls so far behind is told to load again.
        let (messages, _) = broadcast::channel(64);
        // Pages that were open before a restart must not take the first count for theirs.
        let version = u64::from(std::process::id()) * 1_000_000;
        let state = RwLock::new(State { version, ..State::default() });
        Self { state, kept: Mutex::default(), messages }
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the site was made from. Whoever looks does so alone.
    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Message> {
        self.messages.subscribe()
    }

    /// Puts a new site in the place of the old, and gives the paths that changed.
    pub(super) fn replace(&self, output: Output) -> Vec<String> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let changed = output.changed(state.output.as_ref().unwrap_or(&Output::default()));
        let mended = state.faults.take().is_some();
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

    /// Puts some pages in the place of the old, and gives the paths that changed.
    pub(super) fn patch(&self, pages: Vec<(String, Vec<u8>)>) -> Vec<String> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = Vec::new();
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
