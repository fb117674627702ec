//! Serves a site from memory, loads it again whenever a file changes, and notifies open pages.
//!
//! A page is rendered when it is requested. All others are rendered afterward, in the background, for their findings. A
//! file with errors shows them on its own page, and every other page is up to date. Only while something that all pages
//! share has errors, the last good site stays, with the errors over it. Answers only this machine, unless another address
//! is requested.

mod answer;
mod bench;
mod live;
mod made;

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use anstream::adapter::strip_str;

use crate::address::Purpose;
use crate::diag::Diagnostic;
use crate::diag::render::faults;
use crate::files::Files;
use crate::load::{LoadOptions, Loaded, Report, Workspace};
use crate::render;
use crate::shell::disk;
use crate::shell::error::{Error, Result};
use crate::shell::watch::Watch;
use crate::sink::Discard;
use live::Live;

/// How many ports are tried after the requested one.
const PORTS: u16 = 50;

/// Events for the terminal.
#[derive(Debug)]
pub enum News<'a> {
    /// The site is shown as it was saved.
    Shown {
        /// Paths of recently requested files whose bytes have changed.
        changed: Vec<String>,
        /// The time since the save.
        took: Duration,
    },
    /// The whole site was rendered for its findings.
    Checked {
        /// The findings.
        report: &'a Report,
        /// The site.
        loaded: &'a Loaded,
    },
    /// A file could not be read, or the theme failed; the last good site stays.
    Failed {
        /// Why.
        error: String,
    },
}

/// A running server. It stops with the program.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Loads the site, listens at `wanted` or the next free port (0 for any), and watches the site. Calls `inform` with
    /// every event, the first time before this returns.
    ///
    /// # Errors
    /// When no port is free, the address is not one of this machine, or the site cannot be watched.
    pub fn start(
        site: &Path,
        wanted: SocketAddr,
        inform: impl Fn(News<'_>) + Send + Sync + 'static,
    ) -> Result<Self> {
        let mut watch = Watch::new(site)?;
        let refused = |source| Error::new("listen on", wanted.to_string(), source);
        let listener = listen(wanted).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let (live, inform) = (Arc::new(Live::new()), Arc::new(inform));
        let (sender, loads) = mpsc::channel();
        let mut loader = Loader {
            site: site.to_owned(),
            files: Files::default(),
            workspace: Workspace::default(),
            live: Arc::clone(&live),
            sender,
            inform: Arc::clone(&inform),
            unread: None,
        };
        let mut failed = true;
        if let Ok(loaded) = loader.load(&[]) {
            failed = false;
            loaded.inspect(|loaded| check(loaded, &live, &*inform));
        }
        let (answering, checking) = (Arc::clone(&live), live);
        std::thread::spawn(move || answer::run(listener, answering));
        std::thread::spawn(move || check_latest(&loads, &checking, &*inform));
        std::thread::spawn(move || {
            loop {
                watch.follow(&loader.files.linked);
                let changed = watch.wait(failed);
                let loaded = loader.load(if failed { &[] } else { &changed });
                failed = loaded.is_err();
                if let Ok(Some(loaded)) = loaded
                    && loader.sender.send(loaded).is_err()
                {
                    return;
                }
            }
        });
        Ok(Self { address })
    }

    /// The address at which it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// The first free port, starting at the requested one.
fn listen(wanted: SocketAddr) -> std::io::Result<TcpListener> {
    let port = wanted.port();
    let ports = port..=port.saturating_add(if port == 0 { 0 } else { PORTS });
    let mut refused = None;
    for port in ports {
        match TcpListener::bind((wanted.ip(), port)) {
            Ok(listener) => return Ok(listener),
            // Another port would not help.
            Err(error) if error.kind() == ErrorKind::AddrNotAvailable => return Err(error),
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or_else(|| ErrorKind::AddrInUse.into()))
}

/// Loads the site at each save.
struct Loader<F> {
    site: PathBuf,
    files: Files,
    workspace: Workspace,
    live: Arc<Live>,
    /// Sends what was loaded to the thread that checks it.
    sender: Sender<Arc<Loaded>>,
    inform: Arc<F>,
    /// Why the site could not be read, if that has been reported and nothing has changed since.
    unread: Option<String>,
}

/// The site could not be read.
struct Unread;

impl<F: Fn(News<'_>)> Loader<F> {
    /// Reads what changed, loads the site and shows it. Returns the site to be checked, unless the theme cannot be loaded.
    /// An unreadable site is tried again: perhaps no file descriptor was free.
    fn load(&mut self, changed: &[PathBuf]) -> std::result::Result<Option<Arc<Loaded>>, Unread> {
        let start = Instant::now();
        if let Err(error) = disk::update(&self.site, changed, &mut self.files) {
            let error = error.to_string();
            if self.unread.as_ref() != Some(&error) {
                self.unread = Some(error.clone());
                fail(&self.live, &*self.inform, error);
            }
            return Err(Unread);
        }
        self.unread = None;
        let loaded = Arc::new(self.workspace.load(&self.files, &LoadOptions::default()));
        if let Err(error) = &loaded.themes {
            self.live.set_latest(&loaded);
            fail(&self.live, &*self.inform, error.to_string());
            return Ok(None);
        }
        if let Some(changed) = self.live.show(&loaded) {
            (self.inform)(News::Shown { changed, took: start.elapsed() });
        }
        self.live.set_latest(&loaded);
        Ok(Some(loaded))
    }
}

/// Checks the latest site, each time that one was loaded.
fn check_latest(loads: &Receiver<Arc<Loaded>>, live: &Live, inform: &impl Fn(News<'_>)) {
    while let Ok(mut loaded) = loads.recv() {
        while let Ok(newer) = loads.try_recv() {
            loaded = newer;
        }
        check(&loaded, live, inform);
    }
}

/// Renders the whole site for its findings, and reports them unless something was saved meanwhile.
fn check(loaded: &Arc<Loaded>, live: &Live, inform: &impl Fn(News<'_>)) {
    let rendered = render::render(loaded, Purpose::Serve, &Discard);
    let failure = rendered.as_ref().err().map(ToString::to_string);
    let report = loaded.report(rendered.unwrap_or_else(|_| render::findings(loaded)));
    if !live.is_latest(loaded) {
        return;
    }
    let shared: Vec<Diagnostic> = loaded.shared_errors(report.diagnostics.iter()).cloned().collect();
    if shared.is_empty()
        && let Some(error) = failure
    {
        return fail(live, inform, error);
    }
    if shared.is_empty() {
        live.recover(loaded);
    } else {
        // These errors may also be why the theme fails.
        live.fail(strip_str(&faults(&shared, &loaded.sources)).to_string());
    }
    inform(News::Checked { report: &report, loaded });
}

fn fail(live: &Live, inform: &impl Fn(News<'_>), error: String) {
    live.fail(error.clone());
    inform(News::Failed { error });
}
