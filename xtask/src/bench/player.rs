//! The player in a browser: from the start of its script to the first choice, and from each choice to the next moment,
//! beside inkjs on a story of the same shape. `benches/player.mjs` drives the browser and prints the table.

use crate::shell::{self, Done, root};
use crate::{test, tools};

/// Measures in Chromium.
pub(super) fn measure() -> Done {
    tools::node()?;
    let (chromium, site) = (tools::chromium()?, test::site()?);
    let script = root().join("benches/player.mjs");
    shell::run("node", [script.as_os_str(), site.as_os_str(), chromium.as_os_str()])
}
