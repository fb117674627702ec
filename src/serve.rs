//! Serves a site from memory, makes it anew whenever a file changes, and tells the pages that are open.
//!
//! The last good site is kept while the content has faults; the faults are shown over it. Requests are answered by
//! looking a path up in the [`Output`](crate::output::Output), so no path can lead anywhere else. Only this machine is listened to.

mod answer;
mod bench;
mod live;

pub use live::News;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anstream::adapter::strip_str;

use crate::diag::render::faults;
use crate::error::{Error, Result};
use crate::pipeline::{self, Made};
use crate::render::Purpose;
use crate::watch::Watch;
use live::Live;

/// How many ports after the one asked for are tried.
const PORTS: u16 = 50;

/// A server that is running. It stops with the program.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Makes the site, begins to listen on `port` or the next free one (0 for any), and to watch. `tell` is called
    /// with everything that happens, the first time before this returns.
    ///
    /// # Errors
    /// When no port is free, or the site cannot be watched.
    pub fn start(site: &Path, port: u16, tell: impl Fn(News<'_>) + Send + 'static) -> Result<Self> {
        let mut watch = Watch::new(site)?;
        let listener =
            listen(port).map_err(|source| Error::new("listen on", format!("127.0.0.1:{port}"), source))?;
        let address = listener.local_addr().map_err(|source| Error::new("listen on", "127.0.0.1", source))?;
        let live = Arc::new(Live::new());
        remake(site, &live, &tell);
        let shared = Arc::clone(&live);
        std::thread::spawn(move || answer::run(listener, shared));
        let site = site.to_owned();
        std::thread::spawn(move || {
            loop {
                watch.wait();
                remake(&site, &live, &tell);
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

/// The first free port from `port` on.
fn listen(port: u16) -> std::io::Result<TcpListener> {
    let ports = port..=port.saturating_add(if port == 0 { 0 } else { PORTS });
    let mut refused = None;
    for port in ports {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into()))
}

/// Makes the site and passes on what came of it.
fn remake(site: &Path, live: &Live, tell: &impl Fn(News<'_>)) {
    let start = Instant::now();
    match pipeline::make(site, Purpose::Serve, false) {
        Ok(Made { loaded, output: Some(output) }) => {
            let loaded = Arc::new(loaded);
            let changed = live.replace(output, Arc::clone(&loaded));
            tell(News::Made { loaded: &loaded, changed, took: start.elapsed() });
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
