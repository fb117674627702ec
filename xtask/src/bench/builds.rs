//! Complete builds of generated courses, beside the limit program with about as much output.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use super::corpus::Course;
use super::runner::{self, Program};
use super::{Context, Table, peers};
use crate::shell::{Done, read, write};

const LIMIT: &str = "limit";
const LIMIT_WITH_SEARCH: &str = "limit, with search";

/// Measures one course. Other programs take part only without scenarios, which none of them supports.
pub(super) fn measure(bench: &Context, lessons: usize, has_scenarios: bool) -> Done<Table> {
    let place = &bench.place;
    let (site, first, frames) = (place.join("site"), place.join("first"), place.join("frames"));
    Course { lessons, has_scenarios, has_search: true }.write(&site)?;
    runner::run(&mut bench.build(&site, &first))?;
    let page = read(&first.join("lessons/section-1/lesson-1/index.html"))?;
    write_frames(&page, &first.join("scenarios/cold-dinner-1/index.html"), &frames)?;

    let limit = |name: &str, mode: Option<&str>| {
        let output = place.join(name);
        let mut command = Command::new(&bench.limit);
        command.arg(site.join("content")).arg(&frames).arg(&output).args(mode);
        Program::new(name, command).writes(output)
    };
    let amends = |name: &str, site: &Path| {
        let output = place.join(name);
        Program::new(name, bench.build(site, &output)).writes(output)
    };
    let is_stress_test = lessons >= 10_000 && !has_scenarios;
    let budget = |text: &'static str| if is_stress_test { text } else { "" };
    let mut programs = Vec::new();
    if !has_scenarios {
        let plain = place.join("plain");
        Course { lessons, has_scenarios, has_search: false }.write(&plain)?;
        programs.push(limit(LIMIT, None).compared_with(LIMIT));
        programs.push(amends("amends, no search", &plain).compared_with(LIMIT).budget(budget("≤ 2.5 ×")));
        for peer in peers::found() {
            let course = place.join(peer.program);
            peer.write_course(&course, lessons, furniture(&page)?)?;
            let build = peer.build(&course, bench.args.within);
            programs.push(Program::new(peer.name, build).writes(course.join("out")).compared_with(LIMIT));
        }
    }
    programs.push(limit(LIMIT_WITH_SEARCH, Some("search")).compared_with(LIMIT_WITH_SEARCH));
    programs
        .push(amends("amends", &site).compared_with(LIMIT_WITH_SEARCH).budget(budget("≤ 2.0 ×, 250 MiB")));
    if has_scenarios {
        programs.push(Program::new("amends check", bench.check(&site)));
    }
    let costs = runner::measure(&mut programs, bench.args.runs)?;
    Ok(runner::table(&programs, &costs))
}

/// The constant frames of the limit program: the parts of a page of amends around its prose, so that both programs write
/// about the same number of bytes.
fn write_frames(lesson: &str, scenario: &Path, to: &Path) -> Done {
    let prose = between(lesson, "<div class=\"prose\">", "</article>")?;
    let frame = format!("{}<!--body-->{}", &lesson[..prose.start], &lesson[prose.end..]);
    write(&to.join("lesson.html"), &frame)?;
    let scenario = if scenario.exists() { read(scenario)? } else { String::new() };
    // The scenario's own texts take about 16,000 bytes; the limit program writes those itself.
    let frame: String = scenario.chars().take(scenario.len().saturating_sub(16_000)).collect();
    write(&to.join("scenario.html"), &(frame + "<!--body-->"))
}

/// The constant part of every lesson's page, for the pages of other programs.
fn furniture(lesson: &str) -> Done<&str> {
    Ok(&lesson[between(lesson, "<svg class=\"unseen\"", "<aside class=\"after\">")?])
}

/// The range from the start of `start` to the start of `end`.
fn between(page: &str, start: &str, end: &str) -> Done<Range<usize>> {
    let range = page.find(start).zip(page.find(end)).map(|(start, end)| start..end);
    range.ok_or_else(|| format!("the lesson's page has no `{start}` before `{end}`"))
}
