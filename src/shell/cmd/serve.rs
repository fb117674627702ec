//! `amends serve`: shows the site while its author writes.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::diag::render::{faults, summary};
use crate::shell::cli::{Global, Serve};
use crate::shell::cmd::{Failure, Outcome, note};
use crate::shell::serve::{News, Server};
use crate::shell::{disk, editor};

/// Runs the command until Ctrl-C.
///
/// # Errors
/// If no port is free, or the course's folder cannot be watched.
pub fn run(args: &Serve, global: Global) -> Result<Outcome, Failure> {
    disk::refuse_part(&args.site.site)?;
    let wanted = SocketAddr::new(args.host, args.port);
    let site = args.site.site.clone();
    let server = Server::start(&args.site.site, wanted, move |news| {
        if let News::Checked { loaded, .. } = news
            && let Err(error) = editor::renew(&site, loaded)
        {
            anstream::eprintln!("warning: {error}; the editor does not know new names");
        }
        tell(&news, global);
    })?;
    let url = format!("http://{}/", near(server.address()));
    if server.address().port() != args.port && args.port != 0 {
        anstream::eprintln!("port {} is taken, so the next free one is used", args.port);
    }
    anstream::eprintln!("{} is shown at {url}", args.site.site.display());
    if !server.address().ip().is_loopback() {
        let port = server.address().port();
        anstream::eprintln!(
            "warning: anyone who can reach port {port} of this machine can see it, drafts included"
        );
    }
    anstream::eprintln!("save a file and the page follows; Ctrl-C ends it");
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        anstream::eprintln!("no browser could be opened ({error}); go to {url}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    Ok(Outcome::Done)
}

fn tell(news: &News<'_>, global: Global) {
    match news {
        News::Shown { changed, took } => {
            if !changed.is_empty() {
                note(global, format_args!("{} in {} ms", changed.join(", "), took.as_millis()));
            }
        }
        News::Checked { report, loaded } => {
            anstream::eprint!("{}", faults(&report.diagnostics, &loaded.sources));
            if report.has_errors() {
                let mut shared = loaded.shared_errors(report.diagnostics.iter());
                let shown =
                    shared.next().map_or("each page shows its own", |_| "the last good version is shown");
                anstream::eprintln!("{}; {shown}", summary(&report.diagnostics));
            }
        }
        News::Failed { error } => anstream::eprintln!("error: {error}\nthe last good version is shown"),
    }
}

/// The address of the server on this machine: one that listens on all addresses has none of its own.
fn near(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            Ipv4Addr::LOCALHOST.into()
        } else {
            Ipv6Addr::LOCALHOST.into()
        });
    }
    address
}
