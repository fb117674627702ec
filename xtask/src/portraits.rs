//! Generates the parts of portraits again, after a new version of the art or a change to `portraits.mjs`. Installs its packages
//! apart from those of the tests, whose installation they would slow down.

use crate::shell::{Done, output, read, root, run as install, target, write};
use crate::tools;

/// The art, and an optimizer of SVG.
const PACKAGES: [&str; 3] = ["@dicebear/core@9.4.3", "@dicebear/open-peeps@9.4.3", "svgo@4.1.0"];

/// Writes src/portrait/art.rs.
pub(crate) fn run() -> Done {
    tools::node()?;
    let folder = target().join("portraits");
    // Node looks for packages beside the script.
    let script = folder.join("portraits.mjs");
    write(&script, read(&root().join("xtask/portraits.mjs"))?)?;
    let place = folder.to_string_lossy();
    let options = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", &*place];
    install("npm", options.into_iter().chain(PACKAGES))?;
    write(&root().join("src/portrait/art.rs"), output("node", [script.as_os_str()])?)
}
