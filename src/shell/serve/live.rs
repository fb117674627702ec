//! The site as it is now, and the pages that look at it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::made;
use crate::address::Purpose;
use crate::fingerprint::{Digest, digest};
use crate::load::Loaded;
use crate::render::Site;

/// How many files that were asked for lately are compared after a save, beside the pages that are open.
const RECENT: usize = 64;

/// What open pages are told.
#[derive(Debug, Clone)]
pub(super) enum Message {
    /// These files have other bytes now.
    Changed(Vec<String>),
    /// This is wrong with what all pages share.
    Faults(String),
    /// Nothing is wrong any more.
    Mended,
}

/// Shared by the threads that load, look through and answer.
#[derive(Debug)]
pub(super) struct Live {
    state: Mutex<State>,
    messages: broadcast::Sender<Message>,
}

#[derive(Debug, Default)]
struct State {
    /// What is shown: the last site that has no errors in what all pages share, or the first of all.
    shown: Option<Arc<Loaded>>,
    /// The last site whose every page could be made.
    good: Option<Arc<Loaded>>,
    /// What was loaded last, with errors or without.
    latest: Option<Arc<Loaded>>,
    faults: Option<String>,
    /// Counts how often files changed.
    version: u64,
    /// Pages that are open; one that is open twice is here twice.
    open: Vec<String>,
    /// What was answered lately, by path; nothing where there was no such file.
    recent: Vec<(String, Option<Digest>)>,
}

/// How things stand, for a page that begins to listen.
#[derive(Debug, serde::Serialize)]
pub(super) struct Status {
    version: u64,
    faults: Option<String>,
}

/// A page that somebody looks at, for as long as this is held.
#[derive(Debug)]
pub(super) struct Viewer {
    live: Arc<Live>,
    page: String,
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let open = &mut self.live.state().open;
        if let Some(at) = open.iter().position(|page| *page == self.page) {
            open.swap_remove(at);
        }
    }
}

impl Live {
    pub(super) fn new() -> Self {
        // A page that falls so far behind is told to load again.
        let (messages, _) = broadcast::channel(64);
        // Pages that were open before a restart must not take the first count for theirs.
        let version = u64::from(std::process::id()) * 1_000_000;
        Self { state: Mutex::new(State { version, ..State::default() }), messages }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site that is shown, and what is wrong with what all of its pages share.
    pub(super) fn site(&self) -> (Option<Arc<Loaded>>, Option<String>) {
        let state = self.state();
        (state.shown.clone(), state.faults.clone())
    }

    /// The last site whose every page could be made, for a page of which the new theme fails.
    pub(super) fn good(&self) -> Option<Arc<Loaded>> {
        self.state().good.clone()
    }

    /// Notes that somebody looks at a page.
    pub(super) fn view(self: &Arc<Self>, page: String) -> Viewer {
        self.state().open.push(page.clone());
        Viewer { live: Arc::clone(self), page }
    }

    pub(super) fn listen(&self) -> (Status, broadcast::Receiver<Message>) {
        let state = self.state();
        (Status { version: state.version, faults: state.faults.clone() }, self.messages.subscribe())
    }

    /// Notes what was answered, to see later whether it has changed.
    pub(super) fn answered(&self, path: &str, bytes: Option<&[u8]>) {
        let State { recent, open, .. } = &mut *self.state();
        recent.retain(|(known, _)| known != path);
        recent.push((path.to_owned(), bytes.map(digest)));
        // A page that is open may have been asked for long ago.
        if recent.len() > RECENT
            && let Some(oldest) = recent.iter().position(|(known, _)| !open.contains(known))
        {
            recent.remove(oldest);
        }
    }

    /// Puts a new site in the place of the old, unless what all pages share has errors and there is an old one. Gives the paths of
    /// open pages and of files asked for lately that have changed.
    pub(super) fn show(&self, loaded: &Arc<Loaded>) -> Option<Vec<String>> {
        let has_errors = loaded.shared_errors(loaded.diagnostics.iter()).next().is_some();
        let recent = {
            let mut state = self.state();
            if has_errors && state.good.is_some() {
                return None;
            }
            state.shown = Some(Arc::clone(loaded));
            state.recent.clone()
        };
        let mut changed = Vec::new();
        // A theme that fails is reported with all other findings.
        if let Ok(site) = Site::new(loaded, Purpose::Serve) {
            for (path, before) in recent {
                // Of a page that cannot be made the last good one stays.
                let Ok(now) = made::file(loaded, &site, &path) else { continue };
                if now.as_deref().map(digest) != before {
                    self.answered(&path, now.as_deref());
                    changed.push(path);
                }
            }
        }
        if !changed.is_empty() {
            self.state().version += 1;
            // Nobody may be listening, and that is no fault.
            let _ = self.messages.send(Message::Changed(changed.clone()));
        }
        Some(changed)
    }

    /// Notes what was loaded last.
    pub(super) fn supersede(&self, loaded: &Arc<Loaded>) {
        self.state().latest = Some(Arc::clone(loaded));
    }

    pub(super) fn is_latest(&self, loaded: &Arc<Loaded>) -> bool {
        self.state().latest.as_ref().is_some_and(|latest| Arc::ptr_eq(latest, loaded))
    }

    /// Shows what is wrong with what was saved.
    pub(super) fn fail(&self, faults: String) {
        self.state().faults = Some(faults.clone());
        let _ = self.messages.send(Message::Faults(faults));
    }

    /// Notes that every page of this site can be made.
    pub(super) fn mend(&self, loaded: &Arc<Loaded>) {
        let mut state = self.state();
        state.good = Some(Arc::clone(loaded));
        if state.faults.take().is_some() {
            let _ = self.messages.send(Message::Mended);
        }
    }
}
