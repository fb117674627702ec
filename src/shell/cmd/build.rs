//! `amends build`: renders the site and writes it.

use std::time::Instant;

use crate::address::Purpose;
use crate::diag::render::counted;
use crate::load::{LoadOptions, Loaded, load};
use crate::markdown::PageFindings;
use crate::render;
use crate::shell::cli::{Build, Global};
use crate::shell::cmd::{Failure, Outcome, note, stops};
use crate::shell::write::{self, Writing};
use crate::shell::{disk, output};

/// Runs the command. Diagnostics and the summary go to stderr; the result is the folder.
///
/// # Errors
/// If the course cannot be read, its theme fails, or the folder cannot be written.
pub fn run(args: &Build, global: Global) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let to = args.output.clone().unwrap_or_else(|| args.site.site.join("public"));
    output::check(&to, &args.site.site, [])?;
    stop_when_told()?;
    let writing = Writing::begin(&to)?;
    let options = LoadOptions { url: args.url.as_deref(), ..LoadOptions::default() };
    let loaded = load(&disk::read(&args.site.site)?, &options);
    let (findings, failure) = render(&loaded, &writing);
    let report = loaded.report(findings);
    if stops(&loaded, &report, args.strict, global, "built") {
        return Ok(Outcome::Faulty);
    }
    // Errors in the content come first: they may be why a template failed.
    failure.map_or(Ok(()), Err)?;
    let written = writing.finish()?;
    let (pages, files) = (counted(written.pages, "page"), counted(written.files, "file"));
    let built = format_args!(
        "built {pages}, {files} in {} ms -> {} ({} changed, {} removed)",
        start.elapsed().as_millis(),
        to.display(),
        written.changed,
        written.removed,
    );
    note(global, built);
    Ok(Outcome::Done)
}

/// Ends the program on a signal, and leaves nothing half-written.
fn stop_when_told() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let mut signals = {
        let _within = runtime.enter();
        Signals::new()?
    };
    std::thread::spawn(move || {
        let code = runtime.block_on(signals.next());
        write::stop(code)
    });
    Ok(())
}

/// The signals with which a terminal or a system ends a program.
#[cfg(unix)]
struct Signals([(tokio::signal::unix::Signal, i32); 3]);

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let each = |kind: SignalKind| Ok::<_, std::io::Error>((signal(kind)?, 128 + kind.as_raw_value()));
        Ok(Self([
            each(SignalKind::interrupt())?,
            each(SignalKind::terminate())?,
            each(SignalKind::hangup())?,
        ]))
    }

    /// Waits for a signal, and returns the exit code that shells expect after it.
    async fn next(&mut self) -> i32 {
        let [(interrupt, first), (terminate, second), (hangup, third)] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => *first,
            _ = terminate.recv() => *second,
            _ = hangup.recv() => *third,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> i32 {
        let _ = tokio::signal::ctrl_c().await;
        130
    }
}

/// Renders a sound course. If it has errors, only its texts are checked, so that one run reports all faults.
fn render(loaded: &Loaded, writing: &Writing) -> (PageFindings, Option<render::Error>) {
    if !loaded.is_sound() {
        return (render::findings(loaded), None);
    }
    match render::render(loaded, Purpose::Publish, writing) {
        Ok(findings) => (findings, None),
        Err(error) => (render::findings(loaded), Some(error)),
    }
}
