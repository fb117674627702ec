//! What every target does with its bytes: loads a site with that one file from memory, checks its texts, and draws
//! everything that is reported as a trainer would see it. No bytes may make it panic, hang or exhaust the memory.

use amends::diag::render::{human, json};
use amends::files::Files;
use amends::load::{LoadOptions, load};
use amends::render::findings;

/// Loads a site that has this file, and settings without lints.
pub fn look(path: &str, bytes: &[u8]) {
    let mut files: Files = [("site.yaml", "title: Fuzz\nlints: off\n")].into_iter().collect();
    files.insert(path, bytes);
    let loaded = load(&files, &LoadOptions::default());
    let report = loaded.report(findings(&loaded));
    let _drawn = human(&report.diagnostics, &loaded.sources);
    let _listed = json(&report.diagnostics, &loaded.sources);
}
