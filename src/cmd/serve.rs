//! `amends serve`: shows the site while it is written.

use std::process::{Command, Stdio};

use crate::cli::{Serve, Talk};
use crate::cmd::{Failure, Outcome};
use crate::diag::render::{counted, faults, summary};
use crate::serve::{News, Server};

/// Runs it until Ctrl-C.
///
/// # Errors
///
/// If no port is free, or the course's folder cannot be watched.
pub fn run(args: &Serve, talk: Talk) -> Result<Outcome, Failure> {
    let server = Server::start(&args.site.site, args.port, move |news| tell(&news, talk))?;
    let url = format!("http://{}/", server.address());
    if server.address().port() != args.port && args.port != 0 {
        anstream::eprintln!("port {} is taken, so the next free one is used", args.port);
    }
    anstream::eprintln!("{} is shown at {url}", args.site.site.display());
    anstream::eprintln!("save a file and the page follows; Ctrl-C ends it");
    if args.open {
        open(&url);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    Ok(Outcome::Done)
}

fn tell(news: &News<'_>, talk: Talk) {
    match news {
        News::Touched { changed, took } => {
            if !talk.quiet {
                anstream::eprintln!("{} in {} ms", changed.join(", "), took.as_millis());
            }
        }
        News::Made { loaded, changed, took } => {
            anstream::eprint!("{}", faults(&loaded.diagnostics, &loaded.sources));
            if !talk.quiet && !changed.is_empty() {
                anstream::eprintln!(
                    "made in {} ms, {} changed",
                    took.as_millis(),
                    counted(changed.len(), "file")
                );
            }
        }
        News::Faulty { loaded } => {
            anstream::eprint!("{}", faults(&loaded.diagnostics, &loaded.sources));
            anstream::eprintln!("{}; the last good version is shown", summary(&loaded.diagnostics));
        }
        News::Failed { error } => anstream::eprintln!("error: {error}\nthe last good version is shown"),
    }
}

/// Opens the browser that this machine likes best. Where there is none, the address has been said already.
fn open(url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        anstream::eprintln!("no browser could be opened; go to {url}");
    }
}
