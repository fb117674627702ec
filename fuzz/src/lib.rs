//! What every target does with its bytes: a site with that one file is loaded in memory, its texts are looked through, and all
//! that is reported is drawn as a trainer would see it. Whatever the bytes are, nothing may panic, hang or eat up the memory.

use amends::diag::render::{human, json};
use amends::files::Files;
use amends::load::{LoadOptions, load};
use amends::render::findings;

/// Loads a site that has this file, beside settings without lints.
pub fn look(path: &str, bytes: &[u8]) {
    let mut files: Files = [("site.yaml", "title: Fuzz\nlints: off\n")].into_iter().collect();
    files.insert(path, bytes);
    let loaded = load(&files, &LoadOptions::default());
    let report = loaded.report(findings(&loaded));
    let _drawn = human(&report.diagnostics, &loaded.sources);
    let _listed = json(&report.diagnostics, &loaded.sources);
}
