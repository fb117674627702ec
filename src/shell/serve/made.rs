//! A file as `serve` answers it: as a build makes it, but with its faults on the page.

use anstream::adapter::strip_str;

use crate::diag::Diagnostics;
use crate::diag::render::faults;
use crate::load::Loaded;
use crate::markdown::escape;
use crate::render::{Error, Site};

/// The file at `path`; `None` if there is neither a file nor a page that would show its faults.
pub(super) fn file(loaded: &Loaded, site: &Site<'_>, path: &str) -> Result<Option<Vec<u8>>, Error> {
    let made = site.file_with_findings(path)?;
    let found = made.iter().flat_map(|(_, findings)| &findings.diagnostics);
    let mut own = Diagnostics::default();
    loaded.own_errors(path, loaded.diagnostics.iter().chain(found)).for_each(|each| own.push(each.clone()));
    let own = own.sorted(&loaded.sources);
    if own.is_empty() {
        return Ok(made.map(|(bytes, _)| bytes));
    }
    let faults = strip_str(&faults(&own, &loaded.sources)).to_string();
    Ok(Some(match made {
        Some((page, _)) => with_panel(page, &faults),
        None => waiting("This page cannot be shown yet", &faults).into_bytes(),
    }))
}

/// Adds a panel with the page's faults.
fn with_panel(mut page: Vec<u8>, faults: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = page.windows(END.len()).rposition(|part| part == END).unwrap_or(page.len());
    let panel = format!(
        "<section id=\"amends-panel\" role=\"alert\"><h2>This has to be fixed before the page can be published:</h2>\
         <pre id=\"amends-faults\" tabindex=\"0\">{}</pre></section>\n",
        escape(faults)
    );
    page.splice(end..end, panel.into_bytes());
    page
}

/// The page that replaces one that cannot be rendered.
pub(super) fn waiting(title: &str, faults: &str) -> String {
    let faults = escape(faults);
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not yet</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/reload.css">
<script src="/static/reload.js" defer></script>
</head>
<body class="amends-waiting">
<main>
<h1>{title}</h1>
<p>It appears here as soon as this is fixed.</p>
<pre id="amends-faults">{faults}</pre>
</main>
</body>
</html>
"#
    )
}
