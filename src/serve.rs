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
use std::sync::Arc;
use std::time::Instant;

use anstream::adapter::strip_str;

use crate::diag::render::faults;
use crate::error::{Error, Result};
use crate::load::Memo;
use crate::output::Memory;
use crate::pipeline::{self, Made};
use crate::render::Purpose;
use crate::watch::Watch;
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
    pub fn start(site: &Path, wanted: SocketAddr, tell: impl Fn(News<'_>) + Send + 'static) -> Result<Self> {
        let mut watch = Watch::new(site)?;
        let listener =
            listen(wanted).map_err(|source| Error::new("listen on", wanted.to_string(), source))?;
        let address =
            listener.local_addr().map_err(|source| Error::new("listen on", wanted.to_string(), source))?;
        let live = Arc::new(Live::new());
        let memo = Memo::of(site);
        remake(site, &live, &memo, &tell);
        let shared = Arc::clone(&live);
        std::thread::spawn(move || answer::run(listener, shared));
        let site = site.to_owned();
        std::thread::spawn(move || {
            loop {
                let paths = watch.wait();
                retouch(&site, &live, &paths, &tell);
                remake(&site, &live, &memo, &tell);
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

/// Shows the pages of the files that changed at once, if that can be done without the others: what these say of them
/// follows when the whole is made.
fn retouch(site: &Path, live: &Live, paths: &[PathBuf], tell: &impl Fn(News<'_>)) {
    let start = Instant::now();
    if paths.is_empty() || paths.len() > AT_ONCE || live.read(|state| state.faults.is_some()) {
        return;
    }
    let pages = live.kept().again(site, paths);
    if let Some(pages) = pages {
        let changed = live.patch(pages);
        if !changed.is_empty() {
            tell(News::Touched { changed, took: start.elapsed() });
        }
    }
}

/// Makes the site and passes on what came of it.
fn remake(site: &Path, live: &Live, memo: &Memo, tell: &impl Fn(News<'_>)) {
    let start = Instant::now();
    match pipeline::make_onto(site, (Purpose::Serve, false), (&Memory, None), memo) {
        Ok(Made { loaded, output: Some(output) }) => {
            // Held meanwhile, so that who hears of the new site finds what it was made from.
            let mut kept = live.kept();
            let changed = live.replace(output);
            tell(News::Made { loaded: &loaded, changed, took: start.elapsed() });
            kept.keep(loaded);
        }
        Ok(Made { loaded, output: None }) => {
            live.fail(strip_str(&faults(&loaded.diagnostics, &loaded.sources)).to_string());
            tell(News::Faulty { loaded: &loaded });
        }
        Err(error) => {
            live.fail(error.to_string());
            tell(News::Failed { error: &error });
        }
    }
}
