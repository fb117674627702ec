//! The trainer's bench: beside each scenario its faults, its moments with links into the play, its proof and its map. Only
//! `serve` has it, never a built site.

use std::fmt::Write;

use anstream::adapter::strip_str;

use crate::course::{Course, Scenario};
use crate::diag::render;
use crate::load::Loaded;
use crate::map::{Direction, Map};
use crate::markdown::escape;
use crate::prove::moments::{Moment, moments};
use crate::prove::{Routed, human};

/// Opens a moment: stores its play where the player looks for an unfinished one.
pub(super) const SCRIPT: &[u8] = include_bytes!("bench.js");
/// Its style.
pub(super) const STYLE: &[u8] = include_bytes!("bench.css");

/// The bench of the scenario `slug`; `None` if it does not exist.
pub(super) fn page(loaded: &Loaded, slug: &str) -> Option<String> {
    let course = &loaded.course;
    let scenario = course.scenarios.iter().find(|scenario| scenario.slug == slug)?;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(loaded, course, scenario, &mut out);
    Some(out)
}

fn write(loaded: &Loaded, course: &Course, scenario: &Scenario, out: &mut String) -> std::fmt::Result {
    let (title, slug) = (escape(&scenario.title), &scenario.slug);
    let id = escape(&course.settings.id);
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\" data-course=\"{id}\" data-slug=\"{slug}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Behind {title}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"/static/bench.css\">\n\
         <script src=\"/static/bench.js\" defer></script>\n</head>\n<body>\n<header>\n\
         <p><a href=\"/scenarios/{slug}/\">Back to the conversation</a></p>\n<h1>Behind “{title}”</h1>\n\
         <p>For you alone: the site that you build does not have this page.</p>\n\
         <nav><a href=\"#faults\">What check says</a> <a href=\"#moments\">Moments</a> <a href=\"#proof\">Proof</a> \
         <a href=\"#map\">Map</a></nav>\n</header>\n<main>\n"
    )?;
    faults(loaded, scenario, out)?;
    table(scenario, out)?;
    let model = &course.models[scenario.story.model];
    let proved = loaded.proving().prove(scenario, model);
    let proof = human::proofs(&[proved]);
    writeln!(
        out,
        "<section id=\"proof\"><h2>Figures over all plays</h2><pre tabindex=\"0\">{}</pre></section>",
        escape(&proof)
    )?;
    let map = Map::of(scenario, model, &Routed::of(&scenario.story.engine).routes);
    writeln!(
        out,
        "<section id=\"map\"><h2>Map</h2><div class=\"map\" tabindex=\"0\">{}</div></section>\n</main>\n</body>\n</html>",
        map.svg(Direction::Down)
    )
}

/// What `check` reports about this scenario, including notes.
fn faults(loaded: &Loaded, scenario: &Scenario, out: &mut String) -> std::fmt::Result {
    let own = loaded.report_scenario(loaded.sources.path(scenario.file));
    writeln!(out, "<section id=\"faults\"><h2>What check says</h2>")?;
    if own.is_empty() {
        writeln!(out, "<p>Nothing to fix.</p>")?;
    } else {
        let shown = render::human(&own, &loaded.sources);
        writeln!(out, "<pre tabindex=\"0\">{}</pre>", escape(&strip_str(&shown).to_string()))?;
    }
    writeln!(out, "</section>")
}

fn table(scenario: &Scenario, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "<section id=\"moments\"><h2>Open any moment</h2>\n<p>As a play comes to it: with each set of flags, the lowest \
         and the highest goodwill. Bookmark <code>/bench/{}/?at=MOMENT</code> to be there at once.</p>\n<table>\n\
         <thead><tr><th scope=\"col\">Moment</th><th scope=\"col\">Customer says</th><th scope=\"col\">Goodwill</th>\
         <th scope=\"col\">After</th><th></th></tr></thead>\n<tbody>",
        scenario.slug
    )?;
    for Moment { node, goodwill, play, flags } in moments(&scenario.story.engine) {
        let after = if play.is_empty() { "the start".to_owned() } else { play.join(", ") };
        writeln!(
            out,
            "<tr><th scope=\"row\">{node}</th><td>{}</td><td>{goodwill}</td><td>{}{}</td>\
             <td><button type=\"button\" data-node=\"{node}\" data-run=\"{}\">Open</button></td></tr>",
            escape(&said(scenario, &node)),
            escape(&after),
            match flags.count_ones() {
                0 => String::new(),
                1 => " <small>(1 flag set)</small>".to_owned(),
                count => format!(" <small>({count} flags set)</small>"),
            },
            play.join(",")
        )?;
    }
    writeln!(out, "</tbody>\n</table></section>")
}

/// The start of what is said at a moment.
fn said(scenario: &Scenario, node: &str) -> String {
    const WORDS: usize = 9;
    let decision = scenario.story.decision(node);
    let text = decision.and_then(|decision| decision.says.as_ref().or(decision.scene.as_ref()));
    let Some(text) = text else { return String::new() };
    let markdown: &str = &text.markdown;
    let mut words: Vec<&str> = markdown.split_whitespace().take(WORDS + 1).collect();
    if words.len() > WORDS {
        words[WORDS] = "…";
    }
    words.join(" ")
}
