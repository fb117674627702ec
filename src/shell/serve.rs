//! Serves a site from memory, makes it anew whenever a file changes, and tells the pages that are open.
//!
//! The last good site is kept while the content has faults; the faults are shown over it. Requests are answered by
//! looking a path up in the [`Output`](crate::output::Output), so no path can lead anywhere else. Only this machine is
//! answered, unless another address is asked for.

mod answer;
mod bench;
mod kept;
mod live;

pub use kept::Kept;
pub use live::News;

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Instant;

use anstream::adapter::strip_str;

use crate::diag::render::faults;
use crate::discover::discover;
use crate::load::Memo;
use crate::output::Memory;
use crate::pipeline::{self, Made};
use crate::render::Purpose;
use crate::shell::error::{Error, Result};
use crate::shell::watch::Watch;
use live::Live;

/// How many ports after the one asked for are tried.
const PORTS: u16 = 50;

/// Of more files than this the whole site is made at once.
const AT_ONCE: usize = 8;

/// A server that is running. It stops with the program.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Makes the site, begins to listen at `wanted` or the next free port (0 for any), and to watch. `tell` is called
    /// with everything that happens, the first time before this returns.
    ///
    /// # Errors
    /// When no port is free, the address is not one of this machine, or the site cannot be watched.
    pub fn start(
        site: &Path,
        wanted: SocketAddr,
        tell: impl Fn(News<'_>) + Send + Sync + 'static,
    ) -> Result<Self> {
        let mut watch = Watch::new(site)?;
        let listener =
            listen(wanted).map_err(|source| Error::new("listen on", wanted.to_string(), source))?;
        let address =
            listener.local_addr().map_err(|source| Error::new("listen on", wanted.to_string(), source))?;
        let live = Arc::new(Live::new());
        let making = Arc::new(Making {
            site: site.to_owned(),
            live,
            memo: Memo::of(site),
            saves: AtomicU64::new(0),
            tell,
        });
        making.whole();
        let live = Arc::clone(&making.live);
        std::thread::spawn(move || answer::run(listener, live));
        // While the whole is made the next save must not wait for it.
        let (again, asked) = mpsc::channel();
        let whole = Arc::clone(&making);
        std::thread::spawn(move || {
            while asked.recv().is_ok() {
                while asked.try_recv().is_ok() {}
                whole.whole();
            }
        });
        std::thread::spawn(move || {
            loop {
                let paths = watch.wait();
                making.saves.fetch_add(1, Ordering::SeqCst);
                making.alone(&paths);
                if again.send(()).is_err() {
                    return;
                }
            }
        });
        Ok(Self { address })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// The first free port from the one that is wanted on.
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

/// What makes the site while it is written.
struct Making<T> {
    site: PathBuf,
    live: Arc<Live>,
    memo: Memo,
    /// Counts what the watch has seen.
    saves: AtomicU64,
    tell: T,
}

impl<T: Fn(News<'_>)> Making<T> {
    /// Shows the pages of the files that changed at once, if that can be done without the whole. Other pages may speak of
    /// them: those that somebody looks at follow, the rest when they are asked for.
    fn alone(&self, paths: &[PathBuf]) {
        let (start, live) = (Instant::now(), &self.live);
        if paths.is_empty() || paths.len() > AT_ONCE || live.read(|state| state.faults.is_some()) {
            return;
        }
        let mut kept = live.kept();
        let Some(pages) = kept.again(&self.site, paths) else { return };
        live.wither();
        let mut touched = live.patch(pages);
        // One by one: a page that cannot be made waits for the whole, and the others do not.
        for page in live.seen().into_iter().filter(|page| !touched.contains(page)).collect::<Vec<_>>() {
            touched.extend(kept.pages(&[page]).map(|pages| live.patch(pages)).unwrap_or_default());
        }
        drop(kept);
        if !touched.is_empty() {
            (self.tell)(News::Touched { changed: touched, took: start.elapsed() });
        }
    }

    /// Makes the site and passes on what came of it, unless something was saved meanwhile: then it is made again soon.
    fn whole(&self) {
        let (start, live, site) = (Instant::now(), &self.live, &self.site);
        let saves = self.saves.load(Ordering::SeqCst);
        let is_old = || self.saves.load(Ordering::SeqCst) != saves;
        let made = pipeline::make_onto(
            (site, || discover(site)),
            (Purpose::Serve, false),
            (&Memory, None),
            &self.memo,
        );
        if is_old() {
            return;
        }
        match made {
            Ok(Made { loaded, output: Some(output) }) => {
                let new = Kept::of(loaded);
                // Held meanwhile, so that who hears of the new site finds what it was made from.
                let mut kept = live.kept();
                if is_old() {
                    return;
                }
                let old = std::mem::replace(&mut *kept, new);
                let changed = live.replace(output);
                if let Some(loaded) = kept.look() {
                    (self.tell)(News::Made { loaded, changed, took: start.elapsed() });
                }
                drop(kept);
                drop(old);
            }
            Ok(Made { loaded, output: None }) => {
                live.fail(strip_str(&faults(&loaded.diagnostics, &loaded.sources)).to_string());
                (self.tell)(News::Faulty { loaded: &loaded });
            }
            Err(error) => {
                live.fail(error.to_string());
                (self.tell)(News::Failed { error: &error });
            }
        }
    }
}
