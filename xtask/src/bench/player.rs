//! The player in a browser, beside inkjs on an equal story: what loading takes, and what a choice takes.

use std::path::Path;

use serde_json::Value;

use super::clock;
use super::corpus::Story;
use crate::shell::{self, Done, root, write};
use crate::tools;

/// Moments of each story.
const STORIES: [usize; 2] = [20, 1_000];

/// One player with one story.
pub(super) type Row = (String, Vec<f64>);

/// What is measured, in milliseconds. Style and layout count, and the network does not.
pub(super) const COLUMNS: [&str; 5] = [
    "document parsed, ms",
    "first byte until ready, ms",
    "script start until ready, ms",
    "script start until the first choice, ms",
    "a choice, ms",
];

/// Measures in Chromium, with a course made in `place`.
pub(super) fn measure(amends: &Path, place: &Path, runs: usize) -> Done<Vec<Row>> {
    tools::node()?;
    let chromium = tools::chromium()?;
    write(&place.join("course/site.yaml"), "title: Stories\nid: bench-stories\nlanguage: en\nlints: off\n")?;
    for moments in STORIES {
        let story = Story::new(moments);
        write(&place.join(format!("course/content/scenarios/{moments}.yaml")), &story.scenario())?;
        write(&place.join(format!("ink/{moments}.ink")), &story.ink())?;
    }
    let site = place.join("site");
    let mut build = std::process::Command::new(amends);
    clock::run(build.arg("build").arg("--site").arg(place.join("course")).arg("--output").arg(&site))?;
    let script = root().join("benches/player/measure.mjs");
    let arguments = [script, site, place.join("ink"), chromium, runs.to_string().into()];
    let says = shell::output("node", arguments)?;
    let rows: Vec<Value> = serde_json::from_slice(&says).map_err(|error| format!("measure.mjs: {error}"))?;
    let row = |row: &Value| {
        let figures = row["figures"].as_array()?.iter().map(Value::as_f64).collect::<Option<_>>()?;
        Some((row["name"].as_str()?.to_owned(), figures))
    };
    rows.iter().map(|each| row(each).ok_or_else(|| format!("measure.mjs said {each}"))).collect()
}
