//! The budgets, in bytes after `gzip -9`, and what is measured against them.

use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};

use crate::player::{PLAIN, Player};
use crate::shell::{Done, root, say};

/// The engine as WebAssembly.
const MODULE: usize = 16_000;
/// All scripts until the first choice can be pressed: the player, which is the module as text, glue and page code; its
/// parts and words; the graph of the scenario.
const SCRIPT: usize = 28_000;
/// A scenario's page. The prose of the longest that ships, without any markup, takes 8,100.
const PAGE: usize = 14_000;
/// All that is loaded until the first choice can be pressed: page, style, scripts.
const START: usize = 48_000;
/// What makes and reads result codes, engine and all. Nobody waits for it.
const CODES: usize = 40_000;
/// A script without the engine.
const PLAIN_SCRIPT: usize = 8_000;
/// The default theme's style.
const STYLE: usize = 6_000;
/// The style of the debrief and of My record, which nobody waits for; that of home and lessons beside the first.
const RESULT_STYLE: usize = 4_000;
/// The style of the desk.
const DESK_STYLE: usize = 2_500;

/// Measures what is committed.
pub(crate) fn run() -> Done {
    let script = read("scenario-wasm/dist/player.js")?;
    hold("player script", &script, SCRIPT)?;
    report_codes(&read("scenario-wasm/dist/codes.js")?)?;
    for name in PLAIN {
        report_plain(name, &read(&format!("scenario-wasm/dist/{name}.js"))?)?;
    }
    let style = read("themes/default/static/theme.css")?;
    hold("default theme's style", &style, STYLE)?;
    hold("style of what is read", &read("themes/default/static/reading.css")?, RESULT_STYLE)?;
    hold("style of results", &read("themes/default/static/result.css")?, RESULT_STYLE)?;
    hold("style of the desk", &read("themes/default/static/desk.css")?, DESK_STYLE)?;
    let site = crate::test::site()?;
    hold("the debrief's templates", &named(&site.join("static"), "debrief-en.")?, PLAIN_SCRIPT)?;
    let player = gzip(&named(&site.join("static"), "player-en.")?)?;
    pages(&site.join("scenarios"), player, gzip(&style)?)
}

/// The file whose name begins with this and holds a digest.
fn named(folder: &Path, begins: &str) -> Done<Vec<u8>> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut paths = entries.flatten().map(|entry| entry.path());
    let is_it = |path: &std::path::PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(begins))
    };
    let path = paths.find(is_it).ok_or_else(|| format!("no {begins} in {}", folder.display()))?;
    std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Measures every scenario's page, and what is loaded with it.
fn pages(folder: &Path, player: usize, style: usize) -> Done {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path().join("index.html");
        let page =
            std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        hold(&name, &page, PAGE)?;
        let script = player + gzip(&named(&entry.path(), "talk.")?)?;
        most(&format!("{name}, scripts"), script, SCRIPT)?;
        most(&format!("{name}, until the first choice"), gzip(&page)? + script + style, START)?;
    }
    Ok(())
}

/// Measures a fresh build.
pub(crate) fn report(player: &Player) -> Done {
    hold("engine", &player.module, MODULE)?;
    hold("player script", &player.script, SCRIPT)
}

/// Measures the script of the codes.
pub(crate) fn report_codes(script: &[u8]) -> Done {
    hold("codes script", script, CODES)
}

/// Measures a fresh script without the engine.
pub(crate) fn report_plain(name: &str, script: &[u8]) -> Done {
    hold(&format!("{name} script"), script, PLAIN_SCRIPT)
}

fn hold(what: &str, bytes: &[u8], budget: usize) -> Done {
    most(&format!("{what}: {} bytes, after gzip -9", bytes.len()), gzip(bytes)?, budget)
}

/// Says how large this is, and fails where it is too large.
fn most(what: &str, size: usize, budget: usize) -> Done {
    say(&format!("{what}: {size}, of at most {budget}"));
    if size <= budget { Ok(()) } else { Err(format!("{what}: {size}, more than {budget}")) }
}

fn gzip(bytes: &[u8]) -> Done<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map(|bytes| bytes.len()).map_err(|error| format!("gzip: {error}"))
}

fn read(path: &str) -> Done<Vec<u8>> {
    std::fs::read(root().join(path)).map_err(|error| format!("cannot read {path}: {error}"))
}
