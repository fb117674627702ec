//! Measures what a trainee loads, in bytes after `gzip -9`, against budgets.

use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};

use crate::shell::{Done, list, read_bytes, root, say};
use crate::test;

/// The engine as WebAssembly.
pub(crate) const MODULE: usize = 16_000;
/// All scripts until the first choice can be pressed: the player, which is the module as text, its glue and the page code; its
/// parts and words; the graph of the scenario.
const SCRIPT: usize = 29_500;
/// A scenario's page. The prose of the longest one included, without markup, takes 8,100.
const PAGE: usize = 14_500;
/// Everything until the first choice can be pressed: page, style, scripts, and the script that applies the reader's settings.
const START: usize = 50_000;
/// A script without the engine.
const PLAIN_SCRIPT: usize = 8_000;
/// The default theme's style.
const STYLE: usize = 7_500;
/// Each of the other styles: of the debrief, of My record, of home and lessons, of channels, and of the desk.
const LATER_STYLE: usize = 4_000;
/// A portrait, uncompressed. Nothing waits for it.
const PORTRAIT: usize = 10_000;

const SCRIPTS: [(&str, usize); 13] = [
    ("player", SCRIPT),
    // Makes and reads result codes, with a part of the engine. Nothing waits for it.
    ("codes", 44_000),
    ("result", PLAIN_SCRIPT),
    ("along", PLAIN_SCRIPT),
    ("live", PLAIN_SCRIPT),
    ("record", PLAIN_SCRIPT),
    ("home", PLAIN_SCRIPT),
    ("desk", PLAIN_SCRIPT),
    ("search", PLAIN_SCRIPT),
    ("menu", PLAIN_SCRIPT),
    ("worker", PLAIN_SCRIPT),
    ("scorm", PLAIN_SCRIPT),
    ("cmi5", PLAIN_SCRIPT),
];

const STYLES: [(&str, usize); 7] = [
    ("theme", STYLE),
    ("reading", LATER_STYLE),
    ("result", LATER_STYLE),
    ("record", LATER_STYLE),
    ("menu", LATER_STYLE),
    ("channel", LATER_STYLE),
    ("desk", LATER_STYLE),
];

/// Measures the committed scripts and the included course.
pub(crate) fn run() -> Done {
    scripts()?;
    for (name, budget) in STYLES {
        let path = format!("themes/default/static/{name}.css");
        check(&path, gzip(&read_bytes(&root().join(&path))?)?, budget)?;
    }
    let site = test::site()?;
    check(
        "the debrief's parts and additions",
        published(&site.join("static"), "debrief-en.")?,
        PLAIN_SCRIPT,
    )?;
    for path in list(&site.join("portraits"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        check(&name, read_bytes(&path)?.len(), PORTRAIT)?;
    }
    let player = published(&site.join("static"), "player-en.")?;
    let theme = |name: &str| gzip(&read_bytes(&root().join("themes/default/static").join(name))?);
    let style = theme("theme.css")? + theme("look.js")?;
    for folder in list(&site.join("scenarios"))?.into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let page = gzip(&read_bytes(&folder.join("index.html"))?)?;
        check(&name, page, PAGE)?;
        let scripts = player + published(&folder, "talk.")?;
        check(&format!("{name}, scripts"), scripts, SCRIPT)?;
        check(&format!("{name}, until the first choice"), page + scripts + style, START)?;
    }
    Ok(())
}

/// Measures the committed scripts.
pub(crate) fn scripts() -> Done {
    SCRIPTS.iter().try_for_each(|(name, budget)| {
        let path = format!("scenario-wasm/dist/{name}.js");
        check(&path, gzip(&read_bytes(&root().join(&path))?)?, *budget)
    })
}

/// The size of a published file, whose name starts with `begins`, followed by a digest.
fn published(folder: &Path, begins: &str) -> Done<usize> {
    let has_name = |path: &&std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(begins))
    };
    let paths = list(folder)?;
    let path =
        paths.iter().find(has_name).ok_or_else(|| format!("no file {begins}* in {}", folder.display()))?;
    gzip(&read_bytes(path)?)
}

/// Prints a size, and fails if it is over its budget.
pub(crate) fn check(what: &str, size: usize, budget: usize) -> Done {
    say(&format!("{what}: {size}, of at most {budget}"));
    if size <= budget { Ok(()) } else { Err(format!("{what}: {size}, more than {budget}")) }
}

/// The size after `gzip -9`.
pub(crate) fn gzip(bytes: &[u8]) -> Done<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map(|bytes| bytes.len()).map_err(|error| format!("gzip: {error}"))
}
