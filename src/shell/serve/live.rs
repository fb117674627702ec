//! The current site, and the pages that are open.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::made;
use crate::address::Purpose;
use crate::fingerprint::{Digest, digest};
use crate::load::Loaded;
use crate::render::Site;

/// How many recently requested files are compared after a save, besides the open pages.
const RECENT: usize = 64;

/// Messages to open pages.
#[derive(Debug, Clone)]
pub(super) enum Message {
    /// This version of the site is shown.
    Shown(u64),
    /// These files have changed in it.
    Changed(Vec<String>),
    /// These faults are in something that all pages share.
    Faults(String),
    /// There are no such faults any more.
    Mended,
}

/// Shared by the threads that load, check and answer.
#[derive(Debug)]
pub(super) struct Live {
    state: Mutex<State>,
    messages: broadcast::Sender<Message>,
}

#[derive(Debug, Default)]
struct State {
    /// The site being shown: the last one without errors in what all pages share, or the first of all.
    shown: Option<Arc<Loaded>>,
    /// The last site of which every page could be rendered.
    good: Option<Arc<Loaded>>,
    /// The site that was loaded last, with or without errors.
    latest: Option<Arc<Loaded>>,
    faults: Option<String>,
    /// Counts the sites shown so far.
    version: u64,
    /// The open pages; a page that is open twice is here twice.
    open: Vec<String>,
    /// Recent answers by path; `None` if the file did not exist.
    recent: Vec<(String, Option<Digest>)>,
}

/// The current state, for a page that starts to listen. One that was made from an earlier version loads itself again: it was
/// changed before it listened.
#[derive(Debug, serde::Serialize)]
pub(super) struct Status {
    version: u64,
    faults: Option<String>,
}

/// A page that is open for as long as this exists.
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
        // A page that falls this far behind is told to reload.
        let (messages, _) = broadcast::channel(64);
        // Starts at a number of its own, so that pages from before a restart do not mistake the first count for theirs.
        let version = u64::from(std::process::id()) * 1_000_000;
        Self { state: Mutex::new(State { version, ..State::default() }), messages }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site being shown, its version, and the faults in what all pages share.
    pub(super) fn site(&self) -> (Option<Arc<Loaded>>, u64, Option<String>) {
        let state = self.state();
        (state.shown.clone(), state.version, state.faults.clone())
    }

    /// The last site of which every page could be rendered, for pages on which the new theme fails.
    pub(super) fn good(&self) -> Option<Arc<Loaded>> {
        self.state().good.clone()
    }

    /// Notes that a page is open.
    pub(super) fn view(self: &Arc<Self>, page: String) -> Viewer {
        self.state().open.push(page.clone());
        Viewer { live: Arc::clone(self), page }
    }

    pub(super) fn listen(&self) -> (Status, broadcast::Receiver<Message>) {
        let state = self.state();
        (Status { version: state.version, faults: state.faults.clone() }, self.messages.subscribe())
    }

    /// Notes an answer, to see later whether it has changed.
    pub(super) fn answered(&self, path: &str, bytes: Option<&[u8]>) {
        let State { recent, open, .. } = &mut *self.state();
        recent.retain(|(known, _)| known != path);
        recent.push((path.to_owned(), bytes.map(digest)));
        // A page that is still open may have been requested long ago.
        if recent.len() > RECENT
            && let Some(oldest) = recent.iter().position(|(known, _)| !open.contains(known))
        {
            recent.remove(oldest);
        }
    }

    /// Replaces the site, unless there is one and what all pages share has errors. Returns the paths of open pages and
    /// recently requested files that have changed.
    pub(super) fn show(&self, loaded: &Arc<Loaded>) -> Option<Vec<String>> {
        let has_errors = loaded.shared_errors(loaded.diagnostics.iter()).next().is_some();
        let (version, recent) = {
            let mut state = self.state();
            if has_errors && state.good.is_some() {
                return None;
            }
            state.shown = Some(Arc::clone(loaded));
            state.version += 1;
            (state.version, state.recent.clone())
        };
        let mut changed = Vec::new();
        // A theme that fails is reported with all other findings.
        if let Ok(site) = Site::new(loaded, Purpose::Serve) {
            for (path, before) in recent {
                // If the page cannot be rendered, the last good one stays.
                let Ok(now) = made::file(loaded, &site, &path) else { continue };
                if now.as_deref().map(digest) != before {
                    self.answered(&path, now.as_deref());
                    changed.push(path);
                }
            }
        }
        // It is not a fault if nobody listens.
        let _ = self.messages.send(Message::Shown(version));
        if !changed.is_empty() {
            let _ = self.messages.send(Message::Changed(changed.clone()));
        }
        Some(changed)
    }

    /// Notes the site that was loaded last.
    pub(super) fn set_latest(&self, loaded: &Arc<Loaded>) {
        self.state().latest = Some(Arc::clone(loaded));
    }

    pub(super) fn is_latest(&self, loaded: &Arc<Loaded>) -> bool {
        self.state().latest.as_ref().is_some_and(|latest| Arc::ptr_eq(latest, loaded))
    }

    /// Shows the faults of the last save.
    pub(super) fn fail(&self, faults: String) {
        self.state().faults = Some(faults.clone());
        let _ = self.messages.send(Message::Faults(faults));
    }

    /// Notes that every page of this site can be rendered.
    pub(super) fn recover(&self, loaded: &Arc<Loaded>) {
        let mut state = self.state();
        state.good = Some(Arc::clone(loaded));
        if state.faults.take().is_some() {
            let _ = self.messages.send(Message::Mended);
        }
    }
}
